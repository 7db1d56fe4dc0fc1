"""Says what one line of Markdown is, in the sense of CommonMark: the walker's grammar."""

import re
from collections.abc import Callable
from typing import NamedTuple

from generator.markup.limits import MAX_DEPTH, TooDeep

FENCE = re.compile(r" {0,3}(`{3,}(?!.*`)|~{3,})[ ]*(.*)$")
ATX = re.compile(r" {0,3}(#{1,6})(?:[ ]+(.*?))??(?:[ ]+#+)?[ ]*$")
RULE = re.compile(r" {0,3}(?:(?:\*[ ]*){3,}|(?:-[ ]*){3,}|(?:_[ ]*){3,})$")
SETEXT = re.compile(r" {0,3}(=+|-+)[ ]*$")
QUOTE = re.compile(r" {0,3}> ?")
BLOCK_OPEN = re.compile(r" {0,3}(/{3,})[ ]*([\w-]+)[ ]*(?:\|[ ]*(.*?))?[ ]*$")
BLOCK_CLOSE = re.compile(r" {0,3}(/{3,})[ ]*$")
ADMONITION = re.compile(r' {0,3}!!! ?([\w-]+)(?: +[\w-]+)*(?: +"(.*?)")? *$')
FOOTNOTE = re.compile(r" {0,3}\[\^([^\]\s]+)\]:[ ]*(.*)$")
REFERENCE = re.compile(
    r" {0,3}\[((?:[^\[\]\\]|\\.)+)\]: *\n? *(<[^<>\n]*>|[^\s<]\S*)"
    r"(?:(?: +\n?|\n) *(\"[^\"]*\"|'[^']*'|\([^()]*\)))? *(?:\n|$)"
)
DEFINITION = re.compile(r" {0,3}:[ ]{1,3}(?=\S)")
DELIMITER_ROW = re.compile(r" {0,3}(?=.*-)(?=.*[|:])\|?[ ]*:?-+:?[ ]*(?:\|[ ]*:?-+:?[ ]*)*\|?[ ]*$")

# Stands before a line that can only go on a paragraph; sanitising takes control characters out.
LAZY = "\x1d"

_MARKER = re.compile(r"( {0,3})([-+*]|(\d{1,9})([.)]))(?:( +)(.*)|)$")
_BLOCK_TAGS = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|"
    "dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|"
    "hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|"
    "search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul"
)
_TAG = (
    r"(?:<[A-Za-z][A-Za-z0-9-]*(?:\s+[A-Za-z_:][\w.:-]*(?:\s*=\s*(?:[^\s\"'=<>`]+|'[^']*'|\"[^\"]*\"))?)*"
    r"\s*/?>|</[A-Za-z][A-Za-z0-9-]*\s*>)"
)
# The start of a block of raw HTML and the text that ends it; None: a blank line ends it.
HTML_STARTS: tuple[tuple[re.Pattern[str], re.Pattern[str] | None], ...] = (
    (
        re.compile(r" {0,3}<(?:script|pre|style|textarea)(?:\s|>|$)", re.I),
        re.compile(r"</(?:script|pre|style|textarea)>", re.I),
    ),
    (re.compile(r" {0,3}<!--"), re.compile(r"-->")),
    (re.compile(r" {0,3}<\?"), re.compile(r"\?>")),
    (re.compile(r" {0,3}<!\[CDATA\["), re.compile(r"\]\]>")),
    (re.compile(r" {0,3}<![A-Za-z]"), re.compile(r">")),
    (re.compile(rf" {{0,3}}</?(?:{_BLOCK_TAGS})(?:\s|/?>|$)", re.I), None),
)
HTML_ALONE = re.compile(rf" {{0,3}}{_TAG}\s*$")


class Marker(NamedTuple):
    """The mark of a list item: its kind (`-`, `.` …), number, content column and first text."""

    kind: str
    number: int
    offset: int
    text: str


def marker(line: str) -> Marker | None:
    """The list mark at the start of a line; None when there is none."""
    found = _MARKER.match(line)
    # A rule has its mark three times, and counting is soon done.
    if not found or (line.count(found[2]) > 2 and RULE.match(line)):
        return None
    indent, mark, number, delimiter, space, text = found.groups()
    start = len(indent) + len(mark)
    if not text:
        return Marker(delimiter or mark, int(number or 0), start + 1, "")
    if len(space) > 4:
        return Marker(delimiter or mark, int(number or 0), start + 1, space[1:] + text)
    return Marker(delimiter or mark, int(number or 0), start + len(space), text)


def indent_of(line: str) -> int:
    """The number of spaces before a line's text."""
    return len(line) - len(line.lstrip(" "))


def closes(line: str, fence: str) -> bool:
    """Whether the line ends the code block that `fence` began."""
    text = line.strip(" ")
    return (
        len(text) >= len(fence) and not text.strip(fence[0]) and text != "" and indent_of(line) < 4
    )


def _list_breaks(line: str) -> bool:
    found = marker(line)
    return found is not None and found.text != "" and (found.kind in "-+*" or found.number == 1)


def _rule_or_list(line: str) -> bool:
    return RULE.match(line) is not None or _list_breaks(line)


