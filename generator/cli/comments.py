"""`plein comments`: ask the service how much is said, and see that no conversation is lost."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

from generator.cli.session import Session, common, quiet_flag, say_here

if TYPE_CHECKING:
    from generator.comments.asking import Service
    from generator.conversations import Fetched
    from generator.problems import Problem
    from generator.words import Say

_ = say_here
READER, TOKEN = "PLEIN_COMMENTS_READER", "PLEIN_COMMENTS_TOKEN"


@click.group(help=_("What is said under posts, at the service that site.yaml names."))
def comments() -> None:
    """The commands on comments."""


@comments.command(help=_("Ask how much is said in each conversation; builds show it from then on."))
@common
@click.option("--all", "everything", is_flag=True, help=_("Read all conversations anew, also those with the same number of comments."))  # fmt: skip
@quiet_flag
def fetch(everything: bool, quiet: bool, **common: Any) -> None:
    """Ask, keep, and say what came of it."""
    with Session(common) as session:
        from generator import terminal

        found = ask(session, _needed(session), everything)
        session.finish(found.problems)
        count = sum(one.count for one in found.talk.threads.values())
        text = session.say("Comments: {count}, conversations: {threads}, read now: {asked}.")
        shown = text.format(count=count, threads=len(found.talk.threads), asked=found.asked)
        terminal.show_lines([] if quiet or session.form != "text" else [shown])


@comments.command(help=_("Name conversations that no post has any more, and posts that would share one."))  # fmt: skip
@common
@quiet_flag
def check(quiet: bool, **common: Any) -> None:
    """Compare the keys of the site with those of the service."""
    with Session(common) as session:
        from generator import terminal
        from generator.conversations import check as look
        from generator.work import Silent

        found = look(session.work(Silent()), _needed(session))
        session.finish(found.problems)
        text = session.say("Texts: {own}, conversations at the service: {theirs}.")
        shown = text.format(own=found.own, theirs=found.theirs)
        terminal.show_lines([] if quiet or session.form != "text" else [shown])


def _needed(session: Session) -> Service:
    """Where to ask. Raises UsageError when nobody says that."""
    from generator.model import Span
    from generator.problems import UsageError, problem

    service = service_of(session)
    if service is None:
        raise UsageError(problem("comments-nobody-to-ask", Span("reader"), name=READER))
    return service


def service_of(session: Session) -> Service | None:
    """Where to ask, from the environment or site.yaml; None: nowhere. Raises UsageError."""
    from generator.comments.readers import READERS
    from generator.config.comments import is_web_address
    from generator.model import Span
    from generator.problems import UsageError, problem

    settings, told = session.config.comments, os.environ.get(READER, "")
    if told and not is_web_address(told):
        raise UsageError(problem("not-a-service", Span(READER), value=told))
    address = told or settings.reader
    if not address or settings.provider not in READERS:
        return None
    from generator.comments.asking import Service

    return Service(address, os.environ.get(TOKEN, ""))


def ask(session: Session, service: Service, everything: bool = False) -> Fetched:
    """Ask a service about all conversations of a site."""
    from generator.conversations import Wish, fetch
    from generator.work import Silent

    wish = Wish(tuple(badges(session.config, session.say).values()), everything)
    return fetch(session.work(Silent()), service, wish)


def news(session: Session, offline: bool) -> tuple[Problem, ...]:
    """Ask before a build, where somebody is to be asked; what went wrong, as warnings."""
    service = None if offline else service_of(session)
    return ask(session, service).problems if service else ()


def badges(config: Any, say: Say) -> dict[str, str]:
    """The words for everybody's role by their address; management goes before."""
    words = {"community": say("community manager"), "management": say("management")}
    roles = config.comments.roles
    return {mail.lower(): words[role] for role in words for mail in roles.get(role, ())}
