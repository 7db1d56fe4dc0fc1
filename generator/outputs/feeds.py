"""Feeds in RSS, Atom (both by feedgen) and JSON Feed, full text, newest first."""

from collections.abc import Callable

import msgspec
from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator
from lxml import etree

from generator.model import Media, Step
from generator.outputs.bench import Bench
from generator.outputs.feeditems import FeedFacts, FeedItem, feed_facts

_ATOM = "{http://www.w3.org/2005/Atom}"
_PODCAST = "https://podcastindex.org/namespace/1.0"
_ARTWORK = (".jpg", ".png")
_STYLE = "feed.css"


def make_feed(step: Step, bench: Bench) -> bytes:
    """The bytes of a feed in the format that its first argument names."""
    return _FORMATS[step.args[0]](feed_facts(step, bench), bench)


def _rss(facts: FeedFacts, bench: Bench) -> bytes:
    feed = _generator(facts, "application/rss+xml")
    feed.load_extension("dc", atom=False, rss=True)
    if any(item.enclosure for item in facts.items):
        _as_podcast(feed, facts)
    for item in facts.items:
        entry = _entry(feed, item)
        entry.guid(item.id, permalink=False)
        entry.description(item.summary or item.title)
        entry.content(item.html, type="html")
        entry.pubDate(item.published)
        for author in item.authors:
            entry.dc.dc_creator(author)
        if item.enclosure:
            file = item.enclosure
            entry.enclosure(file.url, str(file.size_bytes), file.type)
            _add_episode(entry, item, file)
    root = etree.fromstring(feed.rss_str())
    for element, item in zip(root.iter("item"), facts.items, strict=True):
        _add_transcripts(element, item)
    return _styled(root, bench)


def _as_podcast(feed: FeedGenerator, facts: FeedFacts) -> None:
    """What podcast apps want to know of a feed with something to watch or listen to."""
    feed.load_extension("podcast", atom=False, rss=True)
    feed.load_extension("media", atom=False, rss=True)
    feed.podcast.itunes_author(facts.publisher)
    feed.podcast.itunes_block(True)
    pictures = (item.image.url for item in facts.items if item.enclosure and item.image)
    artwork = next((url for url in pictures if url.endswith(_ARTWORK)), "")
    if artwork:
        feed.podcast.itunes_image(artwork)


def _add_episode(entry: FeedEntry, item: FeedItem, file: Media) -> None:
    """A vlog as an episode: iTunes' words, and those of Media RSS."""
    shape = {"width": str(file.width), "height": str(file.height)} if file.width else {}
    length = {"duration": str(item.seconds)} if item.seconds else {}
    medium = file.type.partition("/")[0]
    size = str(file.size_bytes)
    entry.media.content(
        {"url": file.url, "fileSize": size, "type": file.type, "medium": medium, **length, **shape},
        group=None,
    )
    if item.seconds:
        entry.podcast.itunes_duration(item.seconds)
    if item.image:
        entry.media.thumbnail({"url": item.image.url}, group=None)
        if item.image.url.endswith(_ARTWORK):
            entry.podcast.itunes_image(item.image.url)


def _add_transcripts(element: "etree._Element", item: FeedItem) -> None:
    """Subtitles as Podcasting 2.0 names them, which feedgen does not know."""
    for lang, file in item.spoken if item.enclosure else ():
        name = etree.QName(_PODCAST, "transcript")
        one = etree.SubElement(element, name, nsmap={"podcast": _PODCAST}, url=file.url)
        one.set("type", file.type)
        one.set("language", lang)
        one.set("rel", "captions")


def _atom(facts: FeedFacts, bench: Bench) -> bytes:
    feed = _generator(facts, "application/atom+xml")
    for item in facts.items:
        entry = _entry(feed, item)
        entry.summary(item.summary or item.title)
        entry.content(item.html, type="html")
        entry.published(item.published)
        entry.author([{"name": author} for author in item.authors or (facts.publisher,)])
    root = etree.fromstring(feed.atom_str())
    for element, item in zip(root.findall(f"{_ATOM}entry"), facts.items, strict=True):
        _mend_entry(element, item)
    return _styled(root, bench)


def _mend_entry(element: "etree._Element", item: FeedItem) -> None:
    """feedgen drops rel, type and length of an Atom entry's links, so they are set here."""
    if item.enclosure:
        file = item.enclosure
        link = etree.SubElement(element, f"{_ATOM}link", rel="enclosure", href=file.url)
        link.set("type", file.type)
        link.set("length", str(file.size_bytes))
    element.set("{http://www.w3.org/XML/1998/namespace}lang", item.lang)


def _generator(facts: FeedFacts, type_: str) -> FeedGenerator:
    feed = FeedGenerator()
    feed.id(facts.id)
    feed.title(facts.title)
    feed.description(facts.description)
    feed.subtitle(facts.description)
    feed.language(facts.lang)
    feed.generator("Plein")
    feed.updated(facts.updated)
    feed.lastBuildDate(facts.updated)
    # RSS takes the last link that was added as the channel's own.
    feed.link(href=facts.address, rel="self", type=type_)
    feed.link(href=facts.home, rel="alternate", type="text/html")
    return feed


def _entry(feed: FeedGenerator, item: FeedItem) -> FeedEntry:
    entry = feed.add_entry(order="append")
    entry.id(item.id)
    entry.title(item.title)
    entry.link(href=item.url, rel="alternate")
    entry.updated(item.updated)
    entry.category([{"term": topic} for topic in item.topics])
    return entry


def _styled(root: "etree._Element", bench: Bench) -> bytes:
    """The XML with a stylesheet, so that a browser shows it to be read."""
    href = bench.ask("asset", _STYLE)
    if href:
        text = f'type="text/css" href="{href}"'
        root.addprevious(etree.ProcessingInstruction("xml-stylesheet", text))
    return etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8")


def _json(facts: FeedFacts, _: Bench) -> bytes:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": facts.title,
        "description": facts.description,
        "language": facts.lang,
        "home_page_url": facts.home,
        "feed_url": facts.address,
        "items": [_json_item(item) for item in facts.items],
    }
    return msgspec.json.format(msgspec.json.encode(feed), indent=1)


def _json_item(item: FeedItem) -> dict[str, object]:
    fields = {
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "summary": item.summary,
        "content_html": item.html,
        "date_published": item.published.isoformat(),
        "date_modified": item.updated.isoformat(),
        "authors": [{"name": author} for author in item.authors],
        "tags": list(item.topics),
        "language": item.lang,
        "attachments": _json_attachments(item),
    }
    return {name: value for name, value in fields.items() if value}


def _json_attachments(item: FeedItem) -> list[dict[str, object]]:
    file = item.enclosure
    if file is None:
        return []
    facts = {"url": file.url, "mime_type": file.type, "size_in_bytes": file.size_bytes}
    return [{**facts, "duration_in_seconds": item.seconds} if item.seconds else facts]


_FORMATS: dict[str, Callable[[FeedFacts, Bench], bytes]] = {
    "rss": _rss,
    "atom": _atom,
    "json": _json,
}
