"""`plein serve`: see the site while you write it."""

from __future__ import annotations

import os
import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from generator.cli.session import Session, common_in_preview, say_here

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from generator.serve.preview import Preview, Round
    from generator.serve.server import Server
    from generator.serve.trial import Trial
    from generator.serve.watching import Watcher

_ = say_here
_EDITOR = "vscode://file{file}:{line}:{column}"


@click.command(help=_("Show the site in your browser while you write; it follows every save."))
@common_in_preview
@click.option("--open", "-o", "open_", is_flag=True, help=_("Open it in the browser."))
@click.option("--port", type=click.IntRange(1, 65000), default=8000, help=_("On which port. Default: 8000, or the next that is free."))  # fmt: skip
@click.option("--lan", is_flag=True, help=_("Also for other devices in this network, such as your phone."))  # fmt: skip
@click.option("--as-published", is_flag=True, help=_("Only what goes out: no drafts, nothing scheduled."))  # fmt: skip
@click.option("--with-comments", is_flag=True, help=_("With real comments: an Isso on this machine that forgets everything afterwards."))  # fmt: skip
@click.option("--poll", is_flag=True, help=_("Look at the disk every half second, where the system does not tell of changes."))  # fmt: skip
@click.option("--editor", default=lambda: os.environ.get("PLEIN_EDITOR", _EDITOR), metavar="PATTERN", help=_("The address that opens your editor at a line. Default: VS Code."))  # fmt: skip
def serve(
    *,
    open_: bool,
    port: int,
    lan: bool,
    as_published: bool,
    with_comments: bool,
    poll: bool,
    editor: str,
    **common: Any,
) -> None:
    """Show the site until Ctrl+C."""
    with Session(common) as session, _trial(session, with_comments) as trial:
        from generator.serve import opening
        from generator.serve.preview import Preview
        from generator.serve.watching import Watcher

        project, config = session.project, session.config
        preview = Preview(project, session.options, as_published, editor, session.say)
        watcher = Watcher(project.root, project.config, poll, _giving_up(session))
        network = opening.address_in_network() if lan else ""
        hosts = frozenset({network} - {""})
        front = opening.front_of(preview, config, watcher, hosts)
        server = opening.open_server(front, port, lan)
        opening.start(server)
        address = f"http://127.0.0.1:{server.server_port}{config.base_path}/"
        _begin(trial, preview, session, server.server_port)
        _welcome(session, address, network and address.replace("127.0.0.1", network), poll)
        if server.server_port != port:
            _another_port(session, port)
        _run(preview, watcher, server, _teller(session, address if open_ else ""))


@contextmanager
def _trial(session: Session, is_wanted: bool) -> Iterator[Trial | None]:
    """A service for comments while it is wanted; the session's settings then lead to it."""
    if not is_wanted:
        yield None
        return
    import msgspec

    from generator.serve.trial import TALK, Trial
    from generator.work import settings

    trial = Trial()
    try:
        session.options = msgspec.structs.replace(session.options, trial=trial.address)
        session.project = msgspec.structs.replace(session.project, talk=TALK)
        session.config = settings(session.project, session.options)
        yield trial
    finally:
        trial.end()


def _begin(trial: Trial | None, preview: Preview, session: Session, port: int) -> None:
    """Let the service answer the preview, once its port is known."""
    if trial is None:
        return
    from generator.serve.trial import SEED, read_seed

    said = read_seed(session.project.root / SEED)
    trial.begin(f"http://127.0.0.1:{port}", said, session.config.zone)
    preview.news = trial


def _welcome(session: Session, address: str, network: str, polls: bool) -> None:
    """Where it can be seen, and how it is stopped."""
    from generator import terminal

    say, root = session.say, address.removesuffix(f"{session.config.base_path}/")
    lines = [
        say("Your preview: {address}").format(address=address),
        say("What goes live when: {address}").format(address=f"{root}/_preflight/"),
        say("Stop with Ctrl+C."),
    ]
    if network:
        lines.insert(
            1, say("On your phone, in the same network: {address}").format(address=network)
        )
    terminal.show_lines(lines)
    if network:
        terminal.show_code(network)
    if polls:
        terminal.show_lines([say("Looks for changes every half second.")])


def _another_port(session: Session, port: int) -> None:
    from generator import terminal

    text = session.say("Port {port} is in use, so this is the next one that is free.")
    terminal.show_lines([text.format(port=port)])


def _giving_up(session: Session) -> Callable[[OSError], None]:
    """Say that the system tells of no changes any more, and what happens instead."""
    say = session.say

    def told(error: OSError) -> None:
        from generator import terminal

        text = say("The system can follow no more files ({reason}).")
        limit = say("To let it tell again, raise its limit: fs.inotify.max_user_watches.")
        polling = say("Looks for changes every half second.")
        lines = [text.format(reason=error.strerror or error), polling, limit]
        terminal.show_lines(lines)

    return told


def _teller(session: Session, address: str) -> Callable[[Round], None]:
    """What is said in the terminal of each round; the first one opens the browser."""
    from generator import terminal

    opens = [address] if address else []

    def told(done: Round) -> None:
        terminal.show_problems(done.problems, session.form, session.say)
        if done.result:
            files = len(done.result.written) + len(done.result.removed)
            text = session.say("{files} files in {seconds} s")
            terminal.show_lines([text.format(files=files, seconds=f"{done.result.seconds:.2f}")])
        if opens:
            click.launch(opens.pop())

    return told


def _run(preview: Preview, watcher: Watcher, server: Server, told: Callable[[Round], None]) -> None:
    """Follow the sources until somebody stops it."""
    stop = threading.Event()

    def end(_signal: int, _frame: object) -> None:
        stop.set()
        watcher.poke()

    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, end)
    watcher.start()
    try:
        preview.run(watcher, told, stop)
    finally:
        watcher.stop()
        server.shutdown()
        server.server_close()
