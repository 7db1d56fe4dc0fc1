"""From the bytes of a file to its text: one encoding, one kind of line end."""

import codecs
import re

from generator.model import Span
from generator.problems import Problem, excerpt_of, problem

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f]")
# The bytes that are control characters in UTF-8 by themselves, and the one before the others.
_CONTROL_BYTES = bytes({*range(32), 0x7F, 0xC2} - {*b"\t\n\r"})
_MERGE = re.compile(r"^(<{7}|>{7}|={7})( .*)?$", re.MULTILINE)
_OTHER_ENCODINGS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE)


def read_text(data: bytes, path: str) -> tuple[str, tuple[Problem, ...]]:
    """The text with `\\n` line ends and without a byte-order mark, and what is wrong with it."""
    if data.startswith(_OTHER_ENCODINGS) or _is_wide(data):
        return "", (problem("not-utf8", Span(path), offset=0, encoding="UTF-16"),)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return "", (_undecodable(data, error.start, path),)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    # Looking for bytes takes a third of the time of looking for characters, and few have any.
    may_have = len(data.translate(None, _CONTROL_BYTES)) < len(data)
    found = _control_characters(text, path) if may_have else ()
    return text, (*found, *_merge_markers(text, path))


def _is_wide(data: bytes) -> bool:
    """Whether every other byte is nought, as in UTF-16 without a byte-order mark."""
    start = data[:200]
    return len(start) > 3 and start.count(0) * 3 > len(start)


def _undecodable(data: bytes, offset: int, path: str) -> Problem:
    before = data[:offset]
    line = before.count(b"\n") + 1
    column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
    excerpt = excerpt_of(data.decode("cp1252", "replace"), line)
    span = Span(path, line, column)
    return problem("not-utf8", span, excerpt, offset=offset, encoding="Windows-1252 (ANSI)")


def _control_characters(text: str, path: str) -> list[Problem]:
    found = []
    for match in _CONTROL.finditer(text):
        span = place_of(text, match.start(), path)
        line = _CONTROL.sub("\ufffd", excerpt_of(text, span.line))
        codepoint = f"U+{ord(match[0]):04X}"
        found.append(problem("control-character", span, line, codepoint=codepoint))
    return found[:10]


def _merge_markers(text: str, path: str) -> list[Problem]:
    if "<<<<<<<" not in text:
        return []
    marks = [match for match in _MERGE.finditer(text) if match[1][0] != "="]
    if not marks or marks[0][1][0] != "<":
        return []
    return [
        problem("merge-marker", place_of(text, match.start(), path, 7), match[0]) for match in marks
    ]


def place_of(text: str, index: int, path: str, length: int = 1) -> Span:
    """The line and column of an index in a text."""
    line = text.count("\n", 0, index) + 1
    return Span(path, line, index - text.rfind("\n", 0, index), length)
