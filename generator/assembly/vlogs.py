"""What is wrong with a vlog: its video, its subtitles, the address of a player elsewhere."""

from collections.abc import Iterator
from datetime import datetime

from generator.assembly.findings import Finding
from generator.config import Config
from generator.load import Library
from generator.model import Entry, Vlog
from generator.moments import as_clock
from generator.paths import CONTENT, resolve
from generator.uses import POSTER, image_of, is_elsewhere
from generator.vlogs.embeds import embed_of, is_file, is_private, origin_of
from generator.vlogs.moviefile import MovieFacts
from generator.vlogs.renditions import is_worthwhile

# A player rounds to whole seconds, and sound often lasts a little longer than pictures.
_MAY_DIFFER_MS = 1500


def facts_of(entry: Entry, library: Library) -> MovieFacts | None:
    """What is known of the file of a vlog, where it is one that the site publishes."""
    video = entry.details.video if isinstance(entry.details, Vlog) else ""
    path = resolve(entry.path, video, CONTENT) if video and not is_elsewhere(video) else None
    return library.movies.get(path) if path else None


def seconds_of(entry: Entry, library: Library) -> int:
    """How long a vlog takes: as written, else as its file says; 0 if nobody knows."""
    written = entry.details.duration_seconds if isinstance(entry.details, Vlog) else 0
    facts = facts_of(entry, library)
    return written or (round(facts.duration_ms / 1000) if facts else 0)


def check_video(entry: Entry, library: Library, config: Config) -> Iterator[Finding]:
    """What one file's own front matter says of its video, held against the video."""
    vlog = entry.details
    if not isinstance(vlog, Vlog) or not vlog.video:
        return
    if is_elsewhere(vlog.video):
        yield from _check_address(entry.path, vlog, config)
        return
    facts = facts_of(entry, library)
    path = resolve(entry.path, vlog.video, CONTENT) or ""
    if path in library.sources and facts is None:
        yield Finding(entry.path, "media-kind", "video", vlog.video)
    elif facts and facts.trouble:
        yield Finding(entry.path, facts.trouble, "video", vlog.video)
    elif facts:
        yield from _check_facts(entry.path, vlog, facts)
        yield from _check_rendition(entry.path, vlog, path, library, config)


def _check_facts(path: str, vlog: Vlog, facts: MovieFacts) -> Iterator[Finding]:
    written, real = vlog.duration_seconds * 1000, facts.duration_ms
    if written and real and abs(written - real) > _MAY_DIFFER_MS:
        args = (
            ("written", as_clock(vlog.duration_seconds)),
            ("real", as_clock(round(real / 1000))),
        )
        yield Finding(path, "duration-differs", "duration", args=args)


def _check_rendition(
    path: str, vlog: Vlog, file: str, library: Library, config: Config
) -> Iterator[Finding]:
    """A film that is published as it is although it should not be, or that is too large."""
    size_bytes, rendition = library.sources[file].size_bytes, library.renditions.get(file)
    wanted = config.media.renditions and is_worthwhile(file, library.movies[file], size_bytes)
    if wanted and rendition is None:
        yield Finding(path, "rendition-missing", "video", vlog.video)
    else:
        shown = rendition.size_bytes if rendition else size_bytes
        yield from _check_size(path, vlog, shown, config)


def _check_size(path: str, vlog: Vlog, size_bytes: int, config: Config) -> Iterator[Finding]:
    most = config.media.max_mb
    if size_bytes > most * 1_000_000:
        args = (("size", f"{size_bytes / 1_000_000:.0f}"), ("most", str(most)))
        yield Finding(path, "media-too-large", "video", vlog.video, args)


def _check_address(path: str, vlog: Vlog, config: Config) -> Iterator[Finding]:
    origin, settings = origin_of(vlog.video), config.media
    if not vlog.video.startswith("https://") or not origin:
        yield Finding(path, "video-not-https", "video", vlog.video)
    elif is_private(vlog.video) and origin not in (*settings.hosts, *settings.embeds):
        yield Finding(path, "video-private", "video", vlog.video)
    elif not is_file(vlog.video, vlog.media_type):
        embed = embed_of(vlog.video)
        if embed is None:
            yield Finding(path, "embed-unknown", "video", vlog.video)
        elif embed.origin not in settings.embeds:
            args = (("origin", embed.origin),)
            yield Finding(path, "embed-not-allowed", "video", vlog.video, args)
    elif origin in settings.hosts and not vlog.size_bytes:
        yield Finding(path, "media-size-unknown", "video", vlog.video)


def lacks_picture(entry: Entry, library: Library) -> bool:
    """Whether a vlog with a film of its own has no picture to stand for it."""
    facts = facts_of(entry, library)
    if facts is None or facts.trouble or facts.is_sound:
        return False
    path = resolve(entry.path, image_of(entry) or POSTER, CONTENT)
    return path not in library.sources


def check_captions(entry: Entry, now: datetime) -> Iterator[Finding]:
    """A vlog that nobody can read along with."""
    vlog = entry.details
    if not isinstance(vlog, Vlog) or not vlog.video or vlog.captions:
        return
    until = vlog.captions_pending
    if until is None:
        yield Finding(entry.path, "captions-missing", "captions")
    else:
        code = "captions-pending" if now < until else "captions-overdue"
        yield Finding(entry.path, code, "captions", args=(("date", f"{until:%Y-%m-%d}"),))


def check_chapters(entry: Entry, library: Library) -> Iterator[Finding]:
    """Chapters that start after the end."""
    vlog, seconds = entry.details, seconds_of(entry, library)
    for start, title in vlog.chapters if isinstance(vlog, Vlog) and seconds else ():
        if start >= seconds:
            args = (("title", title), ("end", as_clock(seconds)))
            yield Finding(entry.path, "chapter-too-late", "chapters", args=args)
