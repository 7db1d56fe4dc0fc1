"""A colleague pushes a commit, and readers see it: real git, a real script, a real web server."""

import getpass
import json
import os
import re
import shlex
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.conftest import Site
from tests.docs.examples import DOCS, blocks
from tests.publish.servers import nginx


def told(home: Path) -> tuple[str, str, str]:
    """What an operator types, as it stands in the docs: to begin, the hook, and the first push.

    Only where things are differs, and that Plein is there already.
    """
    page = DOCS / "operators/git-server.md"
    begin, hook, push = (text for language, _, text in blocks(page) if language == "sh")
    begin = re.sub(r"^python3 .*\n", "", begin.replace("sudo ", ""), flags=re.M)
    push = push.replace("intranet@server:", "")
    hook = hook.replace("PLEIN_TO=", "PLEIN_FORMAT=github PLEIN_TO=")
    begin, hook, push = (text.replace("/srv/", f"{home}/srv/") for text in (begin, hook, push))
    return begin, hook.replace("PLEIN_TO=/srv", f"PLEIN_TO={home}/srv"), push


# The command, at the moment that a test names.
PLEIN = """\
#!/bin/sh
exec {python} -m generator "$@" --clock "${{PLEIN_TEST_CLOCK:-2026-11-24}}"
"""


class Host:
    """A git host with a runner, and a clone in which a colleague works."""

    def __init__(self, home: Path) -> None:
        self.home, self.live = home, home / "srv/intranet"
        self.clone = Site(home / "clone")
        self.env = {
            **os.environ, "PATH": f"{home}/srv/plein/bin:{os.environ['PATH']}", "LC_ALL": "C.UTF-8",
            "USER": getpass.getuser(),
            "GIT_AUTHOR_NAME": "Robin", "GIT_AUTHOR_EMAIL": "robin@example.org",
            "GIT_COMMITTER_NAME": "Robin", "GIT_COMMITTER_EMAIL": "robin@example.org",
        }  # fmt: skip
        begin, hook, self.first_push = told(home)
        self.sh(begin, home)
        for file, text in (
            ("srv/plein/bin/plein", PLEIN.format(python=sys.executable)),
            ("srv/git/intranet.git/hooks/post-receive", hook),
        ):
            (home / file).parent.mkdir(exist_ok=True)
            (home / file).write_text(text)
            (home / file).chmod(0o755)

    def sh(self, script: str, folder: Path) -> str:
        """What a script says; it must end well."""
        done = subprocess.run(
            ["sh", "-ec", script], cwd=folder, env=self.env,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    def git(self, *args: str) -> str:
        return self.sh(shlex.join(("git", *args)), self.clone.root)

    def push(self, message: str) -> str:
        """Commit everything and push; what the pipeline said. The colleague pulls first."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", message)
        if not (self.live / "current").exists():
            return self.sh(self.first_push, self.clone.root)
        self.git("pull", "--quiet", "--rebase", "origin", "main")
        return self.git("push", "origin", "main")


@pytest.fixture
def host(tmp_path: Path) -> Host:
    made = Host(tmp_path)
    Site(tmp_path).run(
        "init", "clone", "--lang", "en", "--title", "Our Square", "--clock", "2026-11-24"
    )
    made.git("init", "--quiet", "--initial-branch", "main")
    made.git("add", "--all")
    made.git("commit", "--quiet", "--message", "Begin")
    return made


def fetch(address: str) -> str:
    with urllib.request.urlopen(address, timeout=10) as answer:
        return str(answer.read().decode())


def test_a_commit_is_live_after_the_push(host: Host) -> None:
    with nginx(host.home / "nginx", f"root {host.live}/current;") as address:
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
    assert not (host.live / "current/news/lunch").exists()


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
    moved = (host.live / "current/news/lunch/index.html").read_text()
    assert 'url=/news/soup/"' in moved


def test_the_addresses_are_pushed_by_a_runner_without_a_name_and_behind_a_quicker_colleague(
    host: Host,
) -> None:
    host.sh(f"PLEIN_LIVE=1; export PLEIN_LIVE\n{host.first_push}", host.clone.root)
    host.git("clone", "--quiet", str(host.home / "srv/git/intranet.git"), str(host.home / "runner"))
    host.clone.post("news/lunch", "Soup.", title="Lunch is back", date="2026-11-02")
    host.git("add", "--all")
    host.git("commit", "--quiet", "--message", "Lunch")
    host.env["PLEIN_LIVE"] = "1"
    host.git("push", "--quiet", "origin", "main")
    nameless = {key: value for key, value in host.env.items() if not key.startswith("GIT_")}
    host.env = {**nameless, "HOME": str(host.home), "PLEIN_TO": str(host.live)}
    assert "could not be pushed" not in host.sh("sh ci/publish.sh", host.home / "runner")
    host.git("pull", "--quiet", "origin", "main")
    assert "/news/2026-11-24-welcome/" in (host.clone.root / "addresses.txt").read_text()


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
    assert not (host.live / "current/news/later").exists()
    page = (DOCS / "operators/git-server.md").read_text()
    line = re.search(r"`7,22,37,52 \* \* \* \* (.+?)`", page)
    assert line
    host.env["PLEIN_TEST_CLOCK"] = "2026-12-02"
    host.sh(line[1].replace("/srv/", f"{host.home}/srv/"), host.home)
    assert (host.live / "current/news/later").exists()


def test_a_merge_request_has_a_preview_with_its_drafts_and_tells_what_is_wrong(host: Host) -> None:
    host.clone.post("news/idea", "Ice cream.", title="An idea", draft="yes")
    host.env |= {
        "PLEIN_PREVIEW": "7", "PLEIN_PREVIEW_TO": str(host.home / "previews"),
        "PLEIN_PREVIEW_URL": "https://previews.example", "PLEIN_FINDINGS": "findings.json",
    }  # fmt: skip
    host.sh("sh ci/preview.sh", host.clone.root)
    assert json.loads((host.clone.root / "findings.json").read_text()) == []
    page = (host.home / "previews/7/current/news/idea/index.html").read_text()
    assert "Ice cream." in page
    assert 'href="/7/current/news/"' in page
    assert not (host.clone.root / "addresses.txt").exists()
    host.clone.post("news/idea", topics="soup", draft="yes")
    told = host.sh("sh ci/preview.sh || echo ended with $?", host.clone.root)
    assert "content/news/idea.md:4:9" in told
    assert "ended with 1" in told
    (found,) = json.loads((host.clone.root / "findings.json").read_text())
    assert found["location"] == {"path": "content/news/idea.md", "lines": {"begin": 4}}
