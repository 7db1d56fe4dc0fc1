"""Bring every step up to date: make again only what has another answer than last time."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import compress, filterfalse
from operator import attrgetter, is_not, not_

import msgspec

from generator.answers import Known
from generator.making import Batch, Made
from generator.memory import Memory, shelves_that_ask, shelves_with
from generator.model import Answered, Model, Read, Step, Trace
from generator.outputs.makers import print_of_step
from generator.problems import BuildFailed, Problem
from generator.reads import Query
from generator.scan import Seen, seen_as
from generator.store import Damaged
from generator.survey import Survey
from generator.write import Staged

Progress = Callable[[int, int], None]


class Reason(Model, frozen=True):
    """Why a step is made: `new`, `step` (code or arguments), `read` (with the query), `output`."""

    why: str
    query: tuple[str, ...] = ()


class Done(Model, frozen=True):
    """What is remembered of a step: its own fingerprint, and what was asked (as in Made, but
    places in what was `Rendered.told`)."""

    step: str
    asked: str
    reads: tuple[int, ...] | None


class Rendered(Model, frozen=True):
    """All outputs' fingerprints by path, what waits to be put in place, what was made, and all
    that was told to who asked, once."""

    wanted: dict[str, str] = {}
    staged: tuple[Staged, ...] = ()
    made: dict[str, Done] = {}
    told: tuple[Read, ...] = ()


def moved_among(answers: Mapping[Query, Answered], known: Known) -> dict[int, Query]:
    """The queries, by number, whose answers are others now; of those given, as they were last."""
    return {
        one.number: query
        for query, one in answers.items()
        if known.fingerprint(query) != one.answer
    }


def perhaps_stale(
    steps: Iterable[Step],
    asking: Mapping[str, Trace],
    moved: Mapping[int, Query],
    found: Survey,
    before: Mapping[str, Step],
) -> tuple[Step, ...]:
    """The steps that are not among those of `before`, or of which an answer moved: of ten
    thousand a few. All others are current where the output folder is as it was left.

    `asking` are the traces of all who asked for what moved, and maybe of others.
    """
    # A function for each of ten thousand steps would take as long as all else here.
    every = tuple(steps)
    paths = tuple(map(attrgetter("path"), every))
    # Most are the very same values, which is told sooner than that they are equal.
    others = compress(every, map(is_not, map(before.get, paths), every))
    changed = (step.path for step in others if step != before.get(step.path))
    asked = map(attrgetter("reads"), asking.values())
    hit = compress(asking, map(not_, map(frozenset(moved).isdisjoint, asked)))
    suspect = {*changed, *hit, *filterfalse(found.before.__contains__, paths)}
    return tuple(compress(every, map(suspect.__contains__, paths)))


def reasons(
    steps: Sequence[Step],
    memory: Memory,
    moved: Mapping[int, Query],
    found: Survey,
    before: Mapping[str, Step],
) -> dict[str, Reason]:
    """The steps that are not current, by path, each with its first reason.

    `before` are steps of the last build whose makers are still the same.
    """
    surely_held = found.is_as_remembered()
    traces = memory.traces_of(step.path for step in steps)
    stale: dict[str, Reason] = {}
    for step in steps:
        path, trace = step.path, traces.get(step.path)
        if trace is None:
            stale[path] = Reason("new")
        elif before.get(path) != step and trace.step != print_of_step(step):
            stale[path] = Reason("step")
        elif not moved.keys().isdisjoint(trace.reads):
            stale[path] = Reason("read", moved[next(filter(moved.__contains__, trace.reads))])
        elif not surely_held and not _is_there(step, found):
            stale[path] = Reason("output")
    return stale


def _is_there(step: Step, found: Survey) -> bool:
    """Whether the files of a step are there as they were made."""
    known = found.before
    paths = _files_of((step,), found)
    return step.path in known and all(found.holds(one, known[one].fingerprint) for one in paths)


def outputs_of(steps: Iterable[Step], found: Survey) -> dict[str, str]:
    """The files that were made last time of steps that are current, with their fingerprints.
    Raises Damaged where there is none."""
    paths = _files_of(tuple(steps), found)
    try:
        made = tuple(map(found.before.__getitem__, paths))
    except KeyError:
        raise Damaged from None
    return dict(zip(paths, map(attrgetter("fingerprint"), made), strict=True))


def _files_of(steps: Sequence[Step], found: Survey) -> list[str]:
    """The paths of the files of some steps, with those compressed forms that were made: what is
    small has none."""
    packed = compress(steps, map(attrgetter("packed"), steps))
    more = (step.path + ending for step in packed for ending in step.packed)
    return [*map(attrgetter("path"), steps), *filter(found.before.__contains__, more)]


def render(
    todo: tuple[Step, ...], before: Rendered, batches: Iterable[Batch], progress: Progress
) -> Rendered:
    """Have every step made that is not current; what differs from what is on disk waits aside.

    What comes of it is added to what was there `before`. Raises BuildFailed
    with the problems of all steps.
    """
    wanted, staged, made = dict(before.wanted), list(before.staged), dict(before.made)
    problems: dict[Problem, None] = {}
    # What many pages ask comes from each batch anew; one of it is enough to hold in memory.
    told = list(before.told)
    places = {read.query: place for place, read in enumerate(told)}
    words: dict[str, str] = {}
    for batch in batches:
        problems.update(dict.fromkeys(batch.problems))
        own = [_place_of(one, told, places, words) for one in batch.read_back()]
        for one in batch.made:
            made[one.step.path] = _done(one, own)
            wanted.update((file.path, file.fingerprint) for file in one.outputs)
            staged += one.staged
        progress(len(made) - len(before.made), len(todo))
    if problems:
        raise BuildFailed(*problems)
    return Rendered(wanted, tuple(staged), made, tuple(told))


def _done(made: Made, places: Sequence[int]) -> Done:
    reads = None if made.reads is None else _these(places, made.reads)
    return Done(print_of_step(made.step), made.asked, reads)


def _these(numbers: Sequence[int], places: Iterable[int]) -> tuple[int, ...]:
    return tuple(map(numbers.__getitem__, places))


def _place_of(read: Read, told: list[Read], places: dict[Query, int], words: dict[str, str]) -> int:
    """The place of a read among all that was told; one that is new consists of words that are
    held once."""
    place = places.get(read.query)
    if place is None:
        query = tuple(words.setdefault(word, word) for word in read.query)
        place = places[query] = len(told)
        told.append(Read(query, read.answer))
    return place


def traces_of(
    rendered: Rendered, memory: Memory, moved: Mapping[int, Query], known: Known
) -> tuple[dict[str, Trace], dict[Query, Answered], int]:
    """The new traces, the answers in them that are not yet remembered, and how many are numbered.

    A query keeps its number when its answer moves: every step that asked it is made again. Those
    that `moved` are asked here on behalf of steps that asked the same as last time, so `moved`
    must have every remembered answer that is another now.
    """
    same = _as_asked_before(rendered, memory)
    answers = {read.query: read.answer for read in rendered.told}
    answers |= _on_behalf(same.values(), moved, known)
    before = memory.answers_to(answers)
    numbers = {query: one.number for query, one in before.items()}
    for query in answers:
        numbers.setdefault(query, memory.numbers + len(numbers) - len(before))
    anew = _as_told(rendered, numbers)
    asking = shelves_that_ask(anew)
    every = {
        query: _answered(numbers[query], answer, before.get(query), asking)
        for query, answer in answers.items()
    }
    new = {query: one for query, one in every.items() if one != before.get(query)}
    return {**same, **anew}, new, memory.numbers + len(numbers) - len(before)


def _as_asked_before(rendered: Rendered, memory: Memory) -> dict[str, Trace]:
    """The traces of what was made that asked the same as last time. Raises Damaged."""
    same = {path: one for path, one in rendered.made.items() if one.reads is None}
    before = memory.traces_of(same)
    if before.keys() != same.keys():
        raise Damaged
    return {path: Trace(one.step, one.asked, before[path].reads) for path, one in same.items()}


def _as_told(rendered: Rendered, numbers: Mapping[Query, int]) -> dict[str, Trace]:
    """The traces of what was made that asked something else than last time, or is new."""
    by_place = [numbers[read.query] for read in rendered.told]
    return {
        path: Trace(one.step, one.asked, _these(by_place, one.reads))
        for path, one in rendered.made.items()
        if one.reads is not None
    }


def _answered(
    number: int, answer: str, before: Answered | None, asking: Mapping[int, bytes]
) -> Answered:
    known = before.shelves if before else b""
    return Answered(number, answer, shelves_with(known, asking.get(number, b"")))


def _on_behalf(same: Iterable[Trace], moved: Mapping[int, Query], known: Known) -> dict[Query, str]:
    """The answers that moved, with which steps were made that asked the same as last time: the
    traces of these."""
    numbers = {number for trace in same for number in moved.keys() & trace.reads}
    return {moved[number]: known.fingerprint(moved[number]) for number in numbers}


def seen_after(rendered: Rendered, found: Survey, now_ns: int) -> dict[str, Seen]:
    """What to remember of the outputs: what each was made as (the next build believes that), and
    the facts by which it need not be read.

    Somebody may have changed or deleted one since it was looked at, or put in its place: so
    of one that was there the facts of then count, and of another only those that it was left with.
    """
    written = {one.path: one for one in rendered.staged}
    after = dict(found.files)
    for path in (after.keys() - rendered.wanted.keys()) | (after.keys() & written.keys()):
        del after[path]
    # Of some that were there the bytes were only read when they were wanted.
    for path in [path for path, one in after.items() if not one.fingerprint]:
        print_ = rendered.wanted[path]
        after[path] = msgspec.structs.replace(after[path], fingerprint=print_, hashed_ns=now_ns)
    for path, one in written.items():
        after[path] = _seen_in_place(one, found.root, rendered.wanted[path], now_ns)
    return after


def _seen_in_place(one: Staged, root: str, print_: str, now_ns: int) -> Seen:
    try:
        facts = os.stat(f"{root}/{one.path}")  # noqa: PTH116 - one of ten thousand
    except OSError:
        # What is gone again is remembered as well, so that the next build misses it.
        return Seen(one.size_bytes, one.mtime_ns, 0, one.inode, print_, 0)
    return seen_as(facts, print_, now_ns if one.is_still(facts) else 0)
