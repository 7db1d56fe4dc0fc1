"""The plan: every output of the site, named, every time. Says what, never how."""

from collections.abc import Iterable, Iterator
from operator import attrgetter

import msgspec

from generator import addresses, packing
from generator.assembly import Finding, Site
from generator.comments.readers import READERS
from generator.config import Config
from generator.ledger import LEDGER
from generator.model import FACETS, POST_KINDS, Step
from generator.outputs.assets import asset_path
from generator.outputs.servers import files_for
from generator.paths import CONTENT, folders_of, html_path, same_place, same_places
from generator.theme import Theme

FEED_FILES = {"rss": "feed.xml", "atom": "atom.xml", "json": "feed.json"}
_SETTINGS = "site.yaml"
STATIC = f"{CONTENT}/static/"
_NOBODY = 3
# In which key a post asks for a page, by the arguments of that page's step.
_KEYS = {
    "redirect": "aliases",
    "topic": "topics",
    "location": "locations",
    "value": "values",
    "series": "series",
}


def may_search(theme: Theme) -> bool:
    """Whether a theme has what readers need to search."""
    return "search.js" in theme.assets and "search.html" in theme.templates


def is_searchable(config: Config, theme: Theme) -> bool:
    """Whether readers of a site can search it."""
    return config.search == "yes" and may_search(theme)


def indexes_path(config: Config, lang: str) -> str:
    """Where a browser learns which indexes a language has: beside its search page."""
    return f"{addresses.section(config, lang, 'search')}index.json".lstrip("/")


def plan(
    site: Site, own: Iterable[Step], theme: Theme
) -> tuple[tuple[Step, ...], tuple[Finding, ...]]:
    """Every step by path, in the order of the paths, and the addresses that two owners claim.

    `own` are those that entries ask for by themselves.
    """
    every = (*own, *_steps(site, theme))
    steps = dict(zip(same_places([step.path for step in every]), every, strict=True))
    rivals = _rivals(every, steps)
    for step in rivals:
        steps.pop(same_place(step.path), None)
    clashes: dict[tuple[str, str], Finding] = {}
    for step in rivals:
        first = steps.setdefault(same_place(step.path), step)
        if step is not first and not _makes_the_same(step, first):
            claim, found = _clash(step, first, first.path)
            clashes[claim] = found
    for step in _old_addresses(site):
        steps.setdefault(same_place(step.path), step)
    for below, above in _files_as_folders(steps):
        clashes.setdefault(*_clash(below, above, above.path))
    ordered = tuple(sorted(steps.values(), key=attrgetter("path")))
    return (_packed(ordered) if site.config.compress else ordered), tuple(clashes.values())


def _rivals(every: tuple[Step, ...], last: dict[str, Step]) -> list[Step]:
    """The steps that want one place together, in the order of their paths and owners; `last` is
    the last step for each place."""
    if len(last) == len(every):
        return []
    others = [step for step in every if last[same_place(step.path)] is not step]
    winners = (last[same_place(step.path)] for step in others)
    return sorted(dict.fromkeys((*others, *winners)), key=lambda one: (one.path, one.owner))


