"""Which file of the site an address means, and which piece of it a browser asks for."""

import re
from pathlib import Path
from urllib.parse import unquote_to_bytes

from generator import media

_TEXTS = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".xml": "application/xml",
    ".txt": "text/plain",
    ".svg": "image/svg+xml",
    ".vtt": "text/vtt",
}
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def file_for(folder: Path, base_path: str, target: str) -> Path | None:
    """The file behind a request's target, or None: only files of the site, by their plain names.

    An address that climbs, hides (a name with a dot in front), or is spelled
    in a way that a file system could read otherwise, leads nowhere.
    """
    path = _plain(target)
    if path is None or not path.startswith(f"{base_path}/"):
        return None
    parts = path.removeprefix(f"{base_path}/").split("/")
    *above, last = parts
    if any(not part or part.startswith(".") for part in above) or last.startswith("."):
        return None
    file = folder.joinpath(*above, last or "index.html")
    inside = file.resolve().is_relative_to(folder.resolve())
    return file if inside and file.is_file() else None


def _plain(target: str) -> str | None:
    """The path of a target, decoded once; None where that is no plain path."""
    raw = target.partition("#")[0].partition("?")[0]
    try:
        path = unquote_to_bytes(raw).decode()
    except UnicodeDecodeError:
        return None
    bad = re.search(r"[\\\x00-\x1f\x7f:]|//", path)
    return None if bad or not path.startswith("/") else path


def content_type(file: Path) -> str:
    """The content type of a file, with its encoding where it is text."""
    text = _TEXTS.get(file.suffix.lower())
    if text is None:
        return media.content_type(file.name)
    return text if text.startswith("image/") else f"{text}; charset=utf-8"


def piece(header: str | None, size: int) -> tuple[int, int] | None:
    """The first and last byte that a header Range asks for; None: the whole file.

    Only one piece at a time; what can't be understood is as if it were not there.
    """
    found = _RANGE.fullmatch(header or "")
    if not found or not any(found.groups()) or not size:
        return None
    start, end = found.groups()
    first = int(start) if start else max(0, size - int(end))
    last = min(int(end), size - 1) if start and end else size - 1
    return (first, last) if first <= last else None
