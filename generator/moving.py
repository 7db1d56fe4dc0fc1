"""Move files into the place of others, and let go of those meanwhile.

Whoever loses the last name of a file waits until the disk has let go of it, and
meanwhile no other file of that disk can be moved. Where a file is still open, its
name can be taken at once, and who closes it later waits alone.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial

# With fewer files nobody waits long.
_MANY = 512
_TOGETHER = 32
# So many wait at once for the disk, and so many files are open for each of them.
_THREADS = 3
_AHEAD = 2


@contextmanager
def replacing(count: int) -> Iterator[Callable[[str, str], None]]:
    """`os.replace` for about so many files; what they replaced is gone from the disk in the end."""
    if count < _MANY or not hasattr(os, "O_PATH"):
        yield os.replace
        return
    closers = _Closers()
    try:
        yield partial(_replace, closers)
    finally:
        closers.finish()


def _replace(closers: "_Closers", file: str, place: str) -> None:
    held = -1
    # There may be nothing, or no room for one more open file; then this one waits itself.
    with suppress(OSError):
        held = os.open(place, os.O_PATH | os.O_NOFOLLOW)
    try:
        os.replace(file, place)  # noqa: PTH105 - the crash tests inject at this call
    finally:
        if held >= 0:
            closers.close(held)


class _Closers:
    """Threads that close files, some at a time; who has more than they can do waits for them."""

    def __init__(self) -> None:
        # Nobody else needs these.
        from queue import Queue
        from threading import Thread

        self._waiting: Queue[list[int]] = Queue(_THREADS * _AHEAD)
        self._some: list[int] = []
        self._threads: list[Thread] = []
        # Where there is no room for one more, those that are there do it, or else whoever moves.
        with suppress(RuntimeError):
            for _ in range(_THREADS):
                thread = Thread(target=self._close_waiting, daemon=True)
                thread.start()
                self._threads.append(thread)

    def close(self, handle: int) -> None:
        """Have a file closed soon."""
        self._some.append(handle)
        if len(self._some) == _TOGETHER:
            self._hand_over()

    def finish(self) -> None:
        """Wait until all are closed."""
        self._hand_over()
        # Nobody knows who takes which, so all are told before anyone is waited for.
        for _ in self._threads:
            self._waiting.put([])
        for thread in self._threads:
            thread.join()

    def _hand_over(self) -> None:
        some, self._some = self._some, []
        if some and self._threads:
            self._waiting.put(some)
        else:
            _close_all(some)

    def _close_waiting(self) -> None:
        while some := self._waiting.get():
            _close_all(some)


def _close_all(handles: Iterable[int]) -> None:
    for handle in handles:
        with suppress(OSError):
            os.close(handle)
