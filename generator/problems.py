"""What can be wrong, as values: a code, a place and the words' arguments.

The words themselves stand in `messages`, once per code; nothing here prints.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import msgspec

from generator.model import Model, Span

Level = Literal["error", "warn", "allow"]


class Message(Model, frozen=True, kw_only=True):
    """The words for one code, in English; `{name}` is filled from a Problem's args.

    `text` says what is wrong, `hint` what to do (`otherwise` where there is no
    `{guess}` to offer), `why` (for the reference page) what the rule is good
    for. `fixed` means that site.yaml can't relax it. All are translated by
    gettext.
    """

    level: Level = "error"
    text: str
    hint: str = ""
    otherwise: str = ""
    why: str
    fixed: bool = False


class Problem(Model, frozen=True):
    """One finding at one place; `excerpt` is the source line as it stands."""

    code: str
    span: Span
    args: tuple[tuple[str, str], ...] = ()
    excerpt: str = ""
    level: Level | None = None

    @property
    def order(self) -> tuple[str, int, int, str, tuple[tuple[str, str], ...]]:
        """The order in which problems are shown: by place, then by code."""
        return (self.span.path, self.span.line, self.span.column, self.code, self.args)


def problem(code: str, span: Span, excerpt: str = "", **args: object) -> Problem:
    """A Problem with its arguments as text, in the order of their names."""
    words = tuple(sorted((name, str(value)) for name, value in args.items()))
    return Problem(code=code, span=span, excerpt=excerpt, args=words)


def excerpt_of(text: str, line: int) -> str:
    """The given line (from 1) of a text, without its end; empty past the last."""
    lines = text.split("\n")
    return lines[line - 1].rstrip("\r") if 0 < line <= len(lines) else ""


class PleinError(Exception):
    """A run that cannot go on; carries problems and the command's exit code."""

    exit_code = 2

    def __init__(self, *problems: Problem) -> None:
        super().__init__(", ".join(item.code for item in problems))
        self.problems = problems

    def __reduce__(self) -> tuple[object, ...]:
        """What makes the same error again, for one that a worker meets comes from elsewhere."""
        return type(self), self.problems


class BuildFailed(PleinError):
    """Content has errors; nothing was written."""

    exit_code = 1


class UsageError(PleinError):
    """The command or site.yaml asks for what cannot be."""

    exit_code = 2


class Busy(PleinError):
    """Another build holds the lock."""

    exit_code = 3


class DiskError(PleinError):
    """The disk said no: full, read-only, or something in the way."""

    exit_code = 4


def with_level(item: Problem, level: Level) -> Problem:
    """The same finding, counted at another level."""
    return msgspec.structs.replace(item, level=level)


@contextmanager
def disk_errors(path: Path | str) -> Iterator[None]:
    """Turn what the disk says into a DiskError that names the path."""
    try:
        yield
    except OSError as error:
        name = str(error.filename2 or error.filename or path)
        raise DiskError(
            problem("cannot-write", Span(name), reason=error.strerror or error)
        ) from error
