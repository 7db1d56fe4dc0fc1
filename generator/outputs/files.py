"""Files that are published as they are, or nearly: assets, pictures, videos, documents."""

from pathlib import Path

from generator import encoding, media
from generator.model import Span, Step
from generator.outputs.assets import asset_bytes
from generator.outputs.bench import Bench
from generator.paths import CACHE
from generator.problems import BuildFailed, problem
from generator.scan import hash_file
from generator.vlogs import captions


def make_asset(step: Step, bench: Bench) -> bytes:
    """A theme's asset; its name is its only argument and its path tells its content."""
    return asset_bytes(step.args[0], bench.theme.assets[step.args[0]], bench.config)


def make_picture(step: Step, bench: Bench) -> bytes:
    """A form of a picture; args: source, fingerprint, width in pixels, `webp` or `own`."""
    source, print_, width, form = step.args
    variant = media.Variant(int(width), form == "webp")
    kept = encoding.kept(encoding.kept_at(bench.root / CACHE, print_, variant))
    if kept is not None:
        return kept
    try:
        return encoding.encode((bench.root / source).read_bytes(), [variant])[0]
    except (OSError, ValueError, SyntaxError) as error:
        raise BuildFailed(problem("image-unreadable", Span(step.args[0]), reason=error)) from None


def make_file(step: Step, bench: Bench) -> Path:
    """The file to copy; args: source, fingerprint. It may be large, so it is not read here."""
    return bench.root / step.args[0]


def make_rendition(step: Step, bench: Bench) -> Path:
    """The rendition of a film; args: its file in the cache, the fingerprint that it must have."""
    file = bench.root / step.args[0]
    if hash_file(file) != step.args[1]:
        raise BuildFailed(problem("rendition-damaged", Span(step.owner)))
    return file


def make_captions(step: Step, bench: Bench) -> bytes:
    """Subtitles in SRT as WebVTT; args: source, fingerprint."""
    source = step.args[0]
    return captions.as_webvtt(captions.read((bench.root / source).read_bytes(), source).cues)
