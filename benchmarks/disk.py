"""What a disk asks for a page: `python -m benchmarks.disk`.

An edited layout makes a new file for every page and lets go of the old one.
Prints what each of these costs on the disk of this folder, in microseconds a
file: two processes make new files in one folder, and in as many as Plein uses;
one process moves a file into the place of another, writes over one, deletes one.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from generator.moving import replacing

COUNT = 8000
PAGE = b"x" * 7000
NAMES = [f"{number * 2654435761 % 2**32:08x}" for number in range(COUNT)]
_HALVES = (NAMES[::2], NAMES[1::2])


def microseconds(work: Callable[[Sequence[str]], object], names: Sequence[str]) -> float:
    """What some work takes for each of some names."""
    start = time.perf_counter()
    work(names)
    return (time.perf_counter() - start) / len(names) * 1e6


def make(names: Sequence[str]) -> None:
    """New files in one folder."""
    for name in names:
        Path("one", name).write_bytes(PAGE)


def spread(names: Sequence[str]) -> None:
    """New files in 256 folders."""
    for name in names:
        Path("many", name[:2], name).write_bytes(PAGE)


def replace(names: Sequence[str]) -> None:
    """Each file moved into the place of one that is on disk."""
    for name in names:
        os.replace(f"many/{name[:2]}/{name}", f"one/{name}")  # noqa: PTH105


def replace_many(names: Sequence[str]) -> None:
    """The same, while threads let go of those that were there."""
    with replacing(len(names)) as move:
        for name in names:
            move(f"many/{name[:2]}/{name}", f"one/{name}")


def overwrite(names: Sequence[str]) -> None:
    """Each file written over, as it stands."""
    for name in names:
        Path("one", name).write_bytes(PAGE)


def delete(names: Sequence[str]) -> None:
    """Each file deleted."""
    for name in names:
        Path("one", name).unlink()


def by_two(work: Callable[[Sequence[str]], object]) -> float:
    """What some work takes for each name, where two processes do half of it each."""
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(len, _HALVES))
        return max(pool.map(microseconds, (work, work), _HALVES))


def _tell(work: Callable[[Sequence[str]], object]) -> None:
    """Measure some work once all that was written is on disk."""
    os.sync()
    print(f"{work.__doc__} {microseconds(work, NAMES):.0f} µs")


def main() -> None:
    """Measure one after the other, with all that was written on disk between them."""
    folder = tempfile.mkdtemp(dir=".")
    os.chdir(folder)
    try:
        Path("one").mkdir()
        for number in range(256):
            Path("many", f"{number:02x}").mkdir(parents=True)
        print(f"a new file in one folder, two processes at once: {by_two(make):.0f} µs")
        print(f"a new file in 256 folders, two processes at once: {by_two(spread):.0f} µs")
        _tell(replace)
        by_two(spread)
        for work in (replace_many, overwrite, delete):
            _tell(work)
    finally:
        os.chdir("..")
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
