"""Builds tables as GitHub reads them.

Only a cell with words heads a column: a screen reader would read out an empty
one at every cell below it. A first row that is all empty is no row at all.
"""

import re
from xml.etree.ElementTree import Element, SubElement

from generator.markup import lines

_PIPE = re.compile(r"(?<!\\)\|")


def build(parent: Element, source: list[str], at: int) -> int:
    """Add the table that begins at a line; the line after it comes out."""
    aligns = [_align(cell) for cell in _cells(source[at + 1])]
    table = SubElement(parent, "table")
    if any(_cells(source[at])):
        _row(SubElement(table, "thead"), "th", source[at], aligns)
    end = at + 2
    body: Element | None = None
    while end < len(source) and source[end].strip() and not _breaks(source[end]):
        body = SubElement(table, "tbody") if body is None else body
        _row(body, "td", source[end], aligns)
        end += 1
    return end


def _breaks(line: str) -> bool:
    return lines.indent_of(line) > 3 or lines.breaks_paragraph(line) or bool(lines.marker(line))


def _row(parent: Element, tag: str, row: str, aligns: list[str]) -> None:
    cells = _cells(row)
    line = SubElement(parent, "tr")
    for at, align in enumerate(aligns):
        text = cells[at] if at < len(cells) else ""
        cell = SubElement(line, tag if text else "td")
        cell.text = text
        if align:
            cell.set("class", f"align-{align}")


def _cells(row: str) -> list[str]:
    """The texts between a row's pipes; `\\|` is a pipe in a cell, also in code."""
    text = row.strip().removeprefix("|")
    if text.endswith("|") and not text.endswith("\\|"):
        text = text[:-1]
    return [cell.strip().replace("\\|", "|") for cell in _PIPE.split(text)]


def _align(cell: str) -> str:
    left, right = cell.startswith(":"), cell.endswith(":")
    return {(True, True): "center", (False, True): "right"}.get((left, right), "")
