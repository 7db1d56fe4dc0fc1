"""Subtitle files: WebVTT and SRT, read line by line, and the transcript that they give.

An SRT file is published as WebVTT, for browsers read nothing else.
"""

import html
import re
from collections.abc import Iterator

from generator import textfile
from generator.model import Cue, Model, Span
from generator.problems import Problem, problem

CODE = ("vlogs/captions", "textfile")
ENDINGS = (".vtt", ".srt")
_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
_TIMING = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:\s.*)?")
_ARROW = re.compile(r"-+>|=>|→")
_HEADER = re.compile(r"WEBVTT(?:[ \t].*)?")
_ASIDE = re.compile(r"(?:NOTE|STYLE|REGION)(?:[ \t].*)?")
_TAG = re.compile(r"<[^<>]*>|\{\\[^{}]*\}")
_PROBLEMS_MAX = 20


class Captions(Model, frozen=True):
    """What a subtitle file holds: its cues in order, and every problem in it."""

    cues: tuple[Cue, ...] = ()
    problems: tuple[Problem, ...] = ()


class _Block(Model, frozen=True):
    """Lines that stand together, and the number of the first."""

    line: int
    lines: tuple[str, ...]


def read(data: bytes, path: str) -> Captions:
    """The cues of a subtitle file with their times; never raises for what is in it."""
    text, found = textfile.read_text(data, path)
    if any(item.code in ("not-utf8", "merge-marker") for item in found):
        return Captions((), found)
    lines = text.split("\n")
    problems = list(found)
    if path.lower().endswith(".vtt") and not _HEADER.fullmatch(lines[0]):
        problems.append(problem("captions-header", Span(path), lines[0]))
    timed = [(cue, line) for cue, line in _cues(lines, path, problems) if cue]
    problems += _in_order(timed, lines, path)
    if not timed and not problems:
        problems.append(problem("captions-empty", Span(path), lines[0]))
    return Captions(tuple(cue for cue, _ in timed), tuple(problems[:_PROBLEMS_MAX]))


def _cues(lines: list[str], path: str, problems: list[Problem]) -> Iterator[tuple[Cue, int]]:
    """Each cue with the number of its line of times."""
    for block in _blocks(lines):
        if _HEADER.fullmatch(block.lines[0]) or _ASIDE.fullmatch(block.lines[0]):
            continue
        at = next((n for n, line in enumerate(block.lines) if _ARROW.search(line)), None)
        if at is None and any(one.span.line == block.line for one in problems):
            continue
        if at is None:
            problems.append(_wrong("captions-time-missing", path, block.line, block.lines[0]))
            continue
        line, written = block.line + at, block.lines[at]
        match = _TIMING.fullmatch(written)
        if match is None or any(int(match[n]) > 59 for n in (2, 3, 6, 7)):
            problems.append(_wrong("captions-time", path, line, written))
            continue
        start, end = _ms(match.groups()[:4]), _ms(match.groups()[4:])
        yield Cue(start, end, _plain(block.lines[at + 1 :])), line


def _blocks(lines: list[str]) -> Iterator[_Block]:
    """The lines between empty ones."""
    some: list[str] = []
    for number, line in enumerate((*lines, ""), 1):
        if line.strip():
            some.append(line)
        elif some:
            yield _Block(number - len(some), tuple(some))
            some = []


def _in_order(timed: list[tuple[Cue, int]], lines: list[str], path: str) -> Iterator[Problem]:
    """Cues that end before they start, or start while another is still on."""
    last = 0
    for cue, line in timed:
        if cue.end_ms <= cue.start_ms:
            yield _wrong("captions-backwards", path, line, lines[line - 1])
        elif cue.start_ms < last:
            args = {"start": clock(cue.start_ms), "last": clock(last)}
            yield _wrong("captions-overlap", path, line, lines[line - 1], **args)
        last = max(last, cue.end_ms)


def _wrong(code: str, path: str, line: int, text: str, **args: str) -> Problem:
    return problem(code, Span(path, line, 1, max(1, len(text))), text, **args)


def _ms(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, rest = (part or "0" for part in parts)
    whole = int(hours) * 3600 + int(minutes) * 60 + int(seconds)
    return whole * 1000 + int(rest.ljust(3, "0"))


def _plain(lines: tuple[str, ...]) -> str:
    """The words of a cue, without its marks."""
    return " ".join(html.unescape(_TAG.sub("", " ".join(lines))).split())


def clock(ms: int) -> str:
    """A moment as WebVTT writes it: `00:01:02.500`."""
    seconds, rest = divmod(ms, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"


def as_webvtt(cues: tuple[Cue, ...]) -> bytes:
    """A WebVTT file with these cues."""
    blocks = (
        f"{clock(cue.start_ms)} --> {clock(cue.end_ms)}\n{html.escape(cue.text, quote=False)}\n"
        for cue in cues
    )
    return "\n".join(("WEBVTT\n", *blocks)).encode()
