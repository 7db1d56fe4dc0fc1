"""The theme contract, version 1: all that a template can see. The reference page is made from it.

Templates get `page` (one of the pages below), `site` and a few functions.
Everything is immutable; texts are escaped unless they are Markup.
"""

from datetime import datetime
from typing import ClassVar, Literal

from markupsafe import Markup

from generator.model import Card, Cue, Decision, Details, Embed, Heading, Media, Model, Status

VERSION = 1


class Link(Model, frozen=True):
    """A title and an address; `lang` is its language where that is not the page's."""

    title: str
    url: str
    lang: str = ""


class TermView(Model, frozen=True):
    """A topic, location, value or series with its page; `count` of posts where it is listed."""

    id: str
    name: str
    url: str
    description: str = ""
    colour: str = ""
    rhythm: str = ""
    count: int = 0


class Alternate(Model, frozen=True):
    """The same page in another language; `translated` is no when it shows the original there."""

    lang: str
    url: str
    current: bool
    translated: bool = True


class FeedView(Model, frozen=True):
    """The three addresses of one feed."""

    title: str
    rss: str
    atom: str
    json: str


class YearView(Model, frozen=True):
    """A year (or a month, as 2026-11) of a list: its page and how many posts it has.

    On the page of one year the count is 0: nobody says, so that an old year
    stays as it is when something new comes.
    """

    name: str
    url: str
    count: int = 0


class PersonView(Model, frozen=True):
    """Someone who is named: their card where they have a page, else just the name."""

    name: str
    card: Card | None = None


class Caption(Model, frozen=True):
    """A subtitle file in one language."""

    lang: str
    file: Media


class Transcript(Model, frozen=True):
    """What is said, in one language, with its times."""

    lang: str
    cues: tuple[Cue, ...]


class EntryView(Model, frozen=True):
    """An entry in full: its card, body (HTML), headings, and what its kind adds.

    `source` is its file: `content/news/budget.md`.
    `fallback` says that it is shown in another language than the page's,
    `outdated` that its original at `original_url` was updated since. A vlog has a
    `video` (or sound) or an `embed`: a player on another site. `spoken` comes
    from its subtitles; `watch_next` is what came after it in its series, and
    `next_due` by when the next was promised, if there is none yet.
    """

    card: Card
    body: Markup
    toc: tuple[Heading, ...] = ()
    details: Details | None = None
    source: str = ""
    status: Status = "published"
    publish: datetime | None = None
    show_toc: bool = False
    comments: str = ""
    fallback: bool = False
    outdated: bool = False
    original_url: str = ""
    video: Media | None = None
    captions: tuple[Caption, ...] = ()
    embed: Embed | None = None
    spoken: tuple[Transcript, ...] = ()
    watch_next: Card | None = None
    next_due: datetime | None = None
    transcript: Media | None = None
    extra: dict[str, object] = {}


class Page(Model, frozen=True, kw_only=True):
    """What every page has: title, language, address, its other languages, its feed."""

    type: ClassVar[str] = ""
    title: str
    lang: str
    url: str
    description: str = ""
    alternates: tuple[Alternate, ...] = ()
    feed: FeedView | None = None


class HomePage(Page, frozen=True, kw_only=True):
    """The front page."""

    type: ClassVar[str] = "home"


class EntryPage(Page, frozen=True, kw_only=True):
    """One entry, with the older and newer one of its kind; `years` of what a person wrote."""

    type: ClassVar[str] = "entry"
    entry: EntryView
    years: tuple[YearView, ...] = ()
    older: Link | None = None
    newer: Link | None = None


class ListPage(Page, frozen=True, kw_only=True):
    """The cards of a kind, topic, location, value, person or series, or one year of them.

    `next_due` is by when the next of a series was promised.
    """

    type: ClassVar[str] = "list"
    facet: str
    name: str
    term: TermView | None = None
    cards: tuple[Card, ...] = ()
    years: tuple[YearView, ...] = ()
    year: str = ""
    next_due: datetime | None = None


class TermsPage(Page, frozen=True, kw_only=True):
    """All topics, locations, values or series."""

    type: ClassVar[str] = "terms"
    facet: str
    terms: tuple[TermView, ...] = ()


class PeoplePage(Page, frozen=True, kw_only=True):
    """All colleagues with a page."""

    type: ClassVar[str] = "people"
    cards: tuple[Card, ...] = ()


class MustReadsPage(Page, frozen=True, kw_only=True):
    """All that everybody needs to know now."""

    type: ClassVar[str] = "must-reads"
    cards: tuple[Card, ...] = ()


class DecisionView(Model, frozen=True):
    """One decision, with the entry that it stands in."""

    decision: Decision
    card: Card


class WaitingView(Model, frozen=True):
    """A question that waits for an answer, and since when: that of a card, or one in its comments.

    `author` and `text` are of somebody who asked in a comment; empty for the card's own.
    """

    card: Card
    since: datetime
    author: str = ""
    text: str = ""
    id: str = ""


class WaitingPage(Page, frozen=True, kw_only=True):
    """The questions that wait for an answer, longest first: all, or those of one location."""

    type: ClassVar[str] = "waiting"
    location: TermView | None = None
    waiting: tuple[WaitingView, ...] = ()


class DecisionsPage(Page, frozen=True, kw_only=True):
    """The register of decisions."""

    type: ClassVar[str] = "decisions"
    decisions: tuple[DecisionView, ...] = ()


class ArchivePage(Page, frozen=True, kw_only=True):
    """The archive: its years, the months of a year, or the posts of a month."""

    type: ClassVar[str] = "archive"
    year: str = ""
    month: str = ""
    periods: tuple[YearView, ...] = ()
    cards: tuple[Card, ...] = ()


class SubscribePage(Page, frozen=True, kw_only=True):
    """How to follow the site in a feed reader, in Teams, in Outlook or on a phone."""

    type: ClassVar[str] = "subscribe"


class SearchPage(Page, frozen=True, kw_only=True):
    """Where readers search; `years` are those in which something was published, newest first."""

    type: ClassVar[str] = "search"
    years: tuple[YearView, ...] = ()


class NotFoundPage(Page, frozen=True, kw_only=True):
    """The page for an address that is not there."""

    type: ClassVar[str] = "not-found"


class RedirectPage(Page, frozen=True, kw_only=True):
    """An old address that leads to a new one."""

    type: ClassVar[str] = "redirect"
    target: str


class GonePage(Page, frozen=True, kw_only=True):
    """An address whose post was taken away: nothing of it is left."""

    type: ClassVar[str] = "gone"


PAGES: tuple[type[Page], ...] = (
    HomePage,
    EntryPage,
    ListPage,
    TermsPage,
    PeoplePage,
    MustReadsPage,
    WaitingPage,
    DecisionsPage,
    ArchivePage,
    SubscribePage,
    SearchPage,
    NotFoundPage,
    RedirectPage,
    GonePage,
)
DateStyle = Literal["short", "long", "full", "day", "month", "year", "time", "iso"]
