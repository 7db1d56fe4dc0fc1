"""The last site, remembered by all that it follows from, so that it need not be put together again.

Assembling and planning are pure: as long as nobody's face, no setting and no
file has changed, and no moment has passed that anything hangs on, they give
what they gave. What is kept has no documents in it: those are of now.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime

from generator import fingerprint
from generator.assembly import Site
from generator.assembly.states import moments_of
from generator.entries import Loaded
from generator.lazily import Lazily
from generator.load import Files, Library, Reading, library_of, strays
from generator.model import Model, Step
from generator.problems import Problem
from generator.records import Shelf
from generator.skeleton import Numbers, Skeleton, skeleton_of
from generator.store import Damaged, Store
from generator.theme import Theme


class Shelved(Model, frozen=True):
    """A shelf of search without its documents; its keys are numbers of editions."""

    lang: str
    name: str
    leads: bool
    heads: str
    keys: Numbers


class Snapshot(Model, frozen=True):
    """A site and its plan, without the entries.

    `basis` is the fingerprint of what it follows from, but the clock; it holds
    from `since` until `until`. `told_of` are the keys of the files, by path,
    whose lines its problems name.
    """

    basis: str
    shape: str
    since: datetime | None
    until: datetime | None
    bones: Skeleton
    files: Files
    steps: tuple[Step, ...]
    problems: tuple[Problem, ...]
    spared: tuple[Problem, ...]
    told_of: dict[str, str]
    shelves: tuple[Shelved, ...] = ()


class Findings(Model, frozen=True):
    """What goes with a site: its shape's fingerprint, its plan, problems and what can be found."""

    shape: str
    steps: tuple[Step, ...]
    problems: tuple[Problem, ...]
    spared: tuple[Problem, ...]
    shelves: tuple[Shelf, ...] = ()


def basis_of(reading: Reading, inputs: str, theme: Theme) -> str:
    """The fingerprint of all that a site follows from: files, and the inputs beside them.

    Of a theme's templates the names count: what is in them only shows in pages.
    """
    faces = (part for item in sorted(reading.faces.items()) for part in item)
    files = (
        part
        for path, source in reading.sources.items()
        if path not in reading.faces
        for part in (path, source.fingerprint)
    )
    look = fingerprint.of_value((*theme.templates, theme.assets, theme.strings))
    return fingerprint.of_parts((inputs, look, *faces, "", *files))


def take(basis: str, site: Site, now: datetime, found: Findings) -> Snapshot | None:
    """A snapshot of a site; None where a problem is in no entry, so that it could move unseen."""
    keys, told = site.library.keys, {one.span.path for one in (*found.problems, *found.spared)}
    if not told <= keys.keys():
        return None
    moments, bones, library = _moments(site), skeleton_of(site), site.library
    return Snapshot(
        basis=basis,
        shape=found.shape,
        since=max((one for one in moments if one <= now), default=None),
        until=min((one for one in moments if one > now), default=None),
        bones=bones,
        files=Files(
            library.images,
            library.movies,
            library.captions,
            library.file_keys,
            library.renditions,
        ),
        steps=found.steps,
        problems=found.problems,
        spared=found.spared,
        told_of={path: keys[path] for path in told},
        shelves=tuple(_shelved(found.shelves, bones)),
    )


def _shelved(shelves: Iterable[Shelf], bones: Skeleton) -> Iterator[Shelved]:
    at = bones.numbers()
    for one in shelves:
        yield Shelved(one.lang, one.name, one.leads, one.heads, tuple(at[key] for key in one.keys))


def holds_until(site: Site, kept: Snapshot | None, now: datetime) -> datetime | None:
    """The next moment at which a site may change though nobody touches it; None: never."""
    if kept:
        return kept.until
    return min((one for one in _moments(site) if one > now), default=None)


def _moments(site: Site) -> set[datetime]:
    entries = site.directory.entries.values()
    return {moment for entry in entries for moment in moments_of(entry, site.config)}


def recalled(store: Store, basis: str, reading: Reading, now: datetime) -> Snapshot | None:
    """The snapshot of the last build, if all that it follows from is as it was."""
    if store.one("marks", "basis", str) != basis:
        return None
    kept = store.one("marks", "site", Snapshot)
    if kept is None or kept.basis != basis or not holds_at(kept.since, kept.until, now):
        return None
    same = all(reading.keys.get(path) == key for path, key in kept.told_of.items())
    return kept if same else None


def holds_at(since: datetime | None, until: datetime | None, now: datetime) -> bool:
    """Whether what holds from one moment until another does so now; None: it always did or will."""
    return (not since or since <= now) and (not until or now < until)


def library_in(kept: Snapshot, reading: Reading, store: Store) -> Library:
    """The library of a snapshot, with what its files say now; each is decoded when asked for."""
    instead = strays(reading)

    def loaded(path: str) -> Loaded:
        found = instead.get(path) or store.one("facts", reading.keys[path], Loaded)
        if found is None:
            raise Damaged
        return found

    paths = dict.fromkeys((*sorted(reading.keys), *instead))
    return library_of(reading, Lazily(paths, loaded), kept.files, instead)


def shelves_in(kept: Snapshot, documents: Mapping[str, str]) -> tuple[Shelf, ...]:
    """The shelves of a snapshot, with the documents that the files have now, by path."""
    names = kept.bones.editions
    return tuple(
        Shelf(row.lang, row.name, row.leads, row.heads, keys, _documents(kept, keys, documents))
        for row in kept.shelves
        for keys in (tuple(names[number] for number in row.keys),)
    )


def _documents(
    kept: Snapshot, keys: Iterable[str], documents: Mapping[str, str]
) -> tuple[str, ...]:
    ids = (key.partition("/")[2] for key in keys)
    return tuple(documents[path] for id_ in ids for path in kept.bones.versions[id_])


def read_whole(site: Site) -> None:
    """Have all facts of a site read now, so that it can be asked anything without the cache."""
    for _ in site.library.loaded.values():
        pass


def with_documents(
    kept: Snapshot, paths: Collection[str], languages: Iterable[str]
) -> tuple[str, ...]:
    """The editions that may follow from the texts of some files: those of their entries."""
    ids = [id_ for id_, own in kept.bones.versions.items() if any(one in paths for one in own)]
    return tuple(f"{lang}/{id_}" for id_ in ids for lang in languages)
