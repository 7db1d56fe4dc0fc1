"""The command `plein`: what a person types, and the exit code that comes of it.

0 fine, 1 problems in content, 2 usage or settings, 3 busy, 4 disk.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator import __version__
from generator.words import language_of_machine, words

if TYPE_CHECKING:
    from generator.words import Say
    from generator.work import Options, Project, Work

_ = words(language_of_machine())
_FORMATS = click.Choice(["text", "json", "github"])
_STATES = ("published", "drafts", "scheduled", "expired", "unlisted")
_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def _common(function: Any) -> Any:
    """The options that every command on a site has."""
    for option in reversed(
        (
            click.option("--config", default="site.yaml", metavar="FILE", help=_("The settings file. Default: site.yaml in this folder.")),
            click.option("--clock", default="", metavar="MOMENT", help=_("Act as if it is this moment: 2026-12-01 or \"2026-12-01 09:00\".")),
            click.option("--drafts", is_flag=True, help=_("Drafts too.")),
            click.option("--future", is_flag=True, help=_("Scheduled posts too.")),
            click.option("--expired", is_flag=True, help=_("Expired posts too.")),
            click.option("--base-url", default="", metavar="ADDRESS", help=_("Another address than url in site.yaml.")),
            click.option("--output", "-o", default="", metavar="FOLDER", help=_("Another folder than output in site.yaml.")),
            click.option("--workers", type=click.IntRange(1, 64), default=None, help=_("How many processes convert. Default: all processors.")),
            click.option("--format", "form", type=_FORMATS, default="text", help=_("How findings are shown.")),
            click.option("--debug", is_flag=True, help=_("With a traceback, if Plein itself fails.")),
        )
    ):  # fmt: skip
        function = option(function)
    return function


@click.group(
    context_settings=_CONTEXT,
    help=_("Plein makes an intranet of a folder of Markdown. Start with: plein build"),
)
@click.version_option(__version__, prog_name="plein", message="%(prog)s %(version)s")
def main() -> None:
    """The command itself; the words for people are in its help."""


@main.command(help=_("Build the site. Nothing changes as long as there are errors."))
@_common
@click.option("--strict", is_flag=True, help=_("Warnings count as errors."))
@click.option(
    "--keep-going", is_flag=True, help=_("Publish every sound post; broken ones stay as they were.")
)
@click.option(
    "--verify",
    is_flag=True,
    help=_("Make everything afresh in memory and compare it with the output."),
)
@click.option("--quiet", "-q", is_flag=True, help=_("Say only what is wrong."))
def build(strict: bool, keep_going: bool, verify: bool, quiet: bool, **common: Any) -> None:
    """Build, or verify, and show what came of it."""
    with _Session(common, strict=strict, keep_going=keep_going) as session:
        from generator import terminal
        from generator.build import build as build_site
        from generator.explain import verify as verify_site

        with terminal.progress(quiet) as bars:
            report_to = terminal.reporter(bars, session.say)
            if verify:
                found = verify_site(session.work(report_to))
                session.finish(found)
                sound = session.say("Every file is what a fresh build would make.")
                terminal.show_lines([] if found or quiet else [sound])
                return
            result = build_site(session.project, session.options, report_to)
        session.finish(result.problems)
        terminal.show_result(result, session.form, quiet, session.config, session.say)


@main.command(help=_("Tell why a page is made again: plein why /news/"))
@_common
@click.argument("subject", metavar="ADDRESS|FILE")
def why(subject: str, **common: Any) -> None:
    """Explain the outputs at an address or from a file, also when other posts have errors."""
    with _Session(common, keep_going=True) as session:
        from generator import terminal
        from generator.explain import why as explain
        from generator.work import Silent

        found = explain(session.work(Silent()), subject)
        terminal.show_lines([line for one in found for line in _why_lines(one, session.say)])


@main.command(name="list", help=_("List what is published, draft, scheduled, expired or unlisted."))
@_common
@click.argument("state", type=click.Choice(_STATES), default="published")
def list_(state: str, **common: Any) -> None:
    """List the entries in a state, also when some have errors."""
    with _Session(common, keep_going=True) as session:
        from generator import terminal
        from generator.listing import entries_in
        from generator.work import Silent

        rows = entries_in(session.work(Silent()), state)
        if session.form == "json":
            terminal.show_json([row.as_dict() for row in rows])
        else:
            terminal.show_lines([row.as_line(session.config.zone) for row in rows])


@main.command(help=_("Delete what Plein made: the output and the cache."))
@_common
def clean(**common: Any) -> None:
    """Delete the output (only what is ours) and the cache."""
    with _Session(common) as session:
        from generator import terminal
        from generator.cleaning import clean as clean_up

        removed, left = clean_up(session.project, session.config)
        lines = [session.say("Deleted files: {count}").format(count=removed)]
        if left:
            lines.append(
                session.say("Left, for Plein did not make them: {count}").format(count=left)
            )
        terminal.show_lines(lines)


@main.command(help=_("Print the lines that let your shell complete plein's words."))
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print a completion script."""
    from click.shell_completion import get_completion_class

    maker = get_completion_class(shell)
    if maker:
        click.echo(maker(main, {}, "plein", "_PLEIN_COMPLETE").source())


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


