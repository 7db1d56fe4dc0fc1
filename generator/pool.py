"""Work in parallel: a function over many values, results in the order of the values.

Anything with the interface of `concurrent.futures.Executor` can do it; the
function and the values are picklable, so it may be on another machine.
"""

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

_In = TypeVar("_In")
_Out = TypeVar("_Out")
# Below this many values, starting processes costs more than it saves.
SERIAL_BELOW = 60


@contextmanager
def workers(count: int, values: int) -> Iterator[Executor | None]:
    """An executor of `count` processes, or None where one process is enough."""
    in_main = threading.current_thread() is threading.main_thread()
    if in_main and (count < 2 or values < SERIAL_BELOW):
        yield None
        return
    if values == 0:
        yield None
        return
    context = multiprocessing.get_context("forkserver" if os.name == "posix" else "spawn")
    with ProcessPoolExecutor(max(1, count), mp_context=context) as executor:
        yield executor


def run(
    function: Callable[[_In], _Out], values: Sequence[_In], executor: Executor | None
) -> Iterable[_Out]:
    """The function's results, in order; the same for any number of workers."""
    if executor is None:
        return map(function, values)
    chunk = max(1, min(32, len(values) // 8))
    return executor.map(function, values, chunksize=chunk)


def default_count() -> int:
    """As many processes as this machine has processors for us."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
