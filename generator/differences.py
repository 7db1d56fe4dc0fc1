"""What is other than the cache has it."""

from collections.abc import Container, Iterable, Mapping
from itertools import compress, filterfalse
from operator import is_not

from generator.scan import Seen
from generator.sight import Sight
from generator.store import Changes
from generator.survey import Survey


def changes_of_files(
    sight: Sight, found: Survey, outputs: Mapping[str, Seen]
) -> tuple[Changes, ...]:
    """What the cache has to learn of the files: the sources, the outputs as they are left."""
    return (
        difference("files", sight.seen, sight.known),
        difference("outputs", outputs, found.before),
        Changes("folders", found.changed, tuple(found.forgotten)),
    )


def difference(table: str, new: Mapping[str, object], old: Mapping[str, object]) -> Changes:
    """What a table has to learn and to forget, so that it has the new values."""
    # Ten thousands of values, of which hardly any is another, and most of the rest the very same:
    # the loops are those of C.
    others = compress(new, map(is_not, new.values(), map(old.get, new)))
    puts = {key: new[key] for key in others if new[key] != old.get(key)}
    return Changes(table, puts, gone_from(old, new))


def gone_from(old: Iterable[str], new: Container[str]) -> tuple[str, ...]:
    """The keys that are there no more."""
    return tuple(filterfalse(new.__contains__, old))
