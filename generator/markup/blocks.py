"""Walks over the lines of a body and builds its blocks as CommonMark and GitHub do.

Python-Markdown's own list, quote, fence and heading processors want blank lines
and four spaces that writers don't type. This parser finds the blocks; a plain
paragraph goes on to Python-Markdown's block processors (references,
abbreviations, paragraphs).
"""

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.extensions.footnotes import FootnoteExtension
from markdown.util import AtomicString, code_escape

from generator.markup import containers, lines, lists, tables
from generator.markup.limits import MAX_DEPTH, TooDeep
from generator.markup.notes import Notes
from generator.markup.rawhtml import RawHtml

Start = Callable[["Walker", Element, list[str], int], int]
_MORE = re.compile(r" {0,3}<!--\s*more\s*-->\s*$", re.I)


class Walker(BlockParser):
    """Python-Markdown's block parser with one walk over the lines in place of its splitting."""

    def __init__(self, md: Markdown, notes: Notes, raw: RawHtml | None) -> None:
        super().__init__(md)
        self.blockprocessors = md.parser.blockprocessors
        for processor in self.blockprocessors:
            processor.parser = self
        self.notes = notes
        self.raw = raw
        self.footnotes: FootnoteExtension | None = None

    def parseChunk(self, parent: Element, text: str) -> None:  # noqa: N802 — Python-Markdown's name
        """Build the blocks of `text` into `parent`."""
        self.walk(parent, text.split("\n"))

    def walk(self, parent: Element, source: list[str]) -> bool:
        """Build the blocks of these lines into `parent`; whether blank lines stand between them."""
        self.notes.depth += 1
        if self.notes.depth > MAX_DEPTH:
            raise TooDeep
        at, begun, spaced = 0, False, False
        while at < len(source):
            if not source[at].strip():
                at += 1
                continue
            spaced = spaced or (begun and not source[at - 1].strip())
            at, begun = self._block(parent, source, at), True
        self.notes.depth -= 1
        return spaced

    def _block(self, parent: Element, source: list[str], at: int) -> int:
        """Build the block that begins at a line; the line after it comes out."""
        indent = lines.indent_of(source[at])
        if indent >= 4:
            return self._code(parent, source, at)
        for start in _STARTS.get(source[at][indent], ()):
            end = start(self, parent, source, at)
            if end > at:
                return end
        return self._paragraph(parent, source, at)

    def _paragraph(self, parent: Element, source: list[str], at: int) -> int:
        if lines.is_table(source, at):
            return tables.build(parent, source, at)
        end = at + 1
        while end < len(source) and source[end].strip():
            underline = lines.SETEXT.match(source[end])
            if underline:
                return self._underlined(parent, source[at:end], underline[1], end)
            if lines.breaks_paragraph(source[end]) or lines.is_table(source, end):
                break
            if lines.DEFINITION.match(source[end]):
                return containers.definitions(self, parent, source, at, end)
            end += 1
        self._text(parent, "\n".join(source[at:end]).replace(lines.LAZY, ""))
        return end

    def _text(self, parent: Element, text: str) -> None:
        """Add a paragraph; Python-Markdown takes the abbreviations out of it that it explains."""
        if "*[" in text:
            self.parseBlocks(parent, [text])
        else:
            SubElement(parent, "p").text = text.lstrip()

    def _underlined(self, parent: Element, text: list[str], underline: str, at: int) -> int:
        heading = SubElement(parent, "h1" if underline[0] == "=" else "h2")
        heading.text = "\n".join(line.strip().lstrip(lines.LAZY) for line in text)
        return at + 1

    def _heading(self, parent: Element, source: list[str], at: int) -> int:
        found = lines.ATX.match(source[at])
        if not found:
            return at
        SubElement(parent, f"h{len(found[1])}").text = (found[2] or "").strip()
        return at + 1

    def _reference(self, _parent: Element, source: list[str], at: int) -> int:
        """Keep a link definition; as on GitHub, the first of a name counts."""
        found = lines.REFERENCE.match("\n".join(source[at : at + 3]))
        if not found:
            return at
        title = found[3][1:-1] if found[3] else ""
        address = found[2][1:-1] if found[2].startswith("<") else found[2]
        self.md.references.setdefault(" ".join(found[1].lower().split()), (address, title))
        return at + found[0].count("\n") + (not found[0].endswith("\n"))

    def _rule(self, parent: Element, source: list[str], at: int) -> int:
        if not lines.RULE.match(source[at]):
            return at
        SubElement(parent, "hr")
        return at + 1

    def _code(self, parent: Element, source: list[str], at: int) -> int:
        end = at
        while end < len(source) and (source[end][:4] == "    " or not source[end].strip()):
            end += 1
        _add_code(parent, "\n".join(line[4:] for line in source[at:end]).rstrip())
        return end

    def _fence(self, parent: Element, source: list[str], at: int) -> int:
        found = lines.FENCE.match(source[at])
        if not found:
            return at
        indent = lines.indent_of(source[at])
        end = at + 1
        while end < len(source) and not lines.closes(source[end], found[1]):
            end += 1
        text = [line[min(indent, lines.indent_of(line)) :] for line in source[at + 1 : end]]
        _add_code(parent, "\n".join(text), found[2])
        return end + 1

    def _html(self, parent: Element, source: list[str], at: int) -> int:
        if _MORE.match(source[at]):
            SubElement(parent, "p").text = AtomicString(self.notes.more)
            return at + 1
        if self.raw is None:
            return at
        end = html_end(source, at)
        if end > at:
            html = self.raw.clean("\n".join(source[at:end]))
            if html.strip():
                SubElement(parent, "p").text = self.md.htmlStash.store(html.strip())
        elif source[at].lstrip().startswith("<!--"):
            self.notes.report("comment-open", self.notes.place("line", source[at]))
        return end


