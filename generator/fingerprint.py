"""Fingerprints: short digests of bytes, values, and the code that made a value."""

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

import msgspec

_SIZE_BYTES = 12
_PACKAGE = Path(__file__).parent
_encoder = msgspec.msgpack.Encoder(order="deterministic")


def new(data: bytes = b"") -> "hashlib._Hash":
    """A digest to feed with bytes: BLAKE2b, 96 bits."""
    return hashlib.blake2b(data, digest_size=_SIZE_BYTES)  # type: ignore[return-value]


def of_bytes(data: bytes) -> str:
    """The fingerprint of some bytes: 24 hexadecimal digits."""
    return new(data).hexdigest()


def of_value(value: object) -> str:
    """The fingerprint of any value that has a canonical encoding."""
    return of_bytes(_encoder.encode(value))


def of_parts(parts: Iterable[str]) -> str:
    """The fingerprint of a row of fingerprints or other texts, in their order."""
    return of_bytes("\0".join(parts).encode())


def encode(value: object) -> bytes:
    """The canonical bytes of a value."""
    return _encoder.encode(value)


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
