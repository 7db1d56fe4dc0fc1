"""The output folder: what is in it, what is ours, and how it changes without ever being half.

A file is written aside and then moved into place. Only what we wrote, and is
still as we wrote it, is ever deleted; a list of fingerprints in the folder
itself remembers what that is, so it survives the loss of the cache.
"""

import os
import shutil
import stat
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import compress
from operator import attrgetter, ne
from pathlib import Path

from generator.manifest import (
    MANIFEST,
    changed,
    entries_of,
    entry_of,
    hidden,
    len_of,
    manifest_of,
    widened,
)
from generator.model import Model, Span
from generator.moving import replacing
from generator.paths import folders_of
from generator.problems import DiskError, UsageError, disk_errors, problem
from generator.survey import STAGING, Survey

# So begins the name of a file in the cache from which workers learn a site.
WORLD = "world-"
ASIDE = ".plein-new"
# So many characters of the name of a file that waits are the name of its folder.
_OF_NAME = 2


def check_place(output: Path, project: Path, cache: str) -> None:
    """Refuse an output folder in which writing or deleting could do harm. Raises UsageError."""
    place, content = output.resolve(), (project / "content").resolve()
    sources = [project.resolve() / name for name in ("content", "themes", "generator", cache)]
    forbidden = {Path("/"), Path.home().resolve(), project.resolve(), *project.resolve().parents}
    inside = any(place.is_relative_to(source) for source in sources)
    if place in forbidden or inside or content.is_relative_to(place):
        raise UsageError(problem("output-dangerous", Span(str(output))))
    if place.is_dir() and not (place / MANIFEST).is_file() and _has_files(place):
        raise UsageError(problem("output-not-ours", Span(str(output))))


def _has_files(folder: Path) -> bool:
    """Whether there is more in a folder than what a build leaves that was killed."""
    return any(item.name != STAGING for item in folder.iterdir())


class Staged(Model, frozen=True):
    """An output that is ready beside the folder: its path and waiting file, as that was left."""

    path: str
    file: str
    size_bytes: int
    mtime_ns: int
    inode: int

    def is_still(self, facts: os.stat_result) -> bool:
        """Whether a file with these facts is the one that waited, and nobody wrote in it since."""
        left = (self.size_bytes, self.mtime_ns, self.inode)
        return left == (facts.st_size, facts.st_mtime_ns, facts.st_ino)


class Aside(Model, frozen=True):
    """Where what is made waits for its turn: an output folder, and what is there already.

    `held` are fingerprints by path: what is there with the same bytes need not wait.
    """

    root: str
    held: dict[str, str]


def open_stage(root: Path) -> None:
    """Make the place where outputs wait, on the same disk as their own."""
    with disk_errors(root / STAGING):
        (root / STAGING).mkdir(parents=True, exist_ok=True)


def stage(root: str, path: str, made: bytes | Path, replaces: bool) -> Staged:
    """Put an output aside, which `replaces` a file or not; what waits in a folder like its own is
    moved with that folder."""
    file = _waiting_for(root, path, replaces)
    with disk_errors(file):
        try:
            facts = _put_in(file, made)
        except FileNotFoundError:
            _make_waiting(file.rpartition("/")[0])
            facts = _put_in(file, made)
    return Staged(path, file, facts.st_size, facts.st_mtime_ns, facts.st_ino)


def _put_in(file: str, made: bytes | Path) -> os.stat_result:
    return _copied(made, file) if isinstance(made, Path) else _written(made, file)


def _copied(source: Path, file: str) -> os.stat_result:
    shutil.copyfile(source, file)
    return os.stat(file)  # noqa: PTH116 - as all that is done for each of ten thousand


def _written(data: bytes, file: str) -> os.stat_result:
    """The facts of a file in which some bytes were written, without a buffer in between."""
    with open(file, "wb", buffering=0) as stream:  # noqa: PTH123
        while data:
            data = data[stream.write(data) :]
        return os.fstat(stream.fileno())


