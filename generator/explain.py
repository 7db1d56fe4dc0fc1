"""Why an output is as it is: the first answer that changed; and whether it is as fresh."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from generator import addresses
from generator.assembly import Site, Withheld
from generator.assembly.editions import slug_of
from generator.compare import State, compare
from generator.frontmatter import did_you_mean
from generator.making import make_all
from generator.model import Model, Span, Step
from generator.paths import CONTENT, html_path
from generator.prepare import prepare
from generator.problems import Problem, UsageError, problem
from generator.render import Reason
from generator.searching import with_search
from generator.sight import look_at_output
from generator.store import Store
from generator.survey import Survey
from generator.work import Work, with_store


class Explanation(Model, frozen=True):
    """One output: its path, why it would be made again (None: it is current), what it asked.

    For an entry that is not published, `withheld` says why; it has no outputs.
    """

    path: str
    reason: Reason | None
    asked: tuple[tuple[str, ...], ...]
    withheld: Withheld | None = None


def why(work: Work, subject: str) -> tuple[Explanation, ...]:
    """The outputs at an address or from a source file, each explained. Raises UsageError.

    A file may be named as the shell completes it: from the root of the disk,
    or in the output folder.
    """
    shown = _as_known(work, subject)
    return with_store(work.project, lambda store: _why(work, shown, store))


def _as_known(work: Work, subject: str) -> str:
    """A subject as an address, or as a path in the project."""
    root = work.project.root.resolve()
    output = (root / work.config.output).resolve()
    path = Path(subject)
    for base in (path, Path.cwd() / path):
        file = Path(os.path.normpath(base))
        if file.is_relative_to(output) and file != output:
            return "/" + file.relative_to(output).as_posix().removesuffix("index.html")
        if file.is_absolute() and file.is_relative_to(root) and file.exists():
            return file.relative_to(root).as_posix()
    return subject


def _why(work: Work, subject: str, store: Store) -> tuple[Explanation, ...]:
    ready = with_search(work, prepare(work, store), store)
    state = compare(work, ready, look_at_output(work, store), store)
    steps = [one for one in ready.steps if _is_about(one, subject, work, state)]
    waiting = _withheld_at(ready.site, subject, work) if not steps else None
    if waiting:
        return (Explanation(waiting.path, None, (), waiting),)
    if not steps:
        names = {f"/{one.path.removesuffix('index.html')}": one for one in ready.steps}
        guess = did_you_mean(subject, names)
        raise UsageError(problem("no-such-address", Span(subject), value=subject, guess=guess))
    return tuple(_explain(one, state) for one in steps)


def _withheld_at(site: Site, subject: str, work: Work) -> Withheld | None:
    """An entry that is not published, by its file or by the address that it will have."""
    address = _address(subject, work)
    for one in site.withheld:
        entry = site.directory.entries[one.path]
        url = addresses.of_entry(site.config, entry.lang, entry.kind, slug_of(entry))
        if subject == one.path or address.strip("/") == url.strip("/"):
            return one
    return None


def _address(subject: str, work: Work) -> str:
    base = work.config.base_path
    return "/" + subject.removeprefix(work.config.url).removeprefix(base).lstrip("/")


def _is_about(step: Step, subject: str, work: Work, state: State) -> bool:
    """Whether a step makes an address, or comes from a source file."""
    if subject.startswith(f"{CONTENT}/") or subject.startswith("themes/"):
        trace = state.memory.traces().get(step.path)
        return step.owner == subject or _asks_for(subject, trace, state)
    address = _address(subject, work)
    return step.path in (address.lstrip("/"), html_path(address))


def _asks_for(source: str, trace: object, state: State) -> bool:
    keys = {key for key, one in state.desk.known.site.editions.items() if one.entry.path == source}
    reads = getattr(trace, "reads", ())
    queries = (state.memory.queries[number] for number in reads)
    return any(query[0] == "edition" and query[1] in keys for query in queries)


def _explain(step: Step, state: State) -> Explanation:
    trace = state.memory.traces().get(step.path)
    reads = trace.reads if trace else ()
    asked = tuple(state.memory.queries[number] for number in reads)
    return Explanation(step.path, state.stale.get(step.path), asked)


def verify(work: Work) -> tuple[Problem, ...]:
    """Make every output afresh in memory, and name each that on disk is different."""
    return with_store(work.project, lambda store: _verify(work, store))


def _verify(work: Work, store: Store) -> tuple[Problem, ...]:
    there = look_at_output(work, store)
    if not there.files:
        return (problem("verify-nothing", Span(f"{work.config.output}/")),)
    ready = with_search(work, prepare(work, store, afresh=True), store)
    state = compare(work, ready, there, store)
    found: list[Problem] = []
    wanted: dict[str, str] = {}
    for batch in make_all(ready.steps, state.desk):
        found += batch.problems
        wanted |= {one.path: one.fingerprint for made in batch.made for one in made.outputs}
    told = _differences(there, wanted)
    return (*found, *(problem(code, _span(work, path)) for code, path in told))


def _differences(there: Survey, wanted: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The code and path of each output that is not as wanted."""
    for path, print_ in wanted.items():
        if not there.holds(path, print_):
            yield "verify-differs" if path in there.files else "verify-missing", path
    for path in sorted(there.files.keys() - wanted.keys()):
        if there.may_delete(path):
            yield "verify-extra", path


def _span(work: Work, path: str) -> Span:
    return Span(f"{work.config.output}/{path}")
