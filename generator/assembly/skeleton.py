"""The skeleton of a site: what takes a look at everything to find out, and no entry itself.

It is put together from that of before and the profiles that went and came, so that
the work grows with these. Of a first build the former is empty, and all came.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from itertools import chain, repeat
from operator import attrgetter
from typing import TypeVar

import msgspec

from generator import fingerprint
from generator.assembly.fates import Fates, Living, fates_of
from generator.assembly.findings import Finding
from generator.assembly.lists import ListName, Numbers, Shown, lists_after, names_of, years_of
from generator.assembly.profiles import Profile
from generator.assembly.rows import Places, columns, moved, places_after, rest
from generator.assembly.states import Withheld
from generator.config import Config, Term
from generator.ledger import Line
from generator.model import Model

_T = TypeVar("_T")
# What a site map tells: the address of each page and the day of its last change.
Pages = tuple[tuple[str, str], ...]


class Skeleton(Model, frozen=True):
    """A site without its entries; cards are numbers in `editions`.

    Editions are in the order in which they stand in lists: by `dates` (of the newest the
    least), and people and pages, which have none to stand by, by their `titles`; `shown` are
    the files whose texts they show, `years` the year of each. `lists` are all lists, `by_year`
    the long ones once more, divided by year.

    `files` are the versions of all entries with their languages in `langs`, in the order of the
    ids of their entries, which are `owners`; `names` are the ids that some ask for, and of those
    that are `withheld` nothing goes out. `pinned` are editions that come first in lists;
    `claims` the old addresses that some keep, `aliases` those that are nobody's own, with the
    edition that each leads to. `pages` are the encoded `Pages`, `unlisted` the addresses that are
    not in these, by edition, and `pausing` those that entries have at another moment, by id.
    `extras` are the names beyond site.yaml that editions use, `terms` all.
    """

    editions: tuple[str, ...] = ()
    dates: tuple[float, ...] = ()
    titles: dict[str, str] = {}
    shown: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    lists: tuple[tuple[ListName, Numbers], ...] = ()
    by_year: tuple[tuple[ListName, dict[str, Numbers]], ...] = ()
    files: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    langs: tuple[str, ...] = ()
    names: dict[str, str] = {}
    pinned: tuple[str, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    claims: dict[str, tuple[str, ...]] = {}
    aliases: tuple[tuple[str, str], ...] = ()
    pages: bytes = fingerprint.encode(())
    unlisted: dict[str, str] = {}
    pausing: dict[str, tuple[str, ...]] = {}
    extras: dict[str, tuple[tuple[str, str], ...]] = {}
    terms: dict[str, dict[str, Term]] = {}
    fates: Fates = Fates()

    def numbers(self) -> dict[str, int]:
        """The number of each edition."""
        return {key: number for number, key in enumerate(self.editions)}

    def ranks(self) -> list[tuple[float, str, str]]:
        """What decides where each edition stands."""
        titles = map(self.titles.get, self.editions, repeat(""))
        return list(zip(self.dates, titles, self.editions, strict=True))

    def versions(self, id_: str) -> tuple[str, ...]:
        """The files of an entry that are versions of it."""
        first = bisect_left(self.owners, id_)
        return self.files[first : bisect_right(self.owners, id_, first)]

    def included(self) -> frozenset[str]:
        """The versions that go out."""
        return frozenset(self.files).difference([one.path for one in self.withheld])

    def addresses(self) -> frozenset[str]:
        """The address of every edition."""
        pages = fingerprint.decode(self.pages, Pages)
        return frozenset([address for address, _ in pages]).union(self.unlisted.values())


def skeleton_of(
    before: Skeleton, old: Sequence[Profile], new: Sequence[Profile], config: Config
) -> Skeleton:
    """What all entries together come to, once the old profiles went and the new ones came."""
    went, came, gone = _shown_by(old), _shown_by(new), frozenset(one.id for one in old)
    ranks = [*before.ranks(), *map(_rank, came.values())]
    order = places_after(before.editions, went, tuple(came), ranks)
    bones = msgspec.structs.replace(
        before,
        **_editions_after(before, order, came.values()),
        **_few_editions_after(before, went, came),
        **_versions_after(before, gone, new),
        **_few_versions_after(before, gone, new),
        pages=_pages_after(before.pages, went.values(), came.values()),
    )
    bones = _with_lists(bones, before, order, went, came, config)
    return msgspec.structs.replace(
        bones, aliases=tuple(_aliases(bones)), terms=_terms(bones.extras.values(), config)
    )


def _shown_by(profiles: Iterable[Profile]) -> dict[str, Shown]:
    return {one.key: one for profile in profiles for one in profile.shown}


def _rank(one: Shown) -> tuple[float, str, str]:
    return (*one.order, one.key)


def _editions_after(
    before: Skeleton, order: Places, came: Collection[Shown]
) -> dict[str, tuple[object, ...]]:
    """The columns of the editions."""
    new: dict[str, Sequence[object]] = {
        "editions": [one.key for one in came],
        "dates": [one.order[0] for one in came],
        "shown": [one.path for one in came],
        "years": [one.year for one in came],
    }
    return columns(before, order, new)


def _with_lists(
    bones: Skeleton,
    before: Skeleton,
    order: Places,
    went: Mapping[str, Shown],
    came: Mapping[str, Shown],
    config: Config,
) -> Skeleton:
    """The same with all lists, also year by year; those that nobody touched as they were."""
    count = len(before.editions)
    at = moved(order, count + len(came))
    numbered = dict(zip(at[count:], came.values(), strict=True))
    touched = {name for one in (*went.values(), *came.values()) for name in names_of(one)}
    lists = lists_after(before.lists, at, numbered, touched)
    own = {name: lists[name] for name in touched if name in lists}
    years = {name: _moved(of_year, at) for name, of_year in before.by_year if name not in own}
    years |= years_of(own, bones.years, config.list_items)
    by_year = tuple((name, years[name]) for name in lists if name in years)
    return msgspec.structs.replace(bones, lists=tuple(lists.items()), by_year=by_year)


def _moved(years: Mapping[str, Numbers], at: Sequence[int]) -> dict[str, Numbers]:
    return {year: tuple(map(at.__getitem__, numbers)) for year, numbers in years.items()}


def _versions_after(
    before: Skeleton, gone: frozenset[str], profiles: Sequence[Profile]
) -> dict[str, object]:
    """The columns of the versions."""
    rows = [(x.path, profile.id, x.lang) for profile in profiles for x in profile.versions]
    order = places_after(before.owners, gone, [id_ for _, id_, _ in rows])
    new = {
        "files": [path for path, *_ in rows],
        "owners": [id_ for _, id_, _ in rows],
        "langs": [lang for *_, lang in rows],
    }
    return columns(before, order, new)


def _few_versions_after(
    before: Skeleton, gone: frozenset[str], profiles: Sequence[Profile]
) -> dict[str, object]:
    """What few versions and entries have."""
    lost = {path for id_ in gone for path in before.versions(id_)}
    names = {x.path: x.name for profile in profiles for x in profile.versions if x.name}
    withheld = {one.path: one for one in before.withheld}
    held = {one.path: one for profile in profiles for one in profile.withheld}
    pausing = {one.id: one.pausing for one in profiles if one.pausing}
    return {
        "names": rest(before.names, lost, names),
        "withheld": tuple(rest(withheld, lost, held).values()),
        "pausing": rest(before.pausing, gone, pausing),
    }


def _few_editions_after(
    before: Skeleton, went: Mapping[str, Shown], came: Mapping[str, Shown]
) -> dict[str, object]:
    """What few editions have."""

    def after(old: dict[str, _T], value: Callable[[Shown], _T]) -> dict[str, _T]:
        return rest(old, went, {key: found for key, one in came.items() if (found := value(one))})

    return {
        "titles": after(before.titles, lambda one: one.order[1]),
        "claims": after(before.claims, attrgetter("aliases")),
        "unlisted": after(before.unlisted, lambda one: "" if one.places else one.url),
        "extras": after(before.extras, attrgetter("terms")),
        "pinned": tuple(after(dict.fromkeys(before.pinned, True), attrgetter("pinned"))),
    }


def _pages_after(pages: bytes, went: Iterable[Shown], came: Iterable[Shown]) -> bytes:
    """The encoded `Pages`."""
    found = list(fingerprint.decode(pages, Pages))
    for page in [(one.url, one.changed) for one in went if one.places]:
        del found[bisect_left(found, page)]
    found += [(one.url, one.changed) for one in came if one.places]
    return fingerprint.encode(sorted(found))


def _aliases(bones: Skeleton) -> Iterator[tuple[str, str]]:
    """The old addresses that no edition has for its own, each with whom it leads to."""
    if bones.claims:
        own = bones.addresses()
        pairs = {alias: key for key, some in bones.claims.items() for alias in some}
        yield from (pair for pair in pairs.items() if pair[0] not in own)


def _terms(
    extras: Iterable[tuple[tuple[str, str], ...]], config: Config
) -> dict[str, dict[str, Term]]:
    terms: dict[str, dict[str, Term]] = {
        "topic": dict(config.topics),
        "location": dict(config.locations),
        "value": dict(config.values),
        "series": dict(config.series),
    }
    for facet, name in chain.from_iterable(extras):
        if name not in terms[facet]:
            terms[facet][name] = Term(name, dict.fromkeys(config.languages, name))
    return terms


def with_fates(
    bones: Skeleton,
    lines: tuple[Line, ...],
    ids: Container[str],
    title: Callable[[str], str],
    config: Config,
) -> tuple[Skeleton, tuple[Finding, ...]]:
    """The same with what became of the addresses that were published before, and those that would
    be lost. `ids` are all entries with a file, `title` gives that of an edition."""
    if not lines:
        return msgspec.structs.replace(bones, fates=Fates()), ()
    living = Living(
        editions=frozenset(bones.editions),
        addresses=bones.addresses().union(*bones.claims.values()),
        pausing=frozenset(chain.from_iterable(bones.pausing.values())),
        ids=ids,
        title=title,
    )
    fates, lost = fates_of(lines, living, config.languages)
    return msgspec.structs.replace(bones, fates=fates), lost
