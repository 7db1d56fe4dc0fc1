"""A disk that is full or can't be written to: exit code 4, and readers keep what they had.

As root on real disks of a megabyte or two; elsewhere these tests are left out,
and those that inject the same faults (test_never_half, test_crashes) remain.
"""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Site


def mount(*args: str | Path) -> bool:
    return subprocess.run(["mount", *args], capture_output=True, check=False).returncode == 0


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    if os.geteuid() or not mount("-t", "tmpfs", "-o", "size=2m", "tmpfs", place):
        pytest.skip("only who may mount can try this")
    yield place
    subprocess.run(["umount", place], check=True)


def tree(root: Path) -> dict[str, bytes]:
    files = (file for file in root.rglob("*") if file.is_file())
    return {str(file.relative_to(root)): file.read_bytes() for file in files}


def too_much(site: Site) -> None:
    for number in range(12):
        site.write(f"content/static/groot/{number}.bin", os.urandom(200_000))


@pytest.mark.parametrize("form", ["", "folder:"])
def test_a_full_disk_where_it_is_published(site: Site, disk: Path, form: str) -> None:
    to = f"{form}{disk}/live"
    shown = disk / ("live" if form else "live/current")
    site.post("news/a", "Eerste tekst.")
    site.run("publish", "--to", to, "--clock", site.clock)
    before = tree(shown)
    too_much(site)
    site.post("news/a", "Tweede tekst.")
    told = site.run("publish", "--to", to, "--clock", site.clock, code=4).stderr
    assert "cannot-write" in told
    after = tree(shown)
    assert before.items() <= after.items() or form
    assert after["nieuws/a/index.html"] == before["nieuws/a/index.html"]
    for number in range(12):
        (site.root / f"content/static/groot/{number}.bin").unlink()
    site.run("publish", "--to", to, "--clock", site.clock)
    assert b"Tweede tekst." in tree(shown)["nieuws/a/index.html"]
    assert not [path for path in tree(shown) if "groot" in path or path.endswith("plein-new")]


def test_a_full_disk_where_it_is_built(site: Site, disk: Path) -> None:
    site.post("news/a", "Eerste tekst.")
    (site.root / "public").symlink_to(disk / "public")
    (disk / "public").mkdir()
    site.run("build", "--clock", site.clock)
    before = tree(disk / "public")
    too_much(site)
    site.post("news/a", "Tweede tekst.")
    assert "cannot-write" in site.run("build", "--clock", site.clock, code=4).stderr
    assert tree(disk / "public") == before
    for number in range(12):
        (site.root / f"content/static/groot/{number}.bin").unlink()
    site.run("build", "--clock", site.clock)
    assert b"Tweede tekst." in tree(disk / "public")["nieuws/a/index.html"]


def test_a_full_disk_that_workers_meet(site: Site, disk: Path) -> None:
    (site.root / "public").symlink_to(disk / "public")
    (disk / "public").mkdir()
    for number in range(420):
        site.post(f"news/{number}", "Een tekst. " * 400)
    told = site.run("build", "--workers", "2", "--clock", site.clock, code=4).stderr
    assert "cannot-write" in told
    assert tree(disk / "public") == {}


def test_places_that_can_only_be_read(site: Site, disk: Path) -> None:
    site.post("news/a", "Eerste tekst.")
    (disk / "public").mkdir()
    (site.root / "public").symlink_to(disk / "public")
    site.run("publish", "--to", disk / "live", "--clock", site.clock)
    before = tree(disk)
    site.post("news/a", "Tweede tekst.")
    assert mount("-o", "remount,ro", disk)
    for command in (
        ("build",),
        ("publish", "--to", str(disk / "live")),
        ("publish", "--to", f"folder:{disk}/x"),
    ):
        told = site.run(*command, "--clock", site.clock, code=4).stderr
        assert "cannot-write" in told
    assert tree(disk) == before
