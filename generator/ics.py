"""The calendar for other programs to subscribe to, as RFC 5545 describes it."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta

from icalendar import Calendar as Calendar_
from icalendar import Event as Event_

from generator.calendar import Event
from generator.config import Config
from generator.moments import end_of_day

_REFRESH = timedelta(hours=1)


def calendar_file(
    events: Iterable[Event], config: Config, now: datetime, words: dict[str, str]
) -> bytes:
    """The events as an .ics file; `words` says in the reader's language what happens.

    An event keeps its name (UID) as long as its entry has the same id, so a
    changed date moves it in the calendars of those who subscribe.
    """
    file = Calendar_()
    file.add("prodid", "-//Plein//plein calendar//EN")
    file.add("version", "2.0")
    file.add("name", config.title[config.language])
    file.add("x-wr-calname", config.title[config.language])
    file.add("refresh-interval", _REFRESH, {"VALUE": "DURATION"})
    for event in events:
        file.add_component(_event(event, config, now, words))
    return bytes(file.to_ical())


def _event(event: Event, config: Config, now: datetime, words: dict[str, str]) -> Event_:
    made = Event_()
    made.add("uid", f"{event.what}/{event.languages[0]}/{event.id}@{config.authority}")
    made.add("dtstamp", now.astimezone(UTC))
    made.add("dtstart", _start(event, config))
    made.add("summary", f"{words[event.what]}: {event.title}")
    made.add("description", event.path)
    made.add("url", config.origin + event.url)
    made.add("categories", [event.kind])
    made.add("transp", "TRANSPARENT")
    return made


def _start(event: Event, config: Config) -> object:
    """The moment; the day where it is the end of one, for that is how it was written."""
    local = event.when.astimezone(config.zone)
    midnight = datetime.combine(local.date(), time(0), config.zone)
    is_all_day = event.when == end_of_day(midnight, config.zone)
    return local.date() if is_all_day else event.when.astimezone(UTC)
