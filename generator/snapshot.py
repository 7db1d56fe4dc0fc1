"""The last site, remembered by all that it follows from, so that it need not be put together again.

Assembling and planning are pure: as long as nobody's face, no setting and no
file has changed, and no moment has passed that anything hangs on, they give
what they gave. Only what takes work to find out is kept: who stands in which
list, the plan, the problems. Editions and cards are made anew by the same
functions, each when it is asked for, so they have the documents of now.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from functools import cache

from generator import fingerprint
from generator.assembly import Site
from generator.assembly.cards import card_of
from generator.assembly.editions import Edition, editions, group, merge
from generator.assembly.fates import Fates
from generator.assembly.links import Directory
from generator.assembly.lists import ListName, places_of
from generator.assembly.states import Withheld, moments_of
from generator.config import Config, Term
from generator.entries import Loaded
from generator.lazily import Lazily, Row
from generator.load import Files, Library, Reading, library_of, strays
from generator.model import Card, Entry, Model, Step
from generator.problems import Problem
from generator.records import Shelf
from generator.store import Damaged, Store
from generator.theme import Theme

_Numbers = tuple[int, ...]


class Shelved(Model, frozen=True):
    """A shelf of search without its documents; its keys are numbers in `editions`."""

    lang: str
    name: str
    leads: bool
    heads: str
    keys: _Numbers


class Snapshot(Model, frozen=True):
    """A site and its plan, without the entries; cards are numbers in `editions`.

    `basis` is the fingerprint of what it follows from, but the clock; it holds
    from `since` until `until`. `told_of` are the keys of the files, by path,
    whose lines its problems name.
    """

    basis: str
    shape: str
    since: datetime | None
    until: datetime | None
    editions: tuple[str, ...]
    versions: dict[str, tuple[str, ...]]
    included: frozenset[str]
    lists: tuple[tuple[ListName, _Numbers], ...]
    years: tuple[tuple[ListName, dict[str, _Numbers]], ...]
    terms: dict[str, dict[str, Term]]
    withheld: tuple[Withheld, ...]
    files: Files
    steps: tuple[Step, ...]
    problems: tuple[Problem, ...]
    spared: tuple[Problem, ...]
    told_of: dict[str, str]
    fates: Fates
    shelves: tuple[Shelved, ...] = ()


class Findings(Model, frozen=True):
    """What goes with a site: its shape's fingerprint, its plan, problems and what can be found."""

    shape: str
    steps: tuple[Step, ...]
    problems: tuple[Problem, ...]
    spared: tuple[Problem, ...]
    shelves: tuple[Shelf, ...] = ()


def basis_of(reading: Reading, inputs: str, theme: Theme) -> str:
    """The fingerprint of all that a site follows from: files, and the inputs beside them."""
    faces = (part for item in sorted(reading.faces.items()) for part in item)
    files = (
        part
        for path, source in reading.sources.items()
        if path not in reading.faces
        for part in (path, source.fingerprint)
    )
    return fingerprint.of_parts((inputs, fingerprint.of_value(theme), *faces, "", *files))


def take(basis: str, site: Site, now: datetime, found: Findings) -> Snapshot | None:
    """A snapshot of a site; None where a problem is in no entry, so that it could move unseen."""
    keys, told = site.library.keys, {one.span.path for one in (*found.problems, *found.spared)}
    if not told <= keys.keys():
        return None
    moments = _moments(site)
    at = {key: number for number, key in enumerate(site.cards)}
    return Snapshot(
        basis=basis,
        shape=found.shape,
        since=max((one for one in moments if one <= now), default=None),
        until=min((one for one in moments if one > now), default=None),
        editions=tuple(site.cards),
        versions=_versions(site),
        included=site.directory.included,
        lists=tuple((name, _numbers(cards, at)) for name, cards in site.lists.items()),
        years=tuple(
            (name, {year: _numbers(cards, at) for year, cards in years.items()})
            for name, years in site.years.items()
        ),
        terms=site.terms,
        withheld=site.withheld,
        files=Files(
            site.library.images,
            site.library.movies,
            site.library.captions,
            site.library.file_keys,
            site.library.renditions,
        ),
        steps=found.steps,
        problems=found.problems,
        spared=found.spared,
        told_of={path: keys[path] for path in told},
        fates=site.fates,
        shelves=tuple(
            Shelved(one.lang, one.name, one.leads, one.heads, tuple(at[key] for key in one.keys))
            for one in found.shelves
        ),
    )


