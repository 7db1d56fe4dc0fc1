"""The manifest: what a build wrote into a folder, kept in that folder itself.

It survives the loss of the cache, so that only what is ours, and is still as
we wrote it, is ever deleted.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from itertools import filterfalse
from pathlib import Path

from generator import fingerprint

MANIFEST = ".plein-manifest"
_HEADER = "# What Plein wrote here: fingerprints of names and contents. Do not edit.\n"


def read_manifest(root: Path) -> str:
    """The text of a folder's manifest; empty where there is none."""
    try:
        return (root / MANIFEST).read_bytes().decode()
    except (FileNotFoundError, UnicodeDecodeError):
        return ""


def entry_of(path: str, print_: str) -> str:
    """One line of the manifest. Names are hashed: it tells a reader of the site nothing."""
    return f"{hidden(path)} {print_}"


def entries_of(outputs: Mapping[str, str]) -> frozenset[str]:
    """The lines of the manifest for some outputs, given as fingerprints by path."""
    return frozenset([entry_of(path, print_) for path, print_ in outputs.items()])


def hidden(path: str) -> str:
    """The name of an output in the manifest."""
    return fingerprint.of_bytes(path.encode())[:16]


def published(root: Path) -> dict[str, str]:
    """What a build wrote into a folder: fingerprints by `hidden` names; nothing where none did.

    Of a name with two of them, as a build leaves that was killed, nobody knows which it is.
    """
    pairs = [line.split(" ", 1) for line in lines_of(read_manifest(root)) if " " in line]
    claims = Counter(name for name, _ in pairs)
    return {name: print_ for name, print_ in pairs if claims[name] == 1}


@lru_cache(maxsize=2)
def lines_of(manifest: str) -> frozenset[str]:
    """The lines of a manifest's text."""
    return frozenset(manifest.split("\n")[1:-1])


def len_of(manifest: str) -> int:
    """How many lines a manifest's text has, which is known sooner than which."""
    return max(0, manifest.count("\n") - 1)


def widened(manifest: str, more: Iterable[str]) -> str:
    """The text of a manifest with more lines, behind the others: it is read as a set."""
    whole = manifest[: manifest.rfind("\n") + 1] or _HEADER
    return whole + "".join(f"{line}\n" for line in sorted(more))


def manifest_of(entries: Iterable[str]) -> str:
    """The text of a manifest with these lines."""
    return _HEADER + "".join([f"{line}\n" for line in sorted(entries)])


def changed(manifest: str, without: Collection[str], more: Iterable[str]) -> str:
    """The text of a manifest without some lines, with some others."""
    kept = filterfalse(without.__contains__, manifest.split("\n")[1:-1])
    return manifest_of((*kept, *more))
