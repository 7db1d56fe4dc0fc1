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
from generator.yamlmend import HARD_SPACES, PARSER, explain, invisible, quoted

DEPTH_MAX = 12
# Past this size two mistakes at a time are enough: looking for more would take seconds.
_MEND_MAX_CHARS = 20_000
_MISTAKES_MAX = 20
_REMARK, _REMARK_AT_WORD = re.compile(r"\s+#"), re.compile(r"\s+#\w")
# What YAML takes for the end of a line, or refuses, and what only looks like a space.
_NOT_TEXT = "".join(map(chr, (*range(9), 11, 12, *range(14, 32), *range(127, 160))))
_MENDED = dict.fromkeys(map(ord, f"{HARD_SPACES}{_NOT_TEXT}\t\u2028\u2029\ufffe\uffff"), " ")


class Scalar(Model, frozen=True):
    """A text as typed; `cut` is what a ` #` hid from YAML, and `cut_span` where that stands."""

    text: str
    span: Span
    cut: str = ""
    cut_span: Span | None = None


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
    def __init__(self, item: Problem, mended: list[str] | None = None) -> None:
        super().__init__(item.code)
        self.problem, self.mended = item, mended


def parse(text: str, path: str, first_line: int = 1) -> tuple[Mapping, tuple[Problem, ...]]:
    """The mapping that a YAML text is, and everything that is wrong with it.

    `first_line` is the number of the text's first line in its file. With a
    mistake that quotes would mend, reading goes on as if they stood there, so
    that one run finds all mistakes.
    """
    found = list(invisible(text, path, first_line))
    lines = text.translate(_MENDED).split("\n")
    for _ in range(_MISTAKES_MAX if len(text) < _MEND_MAX_CHARS else 2):
        tree, item, mended = _attempt(lines, path, first_line)
        if item is None:
            return tree, (*found, *_duplicates(tree, lines, first_line))
        if not any(known.span.line == item.span.line for known in found):
            found.append(item)
        if mended is None:
            break
        lines = mended
    return _empty(path, first_line), tuple(found)


def _attempt(
    lines: list[str], path: str, first_line: int
) -> tuple[Mapping, Problem | None, list[str] | None]:
    """The tree of some lines; or the first mistake, with the lines as they were meant."""
    empty = _empty(path, first_line)
    try:
        return _Builder(lines, path, first_line).build() or empty, None, None
    except _Refused as refused:
        return empty, refused.problem, refused.mended
    except yaml.MarkedYAMLError as error:
        return empty, *explain(error, lines, path, first_line)
    except yaml.YAMLError:
        return empty, problem("yaml-syntax", Span(path, first_line), lines[0]), None


def _empty(path: str, line: int) -> Mapping:
    return Mapping(pairs=(), span=Span(path, line))


class _Builder:
    """Builds the tree from events, one level at a time and never deeper than allowed."""

    def __init__(self, lines: list[str], path: str, first_line: int) -> None:
        self.lines, self.path, self.first_line = lines, path, first_line
        self.events: Iterator[yaml.Event] = yaml.parse("\n".join(lines), Loader=PARSER)

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
        if depth > DEPTH_MAX:
            raise _Refused(problem("yaml-too-deep", self.span(event)))
        sign = getattr(event, "tag", None) or ("&" if getattr(event, "anchor", None) else "")
        if isinstance(event, yaml.AliasEvent):
            sign = "*"
        if sign:
            raise self.refusal(sign, self.span(event))

    def refusal(self, sign: str, span: Span) -> _Refused:
        """A reference or a type, which is refused; in quotes it would be text."""
        number, line = span.line - self.first_line, self.excerpt(span.line)
        rewritten = quoted(line)
        mended = [*self.lines[:number], rewritten or "", *self.lines[number + 1 :]]
        code = "yaml-alias" if sign in ("&", "*") else "yaml-tag"
        args = {"sign": sign if code == "yaml-alias" else "!", "rewritten": rewritten or line}
        item = problem(code, span, line, **{name: text.strip() for name, text in args.items()})
        return _Refused(item, mended if rewritten else None)

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
        end, plain = _mark(event.end_mark), event.style in (None, "")
        span, line = self.span(event), end.line + self.first_line
        rest = self.lines[end.line][end.column :] if end.line < len(self.lines) else ""
        hidden = (_REMARK if plain else _REMARK_AT_WORD).match(rest) if rest else None
        if hidden is None or event.style in ("|", ">"):
            return Scalar(event.value, span)
        column = end.column + hidden.end() - (0 if plain else 1)
        cut = rest.strip()
        return Scalar(event.value, span, cut, Span(self.path, line, column, len(cut)))

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
