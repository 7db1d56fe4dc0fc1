"""The last site, remembered by all that it follows from, so that it need not be put together again.

Assembling and planning are pure: as long as nobody's face, no setting and no
file has changed, and no moment has passed that anything hangs on, they give
what they gave. What is kept has no documents in it: those are of now.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import compress, filterfalse
from operator import attrgetter, is_not
from typing import TypeVar

import msgspec

from generator import fingerprint
from generator.assembly import Assembled, Roster
from generator.assembly.lists import Numbers
from generator.assembly.skeleton import Skeleton
from generator.load import Files
from generator.model import Model, Step
from generator.moments import holds_at
from generator.problems import Problem
from generator.reading import Reading
from generator.records import Shelf
from generator.store import Damaged, Store
from generator.theme import Theme

_T = TypeVar("_T")


class Basis(Model, frozen=True):
    """The fingerprints of all that a site follows from: entries, other files, and all `beside`.

    Of a theme's templates the names count: what is in them only shows in pages.
    """

    entries: str = ""
    files: str = ""
    beside: str = ""


class Shelved(Model, frozen=True):
    """A shelf of search without its documents; its keys are numbers of editions."""

    lang: str
    name: str
    leads: bool
    heads: str
    keys: Numbers


class Snapshot(Model, frozen=True):
    """A site and its plan, without the entries.

    `basis` is what it follows from, but the clock; it holds from `since` until
    `until`. `bones` and `roster` are encoded: not everybody wants them; `steps` are those that are
    not kept as what an entry asks for. `told_of` are the keys of the files, by path, whose
    lines its problems name.
    """

    basis: Basis
    since: datetime | None
    until: datetime | None
    bones: msgspec.Raw
    roster: msgspec.Raw
    files: Files
    steps: tuple[Step, ...]
    problems: tuple[Problem, ...]
    spared: tuple[Problem, ...]
    told_of: dict[str, str]
    shelves: tuple[Shelved, ...] = ()

    def skeleton(self) -> Skeleton:
        """The site itself."""
        return _decoded(self.bones, Skeleton)

    def everybody(self) -> Roster:
        """Who the entries are."""
        return _decoded(self.roster, Roster)

    def steps_with(self, own: Iterable[Step]) -> dict[str, Step]:
        """All steps by path, with those that the entries asked for."""
        every = (*own, *self.steps)
        return dict(zip(map(attrgetter("path"), every), every, strict=True))


def _decoded(data: msgspec.Raw, type_: type[_T]) -> _T:
    try:
        return fingerprint.decode(data, type_)
    except msgspec.DecodeError as error:
        raise Damaged from error


class Findings(Model, frozen=True):
    """What goes with a site: its plan, problems and what can be found."""

    steps: tuple[Step, ...]
    problems: tuple[Problem, ...]
    spared: tuple[Problem, ...]
    shelves: tuple[Shelf, ...] = ()


def basis_of(reading: Reading, inputs: str, theme: Theme) -> Basis:
    """What a site follows from; `inputs` is the fingerprint of all that is no file of it."""
    paths = sorted(reading.faces)
    faces = (*paths, *map(attrgetter("print"), map(reading.faces.__getitem__, paths)))
    files = (
        part
        for path in filterfalse(reading.faces.__contains__, reading.sources)
        for part in (path, reading.sources[path].fingerprint)
    )
    look = fingerprint.of_value((*theme.templates, theme.assets, theme.strings))
    parts = (inputs, look)
    return Basis(*(fingerprint.of_parts(one) for one in (faces, files, parts)))


def take(basis: Basis, made: Assembled, found: Findings) -> Snapshot | None:
    """A snapshot of a site; None where a problem is in no entry, so that it could move unseen,
    or where an entry asks for what is not in the plan."""
    library = made.site.library
    keys, told = library.keys, {one.span.path for one in (*found.problems, *found.spared)}
    if not told <= keys.keys():
        return None
    others = _others(found.steps, made.steps())
    if others is None:
        return None
    return Snapshot(
        basis=basis,
        since=made.roster.since,
        until=made.until,
        bones=msgspec.Raw(fingerprint.encode(made.bones)),
        roster=msgspec.Raw(fingerprint.encode(made.roster)),
        files=Files(
            library.images,
            library.movies,
            library.captions,
            library.file_keys,
            library.renditions,
        ),
        steps=others,
        problems=found.problems,
        spared=found.spared,
        told_of={path: keys[path] for path in told},
        shelves=tuple(_shelved(found.shelves, made.bones)),
    )


def _others(steps: tuple[Step, ...], asked: Iterable[Step]) -> tuple[Step, ...] | None:
    """The steps that are not those that entries ask for; None where one of these is no step at
    all. (Of two that want one path it does not show who had it, so that is one of the others.)"""
    every = tuple(asked)
    own: dict[str, Step | None] = {step.path: step for step in every}
    if len(own) < len(every):
        own |= dict.fromkeys(one.path for one in every if own[one.path] is not one)
    # Ten thousands of steps: the loop is that of C.
    is_other = map(is_not, steps, map(own.get, map(attrgetter("path"), steps)))
    others = tuple(compress(steps, is_other))
    kept = len(steps) - len(others) + sum(step.path in own for step in others)
    return others if kept == len(own) else None


def _shelved(shelves: Iterable[Shelf], bones: Skeleton) -> Iterator[Shelved]:
    at = bones.numbers()
    for one in shelves:
        yield Shelved(one.lang, one.name, one.leads, one.heads, tuple(at[key] for key in one.keys))


def kept_of(store: Store, basis: Basis) -> Snapshot | None:
    """The snapshot of the last build, if all but its files is as it was."""
    if store.one("marks", "beside", str) != basis.beside:
        return None
    kept = store.one("apart", "site", Snapshot)
    return kept if kept and kept.basis.beside == basis.beside else None


def still_is(kept: Snapshot, basis: Basis, reading: Reading, now: datetime) -> bool:
    """Whether a snapshot is of the site as it is now."""
    same = kept.basis == basis and holds_at(kept.since, kept.until, now)
    return same and all(reading.keys.get(path) == key for path, key in kept.told_of.items())


def shelves_in(kept: Snapshot, bones: Skeleton, documents: Mapping[str, str]) -> tuple[Shelf, ...]:
    """The shelves of a snapshot, whose skeleton this is, with the documents that the files have
    now, by path."""
    names = bones.editions
    return tuple(
        Shelf(row.lang, row.name, row.leads, row.heads, keys, _documents(bones, keys, documents))
        for row in kept.shelves
        for keys in (tuple(names[number] for number in row.keys),)
    )


def _documents(
    bones: Skeleton, keys: Iterable[str], documents: Mapping[str, str]
) -> tuple[str, ...]:
    ids = (key.partition("/")[2] for key in keys)
    return tuple(documents[path] for id_ in ids for path in bones.versions(id_))


def with_documents(
    ids: Mapping[str, str], paths: Iterable[str], languages: Iterable[str]
) -> tuple[str, ...]:
    """The editions that may follow from the texts of some files: those of their entries."""
    own = dict.fromkeys(ids[path] for path in paths if path in ids)
    return tuple(f"{lang}/{id_}" for id_ in own for lang in languages)
