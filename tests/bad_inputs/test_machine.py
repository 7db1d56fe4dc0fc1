"""The machine says no: another build runs, the cache is damaged, the disk is full or in the way."""

import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.bad_inputs.mistakes import front
from tests.conftest import SITE, Site

HOLD = """
from pathlib import Path
from generator.store import Store
store = Store(Path(".plein"))
print("held", flush=True)
input()
"""


@pytest.fixture
def small(site: Site) -> Site:
    """A site in one language that builds in no time."""
    site.write("site.yaml", SITE.replace("languages: [nl, en]\n", ""))
    site.post("news/a")
    site.post("news/b", "Zie [a](a.md).")
    return site


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Callable[[Path], None]]:
    """Puts a very small disk at a place; what is done to it is undone afterwards."""
    places: list[Path] = []

    def put(place: Path, size_kb: int = 200) -> None:
        place.mkdir(parents=True, exist_ok=True)
        mount("-t", "tmpfs", "-o", f"size={size_kb}k", "tmpfs", str(place))
        places.append(place)

    yield put
    for place in places:
        subprocess.run(["umount", "-l", str(place)], check=False)


def mount(*args: str) -> None:
    done = subprocess.run(["mount", *args], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("mounting is not allowed here")


def test_while_another_build_runs_this_one_says_so_and_goes(small: Site) -> None:
    small.build()
    before = small.tree()
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD],
        cwd=small.root,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        small.post("news/c")
        started = time.monotonic()
        done = small.run("build", code=3)
        assert time.monotonic() - started < 10
        assert "[busy]" in done.stderr
        assert small.tree() == before
    finally:
        holder.communicate("\n")
    small.run("build", code=0)


def test_a_build_that_was_killed_leaves_no_lock(small: Site) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD],
        cwd=small.root,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert holder.stdout
    holder.stdout.readline()
    holder.kill()
    holder.communicate()
    small.run("build", code=0)


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "rubbish": lambda _: b"rubbish" * 1000,
    "empty": lambda _: b"",
    "half": lambda data: data[: len(data) // 2],
    "one byte short": lambda data: data[:-1],
    "only its head": lambda data: data[:100],
    "noughts": lambda data: bytes(len(data)),
    "too much": lambda data: data + b"x" * 4096,
    "another head": lambda data: b"SQLite format 2\0" + data[16:],
}


@pytest.mark.parametrize("name", DAMAGE)
def test_a_damaged_cache_costs_time_and_never_a_byte(small: Site, name: str) -> None:
    small.build()
    before = small.tree()
    file = small.root / ".plein/cache.sqlite"
    file.write_bytes(DAMAGE[name](file.read_bytes()))
    small.run("build", "--clock", small.clock, code=0)
    assert small.tree() == before
    assert small.build().rendered == 0


def test_a_flipped_byte_anywhere_never_gives_a_wrong_page(small: Site) -> None:
    small.build()
    before = small.tree()
    file = small.root / ".plein/cache.sqlite"
    whole = file.read_bytes()
    chance = random.Random(20261124)
    for _ in range(30):
        at = chance.randrange(len(whole))
        file.write_bytes(
            whole[:at] + bytes([whole[at] ^ chance.randrange(1, 256)]) + whole[at + 1 :]
        )
        small.build()
        assert small.tree() == before, at


def test_a_cache_of_another_version_or_shape_is_made_anew(small: Site) -> None:
    small.build()
    before = small.tree()
    for sql in (
        "PRAGMA user_version = 99",
        "DROP TABLE facts",
        "ALTER TABLE reads RENAME TO lezen",
        "UPDATE traces SET value = x'00'",
        "DELETE FROM bodies",
        "DELETE FROM reads",
    ):
        with sqlite3.connect(small.root / ".plein/cache.sqlite") as db:
            db.execute(sql)
        db.close()
        small.build()
        assert small.tree() == before, sql


def test_a_cache_that_is_a_folder_or_can_not_be_made_is_named(small: Site) -> None:
    small.write(".plein", "een bestand")
    assert ".plein" in small.run("build", code=4).stderr
    (small.root / ".plein").unlink()
    (small.root / ".plein/cache.sqlite").mkdir(parents=True)
    done = small.run("build", code=4)
    assert "cache.sqlite" in done.stderr


