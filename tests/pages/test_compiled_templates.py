"""Templates are compiled once for a user; what lies there changes how long a build takes, only."""

import os
from pathlib import Path

import pytest

from tests.conftest import Site
from tests.exactness.world import furnish


@pytest.fixture
def kept(site: Site, tmp_path: Path) -> Path:
    """The folder of a user who builds for the first time; what lies in it, is the user's alone."""
    passing = tmp_path / "passing"
    passing.mkdir()
    site.env |= {"TMPDIR": str(passing), "PYTHONDONTWRITEBYTECODE": ""}
    furnish(site)
    return passing / f"_jinja2-cache-{os.getuid()}"


def pages(site: Site) -> dict[str, bytes]:
    site.run("build", "--workers", "1")
    return site.tree()


def afresh(site: Site) -> dict[str, bytes]:
    site.run("clean")
    return pages(site)


def test_the_second_build_compiles_nothing(site: Site, kept: Path) -> None:
    first = pages(site)
    files = {file: file.stat().st_mtime_ns for file in kept.iterdir()}
    assert files
    assert kept.stat().st_mode & 0o077 == 0
    assert afresh(site) == first
    assert {file: file.stat().st_mtime_ns for file in kept.iterdir()} == files


@pytest.mark.parametrize("torn", [b"", b"j2", bytes(2000)])
def test_what_is_torn_is_compiled_anew(site: Site, kept: Path, torn: bytes) -> None:
    first = pages(site)
    for file in kept.iterdir():
        file.write_bytes(file.read_bytes()[:30] + torn)
    assert afresh(site) == first


def test_a_template_with_other_words_is_another(site: Site, kept: Path) -> None:
    pages(site)
    assert kept.is_dir()
    site.write("themes/own/templates/entry.html", "<p>Heel anders</p>")
    assert b"Heel anders" in afresh(site)["nieuws/c/index.html"]
    site.write("themes/own/templates/entry.html", "<p>Weer anders</p>")
    assert b"Weer anders" in afresh(site)["nieuws/c/index.html"]


def test_a_folder_that_is_not_the_users_is_not_used(site: Site, kept: Path) -> None:
    elsewhere = kept.parent / "van-een-ander"
    elsewhere.mkdir()
    kept.symlink_to(elsewhere)
    pages(site)
    assert not list(elsewhere.iterdir())


def test_who_keeps_no_compiled_modules_keeps_no_templates(site: Site, kept: Path) -> None:
    site.env["PYTHONDONTWRITEBYTECODE"] = "1"
    pages(site)
    assert not kept.exists()