def html_end(source: list[str], at: int) -> int:
    """The line after the raw HTML that begins at a line; `at` itself when none does.

    Against CommonMark, a `<script>` or comment that is never closed does not
    swallow the rest of the post.
    """
    for start, stop in lines.HTML_STARTS:
        if start.match(source[at]):
            return _blank(source, at) if stop is None else _stop(source, at, stop)
    return _blank(source, at) if lines.HTML_ALONE.match(source[at]) else at


def _stop(source: list[str], at: int, stop: re.Pattern[str]) -> int:
    for end in range(at, len(source)):
        if stop.search(source[end]):
            return end + 1
    return at if source[at].lstrip().startswith("<!--") else _blank(source, at)


def _blank(source: list[str], at: int) -> int:
    while at < len(source) and source[at].strip():
        at += 1
    return at


def _add_code(parent: Element, text: str, info: str = "") -> None:
    """Add `<pre><code>`, with the fence's first word as its language."""
    code = SubElement(SubElement(parent, "pre"), "code")
    language = re.sub(r"[^\w+#.-]", "", info.strip("{} .").split(" ")[0].split(",")[0])
    if language:
        code.set("class", f"language-{language.lower()}")
    code.text = AtomicString(code_escape(text) + "\n")


# What may begin with a character; each gives the line after it, or its own when it does not.
_STARTS: dict[str, tuple[Start, ...]] = {
    "#": (Walker._heading,),
    "`": (Walker._fence,),
    "~": (Walker._fence,),
    ">": (containers.quote,),
    "-": (Walker._rule, lists.build),
    "*": (Walker._rule, lists.build),
    "_": (Walker._rule,),
    "+": (lists.build,),
    "<": (Walker._html,),
    "/": (containers.own_block,),
    "!": (containers.admonition,),
    "[": (containers.footnote, Walker._reference),
    ":": (containers.definition,),
    **dict.fromkeys("0123456789", (lists.build,)),
}
