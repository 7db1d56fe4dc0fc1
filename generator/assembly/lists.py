"""Lists: which cards stand together, newest first, per language's tree."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

from generator.model import POST_KINDS, Card

ListName = tuple[str, str, str]
Lists = Mapping[ListName, Sequence[Card]]
# Lists that no page shows year by year.
_WHOLE = ("all", "year", "month", "unanswered", "asking")
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def lists_of(cards: Iterable[Card]) -> Lists:
    """Every list by language, facet and name; posts by date, people and pages by name."""
    collected: dict[ListName, list[Card]] = defaultdict(list)
    for card in sorted(cards, key=order):
        for facet, name in dict.fromkeys(_places(card)):
            collected[card.lang, facet, name].append(card)
    return {name: tuple(members) for name, members in collected.items()}


def years_of(lists: Lists, longer_than: int) -> dict[ListName, dict[str, tuple[Card, ...]]]:
    """The cards of each list that is too long for one page, by year, newest first."""
    return {
        name: _by_year(cards)
        for name, cards in lists.items()
        if len(cards) > longer_than and name[1] not in _WHOLE
    }


def places_of(keys: Iterable[str]) -> dict[str, int]:
    """The place in a row of each key."""
    return {key: place for place, key in enumerate(keys)}


def _by_year(cards: Sequence[Card]) -> dict[str, tuple[Card, ...]]:
    years: dict[str, list[Card]] = defaultdict(list)
    for card in cards:
        if card.date:
            years[f"{card.date.year:04}"].append(card)
    return {year: tuple(members) for year, members in years.items()}


def order(card: Card) -> tuple[float, str, str]:
    """What decides where a card stands among others, never the same for two."""
    moment = card.date or _LONG_AGO
    if card.kind in POST_KINDS:
        return (-moment.timestamp(), "", card.id)
    return (0, card.title.casefold(), card.id)


def _places(card: Card) -> Iterator[tuple[str, str]]:
    """The lists that a card is in, as facet and name."""
    yield "kind", card.kind
    if card.kind not in POST_KINDS:
        return
    yield "all", ""
    if card.date:
        yield "year", f"{card.date:%Y}"
        yield "month", f"{card.date:%Y-%m}"
    if card.must_read:
        yield "must-read", ""
    if card.decisions:
        yield "decisions", ""
    if card.pinned:
        yield "pinned", ""
    if card.unanswered:
        yield "unanswered", ""
    if card.asking:
        yield "asking", ""
    yield from _facets(card)


def _facets(card: Card) -> Iterator[tuple[str, str]]:
    yield from (("topic", name) for name in card.topics)
    yield from (("location", name) for name in card.locations)
    yield from (("value", name) for name in card.values)
    yield from (("person", name) for name in card.authors)
    if card.on_behalf_of:
        yield "person", card.on_behalf_of
    yield from (("thanked", name) for name in card.to)
    if card.series:
        yield "series", card.series
