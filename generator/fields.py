"""The types of front matter and settings: from a YAML node to a value, or a Problem."""

import re
from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import Any

from generator import shapes
from generator.model import Decision, Model, Span
from generator.moments import NotAMoment, end_of_day, read_duration, read_moment
from generator.paths import SLUG_MAX, is_safe_slug
from generator.problems import Problem, problem
from generator.yamlmend import quote, quoted, quoted_item
from generator.yamltree import Mapping, Node, Scalar, Sequence

_YES = frozenset({"yes", "true", "on", "ja", "waar", "aan", "y", "j", "1"})
_NO = frozenset({"no", "false", "off", "nee", "onwaar", "uit", "n", "0"})
_PENDING = "pending"
_SIZE = re.compile(r"(\d{1,12}(?:[.,]\d{1,3})?) ?(b|kb|mb|gb|)", re.IGNORECASE)
_BYTES = {"": 1, "b": 1, "kb": 1000, "mb": 1_000_000, "gb": 1_000_000_000}
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


class Context:
    """Where a reading happens: the file's lines and zone; collects what is wrong.

    With `remarks` the file is one for settings, in which `# …` behind a value
    is a remark; in a post it is mostly a title with a number.
    """

    def __init__(self, lines: list[str], zone: tzinfo, remarks: bool = False) -> None:
        self.lines, self.zone, self.remarks = lines, zone, remarks
        self.problems: list[Problem] = []

    def fail(self, code: str, span: Span, **args: object) -> None:
        """Note a problem at a place; None, so that a reader can return it."""
        self.problems.append(problem(code, span, self.line(span), **args))

    def line(self, span: Span) -> str:
        """The line at a place."""
        return self.lines[span.line - 1] if span.line <= len(self.lines) else ""


class FieldType(Model, frozen=True):
    """One type: how it is read, the words for it in the reference, its JSON Schema for editors."""

    read: Callable[[Context, Node], Any]
    about: str
    shape: shapes.Shape = {}


def read_text(context: Context, node: Node) -> str | None:
    """The text as typed; a mapping or list here is mostly a missing pair of quotes."""
    if not isinstance(node, Scalar):
        context.fail("not-a-text", node.span, guess=_as_text(context.line(node.span), node))
        return None
    _check_whole(context, node)
    bad = _CONTROL.search(node.text)
    if bad:
        context.fail("control-character", node.span, codepoint=f"U+{ord(bad[0]):04X}")
        return None
    return node.text.strip()


def _as_text(line: str, node: Node) -> str:
    """The line with quotes that make a text of a list or mapping; empty if it has several lines."""
    if isinstance(node, Mapping) and line[node.span.column - 1] != "{":
        return (quoted_item(line) or "").strip()
    return (quoted(line) or "").strip()


def _check_whole(context: Context, node: Scalar) -> None:
    """Notice what YAML takes for a remark, though it was probably meant to be read."""
    if not node.cut_span or (context.remarks and node.cut.startswith("# ")):
        return
    line = context.line(node.cut_span)
    rewritten = quoted(line) or quote(f"{node.text} {node.cut}")
    context.fail("text-cut-off", node.cut_span, cut=node.cut, rewritten=rewritten.strip())


def read_texts(context: Context, node: Node) -> tuple[str, ...]:
    """A list of texts; one text is a list of one."""
    items = node.items if isinstance(node, Sequence) else (node,)
    texts = [read_text(context, item) for item in items]
    return tuple(text for text in texts if text)


def read_names(context: Context, node: Node) -> tuple[str, ...]:
    """A list of ids without repeats; one text may hold several, with commas."""
    texts = read_texts(context, node)
    if isinstance(node, Scalar):
        texts = tuple(part.strip() for text in texts for part in text.split(","))
    return tuple(dict.fromkeys(text for text in texts if text))


