"""Bundles: indexes for search as they are kept, each in one file named by what it follows from."""

from collections.abc import Collection
from functools import lru_cache
from pathlib import Path

from generator import encoding, fingerprint
from generator.model import Model

FOLDER = "search"
PROGRAM = "pagefind.js"


class Bundle(Model, frozen=True):
    """What an index consists of: the fingerprint of each of its files by path, in their order."""

    files: dict[str, str]


def engine(lang: str) -> str:
    """What searches in a language, for the program to run."""
    return f"wasm.{lang}.pagefind"


def kept_at(cache: str, key: str) -> str:
    """Where the bytes of a bundle are kept, as a path in the project."""
    return f"{cache}/{FOLDER}/{key}"


def keep(place: Path, files: dict[str, bytes]) -> Bundle:
    """Keep the files of an index, whole or not at all. Raises OSError."""
    encoding.keep(place, fingerprint.encode(files))
    return Bundle({path: fingerprint.of_bytes(data) for path, data in files.items()})


@lru_cache(maxsize=1)
def opened(place: Path) -> dict[str, bytes]:
    """The files of a bundle by path; none where it is not there or damaged."""
    data = encoding.kept(place)
    return fingerprint.decode(data, dict[str, bytes]) if data is not None else {}


def clear(cache: Path, needed: Collection[str]) -> None:
    """Take away the bundles that are in no index any more."""
    folder = cache / FOLDER
    for file in folder.iterdir() if folder.is_dir() else ():
        if file.name not in needed:
            file.unlink(missing_ok=True)
