"""Everything that a build finds and more, and nothing is written."""

from collections.abc import Iterable, Iterator

from generator import allowances, searching, write
from generator.assembly.findings import locate
from generator.check import ahead, between, external, feeds, pages, texts
from generator.compare import compare
from generator.model import Model
from generator.prepare import judge, prepare
from generator.problems import Problem
from generator.sight import look_at_output
from generator.store import Store
from generator.work import Work, with_store


class Checked(Model, frozen=True):
    """What a check found, and how much it looked at."""

    problems: tuple[Problem, ...]
    entries: int
    outputs: int
    addresses: int = 0


def check(work: Work, visit: external.Visit | None = None) -> Checked:
    """Look at everything: as it is published now, and what is still to come.

    With `visit` the addresses of other sites are asked too.
    """
    return with_store(work.project, lambda store: _check(work, store, visit))


def _check(work: Work, store: Store, visit: external.Visit | None) -> Checked:
    ready = prepare(work, store)
    root, config = work.project.root, work.config
    try:
        state = compare(work, ready, look_at_output(work, store), store)
        made = pages.make(ready, state, work, store)
    finally:
        write.clear_worlds(work.project.cache_folder)
    read = pages.read(made)
    sources = texts.read(ready.as_typed.directory.entries.values(), root, ready.sight.now)
    links = pages.links_of(read, config)
    later = ahead.look(ready)
    between_files = between.findings(ready.as_typed, ready.sight.now, work.project)
    findings = (*between_files, *later.findings)
    found = (
        *(one for one in later.problems if one not in ready.problems),
        *locate(findings, ready.problems, root),
        *texts.problems(sources, store),
        *made.problems,
        *pages.problems(made, read, links, root, config),
        *feeds.problems(made, config),
        *(external.problems(links, visit, root) if visit else ()),
    )
    counted, spared = allowances.spare(found, config.levels, root)
    remarks = _remarks(sources, (*spared, *ready.spared), work)
    judged = judge((*counted, *remarks, *searching.is_missing(ready)), config, work.options.strict)
    problems = tuple(sorted({*judged, *ready.problems}, key=lambda item: item.order))
    asked = len({link.target for link in links if link.is_external}) if visit else 0
    return Checked(problems, len(ready.as_typed.directory.entries), len(ready.steps), asked)


def _remarks(
    sources: Iterable[texts.Source], spared: Iterable[Problem], work: Work
) -> Iterator[Problem]:
    """What is wrong with the allowances themselves: no reason, no such code, nothing to allow."""
    used = {(item.span.path, item.code) for item in spared}
    for source in sources:
        for one in allowances.allowances_in(source.text, source.path):
            is_known = allowances.may_be_allowed(one.code, work.config.levels)
            code = "allow-unknown"
            if is_known:
                code = "allow-no-reason" if not one.reason else "allow-unused"
            if code != "allow-unused" or (source.path, one.code) not in used:
                yield source.problem(code, one.span, value=one.code)
