"""YAML as a tree of texts with their places: nothing is guessed, nothing is run.

Built from PyYAML's events rather than its loader, so that `no` stays a word,
`1.10` keeps its zero, and aliases, tags and deep nesting are refused outright.
"""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from generator.model import Model, Span
from generator.problems import Problem, problem

DEPTH_MAX = 12
_PAIR = re.compile(r"(?P<key>\s*(?:- +)?[\w.-]+:[ ]+)(?P<value>\S.*)")
_HARD_SPACES = "\u00a0\u2007\u202f\u200b\u2060\ufeff"
_SUSPECTS = {
    "yaml-tab": re.compile(r" *(?P<bad>\t)"),
    "yaml-hard-space": re.compile(rf"\s*(?:- +)?(?:[\w.-]+:)?(?P<bad>[{_HARD_SPACES}])"),
    "yaml-curly-quote": re.compile(
        r"\s*(?:- +)?(?:[\w.-]+:\s+)?(?P<bad>[“”„‘’])[^“”„‘’]*[“”‘’]\s*$"
    ),
}
_MENDED = dict.fromkeys(map(ord, _HARD_SPACES + "\t"), " ")
_CLOSERS = {"[": "]", "{": "}", '"': '"', "'": "'"}
_Parser = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Scalar(Model, frozen=True):
    """A text as typed; `cut` is what a ` #` in the same line hid from YAML."""

    text: str
    span: Span
    cut: str = ""


class Sequence(Model, frozen=True):
    """A list of nodes."""

    items: tuple["Node", ...]
    span: Span


class Mapping(Model, frozen=True):
    """Pairs of a key and a node, in their order, keys unique."""

    pairs: tuple[tuple[Scalar, "Node"], ...]
    span: Span


Node = Scalar | Sequence | Mapping


class _Refused(Exception):
    def __init__(self, item: Problem) -> None:
        super().__init__(item.code)
        self.problem = item


def parse(text: str, path: str, first_line: int = 1) -> tuple[Mapping, tuple[Problem, ...]]:
    """The mapping that a YAML text is, and everything that is wrong with it.

    `first_line` is the number of the text's first line in its file. With a
    mistake that quotes would mend, reading goes on as if they stood there, so
    that one run finds all mistakes.
    """
    found = list(_invisible(text, path, first_line))
    empty = Mapping(pairs=(), span=Span(path=path, line=first_line))
    lines = text.translate(_MENDED).split("\n")
    for _ in range(20):
        try:
            tree = _Builder(lines, path, first_line).build()
            return (tree or empty), tuple(found + _duplicates(tree, lines, first_line))
        except _Refused as refused:
            return empty, (*found, refused.problem)
        except yaml.MarkedYAMLError as error:
            item, mended = _explain(error, lines, path, first_line)
            if not any(known.span.line == item.span.line for known in found):
                found.append(item)
            if mended is None:
                break
            lines = mended
        except yaml.YAMLError:
            found.append(problem("yaml-syntax", Span(path=path, line=first_line)))
            break
    return empty, tuple(found)


class _Builder:
    """Builds the tree from events, one level at a time and never deeper than allowed."""

    def __init__(self, lines: list[str], path: str, first_line: int) -> None:
        self.lines, self.path, self.first_line = lines, path, first_line
        self.events: Iterator[yaml.Event] = yaml.parse("\n".join(lines), Loader=_Parser)

    def build(self) -> Mapping | None:
        for event in self.events:
            if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent | yaml.AliasEvent):
                node = self.node(event, 0)
                for _ in self.events:
                    pass
                return self.top(node)
        return None

    def top(self, node: Node) -> Mapping:
        if isinstance(node, Mapping):
            return node
        raise _Refused(problem("yaml-no-pairs", node.span, self.excerpt(node.span.line)))

    def node(self, event: yaml.Event, depth: int) -> Node:
        self.refuse(event, depth)
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            items = tuple(self.node(one, depth + 1) for one in self.until(yaml.SequenceEndEvent))
            return Sequence(items=items, span=self.span(event))
        return self.mapping(event, depth)

    def refuse(self, event: yaml.Event, depth: int) -> None:
        span = self.span(event)
        if depth > DEPTH_MAX:
            raise _Refused(problem("yaml-too-deep", span))
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Refused(self.alias(event, span))
        tag = getattr(event, "tag", None)
        if tag:
            raise _Refused(problem("yaml-tag", span, self.excerpt(span.line), tag=tag))

    def alias(self, event: yaml.Event, span: Span) -> Problem:
        line = self.excerpt(span.line)
        sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
        quoted = _quoted(line) or line.strip()
        return problem("yaml-alias", span, line, sign=sign, rewritten=quoted)

    def mapping(self, event: yaml.Event, depth: int) -> Mapping:
        pairs = []
        for one in self.until(yaml.MappingEndEvent):
            key = self.node(one, depth + 1)
            if not isinstance(key, Scalar):
                raise _Refused(problem("yaml-key", key.span, self.excerpt(key.span.line)))
            pairs.append((key, self.node(next(self.events), depth + 1)))
        return Mapping(pairs=tuple(pairs), span=self.span(event))

    def until(self, end: type[yaml.Event]) -> Iterator[yaml.Event]:
        for event in self.events:
            if isinstance(event, end):
                return
            yield event

    def scalar(self, event: yaml.ScalarEvent) -> Scalar:
        plain, end = event.style in (None, ""), _mark(event.end_mark)
        rest = self.lines[end.line][end.column :] if plain and end.line < len(self.lines) else ""
        cut = rest.strip() if event.value and re.match(r"\s+#", rest) else ""
        return Scalar(text=event.value, span=self.span(event), cut=cut)

    def span(self, event: yaml.Event) -> Span:
        start, end = _mark(event.start_mark), _mark(event.end_mark)
        length = end.column - start.column if end.line == start.line else 1
        line = start.line + self.first_line
        return Span(path=self.path, line=line, column=start.column + 1, length=max(1, length))

    def excerpt(self, line: int) -> str:
        return self.lines[line - self.first_line]


