"""The lines of YAML above a body: found, read by the schema, and found again for a message."""

import re
from collections.abc import Mapping as Dictionary
from datetime import tzinfo
from typing import Any

from generator.fields import Context, read_anything
from generator.model import KINDS, Model, Span
from generator.problems import Problem, problem
from generator.schema import SYNONYMS, Field, fields_of
from generator.yamlmend import quoted, spaced
from generator.yamltree import Mapping, Scalar, Sequence, parse

_FENCE = "---"
# At the margin, some words and no colon that could make a key of the first.
_PARAGRAPH = re.compile(r"[^\W\d_][\w'’,-]* [^:]*$|[^\W\d_][\w'’,-]*( [\w'’,-]+)+:? ")
_NEARLY = re.compile(r"[\s\ufeff\u200b]*[-–—−_*=+]{1,10}[\s\ufeff\u200b]*")


class Split(Model, frozen=True):
    """A file in two: the YAML, and the body with the number of its first line."""

    yaml: str
    body: str
    body_line: int


def split(text: str, path: str) -> tuple[Split, tuple[Problem, ...]]:
    """The front matter and the body of a text; without front matter all is body."""
    lines = text.split("\n")
    if lines[0].rstrip() != _FENCE:
        return Split("", text, 1), (_no_fence(lines, path),)
    for index, line in enumerate(lines[1:], 1):
        if line.rstrip() in (_FENCE, "..."):
            if _is_text(lines[1:index]):
                break
            body = "\n".join(lines[index + 1 :])
            return Split("\n".join(lines[1:index]), body, index + 2), ()
    return Split("", "", len(lines)), (problem("front-matter-open", Span(path, 1, 1, 3), lines[0]),)


def _is_text(lines: list[str]) -> bool:
    """Whether there is a paragraph or list among lines of YAML: then their end was forgotten.

    What follows a blank line at the margin, and is neither key nor remark, is
    no YAML.
    """
    above, last = "x", ""
    for line in (one for one in lines if not one.startswith("#")):
        ended = not above.strip() and not last.rstrip().endswith((":", "|", ">", "-", "[", ","))
        if ended and (_PARAGRAPH.match(line) or line.startswith("- ")):
            return True
        above, last = line, line if line.strip() else last
    return False


def _no_fence(lines: list[str], path: str) -> Problem:
    """What is wrong with the top of a file; often there is something like a fence."""
    for number, line in enumerate(lines[:20], 1):
        if _NEARLY.fullmatch(line):
            return problem("fence-wrong", Span(path, number, 1, max(1, len(line))), line)
        if line.strip():
            break
    return problem("no-front-matter", Span(path), lines[0])


def read(
    yaml: str, text: str, path: str, known: Dictionary[str, Field], zone: tzinfo
) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """The typed values of a front matter by key, and every problem in it.

    Keys that the schema lacks are a problem each and are kept under `extra`,
    for sites that allow them. An empty value counts as no value.
    """
    tree, found = parse(yaml, path, first_line=2)
    context = Context(text.split("\n"), zone)
    values: dict[str, Any] = {}
    stray: dict[str, Any] = {}
    for key, node in tree.pairs:
        if _is_empty(key.text, node, context):
            continue
        if key.text in known:
            values[key.text] = known[key.text].type.read(context, node)
        else:
            stray[key.text] = read_anything(context, node)
            _refuse(context, key, known)
    if stray:
        values["extra"] = {**stray, **(values.get("extra") or {})}
    present = {name: value for name, value in values.items() if value is not None}
    return present, (*found, *context.problems)


def _refuse(context: Context, key: Scalar, known: Dictionary[str, Field]) -> None:
    """Say that a key is not known, or that it has swallowed its value."""
    name = key.text.partition(":")[0]
    rewritten = quoted(spaced(context.line(key.span))) if name in known else None
    if rewritten:
        context.fail("yaml-space", key.span, rewritten=rewritten, guess=name)
    else:
        context.fail("unknown-key", key.span, key=key.text, guess=_guess(key.text, known))


def _is_empty(key: str, node: object, context: Context) -> bool:
    """Whether a key was left open; one with only a remark behind it may hide its text.

    A description that is empty between quotes is meant: the picture is an ornament.
    """
    if not isinstance(node, Scalar) or node.text.strip() or node.cut or key == "slug":
        return False
    typed = context.line(node.span)[node.span.column - 1 :]
    return key != "alt" or not typed.startswith(('""', "''"))


def _guess(key: str, known: Dictionary[str, Field]) -> str:
    """The key that the writer meant, most likely."""
    synonym = SYNONYMS.get(key.lower())
    if synonym in known:
        return str(synonym)
    # A key of another kind was probably no slip of the finger.
    is_elsewhere = any(key in fields_of(kind) for kind in KINDS)
    return did_you_mean(key.lower(), known, 0.85 if is_elsewhere else 0.6)


def did_you_mean(word: str, options: Dictionary[str, object], likeness: float = 0.6) -> str:
    """The option that looks most like a word, or the only one that begins with it; or nothing.

    `likeness` is from 0 to 1. A colleague is often named by the first name only.
    """
    from difflib import get_close_matches

    close = get_close_matches(word, options, n=1, cutoff=likeness)
    begun = [one for one in options if one.startswith(f"{word}-")]
    return close[0] if close else begun[0] if len(begun) == 1 else ""


def place_of_value(text: str, path: str, key: str, value: str = "") -> tuple[Span, str]:
    """Where a key's value stands in a file, or one item of it, and that line.

    For problems that are only seen beside other files. Falls back on the
    first line.
    """
    parts, _ = split(text, path)
    is_settings = path.endswith(".yaml")
    tree, _ = parse(text, path) if is_settings else parse(parts.yaml, path, first_line=2)
    lines = text.split("\n")
    for name, node in tree.pairs:
        if name.text == key:
            span = _place_in(node, name, value, lines)
            return span, lines[span.line - 1]
    return Span(path), lines[0]


def _place_in(node: object, name: Scalar, value: str, lines: list[str]) -> Span:
    for key, _ in node.pairs if isinstance(node, Mapping) else ():
        if key.text == value:
            return key.span
    items = node.items if isinstance(node, Sequence) else (node,)
    for item in items:
        if isinstance(item, Scalar) and value in item.text:
            offset = max(0, lines[item.span.line - 1].find(value, item.span.column - 1))
            if not value:
                return item.span if item.text else name.span
            return Span(item.span.path, item.span.line, offset + 1, len(value))
    return items[0].span if items and isinstance(items[0], Scalar | Mapping) else name.span
