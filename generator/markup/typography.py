"""Turns straight quotes, spaced double hyphens and three dots into those of a language."""

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

# Double opening and closing, single opening and closing.
_QUOTES = {
    "nl": "“”‘’",
    "en": "“”‘’",
    "de": "„“‚‘",
    "fr": "«»‹›",
}
_SHORT = {
    "nl": r"(?:[stnkmr]|ns|ie|er|em|ns)\b",
    "en": r"(?:tis|twas|twere|em|til|cause|n|bout|round)\b",
}
_PLACEHOLDER = re.compile(r"\x02[^\x03]*\x03")
# Each of these begins with one character, so that others are passed by.
_MARKS = re.compile(r"\"|'|-(?:(?<=[\w.,;:!?)”’\x03] -)|(?<=\A -))--?(?= \w)|\.\.\.")
_SIGNS = ("'", '"', "--", "...")
_CODE = frozenset({"code", "pre", "kbd", "samp"})
_NARROW_SPACE = "\u202f"


class Typography(Treeprocessor):
    """Walks over the text of a page, block by block, and sets its quotes."""

    def __init__(self, md: Markdown, lang: str) -> None:
        super().__init__(md)
        language = lang.split("-", maxsplit=1)[0].lower()
        self._quotes = _QUOTES.get(language, _QUOTES["en"])
        self._space = _NARROW_SPACE if language == "fr" else ""
        self._apostrophe = re.compile(rf"(?:\d|{_SHORT.get(language, r'(?!)')})", re.I)
        self._before = " "

    def run(self, root: Element) -> None:
        """Set the quotes in all text but code."""
        whole = "".join(root.itertext())
        self._there = tuple([sign for sign in _SIGNS if sign in whole])
        if not self._there:
            return
        self._before = " "
        self._walk(root)

    def _walk(self, element: Element) -> None:
        tag = element.tag
        block = self.md.is_block_level(tag)
        if block or tag == "br":
            self._before = " "
        if tag in _CODE:
            self._before = "x"
        else:
            if text := element.text:
                element.text = self._set(text)
            for child in element:
                self._walk(child)
                if (text := child.tail) == "\n":
                    self._before = text
                elif text:
                    child.tail = self._set(text)
        if block:
            self._before = " "

    def _set(self, text: str) -> str:
        for sign in self._there:
            if sign in text and not isinstance(text, AtomicString):
                text = _MARKS.sub(self._mark, text)
                break
        last = text[-1]
        if last == "\x03":
            last = _PLACEHOLDER.sub("", text)[-1:] or self._before
        self._before = last
        return text

    def _mark(self, found: re.Match[str]) -> str:
        mark, text = found[0], found.string
        if mark[0] == "-":
            return "–" if mark == "--" else "—"
        if mark == "...":
            return "…"
        before = text[: found.start()]
        last = self._last(before)
        after = text[found.end() : found.end() + 1] or "x"
        opens = (last.isspace() or last in "([{<–—-/„“«‘‚\"'") and not after.isspace()
        return self._double(opens) if mark == '"' else self._single(opens, found)

    def _last(self, before: str) -> str:
        if before.endswith("\x03"):
            before = _PLACEHOLDER.sub("", before[-40:])
        return before[-1:] or self._before

    def _double(self, opens: bool) -> str:
        if opens:
            return self._quotes[0] + self._space
        return self._space + self._quotes[1]

    def _single(self, opens: bool, found: re.Match[str]) -> str:
        text, end = found.string, found.end()
        if not opens:
            inside = self._last(text[: found.start()]).isalnum() and text[end : end + 1].isalnum()
            return "’" if inside or self._quotes[3] == "›" else self._quotes[3]
        if self._apostrophe.match(text, end):
            return "’"
        return self._quotes[2]
