"""What search costs a build: `python -m benchmarks.search 10000`.

The same posts are built with and without an index: all of them for the first
time, nothing changed, a text in the newest month edited, one of an earlier
year, and a post added. Prints a table for the docs.
"""

import os
import resource
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from benchmarks.corpus import Post, posts
from benchmarks.plein import PLEIN
from generator.build import build
from generator.result import Result
from generator.work import Options, Project

FOLDER = Path(".bench/search")
Change = Callable[[Path], object]


def cpu_seconds() -> float:
    """Of this process and all that it has waited for."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in both)


def measured(root: Path) -> tuple[float, float, Result]:
    """A build with its seconds on the wall and of the processor."""
    start, before = time.perf_counter(), cpu_seconds()
    result = build(Project(root), Options())
    return time.perf_counter() - start, cpu_seconds() - before, result


def edit_of(post: Post) -> Change:
    """A sentence more at the end of a post."""

    def change(root: Path) -> None:
        with (root / PLEIN.body(post)).open("a") as file:
            file.write("\nEn nog een zin over otters.\n")

    return change


def run(root: Path, archive: tuple[Post, ...], extra: Post, setting: str) -> dict[str, str]:
    """What each change costs with a setting: seconds, and how many records were indexed."""
    shutil.rmtree(root, ignore_errors=True)
    PLEIN.lay_out(root, archive)
    settings = root / "site.yaml"
    own = settings.read_text(encoding="utf-8").replace("search: no\n", f"search: {setting}\n")
    settings.write_text(own, encoding="utf-8")
    changes: dict[str, Change] = {
        "for the first time": lambda _: None,
        "nothing changed": lambda _: None,
        "a text of the newest month edited": edit_of(archive[-1]),
        "a text of four years ago edited": edit_of(archive[-4 * len(archive) // 10]),
        "a post added": lambda _: (root / PLEIN.body(extra)).write_text(PLEIN.added(extra)),
    }
    told = {}
    for name, change in changes.items():
        change(root)
        wall, cpu, result = measured(root)
        told[name] = f"{wall:.2f} s, {cpu:.2f} CPU"
        told[f"{name}: records"] = str(result.indexed)
    return told


def main(count: int) -> None:
    """Build without and with, and print both."""
    archive = tuple(posts(count))
    extra = replace(archive[-1], slug=f"{archive[-1].slug}-nieuw", body="Een bericht meer.\n")
    root = FOLDER / str(count)
    without = run(root, archive, extra, "no")
    with_ = run(root, archive, extra, "yes")
    print(f"{count:,} posts; {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}\n")
    print("| build | without search | with search | records indexed |\n|---|---|---|---|")
    for name in without:
        if not name.endswith(": records"):
            print(f"| {name} | {without[name]} | {with_[name]} | {with_[f'{name}: records']} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