def _html_breaks(line: str) -> bool:
    return any(start.match(line) for start, _ in HTML_STARTS)


def _matcher(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda line: pattern.match(line) is not None


_BREAKS: dict[str, Callable[[str], bool]] = {
    "#": _matcher(ATX),
    "`": _matcher(FENCE),
    "~": _matcher(FENCE),
    ">": _matcher(QUOTE),
    "-": _rule_or_list,
    "*": _rule_or_list,
    "_": _matcher(RULE),
    "+": _list_breaks,
    "<": _html_breaks,
    "/": lambda line: bool(BLOCK_OPEN.match(line) or BLOCK_CLOSE.match(line)),
    "!": _matcher(ADMONITION),
    "[": _matcher(FOOTNOTE),
    "1": _list_breaks,
    "0": _list_breaks,
}


def breaks_paragraph(line: str) -> bool:
    """Whether a line ends the paragraph above it because another block begins."""
    text = line.lstrip(" ")
    test = _BREAKS.get(text[:1])
    return test is not None and len(line) - len(text) < 4 and test(line)


def breaks_lazy(line: str) -> bool:
    """Whether a line without its container's mark ends the paragraph in it: any list does."""
    return breaks_paragraph(line) or marker(line) is not None


def lazy(line: str) -> str:
    """A line that goes on a paragraph without its container's indent or `>`: text at any rate."""
    text = line.strip(" ")
    return text if text.startswith(LAZY) else LAZY + text


def is_table(lines: list[str], at: int) -> bool:
    """Whether a table begins at `at`: a row, and a delimiter row with as many cells."""
    if at + 1 >= len(lines) or indent_of(lines[at]) > 3 or not DELIMITER_ROW.match(lines[at + 1]):
        return False
    return cell_count(lines[at]) == cell_count(lines[at + 1]) and "|" in lines[at] + lines[at + 1]


def cell_count(row: str) -> int:
    """How many cells a table row has."""
    text = row.strip().replace("\\|", "")
    return text.removeprefix("|").removesuffix("|").count("|") + 1


class Tail:
    """Follows the last lines of a container, to know whether its last paragraph is still open."""

    def __init__(self) -> None:
        self.fence = ""
        self.open = False
        self._quoted = False
        self._rows = False
        self._last = ""
        # The content columns of the list items that the last line stands in.
        self._columns: list[int] = []

    def feed(self, line: str) -> None:
        """Take in the next line of the container's content."""
        column = max((c for c in self._columns if c <= indent_of(line)), default=0)
        text = line[column:]
        if self.fence and self._goes_on(text, column):
            self.fence = "" if closes(self._unquoted(text), self.fence) else self.fence
        elif not line.strip():
            self.open = self._rows = False
        elif self.open and not self._breaks(text, column):
            self._leaf(text)
        elif not (self._rows and self._goes_on(text, column) and not breaks_lazy(text)):
            self._begin(text, column)

    def _breaks(self, text: str, column: int) -> bool:
        """Whether a line ends the open paragraph; outside its item, any list mark does."""
        outside = bool(self._columns) and column < self._columns[-1]
        return breaks_lazy(text) if outside else breaks_paragraph(text)

    def _goes_on(self, text: str, column: int) -> bool:
        """Whether a line is still in the container of the code block that is open."""
        if self._quoted:
            return QUOTE.match(text) is not None
        return not text.strip() or not self._columns or column == self._columns[-1]

    def _unquoted(self, text: str) -> str:
        return QUOTE.sub("", text, count=1) if self._quoted else text

    def _begin(self, text: str, column: int) -> None:
        """Take in a line that does not go on what is above it."""
        row = self._rows and self._quoted and self._goes_on(text, column)
        self.open = self._rows = self._quoted = False
        self.fence = self._last = ""
        self._columns = [c for c in self._columns if c <= column]
        if indent_of(text) < 4:
            inner = self._inside(text, column)
            self._rows = row and not breaks_lazy(inner)
            self._leaf(inner)

    def _inside(self, text: str, column: int) -> str:
        """What stands behind the marks of lists and quotes that begin on a line."""
        while True:
            mark, quoted = marker(text), QUOTE.match(text)
            if mark is not None:
                column += mark.offset
                self._columns.append(column)
                if len(self._columns) > MAX_DEPTH:
                    raise TooDeep
                text = mark.text
            elif quoted:
                self._quoted = True
                text = text[quoted.end() :]
            else:
                return text

    def _leaf(self, text: str) -> None:
        opening = FENCE.match(text)
        if opening:
            self.fence, self.open = opening[1], False
        elif self.open and is_table([self._last, text], 0):
            self.open, self._rows = False, True
        elif self._is_html(text):
            self.open = False
        elif ATX.match(text) or RULE.match(text) or SETEXT.match(text) or not text.strip():
            self.open = self._rows = False
        elif not self._rows:
            self.open = self.open or indent_of(text) < 4
        self._last = text

    def _is_html(self, text: str) -> bool:
        """Whether raw HTML begins; the lines up to the next blank one belong to it."""
        for start, stop in HTML_STARTS:
            if start.match(text):
                self._rows = stop is None or stop.search(text) is None
                return True
        self._rows = not self.open and HTML_ALONE.match(text) is not None
        return self._rows
