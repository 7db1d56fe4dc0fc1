"""Make steps, here or by workers elsewhere: the same function on the same values either way."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from generator import fingerprint, packing, pool, templates
from generator.answers import Known
from generator.assembly.site import site_of
from generator.assembly.skeleton import Skeleton
from generator.config import Config
from generator.entries import Loaded
from generator.lazily import Lazily
from generator.load import Library
from generator.memory import Memory
from generator.model import Model, Read, Step
from generator.outputs.bench import Bench, Shared
from generator.outputs.makers import documents_for, make
from generator.pool import Crew
from generator.problems import BuildFailed, Problem, disk_errors
from generator.reads import Query, Recorder
from generator.scan import hash_file
from generator.survey import Survey
from generator.theme import Theme
from generator.write import WORLD, Aside, Staged, stage

if TYPE_CHECKING:
    from concurrent.futures import Executor

_PER_PARCEL = 48
# Workers must first learn the whole site, so fewer pages than this are made here.
PAGES_PER_VALUE = 4
# So many entries does a worker hold at once: most of what it is asked is about the next few.
_HELD = 128


class Output(Model, frozen=True):
    """One file: where it goes, its fingerprint, and its bytes (or a file to copy).

    `content` is None where it was put aside, or is in its place already.
    """

    path: str
    fingerprint: str
    content: bytes | Path | None


class Made(Model, frozen=True):
    """What came of one step: its file, then the compressed forms of it; and what was asked.

    `asked` is the fingerprint of that, and `reads` is None where it is the same as
    last time, else the places of it in what its batch asked. `staged` are the files
    that wait aside.
    """

    step: Step
    outputs: tuple[Output, ...]
    asked: str
    reads: tuple[int, ...] | None
    staged: tuple[Staged, ...] = ()


class World(Model, frozen=True):
    """All that every answer follows from, except the documents.

    The library only has the files that are no entries: `facts` are what the
    others gave, as they are kept, by path; `cards` are those of all editions.
    """

    library: Library
    facts: dict[str, msgspec.Raw]
    bones: Skeleton
    cards: dict[str, msgspec.Raw]
    config: Config
    theme: Theme


class Desk(Model, frozen=True):
    """Where steps are made: whom to ask, the templates, and the folder with the sources."""

    known: Known
    env: templates.Environment
    root: str
    shared: dict[str, dict[tuple[object, ...], Shared]] = {}


class Past(Model, frozen=True):
    """What is known from the last build: the output folder as it is, and what was asked."""

    found: Survey
    memory: Memory


class Own(Model, frozen=True):
    """The past of some steps: where their outputs may wait, and what each asked, by path."""

    aside: Aside
    asked: dict[str, str]


class Parcel(Model, frozen=True):
    """Some steps as a value that a worker can make: the world (in a file) and their documents."""

    world: str
    steps: tuple[Step, ...]
    bodies: Mapping[str, bytes]
    root: str
    own: Own | None


class Batch(Model, frozen=True):
    """What came of some steps: outputs, and the problems of those that failed.

    `reads` is all that they asked anew, once and encoded: a thousand values cross from one
    process to another sooner as one.
    """

    made: tuple[Made, ...]
    problems: tuple[Problem, ...]
    reads: bytes

    def read_back(self) -> tuple[Read, ...]:
        """What was asked, with the answers' fingerprints."""
        return fingerprint.decode(self.reads, tuple[Read, ...])


def desk_for(known: Known, root: Path) -> Desk:
    """A desk at which a site's steps are made."""
    return Desk(known, templates.environment(known.theme), str(root))


