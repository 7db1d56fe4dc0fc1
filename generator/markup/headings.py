"""Gives headings their level, an anchor that stays the same, and their place in the contents."""

import re
import unicodedata
from collections.abc import Iterable
from xml.etree.ElementTree import Element

from generator.markup.notes import Notes
from generator.model import Heading

_TAGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_TRANSLIT = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ı": "i"})
_NOT_WORD = re.compile(r"[^\w]+")


def slug(text: str) -> str:
    """A text as an anchor: small letters without accents, digits and hyphens."""
    folded = unicodedata.normalize("NFKD", text.lower().translate(_TRANSLIT))
    marked = not folded.isascii()
    plain = "".join(x for x in folded if not unicodedata.combining(x)) if marked else folded
    return _NOT_WORD.sub("-", plain).replace("_", "-").strip("-")[:80].strip("-")


def place_under_title(elements: Iterable[Element]) -> list[Element]:
    """All headings among some elements, in order.

    They move one level down if there is an h1: the page's title is the only one.
    """
    headings = [element for element in elements if element.tag in _TAGS]
    if any(element.tag == "h1" for element in headings):
        for element in headings:
            element.tag = f"h{min(int(element.tag[1]) + 1, 6)}"
    return headings


def anchor_all(headings: list[tuple[Element, str]], notes: Notes) -> tuple[Heading, ...]:
    """Give each heading that has none an id; the table of contents comes out."""
    toc = []
    for element, title in headings:
        anchor = element.get("id") or notes.unique(slug(title) or "h")
        element.set("id", anchor)
        toc.append(Heading(level=int(element.tag[1]), anchor=anchor, title=title))
    return tuple(toc)
