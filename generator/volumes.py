"""Values too large for the cache's database, each in a file beside it.

A database puts aside what stood in the place of a value, and then writes that
page by page; a file is written whole, under another name than the one before.
Nobody waits for the disk, so a power cut may cost a value.
"""

import os
import time
import zlib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import msgspec

from generator.model import Model
from generator.problems import disk_errors

_FILES = "volume-"


class _Volume(Model, frozen=True):
    """Where a value lies, and the sum by which it is known."""

    name: str
    sum: int


class Volumes:
    """The large values in a folder; without a folder each stands in its row itself."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def keep(self, data: bytes) -> bytes:
        """Write a value; the row that tells where it lies. Raises DiskError."""
        if self._folder is None:
            return data
        file = self._folder / f"{_FILES}{time.time_ns():x}"
        with disk_errors(file):
            _write(file, data)
        return msgspec.msgpack.encode(_Volume(file.name, zlib.crc32(data)))

    def of_row(self, row: bytes) -> bytes | None:
        """The value of which a row tells, if it is there as it was kept."""
        if self._folder is None:
            return row
        volume = msgspec.msgpack.decode(row, type=_Volume)
        try:
            data = (self._folder / volume.name).read_bytes()
        except (OSError, ValueError):
            return None
        return data if zlib.crc32(data) == volume.sum else None

    def forget(self, but: Iterable[bytes] = ()) -> None:
        """Take away all values but those of which some rows tell."""
        if self._folder:
            kept = {msgspec.msgpack.decode(row, type=_Volume).name for row in but}
            for file in self._folder.glob(f"{_FILES}*"):
                if file.name not in kept:
                    with suppress(OSError):
                        file.unlink()


def _write(file: Path, data: bytes) -> None:
    """Write a file whole; a disk that is full is no fuller for it."""
    aside = file.with_name(f"{_FILES}new")
    try:
        aside.write_bytes(data)
        os.replace(aside, file)  # noqa: PTH105 - the crash tests inject at this call
    except OSError:
        with suppress(OSError):
            aside.unlink()
        raise
