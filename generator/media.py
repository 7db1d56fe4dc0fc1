"""Pictures and other files beside the posts: what they are, and what is published of them."""

from __future__ import annotations

import io
import warnings
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from generator import fingerprint
from generator.model import Model
from generator.paths import slugify

if TYPE_CHECKING:
    from PIL import Image

CODE = ("media", "pillow")
PICTURES = frozenset({".jpg", ".jpeg", ".png", ".gif", ".webp"})
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
_TYPES = {
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".mov": "video/quicktime",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
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
    trouble: str = ""


def content_type(path: str) -> str:
    """The content type that a file's name promises."""
    return _TYPES.get(PurePosixPath(path).suffix.lower(), "application/octet-stream")


def is_picture(path: str) -> bool:
    """Whether a file's name promises a picture that Plein can publish."""
    return PurePosixPath(path).suffix.lower() in PICTURES


def published_path(path: str, print_: str) -> str:
    """Where a file goes in the output: named by its content, so that it can be kept for ever."""
    pure = PurePosixPath(path)
    return f"media/{print_[:10]}/{slugify(pure.stem) or 'file'}{pure.suffix.lower()}"


def measure(file: Path, max_megapixels: int) -> ImageFacts:
    """The facts of an image file; never raises for what is in it."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(file, formats=_FORMATS) as image:
                return _facts(image.size, image.getexif().get(0x0112, 1), max_megapixels)
    except Image.DecompressionBombError:
        return ImageFacts(trouble="image-too-large")
    except (OSError, ValueError, SyntaxError):
        return ImageFacts(trouble="image-unreadable")


def _facts(size: tuple[int, int], orientation: int, max_megapixels: int) -> ImageFacts:
    width, height = size
    if width * height > max_megapixels * 1_000_000:
        return ImageFacts(trouble="image-too-large")
    return ImageFacts(height, width) if orientation in (5, 6, 7, 8) else ImageFacts(width, height)


def publishable(data: bytes) -> bytes:
    """A picture without what a camera wrote into it (place, time, owner), upright.

    Animations keep their frames. Raises OSError for what is no picture.
    """
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
        kind = image.format or "PNG"
        out = io.BytesIO()
        if getattr(image, "n_frames", 1) > 1:
            image.save(out, kind, save_all=True, exif=b"", comment=b"")
            return out.getvalue()
        upright = ImageOps.exif_transpose(image)
        bare = _without_info(upright)
        bare.save(out, kind, **_quality(kind))
        return out.getvalue()


def _without_info(image: Image.Image) -> Image.Image:
    bare = image.copy()
    bare.info = {key: image.info[key] for key in ("transparency",) if key in image.info}
    return bare


def _quality(kind: str) -> dict[str, object]:
    if kind == "JPEG":
        return {"quality": 85, "optimize": True, "progressive": True}
    return {"quality": 85} if kind == "WEBP" else {"optimize": True}


def facts_key(print_: str, max_megapixels: int) -> str:
    """The name under which the facts of an image are kept."""
    return fingerprint.of_parts(("image", print_, str(max_megapixels), fingerprint.of_code(*CODE)))
