"""The library: what all files gave, each decoded when somebody asks for it."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import filterfalse
from pathlib import Path
from typing import TypeVar

import msgspec

from generator import fingerprint, media
from generator.comments.talk import Talk
from generator.config import Config
from generator.entries import Loaded
from generator.lazily import Lazily
from generator.ledger import Line
from generator.media import ImageFacts
from generator.model import Model, Source, Span
from generator.paths import CONTENT
from generator.problems import Problem, problem
from generator.reading import Face, Reading, face_of
from generator.store import Changes, Damaged, Store
from generator.vlogs import captions, moviefile, renditions
from generator.vlogs.captions import Captions
from generator.vlogs.moviefile import MovieFacts
from generator.vlogs.renditions import Rendition

_ENDING = re.compile(r"\.(md|markdown|mdown|mkd|md\.txt)$", re.IGNORECASE)


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
    return {path: face_of(one) for path, one in every.items()}


def _strays(reading: Reading) -> dict[str, Loaded]:
    """The files that look like entries and are none, each with its problem."""
    found = _not_entries(reading.sources, reading.keys)
    return {one.span.path: Loaded(None, (one,)) for one in found}


def _not_entries(sources: Iterable[str], keys: Mapping[str, str]) -> Iterator[Problem]:
    """Markdown files that lie outside the folders of the kinds, or whose names end otherwise."""
    for path in filterfalse(keys.__contains__, sources):
        ending = _ENDING.search(path)
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
