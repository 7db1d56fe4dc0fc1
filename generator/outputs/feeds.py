"""Feeds in RSS, Atom (both by feedgen) and JSON Feed, full text, newest first."""

import json
from collections.abc import Callable

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator
from lxml import etree

from generator.model import Step
from generator.outputs.bench import Bench
from generator.outputs.feeditems import FeedFacts, FeedItem, feed_facts

_ATOM = "{http://www.w3.org/2005/Atom}"
_STYLE = "feed.css"


def make_feed(step: Step, bench: Bench) -> bytes:
    """The bytes of a feed in the format that its first argument names."""
    return _FORMATS[step.args[0]](feed_facts(step, bench), bench)


def _rss(facts: FeedFacts, bench: Bench) -> bytes:
    feed = _generator(facts, "application/rss+xml")
    feed.load_extension("dc", atom=False, rss=True)
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
    return _styled(etree.fromstring(feed.rss_str()), bench)


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
    return json.dumps(feed, ensure_ascii=False, indent=1).encode()


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
    return [{"url": file.url, "mime_type": file.type, "size_in_bytes": file.size_bytes}]


_FORMATS: dict[str, Callable[[FeedFacts, Bench], bytes]] = {
    "rss": _rss,
    "atom": _atom,
    "json": _json,
}
