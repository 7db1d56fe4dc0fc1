"""Closes the inline HTML that a writer left open, so that it ends with its paragraph."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.util import HTML_PLACEHOLDER_RE

from generator.markup.allowed import BLOCKS
from generator.markup.notes import Notes

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)")
_VOID = frozenset({"br", "img", "wbr", "input"})
# An element and whether it is the text before its children, or the text after itself.
Slot = tuple[Element, bool]


def close_inline(root: Element, md: Markdown, notes: Notes) -> None:
    """End open inline tags where the text of their block ends, and report them."""
    if not md.htmlStash.rawHtmlBlocks:
        return
    for block in list(root.iter()):
        if block.tag in BLOCKS:
            _close(block, md, notes)


def _close(block: Element, md: Markdown, notes: Notes) -> None:
    still_open: list[str] = []
    last: Slot | None = None
    for slot in [*_slots(block), None]:
        if slot is not None:
            _follow(_text(slot), md, still_open)
            last = slot
        elif still_open and last is not None:
            for tag in still_open:
                notes.report("html-open", notes.place("tag", f"<{tag}"), tag=tag)
            ends = "".join(f"</{tag}>" for tag in reversed(still_open))
            _append(last, md.htmlStash.store(ends))
            still_open = []


def _slots(element: Element) -> Iterator[Slot | None]:
    """The places of an element's own text in order; None where a block stands between."""
    yield element, True
    for child in element:
        if child.tag in BLOCKS:
            yield None
        else:
            yield from _slots(child)
        yield child, False


def _follow(text: str, md: Markdown, still_open: list[str]) -> None:
    for number in HTML_PLACEHOLDER_RE.findall(text):
        for end, tag in _TAG.findall(str(md.htmlStash.rawHtmlBlocks[int(number)])):
            if not end and tag not in _VOID and tag not in BLOCKS:
                still_open.append(tag)
            elif end and tag in still_open:
                del still_open[len(still_open) - 1 - still_open[::-1].index(tag)]


def _text(slot: Slot) -> str:
    element, before = slot
    return (element.text if before else element.tail) or ""


def _append(slot: Slot, text: str) -> None:
    element, before = slot
    if before:
        element.text = (element.text or "") + text
    else:
        element.tail = (element.tail or "") + text
