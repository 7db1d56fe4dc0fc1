"""What is in the output folder: every file, looked at without reading what has not changed.

A folder that is as it was when it was listed has the files of then; only these
are looked at one by one.
"""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from generator.manifest import MANIFEST, entry_of, lines_of, read_manifest
from generator.model import Model
from generator.problems import disk_errors
from generator.scan import (
    Seen,
    hash_file,
    is_settled,
    remember_ours,
    same_bytes,
    seen_as,
    young_ns_of_ours,
)

STAGING = ".plein-staging"
_T = TypeVar("_T")


class Folder(Model, frozen=True, array_like=True):
    """What is remembered of a folder: when its list of names changed, and the names in it."""

    mtime_ns: int
    ctime_ns: int
    inode: int
    files: tuple[str, ...]
    folders: tuple[str, ...]

    def vouches_for(self, facts: os.stat_result) -> bool:
        """Whether a folder with these facts surely still holds the remembered names."""
        return (
            self.mtime_ns == facts.st_mtime_ns
            and self.ctime_ns == facts.st_ctime_ns
            and self.inode == facts.st_ino
        )

    def is_settled(self, when_ns: int) -> bool:
        """Whether a name more or less after a moment gives the folder other times."""
        young_ns = young_ns_of_ours(self.mtime_ns, self.ctime_ns)
        return is_settled(self.mtime_ns, self.ctime_ns, when_ns, young_ns)


class Remembered(Model, frozen=True):
    """What is remembered of an output folder: its files, and its folders (each ends with `/`)."""

    files: Mapping[str, Seen] = {}
    folders: Mapping[str, Folder] = {}


class Survey(Model, frozen=True):
    """What an output folder holds: files by path, folders, and the manifest.

    `changed` are folders that are other than was remembered, and settled; `forgotten` those
    of which nothing can be remembered any more; `empty` are those without anything, as a build
    leaves that was killed between taking away a file and its folder; `before` are the
    files that were remembered: all that the last build wanted, as it made them.
    """

    root: str
    files: dict[str, Seen]
    manifest: str
    empty: tuple[str, ...]
    changed: dict[str, Folder]
    forgotten: frozenset[str]
    before: Mapping[str, Seen]

    @property
    def ours(self) -> frozenset[str]:
        """The lines of the manifest: what is ours."""
        return lines_of(self.manifest)

    def holds(self, path: str, print_: str) -> bool:
        """Whether a file is there with just these bytes."""
        return path in self.files and self.print_of(path) == print_

    def print_of(self, path: str) -> str:
        """The fingerprint of a file that is there."""
        return self.files[path].fingerprint or hash_file(Path(self.root, path))

    def may_delete(self, path: str) -> bool:
        """Whether we wrote this file and nobody changed it since."""
        return entry_of(path, self.print_of(path)) in self.ours

    def is_as_remembered(self) -> bool:
        """Whether the same files are there as after the last build, and nothing else."""
        return not self.empty and same_bytes(self.files, self.before)


def survey(root: Path, before: Remembered, now_ns: int) -> Survey:
    """Look at every file of an output folder, reading only those with unexpected facts."""
    files: dict[str, Seen] = {}
    folders: dict[str, Folder] = {}
    empty, top = [], str(root)
    with disk_errors(root):
        for prefix, folder in _walk(top, before.folders) if root.is_dir() else ():
            if not folder.files and not folder.folders and prefix:
                empty.append(prefix.rstrip("/"))
            for name in folder.files:
                path = prefix + name
                files[path] = _look(f"{top}/{path}", before.files.get(path), now_ns)
            if folder is before.folders.get(prefix) or folder.is_settled(now_ns):
                folders[prefix] = folder
        manifest = read_manifest(root)
    return Survey(
        root=top,
        files=files,
        manifest=manifest,
        empty=tuple(empty),
        changed=_others(folders, before.folders),
        forgotten=frozenset(before.folders.keys() - folders.keys()),
        before=before.files,
    )


class News(Model, frozen=True):
    """A survey without the files that are as they were remembered: next to nothing, as a rule.

    `gone` are remembered files that are not there any more.
    """

    files: dict[str, Seen]
    gone: frozenset[str]
    manifest: str
    empty: tuple[str, ...]
    changed: dict[str, Folder]
    forgotten: frozenset[str]


def news_in(found: Survey) -> News:
    """What a survey says beyond what is remembered of the files."""
    return News(
        files=_others(found.files, found.before),
        gone=frozenset(found.before.keys() - found.files.keys()),
        manifest=found.manifest,
        empty=found.empty,
        changed=found.changed,
        forgotten=found.forgotten,
    )


def survey_with(news: News, root: Path, before: Mapping[str, Seen]) -> Survey:
    """The survey that says this."""
    files = {**before, **news.files}
    for path in news.gone:
        del files[path]
    return Survey(
        root=str(root),
        files=files,
        manifest=news.manifest,
        empty=news.empty,
        changed=news.changed,
        forgotten=news.forgotten,
        before=before,
    )


def _others(new: Mapping[str, _T], old: Mapping[str, _T]) -> dict[str, _T]:
    """What is not the very value that was remembered: what was looked at anew."""
    return {path: one for path, one in new.items() if one is not old.get(path)}


def _walk(root: str, known: Mapping[str, Folder]) -> Iterator[tuple[str, Folder]]:
    """Every folder by its path, with what is in it."""
    todo = [""]
    for prefix in todo:
        place, before = f"{root}/{prefix}", known.get(prefix)
        facts = os.stat(place)  # noqa: PTH116 - ten thousand paths take long to put together
        folder = before if before and before.vouches_for(facts) else _listed(place, facts)
        todo += [f"{prefix}{name}/" for name in folder.folders]
        yield prefix, folder


def _listed(place: str, facts: os.stat_result) -> Folder:
    """A folder as it is now. Its facts are older than the list: they never vouch for too much."""
    with os.scandir(place) as found:
        entries = [one for one in found if one.name not in (MANIFEST, STAGING)]
    folders = [one.name for one in entries if one.is_dir(follow_symlinks=False)]
    files = [one.name for one in entries if one.is_file(follow_symlinks=False)]
    times = facts.st_mtime_ns, facts.st_ctime_ns
    return Folder(*times, facts.st_ino, tuple(sorted(files)), tuple(sorted(folders)))


def _look(place: str, known: Seen | None, now_ns: int) -> Seen:
    facts = os.stat(place, follow_symlinks=False)  # noqa: PTH116
    return remember_ours(place, facts, known, now_ns) if known else seen_as(facts, "", 0)
