"""How much quicker Python-Markdown's inline step is with Plein's: `python -m benchmarks.inline`.

The same bodies through the library with its own extensions, with and without
the step that passes over patterns that can't match. Prints a ratio of medians,
and fails where the HTML differs.
"""

import statistics
import sys
import time
from collections.abc import Sequence

from markdown import Markdown

from benchmarks.corpus import posts
from generator.markup.inline import FastInline

_EXTENSIONS = ("extra", "toc", "admonition", "sane_lists", "smarty")
_RUNS = 5


def converter(is_fast: bool) -> Markdown:
    """The library with its own extensions, and our inline step or its own."""
    made = Markdown(extensions=list(_EXTENSIONS))
    if is_fast:
        step = FastInline(made)
        made.treeprocessors.register(step, "inline", 20)
        step.prepare()
    return made


def html_of(bodies: Sequence[str], md: Markdown) -> list[str]:
    """The HTML of each body."""
    return [md.reset().convert(body) for body in bodies]


def seconds(bodies: Sequence[str], md: Markdown) -> float:
    """How long all bodies take."""
    start = time.perf_counter()
    html_of(bodies, md)
    return time.perf_counter() - start


def main() -> None:
    """Convert by turns, and tell how long that takes beside the library alone."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    bodies = [post.body for post in posts(count)]
    own, fast = converter(False), converter(True)
    if html_of(bodies, own) != html_of(bodies, fast):
        sys.exit("The HTML differs.")
    turns = [(seconds(bodies, own), seconds(bodies, fast)) for _ in range(_RUNS)]
    before, after = (statistics.median(one) / count * 1000 for one in zip(*turns, strict=True))
    print(f"{before:.2f} ms a post, {after:.2f} with it: {after / before:.0%}")


if __name__ == "__main__":
    main()