def places_of(node: Node) -> dict[str, Span]:
    """Where each name of a list stands, as far as it is a list of texts."""
    items = node.items if isinstance(node, Sequence) else ()
    return {item.text.strip(): item.span for item in items if isinstance(item, Scalar)}


def read_yes_no(context: Context, node: Node) -> bool | None:
    """Yes or no, in English or Dutch."""
    text = node.text.strip().lower() if isinstance(node, Scalar) else ""
    if text in _YES or text in _NO:
        return text in _YES
    context.fail("not-yes-or-no", node.span, value=_shown(node))
    return None


def read_date(context: Context, node: Node) -> datetime | None:
    """A moment; a time that occurs twice at a clock change is the first of the two."""
    try:
        moment, twice = read_moment(_shown(node), context.zone)
    except NotAMoment as reason:
        context.fail(reason.code, node.span, **reason.args_by_name)
        return None
    if twice:
        second = moment.replace(tzinfo=context.zone, fold=1).isoformat()[-6:]
        context.fail("time-twice", node.span, value=_shown(node), offset=second)
    return moment


def read_until(context: Context, node: Node) -> datetime | None:
    """A moment up to which something holds: a bare date counts to the end of its day."""
    moment = read_date(context, node)
    return end_of_day(moment, context.zone) if moment else None


def read_seconds(context: Context, node: Node) -> int | None:
    """A duration in seconds."""
    seconds = read_duration(_shown(node))
    if seconds is None:
        context.fail("not-a-duration", node.span, value=_shown(node))
    return seconds


def read_slug(context: Context, node: Node) -> str | None:
    """One safe segment of an address."""
    text = _shown(node)
    if is_safe_slug(text):
        return text
    context.fail("slug-unsafe", node.span, value=text[:40], most=SLUG_MAX)
    return None


def read_addresses(context: Context, node: Node) -> tuple[str, ...]:
    """Addresses on this site: each starts with a slash and has safe segments."""
    items = node.items if isinstance(node, Sequence) else (node,)
    good = []
    for item in items:
        address = read_text(context, item) or ""
        segments = address.strip("/").split("/")
        if address.startswith("/") and all(is_safe_slug(one) for one in segments):
            good.append(f"/{'/'.join(segments)}/")
        elif address:
            context.fail("alias-unsafe", item.span, value=address)
    return tuple(good)


def read_captions(
    context: Context, node: Node
) -> tuple[tuple[tuple[str, str], ...], datetime | None]:
    """Caption files as pairs of language and file, and until when others may be missing."""
    pairs = node.pairs if isinstance(node, Mapping) else ()
    if not isinstance(node, Mapping):
        context.fail("not-by-language", node.span)
    files = [(key.text, value) for key, value in pairs if key.text != _PENDING]
    dates = [read_until(context, value) for key, value in pairs if key.text == _PENDING]
    named = tuple((lang, read_text(context, value) or "") for lang, value in files)
    return named, dates[0] if dates else None


def read_chapters(context: Context, node: Node) -> tuple[tuple[int, str], ...]:
    """Chapters as pairs of a moment in seconds and a title, in order."""
    if not isinstance(node, Mapping):
        context.fail("not-chapters", node.span)
    chapters = []
    for key, value in node.pairs if isinstance(node, Mapping) else ():
        seconds = read_seconds(context, key)
        if seconds is not None:
            chapters.append((seconds, read_text(context, value) or ""))
    return tuple(sorted(chapters))


def read_size(context: Context, node: Node) -> int | None:
    """A size in bytes: `48213000`, `48 MB`."""
    match = _SIZE.fullmatch(_shown(node))
    if match is None:
        context.fail("not-a-size", node.span, value=_shown(node))
        return None
    return round(float(match[1].replace(",", ".")) * _BYTES[match[2].lower()])


