"""RESULTS.md and its picture, made from the figures of the sessions."""

from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from statistics import median
from typing import Any

HERE = Path(__file__).parent
_COLOURS = {"Plein": "#0b6e4f", "Hugo": "#d1495b", "Eleventy": "#30638e", "Pelican": "#edae49"}
_WIDTH, _BAR, _GAP, _LEFT = 900, 16, 26, 300


def write_results(figures: Mapping[str, Any]) -> None:
    """The tables of every measured size, and the picture of the largest that has peers."""
    sizes = sorted(figures["sizes"], key=int)
    beside = [size for size in sizes if len(figures["sizes"][size]) > 1]
    parts = [_head(figures), *(_size(figures["sizes"][size], size) for size in reversed(sizes))]
    parts += [_curve(figures["sizes"], sizes), _notes()]
    (HERE / "RESULTS.md").write_text("\n".join(part for part in parts if part), encoding="utf-8")
    if beside:
        picture = _picture(figures["sizes"][beside[-1]], beside[-1])
        (HERE / "results.svg").write_text(picture, encoding="utf-8")


def _head(figures: Mapping[str, Any]) -> str:
    machine = figures["machine"]
    versions = ", ".join(f"{name} {number}" for name, number in figures["versions"].items())
    return (
        "# Plein beside its peers\n\n"
        f"Measured on {machine['day']}: {machine['processors']} processors, "
        f"Python {machine['python']}; {versions}.\n\n"
        "Repeat it with `make bench POSTS=10000`. Every figure is the median of the runs in one"
        " session, in which the generators take turns; every run is a fresh process.\n\n"
        "![Seconds per scenario](results.svg)\n"
    )


def _size(measured: Mapping[str, Any], size: str) -> str:
    """The table of one size: seconds, CPU seconds and memory, with the ratio to Plein."""
    names = list(measured)
    scenarios = list(dict.fromkeys(one for name in names for one in measured[name]))
    lines = [
        f"## {int(size):,} posts\n",
        "| scenario | " + " | ".join(names) + " | runs |",
        "|---" * (len(names) + 2) + "|",
    ]
    for scenario in scenarios:
        runs = {name: measured[name].get(scenario, []) for name in names}
        cells = [_seconds(runs[name], runs.get("Plein", [])) for name in names]
        count = max(len(one) for one in runs.values())
        lines.append(f"| {scenario} | {' | '.join(cells)} | {count} |")
    lines += _most(measured, names, "memory_mb", "most memory of all processes", " MB")
    return "\n".join(lines) + "\n"


def _seconds(runs: list[dict[str, float]], own: list[dict[str, float]]) -> str:
    """The median seconds, how many times as long as Plein that is, and the CPU seconds."""
    if not runs:
        return "–"
    seconds = middle(runs, "seconds")
    ratio = "" if runs is own or not own else f" ({seconds / middle(own, 'seconds'):.1f}×)"
    return f"{seconds:.2f} s{ratio}; {middle(runs, 'cpu_seconds'):.2f} CPU"


def middle(runs: Iterable[Mapping[str, float]], what: str) -> float:
    """The median of one figure over some runs."""
    return median(one[what] for one in runs)


def _most(
    measured: Mapping[str, Any], names: list[str], what: str, title: str, unit: str
) -> list[str]:
    cells = [
        f"{max(middle(runs, what) for runs in measured[name].values()):.0f}{unit}" for name in names
    ]
    return [f"| {title} | {' | '.join(cells)} | |"]


def _curve(sizes: Mapping[str, Any], names: list[str]) -> str:
    """How Plein's figures grow with the archive."""
    own = {size: sizes[size]["Plein"] for size in names if "Plein" in sizes[size]}
    if len(own) < 2:
        return ""
    scenarios = list(dict.fromkeys(one for measured in own.values() for one in measured))
    lines = [
        "## How it grows\n",
        "| Plein | " + " | ".join(f"{int(size):,} posts" for size in own) + " |",
        "|---" * (len(own) + 1) + "|",
    ]
    for scenario in scenarios:
        cells = [
            f"{middle(one[scenario], 'seconds'):.2f} s, {middle(one[scenario], 'memory_mb'):.0f} MB"
            if scenario in one
            else "–"
            for one in own.values()
        ]
        lines.append(f"| {scenario} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _notes() -> str:
    return (HERE / "NOTES.md").read_text(encoding="utf-8")


def _picture(measured: Mapping[str, Any], size: str) -> str:
    """Bars of seconds by scenario, each scenario on its own scale so that all can be read."""
    scenarios = list(dict.fromkeys(one for runs in measured.values() for one in runs))
    rows, y = [], 50
    for scenario in scenarios:
        seconds = {
            name: middle(runs[scenario], "seconds")
            for name, runs in measured.items()
            if scenario in runs
        }
        rows.append(f'<text x="16" y="{y + 13}" font-weight="bold">{escape(scenario)}</text>')
        for name, value in seconds.items():
            rows.append(_bar(name, value, max(seconds.values()), y))
            y += _BAR + 4
        y += _GAP
    style = "font-family:system-ui,sans-serif;font-size:14px;fill:#222"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {y}" style="{style}"'
        f' role="img"><title>Seconds per scenario, {int(size):,} posts</title>'
        f'<rect width="{_WIDTH}" height="{y}" fill="#fff"/>'
        f'<text x="16" y="28" font-size="18">{int(size):,} posts: seconds, less is better</text>'
        f"{''.join(rows)}</svg>\n"
    )


def _bar(name: str, value: float, most: float, y: int) -> str:
    length = max(2, round(value / most * (_WIDTH - _LEFT - 190)))
    colour = _COLOURS.get(name, "#777")
    return (
        f'<rect x="{_LEFT}" y="{y}" width="{length}" height="{_BAR}" fill="{colour}"/>'
        f'<text x="{_LEFT + length + 8}" y="{y + 13}">{escape(name)} {value:.2f} s</text>'
    )
