"""A colleague pushes a commit, and readers see it: real git, a real script, a real web server."""

import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.conftest import Site
from tests.publish.servers import nginx

# What a git host does with a push: check out afresh, bring back the cache, run the
# pipeline's script, keep the cache.
HOOK = """\
#!/bin/sh
set -eu
unset GIT_DIR
read -r _old _new branch
[ "$branch" = refs/heads/main ] || exit 0
work=$(mktemp -d {home}/job.XXXX)
git clone --quiet {home}/site.git "$work/site"
cd "$work/site"
for name in .plein public; do [ ! -d {home}/cache/$name ] || cp -R {home}/cache/$name .; done
PLEIN_TO={home}/live PLEIN_FORMAT=github sh ci/publish.sh
mkdir -p {home}/cache
for name in .plein public; do rm -rf {home}/cache/$name; cp -R $name {home}/cache/; done
rm -rf "$work"
"""


class Host:
    """A git host with a runner, and a clone in which a colleague works."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.clone = Site(home / "clone")
        programs = home / "bin"
        programs.mkdir(parents=True)
        (programs / "plein").write_text(f'#!/bin/sh\nexec {sys.executable} -m generator "$@"\n')
        (programs / "plein").chmod(0o755)
        self.env = {
            **os.environ, "PATH": f"{programs}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8",
            "GIT_AUTHOR_NAME": "Robin", "GIT_AUTHOR_EMAIL": "robin@example.org",
            "GIT_COMMITTER_NAME": "Robin", "GIT_COMMITTER_EMAIL": "robin@example.org",
        }  # fmt: skip
        self.git("init", "--quiet", "--bare", "-b", "main", "site.git", cwd=home)
        hook = home / "site.git/hooks/post-receive"
        hook.write_text(HOOK.format(home=home))
        hook.chmod(0o755)

    def git(self, *args: str, cwd: Path | None = None) -> str:
        done = subprocess.run(
            ["git", *args], cwd=cwd or self.clone.root, env=self.env,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    def push(self, message: str) -> str:
        """Commit everything and push; what the pipeline said. The colleague pulls first."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)
        if (self.home / "live").exists():
            self.git("pull", "--quiet", "--rebase", "origin", "main")
        return self.git("push", "origin", "main")


@pytest.fixture
def host(tmp_path: Path) -> Host:
    made = Host(tmp_path)
    Site(tmp_path).run("init", "clone", "--lang", "en", "--title", "Our Square")
    made.git("init", "--quiet", "-b", "main")
    made.git("remote", "add", "origin", str(tmp_path / "site.git"))
    return made


def fetch(address: str) -> str:
    with urllib.request.urlopen(address, timeout=10) as answer:
        return str(answer.read().decode())


def test_a_commit_is_live_after_the_push(host: Host) -> None:
    with nginx(host.home / "nginx", f"root {host.home}/live/current;") as address:
        host.push("Begin")
        assert "Welcome to our new square" in fetch(f"{address}/")
        host.clone.post("news/lunch", "Soup on Monday.", title="Lunch is back", date="2026-11-02")
        started = time.monotonic()
        host.push("Lunch")
        assert "Soup on Monday." in fetch(f"{address}/news/lunch/")
        assert "Lunch is back" in fetch(f"{address}/feed.xml")
        print(f"from push to live: {time.monotonic() - started:.1f} s")


def test_a_mistake_is_told_at_its_line_and_readers_keep_what_they_had(host: Host) -> None:
    host.push("Begin")
    host.clone.post("news/lunch", topics="soup", date="2026-11-02")
    told = host.push("Lunch")
    assert "::error file=content/news/lunch.md,line=4,col=9,title=unknown-topic" in told
    assert not (host.home / "live/current/news/lunch").exists()


def test_the_pipeline_commits_the_addresses_that_are_public_now(host: Host) -> None:
    host.push("Begin")
    host.clone.post("news/lunch", "Soup.", title="Lunch is back", date="2026-11-02")
    host.push("Lunch")
    host.git("pull", "--quiet", "--rebase", "origin", "main")
    assert (
        "/news/lunch/\ten/news/lunch\tLunch is back\n"
        in (host.clone.root / "addresses.txt").read_text()
    )
    (host.clone.root / "content/news/lunch.md").rename(host.clone.root / "content/news/soup.md")
    host.push("Rename")
    moved = (host.home / "live/current/news/lunch/index.html").read_text()
    assert 'url=/news/soup/"' in moved


def test_a_pipeline_that_was_never_told_where_to_publish_says_so(host: Host) -> None:
    done = subprocess.run(
        ["sh", "ci/publish.sh"], cwd=host.clone.root, env={**host.env, "CI": "true"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "PLEIN_TO" in done.stderr
