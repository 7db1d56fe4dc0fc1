"""`plein new`: begin a post, vlog, meeting, question, compliment, person or page."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from generator.cli.session import Session, common, say_here

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.newentry import Wish

_ = say_here
_KINDS = click.Choice(["news", "vlog", "meeting", "question", "kudos", "person", "page"])
_PREVIEW = "http://127.0.0.1:8000"


@click.command(help=_("Begin something new: plein new news \"Come to the open day\""))  # fmt: skip
@common
@click.argument("kind", type=_KINDS, required=False)
@click.argument("title", required=False)
@click.option("--set", "-s", "keys", multiple=True, metavar="KEY=VALUE", help=_("Fill in a line, such as topics=people; more than once if you like."))  # fmt: skip
@click.option("--date", default="", metavar="DAY", help=_("Another day than today: 2026-12-01."))
@click.option("--lang", default="", help=_("The language, if it is not the site's own: nl, en."))
@click.option("--folder", is_flag=True, help=_("In a folder of its own, for pictures beside it."))
@click.option("--edit", "-e", is_flag=True, help=_("Open it in your editor."))
def new(
    kind: str | None,
    title: str | None,
    keys: tuple[str, ...],
    edit: bool,
    **common: Any,
) -> None:
    """Write a file to go on with, and say where it is."""
    with Session(common) as session:
        from generator import terminal, write
        from generator.newentry import Wish, place_of, text_of

        kind = kind or _ask_kind(session)
        title = " ".join((title or _ask(session.say("Title"))).split())
        wish = Wish(
            kind=_kind_named(kind),
            title=title,
            lang=_lang(common["lang"], session),
            day=_day(common["date"], session),
            keys=dict(_pair(one) for one in keys),
            in_folder=common["folder"],
        )
        root, config = session.project.root, session.config
        path = place_of(wish, root, config)
        wish = _completed(wish, session)
        write.replace(root / path, text_of(wish, root, config, session.say).encode())
        terminal.show_lines(list(_told(path, session)))
        if edit:
            click.edit(filename=str(root / path))


def _kind_named(name: str) -> Any:
    from generator.newentry import NAMES_OF_KINDS

    return NAMES_OF_KINDS[name]


def _is_talking() -> bool:
    """Whether somebody sits at a terminal who can answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _ask(question: str, optional: bool = False) -> str:
    """An answer from who sits at the terminal; without one, what must be given is missing."""
    if _is_talking():
        default = "" if optional else None
        return str(click.prompt(question, default=default, show_default=False)).strip()
    if optional:
        return ""
    raise _missing(question)


def _missing(what: str) -> Exception:
    from generator.model import Span
    from generator.problems import UsageError, problem

    return UsageError(problem("new-missing", Span("plein new"), what=what.lower()))


def _ask_kind(session: Session) -> str:
    if not _is_talking():
        raise _missing(session.say("Kind"))
    return str(click.prompt(session.say("Kind"), type=_KINDS))


def _lang(lang: str, session: Session) -> str:
    from generator.model import Span
    from generator.problems import UsageError, problem

    config = session.config
    if lang and lang not in config.languages:
        options = ", ".join(config.languages)
        wrong = problem("wrong-language", Span("--lang"), value=lang, options=options)
        raise UsageError(wrong)
    return lang or config.language


def _day(day: str, session: Session) -> datetime:
    from generator.clock import read_clock

    zone = session.config.zone
    return read_clock(day or session.options.clock, zone).astimezone(zone)


def _pair(text: str) -> tuple[str, str]:
    key, _sign, value = text.partition("=")
    return key.strip(), " ".join(value.split())


def _completed(wish: Wish, session: Session) -> Wish:
    """The wish with answers to what its kind needs and nobody has given yet."""
    import msgspec

    if not _is_talking():
        return wish
    answers = {key: _ask(question, optional=True) for key, question in _open(wish, session)}
    return msgspec.structs.replace(
        wish, keys={**{key: text for key, text in answers.items() if text}, **wish.keys}
    )


def _open(wish: Wish, session: Session) -> Iterator[tuple[str, str]]:
    """The keys to ask for, each with its question and the names to choose from."""
    from generator import schema
    from generator.newentry import names_for

    known, say = schema.fields_of(wish.kind), session.say
    topics = ("topics",) if wish.kind not in ("people", "pages") and session.config.topics else ()
    for key in (*schema.required_of(wish.kind), *topics):
        if key not in ("title", "name") and key not in wish.keys:
            options = ", ".join(names_for(key, session.project.root, session.config))
            choose = f" ({options})" if options else ""
            field = known[key]
            yield key, f"{say(field.about)}{choose}"


def _told(path: str, session: Session) -> Iterator[str]:
    """Where the file is, and where it can be seen."""
    from generator.newentry import address_of

    yield path
    place = f"{_PREVIEW}{address_of(path, session.config)}"
    yield session.say("See it with plein serve at {address}").format(address=place)
