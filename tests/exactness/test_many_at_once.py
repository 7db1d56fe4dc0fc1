"""A build that replaces many files at once lets go of the old ones while it moves the new ones."""

import os
import shutil
import subprocess
import threading
from pathlib import Path

import pytest

from tests.conftest import Site
from tests.exactness.test_crashes import KILLED, PYTHON, inject
from tests.exactness.world import assert_same

pytestmark = pytest.mark.skipif(not hasattr(os, "O_PATH"), reason="needs Linux")
MANY = 600
traced = pytest.mark.skipif(not shutil.which("strace"), reason="needs strace")


def fill(site: Site, text: str) -> None:
    for number in range(MANY):
        site.write(f"content/static/papieren/{number}.txt", f"{text} {number}\n")


@pytest.fixture
def printed(site: Site) -> Site:
    """A site with many files, of which the sources now say something else."""
    site.post("news/a")
    fill(site, "Oud")
    site.build()
    fill(site, "Nieuw")
    return site


def clean(site: Site) -> dict[str, bytes]:
    """What a build makes that knows of nothing."""
    other = Site(site.root.parent / "clean")
    shutil.copytree(site.root, other.root, ignore=shutil.ignore_patterns("public", ".plein"))
    other.build()
    return other.tree()


def open_files() -> set[Path]:
    return {one.resolve() for one in Path("/proc/self/fd").iterdir() if one.exists()}


def test_all_are_replaced_and_nothing_stays_open(printed: Site) -> None:
    before, threads = open_files(), threading.active_count()
    done = printed.build()
    assert len([path for path in done.written if path.startswith("papieren/")]) == MANY
    assert (open_files(), threading.active_count()) == (before, threads)
    assert_same(printed.tree(), clean(printed))


def test_where_few_files_may_be_open_it_takes_longer_and_that_is_all(printed: Site) -> None:
    few = ["sh", "-c", 'ulimit -n 48 && exec "$@"', "sh", *PYTHON]
    done = subprocess.run(few, cwd=printed.root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert_same(printed.tree(), clean(printed))


@pytest.mark.parametrize("room", [0, 1])
def test_where_there_is_no_room_for_threads_it_takes_longer_and_that_is_all(
    printed: Site, room: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No limit holds for root, who runs these tests, so the refusal is ours."""
    begun, begin = [], threading.Thread.start

    def start(thread: threading.Thread) -> None:
        if len(begun) == room:
            raise RuntimeError("can't start new thread")
        begun.append(thread)
        begin(thread)

    monkeypatch.setattr(threading.Thread, "start", start)
    before = open_files()
    printed.build(workers=1)
    monkeypatch.undo()
    assert open_files() == before
    assert not any(thread.is_alive() for thread in begun)
    assert_same(printed.tree(), clean(printed))


@traced
@pytest.mark.parametrize("number", [3, 300, 590])
def test_killed_among_them_each_is_old_or_new(printed: Site, number: int) -> None:
    old, new = printed.tree(), clean(printed)
    assert inject(printed, f"rename:signal=SIGKILL:when={number}").returncode == KILLED
    for path, data in printed.tree().items():
        assert path.startswith(".plein") or data in (old.get(path), new.get(path)), path
    printed.build()
    assert_same(printed.tree(), new)


@traced
@pytest.mark.parametrize("number", [3, 300, 590])
def test_a_disk_that_fails_among_them_is_told(printed: Site, number: int) -> None:
    done = inject(printed, f"rename:error=EIO:when={number}")
    assert done.returncode == 4, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    printed.build()
    assert_same(printed.tree(), clean(printed))
