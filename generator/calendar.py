"""What happens by itself in the coming time: what goes live, leaves, is due or closes."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Literal

from generator import addresses
from generator.assembly import Site
from generator.assembly.editions import slug_of
from generator.assembly.states import status_of
from generator.model import Entry, Kind, Model, Question
from generator.words import Say

# `draft` is an entry that would go live then, if it were no draft any more; `release` is the
# end of the time in which management only reads along with a question.
What = Literal["publish", "draft", "expire", "deadline", "release", "close"]
_FAR = timedelta(weeks=5200)


class Event(Model, frozen=True):
    """One thing that happens to an entry at a moment, in all its languages at once.

    `path` is the file of the first of its languages, `title` what it is called
    there, `url` its address with the site's own folder.
    """

    when: datetime
    what: What
    id: str
    kind: Kind
    title: str
    path: str
    url: str
    languages: tuple[str, ...]


def coming(site: Site, now: datetime, weeks: int | None = None) -> tuple[Event, ...]:
    """The events after a moment, for so many weeks or without an end, in their order."""
    until = now + (timedelta(weeks=weeks) if weeks is not None else _FAR)
    order = {lang: number for number, lang in enumerate(site.config.languages)}
    entries = sorted(
        site.directory.entries.values(), key=lambda one: (one.id, order.get(one.lang, 0))
    )
    found: dict[tuple[str, str, datetime], list[Entry]] = {}
    for entry in entries:
        for what, when in _moments(entry, now):
            if when and now < when <= until:
                found.setdefault((entry.id, what, when), []).append(entry)
    events = (_event(site, what, when, same) for (_, what, when), same in found.items())
    return tuple(sorted(events, key=lambda one: (one.when, one.id, one.what)))


def _moments(entry: Entry, now: datetime) -> Iterator[tuple[str, datetime | None]]:
    """What will happen to an entry if nobody touches it; to a draft, nothing will."""
    meta, details = entry.meta, entry.details
    status, live = status_of(entry, now)
    if status == "draft":
        yield "draft", meta.publish or meta.date
    if status not in ("scheduled", "published"):
        return
    yield "publish", live
    yield "expire", meta.expires
    if meta.importance == "need-to-know":
        yield "deadline", meta.deadline
    if isinstance(details, Question) and not (details.heard or details.doing):
        yield "release", details.management_hold
        yield "close", details.open_until


def _event(site: Site, what: str, when: datetime, same: Iterable[Entry]) -> Event:
    first, *others = same
    url = addresses.of_entry(site.config, first.lang, first.kind, slug_of(first))
    return Event(
        when=when,
        what=what,  # type: ignore[arg-type]
        id=first.id,
        kind=first.kind,
        title=first.meta.title,
        path=first.path,
        url=site.config.base_path + url,
        languages=(first.lang, *(one.lang for one in others)),
    )


def in_words(say: Say) -> dict[str, str]:
    """What happens, in words."""
    return {
        "publish": say("goes live"),
        "draft": say("is still a draft"),
        "expire": say("leaves the site"),
        "deadline": say("deadline"),
        "release": say("management may answer"),
        "close": say("question closes"),
    }
