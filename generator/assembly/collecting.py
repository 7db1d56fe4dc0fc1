"""What is other than it was: the entries whose profiles hold no more, each with a new one."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import compress, filterfalse
from operator import attrgetter, ne
from typing import NoReturn

from generator.assembly.profiles import Made, Moment, Profile, id_of, profile_of
from generator.assembly.roster import Roster
from generator.assembly.skeleton import Skeleton
from generator.config import Config
from generator.load import Library
from generator.model import Model, Step


def _unknown(key: str) -> NoReturn:
    raise KeyError(key)


class Before(Model, frozen=True):
    """What is known beforehand. Of another build with the same settings: its roster and skeleton,
    the steps of each entry, and functions for its profile, and for the card of an edition,
    spelled. Of this one: what was made `ahead`, by id."""

    roster: Roster = Roster()
    bones: Skeleton = Skeleton()
    steps: Mapping[str, tuple[Step, ...]] = {}
    profile: Callable[[str], Profile] = _unknown
    card: Callable[[str], bytes] = _unknown
    ahead: Mapping[str, Made] = {}


class Collected(Model, frozen=True):
    """The profiles that are made (again), by id, and those that the same entries had before, as
    far as there were; the steps of all entries.

    `fresh` are the ids of entries that are other than they were known to be; of the others that
    are made again only what is wrong in them may be.
    """

    made: dict[str, Made]
    old: dict[str, Profile]
    steps: dict[str, tuple[Step, ...]]
    fresh: frozenset[str]

    @property
    def profiles(self) -> tuple[Profile, ...]:
        """The new profiles."""
        return tuple(one.profile for one in self.made.values())

    def ids(self, before: Before) -> frozenset[str]:
        """All entries that have a file."""
        return frozenset(before.roster.ids).difference(self.old).union(self.made)

    def title(self, key: str, before: Before) -> str:
        """The title of an edition."""
        id_ = key.partition("/")[2]
        profile = self.made[id_].profile if id_ in self.made else before.profile(id_)
        return next(one.title for one in profile.shown if one.key == key)


def collect(library: Library, config: Config, at: Moment, before: Before) -> Collected:
    """A profile for every entry that was touched, or could be wrong in another way; perhaps one
    that was made ahead."""
    roster = before.roster
    came, touched = _touched(library, config, roster)
    fresh = frozenset((*touched, *roster.turned(at.now), *_other_beside(roster, library)))
    again = sorted({*fresh, *roster.unsound, *roster.naming(fresh)})
    files = {id_: (*_still_there(roster.files_of(id_), library), *came[id_]) for id_ in again}
    made = {
        id_: before.ahead.get(id_) or profile_of(id_, tuple(sorted(own)), library, config, at)
        for id_, own in files.items()
        if own
    }
    known = frozenset(roster.ids)
    old = {id_: before.profile(id_) for id_ in again if id_ in known}
    return Collected(made, old, _steps_after(before, old, made), fresh)


def _steps_after(
    before: Before, old: Mapping[str, Profile], made: Mapping[str, Made]
) -> dict[str, tuple[Step, ...]]:
    steps = {**before.steps, **{id_: one.steps for id_, one in made.items()}}
    for id_ in old.keys() - made.keys():
        del steps[id_]
    return steps


def _touched(
    library: Library, config: Config, roster: Roster
) -> tuple[Mapping[str, list[str]], set[str]]:
    """The files that nobody knew, by the id of their entry, and the entries of which a file came,
    went, or has another face."""
    faces = library.faces
    now = dict(zip(faces, map(attrgetter("print"), faces.values()), strict=True))
    then = dict(zip(roster.files, roster.prints, strict=True))
    owners = dict(zip(roster.files, roster.owners, strict=True))
    came = defaultdict(list)
    for path in filterfalse(then.__contains__, now):
        if id_ := id_of(path, config):
            came[id_].append(path)
    others = compress(then, map(ne, then.values(), map(now.get, then)))
    return came, {*came, *(owners[path] for path in others)}


def _other_beside(roster: Roster, library: Library) -> Iterator[str]:
    """The entries that name a file of which another thing is known."""
    for id_, files in roster.beside.items():
        if any(library.print_of(path) != print_ for path, print_ in files):
            yield id_


def _still_there(paths: Iterable[str], library: Library) -> Iterator[str]:
    return filter(library.faces.__contains__, paths)
