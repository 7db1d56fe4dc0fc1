"""`plein media`: renditions of films that need one, and a picture for vlogs that have none."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from generator import ffmpeg
from generator.assembly.vlogs import facts_of, lacks_picture
from generator.load import Library
from generator.model import Entry, Model, Vlog
from generator.paths import CONTENT, resolve
from generator.prepare import prepare
from generator.problems import disk_errors
from generator.scan import hash_file
from generator.uses import POSTER
from generator.vlogs import moviefile, renditions
from generator.work import Work, with_store


class Done(Model, frozen=True):
    """What was made of a film: bytes before and after, or the picture that was taken from it."""

    path: str
    before_bytes: int = 0
    after_bytes: int = 0
    poster: str = ""


class _Film(Model, frozen=True):
    path: str
    fingerprint: str
    size_bytes: int
    facts: moviefile.MovieFacts


def make_all(work: Work) -> tuple[Done, ...]:
    """Make what is missing. Raises UsageError without ffmpeg, BuildFailed for a damaged film."""
    root = work.project.root
    library = with_store(work.project, lambda store: prepare(work, store).site.library)
    with disk_errors(root / renditions.FOLDER):
        posters = tuple(_posters(library, root))
        made = tuple(_renditions(library, work)) if work.config.media.renditions else ()
    return (*posters, *made)


def _renditions(library: Library, work: Work) -> Iterator[Done]:
    root = work.project.root
    wanted = {one.fingerprint: one for one in _films(library)}
    renditions.forget(root, set(wanted))
    there = renditions.kept(root)
    for print_, film in wanted.items():
        kept = there.get(print_)
        if kept and hash_file(root / kept.file) == kept.fingerprint:
            continue
        yield _rendition(film, work)


def _films(library: Library) -> Iterator[_Film]:
    """The films that are better published as a rendition."""
    for path, facts in library.movies.items():
        source = library.sources[path]
        if renditions.is_worthwhile(path, facts, source.size_bytes):
            yield _Film(path, source.fingerprint, source.size_bytes, facts)


def _rendition(film: _Film, work: Work) -> Done:
    root = work.project.root
    folder = root / renditions.FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / f"{film.fingerprint}.mp4"
    tell = work.stage(PurePosixPath(film.path).parent.name)
    ffmpeg.make_rendition(root / film.path, film.path, film.facts, beside, tell)
    facts, size = moviefile.measure(beside), beside.stat().st_size
    name = renditions.name_of(
        film.fingerprint, hash_file(beside), size, (facts.width, facts.height)
    )
    beside.replace(folder / name)
    return Done(film.path, film.size_bytes, size)


def _posters(library: Library, root: Path) -> Iterator[Done]:
    """A picture beside each vlog in a folder of its own that has none."""
    for one in library.loaded.values():
        entry = one.entry
        if entry and lacks_picture(entry, library) and _is_in_folder(entry):
            facts = facts_of(entry, library)
            video = entry.details.video if isinstance(entry.details, Vlog) else ""
            path = resolve(entry.path, video, CONTENT)
            if facts and path and not facts.trouble:
                poster = str(PurePosixPath(entry.path).parent / POSTER)
                if not (root / poster).exists():
                    ffmpeg.make_poster(root / path, path, facts, root / poster)
                    yield Done(path, poster=poster)


def _is_in_folder(entry: Entry) -> bool:
    return PurePosixPath(entry.path).name.startswith("index.")
