"""Warnings that a writer allows on one line, with a reason: `<!-- plein: allow CODE because … -->`.

Above a text it is a remark on a line of its own: `# plein: allow CODE because …`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from generator import textfile
from generator.messages import MESSAGES
from generator.model import Model, Span
from generator.problems import Level, Problem

_MARK = re.compile(
    r"(?:<!--|#)\s*plein:\s*allow\s+(?P<codes>[\w-]+(?:\s*,\s*[\w-]+)*)"
    r"(?:\s+(?:because|omdat|want)\b|\s*[:–])?\s*(?P<reason>.*?)\s*(?:-->|$)"
)
_KINDS = (".md", ".yaml")


class Allowance(Model, frozen=True):
    """One code that is allowed on a line: where that is said, for which line, and why.

    A remark above a text counts for the file as a whole too, whose findings
    stand on its first line.
    """

    code: str
    span: Span
    line: int
    reason: str
    above: bool

    def covers(self, item: Problem) -> bool:
        """Whether it is about a finding in its file."""
        is_here = item.span.line == self.line or (self.above and item.span.line == 1)
        return item.code == self.code and is_here


def allowances_in(text: str, path: str) -> Iterator[Allowance]:
    """Everything that is allowed in a file."""
    lines = text.split("\n")
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), 0)
    for number, line in enumerate(lines):
        found = _MARK.search(line) if "plein:" in line else None
        if found is None:
            continue
        alone = found[0].strip() == line.strip()
        target = _next(lines, number) if alone else number
        for code in re.findall(r"[\w-]+", found["codes"]):
            at = line.index(code, found.start("codes"))
            span = Span(path, number + 1, at + 1, len(code))
            yield Allowance(code, span, target + 1, found["reason"], 0 < number < end)


def _next(lines: list[str], number: int) -> int:
    """The line that a remark on a line of its own is about: the next with something else on it."""
    rest = range(number + 1, len(lines))
    texts = (at for at in rest if lines[at].strip() and not _MARK.fullmatch(lines[at].strip()))
    return next(texts, number)


def may_be_allowed(code: str, levels: Mapping[str, Level]) -> bool:
    """Whether a line can allow it: a warning, never an error."""
    message = MESSAGES.get(code)
    return message is not None and levels.get(code, message.level) == "warn"


def spare(
    found: Iterable[Problem], levels: Mapping[str, Level], root: Path
) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """The findings that count, and those that their lines allow."""
    kept: list[Problem] = []
    spared: list[Problem] = []

    @cache
    def allowed(path: str) -> tuple[Allowance, ...]:
        return tuple(allowances_in(_text(root / path, path), path))

    for item in found:
        path = item.span.path
        is_open = path.endswith(_KINDS) and may_be_allowed(item.code, levels)
        is_spared = is_open and any(one.covers(item) for one in allowed(path))
        (spared if is_spared else kept).append(item)
    return tuple(kept), tuple(spared)


def _text(file: Path, path: str) -> str:
    try:
        return textfile.read_text(file.read_bytes(), path)[0]
    except OSError:
        return ""
