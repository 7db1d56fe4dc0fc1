"""`plein build`: make the site, or verify it."""

from __future__ import annotations

from typing import Any

import click

from generator.cli import comments
from generator.cli.session import Session, common, offline_flag, quiet_flag, say_here, strict_flag

_ = say_here


@click.command(help=_("Build the site. Nothing changes as long as there are errors."))
@common
@strict_flag
@click.option(
    "--keep-going", is_flag=True, help=_("Publish every sound post; broken ones stay as they were.")
)
@click.option(
    "--verify",
    is_flag=True,
    help=_("Make everything afresh in memory and compare it with the output."),
)
@click.option(
    "--executor",
    default="",
    metavar="ADDRESS",
    help=_("Let a Dask cluster convert and render: dask://HOST:PORT."),
)
@offline_flag
@quiet_flag
def build(
    strict: bool,
    keep_going: bool,
    verify: bool,
    executor: str,
    offline: bool,
    quiet: bool,
    **common: Any,
) -> None:
    """Build, or verify, and show what came of it."""
    more = {"strict": strict, "keep_going": keep_going, "executor": executor, "last": True}
    with Session(common, **more) as session:
        from generator import terminal
        from generator.build import build as build_site

        with terminal.progress(quiet) as bars:
            report_to = terminal.reporter(bars, session.say)
            if verify:
                from generator.explain import verify as verify_site

                found = verify_site(session.work(report_to))
                session.finish(found)
                sound = session.say("Every file is what a fresh build would make.")
                terminal.show_lines([] if found or quiet else [sound])
                return
            news = comments.news(session, offline)
            result = build_site(session.project, session.options, report_to)
        session.finish((*news, *result.problems))
        terminal.show_result(result, session.form, quiet, session.config, session.say)
