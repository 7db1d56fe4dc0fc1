"""`plein schema`: let an editor complete and check site.yaml and the lines above a text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from generator.cli.session import Session, common, say_here

_ = say_here
_FOLDER = ".vscode"


@click.command(help=_("Write what your editor needs to complete and check site.yaml and front matter."))  # fmt: skip
@common
@click.option("--to", default=_FOLDER, metavar="FOLDER", help=_("Another folder than .vscode."))
def schema(to: str, **common: Any) -> None:
    """Write the schemas, snippets and words of a site; only files that change."""
    with Session(common) as session:
        from generator import terminal, write
        from generator.editor import files, first_files

        folder = session.project.root / to
        own = files(session.project.root, session.config, session.say)
        first = {path: text for path, text in first_files().items() if not (folder / path).exists()}
        made = {**own, **first}
        changed = [path for path, text in made.items() if _is_new(folder / path, text)]
        for path in changed:
            write.replace(folder / path, made[path].encode())
        told = session.say(
            "Files for your editor in {folder}: {count}, of which changed: {changed}"
        )
        terminal.show_lines([told.format(folder=to, count=len(made), changed=len(changed))])


def _is_new(file: Path, text: str) -> bool:
    return not file.is_file() or file.read_bytes() != text.encode()
