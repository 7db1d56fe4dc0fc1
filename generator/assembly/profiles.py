"""Profiles: what the rest of the site knows of an entry, in all its languages.

A profile follows from the entry's own files, what is known of the files that it
names, the settings and the moment. So it holds for as long as these do, and only
the profiles of what was touched are made again.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

import msgspec

from generator import addresses, fingerprint
from generator.assembly.cards import card_of
from generator.assembly.editions import Edition, by_language, editions, merge, slug_of
from generator.assembly.findings import Finding
from generator.assembly.lists import Shown, order, places_of
from generator.assembly.states import Audience, Withheld, is_pausing, moments_of, status_of
from generator.assembly.steps import steps_of
from generator.config import Config
from generator.entries import identify
from generator.load import Library
from generator.model import Card, Entry, Model, Person, Step
from generator.uses import files_of, pictures_of

_CODES = {
    "topic": "unknown-topic",
    "location": "unknown-location",
    "value": "unknown-value",
    "series": "unknown-series",
}


class Version(Model, frozen=True, array_like=True):
    """One file of an entry; `name` is the id that it asks for itself."""

    path: str
    lang: str
    name: str = ""


class Profile(Model, frozen=True, array_like=True):
    """What follows from the files of one entry, from `since` until `until`.

    `files` are its own, with their faces; `beside` are others that it names, with
    what is known of them (`Library.print_of`), `refers` are the entries that it names.
    `pausing` are the addresses that it has at another moment. It is `sound` if
    nothing is wrong in it.
    """

    id: str
    files: tuple[tuple[str, str], ...]
    versions: tuple[Version, ...] = ()
    shown: tuple[Shown, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    pausing: tuple[str, ...] = ()
    beside: tuple[tuple[str, str], ...] = ()
    refers: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    sound: bool = True


class Moment(Model, frozen=True):
    """When a site is looked at, and by whom."""

    now: datetime
    audience: Audience


class Made(Model, frozen=True):
    """A profile, what is wrong with the files of its entry as such, and the cards of its
    editions by key, spelled; `raw` is what its files say, `complete` are its versions, as the
    profile has them; `steps` are the outputs that it asks for."""

    profile: Profile
    findings: tuple[Finding, ...] = ()
    cards: dict[str, bytes] = {}
    raw: tuple[Entry, ...] = ()
    complete: tuple[Entry, ...] = ()
    steps: tuple[Step, ...] = ()


def id_of(path: str, config: Config) -> str:
    """The id of the entry to which a file belongs; empty if it belongs to none."""
    identity = identify(path, config.languages)
    return identity.id if identity else ""


def profile_of(
    id_: str, paths: tuple[str, ...], library: Library, config: Config, at: Moment
) -> Made:
    """The profile of an entry with its cards, and what is wrong with its files as such."""
    raw = tuple(one for path in paths if (one := library.loaded[path].entry))
    bare = Profile(id_, tuple((path, library.faces[path].print) for path in paths))
    if not raw:
        return Made(bare)
    every, found = by_language(raw)
    merged = merge(every, config)
    # What has no translation names what its own file does.
    beside, refers = _named_by((*raw, *merged.values()) if len(raw) > 1 else raw, config)
    whole = msgspec.structs.replace(
        _with_versions(bare, tuple(merged.values()), config, at),
        beside=tuple((path, library.print_of(path)) for path in beside),
        refers=refers,
    )
    made = Made(whole, tuple(found), raw=raw, complete=tuple(merged.values()))
    return _with_editions(made, merged, library, config, at.now)


def _with_editions(
    made: Made, merged: dict[str, Entry], library: Library, config: Config, now: datetime
) -> Made:
    """The same with what follows from what goes out of it: lists, cards and steps."""
    held = {one.path for one in made.profile.withheld}
    out = frozenset(one.path for one in made.profile.versions) - held
    own = tuple(editions(merged, config, out))
    cards = tuple(card_of(one, library, config, now) for one in own)
    shown = tuple(_shown(one, card, config) for one, card in zip(own, cards, strict=True))
    return msgspec.structs.replace(
        made,
        profile=msgspec.structs.replace(made.profile, shown=shown),
        cards={one.key: fingerprint.spell(one) for one in cards},
        steps=tuple(steps_of(own, library)),
    )


def _with_versions(
    bare: Profile, complete: tuple[Entry, ...], config: Config, at: Moment
) -> Profile:
    """What follows from the files of an entry once its translations are complete."""
    withheld = tuple(_withheld(complete, at))
    moments = {moment for one in complete for moment in moments_of(one, config)}
    return msgspec.structs.replace(
        bare,
        versions=tuple(Version(x.path, x.lang, x.meta.id) for x in complete),
        withheld=withheld,
        pausing=tuple(_addresses(complete, withheld, config)),
        since=max((one for one in moments if one <= at.now), default=None),
        until=min((one for one in moments if one > at.now), default=None),
    )


def _withheld(complete: Iterable[Entry], at: Moment) -> Iterator[Withheld]:
    for entry in complete:
        status, when = status_of(entry, at.now)
        if not at.audience.sees(status):
            yield Withheld(entry.path, entry.meta.title, status, when)


def _shown(edition: Edition, card: Card, config: Config) -> Shown:
    meta = edition.entry.meta
    return Shown(
        key=edition.key,
        path=edition.entry.path,
        url=edition.url,
        title=card.title,
        order=order(card)[:2],
        pinned=card.pinned,
        changed=_day_of_change(card),
        year=f"{card.date.year:04}" if card.date else "",
        places=() if meta.unlisted else places_of(card),
        aliases=() if edition.fallback else tuple(f"/{one.strip('/')}/" for one in meta.aliases),
        terms=() if meta.unlisted else tuple(_unknown_terms(card, config)),
    )


def _unknown_terms(card: Card, config: Config) -> Iterator[tuple[str, str]]:
    """The names in a card that site.yaml does not have, where it allows that."""
    series = (card.series,) if card.series else ()
    used = zip(_CODES, (card.topics, card.locations, card.values, series), strict=True)
    known = (config.topics, config.locations, config.values, config.series)
    for (facet, names), terms in zip(used, known, strict=True):
        if config.levels.get(_CODES[facet], "error") != "error":
            yield from ((facet, name) for name in names if name not in terms)


def _day_of_change(one: Card) -> str:
    moment = one.updated or one.date
    return moment.date().isoformat() if moment else ""


def _addresses(
    complete: Iterable[Entry], withheld: Iterable[Withheld], config: Config
) -> Iterator[str]:
    """Where the versions stand at another moment that are not published now."""
    paths = {one.path for one in withheld if is_pausing(one)}
    for entry in (one for one in complete if one.path in paths):
        for lang in config.languages:
            yield addresses.of_entry(config, lang, entry.kind, slug_of(entry))


def _named_by(entries: Sequence[Entry], config: Config) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The files, not entries, that some entries show or link to, or would if they were there;
    and the ids of entries that they name: by links, and as people."""
    paths = (
        path
        for entry in entries
        for path in (*pictures_of(entry), *files_of(entry), *(one.path for one in entry.holes))
    )
    ids = {path: id_of(path, config) for path in dict.fromkeys(paths) if path}
    people = (f"people/{name}" for entry in entries for name in _people(entry) if name)
    beside = tuple(path for path, id_ in ids.items() if not id_)
    return beside, tuple(dict.fromkeys((*filter(None, ids.values()), *people)))


def _people(entry: Entry) -> Iterator[str]:
    meta, details = entry.meta, entry.details
    yield from meta.authors
    yield meta.on_behalf_of
    yield from (getattr(details, key, "") for key in ("host", "contact"))
    yield from getattr(details, "to", ())
    yield from details.on_behalf_of if isinstance(details, Person) else ()