def test_a_full_disk_leaves_the_site_as_it_was(small: Site, disk: Callable[..., None]) -> None:
    disk(small.root / "public", 600)
    small.build()
    before = small.tree()
    for number in range(100):
        small.post(f"news/n{number}", "woord " * 500)
    done = small.run("build", "--clock", small.clock, code=4)
    assert "public/" in done.stderr
    assert small.tree() == before


def test_a_full_disk_under_the_cache_leaves_the_site_as_it_was(
    small: Site, disk: Callable[..., None]
) -> None:
    disk(small.root / ".plein", 160)
    small.run("build", "--clock", small.clock, code=None)
    before = small.tree() if (small.root / "public").exists() else {}
    for number in range(100):
        small.post(f"news/n{number}", "woord " * 500)
    done = small.run("build", "--clock", small.clock, code=4)
    assert ".plein" in done.stderr
    assert (small.tree() if before else {}) == before


def test_a_disk_that_can_only_be_read_is_named(small: Site, disk: Callable[..., None]) -> None:
    disk(small.root / "public", 2000)
    small.build()
    before = small.tree()
    small.post("news/c")
    mount("-o", "remount,ro", str(small.root / "public"))
    done = small.run("build", "--clock", small.clock, code=4)
    assert "public" in done.stderr
    assert small.tree() == before


@pytest.mark.parametrize("place", ["nieuws/c/index.html/x", "feed.xml/x"])
def test_a_folder_where_a_file_must_come_is_named(small: Site, place: str) -> None:
    small.build()
    file = small.root / "public" / place
    if file.parent.is_file():
        file.parent.unlink()
    file.parent.mkdir(parents=True)
    file.write_text("van een ander")
    before = small.tree()
    small.post("news/c")
    done = small.run("build", "--clock", small.clock, code=4)
    assert f"public/{place.removesuffix('/x')}:" in done.stderr
    assert small.tree() == before


def test_a_file_where_a_folder_must_come_is_named(small: Site) -> None:
    small.build()
    small.write("public/nieuws/c", "van een ander")
    small.post("news/c")
    done = small.run("build", "--clock", small.clock, code=4)
    assert "nieuws/c" in done.stderr
    assert small.read("nieuws/c") == "van een ander"


@pytest.mark.parametrize("output", ["site.yaml", "content/news/a.md", "/dev/null", "/proc/x"])
def test_an_output_that_is_no_folder_is_refused(small: Site, output: str) -> None:
    before = small.tree("content")
    assert small.run("build", "-o", output, code=None).returncode in (2, 4)
    assert small.tree("content") == before
    assert (small.root / "site.yaml").read_text() == SITE.replace("languages: [nl, en]\n", "")


def test_every_error_leaves_the_whole_site_as_it_was(small: Site) -> None:
    small.build()
    before = {path: path.stat().st_mtime_ns for path in (small.root / "public").rglob("*")}
    tree = small.tree()
    for text in (
        front("title: Let op: x"),
        "geen kop",
        b"\xff\xfe",
        front(body="![x](weg.png)"),
        front("slug: ../x"),
    ):
        small.write("content/news/c.md", text)
        small.run("build", "--clock", small.clock, code=1)
        assert small.tree() == tree
    assert {path: path.stat().st_mtime_ns for path in (small.root / "public").rglob("*")} == before


HEAVY = {
    "brackets": "[" * 20_000,
    "links": "[a](<" * 10_000,
    "lists": "\n".join("  " * n + "- x" for n in range(500)),
    "quotes": ">" * 5_000 + " x",
    "stars": "*a **b " * 5_000,
    "comments": "<!--" * 5_000,
    "tags": "<b>" * 5_000,
    "tables": "|a" * 5_000 + "\n" + "|-" * 5_000 + "\n",
    "backticks": "`" * 9_999 + " " + "`" * 10_000,
    "blocks": "/// details | x\n" * 2_000,
    "references": "\n".join(f"[{n}]: /{n}" for n in range(5_000)),
    "entities": "&amp;" * 20_000,
}


@pytest.mark.parametrize("name", HEAVY)
def test_a_heavy_text_does_not_hold_up_the_site(small: Site, name: str) -> None:
    small.write("content/news/c.md", front(body=HEAVY[name]))
    started = time.process_time()
    done = small.run("build", "--clock", small.clock, code=None)
    assert done.returncode in (0, 1)
    assert time.process_time() - started < 10
    if done.returncode:
        assert "content/news/c.md:" in done.stderr
