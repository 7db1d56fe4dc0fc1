"""A colleague pushes a commit, and readers see it: real git, a real script, a real web server."""

import os
import re
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.conftest import Site
from tests.docs.examples import DOCS
from tests.publish.servers import nginx


def hook(home: Path) -> str:
    """The hook of a git server, as it stands in the docs."""
    page = (DOCS / "operators/git-server.md").read_text()
    found = re.search(r"```sh\n(#!/bin/sh\n# Every push.*?)^```", page, re.M | re.S)
    assert found
    text = found[1].replace("/srv/intranet-work", f"{home}/work")
    return text.replace("PLEIN_TO=/srv/intranet ", f"PLEIN_TO={home}/live PLEIN_FORMAT=github ")


# The command, at the moment that a test names.
PLEIN = """\
#!/bin/sh
exec {python} -m generator "$@" --clock "${{PLEIN_TEST_CLOCK:-2026-11-24}}"
"""


class Host:
    """A git host with a runner, and a clone in which a colleague works."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.clone = Site(home / "clone")
        programs = home / "bin"
        programs.mkdir(parents=True)
        (programs / "plein").write_text(PLEIN.format(python=sys.executable))
        (programs / "plein").chmod(0o755)
        self.env = {
            **os.environ, "PATH": f"{programs}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8",
            "GIT_AUTHOR_NAME": "Robin", "GIT_AUTHOR_EMAIL": "robin@example.org",
            "GIT_COMMITTER_NAME": "Robin", "GIT_COMMITTER_EMAIL": "robin@example.org",
        }  # fmt: skip
        self.git("init", "--quiet", "--bare", "-b", "main", "site.git", cwd=home)
        file = home / "site.git/hooks/post-receive"
        file.write_text(hook(home))
        file.chmod(0o755)

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
        host.push("Lunch")
        assert "Soup on Monday." in fetch(f"{address}/news/lunch/")
        assert "Lunch is back" in fetch(f"{address}/feed.xml")


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


def test_a_scheduled_post_goes_live_by_the_timer(host: Host) -> None:
    host.clone.post("news/later", "Cake.", title="Later", date="2026-12-01")
    host.push("Begin")
    assert not (host.home / "live/current/news/later").exists()
    subprocess.run(
        ["sh", "hooks/post-receive"], cwd=host.home / "site.git",
        env={**host.env, "PLEIN_TEST_CLOCK": "2026-12-02"}, check=True, capture_output=True,
    )  # fmt: skip
    assert (host.home / "live/current/news/later").exists()
