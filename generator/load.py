"""Every entry of the site, converted in parallel where it has changed, else remembered."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TypeVar

import msgspec

from generator import entries, fingerprint, media, pool
from generator.comments.talk import Talk
from generator.config import Config
from generator.entries import Loaded, LoadSettings
from generator.lazily import Lazily
from generator.ledger import Line
from generator.markup import MarkupSettings
from generator.media import ImageFacts
from generator.model import Model, Source, Span
from generator.paths import CONTENT
from generator.pool import Crew
from generator.problems import Problem, problem
from generator.store import Changes, Damaged, Store
from generator.uses import files_of, pictures_of
from generator.vlogs import captions, moviefile, renditions
from generator.vlogs.captions import Captions
from generator.vlogs.moviefile import MovieFacts
from generator.vlogs.renditions import Rendition

_BATCH = 400
# The faces of files stand on shelves, which are written whole: so only after many files.
_LUMP = 2000
_ENDING = re.compile(r"\.(md|markdown|mdown|mkd|md\.txt)$", re.IGNORECASE)


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


class Files(Model, frozen=True):
    """The facts of the files that entries use, and the names under which they are kept."""

    images: dict[str, ImageFacts]
    movies: dict[str, MovieFacts]
    captions: dict[str, Captions]
    keys: frozenset[str]
    renditions: dict[str, Rendition] = {}


class Library(Model, frozen=True):
    """All that was loaded: files by path, what each entry file gave, facts of the files they use.

    `keys` are the names under which the store keeps the entries, by path, `faces`
    what can be seen of these, and
    `file_keys` those of the facts of images, movies and subtitles; `ledger` are all
    published addresses, `talk` is what is known of conversations; `renditions` stand in for
    some movies, by path; `instead` is what counts for files whose own facts do not.
    """

    sources: dict[str, Source]
    loaded: Mapping[str, Loaded]
    images: dict[str, ImageFacts]
    keys: dict[str, str]
    file_keys: frozenset[str]
    movies: dict[str, MovieFacts]
    captions: dict[str, Captions]
    faces: dict[str, Face]
    ledger: tuple[Line, ...] = ()
    talk: Talk = Talk()
    renditions: dict[str, Rendition] = {}
    instead: dict[str, Loaded] = {}

    def print_of(self, path: str) -> str:
        """What is known of a file that is no entry; empty if it is not there.

        Beside its bytes that is which facts of it there are, and those are only
        there if some entry uses it as a picture, a film or subtitles.
        """
        source, film = self.sources.get(path), self.renditions.get(path)
        if source is None:
            return ""
        used = "".join(str(int(path in one)) for one in (self.images, self.movies, self.captions))
        return f"{source.fingerprint} {used} {film.fingerprint if film else ''}"

    def document_of(self, path: str) -> str:
        """The key of the document that belongs to what counts for an entry file."""
        other = self.instead.get(path)
        return other.entry.document if other and other.entry else self.keys[path]


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
    faces = {
        path: face
        for path, source in by_path.items()
        if (face := known.get(path)) and face.source == source.fingerprint and face.salt == salt
    }
    fresh = (path for path in by_path if path not in faces)
    paths = [path for path in fresh if entries.identify(path, config.languages)]
    folder = root.absolute()
    todo = [Task(path, str(folder / path), settings, salt) for path in paths]
    late = False
    for path, face in _convert(todo, store, crew, follower):
        late = late or face.source != by_path[path].fingerprint
        faces[path] = face
    faces = {path: faces[path] for path in by_path if path in faces}
    keys = {path: face.key for path, face in faces.items()}
    return Reading(by_path, keys, faces, tuple(known.keys() - keys.keys()), late=late)


def load(reading: Reading, config: Config, root: Path, store: Store) -> Library:
    """All entries, and the facts of the files that they use."""
    files = _measure_files(reading.faces.values(), reading.sources, config, root, store)
    return library_of(reading, files, store)


def library_of(reading: Reading, files: Files, store: Store) -> Library:
    """All that was read, with the facts of the files that it uses.

    What a file gave is decoded when somebody asks for it, which raises Damaged.
    """
    instead = _strays(reading)

    def loaded(path: str) -> Loaded:
        found = instead.get(path) or store.one("facts", reading.keys[path], Loaded)
        if found is None:
            raise Damaged
        return found

    return Library(
        reading.sources,
        Lazily(dict.fromkeys((*sorted(reading.keys), *instead)), loaded),
        files.images,
        reading.keys,
        files.keys,
        files.movies,
        files.captions,
        {**reading.faces, **_faces_of(instead)},
        reading.ledger,
        reading.talk,
        files.renditions,
        instead,
    )


def _faces_of(every: Mapping[str, Loaded]) -> dict[str, Face]:
    return {path: _face_of(one) for path, one in every.items()}


def _strays(reading: Reading) -> dict[str, Loaded]:
    """The files that look like entries and are none, each with its problem."""
    found = _not_entries(reading.sources, reading.keys)
    return {one.span.path: Loaded(None, (one,)) for one in found}


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
    codes = entries.CODE, entries.CODE_OF_MARKUP, ("load", "uses", "media")
    return fingerprint.PYTHON, *(fingerprint.of_code(*one) for one in codes)


def _convert(
    todo: list[Task], store: Store, crew: Crew, follower: Follower
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
            store.commit((Changes("faces", faces),))
        done += len(faces)
        yield from faces.items()


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
    face = msgspec.structs.replace(_face_of(loaded), source=print_, salt=task.salt, key=key)
    return fingerprint.encode(loaded), fingerprint.encode(document), face


def _face_of(loaded: Loaded) -> Face:
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


def _not_entries(sources: Iterable[str], keys: Mapping[str, str]) -> Iterator[Problem]:
    """Markdown files that lie outside the folders of the kinds, or whose names end otherwise."""
    for path in sources:
        ending = None if path in keys else _ENDING.search(path)
        name = path.rpartition("/")[2]
        if ending is None or name == "README.md" or path.startswith(f"{CONTENT}/static/"):
            continue
        if ending[0] == ".md":
            yield problem("not-in-a-folder", Span(path))
        else:
            better = f"{name.removesuffix(ending[0])}.md"
            yield problem("not-a-post-name", Span(path), better=better)


def _measure_files(
    faces: Iterable[Face],
    sources: Mapping[str, Source],
    config: Config,
    root: Path,
    store: Store,
) -> Files:
    most, faces = config.image_max_megapixels, tuple(faces)
    pictures = {path for face in faces for path in face.pictures if path in sources}
    others = {path for face in faces for path in face.files if path in sources}
    image_keys = {p: media.facts_key(sources[p].fingerprint, most) for p in sorted(pictures)}
    movie_keys = _keys("movie", filter(moviefile.is_movie, others), sources, moviefile.CODE)
    texts = (path for path in others if path.lower().endswith(captions.ENDINGS))
    caption_keys = _keys("captions", texts, sources, captions.CODE)
    movies = _known_or(movie_keys, MovieFacts, lambda path: moviefile.measure(root / path), store)
    films = renditions.kept(root) if config.media.renditions else {}
    return Files(
        _known_or(image_keys, ImageFacts, lambda path: media.measure(root / path, most), store),
        movies,
        _known_or(
            caption_keys,
            Captions,
            lambda path: captions.read((root / path).read_bytes(), path),
            store,
        ),
        frozenset((*image_keys.values(), *movie_keys.values(), *caption_keys.values())),
        {path: films[key] for path in movies if (key := sources[path].fingerprint) in films},
    )


def _keys(
    what: str, paths: Iterable[str], sources: Mapping[str, Source], code: tuple[str, ...]
) -> dict[str, str]:
    """The names under which facts are kept; of subtitles they name the file in their problems."""
    code_print = fingerprint.of_code(*code)
    return {
        path: fingerprint.of_parts((what, path, sources[path].fingerprint, code_print))
        for path in sorted(paths)
    }


_F = TypeVar("_F", bound=Model)


def _known_or(
    keys: Mapping[str, str], type_: type[_F], measure: Callable[[str], _F], store: Store
) -> dict[str, _F]:
    """The facts of files by path: as they are kept, else measured and kept."""
    facts, fresh = {}, {}
    for path, key in keys.items():
        known = store.one("bodies", key, type_)
        facts[path] = known or measure(path)
        if not known:
            fresh[key] = facts[path]
    store.commit((Changes("bodies", fresh),))
    return facts


def with_others(
    library: Library,
    instead: Mapping[str, Loaded | None],
    config: Config,
    root: Path,
    store: Store,
) -> Library:
    """The library with other versions of some files, or without them."""
    changed = {path: one or Loaded(None) for path, one in instead.items()}
    faces = {**library.faces, **_faces_of(changed)}
    files = _measure_files(faces.values(), library.sources, config, root, store)
    loaded = {path: changed.get(path) for path in library.loaded}
    return msgspec.structs.replace(
        library,
        loaded=Lazily(loaded, lambda path: loaded[path] or library.loaded[path]),
        faces=faces,
        instead={**library.instead, **changed},
        images=files.images,
        movies=files.movies,
        captions=files.captions,
        renditions=files.renditions,
        file_keys=library.file_keys | files.keys,
    )
