"""An operator begins with an empty folder."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Site

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_new_site_is_complete_and_builds_at_once_without_a_finding(
    tmp_path: Path, lang: str
) -> None:
    start = Site(tmp_path)
    told = start.run("init", "plein", "--lang", lang, "--title", 'Het "Plein": nieuw').stdout
    assert "plein build" in told
    made = Site(tmp_path / "plein")
    assert {item.name for item in (made.root / "content").iterdir()} == {
        "news", "vlogs", "meetings", "questions", "kudos", "people", "pages",
    }  # fmt: skip
    done = made.run("build", "--strict")
    assert done.stderr == ""
    assert "Het &#34;Plein&#34;: nieuw" in made.read("index.html")
    assert "plein==" in (made.root / "requirements.txt").read_text()
    for line in (made.root / "requirements.txt").read_text().splitlines():
        assert line.count("==") == 1
    assert not [one for one in made.tree(".") if "dot-" in one or "@" in one]


def test_nothing_is_ever_written_over(tmp_path: Path) -> None:
    (tmp_path / "plein").mkdir()
    (tmp_path / "plein/notes.txt").write_text("mine")
    done = Site(tmp_path).run("init", "plein", code=2)
    assert "init-not-empty" in done.stderr
    assert [item.name for item in (tmp_path / "plein").iterdir()] == ["notes.txt"]


def check_schema(name: str, *files: Path) -> None:
    """Hold files against a published schema that comes with the checker."""
    checker = Path(sys.executable).with_name("check-jsonschema")
    done = subprocess.run(
        [checker, "--builtin-schema", f"vendor.{name}", *files],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_pipelines_are_what_their_hosts_expect(tmp_path: Path) -> None:
    Site(tmp_path).run("init", "plein")
    made = tmp_path / "plein"
    check_schema("github-workflows", made / ".github/workflows/publish.yml", *WORKFLOWS)
    check_schema("gitlab-ci", made / ".gitlab-ci.yml")
    for script in made.glob("ci/*.sh"):
        subprocess.run(["sh", "-n", script], check=True)
