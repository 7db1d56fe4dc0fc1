"""Which answers may be others now, where only some entries changed since they were given.

Whoever is not in doubt is not asked again, so a rule that is forgotten here
would leave an old page standing: a query that nobody has a rule for is always
asked. Most queries are about one entry, so those in doubt can be told without
a look at all that were ever asked.
"""

from bisect import bisect_left
from collections.abc import Callable, Collection, Container, Iterable, Iterator
from typing import TypeVar

from generator.assembly.lists import ListName, Numbers
from generator.assembly.skeleton import Skeleton
from generator.model import Model
from generator.paths import CONTENT
from generator.queries import QUERIES
from generator.reads import Query

_Name = TypeVar("_Name")


class Doubt(Model, frozen=True):
    """What may be other than it was: editions, lists, entries by their possible paths, files.

    `years` are lists in one year, their name and the year; `turned` are the posts that may
    have another neighbour.
    """

    keys: frozenset[str]
    paths: frozenset[str]
    lists: frozenset[ListName]
    years: frozenset[tuple[str, ...]]
    turned: frozenset[str]
    files: bool
    terms: bool

    def about(self, query: Query) -> bool:
        """Whether the answer to a query, of which not all can be told, may be another."""
        rule = _RULES.get(query[0])
        return rule is None or rule(self, query)

    def names(self) -> frozenset[str]:
        """The queries of which those in doubt can't be told one by one."""
        quiet = _NEVER | _OF_ONE
        return frozenset(QUERIES) - quiet | (_OF_FILES if self.files else frozenset())

    def told(self, languages: Iterable[str]) -> Iterator[Query]:
        """All queries in doubt that are about one entry."""
        for key in self.keys:
            yield from ((name, key) for name in _BY_KEY)
            lang, _, id_ = key.partition("/")
            yield "person", lang, id_.removeprefix("people/")
        for key in self.turned:
            yield "neighbours", key
        yield from (("link", lang, path) for path in self.paths for lang in languages)


def doubt_between(
    old: Skeleton, new: Skeleton, fresh: Collection[str], files: bool, languages: tuple[str, ...]
) -> Doubt:
    """What is in doubt after a change of some entries, whose ids are `fresh`.

    All others stand where they stood, beside one another: the one skeleton followed from the other.
    """
    keys = frozenset(f"{lang}/{id_}" for id_ in fresh for lang in languages)
    both = tuple((bones, _numbers_of(keys, bones)) for bones in (old, new))
    # A list that became long, or is so no more, has or had all its years.
    long = dict(old.by_year).keys() ^ dict(new.by_year).keys()
    return Doubt(
        keys=keys,
        paths=frozenset(path for id_ in fresh for path in _spellings(id_, languages)),
        lists=frozenset(name for bones, own in both for name in _having(own, bones.lists)),
        years=frozenset(name for one in both for name in _years_in_doubt(*one, long)),
        turned=frozenset(key for bones, own in both for key in _beside(own, bones)),
        files=files,
        terms=old.terms != new.terms,
    )


def _numbers_of(keys: Container[str], bones: Skeleton) -> frozenset[int]:
    return frozenset(number for number, key in enumerate(bones.editions) if key in keys)


def _having(numbers: frozenset[int], lists: Iterable[tuple[_Name, Numbers]]) -> Iterator[_Name]:
    """The lists, or their years, in which some cards stand."""
    return (name for name, members in lists if not numbers.isdisjoint(members))


def _years_in_doubt(
    bones: Skeleton, numbers: frozenset[int], long: Container[ListName]
) -> Iterator[tuple[str, ...]]:
    for name, years in bones.by_year:
        own = years if name in long else _having(numbers, years.items())
        yield from ((*name, year) for year in own)


def _beside(numbers: Iterable[int], bones: Skeleton) -> Iterator[str]:
    """Some cards, and those that stand beside them among the posts of their kind."""
    kinds = [members for name, members in bones.lists if name[1] == "kind"]
    for number in numbers:
        for members in kinds:
            at = bisect_left(members, number)
            if number in members[at : at + 1]:
                yield from map(bones.editions.__getitem__, members[max(at - 1, 0) : at + 2])


def _spellings(id_: str, languages: Iterable[str]) -> Iterator[str]:
    """Every path under which an entry can be named."""
    for middle in ("", "/index"):
        yield f"{CONTENT}/{id_}{middle}.md"
        yield from (f"{CONTENT}/{id_}{middle}.{lang}.md" for lang in languages)


_Rule = Callable[[Doubt, Query], bool]


def _by_list(doubt: Doubt, query: Query) -> bool:
    return query[1:4] in doubt.lists


def _by_year(doubt: Doubt, query: Query) -> bool:
    return query[1:] in doubt.years


def _next_in_series(doubt: Doubt, query: Query) -> bool:
    # Also who stands in no list may be in a series.
    lang = query[1].partition("/")[0]
    moved = any(name[:2] == (lang, "series") for name in doubt.lists)
    return moved or query[1] in doubt.keys


def _decisions(doubt: Doubt, query: Query) -> bool:
    return (query[1], "decisions", "") in doubt.lists


def _by_terms(doubt: Doubt, _query: Query) -> bool:
    return doubt.terms


_RULES: dict[str, _Rule] = {
    "listing": _by_list,
    "newest": _by_list,
    "years": _by_list,
    "of_year": _by_year,
    "decisions": _decisions,
    "next_in_series": _next_in_series,
    "term": _by_terms,
}
# Settings and the files of a theme are as they were, or no site is before this one. Templates may
# be others: whoever looks for doubt looks at these too.
_NEVER = frozenset(
    {"setting", "policy", "place", "versions", "asset", "integrity", "strings", "template"}
)
_BY_KEY = (
    "edition", "card", "alternates", "embed", "neighbours", "video",
    "captions", "cues",
)  # fmt: skip
_OF_FILES = frozenset({"picture", "file_at", "link", "video", "captions", "cues"})
_OF_ONE = frozenset({*_BY_KEY, *_OF_FILES, "person"})
