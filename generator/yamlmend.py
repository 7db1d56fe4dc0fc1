"""What a writer meant by a line that YAML can't read: the words for it, and the line rewritten.

A rewriting is only proposed when the reader of YAML really gets further with
it, so that whoever pastes it has mended the line.
"""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from generator.model import Span
from generator.problems import Problem, problem

PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
HARD_SPACES = "\u00a0\u2007\u202f\u200b\u2060\ufeff"
_PAIR = re.compile(r"(?P<key>\s*(?:(?:- +)?[\w.-]+:[ ]+|- +))(?P<value>\S.*)")
_ITEM = re.compile(r"(?P<key>\s*- +)(?P<value>\S.*)")
_GLUED = re.compile(r"(?P<key>\s*(?:- +)?[\w.-]+:)(?P<value>[^\s:/].*)")
_ESCAPE = r"\\(?![\"\\/ntrxuUN_LP ])."
_BACKSLASH = rf"(?P<bad>{_ESCAPE}|(?<=[A-Za-z]:)\\[^\\]|\\t|(?<=: \")\\\\\w)"
_SUSPECTS = {
    "control-character": re.compile("(.*?)(?P<bad>[\ufffe\uffff])"),
    "yaml-tab": re.compile(r" *(?P<bad>\t)"),
    "yaml-hard-space": re.compile(rf"\s*(?:- +)?(?:[\w.-]+:)?(?P<bad>[{HARD_SPACES}])"),
    "yaml-curly-quote": re.compile(
        r"\s*(?:- +)?(?:[\w.-]+:\s+)?(?P<bad>[“”„‘’])[^“”„‘’]*[“”‘’]\s*$"
    ),
    "yaml-backslash": re.compile(rf"\s*(?:- +)?(?:[\w.-]+:\s+)?\"[^\"]*?{_BACKSLASH}"),
}
_HASH = re.compile(r"(?<=[ ,\[])#[\w-]+")
_CLOSERS = {"[": "]", "{": "}", '"': '"', "'": "'"}
_APOSTROPHE = re.compile(r"'[a-z]{1,2}[ -]|'\d\d")


def explain(
    error: yaml.MarkedYAMLError, lines: list[str], path: str, first_line: int
) -> tuple[Problem, list[str] | None]:
    """The error in a writer's words, and the lines as they should have been."""
    start, column = _start_of(error)
    at = min(start, len(lines) - 1)
    last = min(error.problem_mark.line if error.problem_mark else at, len(lines) - 1)
    for number in dict.fromkeys((at, last, max(0, at - 1))):
        for code, rewritten in _proposals(lines[number]):
            mended = [*lines[:number], rewritten, *lines[number + 1 :]]
            if _first_error_line(mended) > start:
                return _about(code, lines[number], rewritten, path, number + first_line), mended
    span = Span(path, at + first_line, column + 1 if start == at else 1)
    return problem("yaml-syntax", span, lines[at]), None


def _start_of(error: yaml.MarkedYAMLError) -> tuple[int, int]:
    """Line and column, from 0, at which an error begins rather than where it was noticed."""
    marks: list[Any] = [error.problem_mark] if error.problem_mark else []
    if error.context_mark and not (error.context or "").startswith("while parsing a block"):
        marks.append(error.context_mark)
    return min(((mark.line, mark.column) for mark in marks), default=(0, 0))


def _first_error_line(lines: list[str]) -> int:
    try:
        for _ in yaml.parse("\n".join(lines), Loader=PARSER):
            pass
    except yaml.MarkedYAMLError as error:
        return _start_of(error)[0]
    except yaml.YAMLError:
        return 0
    return len(lines) + 1


