"""Pages: for each type, the value that its template gets, and the HTML that comes of it."""

from collections.abc import Callable

from generator import templates
from generator.contract import (
    ArchivePage,
    DecisionsPage,
    EntryPage,
    EntryView,
    FeedView,
    GonePage,
    HomePage,
    ListPage,
    MustReadsPage,
    NotFoundPage,
    Page,
    PeoplePage,
    RedirectPage,
    SearchPage,
    SubscribePage,
    TermsPage,
    WaitingPage,
    YearView,
)
from generator.model import Card, Step
from generator.outputs import vlogs
from generator.outputs.bench import Bench
from generator.outputs.body import body_html
from generator.outputs.partials import values_for
from generator.outputs.siteview import SiteView

_TITLES = {
    "must-reads": "Need to know",
    "decisions": "Decisions",
    "waiting": "Waiting for an answer",
    "archive": "Archive",
    "search": "Search",
    "subscribe": "Subscribe",
    "not-found": "Page not found",
    "gone": "This is no longer here",
}


def make_page(step: Step, bench: Bench) -> bytes:
    """The HTML of a page; args: address, type, language, and what the type needs."""
    url, type_, lang, *rest = step.args
    site = SiteView(bench.recorder, bench.theme, lang)
    page = _BUILDERS[type_](bench, site, bench.ask("setting", "base_path", "") + url, *rest)
    name = _template_of(bench, page)
    values = {**values_for(bench, site), "page": page}
    return templates.render(bench.env, bench.theme, name, values).encode()


def _template_of(bench: Bench, page: Page) -> str:
    """The template for a page: an entry's kind may have one of its own."""
    names = [f"{page.type}.html"]
    if isinstance(page, EntryPage):
        names.insert(0, f"entry-{page.entry.card.kind}.html")
    found = [name for name in names if bench.ask("template", name)]
    return found[0] if found else names[-1]


def _home(bench: Bench, site: SiteView, url: str) -> Page:
    return HomePage(
        title=site.title,
        lang=site.lang,
        url=url,
        description=site.description,
        alternates=bench.ask("versions", site.lang, "home"),
        feed=_feed(site.title, url),
    )


def _entry(bench: Bench, site: SiteView, url: str, key: str) -> Page:
    card: Card = bench.ask("card", key)
    older, newer = bench.ask("neighbours", key)
    feed = _feed(card.title, url) if card.kind == "people" else None
    return EntryPage(
        title=card.title,
        lang=site.lang,
        url=url,
        description=card.summary,
        alternates=bench.ask("alternates", key),
        feed=feed,
        entry=_entry_view(bench, key, card),
        years=_years_of_person(bench, card),
        older=older,
        newer=newer,
    )


def _years_of_person(bench: Bench, card: Card) -> tuple[YearView, ...]:
    """The years of what somebody wrote, when it is too much for one page."""
    if card.kind != "people":
        return ()
    name = card.id.removeprefix("people/")
    years: tuple[YearView, ...] = bench.ask("years", card.lang, "person", name)
    return years


def _entry_view(bench: Bench, key: str, card: Card) -> EntryView:
    edition = bench.ask("edition", key)
    entry = edition.entry
    original = next((one.url for one in bench.ask("alternates", key) if one.translated), "")
    written = getattr(entry.details, "transcript", "")
    return EntryView(
        card=card,
        body=body_html(bench, key),
        toc=bench.body(key).toc,
        details=entry.details,
        source=entry.path,
        status=card.status,
        publish=entry.meta.publish,
        show_toc=bool(entry.meta.toc),
        comments=entry.meta.comments,
        fallback=edition.fallback,
        outdated=edition.outdated,
        original_url=original,
        transcript=bench.ask("file_at", entry.path, written) if written else None,
        extra=entry.meta.extra,
        **vlogs.of_page(bench, card),
    )


def _list(bench: Bench, site: SiteView, url: str, facet: str, name: str, year: str) -> Page:
    lang = site.lang
    term = bench.ask("term", lang, facet, name) if facet not in ("kind", "person") else None
    years = bench.ask("year_pages" if year else "years", lang, facet, name)
    limit = str(bench.ask("setting", "list_items", "")) if years else "0"
    asked = ("of_year", lang, facet, name, year) if year else ("listing", lang, facet, name, limit)
    title = _list_title(bench, site, facet, name, term.name if term else "")
    base = url.removesuffix(f"{year}/") if year else url
    return ListPage(
        title=f"{title} {year}".strip(),
        lang=lang,
        url=url,
        description=term.description if term else "",
        alternates=bench.ask("versions", lang, "list", facet, name, year),
        feed=_feed(title, base),
        facet=facet,
        name=name,
        term=term,
        cards=bench.ask(*asked),
        years=years,
        year=year,
        next_due=bench.ask("due", lang, name) if facet == "series" and not year else None,
    )


