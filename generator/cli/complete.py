"""`plein completion`: let the shell complete plein's words."""

import click

from generator.cli.session import say_here

_ = say_here


@click.command(help=_("Print the lines that let your shell complete plein's words."))
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print a completion script."""
    from click.shell_completion import get_completion_class

    maker = get_completion_class(shell)
    if maker:
        click.echo(
            maker(
                click.get_current_context().find_root().command, {}, "plein", "_PLEIN_COMPLETE"
            ).source()
        )
