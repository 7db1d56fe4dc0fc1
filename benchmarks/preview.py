"""`python -m benchmarks.preview`: how soon a saved sentence stands in the open page.

A real `plein serve`, a real browser with the post open, a file that is
written on disk: the time until the browser's document holds the new sentence,
and the CPU seconds that the server used for it. With search, as writers have it.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from urllib.request import urlopen

from playwright.sync_api import Page, sync_playwright

from benchmarks.corpus import Post, posts
from benchmarks.plein import PLEIN

_BROWSER = "/usr/bin/chromium"
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
_PAUSE_SECONDS = 2.0


def main() -> None:
    """Measure a number of edits and tell each, then the medians."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.preview", description=__doc__)
    parser.add_argument("posts", nargs="?", type=int, default=1000)
    parser.add_argument("--edits", type=int, default=11)
    parser.add_argument("--folder", default=None, help="where the site is made; a quick disk")
    asked = parser.parse_args()
    corpus = tuple(posts(asked.posts))
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        PLEIN.lay_out(Path(folder), corpus)
        settings = Path(folder, "site.yaml")
        text = settings.read_text(encoding="utf-8")
        settings.write_text(text.replace("search: no\n", "search: yes\n"), encoding="utf-8")
        measured = list(_edits(Path(folder), corpus[len(corpus) // 2], asked.edits))
    wall, cpu = (median(column) for column in zip(*measured, strict=True))
    print(
        f"{asked.posts} posts, median of {asked.edits}: {wall:.3f} s, {cpu:.3f} s CPU of the server"
    )


def _edits(folder: Path, post: Post, count: int) -> Iterator[tuple[float, float]]:
    """Seconds until the page shows an edit, and CPU seconds of the server, for each edit."""
    file = folder / PLEIN.body(post)
    text = file.read_text(encoding="utf-8")
    with _preview(folder) as (server, root), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_BROWSER, args=_FLAGS)
        page = browser.new_page()
        page.goto(root + _address(root, post))
        for number in range(count):
            time.sleep(_PAUSE_SECONDS)
            before, started = _cpu_seconds(server), time.perf_counter()
            file.write_text(f"{text}\nEen nieuwe zin, de {number}e.\n", encoding="utf-8")
            _wait(page, f"Een nieuwe zin, de {number}e.")
            took = time.perf_counter() - started
            # What the server still does after that belongs to the edit too.
            time.sleep(2.0)
            used = _cpu_seconds(server) - before
            print(f"{took:7.3f} s {used:7.3f} s CPU", flush=True)
            yield took, used
        browser.close()


def _wait(page: Page, sentence: str) -> None:
    """Wait for a sentence, also across the page being loaded anew."""
    page.wait_for_function(
        "sentence => document.body?.textContent.includes(sentence)", arg=sentence, polling=5,
        timeout=60_000,
    )  # fmt: skip


@contextmanager
def _preview(folder: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A running preview and its address, once it shows the site."""
    command = [sys.executable, "-m", "generator", "serve", "--clock", "2026-01-10"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "LANG": "C.UTF-8"}
    server = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert server.stdout
        root = server.stdout.readline().partition("http")[2].strip().rstrip("/")
        root = f"http{root}"
        _until_built(server)
        yield server, root
    finally:
        server.terminate()
        server.wait(20)


def _until_built(server: "subprocess.Popen[str]") -> None:
    """Wait for the line that tells of the first build, in so many seconds."""
    assert server.stdout
    while not re.search(r"\d\.\d\d s$", server.stdout.readline().strip()):
        pass


def _address(root: str, post: Post) -> str:
    """Where a post stands on the site, from the site's own list of what can be searched."""
    kinds = {"news": "nieuws", "vlogs": "vlogs"}
    path = f"/{kinds[post.kind]}/{post.slug}/"
    with urlopen(root + path) as answer:
        assert answer.status == 200
    return path


def _cpu_seconds(server: "subprocess.Popen[str]") -> float:
    fields = Path(f"/proc/{server.pid}/stat").read_text().rpartition(")")[2].split()
    ticks = sum(int(fields[at]) for at in (11, 12, 13, 14))
    return ticks / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
