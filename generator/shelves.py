"""Where small values stand in the cache: many on a shelf, which is read and written whole."""

import zlib
from collections.abc import Callable
from functools import cache

# The tables of small values that are wanted together, and on how many shelves these stand. All
# shelves of a table are always there: one that is missing is damage.
SHELVES = {
    "faces": 256,
    "profiles": 256,
    "steps": 256,
    "cards": 16 * 64,
    "files": 256,
    "outputs": 256,
    "folders": 256,
    "traces": 256,
    "reads": 251 * 16,
    "good": 64,
}
# What stands between the parts of a key.
BETWEEN = "\0"
# Where keys are wanted by kind, those of one kind stand on so many shelves beside one another.
# Of queries that is their name; there is room for so many kinds that hardly two meet. Cards are
# wanted by year, with which the name of a post begins as a rule.
_BESIDE = {"reads": 16, "cards": 64}
_KINDS: dict[str, Callable[[str], str]] = {
    "reads": lambda key: key.partition(BETWEEN)[0],
    "cards": lambda key: key[: key.rfind("/") + len("/2026")],
}
# Tables of which no shelf may be of another build than the rest: what is in them is believed
# without a look at what it follows from.
OF_ONE_BUILD = ("outputs", "reads", "steps", "traces")


def shelf_of(table: str, key: str) -> str:
    """The shelf on which a key stands."""
    number = zlib.crc32(key.encode())
    if table not in _BESIDE:
        return str(number % SHELVES[table])
    return str(shelves_for(table, _KINDS[table](key))[number % _BESIDE[table]])


@cache
def shelves_for(table: str, kind: str) -> range:
    """The shelves for the keys of one kind."""
    beside = _BESIDE[table]
    first = zlib.crc32(kind.encode()) % (SHELVES[table] // beside) * beside
    return range(first, first + beside)
