"""Workers elsewhere: a Dask cluster that does what processes here do otherwise."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from generator.model import Span
from generator.problems import UsageError, problem

if TYPE_CHECKING:
    from concurrent.futures import Executor

_DASK = "dask://"
_CONNECT_SECONDS = 10


@contextmanager
def executor_at(address: str) -> "Iterator[Executor | None]":
    """The workers at `dask://HOST:PORT`; None for no address: those of this machine.

    They must see the project's folder under the same path, and have the same
    Plein. Raises UsageError.
    """
    if not address:
        yield None
        return
    client = _client(address)
    try:
        yield client.get_executor(pure=False)
    finally:
        client.close()


def _client(address: str) -> Any:
    place = Span("--executor")
    if not address.startswith(_DASK):
        raise UsageError(problem("executor-unknown", place, value=address))
    try:
        from distributed import Client
    except ImportError:
        raise UsageError(problem("executor-missing", place)) from None
    untyped: Any = Client
    try:
        return untyped(f"tcp://{address.removeprefix(_DASK)}", timeout=_CONNECT_SECONDS)
    except (OSError, ValueError) as error:
        raise UsageError(problem("executor-away", place, value=address, reason=error)) from None
