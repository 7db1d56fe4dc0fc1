"""Work in parallel: a function over many values, results in the order of the values.

Anything with the interface of `concurrent.futures.Executor` can do it; the
function and the values are picklable, so it may be on another machine.
"""

from __future__ import annotations

import atexit
import gc
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

from generator.errand import Errand

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future
    from multiprocessing.context import BaseContext

_In = TypeVar("_In")
_Out = TypeVar("_Out")
# Below this many values, starting processes costs more than it saves.
SERIAL_BELOW = 100
_PER_CALL = 16
# So many calls wait for their turn: enough to keep everybody busy, few enough to hold in memory.
_AHEAD = 12
# Nearly everything here is a frozen value, which is never part of a cycle: looking for cycles
# after every few hundred of them takes a seventh of a build in which nothing has changed.
_COLLECT_AFTER = 500_000
# But a template leaves cycles with each page that it makes, so workers look more often: what
# they need not hold at once costs less to let go than to get anew.
_COLLECT_IN_WORKERS_AFTER = 10_000
_PRELOAD = [
    "generator.reading",
    "generator.markup.conversion",
    "generator.making",
    "generator.outputs.pages",
]


class Crew:
    """Some workers, hired when there is enough to do for them, and sent home at the end; who
    is away on an errand is let go then too."""

    def __init__(self, count: int, executor: Executor | None = None) -> None:
        self.count = count
        self._executor, self._own = executor, executor is None
        self._errands: list[Errand[Any]] = []

    def for_values(self, values: int) -> Executor | None:
        """The workers for so many values; None where this process does better alone.

        Only a process' main thread can be stopped when a conversion takes too
        long, so another thread always leaves the work to workers.
        """
        in_main = threading.current_thread() is threading.main_thread()
        alone = self.count < 2 or values < SERIAL_BELOW
        if values == 0 or (in_main and alone and self._own):
            return None
        if self._executor is None:
            self._executor = _hire(max(1, self.count))
        return self._executor

    def expect(self, values: int) -> None:
        """Have what workers need to know be read meanwhile, where so many values are to come."""
        if self._own and self.count > 1 and values >= SERIAL_BELOW and os.name == "posix":
            from multiprocessing import forkserver

            _context()
            forkserver.ensure_running()

    def meanwhile(self, do: Callable[[], _Out]) -> Errand[_Out]:
        """Have something done while this process goes on, if somebody is there to do it."""
        errand = Errand(do, self.count > 1)
        self._errands.append(errand)
        return errand

    def send_home(self) -> None:
        """Let go of our own workers, with all that they hold; the next call for some hires anew."""
        if self._own and self._executor:
            self._executor.shutdown(cancel_futures=True)
            self._executor = None

    def __enter__(self) -> Crew:
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: object, _trace: TracebackType | None
    ) -> None:
        try:
            self.send_home()
        finally:
            for errand in self._errands:
                errand.forget()


def collect_rarely(after: int = _COLLECT_AFTER) -> None:
    """Have Python look for cycles of garbage in this process only now and then.

    And not at its end: what is left then goes with the process.
    """
    gc.set_threshold(after, 20, 20)
    atexit.register(gc.freeze)


def _hire(count: int) -> Executor:
    # Most builds need nobody else, and this takes long to load.
    from concurrent.futures import ProcessPoolExecutor

    return ProcessPoolExecutor(
        count,
        mp_context=_context(),
        initializer=collect_rarely,
        initargs=(_COLLECT_IN_WORKERS_AFTER,),
    )


def _context() -> BaseContext:
    import multiprocessing

    if os.name != "posix":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOAD)
    return context


def run(
    function: Callable[[_In], _Out],
    values: Iterable[_In],
    executor: Executor | None,
    each: int = _PER_CALL,
) -> Iterator[_Out]:
    """The function's results, in order; the same for any number of workers.

    `each` values go to a worker at a time, and only a few of such calls wait
    at once, so that an archive of any size passes through.
    """
    if executor is None:
        yield from map(function, values)
        return
    waiting: deque[Future[list[_Out]]] = deque()
    rest = iter(values)
    try:
        while chunk := list(islice(rest, each)):
            waiting.append(executor.submit(_each, function, chunk))
            if len(waiting) >= _AHEAD:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    finally:
        _let_go(waiting)


def _let_go(waiting: Iterable[Future[Any]]) -> None:
    """After a failure: wait until nobody works on what nobody waits for."""
    for one in waiting:
        if not one.cancel():
            one.exception()


# What converts and renders is kept from one value to the next, so one thread at a time uses it.
_TURN = threading.Lock()


def _each(function: Callable[[_In], _Out], values: list[_In]) -> list[_Out]:
    with _TURN:
        return [function(value) for value in values]


def default_count() -> int:
    """As many processes as this machine has processors for us."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
