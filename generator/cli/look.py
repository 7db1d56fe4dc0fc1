"""`plein why` and `plein list`: what is made again, and what is waiting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from generator.cli.session import Session, common, say_here

if TYPE_CHECKING:
    from datetime import tzinfo

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
        zone = session.config.zone
        terminal.show_lines([line for one in found for line in _why_lines(one, session.say, zone)])


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
            terminal.show_remarks([] if rows else [session.say("Nothing to list.")])


def _why_lines(one: Any, say: Say, zone: tzinfo) -> list[str]:
    """An explanation in words: the reason first, then what the output depends on."""
    if one.withheld:
        from generator.report import why_withheld

        return [f"{one.path}: {why_withheld(one.withheld, say, zone)}"]
    reasons = {
        "new": say("not made yet"),
        "step": say("the code that makes it changed"),
        "output": say("the file on disk is not what was written"),
        "read": say("this changed:"),
    }
    text = say("up to date") if one.reason is None else reasons[one.reason.why]
    changed = _in_words(one.reason.query, say) if one.reason and one.reason.query else ""
    asked = dict.fromkeys(_in_words(query, say) for query in one.asked)
    return [f"/{one.path}: {text} {changed}".rstrip(), *(f"  {line}" for line in asked)]


def _in_words(query: tuple[str, ...], say: Say) -> str:
    """What an output depends on, in a writer's words."""
    about = {
        "edition": say("the text of"),
        "card": say("what lists show of"),
        "link": say("the address of"),
        "picture": say("the picture"),
        "file_at": say("the file"),
        "captions": say("the subtitles of"),
        "listing": say("the list"),
        "newest": say("the newest in the list"),
        "of_year": say("the list"),
        "years": say("the years of the list"),
        "year_pages": say("the years of the list"),
        "setting": say("the setting"),
        "menu": say("the menu"),
        "template": say("the template"),
        "asset": say("the theme's file"),
        "strings": say("the theme's words"),
        "neighbours": say("the posts before and after"),
        "alternates": say("the translations of"),
        "person": say("the person"),
        "term": say("the term"),
        "terms": say("the terms"),
        "place": say("the address of"),
        "versions": say("the translations of"),
        "integrity": say("the fingerprint of"),
        "decisions": say("the decisions"),
        "archive_years": say("the years of the archive"),
        "archive_months": say("the months of the archive"),
        "every_url": say("all addresses"),
    }
    name, *rest = query
    return " ".join((about.get(name, name), *(part for part in rest if part)))
