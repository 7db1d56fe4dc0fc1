"""`plein new`: from a title to a file to go on with, which never breaks the site."""

import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.assembly import Audience
from generator.newentry import NAMES_OF_KINDS
from generator.yamltree import Scalar, parse
from tests.conftest import NOW, Site

CLOCK = ("--clock", NOW)
EVERYTHING = Audience(drafts=True, future=True)


def new(site: Site, *args: str, code: int = 0) -> list[str]:
    """The lines that come out; the first names the file."""
    done = site.run("new", *args, *CLOCK, code=code)
    return (done.stdout or done.stderr).splitlines()


def keys(site: Site, path: str) -> dict[str, str]:
    text = (site.root / path).read_text()
    assert text.startswith("---\n")
    tree, found = parse(text.split("\n---\n")[0].removeprefix("---\n"), path)
    assert not found
    return {key.text: node.text for key, node in tree.pairs if isinstance(node, Scalar)}


@pytest.mark.parametrize("kind", NAMES_OF_KINDS)
def test_each_kind_begins_without_a_single_error(kind: str, site: Site) -> None:
    path, see = new(site, kind, "Zó doen we dat: écht!")
    stem = path.removeprefix(f"content/{NAMES_OF_KINDS[kind]}/")
    name = "zo-doen-we-dat-echt"
    assert stem == {
        "person": f"{name}/index.md",
        "page": f"{name}.md",
        "vlog": f"2026-11-24-{name}/index.md",
    }.get(kind, f"2026-11-24-{name}.md")
    written = keys(site, path)
    assert written["name" if kind == "person" else "title"] == "Zó doen we dat: écht!"
    assert written["draft"] == "ja"
    assert not site.problems(strict=True)
    assert {one.code for one in site.problems(audience=EVERYTHING)} <= {"draft-unfinished"}
    page = see.partition(":8000/")[2]
    assert (site.root / f"public/{page}index.html").is_file()


def test_the_lines_explain_themselves_in_the_language_of_the_site(site: Site) -> None:
    (path, _) = new(site, "news", "Open dag")
    text = (site.root / path).read_text()
    assert (
        "# Waar het over gaat: namen uit topics in site.yaml. Kies uit: geld, mensen.\ntopics:"
        in text
    )
    assert "\n# importance: need-to-know\n" in text
    assert "\n# deadline: 2026-12-01\n" in text
    assert "Begin met wat er nieuw is." in text


def test_what_is_offered_as_a_remark_works_when_it_is_taken(site: Site) -> None:
    """Who takes away the hash before a line has written something that Plein understands."""
    site.person("jan")
    for kind in NAMES_OF_KINDS:
        (path, _) = new(site, kind, f"Iets van {kind}")
        text = (site.root / path).read_text()
        lines = [line.removeprefix("# ") if line.startswith("# ") and ": " in line
                 and line[2:].partition(":")[0].islower() and " " not in line[2:].partition(":")[0]
                 else line for line in text.splitlines()]  # fmt: skip
        site.write(path, "\n".join(lines) + "\n")
    assert not [one for one in site.problems(strict=True) if one.code != "unknown-person"]


def test_what_is_known_already_is_filled_in(site: Site) -> None:
    site.person("jan")
    known = ["-s", "topics=geld, mensen", "--set", "authors=jan", "-s", "draft=nee"]
    more = ["--date", "2026-12-05", "--lang", "en", "--folder"]
    (path, _) = new(site, "news", "Open dag", *known, *more)
    assert path == "content/news/2026-12-05-open-dag/index.en.md"
    text = (site.root / path).read_text()
    assert "topics: [geld, mensen]\n" in text
    assert "authors: jan\n" in text
    assert "draft: nee\n" in text


HARD_TITLES = ["Let op: 50% korting", "@jan", "nee", "#5", "'s Avonds dicht", "2026", "? wat"]


@pytest.mark.parametrize("title", [*HARD_TITLES, '"Ja" zegt de baas', "a\\b", "{date} {keys}"])
def test_any_title_comes_through(title: str, site: Site) -> None:
    (path, _) = new(site, "news", title)
    assert keys(site, path)["title"] == title
    assert not site.problems(strict=True, audience=EVERYTHING)


