"""Somebody else changes the output folder while a build goes on: the next build puts it right."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.build import build
from generator.manifest import hidden
from generator.work import Options, Project
from tests.conftest import Site
from tests.exactness.world import change, furnish, same_as_clean

PAGE = "public/nieuws/c/index.html"
# By then a file is old enough to be trusted by its times.
LATER_S = 0.1


@pytest.fixture
def edited(site: Site) -> Site:
    """A built site with an edit that is still to be built."""
    furnish(site).build()
    change(site, "content/news/c.md", lambda text: text.replace("Tekst", "Anders"))
    return site


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Path]:
    """A file that is nobody's business."""
    file = tmp_path / "van-mij.txt"
    file.write_text("van mij")
    yield file
    assert file.read_text() == "van mij"


def test_a_page_that_was_changed_just_after_it_was_put_in_place(edited: Site) -> None:
    def scribble(_: object) -> None:
        file = edited.root / PAGE
        file.write_text(file.read_text().replace("Anders", "ANDERS"))
        time.sleep(LATER_S)

    edited.build(early=scribble)
    assert "ANDERS" in edited.read("nieuws/c/index.html")
    same_as_clean(edited)


def test_a_page_that_was_deleted_just_after_it_was_put_in_place(edited: Site) -> None:
    edited.build(early=lambda _: (edited.root / PAGE).unlink())
    same_as_clean(edited)


def test_a_file_among_others_that_was_deleted_just_after_it_was_put_in_place(site: Site) -> None:
    """No empty folder tells of it."""
    furnish(site).write("content/static/een.txt", "1")
    site.build()
    site.write("content/static/een.txt", "2")
    site.build(early=lambda _: (site.root / "public/een.txt").unlink())
    same_as_clean(site)


def test_a_file_in_the_place_of_a_folder_just_after_this_was_put_in_place(site: Site) -> None:
    furnish(site).write("content/static/x/een.txt", "1")
    site.build()

    def swap(_: object) -> None:
        shutil.rmtree(site.root / "public/x")
        site.write("public/x", "van mij")

    site.write("content/static/x/een.txt", "2")
    site.build(early=swap)
    (site.root / "public/x").unlink()
    same_as_clean(site)


class Scribbler:
    """Changes a page once all pages were compared with what is there."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def progress(self, stage: str, done: int, total: int) -> None:
        if stage == "pages" and done == total:
            self.file.write_bytes(self.file.read_bytes() + b"<!-- iets -->")
            time.sleep(LATER_S)


def test_a_page_that_was_changed_after_it_was_read_for_want_of_a_memory(site: Site) -> None:
    furnish(site).build()
    shutil.rmtree(site.root / ".plein")
    options = Options(clock=site.clock, workers=1)
    build(Project(site.root), options, Scribbler(site.root / PAGE))
    assert "iets" in site.read("nieuws/c/index.html")
    same_as_clean(site)


@pytest.mark.parametrize("depth", [0, 1, 2])
def test_links_that_wait_where_outputs_wait_lead_nowhere(
    edited: Site, elsewhere: Path, depth: int
) -> None:
    stage, name = edited.root / "public/.plein-staging", hidden("nieuws/c/index.html")
    link = (stage, stage / name[:2], stage / name[:2] / name)[depth]
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(elsewhere if depth == 2 else elsewhere.parent)
    edited.build()
    same_as_clean(edited)
    assert not (edited.root / PAGE).is_symlink()
    assert not stage.exists()


class Maker:
    """Makes a file where a new page's folder is to come, once that waits."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def progress(self, stage: str, done: int, total: int) -> None:
        if stage == "pages" and done == total and not self.file.exists():
            self.file.parent.mkdir()
            self.file.write_text("van mij")


class Remover:
    """Takes away a folder once the pages that go there wait."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def progress(self, stage: str, done: int, total: int) -> None:
        if stage == "pages" and done == total:
            shutil.rmtree(self.folder, ignore_errors=True)


@pytest.mark.parametrize("folder", ["public/nieuws/c", "public/nieuws"])
def test_a_folder_that_is_taken_away_while_a_page_waits_for_it(edited: Site, folder: str) -> None:
    options = Options(clock=edited.clock, workers=1)
    build(Project(edited.root), options, Remover(edited.root / folder))
    assert "Anders" in edited.read("nieuws/c/index.html")
    same_as_clean(edited)


def test_a_new_page_whose_folder_somebody_makes_while_it_waits(edited: Site) -> None:
    edited.post("news/nieuw")
    options, file = Options(clock=edited.clock, workers=1), edited.root / "public/nieuws/nieuw/x"
    build(Project(edited.root), options, Maker(file))
    assert file.read_text() == "van mij"
    file.unlink()
    same_as_clean(edited)
