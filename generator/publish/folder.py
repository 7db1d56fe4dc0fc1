"""A folder with releases on this machine: hard links for what is unchanged, a switch by rename."""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import filelock

from generator import write
from generator.model import Span
from generator.paths import folders_of
from generator.problems import Busy, disk_errors, problem
from generator.publish import listing
from generator.publish.listing import Listing
from generator.publish.releases import CURRENT, FOLDER, LIST, UNFINISHED
from generator.publish.tree import Tree

LOCK = ".publish.lock"


class FolderShelf:
    """Releases in a folder of this machine."""

    def __init__(self, root: Path) -> None:
        self.root, self.shown = root, str(root)
        self.place = root / FOLDER

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep others out; a lock of a process that died is nobody's."""
        with lock_on(self.root):
            yield

    def releases(self) -> tuple[str, ...]:
        """The names of the whole releases, oldest first."""
        if not self.place.is_dir():
            return ()
        lists = (file.name.removesuffix(LIST) for file in self.place.glob(f"[0-9]*{LIST}"))
        return tuple(sorted(name for name in lists if (self.place / name).is_dir()))

    def current(self) -> str:
        """The release that `current` points to, or nothing."""
        with suppress(OSError):
            return Path(os.readlink(self.root / CURRENT)).name  # noqa: PTH115
        return ""

    def listed(self, release: str) -> Listing:
        """The files of a release with their fingerprints."""
        file = self.place / f"{release}{LIST}"
        with disk_errors(file):
            return listing.from_text(file.read_text(encoding="utf-8"), str(file))

    def receive(self, tree: Tree, release: str, links: dict[str, str]) -> None:
        """Make a release beside the others, and give it its name when it is whole and on disk."""
        fresh = self.place / f"{UNFINISHED}{release}"
        new = [path for path in tree.files if path not in links]
        with disk_errors(fresh):
            folders = _make_folders(fresh, (*new, *links))
            for path, other in links.items():
                os.link(f"{self.place}/{other}/{path}", f"{fresh}/{path}")
            for path in new:
                shutil.copyfile(f"{tree.root}/{path}", f"{fresh}/{path}")
            # All of it is on disk before anything points to it. Bytes first and all at once:
            # the disk then writes them together.
            for path in (*(f"{fresh}/{path}" for path in new), *reversed(folders)):
                write.sync(path)
            write.replace(
                self.place / f"{release}{LIST}",
                listing.as_text(Listing(tree.files, tree.gone)).encode(),
            )
            fresh.rename(self.place / release)
            write.sync(self.place)

    def switch(self, release: str) -> None:
        """Point `current` elsewhere: one rename, which is there or not."""
        fresh = self.root / f"{UNFINISHED}{CURRENT}"
        with disk_errors(self.root / CURRENT):
            fresh.unlink(missing_ok=True)
            fresh.symlink_to(f"{FOLDER}/{release}")
            fresh.rename(self.root / CURRENT)
            write.sync(self.root)

    def drop(self, release: str) -> None:
        """Take a release away: first its list, so that it is never taken for whole."""
        with disk_errors(self.place):
            (self.place / f"{release}{LIST}").unlink(missing_ok=True)
            shutil.rmtree(self.place / release, ignore_errors=True)

    def tidy(self) -> None:
        """Take away what a publication left that was killed."""
        with disk_errors(self.place):
            self.place.mkdir(parents=True, exist_ok=True)
            whole = {*self.releases(), self.current()}
            for item in self.place.iterdir():
                if item.name.removesuffix(LIST) not in whole:
                    shutil.rmtree(item) if item.is_dir() else item.unlink()


def _make_folders(root: Path, paths: Iterable[str]) -> list[str]:
    """Make a folder with all those that some files lie in, each once; outer folders first."""
    inner = folders_of(paths)
    folders = [str(root), *(f"{root}/{one}" for one in sorted(inner))]
    for folder in folders:
        os.mkdir(folder)  # noqa: PTH102 - thousands of them
    return folders


@contextmanager
def lock_on(root: Path) -> Iterator[None]:
    """A lock on a folder that is published to. Raises Busy when another publication has it."""
    with disk_errors(root):
        root.mkdir(parents=True, exist_ok=True)
        lock = filelock.FileLock(root / LOCK)
        try:
            lock.acquire(timeout=0)
        except filelock.Timeout:
            raise Busy(problem("publish-busy", Span(str(root)))) from None
    try:
        yield
    finally:
        lock.release()
