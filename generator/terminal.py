"""The only room that prints: problems to the error stream, results to the output."""

import json
import os
import sys
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any

from generator import report
from generator.config import Config
from generator.problems import Problem
from generator.result import Result
from generator.words import Say
from generator.work import Silent

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class Bars(Silent):
    """Progress bars on a terminal, one for each stage."""

    def __init__(self, bars: "Progress", say: Say) -> None:
        self._bars, self._say = bars, say
        self._tasks: dict[str, TaskID] = {}

    def progress(self, stage: str, done: int, total: int) -> None:
        """Move a stage's bar."""
        if stage not in self._tasks:
            self._tasks[stage] = self._bars.add_task(self._say(stage), total=total)
        self._bars.update(self._tasks[stage], completed=done, total=total, refresh=True)


def progress(quiet: bool) -> AbstractContextManager[Any]:
    """Progress bars where somebody looks at a terminal; nothing on a pipe or in CI."""
    if quiet or os.environ.get("CI") or not (sys.stderr and sys.stderr.isatty()):
        return nullcontext()
    from rich.console import Console
    from rich.progress import Progress

    # Drawn when something is done: a thread that draws would keep a build from being in two places.
    return Progress(console=Console(stderr=True), transient=True, auto_refresh=False)


def reporter(bars: Any, say: Say) -> Silent:
    """A reporter for what `progress` gave."""
    return Silent() if bars is None else Bars(bars, say)


def show_problems(items: tuple[Problem, ...], form: str, say: Say) -> None:
    """All problems; JSON goes to the output, for it is what was asked for."""
    if report.is_for_a_program(form):
        print(report.show_problems(items, form, say))
    elif items:
        print(report.show_problems(items, form, say), file=sys.stderr)
        print(file=sys.stderr)


def show_result(result: Result, form: str, quiet: bool, config: Config, say: Say) -> None:
    """One screen on a build, unless it has to be quiet or for a program."""
    if not quiet and form == "text":
        print(report.summary(result, say, config.zone))


def show_lines(lines: list[str]) -> None:
    """Some lines of text."""
    for line in lines:
        print(line)


def show_remarks(lines: list[str]) -> None:
    """Some lines beside the result, so that they don't get into what a program reads."""
    for line in lines:
        print(line, file=sys.stderr)


def show_code(text: str) -> None:
    """A text as a code that a phone can read from the screen."""
    import segno

    segno.make(text, error="l").terminal(compact=True)


def show_json(value: object) -> None:
    """A value for another program."""
    print(json.dumps(value, ensure_ascii=False, indent=2))
