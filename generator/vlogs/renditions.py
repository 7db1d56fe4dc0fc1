"""Renditions: films made fit for the web, kept in the cache under names that tell all of them.

`plein media` makes them, a build uses those that are there. Which ones are there is read from
their names alone, so it costs a build nothing and is part of what it follows from.
"""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from generator.model import Model
from generator.paths import CACHE
from generator.vlogs.moviefile import MovieFacts

FOLDER = f"{CACHE}/films"
# The recipe is part of the name: with another recipe everything is made again.
RECIPE = "720p1"
SHORT_SIDE = 720
_BITS_PER_SECOND = 3_000_000
_PLAYED_EVERYWHERE = "avc1"
_NAME = re.compile(
    rf"(?P<source>[0-9a-f]{{24}})-{RECIPE}-(?P<own>[0-9a-f]{{24}})"
    r"-(?P<size>\d+)-(?P<width>\d+)x(?P<height>\d+)\.mp4"
)


class Rendition(Model, frozen=True):
    """A film as it is published instead of the one that a writer put there.

    `file` is its path in the project, `fingerprint` that of its own bytes; width
    and height are in pixels.
    """

    file: str
    fingerprint: str
    size_bytes: int
    width: int
    height: int


def is_worthwhile(path: str, facts: MovieFacts, size_bytes: int) -> bool:
    """Whether a film is better published as a rendition.

    It is where not every browser plays it, where it can't start before all of
    it has come in, and where it is larger than a phone has use for.
    """
    if facts.trouble or facts.is_sound:
        return False
    plays = PurePosixPath(path).suffix.lower() in (".mp4", ".m4v")
    plays = plays and facts.codec == _PLAYED_EVERYWHERE and facts.starts_fast
    is_large = min(facts.width, facts.height) > SHORT_SIDE
    seconds = facts.duration_ms / 1000
    is_heavy = seconds > 0 and size_bytes * 8 / seconds > _BITS_PER_SECOND
    return not plays or is_large or is_heavy


def name_of(source: str, own: str, size_bytes: int, size: tuple[int, int]) -> str:
    """The name of the rendition of a film, by the fingerprints of both."""
    return f"{source}-{RECIPE}-{own}-{size_bytes}-{size[0]}x{size[1]}.mp4"


def kept(root: Path) -> dict[str, Rendition]:
    """The renditions that are there by the fingerprint of what they were made from.

    Of two that were made of the same film it is the one whose name comes last.
    """
    return dict(_kept(root))


def _kept(root: Path) -> Iterator[tuple[str, Rendition]]:
    folder = root / FOLDER
    for file in sorted(folder.iterdir()) if folder.is_dir() else ():
        found = _NAME.fullmatch(file.name)
        if found and file.stat().st_size == int(found["size"]):
            place = f"{FOLDER}/{file.name}"
            size = int(found["width"]), int(found["height"])
            yield found["source"], Rendition(place, found["own"], int(found["size"]), *size)


def forget(root: Path, sources: set[str]) -> None:
    """Take away the renditions of films that nobody uses any more, and what was broken off."""
    folder, used = root / FOLDER, {one.file for key, one in kept(root).items() if key in sources}
    for file in folder.iterdir() if folder.is_dir() else ():
        if f"{FOLDER}/{file.name}" not in used:
            file.unlink(missing_ok=True)
