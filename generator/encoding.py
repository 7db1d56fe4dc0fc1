"""Pictures as they are published: upright, in several widths, without what a camera wrote in them.

What was encoded is kept in the cache by the content of the picture, so that it
is done once in a picture's life.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from generator import fingerprint, media
from generator.media import Variant
from generator.model import Model

if TYPE_CHECKING:
    from PIL import Image

CODE = ("encoding", "pillow")
FOLDER = "pictures"
_SUM_CHARS = 24
# Pictures of drawn lines and letters may take so many times the space to stay sharp.
_SHARP = 1.5


class Job(Model, frozen=True):
    """The forms of one picture that have to be made: its file, and a place for each form."""

    file: str
    places: tuple[tuple[Variant, str], ...]


def kept_at(cache: Path, print_: str, variant: Variant) -> Path:
    """Where the bytes of a form are kept, whoever made them."""
    code = fingerprint.of_code(*CODE)
    parts = (print_, str(variant.width), str(variant.webp), code)
    return cache / FOLDER / fingerprint.of_parts(parts)


def kept(place: Path) -> bytes | None:
    """The bytes that are kept there; None when there are none, or damaged ones."""
    try:
        data = place.read_bytes()
    except OSError:
        return None
    sum_, content = data[:_SUM_CHARS], data[_SUM_CHARS:]
    return content if fingerprint.of_bytes(content).encode() == sum_ else None


def keep(place: Path, content: bytes) -> None:
    """Keep the bytes of a form, whole or not at all. Raises OSError."""
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = place.with_name(f"{place.name}.{os.getpid()}")
    beside.write_bytes(fingerprint.of_bytes(content).encode() + content)
    beside.replace(place)


def do(job: Job) -> int:
    """Make and keep forms of one picture; how many. What can't be made is left to who needs it."""
    data = Path(job.file).read_bytes()
    try:
        made = encode(data, [variant for variant, _ in job.places])
    except (OSError, ValueError, SyntaxError):
        return 0
    for (_, place), content in zip(job.places, made, strict=True):
        keep(Path(place), content)
    return len(made)


def encode(data: bytes, variants: Iterable[Variant]) -> list[bytes]:
    """The bytes of a picture's forms. Raises OSError for what is no picture."""
    from PIL import Image

    with Image.open(io.BytesIO(data), formats=media.FORMATS) as image:
        kind = image.format or "PNG"
        if getattr(image, "n_frames", 1) > 1:
            return [_moving(image, kind) for _ in variants]
        whole = _bare(image)
        return [_form(whole, kind, variant) for variant in variants]


def _moving(image: Image.Image, kind: str) -> bytes:
    """An animation with all its frames."""
    out = io.BytesIO()
    image.save(out, kind, save_all=True, exif=b"", comment=b"")
    return out.getvalue()


def _bare(image: Image.Image) -> Image.Image:
    """A picture upright and in the colours of the web, with nothing but its pixels."""
    from PIL import ImageOps

    upright = ImageOps.exif_transpose(_in_web_colours(image))
    if upright.mode in ("P", "PA") or "transparency" in upright.info:
        upright = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    bare = upright.copy()
    bare.info = {}
    return bare


def _in_web_colours(image: Image.Image) -> Image.Image:
    """The picture in sRGB, where it says that it has other colours."""
    from PIL import ImageCms

    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "RGBA", "CMYK"):
        return image.convert("RGB") if image.mode == "CMYK" else image
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        web = ImageCms.createProfile("sRGB")
        changed = ImageCms.profileToProfile(image, own, web, outputMode=mode)
    except (ImageCms.PyCMSError, OSError):
        return image.convert(mode)
    return changed or image.convert(mode)


def _form(whole: Image.Image, kind: str, variant: Variant) -> bytes:
    from PIL import Image

    image = whole
    if variant.width < whole.width:
        height = media.height_at(variant.width, *whole.size)
        image = whole.resize((variant.width, height), Image.Resampling.LANCZOS, reducing_gap=3)
    if not variant.webp:
        return _saved(image, kind, **_quality(kind))
    soft = _saved(image, "WEBP", quality=80, method=4)
    if kind not in ("PNG", "GIF"):
        return soft
    sharp = _saved(image, "WEBP", lossless=True, method=4)
    return sharp if len(sharp) <= len(soft) * _SHARP else soft


def _saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def _quality(kind: str) -> dict[str, object]:
    if kind == "JPEG":
        return {"quality": 85, "optimize": True, "progressive": True}
    return {"quality": 85} if kind == "WEBP" else {"optimize": True}


def clear(cache: Path, needed: Iterable[Path]) -> None:
    """Take away what is kept for pictures that nobody uses any more."""
    folder = cache / FOLDER
    if not folder.is_dir():
        return
    names = {place.name for place in needed}
    for file in folder.iterdir():
        if file.name not in names:
            file.unlink(missing_ok=True)
