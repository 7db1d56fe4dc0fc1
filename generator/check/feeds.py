"""Feeds as feed readers take them: well-formed, complete, no two entries under one name."""

import json
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml import etree

from generator.check.pages import Made
from generator.config import Config
from generator.model import Span
from generator.problems import Problem, problem

_ATOM = "{http://www.w3.org/2005/Atom}"
_JSON_VERSION = "https://jsonfeed.org/version/1.1"


def problems(made: Made, config: Config) -> Iterator[Problem]:
    """The feeds that a reader would refuse, each with the first reason."""
    for output in made.outputs:
        if output.step.maker == "feed":
            reason = _reason(output.step.args[0], output.data)
            if reason:
                span = Span(f"{config.output}/{output.step.path}")
                yield problem("feed-invalid", span, reason=reason)


def _reason(form: str, data: bytes) -> str:
    """Why a feed is not valid; empty when it is."""
    try:
        checks = {"rss": _rss, "atom": _atom, "json": _json}
        return next(checks[form](data), "")
    except (etree.XMLSyntaxError, ValueError, KeyError, TypeError, AttributeError) as error:
        return f"{type(error).__name__}: {error}"


def _rss(data: bytes) -> Iterator[str]:
    channel = etree.fromstring(data).find("channel")
    if channel is None:
        yield "channel"
        return
    yield from (name for name in ("title", "link", "description") if not channel.findtext(name))
    items = channel.findall("item")
    for item in items:
        if not (item.findtext("title") or item.findtext("description")):
            yield "item: title, description"
        yield from _not_whole(item.findtext("link"), "item: link")
    yield from _twice(item.findtext("guid") for item in items)


def _atom(data: bytes) -> Iterator[str]:
    root = etree.fromstring(data)
    entries = root.findall(f"{_ATOM}entry")
    for element in (root, *entries):
        for name in ("id", "title", "updated"):
            if not element.findtext(f"{_ATOM}{name}"):
                yield f"{etree.QName(element).localname}: {name}"
        for link in element.findall(f"{_ATOM}link"):
            yield from _not_whole(link.get("href"), "link")
    yield from _twice(entry.findtext(f"{_ATOM}id") for entry in entries)


def _json(data: bytes) -> Iterator[str]:
    feed = json.loads(data)
    if feed["version"] != _JSON_VERSION:
        yield "version"
    if not feed["title"]:
        yield "title"
    for item in feed["items"]:
        yield from _not_whole(item["url"], "item: url")
        if not (item.get("content_html") or item.get("content_text")):
            yield "item: content_html"
    yield from _twice(item["id"] for item in feed["items"])


def _not_whole(address: str | None, where: str) -> Iterator[str]:
    if not urlsplit(address or "").scheme:
        yield f"{where}: {address}"


def _twice(names: Iterator[str | None]) -> Iterator[str]:
    yield from (f"id: {name}" for name, times in Counter(names).items() if times > 1 or not name)
