"""Which answers may be others now, where only some entries changed since they were given.

Whoever is not in doubt is not asked again, so a rule that is forgotten here
would leave an old page standing: a query that nobody has a rule for is always
asked. Most queries are about one entry, so those in doubt can be told without
a look at all that were ever asked.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import repeat
from typing import TypeVar

from generator.assembly.lists import GONE, ListName, Numbers
from generator.assembly.skeleton import Skeleton
from generator.model import Model
from generator.paths import CONTENT
from generator.queries import QUERIES
from generator.reads import Query

# What stands before the first card and after the last.
_EDGE = -2
_Name = TypeVar("_Name", bound=tuple[str, ...])


class Doubt(Model, frozen=True):
    """What is other than it was: editions by key, lists, entries by their possible paths, files.

    `years` are lists in one year, their name and the year; `turned` are the posts
    with another neighbour.
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
    """What is in doubt after a change of some entries, whose ids are `fresh`."""
    keys = frozenset(f"{lang}/{id_}" for id_ in fresh for lang in languages)
    at = new.numbers()
    # A hundred thousand places: the loops are those of C.
    moved = tuple(map(at.get, old.editions, repeat(GONE)))
    before = {name: tuple(map(moved.__getitem__, numbers)) for name, numbers in old.lists}
    after, touched = dict(new.lists), {at[key] for key in keys if key in at}
    changed = frozenset(_changed(before, after, touched))
    years = (_years_of(old, changed, moved), _years_of(new, changed, range(len(at))))
    kinds = (name for name in changed & after.keys() if name[1] == "kind")
    turned = {n for name in kinds for n in _turned(before.get(name, ()), after[name], touched)}
    return Doubt(
        keys=keys,
        paths=frozenset(path for id_ in fresh for path in _spellings(id_, languages)),
        lists=changed,
        years=frozenset(_changed(*years, touched)),
        turned=frozenset(new.editions[number] for number in turned),
        files=files,
        terms=old.terms != new.terms,
    )


def _years_of(
    bones: Skeleton, names: Collection[ListName], numbers: Sequence[int]
) -> dict[tuple[str, ...], Numbers]:
    """Some lists year by year, told by other numbers."""
    return {
        (*name, year): tuple(map(numbers.__getitem__, own))
        for name, years in bones.by_year
        if name in names
        for year, own in years.items()
    }


def _changed(
    before: dict[_Name, Numbers], after: dict[_Name, Numbers], touched: set[int]
) -> Iterator[_Name]:
    """The lists with other cards, or the same in another order."""
    for name in before.keys() | after.keys():
        now = after.get(name, ())
        if before.get(name, ()) != now or not touched.isdisjoint(now):
            yield name


def _turned(before: Numbers, after: Numbers, touched: set[int]) -> Iterator[int]:
    """The cards of a list that stand beside another card than before, or beside a touched one."""
    beside = dict(_with_neighbours(before))
    for number, both in _with_neighbours(after):
        if beside.get(number) != both or not touched.isdisjoint(both):
            yield number


def _with_neighbours(numbers: Numbers) -> Iterator[tuple[int, tuple[int, int]]]:
    row = (_EDGE, *numbers, _EDGE)
    return zip(numbers, zip(row, row[2:], strict=False), strict=False)


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
