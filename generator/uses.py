"""Which files an entry uses, as project paths."""

import re
from collections.abc import Iterable, Iterator

from generator import media
from generator.model import Entry, Vlog
from generator.paths import CONTENT, resolve

# What stands for a vlog that names no picture, where it lies beside it in a folder of its own.
POSTER = "poster.jpg"
_SCHEME = re.compile(r"([a-zA-Z][\w+.-]*):|//")
_INDEX = re.compile(r"index(\.[a-z]{2})?\.md")


def pictures_of(entry: Entry) -> Iterator[str]:
    """The picture files that an entry shows or links to, as project paths."""
    return _pictures(entry, [hole.path for hole in entry.holes])


def image_of(entry: Entry) -> str:
    """The picture that an entry names, or that lies beside a vlog in a folder of its own."""
    if entry.meta.image or not isinstance(entry.details, Vlog):
        return entry.meta.image
    return POSTER if _INDEX.fullmatch(entry.path.rpartition("/")[2]) else ""


def _pictures(entry: Entry, paths: Iterable[str]) -> Iterator[str]:
    named = [image_of(entry), getattr(entry.details, "photo", "")]
    return (path for path in (*paths, *_resolved(entry, named)) if media.is_picture(path))


def shown_by(entry: Entry) -> Iterator[str]:
    """The picture files that an entry shows, as project paths."""
    shown = [hole.path for hole in entry.holes if hole.kind == "image"]
    return _pictures(entry, shown)


def is_elsewhere(video: str) -> bool:
    """Whether a vlog's video is an address, not a file beside it."""
    return _SCHEME.match(video) is not None


def files_of(entry: Entry) -> Iterator[str]:
    """The other files that an entry's front matter publishes, as project paths."""
    details = entry.details
    if not isinstance(details, Vlog):
        return iter(())
    captions = [file for _, file in details.captions]
    video = [] if is_elsewhere(details.video) else [details.video]
    return _resolved(entry, [*video, details.transcript, *captions])


def _resolved(entry: Entry, targets: Iterable[str]) -> Iterator[str]:
    for target in targets:
        path = resolve(entry.path, target, CONTENT) if target else None
        if path:
            yield path
