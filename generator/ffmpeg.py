"""What ffmpeg does for us: a film fit for the web, and a picture from a film.

ffmpeg is a program of its own, which Plein finds where it is installed and can do without.
"""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from generator.model import Span
from generator.problems import BuildFailed, UsageError, problem
from generator.vlogs.moviefile import MovieFacts
from generator.vlogs.renditions import SHORT_SIDE

# A film that asks for other files or addresses gets none.
_QUIET = ("-hide_banner", "-loglevel", "error", "-nostdin", "-y", "-protocol_whitelist", "file")
# A picture from the very start is often black or a thumb.
_POSTER_AT = 0.15
_POSTER_LATEST_S = 8.0
# The shorter side at most 720 pixels, both sides even, as H.264 wants them.
_SCALE = (
    f"scale='if(gt(iw,ih),-2,min({SHORT_SIDE},trunc(iw/2)*2))'"
    f":'if(gt(iw,ih),min({SHORT_SIDE},trunc(ih/2)*2),-2)'"
)
_VIDEO = (
    "-map", "0:v:0", "-vf", _SCALE, "-c:v", "libx264", "-preset", "medium", "-crf", "24",
    "-maxrate", "2500k", "-bufsize", "5000k", "-pix_fmt", "yuv420p", "-profile:v", "high",
)  # fmt: skip
_SOUND = ("-map", "0:a:0?", "-c:a", "aac", "-b:a", "96k", "-ac", "2")
# Where and with which phone it was filmed is nobody's business.
_BARE = ("-map_metadata", "-1", "-map_chapters", "-1", "-fflags", "+bitexact",
         "-flags:v", "+bitexact", "-flags:a", "+bitexact")  # fmt: skip


def found() -> str:
    """Where ffmpeg is. Raises UsageError where there is none."""
    place = shutil.which("ffmpeg")
    if place is None:
        raise UsageError(problem("ffmpeg-missing", Span("ffmpeg")))
    return place


def make_rendition(
    source: Path, shown: str, facts: MovieFacts, into: Path, tell: Callable[[int, int], None]
) -> None:
    """Write a film as H.264 and AAC of at most 720p, its index first. Raises BuildFailed.

    `tell` hears how far it is, in seconds of the film.
    """
    whole = max(1, facts.duration_ms // 1000)
    options = (*_VIDEO, *_SOUND, *_BARE, "-movflags", "+faststart", "-f", "mp4")
    command = [found(), *_QUIET, "-progress", "pipe:1", "-i", str(source)]
    command += [*options, str(into)]
    with subprocess.Popen(  # noqa: S603 - our own words, and files of the project
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        for line in process.stdout or ():
            name, _, value = line.strip().partition("=")
            if name == "out_time_us" and value.isdigit():
                tell(min(whole, int(value) // 1_000_000), whole)
        said = process.stderr.read() if process.stderr else ""
    if process.returncode:
        into.unlink(missing_ok=True)
        raise _failed(shown, said)
    tell(whole, whole)


def make_poster(source: Path, shown: str, facts: MovieFacts, into: Path) -> None:
    """Write a picture from a film, a little after its start, as JPEG. Raises BuildFailed."""
    at = min(_POSTER_LATEST_S, facts.duration_ms / 1000 * _POSTER_AT)
    options = ("-frames:v", "1", "-vf", "scale='min(1280,iw)':-2", "-q:v", "3", *_BARE)
    command = [found(), *_QUIET, "-ss", f"{at:.2f}", "-i", str(source), *options, str(into)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode or not into.is_file():
        into.unlink(missing_ok=True)
        raise _failed(shown, done.stderr)


def _failed(shown: str, said: str) -> BuildFailed:
    lines = said.strip().splitlines() or ["?"]
    return BuildFailed(problem("ffmpeg-failed", Span(shown), reason=lines[-1]))
