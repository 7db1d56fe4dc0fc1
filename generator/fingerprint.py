"""Fingerprints: short digests of bytes, values, and the code that made a value."""

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

import msgspec

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
    return new(data).hexdigest()


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


@cache
def of_code(*names: str) -> str:
    """The fingerprint of some of Plein's own modules or packages, and what they rely on.

    A name without a file here is taken for a third party's distribution, and
    its version counts. So nobody ever types "rebuild" after an upgrade.
    """
    return of_parts(part for name in names for part in _code_parts(name))


def _code_parts(name: str) -> list[str]:
    path = _PACKAGE / name
    if path.is_dir():
        return [of_bytes(file.read_bytes()) for file in sorted(path.rglob("*.py"))]
    module = path.with_suffix(".py")
    return [of_bytes(module.read_bytes()) if module.exists() else f"{name}={version(name)}"]
