"""Every entry file of the site: converted, in parallel, where it has changed, else remembered."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import compress, filterfalse, islice
from operator import attrgetter
from pathlib import Path

import msgspec

from generator import entries, fingerprint, pool
from generator.comments.talk import Talk
from generator.config import Config
from generator.entries import Loaded, LoadSettings
from generator.ledger import Line
from generator.markup import MarkupSettings
from generator.model import Model, Source
from generator.paths import CONTENT
from generator.pool import Crew
from generator.store import Changes, Store
from generator.uses import files_of, pictures_of
from generator.vlogs.renditions import Rendition

_BATCH = 400
# The faces of files stand on shelves, which are written whole: so only after many files.
_LUMP = 2000


class Task(Model, frozen=True):
    """One conversion, as a value that another process can do."""

    path: str
    file: str
    settings: LoadSettings
    salt: str


class Face(Model, frozen=True, array_like=True):
    """What the rest of the site can see of a file, without looking into what it gave.

    `print` is the fingerprint of everything but its text (of which the first
    words may stand in lists) and where in it its links stand; `pictures` and
    `files` are those that it uses, as project paths. It is not `sound` if
    something is wrong in it. What the file gave is kept under `key`, which
    follows from the `source` with these bytes and the `salt` of how it was read.
    """

    print: str
    source: str = ""
    salt: str = ""
    key: str = ""
    sound: bool = True
    pictures: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


# The encoded entry and document of a file, and its face.
Converted = tuple[bytes, bytes, Face]


class Reading(Model, frozen=True):
    """What the files are, all of them read: the key and the face of each entry file by path.

    `gone` are those that there were before. `ledger` are all addresses that were
    ever published, `talk` is what is known of conversations, `renditions` are the
    films that were made fit for the web by the fingerprint of what they were made
    from. `late` tells that a file was written after it was looked at and before it was read.
    """

    sources: dict[str, Source]
    keys: dict[str, str]
    faces: dict[str, Face]
    gone: tuple[str, ...] = ()
    ledger: tuple[Line, ...] = ()
    talk: Talk = Talk()
    renditions: dict[str, Rendition] = {}
    late: bool = False


Learn = Callable[[Mapping[str, bytes], Mapping[str, Face]], None]


class Follower(Model, frozen=True):
    """Who follows the reading: `progress` is told how far it is, and `learn` by path what files
    gave, encoded, and their faces, where workers convert many and this process has time."""

    progress: Callable[[int, int], None]
    learn: Learn


def read(
    sources: Iterable[Source],
    config: Config,
    root: Path,
    store: Store,
    crew: Crew,
    follower: Follower,
) -> Reading:
    """Every entry file among the sources, converted where it has changed.

    What they give goes into the store in batches as it is made: it is pure in
    its key, so it does no harm when the build fails later.
    """
    by_path = {source.path: source for source in sources if source.path.startswith(CONTENT)}
    settings, known = settings_of(config), store.all("faces", Face)
    salt = fingerprint.of_value((settings, *_code()))
    kept = _still_true(known, by_path, salt)
    fresh = filterfalse(kept.__contains__, by_path)
    paths = [path for path in fresh if entries.identify(path, config.languages)]
    folder = root.absolute()
    todo = [Task(path, str(folder / path), settings, salt) for path in paths]
    made = dict(_convert(todo, known, store, crew, follower))
    return _reading_of(by_path, kept, made, known)


def _still_true(
    known: Mapping[str, Face], sources: Mapping[str, Source], salt: str
) -> dict[str, Face]:
    """The faces of the files that have the same bytes, and would be read in the same way."""
    # Ten thousand files, and mostly it is all of them: the loops are those of C.
    faces = known.values()
    current = compress(known, map(salt.__eq__, map(attrgetter("salt"), faces)))
    read = dict(zip(known, map(attrgetter("source"), faces), strict=True))
    prints = dict(zip(sources, map(attrgetter("fingerprint"), sources.values()), strict=True))
    return {path: known[path] for path in current if read[path] == prints.get(path)}


def _reading_of(
    sources: dict[str, Source],
    kept: Mapping[str, Face],
    made: Mapping[str, Face],
    known: Mapping[str, Face],
) -> Reading:
    """What the files are, in their order: those that are `kept`, and those that were `made`."""
    every = {**kept, **made}
    paths = tuple(filter(every.__contains__, sources))
    faces = dict(zip(paths, map(every.__getitem__, paths), strict=True))
    keys = dict(zip(paths, map(attrgetter("key"), faces.values()), strict=True))
    late = any(face.source != sources[path].fingerprint for path, face in made.items())
    return Reading(sources, keys, faces, tuple(known.keys() - keys.keys()), late=late)


def settings_of(config: Config) -> LoadSettings:
    """The part of site.yaml that decides how one file is read."""
    markup = MarkupSettings(raw_html=config.raw_html, smart_quotes=config.smart_quotes)
    return LoadSettings(
        config.language, config.languages, config.timezone, config.post_max_kb * 1000, markup
    )


def document_key(path: str, print_: str, salt: str) -> str:
    """The name under which what a file gave is kept: it is pure in path, bytes and salt."""
    return fingerprint.of_parts((path, print_, salt))


def _code() -> tuple[str, ...]:
    codes = entries.CODE, entries.CODE_OF_MARKUP, ("reading", "uses", "media")
    return fingerprint.PYTHON, *(fingerprint.of_code(*one) for one in codes)


def _convert(
    todo: list[Task], known: Mapping[str, Face], store: Store, crew: Crew, follower: Follower
) -> Iterator[tuple[str, Face]]:
    """The face of each file that is converted, by its path."""
    executor, done = crew.for_values(len(todo)), 0
    made = pool.run(convert, todo, executor)
    results = zip((task.path for task in todo), made, strict=True)
    has_time = executor is not None and len(todo) >= pool.SERIAL_BELOW
    learn = follower.learn if has_time else _forget
    while done < len(todo):
        faces: dict[str, Face] = {}
        lump = islice(results, _LUMP)
        try:
            while batch := tuple(islice(lump, _BATCH)):
                faces |= _keep(batch, store, learn)
                follower.progress(done + len(faces), len(todo))
        finally:
            store.commit((Changes("faces", faces), _not_yet_good(faces, known, store)))
        done += len(faces)
        yield from faces.items()


def _not_yet_good(faces: Iterable[str], known: Mapping[str, Face], store: Store) -> Changes:
    """The versions before these, of which it is known already whether they are without errors."""
    good = store.all("good", str)
    fresh = (path for path in faces if path not in good)
    return Changes("good", {path: known[path].key if path in known else "" for path in fresh})


def _forget(_facts: Mapping[str, bytes], _faces: Mapping[str, Face]) -> None:
    """Who has no time learns nothing."""


def _keep(some: Sequence[tuple[str, Converted]], store: Store, learn: Learn) -> dict[str, Face]:
    """Keep what some files gave, and let it be known; their faces by path."""
    facts = {face.key: loaded for _, (loaded, _, face) in some}
    bodies = {face.key: body for _, (_, body, face) in some}
    store.commit((Changes("facts", facts), Changes("bodies", bodies)))
    faces = {path: face for path, (_, _, face) in some}
    learn({path: loaded for path, (loaded, _, _) in some}, faces)
    return faces


def convert(task: Task) -> Converted:
    """What one file gives."""
    with open(task.file, "rb") as stream:  # noqa: PTH123 - one of ten thousand
        data = stream.read()
    print_ = fingerprint.of_bytes(data)
    key = document_key(task.path, print_, task.salt)
    loaded, document = entries.load(task.path, data, task.settings, key)
    face = msgspec.structs.replace(face_of(loaded), source=print_, salt=task.salt, key=key)
    return fingerprint.encode(loaded), fingerprint.encode(document), face


def face_of(loaded: Loaded) -> Face:
    """What the rest of the site can see of what a file gave."""
    entry, sound = loaded.entry, not loaded.problems
    if entry is None:
        return Face(fingerprint.of_value(loaded), sound=sound)
    holes = tuple(msgspec.structs.replace(one, line=0, column=0, length=0) for one in entry.holes)
    # Where there is a summary, nobody else sees how the text begins.
    lead = "" if entry.meta.summary else entry.lead
    seen = msgspec.structs.replace(entry, document="", holes=holes, lead=lead)
    print_ = fingerprint.of_value((seen, loaded.problems))
    files = tuple(files_of(entry))
    return Face(print_, sound=sound, pictures=tuple(pictures_of(entry)), files=files)
