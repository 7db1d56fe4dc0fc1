"""Sanitises the finished HTML and cuts it up round its holes."""

import re
from collections.abc import Callable

import nh3

from generator.markup import allowed, text
from generator.markup.notes import Notes, Reference
from generator.markup.words import words
from generator.model import Hole, Span

_CLEANER = nh3.Cleaner(
    tags=set(allowed.OURS),
    clean_content_tags={"script", "style"},
    attributes={
        "*": set(allowed.GENERAL),
        **{tag: set(names) for tag, names in allowed.ATTRIBUTES.items()},
        "input": {"checked"},
        "aside": {"role"},
    },
    url_schemes=set(allowed.SCHEMES),
    link_rel=None,
)
_ID = re.compile(r'<[a-zA-Z][\w-]*(?: [^\s"=>]+="[^"]*")*? id="([^"]*)"')
_NOTE_ID = ("fn:", "fnref")

# Task lists alone make these; whatever else such a tag says is not kept.
_INPUT = re.compile(r"<input\b((?:[^>\"]|\"[^\"]*\")*)>")

# A pattern is found sooner by what it begins with; the attribute's name is looked at after that.
_MARKER = re.compile(r'="(?:(?<=href=")|(?<=src="))(plein[0-9a-f]+)-(\d+)"')
Parts = tuple[str | int, ...]


def sanitise(html: str) -> str:
    """Only what is allowed on a page; safe inside XML too, also what entities stood for."""
    return text.without_controls(_CLEANER.clean(text.without_controls(html)))


def anchors_of(html: str) -> tuple[str, ...]:
    """All ids in the HTML that a link may point at, in order, without those of footnotes."""
    ids = (found[1] for found in _ID.finditer(html))
    return tuple(dict.fromkeys(one for one in ids if not one.startswith(_NOTE_ID)))


def cut(html: str, notes: Notes, span: Callable[[int], Span]) -> tuple[Parts, tuple[Hole, ...]]:
    """The HTML as parts and holes, in the order in which they stand on the page."""
    parts: list[str | int] = []
    holes: list[Hole] = []
    end = 0
    for found in _MARKER.finditer(html) if notes.references else ():
        if found[1] != notes.token:
            continue
        name_at = html.rindex(" ", end, found.start()) + 1
        parts += [html[end:name_at], len(holes)]
        holes.append(_hole(notes.references[int(found[2])], span))
        end = found.end()
    return (*parts, html[end:]), tuple(holes)


def label_boxes(html: str, lang: str) -> str:
    """The HTML with the boxes of task lists named, for who can't see whether they are ticked."""
    said = words(lang)

    def box(found: re.Match[str]) -> str:
        ticked = " checked" in found[1]
        name = said["ticked" if ticked else "unticked"]
        return f'<input type="checkbox" disabled{" checked" * ticked} aria-label="{name}">'

    return _INPUT.sub(box, html) if "<input" in html else html


def without_more(html: str, notes: Notes) -> str:
    """The HTML without the mark that `<!-- more -->` left."""
    for mark in (f"<p>{notes.more}</p>\n", f"<p>{notes.more}</p>", notes.more):
        html = html.replace(mark, "")
    return html


def _hole(reference: Reference, span: Callable[[int], Span]) -> Hole:
    where = span(reference.place)
    return Hole(
        kind="image" if reference.kind == "image" else "link",
        target=reference.target,
        anchor=reference.anchor,
        line=where.line,
        column=where.column,
        length=where.length,
    )
