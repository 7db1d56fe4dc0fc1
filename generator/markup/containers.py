"""Builds the blocks that hold others: quotes, notes, definitions, footnotes, Plein's own."""

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from generator.markup import lines
from generator.markup.notes import nearest
from generator.markup.words import words

if TYPE_CHECKING:
    from generator.markup.blocks import Walker

OWN_BLOCKS = ("decision", "action", "details")
_NOTES = ("note", "info", "tip", "hint", "important", "warning", "caution", "danger", "question")
_ALERT = re.compile(r"\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]\s*$", re.I)


def quote(walker: "Walker", parent: Element, source: list[str], at: int) -> int:
    """Add the quotation that begins at a line; GitHub's `[!NOTE]` makes it a note."""
    inner, end, tail = [], at, lines.Tail()
    while end < len(source) and source[end].strip():
        mark = lines.QUOTE.match(source[end])
        if not mark and (not tail.open or lines.breaks_lazy(source[end])):
            break
        inner.append(source[end][mark.end() :] if mark else lines.lazy(source[end]))
        tail.feed(inner[-1])
        end += 1
    alert = _ALERT.match(inner[0])
    if alert:
        walker.walk(_note(walker, parent, alert[1].lower(), None), inner[1:])
    else:
        walker.walk(SubElement(parent, "blockquote"), inner)
    return end


def admonition(walker: "Walker", parent: Element, source: list[str], at: int) -> int:
    """Add the note `!!! kind "Title"` with the indented lines under it."""
    found = lines.ADMONITION.match(source[at])
    if not found:
        return at
    inner, end = _indented(source, at + 1)
    walker.walk(_note(walker, parent, found[1].lower(), found[2]), inner)
    return end


def _note(walker: "Walker", parent: Element, kind: str, title: str | None) -> Element:
    known = kind if kind in _NOTES else ""
    box = SubElement(parent, "div", {"class": f"admonition {known}".strip()})
    if title != "":
        label = SubElement(box, "p", {"class": "admonition-title"})
        label.text = title or words(walker.notes.lang).get(kind, kind.capitalize())
    return box


def footnote(walker: "Walker", _parent: Element, source: list[str], at: int) -> int:
    """Keep the text of a footnote for the foot of the page."""
    found = lines.FOOTNOTE.match(source[at])
    if not found or walker.footnotes is None:
        return at
    end = at + 1
    while end < len(source) and source[end].strip() and not lines.breaks_paragraph(source[end]):
        end += 1
    more, end = _indented(source, end)
    text = [found[2], *(_outdent(line) for line in source[at + 1 : end - len(more)]), *more]
    walker.footnotes.setFootnote(found[1], "\n".join(text).strip("\n"))
    return end


def definition(walker: "Walker", parent: Element, source: list[str], at: int) -> int:
    """Add a definition that stands under its term with a blank line between."""
    if not lines.DEFINITION.match(source[at]) or not len(parent):
        return at
    term = parent[-1]
    if term.tag == "dl":
        return _definitions(walker, term, source, at)
    if term.tag != "p" or "\n" in (term.text or ""):
        return at
    parent.remove(term)
    listing = SubElement(parent, "dl")
    SubElement(listing, "dt").text = term.text
    return _definitions(walker, listing, source, at)


def definitions(walker: "Walker", parent: Element, source: list[str], at: int, first: int) -> int:
    """Add the terms in lines `at` to `first` and the definitions under them."""
    listing = parent[-1] if len(parent) and parent[-1].tag == "dl" else SubElement(parent, "dl")
    for term in source[at:first]:
        SubElement(listing, "dt").text = term.strip()
    return _definitions(walker, listing, source, first)


def _definitions(walker: "Walker", listing: Element, source: list[str], at: int) -> int:
    while at < len(source):
        mark = lines.DEFINITION.match(source[at])
        if not mark:
            break
        inner, at = _definition(source, at, mark.end())
        entry = SubElement(listing, "dd")
        walker.walk(entry, inner)
        if len(entry) == 1 and entry[0].tag == "p":
            entry.text, entry[:] = entry[0].text, []
    return at


def _definition(source: list[str], at: int, column: int) -> tuple[list[str], int]:
    """The lines of one definition and the line after it."""
    inner, end = [source[at][column:]], at + 1
    while end < len(source) and source[end].strip():
        if lines.DEFINITION.match(source[end]):
            return inner, end
        inner.append(_outdent(source[end]))
        end += 1
    more, end = _indented(source, end)
    return inner + more, end


def own_block(walker: "Walker", parent: Element, source: list[str], at: int) -> int:
    """Add one of Plein's blocks, `/// name | title` to `///`."""
    found = lines.BLOCK_OPEN.match(source[at])
    if not found:
        return at
    end, closed = _block_end(source, at, found[1])
    inner = source[at + 1 : end]
    place = walker.notes.place("line", source[at])
    if not closed:
        walker.notes.report("block-open", place, name=found[2])
    name = found[2].lower()
    if name not in OWN_BLOCKS:
        guess = nearest(name, list(OWN_BLOCKS))
        walker.notes.report("block-unknown", place, name=found[2], guess=guess)
    walker.walk(_own(walker, parent, name, found[3] or ""), inner)
    return end + closed


def _own(walker: "Walker", parent: Element, name: str, title: str) -> Element:
    """The element of one of Plein's blocks, with its title."""
    if name == "details":
        box = SubElement(parent, "details")
        SubElement(box, "summary").text = title or words(walker.notes.lang)["details"]
        return box
    if name not in OWN_BLOCKS:
        box = SubElement(parent, "div")
        if title:
            SubElement(box, "p").text = title
        return box
    box = SubElement(parent, "section" if name == "decision" else "aside", {"class": name})
    if name == "action":
        box.set("role", "note")
    label = SubElement(box, "p", {"class": f"{name}-title"})
    mark = SubElement(label, "span", {"class": f"{name}-label"})
    mark.text, mark.tail = words(walker.notes.lang)[name], f" {title}"
    return box


def _block_end(source: list[str], at: int, slashes: str) -> tuple[int, bool]:
    """The line of the block's closing slashes, and whether there is one; code is passed over."""
    tail, inside = lines.Tail(), 0
    for end in range(at + 1, len(source)):
        if not tail.fence:
            close, again = lines.BLOCK_CLOSE.match(source[end]), lines.BLOCK_OPEN.match(source[end])
            if close and close[1] == slashes and not inside:
                return end, True
            inside += (again is not None and again[1] == slashes) - (
                close is not None and close[1] == slashes
            )
        tail.feed(source[end])
    return len(source), False


def _indented(source: list[str], at: int) -> tuple[list[str], int]:
    """The lines from `at` that are indented by four or blank, outdented, and the line after."""
    end = at
    while end < len(source) and (source[end][:4] == "    " or not source[end].strip()):
        end += 1
    while end > at and not source[end - 1].strip():
        end -= 1
    return [line[4:] for line in source[at:end]], end


def _outdent(line: str) -> str:
    return line[4:] if line[:4] == "    " else line.lstrip(" ")
