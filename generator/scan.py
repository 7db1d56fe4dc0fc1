"""What files there are: the truth that everything else follows from.

Only plain files count. A file whose size, times and inode are as remembered is
not read again, unless it was young when it was last seen.
"""

import hashlib
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
_SCRATCH = re.compile(r"\..*|~.*|.*~|#.*#|.*\.sw[a-z]|.*\.tmp|.*\.bak|Thumbs\.db|__MACOSX|4913")


class Seen(Model, frozen=True):
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

    def vouches_for(self, facts: os.stat_result) -> bool:
        """Whether a file with these facts surely still has the remembered fingerprint."""
        return (
            self.mtime_ns == facts.st_mtime_ns
            and self.ctime_ns == facts.st_ctime_ns
            and self.size_bytes == facts.st_size
            and self.inode == facts.st_ino
            and self.mtime_ns + YOUNG_NS < self.hashed_ns
            and self.ctime_ns + YOUNG_NS < self.hashed_ns
        )


def seen_as(facts: os.stat_result, print_: str, hashed_ns: int) -> Seen:
    """What to remember of a file that was found with these facts."""
    return Seen(*_facts(facts), print_, hashed_ns)


def _facts(facts: os.stat_result) -> tuple[int, int, int, int]:
    return facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns, facts.st_ino


class Scan(Model, frozen=True):
    """The files found, ordered by path, what to remember of each, and what is wrong."""

    sources: tuple[Source, ...]
    seen: dict[str, Seen]
    problems: tuple[Problem, ...]


def scan(folders: Mapping[str, Path], known: Mapping[str, Seen], now_ns: int) -> Scan:
    """All files below some folders; each is named by the folder's key and its path in it."""
    present = {name: folder for name, folder in folders.items() if folder.is_dir()}
    found = [item for name, folder in present.items() for item in _walk(str(folder), name)]
    found.sort(key=lambda item: item[0])
    problems = [item for _, item in found if isinstance(item, Problem)]
    seen = {}
    sources = []
    for path, item in found:
        if not isinstance(item, Problem):
            facts = item.stat(follow_symlinks=False)
            seen[path] = remember(item, facts, known.get(path), now_ns)
            sources.append(_source(path, seen[path]))
    return Scan(tuple(sources), seen, tuple(problems))


def remember(
    file: os.DirEntry[str] | Path, facts: os.stat_result, known: Seen | None, now_ns: int
) -> Seen:
    """What is known of a file now, reading it only when its facts don't vouch for it."""
    if known and known.vouches_for(facts):
        return known
    return seen_as(facts, hash_file(Path(file)), now_ns)


def hash_file(file: Path) -> str:
    """The fingerprint of a file's bytes, read in pieces."""
    with file.open("rb") as stream:
        digest = hashlib.file_digest(stream, fingerprint.new)
    return digest.hexdigest()


def _source(path: str, seen: Seen) -> Source:
    return Source(path, seen.size_bytes, seen.mtime_ns, seen.inode, seen.fingerprint)


def _walk(folder: str, name: str) -> Iterator[tuple[str, os.DirEntry[str] | Problem]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if is_scratch(entry.name):
                continue
            path = f"{name}/{entry.name}"
            if entry.is_symlink() or not _is_utf8(entry.name):
                yield path, problem("not-a-plain-file", Span(_printable(path)))
            elif entry.is_dir(follow_symlinks=False):
                yield from _walk(entry.path, path)
            elif stat.S_ISREG(entry.stat(follow_symlinks=False).st_mode):
                yield path, entry
            else:
                yield path, problem("not-a-plain-file", Span(path))


def is_scratch(name: str) -> bool:
    """Whether a file or folder is an editor's or the system's own, and no source."""
    return _SCRATCH.fullmatch(name) is not None and name != ".well-known"


def _is_utf8(name: str) -> bool:
    return name.isascii() or _printable(name) == name


def _printable(name: str) -> str:
    return name.encode("utf-8", "replace").decode("utf-8")
