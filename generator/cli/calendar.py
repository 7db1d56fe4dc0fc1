"""`plein calendar`: what goes live, leaves, is due or closes in the coming weeks."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.cli.session import Session, common, say_here

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.calendar import Event
    from generator.config import Config
    from generator.words import Say

_ = say_here
_WEEKS = 6


@click.command(help=_("Show what goes live, leaves, is due or closes in the coming weeks."))
@common
@click.option("--weeks", type=click.IntRange(1, 520), default=None, help=_("How many weeks ahead. Default: 6; with --ics all that is known."))  # fmt: skip
@click.option("--ics", default="", metavar="FILE", help=_("Write a calendar file, to open or subscribe to in another program."))  # fmt: skip
def calendar(weeks: int | None, ics: str, **common: Any) -> None:
    """Show or write what is coming, also when some posts have errors."""
    with Session(common, keep_going=True) as session:
        from generator import terminal
        from generator.listing import events_of
        from generator.work import Silent

        ahead = weeks if weeks or ics else _WEEKS
        events, now = events_of(session.work(Silent()), ahead)
        if ics:
            from generator import write
            from generator.calendar import in_words
            from generator.ics import calendar_file

            words = in_words(session.say)
            write.replace(Path(ics), calendar_file(events, session.config, now, words))
            told = session.say("Written: {file}, events: {count}")
            terminal.show_lines([told.format(file=ics, count=len(events))])
        elif session.form == "json":
            terminal.show_json([_as_dict(one) for one in events])
        else:
            nothing = session.say("Nothing is planned in these weeks.")
            terminal.show_lines(list(_table(events, session.config, session.say)) or [nothing])


def _table(events: tuple[Event, ...], config: Config, say: Say) -> Iterator[str]:
    """The events by week: day, time, what happens, to what, and in which file."""
    from generator.calendar import in_words

    words = in_words(say)
    widths = (
        max((len(words[one.what]) for one in events), default=0),
        max((len(one.title) for one in events), default=0),
    )
    for number, some in groupby(events, lambda one: one.when.astimezone(config.zone).isocalendar()[:2]):  # fmt: skip
        yield say("Week {number}").format(number=number[1])
        yield from (_line(one, words, widths, config) for one in some)


def _line(event: Event, words: dict[str, str], widths: tuple[int, int], config: Config) -> str:
    from generator.words import day_of

    local = event.when.astimezone(config.zone)
    clock = "     " if f"{local:%H:%M:%S}" == "23:59:59" else f"{local:%H:%M}"
    happens, title = words[event.what].ljust(widths[0]), event.title.ljust(widths[1])
    day = day_of(local, config.language).ljust(10)
    return f"  {day} {clock}  {happens}  {title}  {event.path}"


def _as_dict(event: Event) -> dict[str, object]:
    return {
        "when": event.when.isoformat(),
        "what": event.what,
        "kind": event.kind,
        "id": event.id,
        "title": event.title,
        "file": event.path,
        "url": event.url,
        "languages": list(event.languages),
    }
