"""Profiles: what the rest of the site knows of an entry, in all its languages.

A profile follows from the entry's own files, what is known of the files that it
names, the settings and the moment. So it holds for as long as these do, and only
the profiles of what was touched are made again.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import compress, filterfalse
from operator import ne

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
from generator.moments import holds_at
from generator.uses import files_of, pictures_of

_CODES = {
    "topic": "unknown-topic",
    "location": "unknown-location",
    "value": "unknown-value",
    "series": "unknown-series",
}


class Version(Model, frozen=True, array_like=True):
    """One file of an entry, and whether it goes out; `name` is the id that it asks for itself."""

    path: str
    lang: str
    name: str = ""
    is_out: bool = True


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


def _unknown(key: str) -> bytes:
    raise KeyError(key)


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


class Before(Model, frozen=True):
    """What is known beforehand. Of another build with the same settings: profiles by id, with the
    steps of each, and a function for the card of an edition, spelled. Of this one: what was made
    `ahead`, by id."""

    profiles: Mapping[str, Profile] = {}
    steps: Mapping[str, tuple[Step, ...]] = {}
    card: Callable[[str], bytes] = _unknown
    ahead: Mapping[str, Made] = {}


class Collected(Model, frozen=True):
    """The profiles of all entries by id, as far as an entry shows by itself what it is, and the
    steps of each.

    `made` are those that are not taken over; `fresh` are the ids of entries that
    are other than they were known to be.
    """

    profiles: dict[str, Profile]
    steps: dict[str, tuple[Step, ...]]
    made: dict[str, Made]
    fresh: frozenset[str]


def collect(library: Library, config: Config, at: Moment, beforehand: Before) -> Collected:
    """The profile of every entry: taken over where it still holds, else made, perhaps ahead."""
    known, ahead = beforehand.profiles, beforehand.ahead
    before = {path: one.id for one in known.values() for path, _ in one.files}
    ids = _ids_of_files(library, config, before)
    touched = {before.get(path) or ids[path] for path in _touched(ids, library, known)}
    held = _still_true(known, touched, library, at.now)
    fresh = frozenset({*ids.values(), *known} - held.keys())
    kept = {id_: one for id_, one in held.items() if one.sound and fresh.isdisjoint(one.refers)}
    made = {
        id_: ahead.get(id_) or profile_of(id_, paths, library, config, at)
        for id_, paths in _files_but_of(kept, ids).items()
    }
    profiles = {id_: kept.get(id_) or made[id_].profile for id_ in dict.fromkeys(ids.values())}
    steps = {id_: made[id_].steps if id_ in made else beforehand.steps[id_] for id_ in profiles}
    return Collected(profiles, steps, made, fresh)


def _ids_of_files(library: Library, config: Config, before: Mapping[str, str]) -> dict[str, str]:
    """The id of the entry to which each file belongs, by path."""
    return {
        path: id_ for path in library.loaded if (id_ := before.get(path) or id_of(path, config))
    }


def _files_but_of(kept: Container[str], ids: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The files of every entry that is not kept, in the order of the first of each."""
    found: dict[str, tuple[str, ...]] = {}
    for path, id_ in ids.items():
        if id_ not in kept:
            found[id_] = (*found.get(id_, ()), path)
    return found


def id_of(path: str, config: Config) -> str:
    """The id of the entry to which a file belongs; empty if it belongs to none."""
    identity = identify(path, config.languages)
    return identity.id if identity else ""


def _touched(ids: Iterable[str], library: Library, known: Mapping[str, Profile]) -> Iterator[str]:
    """The files of entries that have another face than was known, or are new or gone."""
    now = {path: face.print for path, face in library.faces.items()}
    then = dict(pair for one in known.values() for pair in one.files)
    yield from filterfalse(then.__contains__, ids)
    yield from compress(then, map(ne, then.values(), map(now.get, then)))


def _still_true(
    known: Mapping[str, Profile], touched: Container[str], library: Library, now: datetime
) -> dict[str, Profile]:
    """The profiles of entries of which no file was touched, and nothing beside it.

    What is wrong with these may be another thing than before, where an entry
    that they name was touched.
    """
    return {
        id_: one
        for id_, one in known.items()
        if id_ not in touched
        and holds_at(one.since, one.until, now)
        # Most have nothing beside them.
        and (not one.beside or _is_beside_as_it_was(one, library))
    }


def _is_beside_as_it_was(one: Profile, library: Library) -> bool:
    return all(library.print_of(path) == print_ for path, print_ in one.beside)


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
    out = frozenset(one.path for one in made.profile.versions if one.is_out)
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
    out = frozenset(x.path for x in complete) - {x.path for x in withheld}
    moments = {moment for one in complete for moment in moments_of(one, config)}
    return msgspec.structs.replace(
        bare,
        versions=tuple(Version(x.path, x.lang, x.meta.id, x.path in out) for x in complete),
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
        order=order(card),
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
