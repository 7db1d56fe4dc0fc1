"""What will be wrong with posts on the day that they are published: the site as it is by then."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from generator.assembly import Assembled, Audience, Finding, Moment, assemble
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
    for made, waiting in _sites(ready):
        _, clashes = plan(made.site, made.steps(), ready.theme)
        findings += (one for one in (*made.findings, *clashes) if one.path in waiting)
        problems += in_subtitles(made.site)
    return Ahead(tuple(dict.fromkeys(findings)), tuple(dict.fromkeys(problems)))


def _sites(ready: Prepared) -> Iterator[tuple[Assembled, frozenset[str]]]:
    """The site of each such moment, and the entries that are new in it."""
    config, library = ready.config, ready.as_typed.library
    for moment, paths in sorted(_moments(ready).items()):
        yield assemble(library, config, Moment(moment, Audience())), frozenset(paths)
    drafts = {one.path for one in ready.as_typed.withheld if one.status == "draft"}
    if drafts:
        everything = Moment(ready.sight.now, Audience(drafts=True, future=True))
        yield assemble(library, config, everything), frozenset(drafts)


def _moments(ready: Prepared) -> dict[datetime, list[str]]:
    moments: dict[datetime, list[str]] = defaultdict(list)
    for one in ready.as_typed.withheld:
        if one.status == "scheduled" and one.when:
            moments[one.when].append(one.path)
    return moments
