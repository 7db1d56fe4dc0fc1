"""Measuring: a limit, sessions that are kept apart, and what is told of them."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks import __main__ as command
from benchmarks.corpus import Post
from benchmarks.growth import curve_of
from benchmarks.measure import Run, run
from benchmarks.peer import Peer, write
from benchmarks.results import write_results
from benchmarks.scenarios import SCENARIOS
from benchmarks.sessions import EQUAL, OWN, Made, Measured, Session, middle, save, saved


def lay_out(folder: Path, posts: tuple[Post, ...]) -> None:
    write(folder / "base.html", "</body>")
    for post in posts:
        write(folder / "content" / post.slug, post.body)


def peer(key: str, name: str, script: str, tool: str = "1.2.3") -> Peer:
    """A generator that is one line of shell."""

    def install(_: Path) -> str:
        if not tool:
            raise FileNotFoundError("there is no such package")
        return tool

    return Peer(
        key=key,
        name=name,
        install=install,
        lay_out=lay_out,
        command=lambda _: ["sh", "-c", script],
        forget=("public",),
        body=lambda post: f"content/{post.slug}",
        added=lambda post: post.body,
        layout="base.html",
    )


MAKE = (
    "mkdir -p public/a; echo x > public/a/index.html; echo y > public/feed.xml; echo z > public/z"
)


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which quick generators of our own are measured."""
    pleins = (peer("plein-own", OWN, MAKE), peer("plein-equal", EQUAL, MAKE))
    slow = "[ -f public/once ] && sleep 60; mkdir -p public; touch public/once"
    others = (
        peer("quick", "Quick", MAKE),
        peer("slow", "Slow", slow),
        peer("broken", "Broken", "exit 3"),
        peer("absent", "Absent", MAKE, tool=""),
    )
    monkeypatch.setattr(command, "PLEINS", {one.key: one for one in pleins})
    monkeypatch.setattr(command, "PEERS", {one.key: one for one in others})
    monkeypatch.chdir(tmp_path)
    return tmp_path


def measure(folder: Path, *arguments: str) -> str:
    """A session by the command line, and the RESULTS.md that comes of it."""
    command.main([*arguments, "--cold-runs", "1", "--results", str(folder)])
    return (folder / "RESULTS.md").read_text(encoding="utf-8")


def test_all_scenarios_are_measured_and_told(bench: Path) -> None:
    told = measure(bench, "20", "--peers", "quick", "--runs", "2")
    assert all(f"| {scenario} |" in told for scenario in SCENARIOS)
    assert "## 20 posts, beside Quick" in told
    assert "python -m benchmarks 20 --peers quick --runs 2 --cold-runs 1" in told
    assert "| HTML pages | 1 | 1 | 1 |" in told
    assert "| feeds and other XML and JSON | 1 | 1 | 1 |" in told
    assert "Quick 1.2.3" in told
    assert (bench / "results.svg").is_file()
    assert not (bench / "growth.svg").exists()


def test_who_is_looked_at_is_held_up_so_memory_is_told_by_a_run_of_its_own(bench: Path) -> None:
    told = measure(bench, "20", "--peers", "quick", "--runs", "2")
    (session,) = saved(bench)
    for scenario, runs in session.measured["Quick"].runs.items():
        first, *others = runs
        assert first.memory_mb is not None
        assert [one.memory_mb for one in others] == [None] * len(others)
        assert session.measured["Quick"].seconds(scenario) == middle(others, "seconds")
        assert len(others) == (1 if "cold" in scenario else 2)
    assert told.count("| 2 |") == len(SCENARIOS) - 1


def test_a_session_elsewhere_stands_beside_that_on_the_usual_disk(bench: Path) -> None:
    place = bench / "in-memory"
    place.mkdir()
    for more in ((), ("--folder", str(place))):
        told = measure(bench, "20", "--peers", "quick", "--runs", "1", *more)
    assert "## 20 posts, beside Quick\n" in told
    assert f"## 20 posts, beside Quick, in {place}\n" in told
    assert f"--runs 1 --cold-runs 1 --folder {place}`" in told
    assert not list(place.iterdir())


