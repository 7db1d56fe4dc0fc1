"""Problems and results as text: for a writer's terminal, for CI, for other programs."""

import json
from collections.abc import Callable, Iterable
from datetime import datetime, tzinfo
from pathlib import PurePosixPath
from urllib.parse import quote

from generator import __version__, fingerprint
from generator.assembly import Withheld
from generator.messages import MESSAGES
from generator.model import KINDS
from generator.problems import Level, Problem
from generator.result import Result
from generator.words import Say

_ERROR: Level = "error"
_LEVELS: dict[Level, str] = {"error": "error", "warn": "warning", "allow": "allow"}
_LEVELS_IN_SARIF: dict[Level, str] = {"error": "error", "warn": "warning", "allow": "note"}
_LEVELS_IN_GITLAB: dict[Level, str] = {"error": "major", "warn": "minor", "allow": "info"}
_SARIF = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas"
_EXCERPT_MAX = 160
_WIDTH = 100


def as_text(item: Problem, say: Say) -> str:
    """A problem for a person: place, what is wrong, the line with a caret, what to do."""
    span, level = item.span, say(_LEVELS[level_of(item)])
    place = f"{span.path}:{span.line}:{span.column}" if _is_in_a_file(item) else span.path
    head = f"{place}: {level}[{item.code}]: {text_of(item, say)}"
    hint = hint_of(item, say)
    line = item.excerpt.expandtabs(1)
    if not line.strip() or len(line) > _EXCERPT_MAX:
        return f"{head}\n    {hint}" if hint else head
    number = f"{span.line:>3}"
    room = max(1, min(span.length, len(line) - span.column + 1))
    marks = " " * (span.column - 1) + "^" * room
    under = f"{' ' * len(number)} | {marks}"
    apart = "  " if len(under) + len(hint) < _WIDTH else f"\n{' ' * len(number)} = "
    return f"{head}\n{number} | {line}\n{under}{apart}{hint}".rstrip()


def _is_in_a_file(item: Problem) -> bool:
    """Whether a problem is about a line, rather than a folder or what was typed."""
    path = item.span.path
    is_file = PurePosixPath(path).suffix != "" and "://" not in path
    return bool(item.excerpt) or item.span.line > 1 or is_file


def text_of(item: Problem, say: Say) -> str:
    """What is wrong, in words."""
    return _filled(say(MESSAGES[item.code].text), item)


def hint_of(item: Problem, say: Say) -> str:
    """What to do about it, in words."""
    message = MESSAGES[item.code]
    guess = dict(item.args).get("guess", "-")
    hint = message.hint if guess or not message.otherwise else message.otherwise
    return _filled(say(hint), item)


def level_of(item: Problem) -> Level:
    """The level that counts for a problem."""
    return item.level or MESSAGES[item.code].level


def _filled(text: str, item: Problem) -> str:
    for name, value in item.args:
        shown = value if len(value) <= _EXCERPT_MAX else f"{value[:_EXCERPT_MAX]}…"
        text = text.replace(f"{{{name}}}", shown)
    return text


def as_github(item: Problem, say: Say) -> str:
    """A problem as an annotation at its line, for GitHub's and compatible pipelines."""
    kind = "error" if level_of(item) == _ERROR else "warning"
    span = item.span
    text = _in_one_line(item, say).replace("%", "%25").replace("\n", "%0A")
    place = f"file={span.path},line={span.line},col={span.column},title={item.code}"
    return f"::{kind} {place}::{text}"


def as_gitlab(items: Iterable[Problem], say: Say) -> str:
    """Problems as a Code Quality report, which GitLab shows in a merge request."""
    found = [
        {
            "description": _in_one_line(item, say),
            "check_name": item.code,
            "fingerprint": fingerprint.of_parts(map(str, (item.code, item.span, item.args))),
            "severity": _LEVELS_IN_GITLAB[level_of(item)],
            "location": {"path": item.span.path, "lines": {"begin": item.span.line}},
        }
        for item in items
    ]
    return json.dumps(found, ensure_ascii=False, indent=2)


def _in_one_line(item: Problem, say: Say) -> str:
    """What is wrong and what to do about it."""
    return " – ".join(filter(None, (text_of(item, say), hint_of(item, say))))


def as_json(items: Iterable[Problem], say: Say) -> str:
    """Problems as a JSON list, one object each."""
    found = [
        {
            "file": item.span.path,
            "line": item.span.line,
            "column": item.span.column,
            "length": item.span.length,
            "code": item.code,
            "level": level_of(item),
            "message": text_of(item, say),
            "hint": hint_of(item, say),
        }
        for item in items
    ]
    return json.dumps(found, ensure_ascii=False, indent=2)


