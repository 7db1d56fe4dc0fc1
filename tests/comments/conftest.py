"""A real Isso on loopback with its own database, and a site that takes its comments from it."""

import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Until somebody listens there; at most a minute."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert process.poll() is None, "the server ended at once"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("the server did not begin")


@dataclass
class Isso:
    """A running Isso: where it is, for which site, and how to end it."""

    port: int
    site_port: int
    folder: Path
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        settings = self.folder / "isso.cfg"
        settings.write_text(
            f"[general]\ndbpath={self.folder}/comments.db\nhost=http://127.0.0.1:{self.site_port}/\n"
            f"[server]\nlisten={self.url}\npublic-endpoint={self.url}\n[guard]\nenabled=false\n"
        )
        program = Path(sys.executable).with_name("isso")
        self.process = subprocess.Popen(
            [program, "-c", settings, "run"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        wait_for(self.port, self.process)

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(10)
            self.process = None

    def let_time_pass(self, hours: int) -> None:
        """Everything was said so much earlier."""
        with sqlite3.connect(self.folder / "comments.db") as database:
            database.execute("UPDATE comments SET created = created - ?", (hours * 3600,))
        database.close()

    def thread(self, key: str) -> str:
        with urllib.request.urlopen(f"{self.url}/?uri={key}", timeout=5) as answer:
            return str(answer.read().decode())


@pytest.fixture
def isso(tmp_path: Path) -> Iterator[Isso]:
    """A real Isso for a site on another port."""
    folder = tmp_path / "isso"
    folder.mkdir()
    server = Isso(free_port(), free_port(), folder)
    server.start()
    yield server
    server.stop()
