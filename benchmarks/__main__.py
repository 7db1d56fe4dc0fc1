"""`python -m benchmarks`: Plein beside its peers in one session, each scenario a fresh process.

Peers are installed into folders of their own (`.bench/`); one that can't be
had is reported and skipped. Compare only figures of one session.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.corpus import posts
from benchmarks.eleventy import ELEVENTY
from benchmarks.hugo import HUGO
from benchmarks.measure import Run, run
from benchmarks.peer import Peer
from benchmarks.pelican import PELICAN
from benchmarks.plein import PLEIN
from benchmarks.results import write_results
from benchmarks.scenarios import SCENARIOS, Site, cold

TOOLS = Path(".bench")
FIGURES = TOOLS / "figures.json"
PEERS = {peer.name: peer for peer in (PLEIN, HUGO, ELEVENTY, PELICAN)}


def main() -> None:
    """Measure what was asked for, and write the results when told to."""
    asked = _arguments()
    peers = [PEERS[name] for name in asked.peers.split(",")]
    versions = dict(_install(peers))
    present = [peer for peer in peers if peer.name in versions]
    figures = json.loads(FIGURES.read_text()) if FIGURES.is_file() else {"sizes": {}}
    figures["versions"] = {**figures.get("versions", {}), **versions}
    figures["machine"] = _machine()
    size = figures["sizes"].setdefault(str(asked.posts), {})
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        for measured in _session(Path(folder), present, asked):
            size.update(measured)
            FIGURES.write_text(json.dumps(figures, indent=1))
            write_results(figures)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("posts", nargs="?", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=5, help="of each scenario")
    parser.add_argument("--cold-runs", type=int, default=3, help="of a cold build")
    parser.add_argument("--peers", default=",".join(PEERS), help="whom to measure")
    parser.add_argument("--folder", default=None, help="where the sites are made; a quick disk")
    return parser.parse_args()


def _install(peers: list[Peer]) -> Iterator[tuple[str, str]]:
    """The version of each peer that can be had."""
    for peer in peers:
        try:
            yield peer.name, peer.install((TOOLS / peer.name.lower()).absolute())
        except (OSError, subprocess.SubprocessError) as error:
            print(f"{peer.name} can't be installed, and is skipped: {error}", file=sys.stderr)


def _machine() -> dict[str, object]:
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    day = datetime.now(UTC).date().isoformat()
    return {"processors": count, "python": sys.version.split()[0], "day": day}


def _session(
    folder: Path, peers: list[Peer], asked: argparse.Namespace
) -> Iterator[dict[str, dict[str, list[dict[str, float]]]]]:
    """All runs so far by peer and scenario, after each scenario; the peers take turns."""
    corpus = tuple(posts(asked.posts))
    sites = [Site(folder / peer.name.lower(), peer, corpus) for peer in peers]
    for site in sites:
        site.peer.lay_out(site.folder, corpus)
    figures: dict[str, dict[str, list[dict[str, float]]]] = {peer.name: {} for peer in peers}
    for scenario, change in SCENARIOS.items():
        for number in range(asked.cold_runs if change is cold else asked.runs):
            for site in sites:
                change(site, number)
                done = run(site.peer.command(_tools(site.peer)), site.folder)
                figures[site.peer.name].setdefault(scenario, []).append(asdict(done))
                _tell(site, scenario, done)
        yield figures


def _tools(peer: Peer) -> Path:
    return (TOOLS / peer.name.lower()).absolute()


def _tell(site: Site, scenario: str, done: Run) -> None:
    shown = f"{done.seconds:7.2f} s {done.cpu_seconds:7.2f} s CPU {done.memory_mb:6.0f} MB"
    print(f"{site.peer.name:<10} {scenario:<32} {shown}", flush=True)


if __name__ == "__main__":
    main()