def as_sarif(items: Iterable[Problem], say: Say) -> str:
    """Problems as a SARIF 2.1.0 log, which code hosts show beside the lines."""
    found = tuple(items)
    codes = sorted({item.code for item in found})
    driver = {
        "name": "Plein",
        "version": __version__,
        "rules": [_rule(code, say) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(item, codes, say) for item in found],
    }
    log = {"$schema": f"{_SARIF}/sarif-schema-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2)


def _rule(code: str, say: Say) -> dict[str, object]:
    one = MESSAGES[code]
    hint = one.otherwise or one.hint
    return {
        "id": code,
        "fullDescription": {"text": say(one.why)},
        "help": {"text": say(hint) or say(one.why)},
        "defaultConfiguration": {"level": _LEVELS_IN_SARIF[one.level]},
    }


def _sarif_result(item: Problem, codes: list[str], say: Say) -> dict[str, object]:
    span = item.span
    region = {
        "startLine": span.line,
        "startColumn": span.column,
        "endColumn": span.column + span.length,
    }
    place = {"artifactLocation": {"uri": quote(span.path)}, "region": region}
    return {
        "ruleId": item.code,
        "ruleIndex": codes.index(item.code),
        "level": _LEVELS_IN_SARIF[level_of(item)],
        "message": {"text": _in_one_line(item, say)},
        "locations": [{"physicalLocation": place}],
    }


_LINES: dict[str, Callable[[Problem, Say], str]] = {"text": as_text, "github": as_github}
_FILES: dict[str, Callable[[Iterable[Problem], Say], str]] = {
    "json": as_json,
    "gitlab": as_gitlab,
    "sarif": as_sarif,
}


def is_for_a_program(form: str) -> bool:
    """Whether a format is a file for a program, in which nothing else may stand."""
    return form in _FILES


def show_problems(items: tuple[Problem, ...], form: str, say: Say) -> str:
    """All problems in one of the formats."""
    if is_for_a_program(form):
        return _FILES[form](items, say)
    return "\n".join(_LINES[form](item, say) for item in items)


def summary(result: Result, say: Say, zone: tzinfo) -> str:
    """One screen on what a build did."""
    counts = {
        "written": len(result.written),
        "unchanged": result.unchanged,
        "removed": len(result.removed),
    }
    lines = [
        f"{say('Published')}: {_kinds(result, say)}",
        f"{say('Files')}: " + ", ".join(f"{n} {say(name)}" for name, n in counts.items()),
        *_withheld_lines(result.withheld, say, zone),
        *_broken_lines(result, say),
    ]
    if result.problems:
        lines.append(f"{say('Findings')}: {counts_of(result.problems, say)}")
    took = say("Ready in {seconds} s: {folder}/")
    lines.append(took.format(seconds=f"{result.seconds:.2f}", folder=result.output.rstrip("/")))
    return "\n".join(lines)


def counts_of(items: tuple[Problem, ...], say: Say) -> str:
    """How many errors and warnings there are, in words; empty when there are none."""
    warnings = sum(level_of(item) == "warn" for item in items)
    counts = {"errors": len(items) - warnings, "warnings": warnings}
    return ", ".join(_counted(n, name, say) for name, n in counts.items() if n)


def _counted(count: int, name: str, say: Say) -> str:
    """A number with its noun: `1 error`, `2 errors`."""
    return f"{count} {say(f'one:{name}') if count == 1 else say(name)}"


def _kinds(result: Result, say: Say) -> str:
    counts = result.published
    parts = [_counted(counts[one], f"kind:{one}", say) for one in KINDS if one in counts]
    return ", ".join(parts) or say("nothing yet")


def _withheld_lines(withheld: tuple[Withheld, ...], say: Say, zone: tzinfo) -> list[str]:
    if not withheld:
        return []
    wide = max(len(one.path) for one in withheld)
    lines = [f"  {one.path:<{wide}}  {why_withheld(one, say, zone)}" for one in withheld]
    return [f"{say('Not published')}: {len(withheld)}", *lines]


def why_withheld(one: Withheld, say: Say, zone: tzinfo) -> str:
    """Why an entry is not published, in words."""
    if one.status == "draft":
        return say("draft")
    text = say("scheduled for {when}") if one.status == "scheduled" else say("expired on {when}")
    return text.format(when=when(one.when, zone))


def when(moment: datetime | None, zone: tzinfo) -> str:
    """A moment on the site's clock, to the minute; without a time where it is midnight."""
    if moment is None:
        return ""
    local = moment.astimezone(zone)
    return (
        f"{local:%Y-%m-%d}" if (local.hour, local.minute) == (0, 0) else f"{local:%Y-%m-%d %H:%M}"
    )


def _broken_lines(result: Result, say: Say) -> list[str]:
    kept = [f"  {path}  {say('has errors: stays as it was')}" for path in result.kept]
    gone = [f"  {path}  {say('has errors: left out')}" for path in result.left_out]
    heading = [f"{say('With errors')}: {len(kept) + len(gone)}"] if kept or gone else []
    return [*heading, *kept, *gone]
