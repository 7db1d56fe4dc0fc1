"""`python -m benchmarks [POSTS]`: how long Plein takes, each scenario a fresh process.

Prints the median of five runs, and the peak memory of the main process. Peers
beside it come later; compare only figures of one run on one machine.
"""

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.corpus import posts
from benchmarks.layouts import write_plein
from generator.paths import bundled_themes

RUNS = 5


def main(count: int) -> None:
    """Make an archive of so many posts and time each scenario on it."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        write_plein(site, posts(count))
        shutil.copytree(bundled_themes() / "default", site / "themes" / "default")
        print(f"{count} posts, {os.cpu_count()} processors, Python {sys.version.split()[0]}")
        for name, change in _SCENARIOS.items():
            runs = 1 if change is _forget else RUNS
            seconds = [_timed(site, change, number) for number in range(runs)]
            print(f"{name:<28} {statistics.median(seconds):7.2f} s")
    peak_kb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(f"{'peak memory of one process':<28} {peak_kb / 1000:7.0f} MB")


def _timed(site: Path, change: Callable[[Path, int], None], number: int) -> float:
    change(site, number)
    started = time.perf_counter()
    command = [sys.executable, "-m", "generator", "build", "--quiet"]
    subprocess.run(command, cwd=site, check=True, env={**os.environ, "PYTHONPATH": str(Path.cwd())})
    return time.perf_counter() - started


def _forget(site: Path, _: int) -> None:
    for name in (".plein", "public"):
        shutil.rmtree(site / name, ignore_errors=True)


def _nothing(_site: Path, _: int) -> None:
    pass


def _edit(site: Path, number: int) -> None:
    files = sorted((site / "content" / "news").glob("*.md"))
    file = files[len(files) // 2]
    file.write_text(f"{file.read_text()}\nNog een zin, de {number}e.\n")


def _add(site: Path, number: int) -> None:
    text = f"---\ntitle: Nieuw {number}\ndate: 2025-12-{number + 1:02}\n---\n\nTekst.\n"
    (site / "content" / "news" / f"nieuw-{number}.md").write_text(text)


def _touch(site: Path, _: int) -> None:
    for file in (site / "content").rglob("*.md"):
        file.touch()


def _layout(site: Path, number: int) -> None:
    file = site / "themes" / "default" / "templates" / "base.html"
    file.write_text(file.read_text().replace("</body>", f"<!-- {number} --></body>"))


_SCENARIOS: dict[str, Callable[[Path, int], None]] = {
    "cold, no cache at all": _forget,
    "nothing changed": _nothing,
    "one body edited": _edit,
    "one post added": _add,
    "a checkout: all times new": _touch,
    "the frame of every page": _layout,
}

if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
