"""What is remembered beside what is now: which steps are not current, and what to remember next."""

import time
from collections.abc import Iterable, Mapping

from generator import write
from generator.answers import Known
from generator.making import Desk, desk_for
from generator.model import Document, Model, Trace
from generator.prepare import Prepared
from generator.render import Reason, Rendered, reasons, seen_after, traces_of
from generator.scan import Seen
from generator.store import Changes, Damaged, Memory, Store, recall
from generator.templates import Closure
from generator.work import Work


class State(Model, frozen=True):
    """What is remembered and on disk, the answers of now, and the steps that are not current."""

    memory: Memory
    found: write.Survey
    desk: Desk
    stale: dict[str, Reason]


def compare(work: Work, ready: Prepared, store: Store) -> State:
    """What is remembered, what is on disk, and so which steps are not current."""
    root, memory = work.project.root, recall(store)
    found = write.survey(root / work.config.output, memory.outputs, time.time_ns())
    closures = store.all("closures", Closure)
    known = Known(ready.site, ready.theme, lambda key: _body(store, key), closures)
    desk = desk_for(known, root.absolute())
    return State(memory, found, desk, reasons(ready.steps, known, memory, found))


def _body(store: Store, key: str) -> Document:
    document = store.one("bodies", key, Document)
    if document is None:
        raise Damaged
    return document


def changes(ready: Prepared, rendered: Rendered, state: State, store: Store) -> tuple[Changes, ...]:
    """What the cache has to learn and to forget after a build."""
    memory, library = state.memory, ready.site.library
    traces, reads = traces_of(rendered, memory)
    after = seen_after(rendered, state.found, time.time_ns())
    gone = tuple(memory.traces.keys() - rendered.wanted.keys())
    broken = {*ready.kept, *ready.left_out}
    good = {path: key for path, key in library.keys.items() if path not in broken}
    old_good = {path: key for path, key in store.all("good", str).items() if path in broken}
    used = {*good.values(), *old_good.values(), *library.keys.values()}
    return (
        Changes("facts", {}, tuple(store.keys("facts") - used)),
        Changes("bodies", {}, tuple(store.keys("bodies") - used - library.image_keys)),
        _difference("good", {**old_good, **good}, store.all("good", str)),
        _difference("files", ready.seen, store.all("files", Seen)),
        _difference("outputs", after, memory.outputs),
        _difference("closures", state.desk.known.closures, store.all("closures", Closure)),
        _difference("marks", {"shape": state.desk.known.shape()}, {"shape": memory.shape}),
        Changes("traces", traces, gone),
        Changes("reads", reads, _forgotten(memory, traces, gone)),
    )


def _difference(table: str, new: Mapping[str, object], old: Mapping[str, object]) -> Changes:
    puts = {key: value for key, value in new.items() if old.get(key) != value}
    return Changes(table, puts, tuple(old.keys() - new.keys()))


def _forgotten(memory: Memory, traces: Mapping[str, Trace], gone: Iterable[str]) -> tuple[str, ...]:
    """The reads that no trace needs any more."""
    current = {**memory.traces, **traces}
    for path in gone:
        current.pop(path, None)
    used = {number for trace in current.values() for number in trace.reads}
    return tuple(key for key in memory.reads if int(key) not in used)
