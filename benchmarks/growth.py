"""How Plein grows with the archive: the tables and the picture of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import log10

from benchmarks.measure import Run
from benchmarks.pictures import svg
from benchmarks.sessions import PLEINS, Session, middle, row, timed

# By the name of a Plein, the number of posts and the scenario: the runs.
Curve = dict[str, dict[int, dict[str, list[Run]]]]
Point = tuple[float, float]
_COLOURS = ("#0b6e4f", "#30638e", "#7d5ba6", "#edae49", "#d1495b", "#777")
_WIDTH, _HEIGHT, _GAP, _LEFT, _TOP = 340, 230, 80, 70, 120


def curve_of(sessions: Sequence[Session]) -> Curve:
    """The runs of each Plein, fewest posts first, of its session with the most runs.

    Empty where nothing was measured at more than one number of posts.
    """
    curve: Curve = {}
    for name in PLEINS:
        found = [one for one in sessions if name in one.measured and not one.place]
        best = sorted(found, key=lambda one: (one.posts, one.measured[name].count()))
        curve[name] = {one.posts: one.measured[name].runs for one in best}
    grown = any(len(sizes) > 1 for sizes in curve.values())
    return {name: sizes for name, sizes in curve.items() if sizes} if grown else {}


def growth(curve: Curve) -> str:
    """The chapter on growth: a picture, and a table for each Plein."""
    if not curve:
        return ""
    picture = "![Seconds and memory by number of posts](growth.svg)\n"
    tables = (_table(name, sizes) for name, sizes in curve.items())
    return "\n".join(["## How Plein grows\n", picture, *tables])


def _table(name: str, sizes: Mapping[int, Mapping[str, list[Run]]]) -> str:
    scenarios = dict.fromkeys(one for runs in sizes.values() for one in runs)
    lines = [
        row(name, *(f"{posts:,} posts" for posts in sizes)),
        "|---" * (len(sizes) + 1) + "|",
        *(row(one, *(_cell(runs.get(one)) for runs in sizes.values())) for one in scenarios),
    ]
    return "\n".join(lines) + "\n"


def _cell(runs: list[Run] | None) -> str:
    if not runs:
        return "–"
    wall, cpu, memory = (middle(runs, what) for what in ("seconds", "cpu_seconds", "memory_mb"))
    number = len(timed(runs))
    count = "1 run" if number == 1 else f"{number} runs"
    return f"{wall:.2f} s, {cpu:.2f} CPU, {memory:.0f} MB ({count})"


def growth_picture(curve: Curve) -> str:
    """Seconds and MB by posts, a panel for each Plein; all scales by powers of ten."""
    scenarios = dict.fromkeys(one for runs in _all_runs(curve) for one in runs)
    colours = dict(zip(scenarios, _COLOURS, strict=False))
    panels = [
        _panel(
            (column, line), f"{name}: {words}", _lines(sizes, what), _ticks(curve, what), colours
        )
        for line, (what, words) in enumerate(
            (("seconds", "seconds"), ("memory_mb", "MB of memory"))
        )
        for column, (name, sizes) in enumerate(curve.items())
    ]
    height = _TOP + 2 * (_HEIGHT + _GAP)
    return svg(900, height, "How Plein grows with the number of posts", _legend(colours), *panels)


def _all_runs(curve: Curve) -> Iterator[dict[str, list[Run]]]:
    yield from (runs for sizes in curve.values() for runs in sizes.values())


def _legend(colours: Mapping[str, str]) -> str:
    parts = []
    for at, (name, colour) in enumerate(colours.items()):
        x, y = 16 + at % 3 * 290, 46 + at // 3 * 22
        parts.append(f'<rect x="{x}" y="{y}" width="14" height="14" fill="{colour}"/>')
        parts.append(f'<text x="{x + 20}" y="{y + 12}">{escape(name)}</text>')
    return "".join(parts)


def _lines(sizes: Mapping[int, Mapping[str, list[Run]]], what: str) -> dict[str, list[Point]]:
    """By scenario: the numbers of posts, each with the median of a figure."""
    lines: dict[str, list[Point]] = {}
    for posts, scenarios in sizes.items():
        for scenario, runs in scenarios.items():
            lines.setdefault(scenario, []).append((posts, middle(runs, what)))
    return lines


def _ticks(curve: Curve, what: str) -> list[float]:
    """1, 2 and 5 of each power of ten, from below the least figure to above the most."""
    values = [middle(one, what) for runs in _all_runs(curve) for one in runs.values()]
    options = [factor * 10.0**power for power in range(-3, 6) for factor in (1, 2, 5)]
    low = max(one for one in options if one <= max(min(values), options[0]))
    high = min(one for one in options if one > low and one >= max(values))
    return [one for one in options if low <= one <= high]


@dataclass(frozen=True)
class _Scale:
    """From values to places on the paper, by powers of ten; less than `low` stands at `low`."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        whole = log10(self.high / self.low) or 1.0
        share = log10(max(value, self.low) / self.low) / whole
        return round(self.start + share * (self.end - self.start), 1)


def _panel(
    place: tuple[int, int],
    title: str,
    lines: Mapping[str, list[Point]],
    ticks: Sequence[float],
    colours: Mapping[str, str],
) -> str:
    """The lines of one Plein and one figure, in a column and a row of the picture."""
    left, top = _LEFT + place[0] * (_WIDTH + _GAP), _TOP + place[1] * (_HEIGHT + _GAP)
    posts = sorted({x for line in lines.values() for x, _ in line})
    across = _Scale(posts[0], posts[-1], left, left + _WIDTH)
    down = _Scale(ticks[0], ticks[-1], top + _HEIGHT, top)
    parts = [f'<text x="{left}" y="{top - 12}" font-weight="bold">{escape(title)}</text>']
    for tick in ticks:
        y = down(tick)
        parts.append(f'<path d="M{left} {y}h{_WIDTH}" stroke="#ddd"/>')
        parts.append(f'<text x="{left - 8}" y="{y + 5}" text-anchor="end">{tick:g}</text>')
    for count in posts:
        place_ = f'x="{across(count)}" y="{top + _HEIGHT + 20}"'
        parts.append(f'<text {place_} text-anchor="middle">{count:,}</text>')
    for name, line in lines.items():
        parts.append(_curve([(across(x), down(y)) for x, y in line], colours[name]))
    return "".join(parts)


def _curve(points: list[Point], colour: str) -> str:
    at = " ".join(f"{x},{y}" for x, y in points)
    dots = "".join(f'<circle cx="{x}" cy="{y}" r="3" fill="{colour}"/>' for x, y in points)
    return f'<polyline points="{at}" fill="none" stroke="{colour}" stroke-width="2.5"/>{dots}'
