"""A real preview, in a process of its own, of a small site."""

import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pytest

from tests.conftest import NOW, Site

Told = dict[str, str]


@dataclass
class Preview:
    """A running `plein serve`, and what a browser or an attacker asks of it."""

    site: Site
    port: int
    process: subprocess.Popen[str]
    said: list[str]

    def git(self, *args: str) -> None:
        """What a writer does with Git in the folder of the site."""
        known = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
        command = ["git", *known, *args]
        subprocess.run(command, cwd=self.site.root, check=True, capture_output=True)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(self, target: str, at: str = "127.0.0.1", **headers: str) -> tuple[int, str]:
        """The status and text of an answer, at one of the machine's addresses."""
        line = http.client.HTTPConnection(at, self.port, timeout=20)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        line.request("GET", target, headers=named)
        answer = line.getresponse()
        text = answer.read().decode(errors="replace")
        line.close()
        return answer.status, text

    def headers(self, target: str) -> Mapping[str, str]:
        """The headers of an answer."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        line.request("GET", target)
        found = line.getresponse()
        found.read()
        line.close()
        return dict(found.headers)

    def state(self) -> Told:
        """What pages are told at this moment."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        line.request("GET", "/_plein/events")
        data = line.getresponse().readline()
        line.close()
        told: Told = json.loads(data.removeprefix(b"data: "))
        return told

    def until(self, is_so: Callable[[], bool], what: str, seconds: float = 30) -> None:
        """Wait until something is so."""
        end = time.monotonic() + seconds
        while not is_so():
            assert time.monotonic() < end, f"not within {seconds} s: {what}"
            time.sleep(0.02)

    @property
    def rounds(self) -> int:
        """How often it has told that all of the site is made; its pages can be seen before."""
        return "".join(self.said).count(" bestanden in ")

    def says(self, text: str, seconds: float = 20) -> None:
        """Wait until the terminal says a text."""
        self.until(lambda: text in "".join(self.said), f"that it says {text}", seconds)

    def shows(self, target: str, text: str) -> None:
        """Wait until a page shows a text."""
        self.until(lambda: text in self.ask(target)[1], f"{text} on {target}")


@pytest.fixture
def start(site: Site) -> Iterator[Callable[..., Preview]]:
    """Starts previews of the site, with flags."""
    running: dict[subprocess.Popen[str], threading.Thread] = {}

    def start(*flags: str, clock: str = NOW, within: Sequence[str] = ()) -> Preview:
        at = ["--clock", clock] if clock else []
        command = [sys.executable, "-m", "generator", "serve", "--port", "8000", *at, *flags]
        process = subprocess.Popen(
            [*within, *command],
            cwd=site.root, env={**os.environ, "LANG": "C.UTF-8", "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        assert process.stdout
        first = process.stdout.readline()
        said = [first]
        listening = threading.Thread(target=said.extend, args=(process.stdout,))
        listening.start()
        running[process] = listening
        return Preview(site, int(first.rsplit(":", 1)[1].partition("/")[0]), process, said)

    yield start
    for process, listening in running.items():
        process.send_signal(signal.SIGCONT)
        process.send_signal(signal.SIGTERM)
        process.wait(60)
        listening.join()
        if process.stdout:
            process.stdout.close()


@pytest.fixture
def preview(site: Site, start: Callable[..., Preview]) -> Preview:
    """A running preview of a site with one post."""
    site.post("news/eerste", "Allereerst.")
    made = start()
    made.shows("/nieuws/eerste/", "Allereerst.")
    return made
