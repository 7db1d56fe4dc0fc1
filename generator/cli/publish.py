"""`plein publish` and `plein rollback`: bring the site to its readers, and back if need be."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.cli import comments
from generator.cli.session import Session, common, offline_flag, quiet_flag, say_here, strict_flag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.publish import Published, Tree, Wish
    from generator.result import Result
    from generator.words import Say

_ = say_here
_SHOWN_MAX = 10
_to = click.option("--to", default="", metavar="PLACE", help=_("Another place than publish: to in site.yaml."))  # fmt: skip


@click.command(help=_("Build the site and bring it to its readers."))
@common
@_to
@strict_flag
@offline_flag
@click.option("--dry-run", is_flag=True, help=_("Only say what would change."))
@click.option("--yes", is_flag=True, help=_("Even if the site becomes much smaller."))
@quiet_flag
def publish(
    to: str, strict: bool, offline: bool, dry_run: bool, yes: bool, quiet: bool, **common: Any
) -> None:
    """Build, see that it is whole and sound, and switch."""
    with Session(common, strict=strict, addresses=True) as session:
        from generator import report, terminal
        from generator.build import build
        from generator.publish import Wish, publish

        _check_audience(session, to)
        place, root = _place(to, session)
        with terminal.progress(quiet) as bars:
            news = comments.news(session, offline)
            result = build(session.project, session.options, terminal.reporter(bars, session.say))
        session.finish((*news, *result.problems))
        settings = session.config.publish
        wish = Wish(
            keep=settings.keep,
            smaller_percent=settings.smaller,
            encoding=settings.encoding,
            agreed=yes,
            dry_run=dry_run,
        )
        done = publish(_tree(session, result), place, root, wish)
        if not dry_run:
            _remember(session, result)
        if not quiet and not report.is_for_a_program(session.form):
            terminal.show_lines(list(_told(done, wish, session.say)))


def _check_audience(session: Session, to: str) -> None:
    """Raise UsageError when unpublished posts would go to the real site."""
    from generator.assembly import Audience
    from generator.model import Span
    from generator.problems import UsageError, problem

    if session.options.audience != Audience() and not to:
        raise UsageError(problem("publish-unpublished", Span("plein publish")))


def _place(to: str, session: Session) -> tuple[str, Path]:
    """The place, and what it counts from: this folder when typed, else that of site.yaml."""
    from generator.publish import check

    project, config = session.project.root, session.config
    place, root = (to, Path()) if to else (config.publish.to, project)
    if place:
        check(place, root, project, session.options.output or config.output)
    return place, root


def _tree(session: Session, result: Result) -> Tree:
    from generator.publish import tree_of

    return tree_of(result, session.project.root)


def _remember(session: Session, result: Result) -> None:
    """Write the addresses that are public now into the ledger; those of a preview are not."""
    from generator import ledger, write
    from generator.assembly import Audience

    file, told = session.project.root / ledger.LEDGER, result.addresses
    if told is None or session.options.base_url or session.options.audience != Audience():
        return
    if not file.is_file() or file.read_bytes() != told.ledger.encode():
        write.replace(file, told.ledger.encode())


def _told(done: Published, wish: Wish, say: Say) -> Iterator[str]:
    """What a publication did, or would do, in a few lines."""
    change = done.change
    parts = {
        say("new"): change.added,
        say("changed"): change.changed,
        say("removed"): change.removed,
    }
    counts = ", ".join(f"{len(paths)} {name}" for name, paths in parts.items())
    head = say("Would publish to {place}") if wish.dry_run else say("Published to {place}")
    yield f"{head.format(place=done.place)}: {counts}"
    if wish.dry_run:
        for sign, paths in zip("+~-", parts.values(), strict=True):
            yield from (f"  {sign} {path}" for path in paths[:_SHOWN_MAX])
            if len(paths) > _SHOWN_MAX:
                yield f"  {sign} …"
    if done.release:
        yield say("Release: {name}").format(name=done.release)
    for name in done.purged:
        yield say("Taken away, for it holds a withdrawn post: {name}").format(name=name)


@click.command(help=_("Show readers an earlier release: the one before, or the one you name."))
@common
@_to
@click.argument("release", default="")
@click.option("--list", "only_list", is_flag=True, help=_("Only say which releases there are."))
def rollback(release: str, to: str, only_list: bool, **common: Any) -> None:
    """Switch to an earlier release, without building anything."""
    with Session(common) as session:
        from generator import terminal
        from generator.publish import releases, rollback

        place, root = _place(to, session)
        if only_list:
            names, current = releases(place, root)
            terminal.show_lines([f"{'*' if name == current else ' '} {name}" for name in names])
            return
        name = rollback(place, root, release)
        terminal.show_lines([session.say("Readers now see: {name}").format(name=name)])
