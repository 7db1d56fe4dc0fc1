"""`plein withdraw`: take leave of an address whose post was deleted."""

from __future__ import annotations

from typing import Any

import click

from generator.cli.session import Session, common, say_here

_ = say_here


@click.command(help=_("Take leave of the address of a deleted post: plein withdraw /news/old/"))
@common
@click.argument("addresses", nargs=-1, required=True)
def withdraw(addresses: tuple[str, ...], **common: Any) -> None:
    """Mark addresses in the ledger as gone."""
    with Session(common) as session:
        from generator import ledger, terminal, write
        from generator.ledger import LEDGER, text_of, without

        root = session.project.root
        lines = without(ledger.read(root), addresses, root, session.config.languages)
        write.replace(root / LEDGER, text_of(lines).encode())
        told = session.say("Gone from the next publication on: {address}")
        terminal.show_lines([told.format(address=address) for address in addresses])
