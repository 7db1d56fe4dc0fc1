"""Bring every step up to date: make again only what has another answer than last time."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from generator import write
from generator.answers import Known
from generator.making import Batch
from generator.model import Model, Read, Step, Trace
from generator.outputs.makers import print_of_step
from generator.problems import BuildFailed, Problem
from generator.queries import follows_from_shape
from generator.scan import Seen, seen_as
from generator.store import Memory
from generator.write import Staged, Survey

Progress = Callable[[int, int], None]


class Reason(Model, frozen=True):
    """Why a step is made: `new`, `step` (code or arguments), `read` (with the query), `output`."""

    why: str
    query: tuple[str, ...] = ()


class Rendered(Model, frozen=True):
    """All outputs' fingerprints by path, what waits to be put in place, and what was asked."""

    wanted: dict[str, str]
    staged: tuple[Staged, ...]
    made: dict[str, tuple[str, tuple[Read, ...]]]


def reasons(
    steps: Iterable[Step], known: Known, memory: Memory, found: Survey
) -> dict[str, Reason]:
    """The steps that are not current, by path, each with its first reason."""
    same_shape = memory.shape == known.shape()
    moved = {
        int(number)
        for number, read in memory.reads.items()
        if not (same_shape and follows_from_shape(read.query))
        and known.fingerprint(read.query) != read.answer
    }
    return {
        step.path: reason
        for step in steps
        if (reason := _reason(step, memory, moved, found)) is not None
    }


def _reason(step: Step, memory: Memory, moved: set[int], found: Survey) -> Reason | None:
    trace = memory.traces.get(step.path)
    if trace is None:
        return Reason("new")
    if trace.step != print_of_step(step):
        return Reason("step")
    if not moved.isdisjoint(trace.reads):
        number = next(read for read in trace.reads if read in moved)
        return Reason("read", memory.reads[str(number)].query)
    return None if found.holds(step.path, trace.output) else Reason("output")


def render(
    todo: tuple[Step, ...],
    kept: Mapping[str, str],
    batches: Iterable[Batch],
    found: Survey,
    progress: Progress,
) -> Rendered:
    """Stage every output that is made anew and differs from what is on disk.

    `kept` are the fingerprints of the outputs that are current. Raises
    BuildFailed with the problems of all steps.
    """
    wanted, staged, asked = dict(kept), [], {}
    problems: dict[Problem, None] = {}
    for batch in batches:
        problems.update(dict.fromkeys(batch.problems))
        for one in batch.made:
            path = one.step.path
            wanted[path] = one.fingerprint
            asked[path] = (print_of_step(one.step), one.reads)
            if not found.holds(path, one.fingerprint):
                number = len(asked)
                staged.append(
                    write.stage(Path(found.root), number, path, one.content, one.fingerprint)
                )
        progress(len(asked), len(todo))
    if problems:
        raise BuildFailed(*problems)
    return Rendered(wanted, tuple(staged), asked)


def traces_of(rendered: Rendered, memory: Memory) -> tuple[dict[str, Trace], dict[str, Read]]:
    """The new traces, and the reads that they need beyond those already numbered."""
    numbers = {(read.query, read.answer): int(key) for key, read in memory.reads.items()}
    following = max(numbers.values(), default=-1) + 1
    fresh: dict[str, Read] = {}
    traces = {}
    for path, (step, reads) in rendered.made.items():
        for read in reads:
            if (read.query, read.answer) not in numbers:
                numbers[read.query, read.answer] = following
                fresh[str(following)] = read
                following += 1
        ids = tuple(numbers[read.query, read.answer] for read in reads)
        traces[path] = Trace(step, ids, rendered.wanted[path])
    return traces, fresh


def seen_after(rendered: Rendered, found: Survey, now_ns: int) -> dict[str, Seen]:
    """What to remember of the outputs, so that the next build need not read them."""
    written = {one.path for one in rendered.staged}
    after = {}
    for path, print_ in rendered.wanted.items():
        before = found.files.get(path)
        if before and before.fingerprint and path not in written:
            after[path] = before
        else:
            after[path] = seen_as(Path(found.root, path).stat(), print_, now_ns)
    return after
