"""`python -m benchmarks`: Plein beside its peers in one session, each scenario a fresh process.

Peers are installed into folders of their own (`.bench/`); one that can't be
had is reported and skipped, and so is one that takes too long. Plein takes
turns with the peers of this session, and only figures of one session are
compared. RESULTS.md is made from all sessions that were kept.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.corpus import posts
from benchmarks.eleventy import ELEVENTY
from benchmarks.hugo import HUGO
from benchmarks.measure import Run, run
from benchmarks.nikola import NIKOLA
from benchmarks.peer import Peer
from benchmarks.pelican import PELICAN
from benchmarks.plein import PLEIN, PLEIN_EQUAL
from benchmarks.results import HERE, write_results
from benchmarks.scenarios import SCENARIOS, Site, cold
from benchmarks.sessions import Made, Session, begin, save, saved

TOOLS = Path(".bench")
PLEINS = {peer.key: peer for peer in (PLEIN, PLEIN_EQUAL)}
PEERS = {peer.key: peer for peer in (HUGO, ELEVENTY, PELICAN, NIKOLA)}


def main(arguments: list[str] | None = None) -> None:
    """Measure what was asked for, number by number, and write the results after each scenario."""
    asked = _arguments(arguments)
    chosen = [PLEINS[key] for key in asked.plein] + [PEERS[key] for key in asked.peers]
    versions = dict(_install(chosen))
    present = [peer for peer in chosen if peer.name in versions]
    for count in asked.posts:
        print(f"{count:,} posts: {', '.join(peer.name for peer in present)}", flush=True)
        session = begin(count, _command(count, asked), versions, asked.folder)
        with tempfile.TemporaryDirectory(dir=asked.folder or None) as folder:
            for _ in _scenarios(session, Path(folder), present, asked):
                save(session, asked.results)
                write_results(saved(asked.results), asked.results)


def _arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    say = parser.add_argument
    say("posts", nargs="*", type=int, default=[1000], help="how many; several for a curve")
    say("--peers", nargs="*", choices=[*PEERS], default=[*PEERS], help="whom; none: Plein alone")
    say("--plein", nargs="+", choices=[*PLEINS], default=[*PLEINS], help="with which theme")
    say("--runs", type=int, default=5, help="of each scenario")
    say("--cold-runs", type=int, default=5, help="of a cold build")
    say("--limit", type=float, default=600, help="seconds that a build may take")
    say(
        "--results",
        type=Path,
        default=HERE,
        help="where RESULTS.md is written, and what it is made from",
    )
    say("--folder", default="", help="where the sites are made; a quick disk, or memory")
    return parser.parse_args(arguments)


def _command(count: int, asked: argparse.Namespace) -> str:
    """What measures one number of posts again."""
    peers = "".join(f" {key}" for key in asked.peers)
    pleins = "" if len(asked.plein) == len(PLEINS) else f" --plein {asked.plein[0]}"
    runs = f"--runs {asked.runs} --cold-runs {asked.cold_runs}"
    place = f" --folder {asked.folder}" if asked.folder else ""
    return f"python -m benchmarks {count} --peers{peers}{pleins} {runs}{place}"


def _install(peers: list[Peer]) -> Iterator[tuple[str, str]]:
    """The version of each peer that can be had."""
    for peer in peers:
        try:
            yield peer.name, peer.install(_tools(peer))
        except (OSError, subprocess.SubprocessError) as error:
            print(f"{peer.name} can't be installed, and is skipped: {error}", file=sys.stderr)


def _tools(peer: Peer) -> Path:
    return (TOOLS / peer.key).absolute()


def _scenarios(
    session: Session, folder: Path, peers: list[Peer], asked: argparse.Namespace
) -> Iterator[None]:
    """Measure scenario by scenario; in each the generators take turns, first once to tell their
    memory and then for time."""
    corpus = tuple(posts(session.posts))
    sites = [Site(folder / peer.key, peer, corpus) for peer in peers]
    for site in sites:
        site.peer.lay_out(site.folder, corpus)
    for scenario, change in SCENARIOS.items():
        for number in range(1 + (asked.cold_runs if change is cold else asked.runs)):
            for site in sites:
                measured = session.measured[site.peer.name]
                if not measured.stopped:
                    change(site, number)
                    _attempt(session, site, scenario, asked.limit, looks_at_memory=number == 0)
        yield


def _attempt(
    session: Session, site: Site, scenario: str, limit: float, looks_at_memory: bool
) -> None:
    """One build, measured; a peer that fails or takes too long is measured no more."""
    measured = session.measured[site.peer.name]
    try:
        done = run(site.peer.command(_tools(site.peer)), site.folder, limit, looks_at_memory)
    except subprocess.TimeoutExpired:
        measured.stopped[scenario] = f"more than {limit:.0f} s"
    except subprocess.CalledProcessError as error:
        print(error.output.decode(errors="replace")[-2000:], file=sys.stderr)
        measured.stopped[scenario] = "failed"
    else:
        measured.runs.setdefault(scenario, []).append(done)
        if measured.made is None:
            measured.made = _made(site.folder / site.peer.output)
        return _tell(site, scenario, _shown(done))
    return _tell(site, scenario, f"{measured.stopped[scenario]}, and is skipped from here on")


def _made(output: Path) -> Made:
    """What lies in the output of a build."""
    files = [file for file in output.rglob("*") if file.is_file()]
    endings = [file.suffix for file in files]
    pages = endings.count(".html")
    feeds = endings.count(".xml") + endings.count(".json")
    size_bytes = sum(file.stat().st_size for file in files)
    return Made(pages, feeds, len(files) - pages - feeds, size_bytes)


def _shown(done: Run) -> str:
    memory = "" if done.memory_mb is None else f" {done.memory_mb:6.0f} MB"
    return f"{done.seconds:7.2f} s {done.cpu_seconds:7.2f} s CPU{memory}"


def _tell(site: Site, scenario: str, what: str) -> None:
    print(f"{site.peer.name:<19} {scenario:<31} {what}", flush=True)


if __name__ == "__main__":
    main()
