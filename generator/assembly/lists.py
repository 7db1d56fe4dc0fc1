"""Lists: which cards stand together, newest first, per language's tree."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import groupby

from generator.assembly.rows import GONE
from generator.model import POST_KINDS, Card, Model

ListName = tuple[str, str, str]
Lists = Mapping[ListName, Sequence[Card]]
Numbers = tuple[int, ...]
# Lists that no page shows year by year.
_WHOLE = ("all", "year", "month", "unanswered", "asking")
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


class Shown(Model, frozen=True, array_like=True):
    """An edition, as lists and addresses know it.

    `order` says where it stands among others (of two that have the same, the key does),
    `places` in which lists, as
    `facet/name` (none: unlisted); `changed` is the day of its last change, `terms`
    are those that it uses beyond site.yaml, `path` is the file that it shows.
    """

    key: str
    path: str
    url: str
    title: str
    order: tuple[float, str]
    year: str = ""
    changed: str = ""
    places: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    terms: tuple[tuple[str, str], ...] = ()
    pinned: bool = False

    @property
    def lang(self) -> str:
        """The language in whose tree it stands."""
        return self.key.partition("/")[0]


def names_of(one: Shown) -> Iterator[ListName]:
    """The lists in which an edition is."""
    return ((one.lang, *_facet_and_name(place)) for place in one.places)


def _facet_and_name(place: str) -> tuple[str, str]:
    facet, _, name = place.partition("/")
    return facet, name


def lists_after(
    before: Sequence[tuple[ListName, Numbers]],
    at: Sequence[int],
    came: Mapping[int, Shown],
    touched: Collection[ListName],
) -> dict[ListName, Numbers]:
    """Every list by language, facet and name, in the order of these.

    Its members are told by their numbers, in the order of which they stand in it: posts by
    date, people and pages by name. `at` are the numbers now of those of before, `GONE` for who
    is no more, and `touched` are the lists that lose or win one.
    """
    more: dict[ListName, list[int]] = defaultdict(list)
    for number, one in came.items():
        for name in names_of(one):
            more[name].append(number)
    # A hundred thousand numbers, most of them in lists that nobody touched.
    lists = {name: tuple(map(at.__getitem__, numbers)) for name, numbers in before}
    for name in touched:
        kept = (number for number in lists.get(name, ()) if number != GONE)
        lists[name] = tuple(sorted((*kept, *more[name])))
    return {name: lists[name] for name in sorted(lists) if lists[name]}


def years_of(
    lists: Mapping[ListName, Numbers], years: Sequence[str], longer_than: int
) -> Iterator[tuple[ListName, dict[str, Numbers]]]:
    """The members of each list that is too long for one page, by year, newest first."""
    for name, numbers in lists.items():
        if len(numbers) > longer_than and name[1] not in _WHOLE:
            yield name, _by_year(numbers, years)


def _by_year(numbers: Numbers, years: Sequence[str]) -> dict[str, Numbers]:
    """Some numbers by the year of each; who has none is left out."""
    found: dict[str, list[int]] = defaultdict(list)
    # Newest first, a year stands together, so that there is little to do.
    for year, members in groupby(numbers, years.__getitem__):
        found[year].extend(members)
    return {year: tuple(members) for year, members in found.items() if year}


def places_in(keys: Iterable[str]) -> dict[str, int]:
    """The place in a row of each key."""
    return {key: place for place, key in enumerate(keys)}


def order(card: Card) -> tuple[float, str, str]:
    """What decides where a card stands among others, never the same for two."""
    moment = card.date or _LONG_AGO
    if card.kind in POST_KINDS:
        return (-moment.timestamp(), "", card.id)
    return (0.0, card.title.casefold(), card.id)


def places_of(card: Card) -> tuple[str, ...]:
    """The lists that a card is in, as `facet/name`."""
    return tuple(dict.fromkeys(_places(card)))


def _places(card: Card) -> Iterator[str]:
    yield f"kind/{card.kind}"
    if card.kind not in POST_KINDS:
        return
    yield "all/"
    if card.date:
        day = card.date.isoformat()
        yield f"year/{day[:4]}"
        yield f"month/{day[:7]}"
    if card.must_read:
        yield "must-read/"
    if card.decisions:
        yield "decisions/"
    if card.pinned:
        yield "pinned/"
    if card.unanswered:
        yield "unanswered/"
    if card.asking:
        yield "asking/"
    yield from _facets(card)


def _facets(card: Card) -> Iterator[str]:
    yield from [f"topic/{name}" for name in card.topics]
    yield from [f"location/{name}" for name in card.locations]
    yield from [f"value/{name}" for name in card.values]
    yield from [f"person/{name}" for name in card.authors]
    if card.on_behalf_of:
        yield f"person/{card.on_behalf_of}"
    yield from [f"thanked/{name}" for name in card.to]
    if card.series:
        yield f"series/{card.series}"
