"""Finds where in the source a link, tag or line stands that the converter has found."""

import re
from bisect import bisect_right
from functools import cache, cached_property
from itertools import accumulate

from generator.markup.addresses import plain
from generator.markup.notes import Place
from generator.model import Span
from generator.problems import excerpt_of

_FENCED = re.compile(
    r"^([ >]*(?:(?:[-*+]|\d{1,9}[.)]) +)*)(`{3,}(?!.*`)|~{3,}).*\n"
    r"(?:.*\n)*?(?:[ >]*\2[`~]* *$|(?![\s\S]))",
    re.M,
)
# Patterns look for their first character before all else, so what may not stand before it
# is said after it.
_CODE = re.compile(r"(`(?<![`\\]`)`*)(?!`)(?:(?!\n\s*\n)[\s\S])*?(?<!`)\1(?!`)")
_BARE = r"http(?<![\w/\"'=(<]http)s?://"
_SYNTAXES = {
    r"\]\(": r"\]\([ \n]*(?:<([^<>\n]*)>|((?:\\.|\([^\s()]*\)|[^\s()])*))",
    r"\]:": r"^[ >]*\[[^\]\n]+\]:[ \n]*<?([^\s>]+)",
    r"<": r"<([A-Za-z][\w+.-]*:[^\s<>]*)>",
    _BARE: rf"({_BARE}[^\s<>]+)",
}
_HTML = re.compile(r"(?:href|src)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.I)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")

Spot = tuple[int, int]


class Locator:
    """Answers where the noted texts stand; each equal text gets the next place in order."""

    def __init__(self, body: str, path: str, first_line: int, places: list[Place]) -> None:
        self._body = body
        self._path = path
        self._first_line = first_line
        self._starts = [0, *accumulate(len(line) + 1 for line in body.split("\n"))]
        self._visible = mask_code(body)
        self._seen: dict[tuple[str, str], int] = {}
        self._spots = [self._spot(place) for place in places]

    def span(self, number: int) -> Span:
        """The place noted under a number."""
        start, length = self._spots[number]
        line = bisect_right(self._starts, start)
        column = start - self._starts[line - 1] + 1
        end = self._body.find("\n", start)
        room = (len(self._body) if end < 0 else end) - start
        return Span(
            path=self._path,
            line=self._first_line + line - 1,
            column=column,
            length=max(1, min(length, room)),
        )

    def excerpt(self, span: Span) -> str:
        """The source line of a place."""
        return excerpt_of(self._body, span.line - self._first_line + 1)

    @cached_property
    def _markdown(self) -> dict[str, list[Spot]]:
        return self._targets(_markdown(tuple(one for one in _SYNTAXES if _in(one, self._visible))))

    @cached_property
    def _html(self) -> dict[str, list[Spot]]:
        return self._targets(_HTML)

    def _targets(self, pattern: re.Pattern[str]) -> dict[str, list[Spot]]:
        """All addresses of one syntax, as a browser reads them, with where they stand."""
        found: dict[str, list[Spot]] = {}
        for match in pattern.finditer(self._visible):
            group = match.lastindex or 0
            source = match[group]
            address = plain(_ESCAPE.sub(r"\1", source) if "\\" in source else source)
            spot = (match.start(group), len(match[group]))
            found.setdefault(address, []).append(spot)
        return found

    def _spot(self, place: Place) -> Spot:
        key = (place.where, place.needle)
        seen = self._seen[key] = self._seen.get(key, -1) + 1
        if place.where in ("markdown", "html"):
            in_markdown = self._markdown.get(place.needle) if place.where == "markdown" else None
            spots = in_markdown or self._html.get(place.needle)
            return spots[min(seen, len(spots) - 1)] if spots else self._search(place.needle, seen)
        start, length = self._search(place.needle, seen)
        if place.detail:
            return self._detail(start, length, place.detail)
        return start, length

    def _detail(self, start: int, length: int, detail: str) -> Spot:
        """Where an attribute stands within its tag."""
        at = re.search(rf"(?i)(?<![\w-]){re.escape(detail)}", self._body[start : start + length])
        return (start + at.start(), len(detail)) if at else (start, length)

    def _search(self, needle: str, seen: int) -> Spot:
        """The place of a text itself; of its first word when a container broke it up."""
        for wanted in (
            needle,
            needle.strip(),
            needle.strip().split("\n")[0],
            needle.split(" ", maxsplit=1)[0],
        ):
            spots = self._all(wanted) if wanted else []
            if spots:
                return spots[min(seen, len(spots) - 1)], len(wanted)
        return 0, 1

    def _all(self, wanted: str) -> list[int]:
        spots, at = [], self._visible.find(wanted)
        while at >= 0:
            spots.append(at)
            at = self._visible.find(wanted, at + len(wanted))
        return spots


@cache
def _markdown(signs: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for the addresses in Markdown of which the signs are there."""
    return re.compile("|".join(_SYNTAXES[one] for one in signs) or r"(?!)", re.M)


def _in(sign: str, text: str) -> bool:
    return re.search(sign, text) is not None


def mask_code(body: str) -> str:
    """The body with NULs in place of what is code: the same length, nothing to be found there."""
    if "```" in body or "~~~" in body:
        body = _FENCED.sub(_blank, body)
    return _CODE.sub(_blank, body) if "`" in body else body


def _blank(found: re.Match[str]) -> str:
    return "\n".join("\0" * len(line) for line in found[0].split("\n"))
