"""Reduces HTML to what a reader sees of its build: lists, tables, code, headings, words, links."""

import re
from collections import Counter
from html import escape
from html.parser import HTMLParser
from urllib.parse import unquote

from generator.markup import MarkupSettings
from generator.markup.conversion import convert
from generator.model import Document

_SHOWN = {
    "ul",
    "ol",
    "li",
    "table",
    "tr",
    "td",
    "th",
    "pre",
    "blockquote",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
}


def html_of(document: Document) -> str:
    """The HTML of a document with its holes filled with the targets as written."""
    out = []
    for part in document.parts:
        if isinstance(part, str):
            out.append(part)
        else:
            hole = document.holes[part]
            name = "href" if hole.kind == "link" else "src"
            anchor = f"#{hole.anchor}" if hole.anchor else ""
            out.append(f'{name}="{escape(hole.target + anchor)}"')
    return "".join(out)


def make(body: str, lang: str = "nl", **settings: object) -> str:
    """The HTML of a body."""
    options = MarkupSettings(**{"seconds": 20, **settings})  # type: ignore[arg-type]
    return html_of(convert(body, path="x.md", first_line=1, lang=lang, settings=options)[0])


class Outline(HTMLParser):
    """Collects the build of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.blocks: list[str] = []
        self.loose: list[bool] = []
        self.words: Counter[str] = Counter()
        self.code: list[str] = []
        self.links: Counter[str] = Counter()
        self.images: Counter[str] = Counter()
        self._stack: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        depth = sum(name in ("ul", "ol") for name in self._stack)
        if tag in _SHOWN:
            start = f" {values['start']}" if tag == "ol" and "start" in values else ""
            self.blocks.append(f"{'  ' * depth}{tag}{start}")
        if tag == "p" and self._stack and self._stack[-1] == "li":
            self.blocks.append(f"{'  ' * depth}p")
        if tag == "pre":
            self.code.append("")
        if tag == "a" and "href" in values:
            self.links[unquote(values["href"] or "")] += 1
        if tag == "img":
            self.images[values.get("src") or ""] += 1
        if tag not in ("img", "br", "hr", "input"):
            self._stack.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._stack:
            while self._stack.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if "pre" in self._stack:
            self.code[-1] += data.replace("\t", "    ")
        if "script" in self._stack:
            return
        self.words.update(re.findall(r"\w+", data))


def under_title(blocks: list[str]) -> list[str]:
    """The blocks with headings one level lower, if there is an h1 among them."""
    if "h1" not in [block.strip() for block in blocks]:
        return blocks
    return [re.sub(r"h([1-6])$", lambda m: f"h{min(int(m[1]) + 1, 6)}", block) for block in blocks]
