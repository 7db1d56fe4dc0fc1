"""Pictures and other files beside the posts: what they are, and what is published of them."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

import msgspec

from generator import fingerprint
from generator.model import Model
from generator.paths import slugify

CODE = ("media", "pillow")
PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp")
FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
# The widths that browsers choose from, and the widest that others get in the picture's own format.
LADDER = (160, 320, 640, 960, 1280, 1920)
_PLAIN = 1280
_TYPES = {
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".mov": "video/quicktime",
    ".m4v": "video/mp4",
    ".mkv": "video/x-matroska",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".ogg": "audio/ogg",
    ".oga": "audio/ogg",
    ".opus": "audio/ogg",
    ".wav": "audio/wav",
    ".flac": "audio/flac",
    ".vtt": "text/vtt",
    ".pdf": "application/pdf",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".gif": "image/gif",
    ".webp": "image/webp",
}


class ImageFacts(Model, frozen=True):
    """The size of an image in pixels, as it will be shown, or the problem with it."""

    width: int = 0
    height: int = 0
    animated: bool = False
    trouble: str = ""


class Variant(Model, frozen=True):
    """One published form of a picture: its width in pixels, as WebP or in its own format."""

    width: int
    webp: bool


def content_type(path: str) -> str:
    """The content type that a file's name promises."""
    return _TYPES.get(PurePosixPath(path).suffix.lower(), "application/octet-stream")


def is_picture(path: str) -> bool:
    """Whether a file's name promises a picture that Plein can publish."""
    return path.lower().endswith(PICTURES)


def published_path(path: str, print_: str, width: int = 0) -> str:
    """Where a file goes in the output: named by its content, so that it can be kept for ever.

    With a width it is the WebP of a picture; without, the file in its own format.
    """
    pure = PurePosixPath(path)
    name = slugify(pure.stem) or "file"
    ending = f"-{width}.webp" if width else pure.suffix.lower()
    return f"media/{print_[:10]}/{name}{ending}"


def full_path(path: str, print_: str, facts: ImageFacts) -> str:
    """Where a link to a picture leads: to all of it, in its own format."""
    place = published_path(path, print_)
    if plain_size(facts)[0] == facts.width:
        return place
    stem, _, ending = place.rpartition(".")
    return f"{stem}-full.{ending}"


def widths_of(facts: ImageFacts) -> tuple[int, ...]:
    """The widths in which a picture is published as WebP: never wider than it is itself.

    None for what moves: it stays as it is.
    """
    if facts.trouble or facts.animated:
        return ()
    below = [width for width in LADDER if width < facts.width]
    return (*below, facts.width) if facts.width <= LADDER[-1] else tuple(below)


def plain_size(facts: ImageFacts) -> tuple[int, int]:
    """The width and height in pixels of a picture as it is published in its own format."""
    if facts.animated or facts.trouble:
        return facts.width, facts.height
    width = min(facts.width, _PLAIN)
    return width, height_at(width, facts.width, facts.height)


def height_at(width: int, full_width: int, full_height: int) -> int:
    """The height that belongs to a width, in whole pixels."""
    return max(1, round(full_height * width / full_width))


def srcset(url: str, widths: Iterable[int]) -> str:
    """The addresses of a picture's WebP forms with their widths, as browsers want them."""
    stem = url.rpartition(".")[0]
    return ", ".join(f"{stem}-{width}.webp {width}w" for width in widths)


def variants_of(facts: ImageFacts) -> tuple[Variant, ...]:
    """Every form in which a picture is published."""
    webp = tuple(Variant(width, True) for width in widths_of(facts))
    return (*webp, Variant(plain_size(facts)[0], False))


def rendition_path(path: str, print_: str) -> str:
    """Where a rendition of a film goes in the output, by its own fingerprint."""
    return published_path(str(PurePosixPath(path).with_suffix(".mp4")), print_)


def caption_path(path: str, print_: str) -> str:
    """Where subtitles go in the output; those in SRT become WebVTT."""
    place = published_path(path, print_)
    return f"{place.removesuffix('.srt')}.vtt" if place.endswith(".srt") else place


def measure(file: Path, max_megapixels: int) -> ImageFacts:
    """The facts of an image file; never raises for what is in it."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(file, formats=FORMATS) as image:
                facts = _facts(image.size, image.getexif().get(0x0112, 1), max_megapixels)
                animated = getattr(image, "n_frames", 1) > 1
                return msgspec.structs.replace(facts, animated=animated)
    except Image.DecompressionBombError:
        return ImageFacts(trouble="image-too-large")
    except (OSError, ValueError, SyntaxError):
        return ImageFacts(trouble="image-unreadable")


def _facts(size: tuple[int, int], orientation: int, max_megapixels: int) -> ImageFacts:
    width, height = size
    if width * height > max_megapixels * 1_000_000:
        return ImageFacts(trouble="image-too-large")
    return ImageFacts(height, width) if orientation in (5, 6, 7, 8) else ImageFacts(width, height)


def facts_key(print_: str, max_megapixels: int) -> str:
    """The name under which the facts of an image are kept."""
    return fingerprint.of_parts(("image", print_, str(max_megapixels), fingerprint.of_code(*CODE)))
