"""Columns of rows in an order, after some rows went and others came.

A column is a tuple; the columns of the same rows are as long as one another. A
row may be one of ten thousands, so the loops are those of C.
"""

from collections.abc import Container, Sequence
from itertools import compress
from typing import Any, TypeVar

_T = TypeVar("_T")


def places_after(
    old: Sequence[str], gone: Container[str], new: Sequence[str], ranks: Sequence[Any] = ()
) -> list[int]:
    """Where in `(*old, *new)` the rows stand that there are after, in their order.

    Each row is told by a key, and those with a key that is `gone` are no more.
    They are in the order of their keys, or of `ranks`: one for each of the old and the new.
    """
    every = (*old, *new)
    kept = compress(range(len(old)), [key not in gone for key in old])
    return sorted((*kept, *range(len(old), len(every))), key=(ranks or every).__getitem__)


def column(places: Sequence[int], old: Sequence[_T], new: Sequence[_T]) -> tuple[_T, ...]:
    """The values of the rows at some places."""
    return tuple(map((*old, *new).__getitem__, places))


def rest(old: dict[str, _T], gone: Container[str], new: dict[str, _T]) -> dict[str, _T]:
    """What is known of few of the rows, by their keys, in the order of these."""
    kept = {key: value for key, value in old.items() if key not in gone}
    return dict(sorted((kept | new).items(), key=lambda pair: pair[0]))
