"""The steps that an entry asks for by itself: its pages, its pictures, its files."""

from collections.abc import Iterable, Iterator

from generator import media
from generator.assembly.editions import Edition
from generator.load import Library
from generator.media import ImageFacts
from generator.model import Entry, Step
from generator.paths import html_path
from generator.uses import files_of, shown_by


def steps_of(editions: Iterable[Edition], library: Library) -> Iterator[Step]:
    """All steps of the editions of one entry."""
    for edition in editions:
        linked = tuple(dict.fromkeys(_linked(edition.entry, library)))
        yield from _pages(edition)
        yield from _files(edition.entry, linked, library)
        yield from _pictures(edition.entry, linked, library)


def _pages(edition: Edition) -> Iterator[Step]:
    """The page of an edition, and redirects from its old addresses."""
    args, owner = (edition.lang, edition.key), edition.entry.path
    yield Step(html_path(edition.url), "page", (edition.url, "entry", *args), owner)
    for alias in () if edition.fallback else edition.entry.meta.aliases:
        yield Step(html_path(alias), "page", (alias, "redirect", *args), owner)


def _files(entry: Entry, linked: Iterable[str], library: Library) -> Iterator[Step]:
    """The files that an entry publishes, other than pictures; another entry is no file."""
    sources = library.sources
    for path in dict.fromkeys((*files_of(entry), *linked)):
        if rendition := library.renditions.get(path):
            place, args = media.rendition_path(path, rendition.fingerprint), rendition.file
            yield Step(place, "rendition", (args, rendition.fingerprint), path)
        elif path in sources and path not in library.keys and not media.is_picture(path):
            place = media.caption_path(path, sources[path].fingerprint)
            yield Step(place, _maker_of(path), (path, sources[path].fingerprint), path)


def _pictures(entry: Entry, linked: Iterable[str], library: Library) -> Iterator[Step]:
    """The pictures of an entry: in every form where it shows them, whole where it links to them."""
    images = library.images
    for path in dict.fromkeys(shown_by(entry)):
        if path in images:
            yield from _forms(path, library.sources[path].fingerprint, images[path])
    for path in linked:
        if path in images:
            yield _whole(path, library.sources[path].fingerprint, images[path])


def _forms(path: str, print_: str, facts: ImageFacts) -> Iterator[Step]:
    """A picture in each of its forms."""
    for one in media.variants_of(facts):
        place = media.published_path(path, print_, one.width if one.webp else 0)
        form = "webp" if one.webp else "own"
        yield Step(place, "picture", (path, print_, str(one.width), form), path)


def _whole(path: str, print_: str, facts: ImageFacts) -> Step:
    """A picture in its own size, for who follows a link to it."""
    args = (path, print_, str(facts.width), "own")
    return Step(media.full_path(path, print_, facts), "picture", args, path)


def _maker_of(path: str) -> str:
    return "captions" if path.lower().endswith(".srt") else "file"


def _linked(entry: Entry, library: Library) -> Iterator[str]:
    """The files, not entries, that a body links to."""
    for hole in entry.holes:
        path = hole.path
        known = path and path in library.sources
        if known and hole.kind == "link" and not path.endswith(".md"):
            yield path