def _list_title(bench: Bench, site: SiteView, facet: str, name: str, term: str) -> str:
    if facet == "person":
        person = bench.ask("person", site.lang, name)
        return person.name if person else name
    return term or site.t(f"kind:{name}", name)


def _terms(bench: Bench, site: SiteView, url: str, facet: str) -> Page:
    return TermsPage(
        title=site.t(f"facet:{facet}", facet),
        lang=site.lang,
        url=url,
        alternates=bench.ask("versions", site.lang, "terms", facet),
        facet=facet,
        terms=bench.ask("terms", site.lang, facet),
    )


def _people(bench: Bench, site: SiteView, url: str) -> Page:
    return PeoplePage(
        title=site.t("kind:people", "People"),
        lang=site.lang,
        url=url,
        alternates=bench.ask("versions", site.lang, "people"),
        cards=bench.ask("listing", site.lang, "kind", "people", "0"),
    )


def _must_reads(bench: Bench, site: SiteView, url: str) -> Page:
    title = site.t(_TITLES["must-reads"])
    return MustReadsPage(
        title=title,
        lang=site.lang,
        url=url,
        alternates=bench.ask("versions", site.lang, "must-reads"),
        feed=_feed(title, url),
        cards=bench.ask("listing", site.lang, "must-read", "", "0"),
    )


def _waiting(bench: Bench, site: SiteView, url: str, location: str) -> Page:
    place = bench.ask("term", site.lang, "location", location) if location else None
    title = site.t(_TITLES["waiting"])
    shown = f"{title}: {place.name}" if place else title
    return WaitingPage(
        title=shown,
        lang=site.lang,
        url=url,
        alternates=bench.ask("versions", site.lang, "waiting", location),
        feed=_feed(shown, url),
        location=place,
        waiting=bench.ask("waiting", site.lang, location),
    )


def _decisions(bench: Bench, site: SiteView, url: str) -> Page:
    return DecisionsPage(
        title=site.t(_TITLES["decisions"]),
        lang=site.lang,
        url=url,
        alternates=bench.ask("versions", site.lang, "decisions"),
        decisions=bench.ask("decisions", site.lang),
    )


def _archive(bench: Bench, site: SiteView, url: str, year: str, month: str) -> Page:
    lang = site.lang
    asked = ("archive_months", lang, year) if year else ("archive_years", lang)
    period = f"{year}-{month}" if month else year
    return ArchivePage(
        title=_archive_title(site, period),
        lang=lang,
        url=url,
        alternates=bench.ask("versions", lang, "archive", year, month),
        year=year,
        month=month,
        periods=() if month else bench.ask(*asked),
        cards=bench.ask("listing", lang, "month", period, "0") if month else (),
    )


def _archive_title(site: SiteView, period: str) -> str:
    """What stands above the archive: all of it, a year, or a month by its name."""
    if not period:
        return site.t(_TITLES["archive"])
    return site.date(period, "month" if "-" in period else "year")


def _subscribe(bench: Bench, site: SiteView, url: str) -> Page:
    return SubscribePage(
        title=site.t(_TITLES["subscribe"]),
        lang=site.lang,
        url=url,
        alternates=bench.ask("versions", site.lang, "subscribe"),
    )


def _search(bench: Bench, site: SiteView, url: str) -> Page:
    return SearchPage(
        title=site.t(_TITLES["search"]),
        lang=site.lang,
        url=url,
        alternates=bench.ask("versions", site.lang, "search"),
        years=bench.ask("archive_years", site.lang),
    )


def _not_found(bench: Bench, site: SiteView, url: str) -> Page:
    return NotFoundPage(
        title=site.t(_TITLES["not-found"]),
        lang=site.lang,
        url=url,
        alternates=bench.ask("versions", site.lang, "home"),
    )


def _redirect(bench: Bench, site: SiteView, url: str, key: str) -> Page:
    card: Card = bench.ask("card", key)
    return RedirectPage(title=card.title, lang=site.lang, url=url, target=card.url)


def _gone(bench: Bench, site: SiteView, url: str) -> Page:
    return GonePage(
        title=site.t(_TITLES["gone"]),
        lang=site.lang,
        url=url,
        alternates=bench.ask("versions", site.lang, "home"),
    )


def _feed(title: str, url: str) -> FeedView:
    return FeedView(title, f"{url}feed.xml", f"{url}atom.xml", f"{url}feed.json")


_BUILDERS: dict[str, Callable[..., Page]] = {
    "home": _home,
    "entry": _entry,
    "list": _list,
    "terms": _terms,
    "people": _people,
    "must-reads": _must_reads,
    "waiting": _waiting,
    "decisions": _decisions,
    "archive": _archive,
    "search": _search,
    "subscribe": _subscribe,
    "not-found": _not_found,
    "redirect": _redirect,
    "gone": _gone,
}