def _language_in(file: Path) -> str:
    """The language of a settings file, even if the rest of it can't be read."""
    try:
        found = re.search(r"^language: *(nl|en)\b", file.read_text(errors="replace"), re.MULTILINE)
    except OSError:
        found = None
    return found[1] if found else language_of_machine()


class _Session:
    """One run of a command: its settings, its language, and how it ends."""

    def __init__(self, common: dict[str, Any], **more: Any) -> None:
        self.common, self.more = common, more
        self.form: str = common["form"]
        self.say: Say = _

    def __enter__(self) -> _Session:
        try:
            self._open()
        except Exception as error:
            self._end(error)
        return self

    def _open(self) -> None:
        from generator.assembly import Audience
        from generator.work import Options, Project, settings

        file = Path(self.common["config"])
        self.say = words(_language_in(file))
        self.project: Project = Project(file.parent, file.name)
        audience = Audience(*(self.common[name] for name in ("drafts", "future", "expired")))
        self.options: Options = Options(
            clock=self.common["clock"],
            audience=audience,
            base_url=self.common["base_url"],
            output=self.common["output"],
            workers=self.common["workers"] or 0,
            **self.more,
        )
        self.config = settings(self.project, self.options)
        self.say = words(self.config.language)

    def work(self, reporter: Any) -> Work:
        """What the rooms below need to know of this run."""
        from generator.work import Work

        return Work(self.project, self.config, self.options, reporter)

    def finish(self, problems: tuple[Any, ...]) -> None:
        """Show the problems; with errors among them the command ends with 1."""
        from generator import terminal
        from generator.report import level_of

        terminal.show_problems(problems, self.form, self.say)
        self.failed = any(level_of(item) == "error" for item in problems)

    failed = False

    def __exit__(self, _type: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, Exception):
            self._end(error)
        if error is None and self.failed:
            sys.exit(1)

    def _end(self, error: Exception) -> None:
        """Say what went wrong in words, and leave with the code that fits."""
        from generator import terminal
        from generator.problems import PleinError

        if isinstance(error, PleinError):
            terminal.show_problems(error.problems, self.form, self.say)
            sys.exit(error.exit_code)
        if self.common["debug"] or isinstance(error, click.ClickException):
            raise error
        click.echo(
            _("Plein itself failed, and changed nothing: {error}").format(
                error=f"{type(error).__name__}: {error}"
            ),
            err=True,
        )
        click.echo(_("Run it again with --debug and send us what it prints."), err=True)
        sys.exit(4 if isinstance(error, OSError) else 2)
