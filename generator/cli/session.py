"""One run of a command: the options that all have, its settings and language, how it ends.

0 fine, 1 problems in content, 2 usage or settings, 3 busy, 4 disk.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.cli import speech
from generator.words import language_of_machine, words

if TYPE_CHECKING:
    from generator.pool import Crew
    from generator.words import Say
    from generator.work import Options, Project, Work

say_here = words(language_of_machine())
speech.teach(say_here)
_ = say_here
_FORMATS = click.Choice(["text", "json", "github", "gitlab", "sarif"])


def common(function: Any) -> Any:
    """Give a command the options that every command on a site has."""
    return _on_a_site(click.option("--output", "-o", default="", metavar="FOLDER", help=_("Another folder than output in site.yaml."))(function))  # fmt: skip


def common_in_preview(function: Any) -> Any:
    """The same without a folder for the output: a preview has one of its own."""
    return _on_a_site(function)


def _on_a_site(function: Any) -> Any:
    for option in reversed(
        (
            click.option("--config", default="site.yaml", metavar="FILE", help=_("The settings file. Default: site.yaml in this folder.")),
            click.option("--clock", default="", metavar="MOMENT", help=_("Act as if it is this moment: 2026-12-01 or \"2026-12-01 09:00\".")),
            click.option("--drafts", is_flag=True, help=_("Drafts too.")),
            click.option("--future", is_flag=True, help=_("Scheduled posts too.")),
            click.option("--expired", is_flag=True, help=_("Expired posts too.")),
            click.option("--base-url", default="", metavar="ADDRESS", help=_("Another address than url in site.yaml.")),
            click.option("--workers", type=click.IntRange(1, 64), default=None, help=_("How many processes convert. Default: all processors.")),
            click.option("--format", "form", type=_FORMATS, default="text", help=_("How findings are shown.")),
            click.option("--debug", is_flag=True, help=_("With a traceback, if Plein itself fails.")),
        )
    ):  # fmt: skip
        function = option(function)
    return function


strict_flag = click.option("--strict", is_flag=True, help=_("Warnings count as errors."))
quiet_flag = click.option("--quiet", "-q", is_flag=True, help=_("Say only what is wrong."))
offline_flag = click.option("--offline", is_flag=True, help=_("Ask nobody how much is said under posts; show what is known."))  # fmt: skip


def _language_in(file: Path) -> str:
    """The language of a settings file, even if the rest of it can't be read."""
    try:
        found = re.search(r"^language: *(nl|en)\b", file.read_text(errors="replace"), re.MULTILINE)
    except OSError:
        found = None
    return found[1] if found else language_of_machine()


class Session:
    """One run of a command: its settings, its language, and how it ends."""

    def __init__(self, common: dict[str, Any], **more: Any) -> None:
        self.common, self.more = common, more
        self.form: str = common["form"]
        self.say: Say = _

    def __enter__(self) -> Session:
        try:
            self._open()
        except Exception as error:
            self._end(error)
        return self

    def _open(self) -> None:
        from generator.pool import collect_rarely

        collect_rarely()
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
            output=self.common.get("output", ""),
            workers=self.common["workers"] or 0,
            **self.more,
        )
        self.config = settings(self.project, self.options)
        self.say = words(self.config.language)

    def work(self, reporter: Any, crew: Crew | None = None) -> Work:
        """What the rooms below need to know of this run."""
        from generator.pool import Crew
        from generator.work import Work

        return Work(self.project, self.config, self.options, reporter, crew or Crew(1))

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
