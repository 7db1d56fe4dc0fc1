"""What is remembered beside what is now: which steps are not current."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain

import msgspec

from generator import fingerprint, snapshot
from generator.answers import Known
from generator.doubt import Doubt, doubt_between
from generator.making import Desk, desk_for
from generator.memory import Memory
from generator.model import Answered, Model, Step
from generator.prepare import Prepared
from generator.reads import Query
from generator.render import Reason, moved_among, perhaps_stale, reasons
from generator.snapshot import Snapshot
from generator.store import Damaged, Store
from generator.survey import Survey
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


def compare(work: Work, ready: Prepared, found: Survey, store: Store) -> State:
    """What is remembered beside what is on disk, and so which steps are not current."""
    root, memory = work.project.root, Memory(store)
    closures = store.all("closures", Closure)
    known = Known(ready.site, ready.theme, partial(_documents, store), closures)
    good = store.all("good", str)
    answers = _doubtful(ready, memory, good)
    moved = moved_among(answers, known)
    steps, before = ready.steps, _steps_before(ready)
    if before and found.is_as_remembered():
        asking = memory.traces_beside(answers[query] for query in moved.values())
        steps = perhaps_stale(steps, asking, moved, found, before)
    stale = reasons(steps, memory, moved, found, before)
    return State(memory, found, desk_for(known, root.absolute()), moved, stale, good, closures)


def _steps_before(ready: Prepared) -> dict[str, Step]:
    """The steps of the last build by path, where their makers are still the same."""
    if ready.before is None:
        return {}
    if ready.made is None:
        return {step.path: step for step in ready.planned or ready.steps}
    return ready.before.steps_with(chain.from_iterable(ready.made.before.steps.values()))


def with_steps(state: State, steps: Iterable[Step]) -> State:
    """The same once there are more steps, or others at their paths, which are compared too."""
    by_path = {step.path: step for step in steps}
    rest = {path: one for path, one in state.stale.items() if path not in by_path}
    more = reasons(tuple(by_path.values()), state.memory, state.moved, state.found, {})
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
    site = ready.site
    edited = (path for path, key in good.items() if site.library.keys.get(path) != key)
    for key in snapshot.with_documents(site.directory.ids, edited, ready.config.languages):
        yield "edition", key


def _doubt(ready: Prepared, before: Snapshot) -> Doubt | None:
    """What is in doubt where the site was put together anew."""
    if ready.made is None:
        return None
    files = ready.basis.files != before.basis.files or _knows_others(ready, before)
    made = ready.made
    return doubt_between(made.before.bones, made.bones, made.fresh, files, ready.config.languages)


def _knows_others(ready: Prepared, before: Snapshot) -> bool:
    """Whether there are facts of other files: some are used for the first time, or no more."""
    now, then = ready.site.library, before.files
    return (
        now.images.keys() != then.images.keys()
        or now.movies.keys() != then.movies.keys()
        or now.captions.keys() != then.captions.keys()
    )


def _documents(store: Store, keys: Sequence[str]) -> dict[str, bytes]:
    found = store.bytes_of("bodies", keys)
    if len(found) < len(keys):
        raise Damaged
    return found
