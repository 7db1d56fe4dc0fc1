"""Everything that can be asked of the site and its theme: one small function per question.

Arguments are texts, answers are values. All are complete before the first step
runs, and none depends on another step's output.
"""

from collections.abc import Callable
from itertools import chain, islice
from typing import Any

from generator import addresses, fingerprint
from generator import policy as policies
from generator.assembly.cards import picture_at
from generator.assembly.editions import Edition
from generator.assembly.links import source_at
from generator.assembly.site import people_of
from generator.assembly.skeleton import Pages
from generator.config import Config, Term
from generator.contract import (
    Alternate,
    DecisionView,
    Link,
    PersonView,
    TermView,
    WaitingView,
    YearView,
)
from generator.facts import Facts, file_at, published
from generator.model import (
    KINDS,
    POST_KINDS,
    Card,
    Picture,
)
from generator.templates import print_of_template
from generator.vlogqueries import captions, cues, due, embed, next_in_series, video


def edition(facts: Facts, key: str) -> Edition | None:
    """An entry as it stands in one language's tree, with all its front matter."""
    return facts.site.editions.get(key)


def card(facts: Facts, key: str) -> Card | None:
    """The card of an edition."""
    return facts.site.cards.get(key)


def link(facts: Facts, lang: str, path: str) -> str:
    """Where a link to a source file leads in a language's tree; empty: nowhere."""
    directory = facts.site.directory
    found = source_at(path, directory) if path else ""
    if found:
        shown = facts.site.cards.get(f"{lang}/{directory.ids[found]}")
        return shown.url if shown else ""
    file = None if path.endswith(".md") else published(facts, path)
    return file.url if file else ""


def picture(facts: Facts, path: str) -> Picture | None:
    """A picture file as it is published, without an alternative text."""
    return picture_at(path, "", facts.site.library, facts.site.config)


def listing(facts: Facts, lang: str, facet: str, name: str, limit: str) -> tuple[Card, ...]:
    """The newest cards of a list, pinned ones first; limit 0 is all."""
    cards, pinned = facts.site.lists.get((lang, facet, name), ()), facts.site.pinned
    # To know the places of all takes a walk over all, and mostly nothing is pinned.
    places = facts.site.places.get((lang, facet, name), {}) if pinned else {}
    first = sorted(places[key] for key in pinned if key in places)
    rest = (at for at in range(len(cards)) if at not in first)
    return tuple(cards[at] for at in islice(chain(first, rest), int(limit) or None))


def newest(facts: Facts, lang: str, facet: str, name: str, limit: str) -> tuple[Card, ...]:
    """The newest cards of a list, strictly by date."""
    return tuple(facts.site.lists.get((lang, facet, name), ())[: int(limit)])


def of_year(facts: Facts, lang: str, facet: str, name: str, year: str) -> tuple[Card, ...]:
    """The cards of a list in one year."""
    return tuple(facts.site.years.get((lang, facet, name), {}).get(year, ()))


def years(facts: Facts, lang: str, facet: str, name: str) -> tuple[YearView, ...]:
    """The years of a list that is longer than one page, newest first."""
    return tuple(
        YearView(year, _url_of_year(facts, lang, facet, name, year), len(cards))
        for year, cards in facts.site.years.get((lang, facet, name), {}).items()
    )


def year_pages(facts: Facts, lang: str, facet: str, name: str) -> tuple[YearView, ...]:
    """The same without how many posts each has, which moves with every new one."""
    return tuple(
        YearView(year, _url_of_year(facts, lang, facet, name, year))
        for year in facts.site.years.get((lang, facet, name), {})
    )


def _url_of_year(facts: Facts, lang: str, facet: str, name: str, year: str) -> str:
    config = facts.site.config
    return config.base_path + addresses.of_page(config, lang, "list", facet, name, year)


def archive_years(facts: Facts, lang: str) -> tuple[YearView, ...]:
    """The years in which something was published, newest first."""
    return _periods(facts, lang, "year", "")


def archive_months(facts: Facts, lang: str, year: str) -> tuple[YearView, ...]:
    """The months of a year in which something was published, newest first."""
    return _periods(facts, lang, "month", year)


