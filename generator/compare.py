"""What is remembered beside what is now: which steps are not current, and what to remember next."""

import time
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from generator import fingerprint, snapshot
from generator.answers import Known
from generator.assembly import Profile
from generator.doubt import Doubt, doubt_between
from generator.making import Desk, desk_for
from generator.memory import Memory, key_of
from generator.model import Answered, Model, Step, Trace
from generator.prepare import Prepared
from generator.reads import Query
from generator.render import Reason, Rendered, moved_among, reasons, seen_after, traces_of
from generator.result import Last, Told
from generator.scan import Seen
from generator.sight import Sight
from generator.snapshot import Snapshot
from generator.store import Changes, Damaged, Store
from generator.survey import Folder, Remembered, Survey, survey
from generator.templates import Closure
from generator.work import Work


class State(Model, frozen=True):
    """What is remembered and on disk, the answers of now, and the steps that are not current.

    `moved` are the queries, by number, that have another answer than last time.
    """

    memory: Memory
    found: Survey
    desk: Desk
    moved: dict[int, Query]
    stale: dict[str, Reason]
    good: dict[str, str]
    closures: dict[str, Closure]


class Left(Model, frozen=True):
    """What a build leaves: what was told of the site, and the manifest of its folder."""

    told: Told
    manifest: str


def look_at_output(work: Work, store: Store) -> Survey:
    """What is in the output folder, beside what is remembered of it."""
    before = Remembered(store.all("outputs", Seen), store.all("folders", Folder))
    return survey(work.project.root / work.config.output, before, time.time_ns())


def compare(work: Work, ready: Prepared, found: Survey, store: Store) -> State:
    """What is remembered beside what is on disk, and so which steps are not current."""
    root, memory = work.project.root, Memory(store)
    closures = store.all("closures", Closure)
    known = Known(ready.site, ready.theme, lambda key: _document(store, key), closures)
    good = store.all("good", str)
    answers = _doubtful(ready, memory, good)
    moved = moved_among(answers, known)
    before = ready.before.by_path() if ready.before else {}
    stale = reasons(ready.steps, memory, moved, found, before)
    return State(memory, found, desk_for(known, root.absolute()), moved, stale, good, closures)


def with_steps(state: State, steps: Iterable[Step]) -> State:
    """The same once there are more steps, or others at their paths, which are compared too."""
    by_path = {step.path: step for step in steps}
    rest = {path: one for path, one in state.stale.items() if path not in by_path}
    more = reasons(by_path.values(), state.memory, state.moved, state.found, {})
    return msgspec.structs.replace(state, stale={**rest, **more})


def _doubtful(ready: Prepared, memory: Memory, good: dict[str, str]) -> dict[Query, Answered]:
    """The answers that may have moved: all, where more than entries changed since the last build.

    And those of templates, where one of these is another than it was.
    """
    if ready.before is None:
        return memory.answers
    found = memory.answers_to(_editions_of_edited(ready, good))
    if doubt := _doubt(ready, ready.before):
        found |= memory.answers_to(doubt.told(ready.config.languages))
        more = memory.answers_about(doubt.names())
        found |= {query: one for query, one in more.items() if doubt.about(query)}
    if memory.theme != fingerprint.of_value(ready.theme):
        found |= memory.answers_about(("template",))
    return found


def _editions_of_edited(ready: Prepared, good: Mapping[str, str]) -> Iterator[Query]:
    """What is asked for the texts of files that are other than they were."""
    edited = {path for path, key in ready.site.library.keys.items() if good.get(path) != key}
    for key in snapshot.with_documents(ready.bones, edited, ready.config.languages):
        yield "edition", key


def _doubt(ready: Prepared, before: Snapshot) -> Doubt | None:
    """What is in doubt where the site was put together anew."""
    if ready.made is None:
        return None
    languages, library = ready.config.languages, ready.site.library
    # A picture that is used for the first time is known from now on.
    files = ready.basis.files != before.basis.files or library.file_keys != before.files.keys
    return doubt_between(before.bones, ready.bones, ready.made.fresh, files, languages)


def _document(store: Store, key: str) -> bytes:
    data = store.bytes_of("bodies", key)
    if data is None:
        raise Damaged
    return data


def changes_of_files(
    sight: Sight, found: Survey, outputs: Mapping[str, Seen]
) -> tuple[Changes, ...]:
    """What the cache has to learn of the files: the sources, the outputs as they are left."""
    return (
        _difference("files", sight.seen, sight.known),
        _difference("outputs", outputs, found.before.files),
        _difference("folders", found.folders, found.before.folders),
    )


def changes(
    ready: Prepared, rendered: Rendered, state: State, left: Left, store: Store
) -> tuple[Changes, ...]:
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
        Changes("faces", {}, ready.gone),
        Changes("bodies", {}, tuple(store.keys("bodies") - used - library.file_keys)),
        _difference("good", {**old_good, **good}, state.good),
        *changes_of_files(ready.sight, state.found, after),
        Changes("bundles", {}, tuple(store.keys("bundles") - ready.bundles)),
        _closures(ready, state),
        *_site(ready, left, numbers, store),
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
    kept = {**state.closures, **known} if ready.before else known
    return _difference("closures", kept, state.closures)


def _site(ready: Prepared, left: Left, numbers: int, store: Store) -> tuple[Changes, ...]:
    """What is remembered of the site as a whole; of one that is not sound, next to nothing."""
    marks: dict[str, object] = {"numbers": numbers, "theme": fingerprint.of_value(ready.theme)}
    kept = ready.snapshot or _taken(ready)
    if kept is None:
        return (Changes("marks", marks, ("beside", "site", "last")),)
    manifest = fingerprint.of_value(left.manifest)
    last = Last(ready.sight.inputs, manifest, kept.since, kept.until, left.told)
    if ready.made is None:
        return (Changes("marks", {**marks, "last": last}),)
    marks |= {"beside": ready.basis.beside, "site": kept, "last": last}
    known = ready.made.known or store.all("profiles", Profile)
    return Changes("marks", marks), _difference("profiles", ready.made.profiles, known)


def _taken(ready: Prepared) -> Snapshot | None:
    if ready.made is None or any(item.level == "error" for item in ready.problems):
        return None
    steps = ready.planned or ready.steps
    found = snapshot.Findings(steps, ready.problems, ready.spared, ready.shelves)
    return snapshot.take(ready.basis, ready.made, found)


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
