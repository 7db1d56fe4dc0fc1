"""Readers never see half a site: while it is published, and when a publication is killed."""

import os
import random
import re
import shutil
import subprocess
import sys
import threading
import urllib.request
from collections import Counter
from pathlib import Path

import pytest

from generator.publish import Wish, publish, tree_of
from tests.conftest import NOW, Site
from tests.publish.servers import nginx, sshd

KILLED, BUSY = -9, 3
CALLS = (
    "link,linkat", "rename", "symlink,symlinkat", "unlink,unlinkat", "mkdir", "rmdir",
    "fsync", "sendfile", "write,pwrite64",
)  # fmt: skip


def number_of(text: str) -> int:
    found = re.search(r"Uitgave nummer (\d+)\.", text)
    assert found, text[-300:]
    return int(found[1])


class Reader(threading.Thread):
    """Somebody who reads all the time: a page, its stylesheet, another page."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address, self.rounds = address, 0
        self.troubles: list[str] = []
        self.done = threading.Event()

    def run(self) -> None:
        last = 0
        while not self.done.is_set():
            try:
                last = self.look(last)
                self.rounds += 1
            except Exception as error:
                self.troubles.append(repr(error))

    def fetch(self, path: str) -> str:
        with urllib.request.urlopen(self.address + path, timeout=10) as answer:
            data = answer.read()
            assert len(data) == int(answer.headers["Content-Length"]), path
            return str(data.decode())

    def look(self, last: int) -> int:
        """One round; a reader who saw a release never sees an older one after it."""
        for path in ("/nieuws/a/", "/nieuws/b/"):
            page = self.fetch(path)
            assert page.rstrip().endswith("</html>")
            number = number_of(page)
            assert number >= last, f"{number} after {last}"
            last = number
            style = re.search(r'href="(/assets/style-[^"]+\.css)"', page)
            assert style
            self.fetch(style[1])
        return last


def publish_while_reading(site: Site, times: int) -> list[Reader]:
    live = site.root.parent / "live"

    def bring(number: int) -> None:
        for name in "ab":
            site.post(f"news/{name}", f"Uitgave nummer {number}.")
        colour = f'branding: {{colour: "#0b{number:04x}"}}\n'
        text = (site.root / "site.yaml").read_text().partition("branding")[0]
        site.write("site.yaml", text + colour)
        made = site.build(addresses=True)
        publish(tree_of(made, site.root), str(live), site.root, Wish())

    bring(1)
    with nginx(site.root.parent / "nginx", f"root {live}/current;") as address:
        readers = [Reader(address), Reader(address)]
        for reader in readers:
            reader.start()
        for number in range(2, times + 2):
            bring(number)
        for reader in readers:
            reader.done.set()
            reader.join()
    return readers


@pytest.mark.parametrize("times", [10, pytest.param(200, marks=pytest.mark.long)])
def test_readers_see_no_trouble_while_releases_follow_each_other(site: Site, times: int) -> None:
    for reader in publish_while_reading(site, times):
        assert reader.troubles == []
        assert reader.rounds > times


class Killed:
    """A site with an old version live and a new one built, whose publication is killed."""

    def __init__(self, site: Site, host: str = "") -> None:
        self.site, self.live = site, site.root.parent / "live"
        self.to = f"{host}:{self.live}" if host else "../live"
        for name in "abc":
            site.post(f"news/{name}", f"Tekst van {name}.")
        self.publish()
        self.old = self.served()
        site.post("news/a", "Een nieuwe tekst.")
        (site.root / "content/news/c.md").rename(site.root / "content/news/d.md")
        site.build()
        self.new = site.tree()
        self.start = site.root.parent / "start"
        shutil.copytree(self.live, self.start, symlinks=True)

    def publish(self, *prefix: str, code: int | None = 0) -> int:
        done = subprocess.run(
            [*prefix, sys.executable, "-B", "-m", "generator", "publish", "--to", self.to,
             "--clock", NOW, "--workers", "1"],
            cwd=self.site.root, env={**os.environ, "LC_ALL": "C.UTF-8", **self.site.env},
            capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert code is None or done.returncode == code, done.stdout + done.stderr
        assert "Traceback" not in done.stderr, done.stderr
        return done.returncode

    def served(self) -> dict[str, bytes]:
        # One release, for on a server the switch may come after the publication was killed.
        root = (self.live / "current").resolve()
        files = [file for file in root.rglob("*") if file.is_file()]
        return {str(one.relative_to(root)): one.read_bytes() for one in files}

    def kill_at(self, call: str, number: int, fault: str = "signal=SIGKILL") -> int:
        """Publish with a fault at the n-th such call in the place; how it ended."""
        ended = self.publish(
            "strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}",
            "-e", f"inject={call}:{fault}:when={number}", code=None,
        )  # fmt: skip
        self.assert_whole()
        return ended

    def kill_after(self, seconds: float) -> int:
        """Publish, and kill that with everything that it started; how it ended."""
        ended = self.publish("timeout", "--signal=KILL", f"{seconds:.3f}", code=None)
        self.assert_whole()
        return ended

    def assert_whole(self) -> None:
        now = self.served()
        new = {path: data for path, data in self.new.items() if path != ".plein-manifest"}
        old = {path: data for path, data in self.old.items() if path != ".plein-manifest"}
        assert now in (old, {**new, **{p: d for p, d in now.items() if p.startswith("assets/")}})

    def again(self) -> None:
        shutil.rmtree(self.live)
        shutil.copytree(self.start, self.live, symlinks=True)

    def mend(self) -> None:
        # A server needs a moment to notice that a connection is gone, and its lock with it.
        while self.publish(code=None) == BUSY:
            pass
        new = {path: data for path, data in self.new.items() if path != ".plein-manifest"}
        assert self.served().items() >= new.items()
        assert not list((self.live / "releases").glob(".*"))


@pytest.fixture
def killed(site: Site) -> Killed:
    return Killed(site)


@pytest.mark.parametrize(("call", "number"), [("link,linkat", 20), ("symlink,symlinkat", 1)])
def test_a_killed_publication_shows_the_old_site_and_the_next_mends_it(
    killed: Killed, call: str, number: int
) -> None:
    assert killed.kill_at(call, number) == KILLED
    killed.mend()


def test_a_full_disk_leaves_what_readers_see(killed: Killed) -> None:
    assert killed.kill_at("link,linkat", 20, "error=ENOSPC") == 4
    killed.mend()


@pytest.mark.long
@pytest.mark.parametrize("call", CALLS)
def test_killed_at_every_call(killed: Killed, call: str) -> None:
    for number in range(1, 400):
        if killed.kill_at(call, number) != KILLED:
            break
        killed.mend()
        killed.again()


@pytest.mark.long
@pytest.mark.parametrize("host", ["", "plein-server"])
def test_killed_at_random_while_a_larger_site_goes_out(
    site: Site, host: str, tmp_path: Path
) -> None:
    for number in range(400):
        site.post(f"news/p{number}", f"Tekst nummer {number}.")
    with sshd(tmp_path / "sshd") as (ssh, _):
        site.env["PLEIN_SSH"] = ssh
        killed, chance, ended = Killed(site, host), random.Random(8), Counter[int]()
        killed.mend()
        longest = 2.0
        for _round in range(40):
            killed.again()
            how = killed.kill_after(chance.uniform(0.1, longest))
            # Most are to be killed, and some just before the end, on any machine.
            longest *= 1.1 if how == KILLED else 0.9
            ended[how] += 1
            killed.mend()
    assert ended[KILLED] > 10, ended


def test_the_same_commit_from_two_folders_gives_the_same_tree(tmp_path: Path) -> None:
    prints = []
    for name in ("one", "two"):
        made = Site(tmp_path / name)
        Site(tmp_path).run("init", name, "--lang", "nl", "--clock", NOW)
        prints.append(tree_of(made.build(addresses=True), made.root).fingerprint)
    assert prints[0] == prints[1]
