"""One connection to a server for all steps of a publication, where ssh can do that here."""

import os
import re
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

# What ssh takes as it is. The name of a socket is short, and ssh makes it longer for a moment.
_PLACE = re.compile(r"[A-Za-z0-9/._+-]{1,70}")
OPENS = ("-o", "ControlMaster=auto", "-o", "ControlPersist=no")
USES = ("-o", "ControlMaster=no")


@contextmanager
def place_to_share(ssh: Sequence[str], host: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Options of ssh that name a place where others find a connection; none where it can't be.

    Who shares connections already, by their own settings, goes on doing that.
    """
    folder = "" if _shares_already(ssh, host) else _new_folder()
    try:
        yield ("-o", f"ControlPath={folder}/ssh") if folder else ()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _new_folder() -> str:
    """A folder into which ssh can put a connection; nothing where there can be none."""
    try:
        folder = tempfile.mkdtemp(prefix="plein-")
    except OSError:
        return ""
    if _may_hold_sockets(folder):
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    return ""


def _may_hold_sockets(folder: str) -> bool:
    """Whether ssh takes a folder, by its name and by what its disk can do."""
    if os.name != "posix" or not _PLACE.fullmatch(folder):
        return False
    with suppress(OSError), socket.socket(socket.AF_UNIX) as tried:
        tried.bind(f"{folder}/tried")
        os.link(f"{folder}/tried", f"{folder}/linked")
        return True
    return False


def _shares_already(ssh: Sequence[str], host: Sequence[str]) -> bool:
    """Whether the settings of ssh name a place for connections, or it can't tell."""
    done = subprocess.run(  # noqa: S603 - the command that the operator chose
        [*ssh, "-G", *host], capture_output=True, text=True, check=False
    )
    named = re.search(r"^controlpath (?!none$)", done.stdout, re.MULTILINE)
    return done.returncode != 0 or named is not None
