"""From loose entries to one site: pure in the entries, the settings and the moment."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from generator.assembly.cards import card_of
from generator.assembly.editions import Edition, editions, group, merge
from generator.assembly.fates import Fates, Living, fates_of, ids_of, is_pausing
from generator.assembly.findings import (
    Finding,
    check_completed,
    check_delegates,
    check_feed_ids,
    check_ids,
    check_menu,
)
from generator.assembly.links import Directory, check_links
from generator.assembly.lists import ListName, Lists, lists_of, places_of, years_of
from generator.assembly.states import Audience, Withheld, status_of
from generator.assembly.vlogs import check_captions, check_chapters, check_video
from generator.config import Config, Term
from generator.lazily import Lazily
from generator.load import Library, people_of
from generator.model import Card, Entry, Model, Person

__all__ = ["Audience", "Edition", "Finding", "Site", "Withheld", "assemble"]


class Site(Model, frozen=True):
    """All that is published at a moment, and what follows from it.

    Editions and cards are by `language/id`; `lists` are the cards in every
    list, `years` those of the long ones by year, `places` where in a list a card
    stands by its key; `documents` are the keys of the texts that editions show,
    `terms` the topics and so on by facet, with those that
    entries use beyond site.yaml where that is allowed.
    """

    config: Config
    library: Library
    directory: Directory
    editions: Mapping[str, Edition]
    cards: Mapping[str, Card]
    documents: Mapping[str, str]
    lists: Lists
    years: Mapping[ListName, Mapping[str, tuple[Card, ...]]]
    places: Mapping[ListName, Mapping[str, int]]
    terms: dict[str, dict[str, Term]]
    withheld: tuple[Withheld, ...]
    fates: Fates = Fates()


def assemble(
    library: Library, config: Config, now: datetime, audience: Audience
) -> tuple[Site, tuple[Finding, ...]]:
    """The site at a moment for an audience, and everything that is wrong between its files."""
    entries = [one.entry for one in library.loaded.values() if one.entry]
    groups, found = group(entries)
    merged = {id_: merge(versions, config) for id_, versions in groups.items()}
    complete = [entry for versions in merged.values() for entry in versions.values()]
    included, withheld = _sort_out(complete, now, audience)
    directory = Directory(library, {one.path: one for one in complete}, included, config.languages)
    found += _check(entries, complete, directory, config)
    found += _check_vlogs(entries, complete, directory, config, now)
    shown = {
        edition.key: edition
        for versions in merged.values()
        for edition in editions(versions, config, included)
    }
    cards = {key: card_of(one, library, config, now) for key, one in shown.items()}
    listed = [card for key, card in cards.items() if not shown[key].entry.meta.unlisted]
    lists = lists_of(listed)
    years = years_of(lists, config.list_items)
    places = Lazily(lists, lambda name: places_of(card.key for card in lists[name]))
    terms = _terms(listed, config)
    fates, lost = _fates(library, complete, Living(shown, cards, frozenset()), withheld, config)
    rows = (lists, years, places, terms)
    texts = {key: one.entry.document for key, one in shown.items()}
    site = Site(config, library, directory, shown, cards, texts, *rows, withheld, fates)
    return site, (*found, *lost)


def _fates(
    library: Library,
    complete: list[Entry],
    shown: Living,
    withheld: tuple[Withheld, ...],
    config: Config,
) -> tuple[Fates, tuple[Finding, ...]]:
    """What became of the addresses that were published before."""
    away = {one.path for one in withheld if is_pausing(one)}
    living = Living(shown.editions, shown.cards, ids_of(library.loaded, config))
    waiting = [entry for entry in complete if entry.path in away]
    return fates_of(library.ledger, living, waiting, config)


def _sort_out(
    entries: Iterable[Entry], now: datetime, audience: Audience
) -> tuple[frozenset[str], tuple[Withheld, ...]]:
    included, withheld = set(), []
    for entry in entries:
        status, when = status_of(entry, now)
        if audience.sees(status):
            included.add(entry.path)
        else:
            withheld.append(Withheld(entry.path, entry.meta.title, status, when))
    return frozenset(included), tuple(sorted(withheld, key=lambda one: one.path))


def _check(
    entries: list[Entry], complete: list[Entry], directory: Directory, config: Config
) -> Iterator[Finding]:
    people = people_of(directory.library, config)
    delegates = {
        one.id.removeprefix("people/"): one.details.on_behalf_of
        for one in complete
        if isinstance(one.details, Person)
    }
    yield from check_feed_ids(complete)
    yield from check_menu(complete, config)
    for entry in entries:
        yield from check_ids(entry, people, config)
    for entry in complete:
        if entry.path in directory.included or not entry.meta.draft:
            yield from check_completed(entry, config.zone)
        yield from check_delegates(entry, delegates)
        if entry.path in directory.included:
            yield from check_links(entry, directory)


def _check_vlogs(
    entries: list[Entry], complete: list[Entry], directory: Directory, config: Config, now: datetime
) -> Iterator[Finding]:
    told: set[str] = set()
    for entry in entries:
        if entry.path in directory.included:
            yield from check_video(entry, directory.library, config)
            yield from check_chapters(entry, directory.library)
    for entry in complete:
        if entry.path in directory.included and entry.id not in told:
            told.add(entry.id)
            yield from check_captions(entry, now)


_CODES = {
    "topic": "unknown-topic",
    "location": "unknown-location",
    "value": "unknown-value",
    "series": "unknown-series",
}


def _terms(cards: Iterable[Card], config: Config) -> dict[str, dict[str, Term]]:
    terms: dict[str, dict[str, Term]] = {
        "topic": dict(config.topics),
        "location": dict(config.locations),
        "value": dict(config.values),
        "series": dict(config.series),
    }
    for card in cards:
        used = {
            "topic": card.topics,
            "location": card.locations,
            "value": card.values,
            "series": (card.series,) if card.series else (),
        }
        for facet, names in used.items():
            for name in names:
                level = config.levels.get(_CODES[facet], "error")
                if name not in terms[facet] and level != "error":
                    terms[facet][name] = Term(name, dict.fromkeys(config.languages, name))
    return terms
