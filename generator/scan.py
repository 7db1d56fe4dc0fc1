"""What files there are: the truth that everything else follows from.

Only plain files count. A file whose size, times and inode are as remembered is
not read again, unless it was young when it was last seen.
"""

import os
import re
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from generator import fingerprint
from generator.model import Model, Source, Span
from generator.problems import Problem, problem

# A file written this shortly before it was hashed may change again without a
# new time on a coarse clock.
YOUNG_NS = 2_000_000_000
# A time that is no whole number of these is of a fine clock; none ticks slower than every 16 ms.
_STEP_NS = 10_000_000
_YOUNG_ON_FINE_NS = 50_000_000
_PIECE_BYTES = 1 << 16
# What is known is not asked again, so another pattern needs another version of the cache.
_SCRATCH = re.compile(r"\..*|~.*|.*~|#.*#|.*\.sw[a-z]|.*\.tmp|.*\.bak|Thumbs\.db|__MACOSX|4913")


class Seen(Model, frozen=True, array_like=True):
    """What is remembered of a file: as in Source, when it changed, and when it was hashed.

    `ctime_ns` counts too, for unpacking an archive can give a file a new
    content with its old size, time and inode.
    """

    size_bytes: int
    mtime_ns: int
    ctime_ns: int
    inode: int
    fingerprint: str
    hashed_ns: int

    def vouches_for(self, facts: os.stat_result, young_ns: int) -> bool:
        """Whether a file with these facts surely still has the remembered fingerprint."""
        old_ns = self.hashed_ns - young_ns
        # As in `has_times_of` and `is_settled`: to call these takes as long again.
        return (
            self.mtime_ns == facts.st_mtime_ns < old_ns
            and self.ctime_ns == facts.st_ctime_ns < old_ns
            and self.size_bytes == facts.st_size
            and self.inode == facts.st_ino
        )

    def has_times_of(self, facts: os.stat_result) -> bool:
        """Whether a file has the remembered times and size."""
        return (
            self.mtime_ns == facts.st_mtime_ns
            and self.ctime_ns == facts.st_ctime_ns
            and self.size_bytes == facts.st_size
        )


def is_settled(mtime_ns: int, ctime_ns: int, when_ns: int, young_ns: int) -> bool:
    """Whether a change after a moment gives other times than these: they were not young then."""
    return max(mtime_ns, ctime_ns) + young_ns < when_ns


def young_ns_of_ours(mtime_ns: int, ctime_ns: int) -> int:
    """How long a file is young that nobody but us writes, by the clock that gave it these times.

    A source that is on another machine may have times of that machine's clock, and
    somebody who goes on writing, so for these it takes longer.
    """
    is_fine = mtime_ns % _STEP_NS and ctime_ns % _STEP_NS
    return min(YOUNG_NS, _YOUNG_ON_FINE_NS) if is_fine else YOUNG_NS


def seen_as(facts: os.stat_result, print_: str, hashed_ns: int) -> Seen:
    """What to remember of a file that was found with these facts."""
    return Seen(*_facts(facts), print_, hashed_ns)


def _facts(facts: os.stat_result) -> tuple[int, int, int, int]:
    return facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns, facts.st_ino


def same_bytes(files: Mapping[str, Seen], others: Mapping[str, Seen]) -> bool:
    """Whether these are the same files with the same bytes, whenever they were written."""
    return files == others or (
        files.keys() == others.keys()
        and all(one.fingerprint == others[path].fingerprint for path, one in files.items())
    )


class Scan(Model, frozen=True):
    """The files found, ordered by path, what to remember of each, and what is wrong."""

    sources: tuple[Source, ...]
    seen: dict[str, Seen]
    problems: tuple[Problem, ...]


def scan(folders: Mapping[str, Path], known: Mapping[str, Seen], now_ns: int) -> Scan:
    """All files below some folders; each is named by the folder's key and its path in it."""
    present = {name: folder for name, folder in folders.items() if folder.is_dir()}
    items: dict[str, Seen | Problem] = {}
    for name, folder in present.items():
        items.update(_walk(str(folder), name, known, now_ns))
    seen, problems = {}, []
    for path in sorted(items):
        item = items[path]
        if isinstance(item, Problem):
            problems.append(item)
        else:
            seen[path] = item
    sources = tuple(_source(path, one) for path, one in seen.items())
    return Scan(sources, seen, tuple(problems))


def remember_ours(place: str, facts: os.stat_result, known: Seen, now_ns: int) -> Seen:
    """What is known now of a file that nobody but us writes, reading it only when its facts don't
    vouch for it."""
    # Most are older than any file is young, which is told sooner than by whose clock.
    if known.vouches_for(facts, YOUNG_NS):
        return known
    if known.vouches_for(facts, young_ns_of_ours(facts.st_mtime_ns, facts.st_ctime_ns)):
        return known
    return seen_as(facts, hash_file(place), now_ns)


def hash_file(file: str | os.PathLike[str]) -> str:
    """The fingerprint of a file's bytes, read in pieces."""
    # Most files are one small piece: `hashlib.file_digest` clears room for a large one each time.
    digest = fingerprint.new()
    with open(file, "rb", buffering=0) as stream:  # noqa: PTH123 - one of ten thousand
        while piece := stream.read(_PIECE_BYTES):
            digest.update(piece)
    return digest.hexdigest()


def _source(path: str, seen: Seen) -> Source:
    return Source(path, seen.size_bytes, seen.mtime_ns, seen.inode, seen.fingerprint)


def _walk(
    folder: str, name: str, known: Mapping[str, Seen], now_ns: int
) -> Iterator[tuple[str, Seen | Problem]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            path = f"{name}/{entry.name}"
            before = known.get(path)
            if before is None and is_scratch(entry.name):
                continue
            facts = entry.stat(follow_symlinks=False)
            if before and before.vouches_for(facts, YOUNG_NS):
                yield path, before
            elif stat.S_ISREG(facts.st_mode) and _is_utf8(entry.name):
                yield path, seen_as(facts, hash_file(entry), now_ns)
            elif stat.S_ISDIR(facts.st_mode) and _is_utf8(entry.name):
                yield from _walk(entry.path, path, known, now_ns)
            else:
                yield path, problem("not-a-plain-file", Span(_printable(path)))


def is_scratch(name: str) -> bool:
    """Whether a file or folder is an editor's or the system's own, and no source."""
    return _SCRATCH.fullmatch(name) is not None and name != ".well-known"


def _is_utf8(name: str) -> bool:
    return name.isascii() or _printable(name) == name


def _printable(name: str) -> str:
    return name.encode("utf-8", "replace").decode("utf-8")
