"""The command `plein`: what a person types. Each command lives in a module of its own."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

from generator import __version__
from generator.cli.session import say_here

_ = say_here
_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
# The commands in the order of the help: in which module, under which name.
COMMANDS: dict[str, tuple[str, str]] = {
    "init": ("init", "init"),
    "build": ("build", "build"),
    "new": ("new", "new"),
    "serve": ("serve", "serve"),
    "publish": ("publish", "publish"),
    "rollback": ("publish", "rollback"),
    "check": ("check", "check"),
    "media": ("media", "media"),
    "withdraw": ("withdraw", "withdraw"),
    "why": ("look", "why"),
    "list": ("look", "list_"),
    "calendar": ("calendar", "calendar"),
    "comments": ("comments", "comments"),
    "comments-gateway": ("gateway", "comments_gateway"),
    "schema": ("schema", "schema"),
    "clean": ("tidy", "clean"),
    "completion": ("complete", "completion"),
}


class Commands(click.Group):
    """The commands by name; only the one that is asked for is loaded."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """All names, in the order in which a newcomer needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name]
        found: click.Command = getattr(import_module(f"generator.cli.{module}"), name)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is asked for; a mistyped one with a guess at what was meant."""
        try:
            return super().resolve_command(ctx, args)
        except click.exceptions.NoSuchCommand as error:
            name = error.command_name
            raise click.exceptions.NoSuchCommand(name, possibilities=COMMANDS, ctx=ctx) from None


@click.group(
    cls=Commands,
    context_settings=_CONTEXT,
    help=_("Plein makes an intranet of a folder of Markdown. Start with: plein build"),
)
@click.version_option(__version__, prog_name="plein", message="%(prog)s %(version)s")
def main() -> None:
    """The command itself; the words for people are in its help."""


def run() -> None:
    """The command as a program: at its end the machine takes all of it back at once."""
    try:
        main(prog_name="plein")
    except SystemExit as end:
        if not isinstance(end.code, int) or not _is_all_told():
            raise
        os._exit(end.code)


def _is_all_told() -> bool:
    """Whether nothing is left to print; what can't be printed, Python itself tells in the end."""
    try:
        for stream in filter(None, (sys.stdout, sys.stderr)):
            stream.flush()
    except (OSError, ValueError):
        return False
    return True
