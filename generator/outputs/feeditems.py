"""The items of a feed as plain values: what RSS, Atom and JSON Feed all say."""

from datetime import UTC, datetime
from urllib.parse import quote

from markupsafe import escape

from generator.contract import WaitingView
from generator.model import Card, Media, Model, Picture, Step
from generator.outputs import vlogs
from generator.outputs.bench import Bench
from generator.outputs.feedbody import clean, feed_html
from generator.outputs.siteview import SiteView

# A tag URI wants a day on which its authority was ours; it never changes.
_TAG_YEAR = "2026"
_IN_TAG = "/:@!$&'()*+,;=~"
_NO_TAGS = str.maketrans("<>", "‹›")
_NEVER = datetime(2000, 1, 1, tzinfo=UTC)
# So many are held: those of a feed stand in the next with other, older ones.
_HELD = 100


class FeedItem(Model, frozen=True):
    """One entry in a feed, addresses absolute; `id` never changes."""

    id: str
    url: str
    title: str
    lang: str
    summary: str
    html: str
    published: datetime
    updated: datetime
    authors: tuple[str, ...]
    topics: tuple[str, ...]
    enclosure: Media | None = None
    seconds: int = 0
    image: Picture | None = None
    spoken: tuple[tuple[str, Media], ...] = ()


class FeedFacts(Model, frozen=True):
    """A feed as a whole; `updated` is that of its newest item, never the clock.

    `publisher` stands in where an item has no author, the same in every feed.
    """

    id: str
    title: str
    description: str
    publisher: str
    lang: str
    home: str
    address: str
    updated: datetime
    items: tuple[FeedItem, ...]


def feed_facts(step: Step, bench: Bench) -> FeedFacts:
    """What a feed step is about; args: format, address of its page, language, facet, name."""
    _, url, lang, facet, name = step.args
    site = SiteView(bench.recorder, bench.theme, lang)
    base = bench.ask("setting", "base_path", "")
    items = _waiting(bench, site, name) if facet == "waiting" else _newest(bench, site, facet, name)
    title = _title(site, facet, name)
    return FeedFacts(
        id=_tag(bench, f"feed:{lang}:{facet}:{name}"),
        title=f"{site.title}: {title}" if title else site.title,
        description=site.description or site.title,
        publisher=site.organisation or site.title,
        lang=lang,
        home=bench.absolute(base + url),
        address=bench.absolute(f"{base}/{step.path}"),
        updated=max((item.updated for item in items), default=_NEVER),
        items=items,
    )


def _newest(bench: Bench, site: SiteView, facet: str, name: str) -> tuple[FeedItem, ...]:
    limit = str(bench.ask("setting", "feed_items", ""))
    cards: tuple[Card, ...] = bench.ask("newest", site.lang, facet, name, limit)
    return tuple(_item(card, bench, site.lang) for card in cards)


def _waiting(bench: Bench, site: SiteView, location: str) -> tuple[FeedItem, ...]:
    """All questions that wait, the newest first as in every feed."""
    return tuple(
        _asked(one, bench, site) if one.id else _item(one.card, bench, site.lang)
        for one in reversed(site.waiting(location))
    )


def _asked(one: WaitingView, bench: Bench, site: SiteView) -> FeedItem:
    """A question from the comments; its text comes from anybody, so it is nothing but text.

    Many a reader takes titles and summaries for HTML, so nothing in them may look like it.
    """
    card, text = one.card, clean(one.text).translate(_NO_TAGS)
    who = clean(one.author).translate(_NO_TAGS) or site.t("Somebody")
    return FeedItem(
        id=_tag(bench, f"{card.thread}#{one.id}"),
        url=f"{bench.absolute(card.url)}#comments",
        title=site.t("{name} asks, under “{title}”", name=who, title=card.title),
        lang=card.content_lang,
        summary=text,
        html=f"<p>{escape(text)}</p>",
        published=one.since,
        updated=one.since,
        authors=(who,),
        topics=(),
    )


def _title(site: SiteView, facet: str, name: str) -> str:
    if facet == "all":
        return ""
    if facet == "must-read":
        return site.t("Need to know")
    if facet == "waiting":
        place = site.term("location", name)
        title = site.t("Waiting for an answer")
        return f"{title}: {place.name}" if place else title
    if facet == "kind":
        return site.t(f"kind:{name}", name)
    if facet == "person":
        person = site.person(name)
        return person.name if person else name
    term = site.term(facet, name)
    return term.name if term else name


def _tag(bench: Bench, name: str) -> str:
    return f"tag:{bench.ask('setting', 'authority', '')},{_TAG_YEAR}:{quote(name, _IN_TAG)}"


def _item(card: Card, bench: Bench, lang: str) -> FeedItem:
    """An entry in any feed of a language: it stands in several, each in three formats."""
    return bench.share("items", (card.key, lang), lambda aside: _made(card, aside, lang), _HELD)


def _made(card: Card, bench: Bench, lang: str) -> FeedItem:
    site = SiteView(bench.recorder, bench.theme, lang)
    edition = bench.ask("edition", card.key)
    people = [site.person(name) for name in card.authors]
    topics = [site.term("topic", name) for name in card.topics]
    published = card.date or _NEVER
    return FeedItem(
        id=_tag(bench, f"{edition.entry.meta.id or card.id}:{card.content_lang}"),
        url=bench.absolute(card.url),
        title=card.title,
        lang=card.content_lang,
        summary=clean(card.summary),
        html=feed_html(card, bench, site),
        published=published,
        updated=max(card.updated or published, published),
        authors=tuple(person.name for person in people if person),
        topics=tuple(topic.name for topic in topics if topic),
        **vlogs.of_item(bench, card),
    )
