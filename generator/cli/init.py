"""`plein init`: a new site, complete and ready to build."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.cli.session import Session, say_here
from generator.words import language_of_machine, words

_ = say_here
_LANGS = click.Choice(["nl", "en"])


@click.command(help=_("Make a new site: plein init our-intranet"))
@click.argument("folder")
@click.option("--lang", type=_LANGS, default=None, help=_("The language of the site: nl or en."))
@click.option("--title", default="", help=_("The name of the intranet."))
@click.option("--url", default="", metavar="ADDRESS", help=_("Where it will stand."))
@click.option("--clock", default="", metavar="MOMENT", help=_("Act as if it is this moment: 2026-12-01 or \"2026-12-01 09:00\"."))  # fmt: skip
@click.option("--debug", is_flag=True, help=_("With a traceback, if Plein itself fails."))
def init(folder: str, lang: str | None, title: str, url: str, clock: str, debug: bool) -> None:
    """Ask what was not given, write every file, and say how to go on."""
    lang = lang or _asked_lang()
    with _Start({"form": "text", "debug": debug}, lang=lang) as session:
        from zoneinfo import ZoneInfo

        from generator import terminal
        from generator.clock import read_clock
        from generator.init import Beginning, begin

        say, zone = session.say, ZoneInfo("Europe/Amsterdam")
        title = title or _asked(say("Title"), say("Our Square"))
        url = url or _asked(say("Address"), "https://intranet.example.org")
        _check_url(url)
        wish = Beginning(title, url.rstrip("/"), lang, read_clock(clock, zone).astimezone(zone))
        files = (*begin(Path(folder), wish), *_for_the_editor(Path(folder), session))
        ready = say("{count} files in {folder}. Go on with:")
        steps = (f"cd {folder}", "plein build", 'plein new news "…"')
        head = ready.format(count=len(files), folder=folder)
        terminal.show_lines([head, *(f"  {step}" for step in steps)])


def _for_the_editor(root: Path, session: Session) -> tuple[str, ...]:
    """Write what an editor needs to complete and check what is typed; its files."""
    from generator import write
    from generator.config import load_config
    from generator.editor import files

    made = files(root, load_config(root / "site.yaml", "site.yaml"), session.say)
    for path, text in made.items():
        write.replace(root / ".vscode" / path, text.encode())
    return tuple(made)


class _Start(Session):
    """A run before there are settings."""

    def _open(self) -> None:
        self.say = words(self.more["lang"])


def _is_talking() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _asked_lang() -> str:
    default = "nl" if language_of_machine() == "nl" else "en"
    if not _is_talking():
        return default
    return str(click.prompt(_("Language"), type=_LANGS, default=default))


def _asked(question: str, default: str) -> str:
    """An answer from who sits at the terminal, else the default."""
    return str(click.prompt(question, default=default)) if _is_talking() else default


def _check_url(url: str) -> None:
    from generator.config import is_site_address
    from generator.model import Span
    from generator.problems import UsageError, problem

    if not is_site_address(url.rstrip("/")):
        raise UsageError(problem("not-a-site-address", Span("--url"), value=url))
