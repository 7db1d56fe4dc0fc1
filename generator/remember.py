"""What the cache has to learn and to forget, once a build is done."""

import time
from collections.abc import Collection, Iterable, Mapping

from generator import fingerprint, snapshot
from generator.assembly import Assembled, Profile
from generator.compare import State
from generator.differences import changes_of_files, difference, gone_from
from generator.memory import Memory, key_of
from generator.model import Answered, Model, Step, Trace
from generator.prepare import Prepared
from generator.reads import Query
from generator.render import Rendered, seen_after, traces_of
from generator.result import Last, Told
from generator.snapshot import Snapshot
from generator.store import Changes, Store

# So many rows that nobody uses may be kept, or one for so many that are used, if that is more.
_SPARE, _SPARE_ONE_IN = 16, 50


class Left(Model, frozen=True):
    """What a build leaves: what was told of the site, and the manifest of its folder."""

    told: Told
    manifest: str


def changes(
    ready: Prepared, rendered: Rendered, state: State, left: Left, store: Store
) -> tuple[Changes, ...]:
    """What the cache has to learn and to forget after a build."""
    memory, library = state.memory, ready.site.library
    traces, answers, numbers = traces_of(rendered, memory, state.moved, state.desk.known)
    # To read all answers takes time; what is not needed any more does no harm.
    tidy = memory.has_all_answers() or memory.may_be_littered(len(rendered.wanted))
    after = seen_after(rendered, state.found, time.time_ns())
    gone = gone_from(state.found.before, rendered.wanted)
    broken = {*ready.kept, *ready.left_out}
    good = {path: state.good[path] for path in broken if path in state.good}
    used = {*library.keys.values(), *good.values()}
    return (
        Changes("facts", {}, _unused(store, "facts", used)),
        Changes("faces", {}, ready.gone),
        Changes("bodies", {}, _unused(store, "bodies", used | library.file_keys)),
        difference("good", good, state.good),
        *changes_of_files(ready.sight, state.found, after),
        Changes("bundles", {}, gone_from(store.keys("bundles"), ready.bundles)),
        _closures(ready, state),
        *_site(ready, left, numbers, store),
        Changes("marks", {"tidied": numbers} if tidy else {}),
        Changes("traces", traces, gone),
        Changes(
            "reads",
            {key_of(query): one for query, one in answers.items()},
            _forgotten(memory, traces, answers, gone) if tidy else (),
        ),
    )


def _unused(store: Store, table: str, used: Collection[str]) -> tuple[str, ...]:
    """The keys of a table that nobody uses any more, once they are many: to tell which these are
    takes a walk over all of them, and a few do no harm."""
    spare = max(_SPARE, len(used) // _SPARE_ONE_IN)
    return gone_from(store.keys(table), used) if store.count(table) > len(used) + spare else ()


def _closures(ready: Prepared, state: State) -> Changes:
    """What templates refer to; nobody asks after all of them when the site is as it was."""
    known = state.desk.known.closures
    kept = {**state.closures, **known} if ready.before else known
    return difference("closures", kept, state.closures)


def _site(ready: Prepared, left: Left, numbers: int, store: Store) -> tuple[Changes, ...]:
    """What is remembered of the site as a whole; of one that is not sound, next to nothing."""
    theme = fingerprint.of_value(ready.theme)
    marks: dict[str, object] = {"numbers": numbers, "theme": theme, "verdict": ready.verdict}
    kept = ready.snapshot or _taken(ready)
    if kept is None:
        return (Changes("marks", marks, ("beside", "last")), Changes("apart", {}, ("site",)))
    manifest = fingerprint.of_value(left.manifest)
    last = Last(ready.sight.inputs, manifest, kept.since, kept.until, left.told)
    if ready.made is None:
        return (Changes("marks", {**marks, "last": last}),)
    marks |= {"beside": ready.basis.beside, "last": last}
    made = ready.made
    known, asked = _known(made, store)
    profiles = difference("profiles", made.profiles, known)
    others = (known[id_] for id_ in (*profiles.puts, *profiles.drops) if id_ in known)
    shown = {one.key for profile in others for one in profile.shown}
    return (
        Changes("marks", marks),
        Changes("apart", {"site": kept}),
        profiles,
        difference("steps", made.asked, asked),
        Changes("cards", made.cards, tuple(shown - set(made.bones.editions))),
    )


def _known(
    made: Assembled, store: Store
) -> tuple[Mapping[str, Profile], Mapping[str, tuple[Step, ...]]]:
    """The profiles in the cache of who has another now, or might, and the steps of all."""
    if made.before.roster.ids:
        return made.old, made.before.steps
    return store.all("profiles", Profile), store.all("steps", tuple[Step, ...])


def _taken(ready: Prepared) -> Snapshot | None:
    if ready.made is None or any(item.level == "error" for item in ready.problems):
        return None
    steps = ready.planned or ready.steps
    found = snapshot.Findings(steps, ready.problems, ready.spared, ready.shelves)
    return snapshot.take(ready.basis, ready.made, found)


def _forgotten(
    memory: Memory,
    traces: Mapping[str, Trace],
    answers: Mapping[Query, Answered],
    gone: Iterable[str],
) -> tuple[str, ...]:
    """The reads that no trace needs any more."""
    current = {**memory.traces(), **traces}
    for path in gone:
        current.pop(path, None)
    used = {number for trace in current.values() for number in trace.reads}
    return tuple(
        key_of(query)
        for query, one in memory.answers.items()
        if one.number not in used and query not in answers
    )
