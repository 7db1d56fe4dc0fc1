"""Fingerprints: short digests of bytes, values, and the code that made a value."""

import hashlib
import os
import sys
import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec

# What a text gives may be another with another Python, which knows another Unicode; not with
# another build of the same: what is published says nothing of that.
PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
_SIZE_BYTES = 12
_PACKAGE = Path(__file__).parent
# Both keep the order of a mapping, for a page shows it; this one also the offset of a moment.
_to_compare = msgspec.json.Encoder()
_to_keep = msgspec.msgpack.Encoder()
_T = TypeVar("_T")


def new(data: bytes = b"") -> "hashlib._Hash":
    """A digest to feed with bytes: BLAKE2b, 96 bits."""
    return hashlib.blake2b(data, digest_size=_SIZE_BYTES)  # type: ignore[return-value]


def of_bytes(data: bytes) -> str:
    """The fingerprint of some bytes: 24 hexadecimal digits."""
    # A build takes ten thousands of these, so each call counts.
    return hashlib.blake2b(data, digest_size=_SIZE_BYTES).hexdigest()


def of_value(value: object) -> str:
    """The fingerprint of any value, down to everything that a template can see of it."""
    return of_bytes(_to_compare.encode(value))


def of_parts(parts: Iterable[str]) -> str:
    """The fingerprint of a row of fingerprints or other texts, in their order."""
    return of_bytes("\0".join(parts).encode())


def encode(value: object) -> bytes:
    """The canonical bytes of a value; moments come back from them in UTC."""
    return _to_keep.encode(value)


def decode(data: bytes, type_: type[_T]) -> _T:
    """The value that was encoded."""
    return msgspec.msgpack.decode(data, type=type_)


def spell(value: object) -> bytes:
    """The text of a value from which it comes back with the offsets of its moments: JSON."""
    return _to_compare.encode(value)


def read_back(data: bytes, type_: type[_T]) -> _T:
    """The value that was spelled."""
    return msgspec.json.decode(data, type=type_)


@cache
def of_code(*names: str) -> str:
    """The fingerprint of some of Plein's own modules or packages, and what they rely on.

    A name without a file here is taken for a third party's distribution, and
    its version counts. So nobody ever types "rebuild" after an upgrade.
    """
    return of_parts(part for name in names for part in _code_parts(name))


def _code_parts(name: str) -> list[str]:
    own = _own()
    inside = [own[path] for path in own if path.startswith(f"{name}/") and path.endswith(".py")]
    return inside or [own.get(f"{name}.py") or f"{name}={version_of(name)}"]


@cache
def _own() -> dict[str, str]:
    """The fingerprint of each file of this package, by its path in it."""
    return {path: of_bytes(_read(file)) for path, file in _files_in(str(_PACKAGE), "")}


def _files_in(folder: str, prefix: str) -> Iterator[tuple[str, str]]:
    """All files with an ending in a folder, in the order of their names: the path of each with
    forward slashes, and where it is."""
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda one: one.name)
    for one in entries:
        if one.is_dir(follow_symlinks=False) and one.name != "__pycache__":
            yield from _files_in(one.path, f"{prefix}{one.name}/")
        elif one.is_file() and "." in one.name:
            yield prefix + one.name, one.path


def _read(file: str) -> bytes:
    with open(file, "rb", buffering=0) as stream:  # noqa: PTH123 - hundreds in each build
        return stream.read()


@cache
def of_everything() -> str:
    """The fingerprint of all that any output follows from beside what a site says.

    These are our own files, Python, and the version of each distribution that is there: as they
    were when this process first asked, for what it has loaded is of then.
    """
    installed = (part for pair in sorted(_distributions().items()) for part in pair)
    return of_parts((*_own().values(), sys.version, zlib.ZLIB_RUNTIME_VERSION, *installed))


def version_of(name: str) -> str:
    """The version of a distribution, told by the name of its folder where it has one."""
    known = _distributions().get(_plain(name))
    if not known:
        # Takes as long to load as all of our own modules together.
        from importlib.metadata import version

        return version(name)
    return known


@cache
def _distributions() -> dict[str, str]:
    """The version of each distribution on the path; of two the one that Python finds first."""
    found: dict[str, str] = {}
    for name in (one for folder in sys.path for one in _names_in(folder)):
        stem, ending = os.path.splitext(name)  # noqa: PTH122
        if ending in (".dist-info", ".egg-info"):
            distribution, _, version = stem.partition("-")
            found.setdefault(_plain(distribution), version.partition("-py")[0])
    return found


def _names_in(folder: str) -> Iterator[str]:
    try:
        yield from sorted(os.listdir(folder or "."))  # noqa: PTH208
    except OSError:
        return


def _plain(name: str) -> str:
    return name.lower().replace("-", "_").replace(".", "_")
