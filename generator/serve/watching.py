"""Says when a site's sources may have changed. Events are hints; the disk is the truth."""

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

from generator.scan import is_scratch

FOLDERS = ("content", "themes")
# Reading a file is no change: the build itself does it all the time.
_CHANGES = frozenset({"created", "modified", "moved", "deleted", "closed"})
_QUIET_SECONDS = 0.03
_QUIET_SECONDS_IN_BULK = 0.3
_BULK = 8
_LONGEST_BURST_SECONDS = 10.0
_POLL_SECONDS = 0.5

Snapshot = frozenset[tuple[str, int, int, int]]


def snapshot(root: Path, files: Iterable[str]) -> Snapshot:
    """Path, size, time and inode of everything in a site's folders, and of some files beside."""
    found = [fact for name in FOLDERS for fact in _walk(root / name)]
    for file in files:
        with suppress(OSError):
            found.append(_facts(file, (root / file).stat()))
    return frozenset(found)


def _walk(folder: Path) -> Iterator[tuple[str, int, int, int]]:
    """Everything below a folder, as far as it is there: it may be on its way out."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in (one for one in entries if not is_scratch(one.name)):
            with suppress(OSError):
                yield _facts(entry.path, entry.stat(follow_symlinks=False))
                if entry.is_dir(follow_symlinks=False):
                    yield from _walk(Path(entry.path))


def _facts(path: str, facts: os.stat_result) -> tuple[str, int, int, int]:
    return path, facts.st_size, facts.st_mtime_ns, facts.st_ino


class _Handler(FileSystemEventHandler):
    """Passes on the events that matter."""

    def __init__(self, watcher: "Watcher") -> None:
        self._watcher = watcher

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Something happened to a file or folder."""
        if event.event_type in _CHANGES:
            self._watcher.hear(os.fsdecode(event.src_path), os.fsdecode(event.dest_path))


class Watcher:
    """Watches a site's folders, also when they are taken away and put back.

    `polls` says that it looks at the disk every half second instead of being
    told: because it was asked to, or because the system can tell no more. The
    latter is told to `gave_up`, with what the system said.
    """

    def __init__(
        self, root: Path, config: str, polls: bool, gave_up: Callable[[OSError], None]
    ) -> None:
        self.root, self.config, self.polls = root.absolute(), config, polls
        self._gave_up = gave_up
        self._wake = threading.Event()
        self._touched: set[str] = set()
        self._observer: BaseObserver | None = None
        self._watched: frozenset[tuple[str, int]] = frozenset()

    def start(self) -> None:
        """Begin to watch; falls back to looking every half second."""
        try:
            self._observe(PollingObserver(timeout=_POLL_SECONDS) if self.polls else Observer())
        except OSError as error:
            self.stop()
            self.polls = True
            self._gave_up(error)
            self._observe(PollingObserver(timeout=_POLL_SECONDS))

    def _observe(self, observer: BaseObserver) -> None:
        self._observer, self._watched = observer, self._places()
        handler = _Handler(self)
        observer.schedule(handler, str(self.root), recursive=False)
        for path, _ in self._watched:
            observer.schedule(handler, path, recursive=True)
        observer.start()

    def stop(self) -> None:
        """Let go of everything that is watched."""
        if self._observer is not None:
            with suppress(RuntimeError, OSError):
                self._observer.stop()
                self._observer.join()
        self._observer = None

    def _places(self) -> frozenset[tuple[str, int]]:
        """The folders that are there, with their inodes: one that was put back is another."""
        places = []
        for name in FOLDERS:
            with suppress(OSError):
                places.append((str(self.root / name), (self.root / name).stat().st_ino))
        return frozenset(places)

    def renew(self) -> None:
        """Watch the folders that are there now, if those are others than before."""
        if self._places() != self._watched:
            self.stop()
            self.start()

    def hear(self, *paths: str) -> None:
        """Something may have happened to these paths."""
        found = {path for path in paths if path and self._is_source(path)}
        if found:
            self._touched |= found
            self._wake.set()

    def _is_source(self, path: str) -> bool:
        inside = path.removeprefix(str(self.root)).lstrip("/\\").replace("\\", "/")
        return inside == self.config or inside.partition("/")[0] in FOLDERS

    def poke(self) -> None:
        """Wake who waits, for another reason than a change."""
        self._wake.set()

    def wait(self, seconds: float) -> bool:
        """Wait until something may have changed, at most so long; whether it has."""
        return self._wake.wait(seconds)

    def settle(self) -> None:
        """Wait until it is quiet: shortly after one save, longer in a checkout of many files."""
        end = time.monotonic() + _LONGEST_BURST_SECONDS
        while time.monotonic() < end:
            self._wake.clear()
            bulk = len(self._touched) > _BULK
            if not self._wake.wait(_QUIET_SECONDS_IN_BULK if bulk else _QUIET_SECONDS):
                break
        self._wake.clear()
        self._touched.clear()