def _periods(facts: Facts, lang: str, facet: str, start: str) -> tuple[YearView, ...]:
    config = facts.site.config
    names = {key[2]: len(c) for key, c in facts.site.lists.items() if key[:2] == (lang, facet)}
    return tuple(
        YearView(
            name,
            config.base_path + addresses.of_page(config, lang, "archive", *name.split("-")),
            names[name],
        )
        for name in sorted(names, reverse=True)
        if name.startswith(start)
    )


def decisions(facts: Facts, lang: str) -> tuple[DecisionView, ...]:
    """All decisions with their entries, newest first."""
    cards = facts.site.lists.get((lang, "decisions", ""), ())
    return tuple(DecisionView(made, one) for one in cards for made in one.decisions)


def neighbours(facts: Facts, key: str) -> tuple[Link | None, Link | None]:
    """The older and the newer post of the same kind, in the same tree; people have none."""
    one = facts.site.cards[key]
    if one.kind not in POST_KINDS:
        return None, None
    name = (one.lang, "kind", one.kind)
    at = facts.site.places.get(name, {}).get(key)
    if at is None:
        return None, None
    cards = facts.site.lists[name]
    older = cards[at + 1] if at + 1 < len(cards) else None
    newer = cards[at - 1] if at > 0 else None
    return _link_to(older), _link_to(newer)


def _link_to(one: Card | None) -> Link | None:
    if one is None:
        return None
    return Link(one.title, one.url, one.content_lang if one.content_lang != one.lang else "")


def waiting(facts: Facts, lang: str, location: str) -> tuple[WaitingView, ...]:
    """The questions that wait for an answer, longest first: all, or what matters for a location."""
    lists, talk = facts.site.lists, facts.site.library.talk
    zone = facts.site.config.zone
    found = [
        WaitingView(one, one.date)
        for one in lists.get((lang, "unanswered", ""), ())
        if one.date and _matters_for(one, location)
    ]
    found += [
        WaitingView(one, asked.when.astimezone(zone), asked.author, asked.text, asked.id)
        for one in lists.get((lang, "asking", ""), ())
        if _matters_for(one, location)
        for asked in talk.threads[one.thread].asked
    ]
    return tuple(sorted(found, key=lambda one: (one.since, one.card.key, one.id)))


def _matters_for(one: Card, location: str) -> bool:
    return not location or not one.locations or location in one.locations


def talk_day(facts: Facts) -> str:
    """The day on which the comments' service was last asked: `2026-11-24`; empty: never."""
    return facts.site.library.talk.day


def alternates(facts: Facts, key: str) -> tuple[Alternate, ...]:
    """The same entry in every language."""
    own, _, id_ = key.partition("/")
    found = [facts.site.cards.get(f"{lang}/{id_}") for lang in facts.site.config.languages]
    return tuple(
        Alternate(one.lang, one.url, one.lang == own, one.lang == one.content_lang)
        for one in found
        if one
    )


def person(facts: Facts, lang: str, name: str) -> PersonView | None:
    """Someone who is named; None for a colleague whose page is not published."""
    one = facts.site.cards.get(f"{lang}/people/{name}")
    if one:
        return PersonView(one.title, one)
    return None if name in people_of(facts.site.library, facts.site.config) else PersonView(name)


def term(facts: Facts, lang: str, facet: str, name: str) -> TermView | None:
    """A topic, location, value or series, without a count."""
    found = facts.site.terms[facet].get(name)
    return _view(facts, lang, facet, found) if found else None


def terms(facts: Facts, lang: str, facet: str) -> tuple[TermView, ...]:
    """All topics, locations, values or series, each with how many posts it has."""
    lists = facts.site.lists
    return tuple(
        _view(facts, lang, facet, one, len(lists.get((lang, facet, one.id), ())))
        for one in facts.site.terms[facet].values()
    )


def _view(facts: Facts, lang: str, facet: str, one: Term, count: int = 0) -> TermView:
    config = facts.site.config
    return TermView(
        id=one.id,
        name=one.name[lang],
        url=config.base_path + addresses.of_page(config, lang, "list", facet, one.id, ""),
        description=one.description.get(lang, ""),
        colour=one.colour,
        rhythm=one.rhythm,
        count=count,
    )


