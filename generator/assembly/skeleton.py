"""The skeleton of a site: what takes a look at everything to find out, and no entry itself."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator import fingerprint
from generator.assembly.fates import Fates, Living, addresses_of, fates_of
from generator.assembly.findings import Finding
from generator.assembly.lists import ListName, Numbers, Shown, lists_of, years_of
from generator.assembly.profiles import Profile
from generator.assembly.states import Withheld
from generator.config import Config, Term
from generator.load import Library
from generator.model import Model

# What a site map tells: the address of each page and the day of its last change.
Pages = tuple[tuple[str, str], ...]


class Outline(Model, frozen=True):
    """What decides who stands beside whom: editions by number, lists, and names beyond site.yaml.

    It is what the next build needs of a skeleton that is of before.
    """

    editions: tuple[str, ...]
    lists: tuple[tuple[ListName, Numbers], ...]
    years: tuple[tuple[ListName, dict[str, Numbers]], ...]
    terms: dict[str, dict[str, Term]]

    def numbers(self) -> dict[str, int]:
        """The number of each edition."""
        return {key: number for number, key in enumerate(self.editions)}


class Skeleton(Outline, frozen=True):
    """A site without its entries; cards are numbers in `editions`.

    `shown` are the files whose texts the editions show, `versions` those of each
    entry by its id; `pinned` are editions that come first in lists,
    `aliases` old addresses that entries keep, with the
    edition that each leads to; `pages` are the encoded `Pages`.
    """

    shown: tuple[str, ...]
    versions: dict[str, tuple[str, ...]]
    included: frozenset[str]
    pinned: tuple[str, ...]
    withheld: tuple[Withheld, ...]
    aliases: tuple[tuple[str, str], ...]
    pages: bytes
    fates: Fates


def skeleton_of(
    profiles: Mapping[str, Profile], library: Library, config: Config
) -> tuple[Skeleton, tuple[Finding, ...]]:
    """What all entries together come to, and the old addresses that would be lost."""
    every = tuple(profiles.values())
    shown = tuple([one for profile in every for one in profile.shown])
    lists = lists_of(shown)
    fates, lost = _fates(profiles, shown, library, config)
    withheld = (one for profile in every for one in profile.withheld)
    versions = {one.id: tuple([x.path for x in one.versions]) for one in every if one.versions}
    bones = Skeleton(
        editions=tuple([one.key for one in shown]),
        shown=tuple([one.path for one in shown]),
        versions=versions,
        included=frozenset([x.path for one in every for x in one.versions if x.is_out]),
        lists=tuple(lists.items()),
        years=tuple(years_of(lists, shown, config.list_items).items()),
        terms=_terms(shown, config),
        pinned=tuple(one.key for one in shown if one.pinned),
        withheld=tuple(sorted(withheld, key=lambda one: one.path)),
        aliases=tuple(_aliases(shown)),
        pages=_pages(shown),
        fates=fates,
    )
    return bones, lost


def _fates(
    profiles: Mapping[str, Profile], shown: Sequence[Shown], library: Library, config: Config
) -> tuple[Fates, tuple[Finding, ...]]:
    """What became of the addresses that were published before."""
    if not library.ledger:
        return Fates(), ()
    living = Living({one.key: one for one in shown}, profiles.keys())
    pausing = {address for one in profiles.values() for address in one.pausing}
    return fates_of(library.ledger, living, pausing, config.languages)


def _aliases(shown: Sequence[Shown]) -> Iterator[tuple[str, str]]:
    """The old addresses that no edition has for its own, each with whom it leads to."""
    if not any(one.aliases for one in shown):
        return iter(())
    own = {one.url for one in shown}
    return (pair for pair in dict(addresses_of(shown)).items() if pair[0] not in own)


def _pages(shown: Iterable[Shown]) -> bytes:
    listed = ((one.url, one.changed) for one in shown if one.places)
    return fingerprint.encode(tuple(sorted(listed)))


def _terms(shown: Iterable[Shown], config: Config) -> dict[str, dict[str, Term]]:
    terms: dict[str, dict[str, Term]] = {
        "topic": dict(config.topics),
        "location": dict(config.locations),
        "value": dict(config.values),
        "series": dict(config.series),
    }
    for facet, name in (pair for one in shown for pair in one.terms):
        if name not in terms[facet]:
            terms[facet][name] = Term(name, dict.fromkeys(config.languages, name))
    return terms
