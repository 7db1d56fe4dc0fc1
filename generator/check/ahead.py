"""What will be wrong with posts on the day that they are published: the site as it is by then."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from generator.assembly import Audience, Finding, Site, assemble
from generator.model import Model
from generator.plan import plan
from generator.prepare import Prepared, in_subtitles
from generator.problems import Problem


class Ahead(Model, frozen=True):
    """What waits for its day, and what will be wrong with it then."""

    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]


def look(ready: Prepared) -> Ahead:
    """Go to each moment at which something goes live; drafts are taken as if they all did now."""
    findings: list[Finding] = []
    problems: list[Problem] = []
    for site, found, waiting in _sites(ready):
        _, clashes = plan(site, ready.theme)
        findings += (one for one in (*found, *clashes) if one.path in waiting)
        problems += in_subtitles(site)
    return Ahead(tuple(dict.fromkeys(findings)), tuple(dict.fromkeys(problems)))


def _sites(ready: Prepared) -> Iterator[tuple[Site, tuple[Finding, ...], frozenset[str]]]:
    """The site of each such moment, what is wrong in it, and the entries that are new in it."""
    config, library = ready.config, ready.as_typed.library
    for moment, paths in sorted(_moments(ready).items()):
        yield *assemble(library, config, moment, Audience()), frozenset(paths)
    drafts = {one.path for one in ready.as_typed.withheld if one.status == "draft"}
    if drafts:
        everything = Audience(drafts=True, future=True)
        yield *assemble(library, config, ready.sight.now, everything), frozenset(drafts)


def _moments(ready: Prepared) -> dict[datetime, list[str]]:
    moments: dict[datetime, list[str]] = defaultdict(list)
    for one in ready.as_typed.withheld:
        if one.status == "scheduled" and one.when:
            moments[one.when].append(one.path)
    return moments