def _proposals(line: str) -> Iterator[tuple[str, str]]:
    """What the line may have been meant to be, the likeliest first, each with its code."""
    pair, apart = _PAIR.fullmatch(line.rstrip()), spaced(line)
    if _is_lone_word(line):
        yield "yaml-no-colon", ""
    if apart:
        yield "yaml-space", apart
        yield "yaml-space", quoted(apart) or apart
    if pair and pair["value"][0] in "{[":
        yield "yaml-quotes", pair["key"] + _HASH.sub(r'"\g<0>"', pair["value"])
    if pair:
        closed = _closed(pair["value"])
        if closed:
            yield "yaml-unclosed", pair["key"] + closed
        if pair["value"][0] == '"' and "\\" in pair["value"]:
            yield "yaml-backslash", without_escapes(line)
        yield "yaml-quotes", pair["key"] + quote(pair["value"])
    if line.startswith(" ") and line.strip():
        yield "yaml-indent", line.lstrip()


def _is_lone_word(line: str) -> bool:
    return bool(line.strip()) and ":" not in line and line[0] not in " -#"


def _closed(value: str) -> str:
    """A value with the bracket or quote that it lacks; empty when it lacks none."""
    opener = value[0]
    if opener == "'" and _APOSTROPHE.match(value) and not value.endswith("'"):
        return quote(value)
    if opener in "\"'" and value.count(opener) % 2 == 1:
        return value + opener
    if opener in "[{" and _CLOSERS[opener] not in value:
        return value + _CLOSERS[opener]
    return ""


def _about(code: str, line: str, rewritten: str, path: str, number: int) -> Problem:
    """The problem with a line that one rewriting mends."""
    match = _PAIR.match(line) if code not in ("yaml-space", "yaml-indent") else None
    column = match.start("value") + 1 if match else len(line) - len(line.lstrip()) + 1
    span = Span(path, number, column, len(line.rstrip()) - column + 1)
    opener = line[column - 1]
    closer = _CLOSERS.get(opener, "")
    args = {"rewritten": rewritten.strip()}
    if code == "yaml-unclosed":
        args |= {"opener": opener, "closer": closer}
    return problem(code, span, line, **args)


def spaced(line: str) -> str:
    """The line with a space after its first colon, or nothing where there is one."""
    match = _GLUED.fullmatch(line.rstrip())
    return f"{match['key']} {match['value']}" if match else ""


def quoted(line: str) -> str | None:
    """The line with its value in quotes, where it has a value to quote."""
    match = _PAIR.fullmatch(line.rstrip())
    return match["key"] + quote(match["value"]) if match else None


def quoted_item(line: str) -> str | None:
    """A line of a list with all that comes after its dash in quotes."""
    match = _ITEM.fullmatch(line.rstrip())
    return match["key"] + quote(match["value"]) if match else None


def quote(text: str) -> str:
    """A text in the quotes that it needs, as a writer would type them."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def without_escapes(line: str) -> str:
    """The line with its value in single quotes, in which a backslash is just a backslash."""
    match = _PAIR.fullmatch(line.rstrip())
    if match is None:
        return line
    inner = match["value"].removeprefix('"').removesuffix('"')
    return match["key"] + "'" + inner.replace("'", "''") + "'"


def straightened(line: str) -> str:
    """The line with the curly quotes round its value made straight."""
    match = re.fullmatch(r"(?P<key>.*?)[“”„‘’](?P<value>[^“”„‘’]*)[“”‘’]\s*", line)
    return match["key"] + quote(match["value"]) if match else line


_REWRITTEN = {"yaml-backslash": without_escapes, "yaml-curly-quote": straightened}


def invisible(text: str, path: str, first_line: int) -> Iterator[Problem]:
    """Characters that look like others: tabs, hard spaces, curly quotes, escapes in quotes."""
    if text.isascii() and "\t" not in text and "\\" not in text:
        return
    for number, line in enumerate(text.split("\n"), first_line):
        for code, match in _suspects(line):
            char, rewritten = match["bad"], _REWRITTEN.get(code, str)(line).strip()
            span = Span(path, number, match.start("bad") + 1, len(char))
            args = {"char": char, "codepoint": f"U+{ord(char[0]):04X}", "rewritten": rewritten}
            yield problem(code, span, line, **args)


def _suspects(line: str) -> Iterator[tuple[str, re.Match[str]]]:
    for code, pattern in _SUSPECTS.items():
        match = pattern.match(line)
        if match:
            yield code, match
