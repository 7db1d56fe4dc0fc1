"""What another process does meanwhile: it changes when something is done, and nothing else."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.conftest import NOW, Site
from tests.exactness.world import assert_same, clean_tree, furnish

# One errand elsewhere: who did it, and what came of it. Programs of their own, for a test runner
# has threads, and who has these does everything alone.
PROGRAM = """
import os, signal, sys, threading, time
from pathlib import Path
from generator.errand import Errand
from generator.store import Store
me = os.getpid()
{before}
def do():
    if os.getpid() != me:
        {there}
    return os.getpid(), "gedaan" * {times}
errand = Errand(do, elsewhere=True)
{meanwhile}
who, what = errand.result()
print("hier" if who == me else "daar", len(what))
"""


def program(
    before: str = "", there: str = "pass", meanwhile: str = "", times: int = 1, *args: str
) -> subprocess.CompletedProcess[str]:
    text = PROGRAM.format(before=before, there=there, meanwhile=meanwhile, times=times)
    command = [sys.executable, "-W", "error", "-c", text, *args]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_an_errand_is_done_elsewhere_however_much_comes_of_it() -> None:
    assert program().stdout == "daar 6\n"
    assert program(times=1_000_000).stdout == "daar 6000000\n"


@pytest.mark.parametrize(
    "fate",
    ["os._exit(0)", "os.kill(os.getpid(), 9)", "raise MemoryError", "raise KeyboardInterrupt"],
)
def test_where_that_fails_it_is_done_here(fate: str) -> None:
    done = program(there=fate)
    assert done.stdout == "hier 6\n", done.stderr
    assert not done.stderr


@pytest.mark.parametrize(
    "before",
    [
        "threading.Thread(target=time.sleep, args=(2,)).start()",
        "signal.signal(signal.SIGCHLD, signal.SIG_IGN)",
        "def fork(): raise BlockingIOError(11, 'te veel')\nos.fork = fork",
        "def pipe(): raise OSError(24, 'te veel')\nos.pipe = pipe",
    ],
)
def test_where_no_copy_can_be_made_it_is_done_here(before: str) -> None:
    done = program(before)
    assert done.stdout == "hier 6\n", done.stderr


def test_what_goes_wrong_is_told_here() -> None:
    done = program(meanwhile="errand._do = lambda: 1 / 0", there="raise ValueError")
    assert "ZeroDivisionError" in done.stderr
    assert done.stderr.count("Traceback") == 1


def test_who_waits_and_is_interrupted_lets_go() -> None:
    """And closes only its own end of the pipe, which may be another file's number by then."""
    interrupt = """
signal.setitimer(signal.ITIMER_REAL, 0.5)
def stop(*_): raise KeyboardInterrupt
signal.signal(signal.SIGALRM, stop)
try:
    errand.result()
except KeyboardInterrupt:
    with open(os.devnull) as other:
        errand.forget()
        other.read()
    try:
        os.waitpid(-1, 0)
    except ChildProcessError:
        print("niemand meer")
    sys.exit()
"""
    assert program(there="time.sleep(60)", meanwhile=interrupt).stdout == "niemand meer\n"


def test_the_copy_holds_no_lock_of_a_build_that_is_killed(site: Site) -> None:
    furnish(site)
    before = "store = Store(Path(sys.argv[1]))"
    killed = "print(errand._child, flush=True); os.kill(me, signal.SIGKILL)"
    done = program(before, "time.sleep(60)", killed, 1, str(site.root / ".plein"))
    copy = int(done.stdout)
    assert copy > 0
    try:
        assert done.returncode == -signal.SIGKILL
        site.run("build")
    finally:
        os.kill(copy, signal.SIGKILL)


def delete(site: Site) -> None:
    (site.root / "public/nieuws/c/index.html").unlink()


def change(site: Site) -> None:
    site.write("public/nieuws/c/index.html", "van iemand anders")


def add(site: Site) -> None:
    site.write("public/van-mij/lijst.txt", "van mij")


def make_empty(site: Site) -> None:
    (site.root / "public/leeg/nog").mkdir(parents=True)


@pytest.mark.parametrize("what", [delete, change, add, make_empty])
@pytest.mark.parametrize("edit", [False, True])
def test_a_build_that_has_its_output_looked_at_sees_all(
    site: Site, what: Callable[[Site], None], edit: bool
) -> None:
    furnish(site)
    site.run("build", "--clock", NOW, "--workers", "2")
    what(site)
    if edit:
        site.post("news/c", "Anders.")
    site.run("build", "--clock", NOW, "--workers", "2")
    left = site.tree()
    left.pop("van-mij/lijst.txt", None)
    assert_same(left, clean_tree(site, site.root.parent / "clean"))
    assert not (site.root / "public/leeg").exists()
