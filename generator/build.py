"""One build: what there is to make is made, and where nothing moved nothing is loaded for it."""

import time
from collections.abc import Callable

import msgspec

from generator import write
from generator.cluster import executor_at
from generator.differences import changes_of_files
from generator.pool import Crew, default_count
from generator.result import Result, Told, still_told
from generator.sight import Sight, have_output_looked_at, look
from generator.store import Store
from generator.survey import Survey
from generator.work import Early, Options, Project, Reporter, Silent, Work, settings, with_store


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
    write.check_place(project.root / config.output, project.root, project.cache)
    count = options.workers or default_count()
    with executor_at(options.executor) as others, Crew(count, others) as crew:
        work = Work(project, config, options, reporter or Silent(), crew, early)
        result = with_store(project, lambda store: _build(work, store))
    return msgspec.structs.replace(result, seconds=time.monotonic() - started)


def _build(work: Work, store: Store) -> Result:
    """Look at what is there, and make what is not as it has to be."""
    write.clear_stage(work.output)
    found, sight = have_output_looked_at(work, store), look(work, store)
    told = still_told(work, sight, found, store)
    try:
        return _as_it_was(sight, found(), told, store) if told else _made(work, sight, found, store)
    finally:
        write.clear_stage(work.output)
        write.clear_worlds(work.project.cache_folder)


def _made(work: Work, sight: Sight, found: Callable[[], Survey], store: Store) -> Result:
    # While the output is looked at there is time to load this, and where nothing moved no need.
    from generator.pipeline import make_site

    return make_site(work, sight, found, store)


def _as_it_was(sight: Sight, found: Survey, told: Told, store: Store) -> Result:
    """What there is to tell where nothing moved; what was read now need not be read again."""
    store.commit(changes_of_files(sight, found, found.files))
    outputs = {path: one.fingerprint for path, one in found.files.items()}
    return Result(**msgspec.structs.asdict(told), outputs=outputs)
