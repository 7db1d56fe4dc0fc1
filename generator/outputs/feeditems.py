"""The items of a feed as plain values: what RSS, Atom and JSON Feed all say."""

from datetime import UTC, datetime
from urllib.parse import quote

from generator.model import Card, Media, Model, Picture, Step
from generator.outputs import vlogs
from generator.outputs.bench import Bench
from generator.outputs.feedbody import clean, feed_html
from generator.outputs.siteview import SiteView

# A tag URI wants a day on which its authority was ours; it never changes.
_TAG_YEAR = "2026"
_IN_TAG = "/:@!$&'()*+,;=~"
_NEVER = datetime(2000, 1, 1, tzinfo=UTC)


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
    limit = str(bench.ask("setting", "feed_items", ""))
    cards: tuple[Card, ...] = bench.ask("newest", lang, facet, name, limit)
    items = tuple(_item(card, bench, site) for card in cards)
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


def _title(site: SiteView, facet: str, name: str) -> str:
    if facet == "all":
        return ""
    if facet == "must-read":
        return site.t("Need to know")
    if facet == "kind":
        return site.t(f"kind:{name}", name)
    if facet == "person":
        person = site.person(name)
        return person.name if person else name
    term = site.term(facet, name)
    return term.name if term else name


def _tag(bench: Bench, name: str) -> str:
    return f"tag:{bench.ask('setting', 'authority', '')},{_TAG_YEAR}:{quote(name, _IN_TAG)}"


def _item(card: Card, bench: Bench, site: SiteView) -> FeedItem:
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
