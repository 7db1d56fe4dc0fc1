"""Make steps, here or by workers elsewhere: the same function on the same values either way."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor
from datetime import datetime
from functools import lru_cache
from itertools import islice
from pathlib import Path

import msgspec

from generator import fingerprint, packing, pool, templates
from generator.answers import Known
from generator.assembly import Audience, assemble
from generator.config import Config
from generator.load import Library
from generator.model import Document, Model, Read, Step
from generator.outputs.bench import Bench, Partial
from generator.outputs.makers import documents_for, make
from generator.pool import Crew
from generator.problems import BuildFailed, Problem
from generator.reads import Recorder
from generator.scan import hash_file
from generator.theme import Theme
from generator.write import disk_errors

_PER_PARCEL = 48
# Workers must first learn the whole site, so fewer pages than this are made here.
_PAGES_PER_VALUE = 4
_WORLD = "world-"


class Made(Model, frozen=True):
    """One step's output: bytes or a file to copy, its fingerprint, and what was asked for it.

    `packed` are its compressed forms by their ending.
    """

    step: Step
    content: bytes | Path
    fingerprint: str
    reads: tuple[Read, ...]
    packed: dict[str, bytes] = {}


class World(Model, frozen=True):
    """All that every answer follows from, except the documents."""

    library: Library
    config: Config
    now: datetime
    audience: Audience
    theme: Theme


class Desk(Model, frozen=True):
    """Where steps are made: whom to ask, the templates, and the folder with the sources."""

    known: Known
    env: templates.Environment
    root: str
    partials: dict[tuple[object, ...], Partial] = {}


class Parcel(Model, frozen=True):
    """Some steps as a value that a worker can make: the world (in a file) and their documents."""

    world: str
    steps: tuple[Step, ...]
    bodies: dict[str, bytes]
    root: str


class Batch(Model, frozen=True):
    """What came of some steps: outputs, and the problems of those that failed."""

    made: tuple[Made, ...]
    problems: tuple[Problem, ...]


def desk_for(known: Known, root: Path) -> Desk:
    """A desk at which a site's steps are made."""
    return Desk(known, templates.environment(known.theme), str(root))


def make_steps(
    steps: Sequence[Step], desk: Desk, world: World, folder: Path, crew: Crew
) -> Iterator[Batch]:
    """Make the steps here, or by the crew when there are many; `folder` is where they may meet."""
    executor = crew.for_values(len(steps) // _PAGES_PER_VALUE)
    if executor is None:
        return make_all(steps, desk)
    return make_by_workers(steps, desk, world, folder.absolute(), executor)


def make_all(steps: Iterable[Step], desk: Desk) -> Iterator[Batch]:
    """Make the steps in this process, some at a time."""
    rest = iter(steps)
    while some := tuple(islice(rest, _PER_PARCEL)):
        yield _make_some(some, desk)


def make_by_workers(
    steps: Iterable[Step], desk: Desk, world: World, folder: Path, executor: Executor
) -> Iterator[Batch]:
    """Make the steps by workers, which find the world in a file in `folder`.

    The file is named by what is in it: a worker that lives longer than a
    build never takes an old world for the new one.
    """
    library = msgspec.structs.replace(world.library, loaded=dict(world.library.loaded))
    data = fingerprint.encode(msgspec.structs.replace(world, library=library))
    file = folder / f"{_WORLD}{fingerprint.of_bytes(data)}"
    with disk_errors(file):
        file.write_bytes(data)
    yield from pool.run(make_parcel, _parcels(steps, desk, file), executor, each=1)


def clear_worlds(folder: Path) -> None:
    """Take away the worlds of this build, and of one that was killed."""
    for file in folder.glob(f"{_WORLD}*"):
        file.unlink(missing_ok=True)


def _parcels(steps: Iterable[Step], desk: Desk, file: Path) -> Iterator[Parcel]:
    rest, site = iter(steps), desk.known.site
    while some := tuple(islice(rest, _PER_PARCEL)):
        keys = {key for step in some for key in documents_for(step, desk.known)}
        documents = {site.editions[key].entry.document for key in keys}
        bodies = {one: fingerprint.encode(desk.known.body_of(one)) for one in sorted(documents)}
        yield Parcel(str(file), some, bodies, desk.root)


def make_parcel(parcel: Parcel) -> Batch:
    """Make some steps from nothing but values (and the pictures in the sources)."""
    desk, shelf = _desk_of_worker(parcel.world, parcel.root)
    shelf.clear()
    shelf.update(parcel.bodies)
    return _make_some(parcel.steps, desk)


@lru_cache(maxsize=1)
def _desk_of_worker(file: str, root: str) -> tuple[Desk, dict[str, bytes]]:
    """The same site again, from the same values; its documents come with each parcel."""
    world = fingerprint.decode(Path(file).read_bytes(), World)
    site, _ = assemble(world.library, world.config, world.now, world.audience)
    shelf: dict[str, bytes] = {}
    known = Known(site, world.theme, lambda key: fingerprint.decode(shelf[key], Document))
    return desk_for(known, Path(root)), shelf


def _make_some(steps: Iterable[Step], desk: Desk) -> Batch:
    made: list[Made] = []
    problems: list[Problem] = []
    known = desk.known
    for step in steps:
        recorder = Recorder(known)
        tools = (known.theme, desk.env, known.site.config, Path(desk.root), desk.partials)
        bench = Bench(recorder, *tools)
        try:
            content = make(step, bench)
        except BuildFailed as failed:
            problems += failed.problems
            continue
        print_ = hash_file(content) if isinstance(content, Path) else fingerprint.of_bytes(content)
        packed = packing.pack(content, step.packed) if step.packed else {}
        made.append(Made(step, content, print_, tuple(recorder.reads()), packed))
    return Batch(tuple(made), tuple(problems))
