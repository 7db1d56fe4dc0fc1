"""Columns of rows in an order, after some rows went and others came.

A column is a tuple; the columns of the same rows are as long as one another. Of ten
thousand rows most stay together, so they are moved by runs.
"""

from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from itertools import chain, compress, pairwise, repeat
from operator import sub
from typing import Any, TypeVar

from generator.model import Model

# The place of a row that is no more.
GONE = -1
# Which rows of `(*old, *new)` are there now, in their order, by runs of neighbours.
Places = tuple[range, ...]
_T = TypeVar("_T")


def places_after(
    old: Sequence[str], gone: Collection[str], new: Sequence[str], ranks: Sequence[Any] = ()
) -> Places:
    """Where in `(*old, *new)` the rows stand that are there now, in their order.

    Each row is told by a key, and those with a key that is `gone` are no more.
    They are in the order of their keys, or of `ranks`: one for each of the old and the new.
    """
    every = (*old, *new)
    kept = compress(range(len(old)), [key not in gone for key in old] if gone else repeat(True))
    order = sorted((*kept, *range(len(old), len(every))), key=(ranks or every).__getitem__)
    return tuple(_runs(order))


def _runs(order: Sequence[int]) -> Iterator[range]:
    steps = map(sub, order[1:], order)
    ends = (at for at, step in enumerate(steps, 1) if step != 1)
    for first, end in pairwise((0, *ends, len(order)) if order else ()):
        yield range(order[first], order[first] + end - first)


def columns(before: Model, places: Places, new: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    """Columns by their names in `before`, with the values of the new rows, at some places."""
    return {name: _column(places, getattr(before, name), own) for name, own in new.items()}


def _column(places: Places, old: Sequence[_T], new: Sequence[_T]) -> tuple[_T, ...]:
    every = (*old, *new)
    return tuple(chain.from_iterable(every[run.start : run.stop] for run in places))


def moved(places: Places, count: int) -> list[int]:
    """The place now of each of so many rows, old and new; `GONE`: it has none."""
    found, at = [GONE] * count, 0
    for run in places:
        found[run.start : run.stop] = range(at, at + len(run))
        at += len(run)
    return found


def rest(old: dict[str, _T], gone: Container[str], new: dict[str, _T]) -> dict[str, _T]:
    """What is known of few of the rows, by their keys, in the order of these."""
    kept = {key: value for key, value in old.items() if key not in gone}
    return dict(sorted((kept | new).items(), key=lambda pair: pair[0]))
