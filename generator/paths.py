"""Names of files and addresses: what is safe, and what is the same to a reader."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

_IS_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")
_SPELLED_OUT = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d"})
_SAFE_SLUG = re.compile(r"[^\W_]([\w.~-]*\w)?", re.ASCII)
SLUG_MAX = 120
CONTENT = "content"
# Where the cache is; disposable, with all that is in it.
CACHE = ".plein"


def slugify(text: str) -> str:
    """A text as it stands in an address: `Café's 2026!` gives `cafe-s-2026`."""
    if _IS_SLUG.fullmatch(text):
        return text
    plain = unicodedata.normalize("NFKD", text.lower().translate(_SPELLED_OUT))
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return _NOT_IN_SLUG.sub("-", letters).strip("-")


def is_safe_slug(slug: str) -> bool:
    """Whether a slug is one plain segment of an address, at most 120 characters."""
    return len(slug) <= SLUG_MAX and _SAFE_SLUG.fullmatch(slug) is not None


def same_place(path: str) -> str:
    """Two paths with the same answer are one file on some reader's or server's disk."""
    return path.lower() if path.isascii() else unicodedata.normalize("NFC", path).casefold()


def same_places(paths: Sequence[str]) -> Sequence[str]:
    """The same answers for many paths; mostly each is its own, which one look at all tells."""
    together = "".join(paths)
    is_plain = together.isascii() and together == together.lower()
    return paths if is_plain else [same_place(path) for path in paths]


def resolve(base: str, target: str, root: str) -> str | None:
    """A relative target as seen from the file `base`, or None when it leaves `root`.

    A target that starts with a slash counts from `root`. All are paths in the
    project with forward slashes; nothing is looked up on disk.
    """
    start = root if target.startswith("/") else base.rpartition("/")[0]
    parts = start.split("/")
    for part in target.strip("/").split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    path = "/".join(parts)
    return path if path.startswith(f"{root}/") else None


def folders_of(paths: Iterable[str]) -> set[str]:
    """Every folder in which one of some paths lies, directly or deeper."""
    found: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def html_path(url: str) -> str:
    """The output file behind an address of a page: `/nieuws/` gives `nieuws/index.html`."""
    return f"{url.strip('/')}/index.html".lstrip("/")


def bundled_themes() -> Path:
    """The folder of the themes that come with Plein, in a wheel or in a checkout."""
    here = Path(__file__).parent
    inside = here / "themes"
    return inside if inside.is_dir() else here.parent / "themes"
