"""Who waits for the pages sees them before the index is made; what comes of it is the same."""

import os
import signal
import subprocess
import sys

import pytest

from generator.model import Model
from generator.problems import Problem
from tests.conftest import Site
from tests.exactness.world import age, assert_same, change, clean_tree, same_as_clean
from tests.search.conftest import fragments, furnish

NEW = "uiterwaard"
KILLED_BETWEEN = """
import os, signal, sys
from pathlib import Path
from generator.build import build
from generator.work import Options, Project
stop = lambda _: os.kill(os.getpid(), signal.SIGKILL)
build(Project(Path()), Options(clock=sys.argv[1], workers=1), early=stop)
"""


class Seen(Model, frozen=True):
    """What stood in the output when the pages could be seen, and which problems were told."""

    pages: dict[str, bytes]
    found: dict[str, dict[str, object]]
    problems: tuple[Problem, ...]


def edited(site: Site) -> Site:
    """A built hub in which a text has changed, a post has come and another has gone."""
    furnish(site).build()
    age(site)
    change(site, "content/news/dijk.md", lambda text: text.replace("polder", NEW))
    site.post("news/vers", "Een vers bericht.", title="Vers", date="2026-11-22")
    (site.root / "content/news/lente.md").unlink()
    return site


def seen_early(site: Site, **options: object) -> list[Seen]:
    seen: list[Seen] = []
    site.build(early=lambda told: seen.append(Seen(site.tree(), fragments(site), told)), **options)
    return seen


def test_pages_are_there_before_the_index(site: Site) -> None:
    (seen,) = seen_early(edited(site))
    assert NEW in seen.pages["nieuws/dijk/index.html"].decode()
    assert "Een vers bericht." in seen.pages["nieuws/vers/index.html"].decode()
    # Nothing goes before the end, and search finds what it found.
    assert "nieuws/lente/index.html" in seen.pages
    assert NEW not in str(seen.found["/nieuws/dijk/"])
    assert set(seen.found) & {"/nieuws/vers/", "/nieuws/lente/"} == {"/nieuws/lente/"}
    assert_same(site.tree(), clean_tree(site, site.root.parent / "clean"))
    assert site.build().written == ()


def test_what_is_wrong_is_told_with_the_pages(site: Site) -> None:
    furnish(site).build()
    site.post("news/mis", "![een kaart](weg.png)")
    site.post("news/vers", "Een vers bericht.")
    (seen,) = seen_early(site, keep_going=True)
    assert "image-missing" in {one.code for one in seen.problems}


def test_nobody_is_told_when_no_page_is_new(site: Site) -> None:
    furnish(site).build()
    assert seen_early(site) == []
    (site.root / "content/news/lente.md").unlink()
    (site.root / "content/news/oud.md").unlink()
    assert len(seen_early(site)) == 1


def test_where_a_folder_was_everything_waits_for_the_end(site: Site) -> None:
    furnish(site)
    site.write("content/static/map/x", "in een map\n")
    site.build()
    (site.root / "content/static/map/x").unlink()
    (site.root / "content/static/map").rmdir()
    site.write("content/static/map", "nu een bestand\n")
    assert seen_early(site) == []
    same_as_clean(site)


@pytest.mark.parametrize("taken_back", [False, True], ids=["goes on", "taken back"])
def test_killed_between_the_pages_and_the_index(site: Site, taken_back: bool) -> None:
    furnish(site).build()
    before = site.tree()
    text = (site.root / "content/news/dijk.md").read_text()
    change(site, "content/news/dijk.md", lambda old: old.replace("polder", NEW))
    site.post("news/vers", "Een vers bericht.", title="Vers")
    command = [sys.executable, "-c", KILLED_BETWEEN, site.clock]
    done = subprocess.run(command, cwd=site.root, env=dict(os.environ), timeout=60, check=False)
    assert done.returncode == -signal.SIGKILL
    assert NEW in site.read("nieuws/dijk/index.html")
    if taken_back:
        (site.root / "content/news/vers.md").unlink()
        site.write("content/news/dijk.md", text)
        site.build()
        assert_same(site.tree(), before)
    else:
        site.build()
        assert_same(site.tree(), clean_tree(site, site.root.parent / "clean"))
    assert site.build().written == ()


def test_a_first_build_shows_nothing_before_it_is_whole(site: Site) -> None:
    assert seen_early(furnish(site)) == []
    assert len(fragments(site)) == 6
