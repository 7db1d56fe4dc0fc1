"""Builds bullet and numbered lists as CommonMark reads them, whatever their indent."""

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from generator.markup import lines

if TYPE_CHECKING:
    from generator.markup.blocks import Walker


def build(walker: "Walker", parent: Element, source: list[str], at: int) -> int:
    """Add the list that begins at a line; the line after it comes out, or `at` if there is none."""
    first = lines.marker(source[at])
    if first is None:
        return at
    items, loose, end = _items(source, at, first)
    element = SubElement(parent, "ul" if first.kind in "-+*" else "ol")
    if element.tag == "ol" and first.number != 1:
        element.set("start", str(first.number))
    spaced = [walker.walk(SubElement(element, "li"), item) for item in items]
    if not loose and not any(spaced):
        for child in element:
            _unwrap(child)
    return end


def _items(source: list[str], at: int, first: lines.Marker) -> tuple[list[list[str]], bool, int]:
    """The lines of each item, whether blank lines part the items, and the line after them."""
    items: list[list[str]] = []
    loose = False
    mark: lines.Marker | None = first
    while mark is not None and mark.kind == first.kind:
        item, at = _item(source, at, mark)
        after = _skip_blank(source, at)
        mark = lines.marker(source[after]) if after < len(source) else None
        goes_on = mark is not None and mark.kind == first.kind
        loose = loose or (goes_on and not source[after - 1].strip())
        items.append(item)
        at = after if goes_on else at
    return items, loose, at


def _item(source: list[str], at: int, mark: lines.Marker) -> tuple[list[str], int]:
    """The lines of one item without their indent, and the line after it."""
    item = [mark.text]
    tail = lines.Tail()
    tail.feed(mark.text)
    end = at + 1
    while end < len(source):
        line = source[end]
        if not line.strip():
            if item == [""]:
                break
            line = line[mark.offset :]
        elif lines.indent_of(line) >= mark.offset:
            line = line[mark.offset :]
        elif item[-1].strip() and tail.open and not lines.breaks_lazy(line):
            line = lines.lazy(line)
        else:
            break
        item.append(line)
        tail.feed(line)
        end += 1
    kept = len(item)
    while kept > 1 and not item[kept - 1].strip() and not tail.fence:
        kept -= 1
    return item[:kept], end - (len(item) - kept)


def _skip_blank(source: list[str], at: int) -> int:
    while at < len(source) and not source[at].strip():
        at += 1
    return at


def _unwrap(item: Element) -> None:
    """Take the paragraphs of a tight item out of their `<p>`."""
    last: Element | None = None
    for child in list(item):
        if child.tag != "p":
            last = child
        else:
            item.remove(child)
            _append_text(item, last, child.text or "")


def _append_text(item: Element, last: Element | None, text: str) -> None:
    if last is None:
        item.text = f"{item.text}\n{text}" if item.text else text
    else:
        last.tail = f"{last.tail or ''}\n{text}"
