"""What validators hold against a feed: the W3C's rules for RSS and Atom, and JSON Feed 1.1's."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import feedparser
from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_SCHEMA = etree.RelaxNG(etree.parse(str(Path(__file__).with_name("atom.rng"))))
_DATE_822 = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) "
    r"\d{4} \d\d:\d\d:\d\d [+-]\d{4}"
)
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")
_RSS_CHANNEL = {
    "title", "link", "description", "docs", "generator", "language", "lastBuildDate", "item",
    f"{ATOM}link",
}  # fmt: skip
_RSS_ITEM = {
    "title", "link", "description", "guid", "category", "enclosure", "pubDate", CONTENT, CREATOR,
}  # fmt: skip
_ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
_MEDIA = "{http://search.yahoo.com/mrss/}"
_TRANSCRIPT = "{https://podcastindex.org/namespace/1.0}transcript"
_RSS_CHANNEL |= {f"{_ITUNES}{name}" for name in ("author", "block", "image")}
_RSS_ITEM |= {f"{_ITUNES}duration", f"{_ITUNES}image", f"{_MEDIA}content", f"{_MEDIA}thumbnail"}
_RSS_ITEM |= {_TRANSCRIPT}
_JSON_FEED = {
    "version", "title", "description", "language", "home_page_url", "feed_url", "items",
}  # fmt: skip
_JSON_ITEM = ("id", "url", "title", "content_html", "date_published", "date_modified", "language")


def parsed(data: bytes) -> Any:
    """The feed as a reader sees it, nothing cleaned; fails when it isn't well-formed."""
    feed = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    assert not feed.bozo, feed.bozo_exception
    return feed


def check(path: str, data: bytes) -> None:
    """Holds a feed against the rules of its format."""
    name = path.rsplit("/", 1)[-1]
    {"feed.xml": _check_rss, "atom.xml": _check_atom, "feed.json": _check_json}[name](data)


def _check_rss(data: bytes) -> None:
    root, _ = etree.fromstring(data), parsed(data)
    channel = root[0]
    assert (root.tag, root.get("version"), len(root)) == ("rss", "2.0", 1)
    _once(channel, "title", "link", "description", "language", "lastBuildDate", f"{ATOM}link")
    assert {one.tag for one in channel} <= _RSS_CHANNEL
    _absolute(channel.findtext("link"))
    self_link = channel.find(f"{ATOM}link")
    assert (self_link.get("rel"), self_link.get("type")) == ("self", "application/rss+xml")
    _absolute(self_link.get("href"))
    assert _LANGUAGE.fullmatch(channel.findtext("language"))
    items = channel.findall("item")
    dates = [_check_rss_item(item) for item in items]
    assert dates == sorted(dates, reverse=True)
    _distinct(item.findtext("guid") for item in items)
    assert channel.findtext("description").strip()


def _check_rss_item(item: Any) -> datetime:
    _once(item, "title", "link", "description", "guid", "pubDate", CONTENT)
    assert {one.tag for one in item} <= _RSS_ITEM
    assert item.findtext("title").strip()
    _absolute(item.findtext("link"))
    assert item.find("guid").get("isPermaLink") == "false"
    assert item.findtext("guid").startswith("tag:")
    files = item.findall("enclosure")
    assert len(files) <= 1
    for file in files:
        _absolute(file.get("url"))
        assert int(file.get("length")) > 0
        assert re.fullmatch(r"\w+/[\w.+-]+", file.get("type"))
    check_html(item.findtext(CONTENT))
    assert _DATE_822.fullmatch(item.findtext("pubDate"))
    return parsedate_to_datetime(item.findtext("pubDate"))


def _check_atom(data: bytes) -> None:
    root, _ = etree.fromstring(data), parsed(data)
    assert _SCHEMA.validate(root), _SCHEMA.error_log
    links = {one.get("rel"): one for one in root.findall(f"{ATOM}link")}
    assert set(links) == {"self", "alternate"}
    assert links["self"].get("type") == "application/atom+xml"
    for link in links.values():
        _absolute(link.get("href"))
    entries = root.findall(f"{ATOM}entry")
    dates = [_check_atom_entry(entry) for entry in entries]
    assert dates == sorted(dates, reverse=True)
    _distinct(entry.findtext(f"{ATOM}id") for entry in entries)
    newest = max((_updated(entry) for entry in entries), default=_updated(root))
    assert _updated(root) == newest


def _check_atom_entry(entry: Any) -> datetime:
    names = [author.findtext(f"{ATOM}name") for author in entry.findall(f"{ATOM}author")]
    assert names
    assert all(names), "RFC 4287, 4.2.1: an author"
    links = [(one.get("rel", "alternate"), one) for one in entry.findall(f"{ATOM}link")]
    assert [rel for rel, _ in links].count("alternate") == 1
    assert {rel for rel, _ in links} <= {"alternate", "enclosure"}
    for rel, link in links:
        _absolute(link.get("href"))
        assert (rel == "enclosure") == bool(link.get("length"))
    assert _LANGUAGE.fullmatch(entry.get(LANG))
    content = entry.find(f"{ATOM}content")
    assert content.get("type") == "html"
    check_html(content.text)
    published = datetime.fromisoformat(entry.findtext(f"{ATOM}published"))
    assert _updated(entry) >= published
    return published


def _updated(element: Any) -> datetime:
    return datetime.fromisoformat(element.findtext(f"{ATOM}updated"))


def _check_json(data: bytes) -> None:
    feed = json.loads(data)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert set(feed) == _JSON_FEED
    _absolute(feed["home_page_url"])
    _absolute(feed["feed_url"])
    _distinct(item["id"] for item in feed["items"])
    dates = [_check_json_item(item) for item in feed["items"]]
    assert dates == sorted(dates, reverse=True)


def _check_json_item(item: dict[str, Any]) -> datetime:
    optional = ("summary", "authors", "tags", "attachments")
    assert set(_JSON_ITEM) <= set(item) <= {*_JSON_ITEM, *optional}
    assert all(type(item[name]) is str and item[name] for name in _JSON_ITEM)
    _absolute(item["url"])
    assert all(author["name"] for author in item.get("authors", ()))
    assert all(type(tag) is str for tag in item.get("tags", ()))
    for file in item.get("attachments", ()):
        _absolute(file["url"])
        assert "/" in file["mime_type"]
        assert file["size_in_bytes"] > 0
    check_html(item["content_html"])
    modified = datetime.fromisoformat(item["date_modified"])
    published = datetime.fromisoformat(item["date_published"])
    assert modified >= published
    assert published.tzinfo
    return published


def check_html(html: str) -> None:
    """Content is there, and no address in it depends on where it is read."""
    assert html.strip()
    for address in Addresses(html).found:
        _absolute(address, "http", "https", "mailto", "tel")


class Addresses(HTMLParser):
    """All addresses in a piece of HTML; fails on elements that no reader should run."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in ("script", "iframe", "object", "embed", "style", "form", "base")
        assert not [name for name, _ in attrs if name.startswith("on")]
        self.found += [value or "" for name, value in attrs if name in ("href", "src", "poster")]


def _once(element: Any, *names: str) -> None:
    for name in names:
        assert len(element.findall(name)) == 1, name


def _absolute(address: str | None, *schemes: str) -> None:
    parts = urlsplit(address or "")
    assert parts.scheme in (schemes or ("https",)), address
    assert parts.netloc or parts.scheme in ("mailto", "tel"), address


def _distinct(ids: Iterator[str]) -> None:
    found = list(ids)
    assert len(found) == len(set(found)), found
