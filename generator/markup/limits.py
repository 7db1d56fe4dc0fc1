"""Ends a conversion that takes too long, so that one hostile post never holds the site up."""

import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import TypeVar

Result = TypeVar("Result")
# How many lists, quotes and blocks may stand in one another.
MAX_DEPTH = 30
# After the first alarm it rings again, should library code have swallowed the exception.
_AGAIN_SECONDS = 0.05


class TooSlow(BaseException):
    """The time is up. Not an Exception, so that no library's `except Exception` keeps it."""


class TooDeep(Exception):
    """Lists or quotes stand in one another more deeply than is sensible."""


def within(seconds: float, work: Callable[[], Result]) -> Result:
    """What `work` gives; TooSlow if it takes more CPU time. No limit outside the main thread,
    where no signal can be set, nor on Windows.
    """
    if (
        not hasattr(signal, "setitimer")
        or threading.current_thread() is not threading.main_thread()
    ):
        return work()
    alarm = _Alarm()
    before = signal.signal(signal.SIGPROF, alarm)
    try:
        signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN_SECONDS)
        return work()
    finally:
        alarm.armed = False
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


class _Alarm:
    """The signal's handler, that can be told that the work is done."""

    armed = True

    def __call__(self, _number: int, _frame: FrameType | None) -> None:
        if self.armed:
            raise TooSlow
