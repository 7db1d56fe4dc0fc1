"""`plein check`: everything that a build finds and more, without writing the site."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.cli.session import Session, common, quiet_flag, say_here, strict_flag

if TYPE_CHECKING:
    from generator.check import Checked
    from generator.work import Work

_ = say_here
_ROUNDS = 20


@click.command(help=_("Check everything, also what is still to come. The site itself is not touched."))  # fmt: skip
@common
@strict_flag
@click.option("--fix", is_flag=True, help=_("Put right what can only be meant in one way, and show each change."))  # fmt: skip
@click.option("--external", is_flag=True, help=_("Ask other sites too whether your links to them still work."))  # fmt: skip
@quiet_flag
def check(strict: bool, fix: bool, external: bool, quiet: bool, **common: Any) -> None:
    """Show what is wrong; put some of it right if that is asked for."""
    if fix:
        _mend_settings(Path(common["config"]))
    with Session(common, strict=strict, keep_going=True) as session:
        from generator import terminal

        with terminal.progress(quiet) as bars:
            found = _look(session, fix, external, terminal.reporter(bars, session.say))
        session.finish(found.problems)
        if not quiet and session.form == "text":
            terminal.show_lines([_summary(found, session)])


def _mend_settings(file: Path) -> None:
    """Put right what is sure in the settings: without them nothing else can be looked at."""
    from generator import terminal
    from generator.check import fixes
    from generator.config import load_config
    from generator.problems import UsageError

    for _round in range(_ROUNDS):
        try:
            load_config(file, file.name)
        except UsageError as error:
            done = fixes.apply(file.parent, fixes.changes(error.problems))
            terminal.show_remarks(list(fixes.shown(done)))
            if done:
                continue
        return


def _look(session: Session, fix: bool, external: bool, reporter: Any) -> Checked:
    """The findings; with `fix`, those that are left after as many rounds as it takes."""
    from generator.pool import Crew, default_count

    with Crew(session.options.workers or default_count()) as crew:
        return _rounds(session.work(reporter, crew), fix, external)


def _rounds(work: Work, fix: bool, external: bool) -> Checked:
    from generator import terminal
    from generator.check import check as look
    from generator.check import fixes
    from generator.check.external import Visit

    for _round in range(_ROUNDS if fix else 0):
        done = fixes.apply(work.project.root, fixes.changes(look(work).problems))
        terminal.show_remarks(list(fixes.shown(done)))
        if not done:
            break
    visit = Visit(work.project.cache_folder / "external") if external else None
    return look(work, visit)


def _summary(found: Checked, session: Session) -> str:
    from generator.report import counts_of

    say = session.say
    text = say("Texts: {entries}, files of the site: {outputs}. {findings}.")
    findings = counts_of(found.problems, say) or say("Nothing to remark")
    return text.format(entries=found.entries, outputs=found.outputs, findings=findings)