def read_decisions(context: Context, node: Node) -> tuple[Decision, ...]:
    """The decisions of a meeting: texts, or mappings of decision, why and means."""
    found = []
    for item in node.items if isinstance(node, Sequence) else (node,):
        pairs = read_pairs(context, item, ("decision", "why", "means"))
        if isinstance(item, Scalar):
            pairs = {"decision": read_text(context, item) or ""}
        if pairs.get("decision"):
            found.append(Decision(pairs["decision"], pairs.get("why", ""), pairs.get("means", "")))
        elif isinstance(item, Mapping):
            context.fail("decision-empty", item.span)
    return tuple(found)


def read_outcome(context: Context, node: Node) -> tuple[str, str]:
    """What came of a question, as heard and doing."""
    pairs = read_pairs(context, node, ("heard", "doing"))
    if not isinstance(node, Mapping):
        context.fail("not-an-outcome", node.span)
    return pairs.get("heard", ""), pairs.get("doing", "")


def read_pairs(context: Context, node: Node, allowed: tuple[str, ...]) -> dict[str, str]:
    """The texts of a mapping, by key; other keys are a problem."""
    texts: dict[str, str] = {}
    for key, value in node.pairs if isinstance(node, Mapping) else ():
        if key.text in allowed:
            texts[key.text] = read_text(context, value) or ""
        else:
            options = ", ".join(allowed)
            context.fail("unknown-part", key.span, key=key.text, options=options)
    return texts


def read_anything(_context: Context, node: Node) -> Any:
    """Plain data for themes: texts, lists and mappings, as typed."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [read_anything(_context, item) for item in node.items]
    return {key.text: read_anything(_context, value) for key, value in node.pairs}


def read_extra(context: Context, node: Node) -> dict[str, Any]:
    """Plain data by name; what has no name of its own is called `extra`."""
    data = read_anything(context, node)
    return data if isinstance(data, dict) else {"extra": data}


def choice(*options: str) -> FieldType:
    """A type with a few fixed words."""

    def read(context: Context, node: Node) -> str | None:
        text = _shown(node)
        if text.lower() in options:
            return text.lower()
        context.fail("not-an-option", node.span, value=text, options=", ".join(options))
        return None

    return FieldType(read, " | ".join(options), shapes.options(options))


def _shown(node: Node) -> str:
    return node.text.strip() if isinstance(node, Scalar) else "[…]"


TEXT = FieldType(read_text, "text", shapes.SCALAR)
TEXTS = FieldType(read_texts, "a list of texts", shapes.one_or_list(shapes.SCALAR))
NAMES = FieldType(read_names, "a list of names (ids)", shapes.names())
YES_NO = FieldType(read_yes_no, "yes or no", shapes.yes_no(_YES, _NO))
DATE = FieldType(read_date, "a date, or a date and time: 2026-11-24 09:30", shapes.MOMENT)
UNTIL = FieldType(read_until, "a date (to the end of that day), or a date and time", shapes.MOMENT)
SECONDS = FieldType(read_seconds, "a duration: 12:30, 1:02:03, 45 s", shapes.DURATION)
SLUG = FieldType(read_slug, "one segment of an address: budget-2027", shapes.SLUG)
ADDRESSES = FieldType(
    read_addresses,
    "a list of addresses: /news/old-name/",
    shapes.one_or_list({"type": "string", "pattern": "^/"}),
)
FILE = FieldType(read_text, "a file, as seen from this one", shapes.SCALAR)
SIZE = FieldType(read_size, "a size: 48 MB, or exactly: 48213004", shapes.SIZE)
CAPTIONS = FieldType(
    read_captions, "files by language: nl: talk.nl.vtt", shapes.named({"type": "string"})
)
CHAPTERS = FieldType(read_chapters, "titles by moment: 1:20: The pump", shapes.named(shapes.SCALAR))
DECISIONS = FieldType(read_decisions, "a list of decision, why and means", shapes.DECISIONS)
OUTCOME = FieldType(read_outcome, "heard: and doing:", shapes.OUTCOME)
ANYTHING = FieldType(read_extra, "anything, for your own theme")
