"""`python -m benchmarks.live`: from a push to a page that readers get, with real git and nginx.

A bare repository with the hook of the docs for operators publishes a site of
so many posts; measured is the time until `git push` has returned and the
changed page comes over HTTP, and the CPU seconds of all processes meanwhile.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks.corpus import Post, posts
from benchmarks.measure import Run, run
from benchmarks.plein import PLEIN
from tests.publish.servers import nginx

ROOT = Path(__file__).parents[1]
SCRIPTS = ROOT / "generator/init/site/both/ci"
_NAMED = {"AUTHOR": "Robin", "COMMITTER": "Robin"}


class Host:
    """A git server with the hook of the docs, and a clone in which somebody writes."""

    def __init__(self, home: Path) -> None:
        self.home, self.clone = home, home / "clone"
        self.env = {**os.environ, "PATH": f"{home}/bin:{os.environ['PATH']}"}
        for role, name in _NAMED.items():
            self.env |= {f"GIT_{role}_NAME": name, f"GIT_{role}_EMAIL": "robin@example.org"}
        program = home / "bin/plein"
        program.parent.mkdir()
        program.write_text(f'#!/bin/sh\nexec {sys.executable} -m generator "$@"\n')
        program.chmod(0o755)
        self.git("init", "--quiet", "--bare", "-b", "main", f"{home}/site.git", cwd=home)
        hook = home / "site.git/hooks/post-receive"
        hook.write_text(_hook(home))
        hook.chmod(0o755)

    def begin(self, some: tuple[Post, ...]) -> None:
        """Put a site of these posts under version control."""
        PLEIN.lay_out(self.clone, some)
        shutil.copytree(SCRIPTS, self.clone / "ci")
        (self.clone / ".gitignore").write_text(".plein/\npublic/\n.bench.log\n")
        self.git("init", "--quiet", "-b", "main")
        self.git("remote", "add", "origin", f"{self.home}/site.git")

    def git(self, *args: str, cwd: Path | None = None) -> None:
        """Do something with git."""
        subprocess.run(["git", *args], cwd=cwd or self.clone, env=self.env, check=True)

    def push(self, message: str) -> Run:
        """Commit everything and push; what the push took."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)
        os.environ["PATH"] = self.env["PATH"]
        took = run(["git", "push", "--quiet", "origin", "main"], self.clone)
        self.git("pull", "--quiet", "--rebase", "origin", "main")
        return took


def _hook(home: Path) -> str:
    page = (ROOT / "docs/operators/git-server.md").read_text()
    found = re.search(r"```sh\n(#!/bin/sh\n# Every push.*?)^```", page, re.M | re.S)
    assert found, "the docs have no hook"
    text = found[1].replace("/srv/intranet-work", f"{home}/work")
    return text.replace("PLEIN_TO=/srv/intranet ", f"PLEIN_TO={home}/live ")


def measured(host: Host, some: tuple[Post, ...], runs: int) -> Iterator[tuple[str, Run]]:
    """What pushes take: the first, edits of one body, new posts."""
    *archive, extra = some
    host.begin(tuple(archive))
    yield "first push, all built", host.push("Begin")
    with nginx(host.home / "nginx", f"root {host.home}/live/current;") as address:
        for number in range(runs):
            file = host.clone / PLEIN.body(archive[-1 - number])
            file.write_text(f"{file.read_text()}\nZin nummer {number}.\n")
            yield "one body edited", host.push("Edit")
            assert f"Zin nummer {number}." in _page(address, archive[-1 - number])
        for number in range(runs):
            post = replace(
                extra, slug=f"{extra.slug}-{number}", title=f"Nieuw {number}", body="Tekst.\n"
            )
            (host.clone / PLEIN.body(post)).write_text(PLEIN.added(post))
            yield "one post added", host.push("Post")
            assert f"Nieuw {number}" in _page(address, post)


def _page(address: str, post: Post) -> str:
    folder = {"news": "nieuws", "vlogs": "vlogs"}[post.kind]
    with urllib.request.urlopen(f"{address}/{folder}/{post.slug}/", timeout=10) as answer:
        return str(answer.read().decode())


def main() -> None:
    """Measure and print, as lines of a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.live", description=__doc__)
    parser.add_argument("posts", nargs="?", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--folder", default=None, help="where it happens; a quick disk")
    asked = parser.parse_args()
    load = os.getloadavg()[0]
    print(f"{asked.posts} posts, load {load:.1f} at the start", flush=True)
    print("| a push of | seconds | CPU seconds |\n|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        for name, took in measured(Host(Path(folder)), tuple(posts(asked.posts + 1)), asked.runs):
            print(f"| {name} | {took.seconds:.1f} | {took.cpu_seconds:.1f} |", flush=True)


if __name__ == "__main__":
    main()
