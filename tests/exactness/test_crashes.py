"""A build that is killed, or whose disk is full: what is served stays whole, the next is right."""

import os
import random
import shutil
import subprocess
import sys

import pytest

from tests.conftest import NOW, Site
from tests.exactness.world import assert_same, change, clean_tree, furnish, picture

pytestmark = pytest.mark.skipif(not shutil.which("strace"), reason="needs strace")
PYTHON = [sys.executable, "-B", "-m", "generator", "build", "--workers", "1", "--clock", NOW]
KILLED = -9


def edit_a_lot(site: Site) -> None:
    """Pages change, come, go and move; a picture is replaced; a file stands where a folder was."""
    change(site, "content/news/c.md", lambda text: text.replace("Titel", "Andere titel"))
    (site.root / "content/kudos/dank.md").unlink()
    (site.root / "content/news/b.md").rename(site.root / "content/news/bee.md")
    site.post("meetings/nieuw")
    site.post("news/a/index", "Eerste alinea.\n\nZonder link.", authors="jan")
    (site.root / "content/news/b.en.md").unlink()
    site.write("content/people/jan.png", picture("green"))
    shutil.rmtree(site.root / "content/static/map")
    site.write("content/static/map", "nu een bestand\n")


def inject(site: Site, fault: str, *more: str) -> "subprocess.CompletedProcess[str]":
    """A build in which the system does something to a call of ours."""
    calls = fault.partition(":")[0]
    strace = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={calls}"]
    return subprocess.run(
        [*strace, "-e", f"inject={fault}", *more, *PYTHON],
        cwd=site.root, env={**os.environ, "LC_ALL": "C.UTF-8"},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


class Crash:
    """A site with an old version on the server and a new one in its sources."""

    def __init__(self, site: Site) -> None:
        self.site = furnish(site)
        self.clean = site.root.parent / "clean"
        site.write("content/static/map/x", "in een map\n")
        site.build()
        self.old = site.tree()
        self.start = site.root.parent / "start"
        shutil.copytree(site.root, self.start)
        edit_a_lot(site)
        self.new = clean_tree(site, self.clean)
        self.sources = site.root.parent / "sources"
        shutil.copytree(site.root, self.sources)

    def again(self) -> None:
        """Back to the old version on the server and the new one in the sources."""
        shutil.rmtree(self.site.root)
        shutil.copytree(self.sources, self.site.root)

    def assert_whole(self) -> None:
        """Every file that is served is of one version or the other, from end to end."""
        for path, data in self.site.tree().items():
            if not path.startswith(".plein"):
                assert data in (self.old.get(path), self.new.get(path)), path

    def assert_mended(self) -> None:
        """The next build makes what a clean one makes, and leaves nothing else."""
        self.site.build()
        assert_same(self.site.tree(), self.new)
        public = self.site.root / "public"
        assert [f for f in public.rglob("*") if f.is_dir() and not any(f.iterdir())] == []
        again = self.site.build()
        assert (again.written, again.removed, again.rendered) == ((), (), 0)


@pytest.fixture
def crash(site: Site) -> Crash:
    return Crash(site)


def kill_at(crash: Crash, call: str, number: int) -> bool:
    """Kill at the n-th call, and see that it does no harm; whether the build got that far."""
    done = inject(crash.site, f"{call}:signal=SIGKILL:when={number}")
    assert "Traceback" not in done.stderr, done.stderr
    crash.assert_whole()
    crash.assert_mended()
    crash.again()
    return done.returncode == KILLED


@pytest.mark.parametrize(
    ("call", "number"), [("rename", 1), ("rename", 9), ("unlink", 3), ("pwrite64", 5)]
)
def test_a_build_that_is_killed_leaves_every_file_whole(
    crash: Crash, call: str, number: int
) -> None:
    assert kill_at(crash, call, number)


CALLS = ("rename", "unlink", "rmdir", "mkdir", "write", "pwrite64", "fdatasync", "openat")


@pytest.mark.long
@pytest.mark.parametrize("call", CALLS)
def test_killed_at_every_call(crash: Crash, call: str) -> None:
    step = 40 if call == "openat" else 1
    for number in range(1, 3000, step):
        if not kill_at(crash, call, number):
            break


@pytest.mark.long
def test_killed_at_random_two_hundred_times(crash: Crash) -> None:
    chance = random.Random(11)
    for _ in range(200):
        calls = chance.choice(CALLS[:-1])
        kill_at(crash, calls, chance.randint(1, 120))


@pytest.mark.parametrize("call", ["write", "rename"])
@pytest.mark.parametrize("number", [1, 2, 5])
def test_a_first_build_that_is_killed_can_simply_be_done_again(
    site: Site, call: str, number: int
) -> None:
    furnish(site)
    assert inject(site, f"{call}:signal=SIGKILL:when={number}").returncode == KILLED
    site.build()
    assert_same(site.tree(), clean_tree(site, site.root.parent / "clean"))


def test_killed_twice_and_then_the_edit_is_taken_back(crash: Crash) -> None:
    """What a killed build put in place is known as ours, also when nobody wants it any more."""
    inject(crash.site, "rename:signal=SIGKILL:when=12")
    inject(crash.site, "rename:signal=SIGKILL:when=9")
    for name in ("content", "themes"):
        shutil.rmtree(crash.site.root / name)
        shutil.copytree(crash.start / name, crash.site.root / name)
    crash.site.build()
    assert_same(crash.site.tree(), crash.old)


@pytest.mark.parametrize(
    ("fault", "named"),
    [
        ("write:error=ENOSPC:when=3", "public/"),
        ("pwrite64:error=ENOSPC:when=1+", ".plein/cache.sqlite"),
        ("mkdir:error=EROFS:when=1+", "public/"),
        ("fdatasync:error=EIO:when=1+", ".plein/cache.sqlite"),
    ],
)
def test_a_full_or_read_only_disk_is_named_and_what_is_served_stays(
    crash: Crash, fault: str, named: str
) -> None:
    done = inject(crash.site, fault)
    assert done.returncode == 4, done.stdout + done.stderr
    assert named in done.stdout + done.stderr
    assert crash.site.tree() == crash.old
    crash.assert_mended()


def test_a_cache_that_cannot_be_made_is_named(site: Site) -> None:
    furnish(site)
    done = inject(site, "pwrite64:error=ENOSPC:when=1+")
    assert done.returncode == 4, done.stdout + done.stderr
    assert ".plein/cache.sqlite" in done.stdout + done.stderr
    assert not (site.root / "public").exists()


def test_a_post_that_cannot_be_read_is_named(crash: Crash) -> None:
    done = inject(crash.site, "openat:error=EACCES:when=1+", "-P", "content/news/c.md")
    assert done.returncode == 4, done.stdout + done.stderr
    assert "content/news/c.md" in done.stdout + done.stderr
    assert crash.site.tree() == crash.old


@pytest.mark.parametrize(
    ("fault", "code"), [("rename:signal=SIGKILL:when=1", KILLED), ("rename:error=ENOSPC:when=1", 4)]
)
def test_the_last_site_is_kept_whole_or_not_at_all(crash: Crash, fault: str, code: int) -> None:
    assert inject(crash.site, fault, "-P", ".plein/volume-new").returncode == code
    crash.assert_whole()
    crash.assert_mended()
    assert len(list(crash.site.root.glob(".plein/volume-*"))) == 1
