"""The one line through everything, told in one page: the only way in which a site is made."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec

from generator import write
from generator.addressbook import entry_pages, ledger_after
from generator.compare import State, compare, with_steps
from generator.entries import Loaded
from generator.making import PAGES_PER_VALUE, Past, make_steps
from generator.model import Step
from generator.pictures import encode_pictures, forget_pictures
from generator.pool import Crew
from generator.prepare import Prepared, prepare_from, world_of
from generator.remember import Left, changes
from generator.render import Rendered, outputs_of, render
from generator.result import Addresses, Result, Told, is_as_left
from generator.searching import divided, forget_bundles, with_search
from generator.sight import Sight
from generator.store import Store
from generator.survey import Survey
from generator.work import Work

# What the last build of a process held: to take it apart takes longer than to leave it.
_HELD: list[object] = []


def make_site(work: Work, sight: Sight, found: Callable[[], Survey], store: Store) -> Result:
    """From the sources to their outputs in place, and what the next build has to remember."""
    if sight.has_another_theme():
        # About so many pages; how many there are is still being looked at.
        work.crew.expect(len(sight.sources) // PAGES_PER_VALUE)
    ready = prepare_from(sight, work, store)
    state = compare(work, ready, found(), store)
    pages, _ = divided(ready.steps)
    rendered = _rendered(pages, Rendered(), ready, state, work, store)
    work.crew.send_home()
    shown = _show(rendered, ready, state, work)
    ready = with_search(work, ready, store)
    _, index = divided(ready.steps)
    state = with_steps(state, index)
    alone = msgspec.structs.replace(work, crew=Crew(1))
    rendered = _rendered(index, rendered, ready, state, alone, store)
    rest = tuple(one for one in rendered.staged if one.path not in shown)
    as_left = is_as_left(found(), store)
    put = write.put(Path(found().root), found(), rest, rendered.wanted, as_left)
    forget_pictures(ready.site.library, work)
    forget_bundles(ready, work)
    told = _told(ready)
    # Of what was made while somebody wrote nothing is remembered: the next build compares it anew.
    if not ready.late and sight.is_still_so(work.project.root):
        store.commit(changes(ready, rendered, state, Left(told, put.manifest), store))
    if work.options.last:
        _HELD[:] = (sight, ready, state, rendered, told)
    if work.options.whole:
        ready.site.read_whole()
    return _result(work, ready, rendered, put.removed, told, store)


def _told(ready: Prepared) -> Told:
    site = ready.site
    return Told(
        published=Counter(path.split("/")[1] for path in site.directory.included),
        problems=(*ready.problems, *ready.remarks),
        withheld=site.withheld,
        output=ready.config.output,
        withdrawn=site.fates.withdrawn,
        until=ready.until,
    )


def _result(
    work: Work,
    ready: Prepared,
    rendered: Rendered,
    removed: tuple[str, ...],
    told: Told,
    store: Store,
) -> Result:
    return Result(
        **msgspec.structs.asdict(told),
        outputs=rendered.wanted,
        written=tuple(one.path for one in rendered.staged),
        removed=removed,
        rendered=len(rendered.made),
        indexed=ready.indexed,
        kept=ready.kept,
        left_out=ready.left_out,
        addresses=_addresses(ready, store) if work.options.addresses else None,
        site=ready.site if work.options.whole else None,
    )


def _rendered(
    steps: tuple[Step, ...],
    before: Rendered,
    ready: Prepared,
    state: State,
    work: Work,
    store: Store,
) -> Rendered:
    """What was rendered before, with what of these steps is not current."""
    todo = tuple(step for step in steps if step.path in state.stale)
    current = (step for step in steps if step.path not in state.stale)
    kept = outputs_of(current, state.found)
    known = msgspec.structs.replace(before, wanted={**before.wanted, **kept})
    encode_pictures(todo, work)
    folder = work.project.cache_folder
    if todo:
        write.open_stage(Path(state.found.root))
    world = partial(world_of, ready, store)
    past = Past(state.found, state.memory)
    batches = make_steps(todo, state.desk, world, folder, work.crew, past)
    return render(todo, known, batches, work.stage("pages"))


def _show(rendered: Rendered, ready: Prepared, state: State, work: Work) -> frozenset[str]:
    """Put the pages in place for who waits for them; which those are."""
    if work.early is None:
        return frozenset()
    shown = write.put_early(Path(state.found.root), state.found, rendered.staged, rendered.wanted)
    if shown:
        work.early(ready.problems)
    return frozenset(shown)


def _addresses(ready: Prepared, store: Store) -> Addresses:
    facts, site = store.all("facts", Loaded), ready.site
    ledger = ledger_after(ready.steps, site.library.keys, facts, site.fates)
    return Addresses(ledger, entry_pages(ready.steps))
