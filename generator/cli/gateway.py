"""`plein comments-gateway`: a gate before Isso, so that names can be trusted."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from generator.cli.comments import TOKEN, badges
from generator.cli.session import Session, common, say_here

_ = say_here
_SECRET = "PLEIN_GATEWAY_SECRET"  # noqa: S105
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


@click.command(
    name="comments-gateway",
    help=_(
        "A gate before Isso: names come from your single sign-on, closed conversations stay closed."
    ),
)
@common
@click.option(
    "--isso", "settings", required=True, metavar="FILE", help=_("Isso's own settings file.")
)
@click.option(
    "--host",
    default="127.0.0.1",
    metavar="HOST",
    help=_("Where to listen. Default: this machine only."),
)
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8081, help=_("On which port. Default: 8081.")
)
@click.option(
    "--name-header",
    default="X-Forwarded-Preferred-Username",
    metavar="NAME",
    help=_("The header with the name of who is signed in."),
)
@click.option(
    "--mail-header",
    default="X-Forwarded-Email",
    metavar="NAME",
    help=_("The header with their e-mail address."),
)
@click.option(
    "--threads",
    default="",
    metavar="FILE",
    help=_("The site's comments.json. Default: that in the output folder."),
)
def comments_gateway(settings: str, host: str, port: int, name_header: str, mail_header: str, threads: str, **common: Any) -> None:  # fmt: skip
    """Stand before Isso until stopped."""
    with Session(common) as session:
        from generator import gateway
        from generator.model import Span
        from generator.problems import UsageError, problem

        secret = os.environ.get(_SECRET, "")
        if not secret and host not in _LOOPBACK:
            raise UsageError(problem("gateway-open", Span("--host"), name=_SECRET))
        if session.config.comments.identity != "verified":
            raise UsageError(problem("gateway-unused", Span(session.project.config)))
        if not Path(settings).is_file():
            raise UsageError(problem("gateway-no-isso-settings", Span(settings)))
        try:
            isso, key_of = gateway.isso(Path(settings))
        except ImportError:
            raise UsageError(problem("gateway-needs-isso", Span("--isso"))) from None
        file = threads or str(session.project.root / session.config.output / "comments.json")
        gate = gateway.Gate(
            name_header,
            mail_header,
            file,
            secret,
            badges(session.config, session.say),
            os.environ.get(TOKEN, ""),
        )
        gateway.serve(gateway.Gateway(isso, key_of, gate), host, port)