def _mark(mark: Any) -> Any:
    """A mark that is there: the parser puts one on every event, its stubs doubt it."""
    return mark


def _explain(
    error: yaml.MarkedYAMLError, lines: list[str], path: str, first_line: int
) -> tuple[Problem, list[str] | None]:
    """The error in a writer's words, and the lines as they should have been."""
    marks: list[Any] = [mark for mark in (error.problem_mark, error.context_mark) if mark]
    at = min(marks[0].line, len(lines) - 1) if marks else 0
    for line in dict.fromkeys([*(min(mark.line, at) for mark in marks), max(0, at - 1)]):
        rewritten = _quoted(lines[line])
        mended = [*lines[:line], rewritten or "", *lines[line + 1 :]]
        if rewritten and _first_error_line(mended) > max(line, at):
            return _needs_quotes(lines[line], rewritten, path, line + first_line), mended
    column = marks[0].column + 1 if marks and at == marks[0].line else 1
    span = Span(path=path, line=at + first_line, column=column)
    return problem("yaml-syntax", span, lines[at]), None


def _needs_quotes(line: str, rewritten: str, path: str, number: int) -> Problem:
    match = _PAIR.match(line)
    column = match.start("value") + 1 if match else 1
    span = Span(path=path, line=number, column=column, length=len(line.rstrip()) - column + 1)
    opener = line[column - 1]
    if _is_unclosed(line[column - 1 :]):
        return problem("yaml-unclosed", span, line, opener=opener, closer=_CLOSERS[opener])
    return problem("yaml-quotes", span, line, rewritten=rewritten.strip())


def _is_unclosed(value: str) -> bool:
    opener = value[0]
    if opener in "\"'":
        return value.count(opener) % 2 == 1
    return opener in _CLOSERS and _CLOSERS[opener] not in value


def _quoted(line: str) -> str | None:
    """The line with its value in quotes, where it has a value to quote."""
    match = _PAIR.fullmatch(line.rstrip())
    return match["key"] + quote(match["value"]) if match else None


def quote(text: str) -> str:
    """A text in the quotes that it needs, as a writer would type them."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def _first_error_line(lines: list[str]) -> int:
    try:
        for _ in yaml.parse("\n".join(lines), Loader=_Parser):
            pass
    except yaml.MarkedYAMLError as error:
        return error.problem_mark.line if error.problem_mark else 0
    except yaml.YAMLError:
        return 0
    return len(lines) + 1


def _invisible(text: str, path: str, first_line: int) -> Iterator[Problem]:
    """Characters that look like others: tabs, hard spaces, curly quotes."""
    for number, line in enumerate(text.split("\n")):
        for code, match in _suspects(line):
            column = match.start("bad") + 1
            span = Span(path=path, line=number + first_line, column=column)
            char = match["bad"]
            yield problem(code, span, line, char=char, codepoint=f"U+{ord(char):04X}")


def _suspects(line: str) -> Iterator[tuple[str, re.Match[str]]]:
    for code, pattern in _SUSPECTS.items():
        match = pattern.match(line)
        if match:
            yield code, match


def _duplicates(tree: Mapping | None, lines: list[str], first_line: int) -> list[Problem]:
    """A key that stands twice in one mapping, with both places."""
    if tree is None:
        return []
    seen: dict[str, Scalar] = {}
    found = []
    for key, node in tree.pairs:
        first = seen.setdefault(key.text, key)
        if first is not key:
            line = lines[key.span.line - first_line]
            found.append(problem("key-twice", key.span, line, key=key.text, first=first.span.line))
        children = node.items if isinstance(node, Sequence) else (node,)
        for child in children:
            if isinstance(child, Mapping):
                found += _duplicates(child, lines, first_line)
    return found
