"""Makes plain text of HTML: for search, summaries and the register of decisions."""

import html
import re
from collections.abc import Iterable

from generator.markup.allowed import BLOCKS
from generator.model import Document

# nh3 writes every attribute value in double quotes, and no `<` or `>` in them.
_TAG = re.compile(r"<[^>]*>")
_CONTROLS = bytes({*range(32), 0x7F} - {*b"\t\n\r"})
_ALT = re.compile(r' alt="([^"]*)"')
# Most tags are the first.
_APART = "|".join(("p", "li", *sorted(BLOCKS | {"br", "sup", "sub", "img", "input"})))
_TAG_APART = re.compile(rf"</?(?:{_APART})(?![\w-])[^>]*>")
_IMAGE = re.compile(r"<img(?![\w-])([^>]*)>")
_BACKLINK = "↩"


def without_controls(source: str) -> str:
    """The text without what may not stand in HTML or XML: controls, half characters, two others."""
    try:
        data = source.encode()
    except UnicodeEncodeError:
        data = source.encode(errors="ignore")
        source = data.decode()
    kept = data.translate(None, _CONTROLS)
    whole = source if len(kept) == len(data) else kept.decode()
    return whole.replace("\ufffe", "").replace("\uffff", "")


def of_document(document: Document) -> str:
    """The text for search. No hole has words: what stands in it are addresses."""
    return of_html("".join(part for part in document.parts if isinstance(part, str)))


def of_html(source: str) -> str:
    """The text of a piece of clean HTML as one line, words apart."""
    return join([without_tags(source)])


def without_tags(source: str) -> str:
    """The text of a piece of clean HTML, words apart, as it is spaced there."""
    shown = _IMAGE.sub(_described, source) if "<img" in source else source
    shown = _TAG.sub("", _TAG_APART.sub(" ", shown))
    return html.unescape(shown).replace(_BACKLINK, " ")


def join(pieces: Iterable[str]) -> str:
    """Pieces of text that follow one another directly, as one line."""
    return " ".join(without_controls("".join(pieces)).split())


def join_blocks(blocks: Iterable[str]) -> str:
    """The texts of blocks as one line, with spaces between."""
    return " ".join(block for block in blocks if block)


def _described(found: re.Match[str]) -> str:
    alt = _ALT.search(found[1])
    return f" {alt[1]} " if alt else " "
