"""One build, told in one page: the only way in which a site is made."""

import time
from datetime import datetime
from pathlib import Path

import msgspec

from generator import write
from generator.addressbook import entry_pages, ledger_after
from generator.assembly import Site, Withheld
from generator.cluster import executor_at
from generator.compare import State, changes, compare, with_steps
from generator.entries import Loaded
from generator.making import clear_worlds, make_steps
from generator.model import Model, Step
from generator.pictures import encode_pictures, forget_pictures
from generator.pool import Crew, default_count
from generator.prepare import Prepared, prepare
from generator.problems import Problem
from generator.render import Rendered, outputs_of, render
from generator.searching import forget_bundles, is_of_search, with_search
from generator.snapshot import holds_until, read_whole
from generator.store import Store
from generator.work import Early, Options, Project, Reporter, Silent, Work, settings, with_store


class Result(Model, frozen=True):
    """What a build did: outputs by path, what stayed out and why, warnings, seconds.

    `outputs` are all files that are there now, with their fingerprints.
    `until` is the next moment at which the site changes by itself; None: never.
    `indexed` is how many records the index for search was made anew of.
    """

    site: Site
    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    rendered: int
    indexed: int
    problems: tuple[Problem, ...]
    withheld: tuple[Withheld, ...]
    kept: tuple[str, ...]
    left_out: tuple[str, ...]
    output: str
    seconds: float
    entries: frozenset[str] = frozenset()
    ledger: str = ""
    outputs: dict[str, str] = {}
    until: datetime | None = None


def build(
    project: Project,
    options: Options,
    reporter: Reporter | None = None,
    early: Early | None = None,
) -> Result:
    """Bring the output up to date, or raise a PleinError with every Problem and change nothing.

    For who waits `early` the pages change before the index for search is made.
    """
    started = time.monotonic()
    config = settings(project, options)
    output = project.root / config.output
    write.check_place(output, project.root, project.cache)
    count = options.workers or default_count()
    with executor_at(options.executor) as others, Crew(count, others) as crew:
        work = Work(project, config, options, reporter or Silent(), crew, early)
        ready, rendered, removed, ledger = with_store(project, lambda store: _build(work, store))
    return Result(
        site=ready.site,
        written=tuple(one.path for one in rendered.staged),
        removed=removed,
        unchanged=len(rendered.wanted) - len(rendered.staged),
        rendered=len(rendered.made),
        indexed=ready.indexed,
        problems=(*ready.problems, *ready.remarks),
        withheld=ready.site.withheld,
        kept=ready.kept,
        left_out=ready.left_out,
        output=config.output,
        seconds=time.monotonic() - started,
        entries=entry_pages(ready.steps),
        ledger=ledger,
        outputs=rendered.wanted,
        until=holds_until(ready.site, ready.snapshot, ready.world.now),
    )


def _build(work: Work, store: Store) -> tuple[Prepared, Rendered, tuple[str, ...], str]:
    output = work.project.root / work.config.output
    ready = prepare(work, store)
    state = compare(work, ready, store)
    alone = msgspec.structs.replace(work, crew=Crew(1))
    try:
        pages = tuple(step for step in ready.steps if not is_of_search(step))
        rendered = _rendered(pages, Rendered({}, (), {}), ready, state, work)
        shown = _show(rendered, ready, state, work)
        ready = with_search(work, ready, store)
        index = tuple(step for step in ready.steps if is_of_search(step))
        state = with_steps(state, index)
        rendered = _rendered(index, rendered, ready, state, alone)
        rest = tuple(one for one in rendered.staged if one.path not in shown)
        _, removed = write.put(output, state.found, rest, rendered.wanted)
    finally:
        write.clear_stage(output)
        clear_worlds(work.project.cache_folder)
    forget_pictures(ready.site.library, work)
    forget_bundles(ready, work)
    store.commit(changes(ready, rendered, state, store))
    if work.options.whole:
        read_whole(ready.site)
    return ready, rendered, removed, _ledger(work, ready, store)


def _rendered(
    steps: tuple[Step, ...], before: Rendered, ready: Prepared, state: State, work: Work
) -> Rendered:
    """What was rendered before, with what of these steps is not current."""
    todo = tuple(step for step in steps if step.path in state.stale)
    traces = state.memory.traces
    current = (one.path for one in steps if one.path not in state.stale)
    kept = {file: print_ for path in current for file, print_ in outputs_of(path, traces[path])}
    known = msgspec.structs.replace(before, wanted={**before.wanted, **kept})
    encode_pictures(todo, work)
    folder = work.project.cache_folder
    if todo:
        write.open_stage(Path(state.found.root))
    batches = make_steps(todo, state.desk, ready.world, folder, work.crew, state.found)
    return render(todo, known, batches, work.stage("pages"))


def _show(rendered: Rendered, ready: Prepared, state: State, work: Work) -> frozenset[str]:
    """Put the pages in place for who waits for them; which those are."""
    if work.early is None:
        return frozenset()
    shown = write.put_early(Path(state.found.root), state.found, rendered.staged, rendered.wanted)
    if shown:
        work.early(ready.problems)
    return frozenset(shown)


def _ledger(work: Work, ready: Prepared, store: Store) -> str:
    """How the list of addresses reads once this is published, if that was asked."""
    if not work.options.ledger:
        return ""
    facts, site = store.all("facts", Loaded), ready.site
    return ledger_after(ready.steps, site.library.keys, facts, site.fates)
