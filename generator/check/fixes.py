"""Mistakes that can be put right without a doubt about what was meant: one line each."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from generator import config, write
from generator.model import Model
from generator.problems import Problem
from generator.schema import SYNONYMS

# The message itself shows the line as it should be; with these its indent is part of that.
_WHOLE_LINES = frozenset({"yaml-indent", "list-mark", "list-no-space", "list-flat"})
_QUOTES = frozenset(
    {"yaml-quotes", "yaml-unclosed", "yaml-space", "yaml-backslash", "yaml-curly-quote"}
    | {"text-cut-off"}
)
_ADDRESSES = ("https://", "mailto:")


class Change(Model, frozen=True):
    """One line of a file, as it was and as it is to be, and the code of what was wrong."""

    path: str
    line: int
    before: str
    after: str
    code: str


def changes(problems: Iterable[Problem]) -> tuple[Change, ...]:
    """What can be put right, one change for a line at most; the rest shows after the first."""
    found: dict[tuple[str, int], Change] = {}
    for item in problems:
        after = _mended(item)
        place = (item.span.path, item.span.line)
        if after and after != item.excerpt and place not in found:
            found[place] = Change(*place, item.excerpt, after, item.code)
    return tuple(found.values())


def apply(root: Path, wanted: Iterable[Change]) -> tuple[Change, ...]:
    """Make the changes in the files; those whose line is still as it was come out."""
    done: list[Change] = []
    by_file: dict[str, list[Change]] = {}
    for one in wanted:
        by_file.setdefault(one.path, []).append(one)
    for path, some in by_file.items():
        lines = (root / path).read_bytes().split(b"\n")
        made = [one for one in some if _replace(lines, one)]
        if made:
            write.replace(root / path, b"\n".join(lines))
        done += made
    return tuple(done)


def _replace(lines: list[bytes], change: Change) -> bool:
    at = change.line - 1
    there = lines[at] if at < len(lines) else b""
    end = b"\r" if there.endswith(b"\r") else b""
    if there != change.before.encode() + end or _is_there(lines, change):
        return False
    lines[at] = change.after.encode() + end
    return True


def _is_there(lines: list[bytes], change: Change) -> bool:
    """Whether a key would stand in the file twice."""
    key = change.after.partition(":")[0].encode() + b":"
    return change.code in ("unknown-key", "unknown-setting") and any(
        line.startswith(key) for line in lines
    )


def _mended(item: Problem) -> str:
    """The line as it should be; empty where that is not sure."""
    maker = _MENDERS.get(item.code)
    return maker(item, dict(item.args)) if maker else ""


_Args = dict[str, str]


def _rewritten(item: Problem, args: _Args) -> str:
    text = args.get("rewritten", "")
    if item.code in _WHOLE_LINES or not text:
        return text
    line = item.excerpt
    return line[: len(line) - len(line.lstrip())] + text


def _key(item: Problem, args: _Args) -> str:
    """A key in Dutch, or with another common name."""
    key, guess = args["key"], args["guess"]
    return _at_span(item, key, guess) if guess and SYNONYMS.get(key.lower()) == guess else ""


def _setting(item: Problem, args: _Args) -> str:
    """A setting in Dutch, or with another common name."""
    key, guess = args["key"], args["guess"]
    return _at_span(item, key, guess) if config.SYNONYMS.get(key.lower()) == guess else ""


def _date(item: Problem, args: _Args) -> str:
    """A date that can only be read in one way."""
    value = args["value"]
    return item.excerpt.replace(value, args["iso"], 1) if item.excerpt.count(value) == 1 else ""


def _address(item: Problem, args: _Args) -> str:
    """An address without its beginning."""
    guess = args["guess"]
    return _at_span(item, args["value"], guess) if guess.startswith(_ADDRESSES) else ""


def _at_span(item: Problem, old: str, new: str) -> str:
    line, start = item.excerpt, item.span.column - 1
    is_there = line[start:].startswith(old)
    return f"{line[:start]}{new}{line[start + len(old) :]}" if is_there else ""


_MENDERS: dict[str, Callable[[Problem, _Args], str]] = {
    **dict.fromkeys((*_QUOTES, *_WHOLE_LINES), _rewritten),
    "unknown-key": _key,
    "unknown-setting": _setting,
    "date-other-order": _date,
    "link-missing": _address,
}


def shown(done: Iterable[Change]) -> Iterator[str]:
    """The changes for a person: where, why, the line as it was and as it is."""
    for one in done:
        yield f"{one.path}:{one.line}  [{one.code}]"
        yield f"  - {one.before}"
        yield f"  + {one.after}"
