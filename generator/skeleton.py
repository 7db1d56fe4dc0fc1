"""The skeleton of a site: what takes work to find out; with its files' facts it is the site again.

Who stands in which list is found out by looking at everything. An edition or a
card follows from a few files, so it is made by the same functions again, when
it is asked for.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import lru_cache

from generator.assembly import Site
from generator.assembly.cards import card_of
from generator.assembly.editions import Edition, editions, group, merge
from generator.assembly.fates import Fates
from generator.assembly.links import Directory
from generator.assembly.lists import ListName, places_of
from generator.assembly.states import Withheld
from generator.config import Config, Term
from generator.lazily import Lazily, Row
from generator.load import Library
from generator.model import Card, Entry, Model

Numbers = tuple[int, ...]


class Skeleton(Model, frozen=True):
    """A site without its entries; cards are numbers in `editions`.

    `shown` are the files whose texts the editions show, `versions` those of each
    entry by its id.
    """

    editions: tuple[str, ...]
    shown: tuple[str, ...]
    versions: dict[str, tuple[str, ...]]
    included: frozenset[str]
    lists: tuple[tuple[ListName, Numbers], ...]
    years: tuple[tuple[ListName, dict[str, Numbers]], ...]
    terms: dict[str, dict[str, Term]]
    withheld: tuple[Withheld, ...]
    fates: Fates

    def numbers(self) -> dict[str, int]:
        """The number of each edition."""
        return {key: number for number, key in enumerate(self.editions)}


def skeleton_of(site: Site) -> Skeleton:
    """What is to be remembered of a site."""
    at = {key: number for number, key in enumerate(site.cards)}

    def numbers(cards: Iterable[Card]) -> Numbers:
        return tuple(at[card.key] for card in cards)

    return Skeleton(
        editions=tuple(site.cards),
        shown=tuple(site.editions[key].entry.path for key in site.cards),
        versions=_versions(site),
        included=site.directory.included,
        lists=tuple((name, numbers(cards)) for name, cards in site.lists.items()),
        years=tuple(
            (name, {year: numbers(cards) for year, cards in years.items()})
            for name, years in site.years.items()
        ),
        terms=site.terms,
        withheld=site.withheld,
        fates=site.fates,
    )


def _versions(site: Site) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for path, entry in site.directory.entries.items():
        found[entry.id] = (*found.get(entry.id, ()), path)
    return found


def site_of(
    bones: Skeleton, library: Library, config: Config, now: datetime, most: int = 0
) -> Site:
    """The site of a skeleton, as what the files of a library say now.

    Not more than `most` editions and entries are held in memory; 0 is all.
    """
    versions = lru_cache(most or None)(_merging(bones, library, config))
    ids = {path: id_ for id_, paths in bones.versions.items() for path in paths}

    def edition(key: str) -> Edition:
        lang, _, id_ = key.partition("/")
        every = editions(versions(id_), config, bones.included)
        return next(one for one in every if one.lang == lang)

    def entry(path: str) -> Entry:
        return next(one for one in versions(ids[path]).values() if one.path == path)

    texts = dict(zip(bones.editions, bones.shown, strict=True))
    shown = Lazily(texts, edition, most)
    cards = Lazily(texts, lambda key: card_of(shown[key], library, config, now))
    lists, years = dict(bones.lists), dict(bones.years)

    def row(numbers: Numbers) -> Row[Card]:
        return Row(numbers, lambda number: cards[bones.editions[number]])

    return Site(
        config=config,
        library=library,
        directory=Directory(library, Lazily(ids, entry, most), bones.included, config.languages),
        editions=shown,
        cards=cards,
        documents=Lazily(texts, lambda key: library.keys[texts[key]]),
        lists=Lazily(lists, lambda name: row(lists[name])),
        years=Lazily(
            years, lambda name: Lazily(years[name], lambda year: row(years[name][year])[:])
        ),
        places=Lazily(
            lists, lambda name: places_of(bones.editions[number] for number in lists[name])
        ),
        terms=bones.terms,
        withheld=bones.withheld,
        fates=bones.fates,
    )


def _merging(
    bones: Skeleton, library: Library, config: Config
) -> Callable[[str], dict[str, Entry]]:
    def versions(id_: str) -> dict[str, Entry]:
        entries = [library.loaded[path].entry for path in bones.versions[id_]]
        groups, _ = group(one for one in entries if one)
        return merge(groups[id_], config)

    return versions
