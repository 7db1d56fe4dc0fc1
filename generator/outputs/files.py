"""Files that are published as they are, or nearly: assets, pictures, videos, documents."""

from pathlib import Path

from generator import media
from generator.model import Span, Step
from generator.outputs.assets import asset_bytes
from generator.outputs.bench import Bench
from generator.problems import BuildFailed, problem


def make_asset(step: Step, bench: Bench) -> bytes:
    """A theme's asset; its name is its only argument and its path tells its content."""
    return asset_bytes(step.args[0], bench.theme.assets[step.args[0]], bench.config)


def make_picture(step: Step, bench: Bench) -> bytes:
    """A picture without what the camera wrote into it; args: source, fingerprint."""
    try:
        return media.publishable((bench.root / step.args[0]).read_bytes())
    except (OSError, ValueError, SyntaxError) as error:
        raise BuildFailed(problem("image-unreadable", Span(step.args[0]), reason=error)) from None


def make_file(step: Step, bench: Bench) -> Path:
    """The file to copy; args: source, fingerprint. It may be large, so it is not read here."""
    return bench.root / step.args[0]
