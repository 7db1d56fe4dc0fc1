"""What was measured, kept as one file for each session in `measured/` beside RESULTS.md.

A session is one number of posts and some generators that took turns in one place; one
of the same again takes the place of the former. Delete a file, and RESULTS.md is
made without it.
"""

import os
import re
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import msgspec

from benchmarks.measure import Run

_MEASURED = "measured"
OWN, EQUAL = "Plein, own theme", "Plein, equal theme"
PLEINS = (OWN, EQUAL)


class Made(msgspec.Struct, frozen=True):
    """What a build put into its output: HTML pages, feeds (XML, JSON), other files, all bytes."""

    pages: int
    feeds: int
    others: int
    size_bytes: int


class Measured(msgspec.Struct):
    """One generator in a session: its runs by scenario, what it made, and why it was stopped.

    `stopped` says by scenario what happened there: "more than 600 s", "failed".
    """

    version: str
    runs: dict[str, list[Run]] = {}
    stopped: dict[str, str] = {}
    made: Made | None = None

    def seconds(self, scenario: str) -> float | None:
        """The median on the wall, where there is one."""
        runs = () if scenario in self.stopped else self.runs.get(scenario, ())
        return middle(runs, "seconds") if runs else None

    def count(self) -> int:
        """The runs of all scenarios together."""
        return sum(map(len, self.runs.values()))


class Session(msgspec.Struct):
    """So many posts, on one day and machine, and the command that measures them again.

    `place` is where the sites lay, if that is not where this machine puts passing files.
    """

    posts: int
    command: str
    started: str
    processors: int
    python: str
    measured: dict[str, Measured]
    place: str = ""

    def peers(self) -> list[str]:
        """Who was measured beside Plein."""
        return [name for name in self.measured if name not in PLEINS]

    def scenarios(self) -> list[str]:
        """The scenarios that somebody ran, in the order in which they were run."""
        told = ((*one.runs, *one.stopped) for one in self.measured.values())
        return list(dict.fromkeys(name for names in told for name in names))

    def count(self) -> int:
        """The runs of all its generators together."""
        return sum(one.count() for one in self.measured.values())


def begin(posts: int, command: str, versions: dict[str, str], place: str = "") -> Session:
    """A session in which nothing has been measured yet."""
    has_affinity = hasattr(os, "sched_getaffinity")
    count = len(os.sched_getaffinity(0)) if has_affinity else os.cpu_count() or 1
    started = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    python = sys.version.split()[0]
    measured = {name: Measured(number) for name, number in versions.items()}
    return Session(posts, command, started, count, python, measured, place)


def save(session: Session, results: Path) -> None:
    """Keep a session, in the place of an earlier one of the same posts and generators."""
    folder = results / _MEASURED
    folder.mkdir(parents=True, exist_ok=True)
    parts = (*session.measured, *filter(None, [session.place.strip("/")]))
    names = "-".join(re.sub(r"\W+", "-", name.lower()) for name in parts)
    file = folder / f"{session.posts}-{names}.json"
    file.write_bytes(msgspec.json.format(msgspec.json.encode(session)) + b"\n")


def saved(results: Path) -> list[Session]:
    """All sessions that were kept: the most posts first, then the most runs."""
    files = sorted((results / _MEASURED).glob("*.json"))
    found = [msgspec.json.decode(file.read_bytes(), type=Session) for file in files]
    return sorted(found, key=lambda one: (-one.posts, -one.count()))


def timed(runs: Iterable[Run]) -> list[Run]:
    """The runs that tell how long it takes: those that nobody held up by a look at their memory.

    (Of older sessions there are none but such.)
    """
    every = list(runs)
    return [run for run in every if run.memory_mb is None] or every


def middle(runs: Iterable[Run], what: str) -> float:
    """The median of one figure of some runs: `seconds`, `cpu_seconds`, `memory_mb`."""
    every = list(runs)
    looked_at = [run for run in every if run.memory_mb is not None]
    told = looked_at if what == "memory_mb" else timed(every)
    return float(median(getattr(run, what) for run in told))


def times(ratio: float) -> str:
    """A ratio in two digits: `12×`, `3.1×`, `0.27×`."""
    digits = 0 if ratio >= 9.95 else 1 if ratio >= 0.995 else 2
    return f"{ratio:.{digits}f}×"


def row(*cells: str) -> str:
    """One row of a table in Markdown."""
    return f"| {' | '.join(cells)} |"
