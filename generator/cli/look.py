"""`plein why` and `plein list`: what is made again, and what is waiting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from generator.cli.session import Session, common, say_here

if TYPE_CHECKING:
    from generator.words import Say

_ = say_here
_STATES = ("published", "drafts", "scheduled", "expiring", "expired", "unlisted")


@click.command(help=_("Tell why a page is made again: plein why /news/"))
@common
@click.argument("subject", metavar="ADDRESS|FILE")
def why(subject: str, **common: Any) -> None:
    """Explain the outputs at an address or from a file, also when other posts have errors."""
    with Session(common, keep_going=True) as session:
        from generator import terminal
        from generator.explain import why as explain
        from generator.work import Silent

        found = explain(session.work(Silent()), subject)
        terminal.show_lines([line for one in found for line in _why_lines(one, session.say)])


@click.command(
    name="list", help=_("List what is published, draft, scheduled, expiring, expired or unlisted.")
)
@common
@click.argument("state", type=click.Choice(_STATES), default="published")
def list_(state: str, **common: Any) -> None:
    """List the entries in a state, also when some have errors."""
    with Session(common, keep_going=True) as session:
        from generator import terminal
        from generator.listing import entries_in
        from generator.work import Silent

        rows = entries_in(session.work(Silent()), state)
        if session.form == "json":
            terminal.show_json([row.as_dict() for row in rows])
        else:
            terminal.show_lines([row.as_line(session.config.zone) for row in rows])


def _why_lines(one: Any, say: Say) -> list[str]:
    """An explanation in words: the reason first, then what the output depends on."""
    reasons = {
        "new": say("not made yet"),
        "step": say("the code that makes it changed"),
        "output": say("the file on disk is not what was written"),
        "read": say("this changed:"),
    }
    text = say("up to date") if one.reason is None else reasons[one.reason.why]
    query = " ".join(one.reason.query) if one.reason else ""
    return [
        f"/{one.path}: {text} {query}".rstrip(),
        *(f"  {' '.join(asked)}" for asked in one.asked),
    ]