def menu(facts: Facts, lang: str) -> tuple[tuple[str, str], ...]:
    """The menu as pairs of a kind and its address, or of a page's title and its address."""
    site, config = facts.site, facts.site.config
    used = [kind for kind in KINDS[:6] if (lang, "kind", kind) in site.lists]
    items = []
    for name in config.menu or used:
        one = site.cards.get(f"{lang}/{name}")
        if one:
            items.append((one.title, one.url))
        elif name in KINDS:
            items.append((name, config.base_path + addresses.section(config, lang, name)))
    return tuple(items)


def versions(facts: Facts, own: str, type_: str, *rest: str) -> tuple[Alternate, ...]:
    """A page that is no entry, in every language."""
    config = facts.site.config
    return tuple(
        Alternate(
            lang, config.base_path + addresses.of_page(config, lang, type_, *rest), lang == own
        )
        for lang in config.languages
    )


def place(facts: Facts, lang: str, name: str) -> str:
    """The address of the home page, a kind, a facet, or a special page."""
    config = facts.site.config
    if name == "home":
        return config.base_path + addresses.of_page(config, lang, "home")
    return config.base_path + addresses.section(config, lang, name)


def setting(facts: Facts, name: str, lang: str) -> Any:
    """One setting of site.yaml, in a language where it has one; also `base_path` and `origin`."""
    if name not in (*Config.__struct_fields__, "base_path", "origin"):
        raise KeyError(name)
    value = getattr(facts.site.config, name)
    return value.get(lang, "") if name in ("title", "organisation", "description") else value


def policy(facts: Facts, page: str) -> str:
    """The content security policy of a page: `search`, or any other (empty)."""
    return policies.header(facts.site.config, search=page == "search")


def asset(facts: Facts, name: str) -> str:
    """The address of a theme's asset, which changes with its content; empty if it is not there."""
    from generator.outputs.assets import asset_path

    found = facts.theme.assets.get(name)
    config = facts.site.config
    return f"{config.base_path}/{asset_path(name, found, config)}" if found else ""


def integrity(facts: Facts, name: str) -> str:
    """What a browser checks a theme's asset by; empty if it is not there."""
    from generator.outputs.assets import integrity as integrity_of

    found = facts.theme.assets.get(name)
    return integrity_of(name, found, facts.site.config) if found else ""


def template(facts: Facts, name: str) -> str:
    """The fingerprint of a template with all that it relies on; empty if it is not there."""
    return print_of_template(name, facts.theme, facts.closure_of)


def strings(facts: Facts, lang: str) -> tuple[str, ...]:
    """The fingerprints of a theme's catalogs in a language."""
    return tuple(file.fingerprint for file in facts.theme.strings.get(lang, ()))


def threads(facts: Facts) -> tuple[tuple[str, str], ...]:
    """The key of every conversation, and whether it is `open` or `closed`; in the order of keys."""
    return tuple(
        sorted(
            {one.thread: one.comments for one in facts.site.cards.values() if one.thread}.items()
        )
    )


def every_url(facts: Facts) -> tuple[tuple[str, str], ...]:
    """The address and last change of every listed page, for the site map."""
    base = facts.site.config.base_path
    pages = fingerprint.decode(facts.site.pages, Pages)
    return tuple((base + url, day) for url, day in pages)


def old_addresses(facts: Facts) -> tuple[tuple[str, str], ...]:
    """Every address that moved, with where it leads by now; nothing where a post is gone."""
    site, base = facts.site, facts.site.config.base_path
    keys = {**dict(site.aliases), **site.fates.moved}
    targets = {f"{base}{old}": site.cards[key].url for old, key in keys.items()}
    gone = {f"{base}{old}": "" for old in site.fates.gone}
    return tuple(sorted((old, to) for old, to in {**targets, **gone}.items() if old != to))


# What a page asks about its own post, and hardly any other page asks.
OF_ONE = frozenset(
    {
        "link", "picture", "file_at", "neighbours", "alternates", "versions", "captions", "threads",
        "video", "embed", "cues", "next_in_series", "due",
    }
)  # fmt: skip


QUERIES: dict[str, Callable[..., object]] = {
    function.__name__: function
    for function in (
        edition, card, link, picture, file_at, listing, newest, of_year, years, year_pages,
        archive_years, archive_months, decisions, neighbours, alternates, versions, person,
        term, terms, menu, place, setting, policy, asset, integrity, template, strings, every_url,
        captions, threads, waiting, talk_day, old_addresses, video, embed, cues, next_in_series,
        due,
    )
}  # fmt: skip
