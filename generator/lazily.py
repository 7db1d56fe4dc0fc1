"""Mappings and rows whose values are worked out when they are asked for."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, TypeVar, overload

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class Lazily(Mapping[_Key, _Value]):
    """The values that a function makes of some keys, in the order of the keys.

    Each is made once, unless not more than `most` may be held in memory.
    """

    def __init__(
        self, keys: Collection[_Key], make: Callable[[_Key], _Value], most: int = 0
    ) -> None:
        self._keys, self._make, self._most = keys, make, most
        self._made: dict[_Key, _Value] = {}

    def __getitem__(self, key: _Key) -> _Value:
        if key not in self._made:
            if key not in self._keys:
                raise KeyError(key)
            if self._most and len(self._made) >= self._most:
                self._made.clear()
            self._made[key] = self._make(key)
        return self._made[key]

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[_Key]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


class Row(Sequence[_Value]):
    """The values that a function makes of some keys, in a row; a slice of it is a tuple."""

    def __init__(self, keys: Sequence[Any], make: Callable[[Any], _Value]) -> None:
        self._keys, self._make = keys, make

    @overload
    def __getitem__(self, at: int) -> _Value: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[_Value, ...]: ...

    def __getitem__(self, at: int | slice) -> _Value | tuple[_Value, ...]:
        if isinstance(at, slice):
            return tuple(self._make(key) for key in self._keys[at])
        return self._make(self._keys[at])

    def __iter__(self) -> Iterator[_Value]:
        return map(self._make, self._keys)

    def __len__(self) -> int:
        return len(self._keys)
