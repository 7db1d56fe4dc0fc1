"""The reference pages are what the code makes, and nothing is left out of them."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from generator import reference, schema, templates
from generator.cli import main
from generator.config import SETTINGS
from generator.contract import PAGES
from generator.messages import MESSAGES
from generator.model import KINDS
from generator.outputs.siteview import SiteView
from tests.docs.examples import DOCS

FOLDER = DOCS / "reference"
IN_BOTH = ["", ".nl"]


def test_the_pages_are_what_the_code_makes(tmp_path: Path) -> None:
    """Made on a Dutch machine, for the pages must not depend on who makes them."""
    made = tmp_path / "reference"
    env = {**os.environ, "LANG": "nl_NL.UTF-8", "LC_ALL": "nl_NL.UTF-8"}
    root = DOCS.parent
    subprocess.run(
        [sys.executable, "-m", "generator.reference", str(made)], check=True, env=env, cwd=root
    )
    assert {file.name for file in made.iterdir()} == {file.name for file in FOLDER.iterdir()}
    for file in made.iterdir():
        same = file.read_text("utf-8") == (FOLDER / file.name).read_text("utf-8")
        assert same, f"docs/reference/{file.name} is behind: run `make reference`"


def test_every_command_and_flag_is_there() -> None:
    text = _page("commands")
    for name, command in main.commands.items():
        assert f"## plein {name}\n" in text
        for param in command.params:
            assert all(f"`{flag}`" in text for flag in param.opts if flag.startswith("-"))


@pytest.mark.parametrize("suffix", IN_BOTH)
def test_every_key_setting_and_code_is_there(suffix: str) -> None:
    keys = {name for kind in KINDS for name in schema.fields_of(kind)}
    assert keys <= _rows(_page(f"front-matter{suffix}"))
    assert {one.name for one in SETTINGS} == _rows(_page(f"settings{suffix}"))
    assert set(re.findall(r"^### (\S+)$", _page(f"messages{suffix}"), re.M)) == set(MESSAGES)


def test_all_that_a_template_sees_is_there() -> None:
    text = _page("theme-contract")
    for page in PAGES:
        assert f"### {page.type}\n" in text
        assert set(page.__struct_fields__) <= _rows(text)
    for name in (name for name in vars(SiteView) if not name.startswith("_")):
        assert f"### site.{name}" in text
    assert {*reference.FUNCTIONS, "page", "site", "partial", "range", "dict"} == set(
        templates._GLOBALS
    )


def test_every_link_on_a_page_leads_to_a_heading_on_it() -> None:
    for file in FOLDER.iterdir():
        text = file.read_text("utf-8")
        headings = {line.lstrip("# ").lower() for line in text.splitlines() if line.startswith("#")}
        assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= headings


def _page(name: str) -> str:
    return (FOLDER / f"{name}.md").read_text("utf-8")


def _rows(text: str) -> set[str]:
    return set(re.findall(r"^\| `(\w+)`", text, re.M))