def _packed(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The steps, those of texts with compressed forms; what somebody put there himself stays."""
    files = set(same_places([step.path for step in steps]))
    taken = files | folders_of(files)
    return tuple(
        msgspec.structs.replace(
            step, packed=tuple(e for e in packing.ENDINGS if same_place(step.path + e) not in taken)
        )
        if packing.can_be_packed(step.path)
        else step
        for step in steps
    )


def _makes_the_same(step: Step, first: Step) -> bool:
    """Whether it does not matter which of two is done: copies of a file have one output."""
    if step.maker == first.maker and step.maker in ("picture", "file", "rendition"):
        return step.path == first.path and step.args[1] == first.args[1]
    return (step.maker, step.args) == (first.maker, first.args)


def _clash(one: Step, other: Step, path: str) -> tuple[tuple[str, str], Finding]:
    """The finding that two want one path, at the one that a writer can change, and its name."""
    here, there = sorted((one, other), key=_blame)
    shown = there.owner
    if here.owner == there.owner or _blame(there) == _NOBODY:
        shown = f"Plein ({there.args[1] if there.maker == 'page' else there.maker})"
    args = (("address", f"/{path.removesuffix('index.html')}"), ("other", shown))
    key = next((_KEYS[arg] for arg in here.args if arg in _KEYS), "slug")
    return (here.owner, shown), Finding(here.owner, "address-twice", key, args=args)


def _blame(step: Step) -> int:
    """Who is told first of a clash: old addresses, posts, files published as they are, nobody."""
    if step.owner.endswith(".md"):
        return 0 if "redirect" in step.args else 1
    return 2 if step.owner.startswith(STATIC) else _NOBODY


def _files_as_folders(steps: dict[str, Step]) -> Iterator[tuple[Step, Step]]:
    """Outputs that lie in a folder whose name another output has, each with that other."""
    both = folders_of(steps) & steps.keys()
    for path in sorted(steps) if both else ():
        for above in sorted(both & folders_of((path,))):
            yield steps[path], steps[above]


def _steps(site: Site, theme: Theme) -> Iterator[Step]:
    for lang in site.config.languages:
        yield from _special_pages(site, theme, lang)
        yield from _lists(site, lang)
        yield from _archive(site, lang)
    yield from _static(site)
    yield from _assets(site, theme)
    yield Step("sitemap.xml", "sitemap", (), "sitemap.xml")
    yield Step("robots.txt", "robots", (), "robots.txt")
    if site.config.comments.identity == "verified":
        yield Step("comments.json", "threads", (), _SETTINGS)
    yield Step("sw.js", "worker", (), _SETTINGS)
    for server in site.config.server:
        for path in files_for(server):
            yield Step(path, "server", (server,), _SETTINGS)


def _page(site: Site, owner: str, lang: str, type_: str, *rest: str) -> Step:
    url = addresses.of_page(site.config, lang, type_, *rest)
    return Step(html_path(url), "page", (url, type_, lang, *rest), owner)


def _special_pages(site: Site, theme: Theme, lang: str) -> Iterator[Step]:
    yield _page(site, _SETTINGS, lang, "home")
    yield from _feeds(_SETTINGS, addresses.of_page(site.config, lang, "home"), lang, "all", "")
    yield _page(site, _SETTINGS, lang, "must-reads")
    must_reads = addresses.section(site.config, lang, "must-reads")
    yield from _feeds(_SETTINGS, must_reads, lang, "must-read", "")
    yield _page(site, _SETTINGS, lang, "decisions")
    yield from _waiting(site, theme, lang)
    if "subscribe.html" in theme.templates:
        yield _page(site, _SETTINGS, lang, "subscribe")
    if is_searchable(site.config, theme):
        yield _page(site, _SETTINGS, lang, "search")
        # Its indexes are made when the rest is planned.
        yield Step(indexes_path(site.config, lang), "indexes", (lang,), _SETTINGS)
    yield _page(site, "content/people", lang, "people")
    home = addresses.of_page(site.config, lang, "home")
    yield Step(f"{home}manifest.webmanifest".lstrip("/"), "manifest", (lang,), _SETTINGS)
    path = f"{home}404.html"
    yield Step(path.lstrip("/"), "page", (path, "not-found", lang), _SETTINGS)


def _waiting(site: Site, theme: Theme, lang: str) -> Iterator[Step]:
    """The questions that wait, with a feed: of everywhere, and of each location."""
    if site.config.comments.provider not in READERS or "waiting.html" not in theme.templates:
        return
    for location in ("", *site.terms["location"]):
        owner = _owner(site, lang, "location", location) if location else _SETTINGS
        yield _page(site, owner, lang, "waiting", location)
        url = addresses.of_page(site.config, lang, "waiting", location)
        yield from _feeds(owner, url, lang, "waiting", location)


def _lists(site: Site, lang: str) -> Iterator[Step]:
    for kind in POST_KINDS:
        yield from _list(site, f"content/{kind}", lang, "kind", kind)
    for facet in FACETS:
        if facet == "person":
            yield from _people(site, lang)
        else:
            yield _page(site, _SETTINGS, lang, "terms", facet)
            for name in site.terms[facet]:
                yield from _list(site, _owner(site, lang, facet, name), lang, facet, name)


def _owner(site: Site, lang: str, facet: str, name: str) -> str:
    """Who asked for a list: site.yaml, or the newest entry that uses a name which is not there."""
    cards = site.lists.get((lang, facet, name), ())
    if name in getattr(site.config, _KEYS[facet]) or not cards:
        return _SETTINGS
    return site.shown[cards[0].key]


def _list(site: Site, owner: str, lang: str, facet: str, name: str) -> Iterator[Step]:
    """A list with its feeds, and a page for each year when it is long."""
    yield _page(site, owner, lang, "list", facet, name, "")
    url = addresses.of_page(site.config, lang, "list", facet, name, "")
    yield from _feeds(owner, url, lang, facet, name)
    yield from _years(site, owner, lang, facet, name)


def _people(site: Site, lang: str) -> Iterator[Step]:
    """Feeds and years of everybody with a page; the page itself is their entry's."""
    for card in site.lists.get((lang, "kind", "people"), ()):
        owner, name = site.shown[card.key], card.id.removeprefix("people/")
        url = card.url.removeprefix(site.config.base_path)
        yield from _feeds(owner, url, lang, "person", name)
        yield from _years(site, owner, lang, "person", name)


def _years(site: Site, owner: str, lang: str, facet: str, name: str) -> Iterator[Step]:
    for year in site.years.get((lang, facet, name), ()):
        yield _page(site, owner, lang, "list", facet, name, year)


def _feeds(owner: str, url: str, lang: str, facet: str, name: str) -> Iterator[Step]:
    for form, file in FEED_FILES.items():
        yield Step(f"{url}{file}".lstrip("/"), "feed", (form, url, lang, facet, name), owner)


def _archive(site: Site, lang: str) -> Iterator[Step]:
    yield _page(site, _SETTINGS, lang, "archive", "", "")
    for tree, facet, name in site.lists:
        if tree == lang and facet in ("year", "month"):
            year, _, month = name.partition("-")
            yield _page(site, _SETTINGS, lang, "archive", year, month)


def _old_addresses(site: Site) -> Iterator[Step]:
    """A redirect where a post moved away, and a page where one is gone; nobody's place is taken."""
    for address, key in site.fates.moved.items():
        lang = site.editions[key].lang
        yield Step(html_path(address), "page", (address, "redirect", lang, key), LEDGER)
    for address in site.fates.gone:
        lang = addresses.language_of(site.config, address)
        yield Step(html_path(address), "page", (address, "gone", lang), LEDGER)


def _static(site: Site) -> Iterator[Step]:
    """What is published as it is."""
    for path, source in site.library.sources.items():
        if path.startswith(STATIC):
            yield Step(path.removeprefix(STATIC), "file", (path, source.fingerprint), path)


def _assets(site: Site, theme: Theme) -> Iterator[Step]:
    for name, files in theme.assets.items():
        yield Step(asset_path(name, files, site.config), "asset", (name,), files[-1].shown)
