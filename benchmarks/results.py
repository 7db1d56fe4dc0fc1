"""RESULTS.md and its pictures, made from what was kept: `python -m benchmarks.results`."""

from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.growth import curve_of, growth, growth_picture
from benchmarks.pictures import beside_picture
from benchmarks.sessions import PLEINS, Made, Measured, Session, middle, row, saved, timed, times

HERE = Path(__file__).parent
_MADE: dict[str, Callable[[Made], str]] = {
    "HTML pages": lambda made: f"{made.pages:,}",
    "feeds and other XML and JSON": lambda made: f"{made.feeds:,}",
    "other files": lambda made: f"{made.others:,}",
    "all files together": lambda made: f"{made.size_bytes / 1e6:,.0f} MB",
}


def write_results(sessions: Sequence[Session], folder: Path = HERE) -> None:
    """RESULTS.md of all sessions, the picture of the most posts with peers, and that of growth."""
    beside = [session for session in sessions if session.peers()]
    curve = curve_of(sessions)
    parts = [_head(sessions, beside), *map(_session, beside), growth(curve), _notes()]
    (folder / "RESULTS.md").write_text("\n".join(filter(None, parts)), encoding="utf-8")
    if beside:
        usual = [session for session in beside if not session.place] or beside
        most = [session for session in usual if session.posts == usual[0].posts]
        (folder / "results.svg").write_text(beside_picture(most), encoding="utf-8")
    if curve:
        (folder / "growth.svg").write_text(growth_picture(curve), encoding="utf-8")


def _head(sessions: Sequence[Session], beside: Sequence[Session]) -> str:
    processors = ", ".join(sorted({str(one.processors) for one in sessions}))
    days = ", ".join(sorted({one.started[:10] for one in sessions}))
    versions = {
        name.partition(",")[0]: measured.version
        for session in reversed(sessions)
        for name, measured in session.measured.items()
    }
    told = ", ".join(f"{name} {number}" for name, number in sorted(versions.items()))
    return (
        "# Plein beside its peers\n\n"
        f"Measured on {days}: {processors} processors, Python {sessions[0].python}; {told}.\n\n"
        "Every figure is the median of the runs in one session, in which the generators take"
        " turns; every run is a fresh process. In brackets: how many times as long as Plein that"
        " is, in the same session: **with its own theme / with a theme equal to the peers'**."
        " [How to read this](#how-to-read-this).\n"
        + ("\n![How many times as long as Plein](results.svg)\n" if beside else "")
    )


def _session(session: Session) -> str:
    """The tables of one session: seconds with ratios, then what it took and made."""
    names = list(session.measured)
    scenarios = session.scenarios()
    where = f", in {session.place}" if session.place else ""
    lines = [
        f"## {session.posts:,} posts, beside {_list(session.peers())}{where}\n",
        f"`{session.command}`, begun {session.started}.\n",
        row("seconds on the wall", *names, "runs"),
        "|---" * (len(names) + 2) + "|",
        *(row(one, *_seconds(session, one), str(_count(session, one))) for one in scenarios),
        "",
        row("CPU of all processes, most memory", *names),
        "|---" * (len(names) + 1) + "|",
        *(row(one, *(_use(session.measured[name], one) for name in names)) for one in scenarios),
        *(row(what, *_made(session, say)) for what, say in _MADE.items()),
    ]
    return "\n".join(lines) + "\n"


def _list(names: Sequence[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def _count(session: Session, scenario: str) -> int:
    return max(len(timed(one.runs.get(scenario, ()))) for one in session.measured.values())


def _seconds(session: Session, scenario: str) -> list[str]:
    return [_cell(session, name, scenario) for name in session.measured]


def _cell(session: Session, name: str, scenario: str) -> str:
    """Seconds, and for a peer how many times as long as each Plein of the session that is."""
    measured = session.measured[name]
    seconds = measured.seconds(scenario)
    if seconds is None:
        return measured.stopped.get(scenario, "–")
    owns = [session.measured[one].seconds(scenario) for one in PLEINS if one in session.measured]
    ratios = " / ".join(times(seconds / own) if own else "–" for own in owns)
    return f"{seconds:.2f} s" + (f" ({ratios})" if ratios and name not in PLEINS else "")


def _use(measured: Measured, scenario: str) -> str:
    runs = measured.runs.get(scenario)
    if not runs or scenario in measured.stopped:
        return "–"
    return f"{middle(runs, 'cpu_seconds'):.2f} s, {middle(runs, 'memory_mb'):.0f} MB"


def _made(session: Session, say: Callable[[Made], str]) -> list[str]:
    return [say(one.made) if one.made else "–" for one in session.measured.values()]


def _notes() -> str:
    return (HERE / "NOTES.md").read_text(encoding="utf-8")


if __name__ == "__main__":
    write_results(saved(HERE))