def make_steps(
    steps: Sequence[Step],
    desk: Desk,
    world: Callable[[], World],
    folder: Path,
    crew: Crew,
    past: Past | None = None,
) -> Iterator[Batch]:
    """Make the steps here, or by the crew when there are many; `folder` is where they may meet.

    Where the past is known, what differs from what is in the output folder is put aside in
    it, and what a step asked is only told where it asked something else than last time.
    """
    executor = crew.for_values(len(steps) // PAGES_PER_VALUE)
    if executor is None:
        return make_all(steps, desk, past)
    return make_by_workers(steps, desk, world, folder.absolute(), executor, past)


def make_all(steps: Iterable[Step], desk: Desk, past: Past | None = None) -> Iterator[Batch]:
    """Make the steps in this process, some at a time."""
    for some in _parts(steps):
        yield _make_some(some, desk, _of_these(some, past))


def make_by_workers(
    steps: Iterable[Step],
    desk: Desk,
    world: Callable[[], World],
    folder: Path,
    executor: "Executor",
    past: Past | None,
) -> Iterator[Batch]:
    """Make the steps by workers, which find the world in a file in `folder`.

    The file is named by what is in it: a worker that lives longer than a
    build never takes an old world for the new one.
    """
    # The world itself is held no longer than it takes to write it.
    file = _write_world(world(), folder)
    parcels = (_parcel(some, desk, file, _of_these(some, past)) for some in _parts(steps))
    yield from pool.run(make_parcel, parcels, executor, each=1)


def _write_world(world: World, folder: Path) -> Path:
    data = fingerprint.encode(world)
    file = folder / f"{WORLD}{fingerprint.of_bytes(data)}"
    with disk_errors(file):
        file.write_bytes(data)
    return file


def _parts(steps: Iterable[Step]) -> Iterator[tuple[Step, ...]]:
    rest = iter(steps)
    while some := tuple(islice(rest, _PER_PARCEL)):
        yield some


def _of_these(steps: Sequence[Step], past: Past | None) -> Own | None:
    """What is known of some steps: what is in the output folder already, and what they asked."""
    if past is None:
        return None
    found = past.found
    paths = (step.path + ending for step in steps for ending in ("", *step.packed))
    held = {path: found.print_of(path) for path in paths if path in found.files}
    traces = past.memory.traces_of(step.path for step in steps)
    asked = {path: trace.asked for path, trace in traces.items()}
    return Own(Aside(str(Path(found.root).absolute()), held), asked)


def _parcel(steps: tuple[Step, ...], desk: Desk, file: Path, own: Own | None) -> Parcel:
    site = desk.known.site
    keys = {key for step in steps for key in documents_for(step, desk.known)}
    bodies = desk.known.fetch(sorted({site.documents[key] for key in keys}))
    return Parcel(str(file), steps, bodies, desk.root, own)


def make_parcel(parcel: Parcel) -> Batch:
    """Make some steps from nothing but values (and the pictures in the sources)."""
    desk, shelf = _desk_of_worker(parcel.world, parcel.root)
    shelf.clear()
    shelf.update(parcel.bodies)
    return _make_some(parcel.steps, desk, parcel.own)


@lru_cache(maxsize=1)
def _desk_of_worker(file: str, root: str) -> tuple[Desk, dict[str, bytes]]:
    """The same site again, from its skeleton; its documents come with each parcel."""
    world = fingerprint.decode(Path(file).read_bytes(), World)
    facts = Lazily(world.facts, lambda path: fingerprint.decode(world.facts[path], Loaded), _HELD)
    library = msgspec.structs.replace(world.library, loaded=facts)
    card = partial(_card_in, world)
    site = site_of(world.bones, library, world.config, card, _HELD)
    shelf: dict[str, bytes] = {}
    known = Known(site, world.theme, lambda keys: {key: shelf[key] for key in keys})
    return desk_for(known, Path(root)), shelf


def _card_in(world: World, key: str) -> bytes:
    return fingerprint.decode(world.cards[key], bytes)


def _make_some(steps: Iterable[Step], desk: Desk, own: Own | None) -> Batch:
    made: list[Made] = []
    problems: list[Problem] = []
    places: dict[Query, int] = {}
    known = desk.known
    tools = (known.theme, desk.env, known.site.config, Path(desk.root), desk.shared)
    for step in steps:
        recorder = Recorder(known)
        try:
            content = make(step, Bench(recorder, *tools))
        except BuildFailed as failed:
            problems += failed.problems
            continue
        asked = recorder.print_of_asked()
        is_as_before = own is not None and own.asked.get(step.path) == asked
        own_reads = None if is_as_before else recorder.places_in(places)
        one = Made(step, _outputs(step, content), asked, own_reads)
        made.append(_put_aside(one, own.aside) if own else one)
    reads = tuple(Read(query, known.fingerprint(query)) for query in places)
    return Batch(tuple(made), tuple(problems), fingerprint.encode(reads))


def _outputs(step: Step, content: bytes | Path) -> tuple[Output, ...]:
    """The file of a step, and its compressed forms."""
    print_ = hash_file(content) if isinstance(content, Path) else fingerprint.of_bytes(content)
    packed = packing.pack(content, step.packed) if step.packed else {}
    more = (
        Output(step.path + ending, fingerprint.of_bytes(data), data)
        for ending, data in packed.items()
    )
    return Output(step.path, print_, content), *more


def _put_aside(made: Made, aside: Aside) -> Made:
    """The same without the bytes: what is other than in its place now waits beside it."""
    staged = tuple(
        stage(aside.root, one.path, one.content, one.path in aside.held)
        for one in made.outputs
        if one.content is not None and aside.held.get(one.path) != one.fingerprint
    )
    light = tuple(msgspec.structs.replace(one, content=None) for one in made.outputs)
    return msgspec.structs.replace(made, outputs=light, staged=staged)
