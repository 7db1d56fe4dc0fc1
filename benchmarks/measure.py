"""How long a command takes in a fresh process, and what all its processes use meanwhile."""

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

_EVERY_SECONDS = 0.05
# Looking at much memory takes long, and holds up the process that is looked at, most of all one
# that uses every processor. So that is done where pages or processes were added or went, and
# now and then, for pages that were shared may be so no more.
_REST = 20
_MORE = 1.01
_NOW_AND_THEN_SECONDS = 0.5


@dataclass(frozen=True)
class Run:
    """One run: seconds on the wall, CPU seconds, and the most memory of all processes, in MB.

    Memory that processes share is counted once (the proportional set size); None where nobody
    looked at it.
    """

    seconds: float
    cpu_seconds: float
    memory_mb: float | None = None


def run(
    command: list[str],
    folder: Path,
    limit_seconds: float | None = None,
    looks_at_memory: bool = False,
) -> Run:
    """Run a command and measure it with all its children. To look at its memory holds it up.

    Raises subprocess.TimeoutExpired when it takes longer than the limit, after
    ending it, and subprocess.CalledProcessError when it fails.
    """
    # What earlier runs wrote should not have to reach the disk during this one.
    os.sync()
    before = os.times()
    started = time.perf_counter()
    with (folder / ".bench.log").open("w+b") as log, _process(command, folder, log) as process:
        watch, limit = _Watch(process.pid, looks_at_memory), _Limit(process.pid, limit_seconds)
        try:
            # Waiting with a limit would look every 50 ms only whether it is over.
            code = process.wait()
            seconds = time.perf_counter() - started
        finally:
            limit.stop()
            watch.stop()
    if limit.is_passed:
        raise subprocess.TimeoutExpired(command, seconds)
    if code:
        raise subprocess.CalledProcessError(code, command, (folder / ".bench.log").read_bytes())
    after = os.times()
    waited = after.children_user + after.children_system
    waited -= before.children_user + before.children_system
    memory_mb = watch.most_kb / 1000 if looks_at_memory else None
    return Run(seconds, max(waited, watch.cpu_seconds()), memory_mb)


@contextlib.contextmanager
def _process(
    command: list[str], folder: Path, log: IO[bytes]
) -> Iterator["subprocess.Popen[bytes]"]:
    """A running command in a group of its own; whatever of it still runs at the end is ended."""
    process = subprocess.Popen(
        command, cwd=folder, env=_environment(), stdout=log, stderr=log, start_new_session=True
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _environment() -> dict[str, str]:
    """As a user has it: where Python may keep what it compiled, for every generator in it."""
    return {name: one for name, one in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


class _Limit:
    """Ends a process and all that it began once it has taken so many seconds; None: never."""

    def __init__(self, pid: int, seconds: float | None) -> None:
        self.is_passed = False
        self._pid = pid
        self._timer = threading.Timer(seconds or 0, self._end)
        if seconds is not None:
            self._timer.start()

    def _end(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._pid, signal.SIGKILL)
            self.is_passed = True

    def stop(self) -> None:
        self._timer.cancel()


class _Watch:
    """A thread that looks at a process and its descendants until it is stopped: at the time that
    they use, and perhaps at their memory."""

    def __init__(self, pid: int, looks_at_memory: bool) -> None:
        self.most_kb, self._looks_at_memory = 0, looks_at_memory
        self._ticks: dict[int, int] = {}
        self._pid, self._done = pid, threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()

    def _look(self) -> None:
        pause, highest, looked, before = 0.0, 0.0, 0.0, [self._pid]
        while not self._done.wait(max(pause, _EVERY_SECONDS)):
            started = time.perf_counter()
            family = _family(self._pid)
            resident = sum(map(_resident_kb, family)) if self._looks_at_memory else 0
            is_due = started - looked > _NOW_AND_THEN_SECONDS
            if resident and (is_due or resident > highest * _MORE or family != before):
                highest, looked, before = resident, started, family
                self.most_kb = max(self.most_kb, sum(map(_memory_kb, family)))
            for pid in family:
                self._ticks[pid] = max(self._ticks.get(pid, 0), _ticks(pid))
            pause = _REST * (time.perf_counter() - started)

    def cpu_seconds(self) -> float:
        """The time of all processes that were seen, also of those that nobody waited for."""
        return sum(self._ticks.values()) / os.sysconf("SC_CLK_TCK")

    def stop(self) -> None:
        self._done.set()
        self._thread.join()


def _family(pid: int) -> list[int]:
    found = [pid]
    for one in found:
        with contextlib.suppress(OSError):
            for task in Path(f"/proc/{one}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
    return found


def _memory_kb(pid: int) -> int:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


def _resident_kb(pid: int) -> int:
    """The memory of a process with all that it shares with others; costs next to nothing."""
    with contextlib.suppress(OSError):
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") // 1024
    return 0


def _ticks(pid: int) -> int:
    with contextlib.suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return int(fields[11]) + int(fields[12])
    return 0
