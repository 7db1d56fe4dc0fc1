"""Something that another process does meanwhile, where this one has work enough of its own.

The other process is a copy of this one, made when the errand begins: it knows
all that was known then, and only what comes of it is handed over. Where no copy
can be made, or it fails, the errand is done here when its result is wanted (so one
that must fail is done twice).
"""

import os
import pickle
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, Generic, TypeVar

_Out = TypeVar("_Out")
# Stands after what is handed over: without it the copy has failed.
_WHOLE = b"whole"
# No process has so many files open that a copy might hold.
_EVERY_FILE = 1 << 20


class Errand(Generic[_Out]):
    """A function that is called meanwhile, by another process if that is allowed."""

    def __init__(self, do: Callable[[], _Out], elsewhere: bool) -> None:
        self._do = do
        self._child, self._stream = _sent(do) if elsewhere and _may_copy() else (0, None)

    def result(self) -> _Out:
        """What comes of it, as soon as that is known. Raises what the function raises."""
        try:
            data = self._stream.read() if self._stream else b""
        finally:
            self.forget()
        if not data.endswith(_WHOLE):
            return self._do()
        return pickle.loads(data.removesuffix(_WHOLE))  # type: ignore[no-any-return] # noqa: S301

    def forget(self) -> None:
        """Let go of the other process, if there still is one."""
        child, self._child = self._child, 0
        if self._stream:
            self._stream.close()
        if child:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


def _may_copy() -> bool:
    """Whether a copy of this process can go on, and be waited for: on Linux, if all of it is
    one thread."""
    tasks = Path("/proc/self/task")
    return (
        sys.platform == "linux"
        and signal.getsignal(signal.SIGCHLD) == signal.SIG_DFL
        and tasks.is_dir()
        and len(list(tasks.iterdir())) == 1
    )


def _sent(do: Callable[[], object]) -> tuple[int, IO[bytes] | None]:
    """A copy of this process that does something, and where to read what came of it."""
    try:
        ours, theirs = os.pipe()
    except OSError:
        return 0, None
    stream, child = open(ours, "rb"), 0  # noqa: PTH123, SIM115 - it has no path, and goes on
    try:
        child = _copied(do, theirs)
    except OSError:
        stream.close()
    os.close(theirs)
    return child, stream if child else None


def _copied(do: Callable[[], object], pipe: int) -> int:
    """The number of a copy that does something; a signal only ever reaches this process."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    try:
        child = os.fork()
        if child == 0:
            _hand_over(do, pipe)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return child


def _hand_over(do: Callable[[], object], pipe: int) -> None:
    """What the copy does; it ends without a trace, and holds no file or lock of this process."""
    try:
        os.closerange(0, pipe)
        os.closerange(pipe + 1, _EVERY_FILE)
        with open(pipe, "wb") as stream:
            stream.write(pickle.dumps(do(), pickle.HIGHEST_PROTOCOL) + _WHOLE)
    finally:
        os._exit(0)
