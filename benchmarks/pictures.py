"""The picture of Plein beside its peers: bars, each as many times as long as Plein's."""

from collections.abc import Iterator, Sequence
from html import escape

from benchmarks.sessions import EQUAL, OWN, Session, times

_COLOURS = {
    OWN: "#0b6e4f",
    EQUAL: "#5fb58c",
    "Hugo": "#d1495b",
    "Eleventy": "#30638e",
    "Pelican": "#edae49",
    "Nikola": "#7d5ba6",
}
_STYLE = "font-family:system-ui,sans-serif;font-size:14px;fill:#222"
_WIDTH, _BAR, _GAP, _LEFT, _RIGHT = 900, 16, 26, 280, 330


def svg(width: int, height: int, title: str, *parts: str) -> str:
    """A picture on white with its title above."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" style="{_STYLE}"'
        f' role="img"><title>{escape(title)}</title>'
        f'<rect width="{width}" height="{height}" fill="#fff"/>'
        f'<text x="16" y="28" font-size="18">{escape(title)}</text>{"".join(parts)}</svg>\n'
    )


def beside_picture(sessions: Sequence[Session]) -> str:
    """Bars by scenario: how many times as long as Plein each took, in its own session.

    All sessions are of the same number of posts. So bars of several sessions
    can stand together: each was measured in turn with Plein.
    """
    scenarios = list(dict.fromkeys(one for session in sessions for one in session.scenarios()))
    parts, y = [], 52
    for scenario in scenarios:
        bars = list(_bars(sessions, scenario))
        longest = max((ratio for _, ratio, _ in bars if ratio), default=1.0)
        parts.append(f'<text x="16" y="{y + 13}" font-weight="bold">{escape(scenario)}</text>')
        for name, ratio, words in bars:
            parts.append(_bar(name, ratio / longest if ratio else None, words, y))
            y += _BAR + 4
        y += _GAP
    title = f"{sessions[0].posts:,} posts: how many times as long as Plein with the equal theme"
    return svg(_WIDTH, y, title, *parts)


def _bars(sessions: Sequence[Session], scenario: str) -> Iterator[tuple[str, float | None, str]]:
    """Everybody's name, ratio to Plein and words, from the session with most of their runs."""
    for name in dict.fromkeys(name for session in sessions for name in session.measured):
        within = [session for session in sessions if name in session.measured]
        session = max(within, key=lambda one: one.measured[name].count())
        seconds = session.measured[name].seconds(scenario)
        plein = session.measured.get(EQUAL) or session.measured.get(OWN)
        base = plein.seconds(scenario) if plein else None
        stopped = session.measured[name].stopped.get(scenario)
        if seconds and base:
            ratio = seconds / base
            yield name, ratio, f"{name}: {times(ratio)} ({seconds:.2f} s)"
        elif stopped:
            yield name, None, f"{name}: {stopped}"


def _bar(name: str, share: float | None, words: str, y: int) -> str:
    """A bar of a share of the longest one; without a share, words alone."""
    length = 0 if share is None else max(2, round(share * (_WIDTH - _LEFT - _RIGHT)))
    return (
        f'<rect x="{_LEFT}" y="{y}" width="{length}" height="{_BAR}" fill="{_COLOURS.get(name)}"/>'
        f'<text x="{_LEFT + length + 8}" y="{y + 13}">{escape(words)}</text>'
    )
