"""What is remembered beside what is now: which steps are not current, and what to remember next."""

import time
from collections.abc import Iterable, Mapping

import msgspec

from generator import snapshot, write
from generator.answers import Known
from generator.making import Desk, desk_for
from generator.memory import Memory, key_of
from generator.model import Answered, Document, Model, Step, Trace
from generator.prepare import Prepared
from generator.reads import Query
from generator.render import Reason, Rendered, moved_among, reasons, seen_after, traces_of
from generator.store import Changes, Damaged, Store
from generator.templates import Closure
from generator.work import Work


class State(Model, frozen=True):
    """What is remembered and on disk, the answers of now, and the steps that are not current.

    `moved` are the queries, by number, that have another answer than last time.
    """

    memory: Memory
    found: write.Survey
    desk: Desk
    moved: dict[int, Query]
    stale: dict[str, Reason]
    good: dict[str, str]
    closures: dict[str, Closure]


def compare(work: Work, ready: Prepared, store: Store) -> State:
    """What is remembered, what is on disk, and so which steps are not current."""
    root, memory = work.project.root, Memory(store)
    found = write.survey(root / work.config.output, memory.outputs, time.time_ns())
    closures = store.all("closures", Closure)
    shape = ready.snapshot.shape if ready.snapshot else ""
    known = Known(ready.site, ready.theme, lambda key: _body(store, key), closures, shape)
    good = store.all("good", str)
    answers = _doubtful(ready, memory, good)
    moved = moved_among(answers, known, memory)
    stale = reasons(ready.steps, memory, moved, found)
    return State(memory, found, desk_for(known, root.absolute()), moved, stale, good, closures)


def with_steps(state: State, steps: Iterable[Step]) -> State:
    """The same once there are more steps, which are compared too."""
    more = reasons(steps, state.memory, state.moved, state.found)
    return msgspec.structs.replace(state, stale={**state.stale, **more})


def _doubtful(ready: Prepared, memory: Memory, good: dict[str, str]) -> dict[Query, Answered]:
    """The answers that may have moved: all, or where the site is as it was, those of texts."""
    if ready.snapshot is None:
        return memory.answers
    keys = ready.site.library.keys
    edited = {path for path, key in keys.items() if good.get(path) != key}
    affected = snapshot.with_documents(ready.snapshot, edited, ready.config.languages)
    return memory.answers_to(("edition", key) for key in affected)


def _body(store: Store, key: str) -> Document:
    document = store.one("bodies", key, Document)
    if document is None:
        raise Damaged
    return document


def changes(ready: Prepared, rendered: Rendered, state: State, store: Store) -> tuple[Changes, ...]:
    """What the cache has to learn and to forget after a build."""
    memory, library = state.memory, ready.site.library
    traces, answers, numbers = traces_of(rendered, memory)
    after = seen_after(rendered, state.found, time.time_ns())
    gone = tuple(memory.traces.keys() - rendered.wanted.keys())
    broken = {*ready.kept, *ready.left_out}
    good = {path: key for path, key in library.keys.items() if path not in broken}
    old_good = {path: key for path, key in state.good.items() if path in broken}
    used = {*good.values(), *old_good.values(), *library.keys.values()}
    unused = tuple(store.keys("facts") - used)
    return (
        Changes("facts", {}, unused),
        Changes("faces", {}, unused),
        Changes("bodies", {}, tuple(store.keys("bodies") - used - library.file_keys)),
        _difference("good", {**old_good, **good}, state.good),
        _difference("files", ready.seen, ready.files),
        _difference("outputs", after, memory.outputs),
        Changes("bundles", {}, tuple(store.keys("bundles") - ready.bundles)),
        _closures(ready, state),
        _marks(ready, state, numbers),
        Changes("traces", traces, gone),
        Changes(
            "reads",
            {key_of(query): one for query, one in answers.items()},
            _forgotten(memory, traces, answers, gone),
        ),
    )


def _closures(ready: Prepared, state: State) -> Changes:
    """What templates refer to; nobody asks after all of them when the site is as it was."""
    known = state.desk.known.closures
    kept = {**state.closures, **known} if ready.snapshot else known
    return _difference("closures", kept, state.closures)


def _marks(ready: Prepared, state: State, numbers: int) -> Changes:
    """The shape of the site, and the site itself where all of it is sound."""
    shape = state.desk.known.shape()
    marks: dict[str, object] = {"shape": shape, "numbers": numbers}
    if ready.snapshot:
        return Changes("marks", marks)
    found = snapshot.Findings(
        shape, ready.planned or ready.steps, ready.problems, ready.spared, ready.shelves
    )
    sound = not any(item.level == "error" for item in ready.problems)
    taken = snapshot.take(ready.basis, ready.site, ready.world.now, found) if sound else None
    if taken is None:
        return Changes("marks", marks, ("basis", "site"))
    return Changes("marks", {**marks, "basis": ready.basis, "site": taken})


def _difference(table: str, new: Mapping[str, object], old: Mapping[str, object]) -> Changes:
    puts = {key: value for key, value in new.items() if old.get(key) != value}
    return Changes(table, puts, tuple(old.keys() - new.keys()))


def _forgotten(
    memory: Memory,
    traces: Mapping[str, Trace],
    answers: Mapping[Query, Answered],
    gone: Iterable[str],
) -> tuple[str, ...]:
    """The reads that no trace needs any more; only looked for when all of them are at hand."""
    if not memory.has_all_answers():
        return ()
    current = {**memory.traces, **traces}
    for path in gone:
        current.pop(path, None)
    used = {number for trace in current.values() for number in trace.reads}
    return tuple(
        key_of(query)
        for query, one in memory.answers.items()
        if one.number not in used and query not in answers
    )
