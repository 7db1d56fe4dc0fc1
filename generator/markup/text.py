"""Makes plain text of HTML: for search, summaries and the register of decisions."""

import html
import re
from collections.abc import Iterable

from generator.markup.allowed import BLOCKS

# nh3 writes every attribute value in double quotes, and may leave `>` in them.
TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)((?:[^>\"]|\"[^\"]*\")*)>")
_CONTROLS = bytes({*range(32), 0x7F} - {*b"\t\n\r"})
_ALT = re.compile(r' alt="([^"]*)"')
_APART = BLOCKS | {"br", "sup", "sub", "img", "input"}
_BACKLINK = "↩"


def without_controls(source: str) -> str:
    """The text without what may not stand in HTML or XML: controls, half characters, two others."""
    kept = source.encode(errors="ignore").translate(None, _CONTROLS).decode()
    return kept.replace("\ufffe", "").replace("\uffff", "")


def of_html(source: str) -> str:
    """The text of a piece of clean HTML, words apart, without line breaks."""
    return join([html.unescape(TAG.sub(_tag, source)).replace(_BACKLINK, " ")])


def join(pieces: Iterable[str]) -> str:
    """Pieces of text that follow one another directly, as one line."""
    return " ".join(without_controls("".join(pieces)).split())


def join_blocks(blocks: Iterable[str]) -> str:
    """The texts of blocks as one line, with spaces between."""
    return " ".join(block for block in blocks if block)


def _tag(found: re.Match[str]) -> str:
    name = found[2].lower()
    if name == "img":
        alt = _ALT.search(found[3])
        return f" {alt[1]} " if alt else " "
    return " " if name in _APART else ""
