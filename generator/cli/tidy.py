"""`plein clean`: delete what Plein made."""

from __future__ import annotations

from typing import Any

import click

from generator.cli.session import Session, common, say_here

_ = say_here


@click.command(help=_("Delete what Plein made: the output and the cache."))
@common
def clean(**common: Any) -> None:
    """Delete the output (only what is ours) and the cache."""
    with Session(common) as session:
        from generator import terminal
        from generator.cleaning import clean as clean_up

        removed, left = clean_up(session.project, session.config)
        lines = [session.say("Deleted files: {count}").format(count=removed)]
        if left:
            lines.append(
                session.say("Left, for Plein did not make them: {count}").format(count=left)
            )
        terminal.show_lines(lines)