def holds_until(site: Site, kept: Snapshot | None, now: datetime) -> datetime | None:
    """The next moment at which a site may change though nobody touches it; None: never."""
    if kept:
        return kept.until
    return min((one for one in _moments(site) if one > now), default=None)


def _moments(site: Site) -> set[datetime]:
    entries = site.directory.entries.values()
    return {moment for entry in entries for moment in moments_of(entry, site.config)}


def _versions(site: Site) -> dict[str, tuple[str, ...]]:
    """The files of each entry by its id."""
    found: dict[str, tuple[str, ...]] = {}
    for path, entry in site.directory.entries.items():
        found[entry.id] = (*found.get(entry.id, ()), path)
    return found


def _numbers(cards: Iterable[Card], at: Mapping[str, int]) -> _Numbers:
    return tuple(at[card.key] for card in cards)


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


def site_of(kept: Snapshot, reading: Reading, config: Config, now: datetime, store: Store) -> Site:
    """The site of a snapshot, with the documents that its files have now."""
    library = _library(kept, reading, store)
    versions = cache(_merging(kept, library, config))
    ids = {path: id_ for id_, paths in kept.versions.items() for path in paths}

    def edition(key: str) -> Edition:
        lang, _, id_ = key.partition("/")
        every = editions(versions(id_), config, kept.included)
        return next(one for one in every if one.lang == lang)

    def entry(path: str) -> Entry:
        return next(one for one in versions(ids[path]).values() if one.path == path)

    shown = Lazily(dict.fromkeys(kept.editions), edition)
    cards = Lazily(
        dict.fromkeys(kept.editions), lambda key: card_of(shown[key], library, config, now)
    )
    directory = Directory(library, Lazily(ids, entry), kept.included, config.languages)
    lists, years = dict(kept.lists), dict(kept.years)

    def row(numbers: _Numbers) -> Row[Card]:
        return Row(numbers, lambda number: cards[kept.editions[number]])

    return Site(
        config=config,
        library=library,
        directory=directory,
        editions=shown,
        cards=cards,
        lists=Lazily(lists, lambda name: row(lists[name])),
        years=Lazily(
            years, lambda name: Lazily(years[name], lambda year: row(years[name][year])[:])
        ),
        places=Lazily(
            lists, lambda name: places_of(kept.editions[number] for number in lists[name])
        ),
        terms=kept.terms,
        withheld=kept.withheld,
        fates=kept.fates,
    )


def _library(kept: Snapshot, reading: Reading, store: Store) -> Library:
    stray = strays(reading)

    def loaded(path: str) -> Loaded:
        found = stray.get(path) or store.one("facts", reading.keys[path], Loaded)
        if found is None:
            raise Damaged
        return found

    paths = dict.fromkeys((*sorted(reading.keys), *stray))
    every = Lazily(paths, loaded)
    return library_of(reading, every, kept.files)


def _merging(kept: Snapshot, library: Library, config: Config) -> Callable[[str], dict[str, Entry]]:
    def versions(id_: str) -> dict[str, Entry]:
        entries = [library.loaded[path].entry for path in kept.versions[id_]]
        groups, _ = group(one for one in entries if one)
        return merge(groups[id_], config)

    return versions


def shelves_in(kept: Snapshot, documents: Mapping[str, str]) -> tuple[Shelf, ...]:
    """The shelves of a snapshot, with the documents that the files have now, by path."""
    return tuple(
        Shelf(row.lang, row.name, row.leads, row.heads, keys, _documents(kept, keys, documents))
        for row in kept.shelves
        for keys in (tuple(kept.editions[number] for number in row.keys),)
    )


def _documents(
    kept: Snapshot, keys: Iterable[str], documents: Mapping[str, str]
) -> tuple[str, ...]:
    ids = (key.partition("/")[2] for key in keys)
    return tuple(documents[path] for id_ in ids for path in kept.versions[id_])


def read_whole(site: Site) -> None:
    """Have all facts of a site read now, so that it can be asked anything without the cache."""
    for _ in site.library.loaded.values():
        pass


def with_documents(
    kept: Snapshot, paths: Collection[str], languages: Iterable[str]
) -> tuple[str, ...]:
    """The editions that may follow from the texts of some files: those of their entries."""
    ids = [id_ for id_, own in kept.versions.items() if any(one in paths for one in own)]
    return tuple(f"{lang}/{id_}" for id_ in ids for lang in languages)