def test_a_title_without_letters_and_one_without_end(site: Site) -> None:
    assert new(site, "news", "🎉🎉")[0] == "content/news/2026-11-24-news.md"
    (path, _) = new(site, "news", "heel " * 60)
    assert path == f"content/news/2026-11-24-{'-'.join(['heel'] * 12)}.md"


def test_nothing_is_ever_written_over(site: Site) -> None:
    site.write("content/news/2026-11-24-open-dag/index.nl.md", "---\ntitle: x\n---\n")
    before = site.tree("content")
    said = "\n".join(new(site, "news", "Open dag", code=2))
    assert "content/news/2026-11-24-open-dag/index.nl.md" in said
    assert site.tree("content") == before
    assert new(site, "news", "Open dag", "--lang", "en")[0].endswith("open-dag.en.md")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["news"], "hier ontbreekt: titel"),
        ([], "hier ontbreekt: soort"),
        (["news", "x", "-s", "topics=gelt"], "bedoel je “geld”?"),
        (["news", "x", "-s", "titel=y"], "bedoel je “title”?"),
        (["kudos", "x", "-s", "to=niemand"], "niemand"),
        (["news", "x", "--lang", "fr"], "nl, en"),
        (["news", "x", "--date", "gisteren"], "gisteren"),
        (["nieuws", "x"], "nieuws"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_and_nothing_is_written(args: list[str], said: str, site: Site) -> None:
    before = site.tree("content")
    assert said in "\n".join(new(site, *args, code=2))
    assert site.tree("content") == before


def test_a_theme_can_have_a_beginning_of_its_own(site: Site) -> None:
    site.write("themes/own/theme.yaml", "name: own\nextends: default\ncontract: 1\n")
    site.write(
        "themes/own/new/meeting.md", "---\n{keys}\nslug: mt-{date}\n---\n\n## Waarover\n\n{title}\n"
    )
    site.write("site.yaml", (site.root / "site.yaml").read_text() + "theme: own\n")
    (path, _) = new(site, "meeting", "MT: november")
    text = (site.root / path).read_text()
    assert 'title: "MT: november"\n' in text
    assert text.endswith('slug: mt-2026-11-24\n---\n\n## Waarover\n\n"MT: november"\n')
    assert "Begin met" in (site.root / new(site, "news", "x")[0]).read_text()


def test_the_editor_opens_the_file(site: Site, tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\necho "En verder." >> "$1"\n')
    editor.chmod(0o755)
    site.env["VISUAL"] = site.env["EDITOR"] = str(editor)
    (path, _) = new(site, "news", "Open dag", "-e")
    assert (site.root / path).read_text().endswith("En verder.\n")


def test_on_a_terminal_it_asks_what_is_missing(site: Site) -> None:
    """Somebody types only `plein new` and answers: kind, title, the question, no topics."""
    said = typed(site, ["new", *CLOCK], ["question", "Wie wil er koffie?", "Wie, en hoe laat?", ""])
    path = "content/questions/2026-11-24-wie-wil-er-koffie.md"
    assert path in said
    assert "(geld, mensen)" in said
    assert keys(site, path)["question"] == "Wie, en hoe laat?"
    assert not site.problems(strict=True)


def typed(site: Site, args: list[str], answers: list[str]) -> str:
    """What is on the screen of a real terminal when somebody types the answers one by one."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "generator", *args], cwd=site.root, stdin=slave, stdout=slave,
        stderr=slave, env={**os.environ, "LANG": "C.UTF-8"}, close_fds=True,
    )  # fmt: skip
    os.close(slave)
    screen, deadline = b"", time.monotonic() + 30
    while time.monotonic() < deadline:
        ready, _, _ = select.select([master], [], [], 0.1)
        try:
            screen += os.read(master, 4096) if ready else b""
        except OSError:
            break
        if answers and screen.rstrip(b" ").endswith(b":"):
            os.write(master, answers.pop(0).encode() + b"\n")
            screen += b"\n"
    os.close(master)
    assert process.wait(10) == 0, screen.decode()
    return screen.decode()