def test_who_takes_too_long_or_fails_or_is_absent_holds_up_nobody(
    bench: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    peers = ("quick", "slow", "broken", "absent")
    told = measure(bench, "20", "--peers", *peers, "--runs", "1", "--limit", "1.2")
    (session,) = saved(bench)
    assert session.measured["Slow"].stopped == {"nothing changed": "more than 1 s"}
    assert list(session.measured["Slow"].runs) == ["cold, no cache at all"]
    assert list(session.measured["Broken"].stopped.values()) == ["failed"]
    assert set(session.measured["Quick"].runs) == set(SCENARIOS)
    assert "more than 1 s" in told
    assert "Absent" not in session.measured
    assert "Absent can't be installed, and is skipped" in capsys.readouterr().err


def test_a_number_of_posts_after_another_gives_the_growth_of_plein(bench: Path) -> None:
    told = measure(bench, "10", "30", "--peers", "--runs", "1")
    assert "| Plein, own theme | 10 posts | 30 posts |" in told
    assert "posts, beside" not in told
    assert (bench / "growth.svg").is_file()


def runs(seconds: float, count: int = 1) -> list[Run]:
    return [Run(seconds, seconds, 100)] * count


def session(posts: int, count: int = 1, **seconds: float) -> Session:
    """A session with one scenario; its generators by the first letters of their names."""
    names = {"own": OWN, "equal": EQUAL, "hugo": "Hugo", "nikola": "Nikola"}
    measured = {
        names[key]: Measured("1.0.0", {"cold": runs(value, count)}, made=Made(1, 1, 1, 2_000_000))
        for key, value in seconds.items()
    }
    return Session(posts, "python -m benchmarks", "2026-11-24 18:30 UTC", 2, "3.13.0", measured)


def test_ratios_are_of_one_session(bench: Path) -> None:
    save(session(1000, 5, own=2, equal=1, hugo=8), bench)
    save(session(1000, 1, own=4, equal=3, nikola=30), bench)
    write_results(saved(bench), bench)
    told = (bench / "RESULTS.md").read_text(encoding="utf-8")
    assert "| cold | 2.00 s | 1.00 s | 8.00 s (4.0× / 8.0×) | 5 |" in told
    assert "| cold | 4.00 s | 3.00 s | 30.00 s (7.5× / 10×) | 1 |" in told
    picture = (bench / "results.svg").read_text(encoding="utf-8")
    assert "Hugo: 8.0× (8.00 s)" in picture
    assert "Nikola: 10× (30.00 s)" in picture
    assert f"{OWN}: 2.0× (2.00 s)" in picture


def test_the_same_once_more_takes_the_place_of_the_former(bench: Path) -> None:
    save(session(1000, own=2, hugo=8), bench)
    save(session(1000, own=2, hugo=6), bench)
    save(session(1000, own=2), bench)
    assert [one.measured["Hugo"].seconds("cold") for one in saved(bench) if one.peers()] == [6]
    assert len(saved(bench)) == 2


def test_growth_takes_the_session_with_the_most_runs(bench: Path) -> None:
    save(session(1000, 3, own=2), bench)
    save(session(1000, 1, own=9, hugo=8), bench)
    assert curve_of(saved(bench)) == {}
    save(session(100_000, 1, own=200), bench)
    assert curve_of(saved(bench)) == {
        OWN: {1000: {"cold": runs(2, 3)}, 100_000: {"cold": runs(200)}},
    }


def test_a_limit_ends_the_command_and_all_that_it_started(tmp_path: Path) -> None:
    child = "import os, time; open('pid', 'w').write(str(os.getpid())); time.sleep(60)"
    script = f'{sys.executable} -c "{child}" & wait'
    with pytest.raises(subprocess.TimeoutExpired):
        run(["sh", "-c", script], tmp_path, limit_seconds=2)
    pid = int((tmp_path / "pid").read_text())
    deadline = time.monotonic() + 5
    while is_running(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_running(pid)


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_a_run_with_a_limit_is_waited_for_and_not_looked_at_now_and_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "sleep", lambda _: pytest.fail("its end would be seen late"))
    assert run(["true"], tmp_path, limit_seconds=60).seconds > 0