def _waiting_for(root: str, path: str, replaces: bool) -> str:
    """Where an output waits: where its folder is there already, in one of many folders that
    need not be made for it (near one a disk may look long for room), else in its own."""
    folder, _, name = path.rpartition("/")
    if replaces or os.path.isdir(f"{root}/{folder}"):  # noqa: PTH112
        name = hidden(path)
        folder = name[:_OF_NAME]
    return f"{root}/{STAGING}/{folder}/{name}"


def _make_waiting(folder: str) -> None:
    try:
        os.mkdir(folder)  # noqa: PTH102 - one of ten thousand; most are new, in one that is there
    except FileExistsError:
        pass
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103


def clear_stage(root: Path) -> None:
    """Take away what a build left aside, or somebody put there: it might lead anywhere."""
    place = root / STAGING
    with suppress(OSError):
        if place.is_symlink() or place.is_file():
            place.unlink()
    shutil.rmtree(place, ignore_errors=True)


def clear_worlds(cache: Path) -> None:
    """Take away what workers of this build learned a site from, and of one that was killed."""
    for file in cache.glob(f"{WORLD}*"):
        file.unlink(missing_ok=True)


class Put(Model, frozen=True):
    """What was written and removed, and the manifest of what is there now."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    manifest: str


def put_early(
    root: Path, found: Survey, staged: Iterable[Staged], wanted: Mapping[str, str]
) -> tuple[str, ...]:
    """Move what is staged into place before all of the site is ready; returns the paths written.

    Nothing is deleted: that is for `put`, in the end. Where something is in
    the way, or nothing was there before, nothing is moved either: part of a
    site is none. The manifest is widened first, so what is there is as after a
    build that was killed: the next one knows it as ours.
    """
    staged = tuple(staged)
    if not staged or not found.files or found.empty or _in_front(staged, found.files):
        return ()
    entries = {entry_of(one.path, wanted[one.path]) for one in staged}
    with disk_errors(root):
        root.mkdir(parents=True, exist_ok=True)
        _write_manifest(root, widened(found.manifest, entries - found.ours))
        _move_all(root, staged)
    return tuple(one.path for one in staged)


def put(
    root: Path,
    found: Survey,
    staged: Iterable[Staged],
    wanted: Mapping[str, str],
    as_left: bool = False,
) -> Put:
    """Move what is staged into place, then delete what is no longer wanted.

    `wanted` is every output's fingerprint by path. Where the folder and its manifest are just
    `as_left` by the last build, less is worked out. The manifest is widened first and narrowed
    last, so that a build that is killed in between leaves nothing that the next one would not
    know as ours.
    """
    staged = tuple(staged)
    gone = sorted(filter(found.may_delete, found.files.keys() - wanted.keys()))
    more, manifest = _manifest_after(found, wanted, as_left)
    early = _in_the_way(gone, wanted)
    _check_free(root, staged, {path: None for path in found.files if path not in early})
    with disk_errors(root):
        root.mkdir(parents=True, exist_ok=True)
        if staged or gone:
            _write_manifest(root, widened(found.manifest, more))
        for folder in found.empty:
            _remove_folders(root, Path(folder))
        for path in early:
            _remove(root, path)
        _move_all(root, staged)
        for path in gone:
            if path not in early:
                _remove(root, path)
        if manifest != found.manifest or staged or gone:
            _write_manifest(root, manifest)
    return Put(tuple(one.path for one in staged), tuple(gone), manifest)


def _manifest_after(
    found: Survey, wanted: Mapping[str, str], as_left: bool
) -> tuple[frozenset[str], str]:
    """The lines that the manifest lacks for what is wanted, and its text once that is there.

    One that was just left has a line for each file that is there. (Where some are gone
    again, it has more: then all are made.)
    """
    files = found.files
    if not as_left or len_of(found.manifest) != len(files):
        entries = entries_of(wanted)
        return entries - found.ours, manifest_of(entries)
    prints = map(attrgetter("fingerprint"), files.values())
    others = set(compress(files, map(ne, prints, map(wanted.get, files))))
    old = entries_of({path: files[path].fingerprint for path in others})
    fresh = (wanted.keys() - files.keys()) | (others & wanted.keys())
    new = entries_of({path: wanted[path] for path in fresh})
    return new, changed(found.manifest, old, new)


def _in_the_way(gone: Collection[str], wanted: Mapping[str, str]) -> set[str]:
    """Old files that stand where a folder must come, or in a folder where a file must come."""
    if not gone:
        return set()
    folders = folders_of(wanted)
    return {
        path
        for path in gone
        if path in folders or any(folder in wanted for folder in folders_of((path,)))
    }


def _check_free(root: Path, staged: Iterable[Staged], others: Collection[str]) -> None:
    """Raise DiskError, before anything is moved, where a file of somebody else is in the way."""
    if in_front := _in_front(staged, others):
        raise DiskError(problem("in-the-way", Span(str(root / in_front))))


def _in_front(staged: Iterable[Staged], others: Collection[str]) -> str:
    """What is in the way of a staged file: another as its folder, or a folder; empty if nothing."""
    fresh = [one for one in staged if one.path not in others] if others else []
    files = sorted(others) if fresh else []
    for one in fresh:
        above = sorted(folders_of((one.path,)))
        blocking = [path for path in above if _first_from(path, files) == path]
        if _first_from(f"{one.path}/", files).startswith(f"{one.path}/"):
            blocking.append(one.path)
        if blocking:
            return blocking[0]
    return ""


def _first_from(path: str, files: list[str]) -> str:
    """The first of some sorted paths that is this one or comes after it; empty if there is none."""
    at = bisect_left(files, path)
    return files[at] if at < len(files) else ""


def _move_all(root: Path, staged: Sequence[Staged]) -> None:
    whole = {"": False}
    with replacing(len(staged)) as replace_:
        for one in staged:
            came = _came_whole(str(root), one.path.rpartition("/")[0], whole)
            if not came or not one.file.endswith(f"{STAGING}/{one.path}"):
                replace_(one.file, f"{root}/{one.path}")


def _came_whole(root: str, folder: str, known: dict[str, bool]) -> bool:
    """Whether a folder was not there, and came with all that waited in it; `known` learns it."""
    if folder not in known:
        above = _came_whole(root, folder.rpartition("/")[0], known)
        known[folder] = above or _move_folder(root, folder)
    return known[folder]


def _move_folder(root: str, folder: str) -> bool:
    """Move a folder into place unless there is one, or make it where none waits; whether it was
    moved. A symbolic link in its place goes, for it may lead anywhere."""
    place, mode = f"{root}/{folder}", 0
    with suppress(OSError):
        mode = os.lstat(place).st_mode  # ten thousand paths take long to put together
    if stat.S_ISDIR(mode):
        return False
    if stat.S_ISLNK(mode):
        os.unlink(place)  # noqa: PTH108
    waiting = f"{root}/{STAGING}/{folder}"
    if not os.path.isdir(waiting):  # noqa: PTH112 - somebody has taken the folder away meanwhile
        os.mkdir(place)  # noqa: PTH102
        return False
    os.replace(waiting, place)  # noqa: PTH105
    return True


def _remove(root: Path, path: str) -> None:
    target = root / path
    with disk_errors(target):
        target.unlink(missing_ok=True)
    _remove_folders(root, Path(path).parent)


def _remove_folders(root: Path, folder: Path) -> None:
    """Take away a folder and those above it, as far as they are empty."""
    with suppress(OSError):
        for one in (folder, *folder.parents):
            if one != Path():
                (root / one).rmdir()


def _write_manifest(root: Path, text: str) -> None:
    file = root / STAGING / MANIFEST
    with disk_errors(root / MANIFEST):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
        os.replace(file, root / MANIFEST)  # noqa: PTH105


def replace(file: Path, data: bytes) -> None:
    """Write one file elsewhere than in the output folder, so that it is never half."""
    with disk_errors(file), aside(file) as fresh:
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(data)
        if file.exists():
            shutil.copymode(file, fresh)
        sync(fresh)
        fresh.replace(file)


@contextmanager
def aside(file: Path) -> Iterator[Path]:
    """Where a file is written before it takes its place; a failure leaves nothing there."""
    fresh = file.with_name(f".{file.name}{ASIDE}")
    try:
        yield fresh
    except OSError:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise


def sync(path: Path | str) -> None:
    """Wait until a file, or the names in a folder, are on disk and survive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
