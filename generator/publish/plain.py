"""Just a folder, for hosts that publish whatever stands in one."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from generator import manifest, write
from generator.problems import disk_errors
from generator.publish.folder import LOCK, lock_on


class PlainFolder:
    """A folder of this machine in which each file is replaced by itself."""

    def __init__(self, root: Path) -> None:
        self.root, self.shown = root, str(root)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep others out; a lock of a process that died is nobody's."""
        with lock_on(self.root):
            self._tidy()
            yield

    def _tidy(self) -> None:
        """Take away what a publication left aside that was killed."""
        with disk_errors(self.root):
            for file in self.root.rglob(f".*{write.ASIDE}"):
                file.unlink()

    def names(self) -> frozenset[str]:
        """The paths of all files that are there, other than hidden ones."""
        found = (file for file in self.root.rglob("*") if file.is_file())
        paths = (file.relative_to(self.root).as_posix() for file in found)
        return frozenset(paths) - {manifest.MANIFEST, LOCK}

    def manifest(self) -> str:
        """The manifest that is there, or nothing."""
        with suppress(FileNotFoundError):
            return (self.root / manifest.MANIFEST).read_text(encoding="utf-8")
        return ""

    def put(self, path: str, file: Path) -> None:
        """Copy a file beside its place and rename it."""
        target = self.root / path
        with disk_errors(target), write.aside(target) as fresh:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, fresh)
            write.sync(fresh)
            fresh.replace(target)

    def put_manifest(self, text: str) -> None:
        """Replace the manifest."""
        write.replace(self.root / manifest.MANIFEST, text.encode())

    def delete(self, paths: tuple[str, ...]) -> None:
        """Take files away, and folders that are empty then."""
        with disk_errors(self.root):
            for path in paths:
                (self.root / path).unlink(missing_ok=True)
                with suppress(OSError):
                    os.removedirs((self.root / path).parent)
