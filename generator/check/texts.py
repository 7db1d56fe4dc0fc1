"""What a text itself shows: headings, links, lists and descriptions that don't serve readers."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from generator import frontmatter, textfile
from generator.assembly.states import status_of
from generator.markup import lines as grammar
from generator.markup.locate import mask_code
from generator.model import Document, Entry, Heading, Model, Span
from generator.problems import Problem, problem
from generator.store import Store

_SAY_NOTHING = """
hier, klik hier, klik, kijk hier, lees hier, lees meer, lees verder, meer, meer lezen, meer info,
meer informatie, deze link, via deze link, link, deze pagina, download, here, click here, click,
see here, read here, read more, more, more info, more information, this link, this page
"""
_VAGUE = frozenset(text.strip() for text in _SAY_NOTHING.split(","))
_LINK = re.compile(r"(?<![!\\])\[([^\[\]\n]+)\](?:\(|\[)|<a\b[^>]*>([^<]*)</a>", re.I)
# The preview's own address is what a browser has when somebody copies it there.
_PREVIEW = re.compile(r"https?://(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?[^\s<>)\"']*", re.I)
_IMAGE = re.compile(r"!\[([^\]\n]*)\]\(")
_FILE_NAME = re.compile(
    r"[\w -]+\.(jpe?g|png|gif|webp|svg|heic)|(img|dsc|dscn|pict)[-_ ]?\d+", re.I
)
_OF_A_PICTURE = re.compile(
    r"(een )?(foto|afbeelding|plaatje) van\b|"
    r"(an? )?(photo|picture|image|photograph) of\b", re.I,
)  # fmt: skip
_OTHER_MARK = re.compile(r" {0,9}([•·‣◦▪●–—])[ \t]+(?=\S)")
_GLUED = re.compile(r" {0,3}[-+](?=[^\W\d_]{2})")


class Source(Model, frozen=True):
    """The text of an entry; `visible` are its lines from the body on, without what is code."""

    entry: Entry
    text: str
    first: int
    visible: tuple[str, ...]

    @property
    def path(self) -> str:
        """The file."""
        return self.entry.path

    def problem(self, code: str, span: Span, **args: object) -> Problem:
        """A problem at a place in this text."""
        return problem(code, span, self.text.split("\n")[span.line - 1], **args)


def read(entries: Iterable[Entry], root: Path, now: datetime) -> tuple[Source, ...]:
    """The texts of all entries that are published or will be."""
    living = (one for one in entries if status_of(one, now)[0] != "expired")
    return tuple(_source(one, root) for one in living if (root / one.path).is_file())


def _source(entry: Entry, root: Path) -> Source:
    text, _ = textfile.read_text((root / entry.path).read_bytes(), entry.path)
    parts, _ = frontmatter.split(text, entry.path)
    return Source(entry, text, parts.body_line, tuple(mask_code(parts.body).split("\n")))


def problems(sources: Iterable[Source], store: Store) -> Iterator[Problem]:
    """Everything that is wrong with some texts, each by itself."""
    for source in sources:
        yield from _links(source)
        yield from _to_preview(source)
        yield from _descriptions(source)
        yield from _lists(source)
        document = store.one("bodies", source.entry.document, Document)
        if document:
            yield from _headings(source, document.toc)


def _links(source: Source) -> Iterator[Problem]:
    """Links whose text does not say where they lead."""
    for number, line in enumerate(source.visible, source.first):
        for found in _LINK.finditer(line):
            text = found[1] or found[2] or ""
            if text.strip(" *_.:;!?…>»→").lower() in _VAGUE:
                at = found.start(1) if found[1] else found.start(2)
                span = Span(source.path, number, at + 1, len(text))
                yield source.problem("link-vague", span, text=text)


def _to_preview(source: Source) -> Iterator[Problem]:
    """Addresses of a preview: only the writer's own computer has what is there."""
    for number, line in enumerate(source.visible, source.first):
        for found in _PREVIEW.finditer(line):
            span = Span(source.path, number, found.start() + 1, len(found[0]))
            yield source.problem("link-to-preview", span, address=found[0])


