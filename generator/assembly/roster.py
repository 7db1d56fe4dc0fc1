"""The roster: who the entries are, and what the profile of each hangs on, for all of them at once.

It tells which profiles still hold, without a look at any.
"""

import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from itertools import chain
from typing import Any

from generator import fingerprint
from generator.assembly.profiles import Profile
from generator.assembly.rows import columns, places_after, rest
from generator.model import Model

# What stands between the ids that an entry names.
_BETWEEN = "\0"


class Roster(Model, frozen=True):
    """What the profiles of all entries hang on; what follows from them is in the skeleton.

    `files` are those of all entries, with their faces in `prints` and the ids of
    their entries in `owners`, in the order of these. `ids` are all entries in
    order, with the ids that each names in `refers` and a sum of its profile in
    `sums`. `beside` and `until` are those of the profiles that have some, `unsound` are the
    entries that are not sound; since the moment `since` nothing changed by itself.
    """

    files: tuple[str, ...] = ()
    prints: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    refers: tuple[str, ...] = ()
    sums: tuple[int, ...] = ()
    beside: dict[str, tuple[tuple[str, str], ...]] = {}
    until: dict[str, datetime] = {}
    unsound: tuple[str, ...] = ()
    since: datetime | None = None

    def files_of(self, id_: str) -> tuple[str, ...]:
        """The files of an entry."""
        first = bisect_left(self.owners, id_)
        return self.files[first : bisect_right(self.owners, id_, first)]

    def is_profile_of(self, id_: str, data: bytes) -> bool:
        """Whether the profile of an entry is encoded so."""
        at = bisect_left(self.ids, id_)
        return self.ids[at : at + 1] == (id_,) and self.sums[at] == zlib.crc32(data)

    def naming(self, ids: frozenset[str]) -> Iterator[str]:
        """The entries that name one of some others."""
        for id_, names in zip(self.ids, self.refers, strict=True):
            if names and not ids.isdisjoint(names.split(_BETWEEN)):
                yield id_

    def turned(self, now: datetime) -> Iterator[str]:
        """The entries whose profiles hold no more at a moment, because of the clock alone."""
        if self.since and now < self.since:
            return iter(self.ids)
        return (id_ for id_, until in self.until.items() if until <= now)


def roster_of(before: Roster, gone: Collection[str], profiles: Sequence[Profile]) -> Roster:
    """The roster once these profiles came, and those of some ids went."""
    unsound = (id_ for id_ in before.unsound if id_ not in gone)
    # Where all are made again, the clock may have been put back.
    since = before.since if len(gone) < len(before.ids) else None
    moments = (since, *(one.since for one in profiles))
    return Roster(
        **_files_after(before, gone, profiles),
        **_entries_after(before, gone, profiles),
        beside=rest(before.beside, gone, {one.id: one.beside for one in profiles if one.beside}),
        until=rest(before.until, gone, {one.id: one.until for one in profiles if one.until}),
        unsound=tuple(sorted(chain(unsound, (one.id for one in profiles if not one.sound)))),
        since=max(filter(None, moments), default=None),
    )


def _files_after(
    before: Roster, gone: Collection[str], profiles: Sequence[Profile]
) -> dict[str, Any]:
    """The columns of the files."""
    rows = [(path, print_, one.id) for one in profiles for path, print_ in one.files]
    order = places_after(before.owners, gone, [id_ for *_, id_ in rows])
    new = {
        "files": [path for path, *_ in rows],
        "prints": [print_ for _, print_, _ in rows],
        "owners": [id_ for *_, id_ in rows],
    }
    return columns(before, order, new)


def _entries_after(
    before: Roster, gone: Collection[str], profiles: Sequence[Profile]
) -> dict[str, Any]:
    """The columns of the entries."""
    ids = [one.id for one in profiles]
    refers = [_BETWEEN.join(one.refers) for one in profiles]
    sums = [_sum(one) for one in profiles]
    new: dict[str, Sequence[Any]] = {"ids": ids, "refers": refers, "sums": sums}
    return columns(before, places_after(before.ids, gone, ids), new)


def _sum(profile: Profile) -> int:
    return zlib.crc32(fingerprint.encode(profile))