def _descriptions(source: Source) -> Iterator[Problem]:
    """Descriptions of pictures that are a file's name, or begin with what everybody knows."""
    for number, line in enumerate(source.visible, source.first):
        for found in _IMAGE.finditer(line):
            span = Span(source.path, number, found.start(1) + 1, max(1, len(found[1])))
            yield from _description(source, found[1], span)
    alt = source.entry.meta.alt
    if alt:
        span, _ = frontmatter.place_of_value(source.text, source.path, "alt", alt)
        yield from _description(source, alt, span)


def _description(source: Source, alt: str, span: Span) -> Iterator[Problem]:
    opening = _OF_A_PICTURE.match(alt)
    if _FILE_NAME.fullmatch(alt.strip()):
        yield source.problem("alt-file-name", span, alt=alt)
    elif opening:
        start = Span(span.path, span.line, span.column, len(opening[0]))
        yield source.problem("alt-opening", start, opening=opening[0])


def _headings(source: Source, toc: tuple[Heading, ...]) -> Iterator[Problem]:
    """Headings that skip a level: who listens to the page's outline misses one."""
    places = _places_of(source, toc)
    before = 1
    for heading, number in zip(toc, places, strict=True):
        if heading.level > before + 1:
            line = source.text.split("\n")[number - 1]
            span = Span(source.path, number, 1, max(1, len(line)))
            args = {"title": heading.title, "above": before, "level": heading.level}
            yield source.problem("heading-jump", span, **args)
        before = heading.level


def _places_of(source: Source, toc: tuple[Heading, ...]) -> list[int]:
    """The line of each heading; where they can't be told apart, the first with its words."""
    typed = list(_typed_headings(source))
    if len(typed) == len(toc):
        return typed
    lines = list(enumerate(source.visible, source.first))
    return [next((n for n, line in lines if one.title in line), source.first) for one in toc]


def _typed_headings(source: Source) -> Iterator[int]:
    above = ""
    for number, line in enumerate(source.visible, source.first):
        if grammar.ATX.match(line):
            yield number
        elif grammar.SETEXT.match(line) and above.strip() and not grammar.marker(above):
            yield number - 1
        above = line


def _lists(source: Source) -> Iterator[Problem]:
    """Lists that readers will not see as they were typed."""
    yield from _other_marks(source)
    yield from _glued_marks(source)
    yield from _flat_items(source)


def _other_marks(source: Source) -> Iterator[Problem]:
    """Dots and dashes from a word processor, two or more below each other."""
    for number, line in _runs(source, _OTHER_MARK):
        found = _OTHER_MARK.match(line)
        if found:
            span = Span(source.path, number, found.start(1) + 1)
            better = f"{line[: found.start(1)]}- {line[found.end() :]}"
            yield source.problem("list-mark", span, mark=found[1], rewritten=better)


def _glued_marks(source: Source) -> Iterator[Problem]:
    """Hyphens without a space behind them, two or more below each other."""
    for number, line in _runs(source, _GLUED):
        found = _GLUED.match(line)
        if found:
            span = Span(source.path, number, found.end())
            better = f"{line[: found.end()]} {line[found.end() :]}"
            yield source.problem("list-no-space", span, rewritten=better)


def _runs(source: Source, pattern: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """The lines of which at least two below each other begin with a pattern."""
    run: list[tuple[int, str]] = []
    for number, line in enumerate((*source.visible, ""), source.first):
        if pattern.match(line):
            run.append((number, line))
            continue
        if len(run) > 1:
            yield from run
        run = []


def _flat_items(source: Source) -> Iterator[Problem]:
    """List items that are indented, but too little to stand below the item above them."""
    above: grammar.Marker | None = None
    typed = 0
    for number, line in enumerate(source.visible, source.first):
        mark, indent = grammar.marker(line), grammar.indent_of(line)
        if mark and above and typed < indent < above.offset:
            span = Span(source.path, number, 1, max(1, indent))
            better = f"{' ' * above.offset}{line.lstrip()}"
            yield source.problem("list-flat", span, wanted=above.offset, rewritten=better)
        elif mark:
            above, typed = mark, indent
        elif line.strip() and indent == 0:
            above = None
