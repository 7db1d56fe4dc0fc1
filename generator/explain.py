"""Why an output is as it is: the first answer that changed; and whether it is as fresh."""

from generator.compare import State, compare
from generator.frontmatter import did_you_mean
from generator.making import make_all
from generator.model import Model, Span, Step
from generator.paths import CONTENT, html_path
from generator.prepare import prepare
from generator.problems import Problem, UsageError, problem
from generator.render import Reason
from generator.store import Store
from generator.work import Work, with_store


class Explanation(Model, frozen=True):
    """One output: its path, why it would be made again (None: it is current), what it asked."""

    path: str
    reason: Reason | None
    asked: tuple[tuple[str, ...], ...]


def why(work: Work, subject: str) -> tuple[Explanation, ...]:
    """The outputs at an address or from a source file, each explained. Raises UsageError."""
    return with_store(work.project, lambda store: _why(work, subject, store))


def _why(work: Work, subject: str, store: Store) -> tuple[Explanation, ...]:
    ready = prepare(work, store)
    state = compare(work, ready, store)
    steps = [one for one in ready.steps if _is_about(one, subject, work, state)]
    if not steps:
        names = {f"/{one.path.removesuffix('index.html')}": one for one in ready.steps}
        guess = did_you_mean(subject, names)
        raise UsageError(problem("no-such-address", Span(subject), value=subject, guess=guess))
    return tuple(_explain(one, state) for one in steps)


def _is_about(step: Step, subject: str, work: Work, state: State) -> bool:
    """Whether a step makes an address, or comes from a source file."""
    if subject.startswith(f"{CONTENT}/") or subject.startswith("themes/"):
        trace = state.memory.traces.get(step.path)
        return step.owner == subject or _asks_for(subject, trace, state)
    base = work.config.base_path
    address = "/" + subject.removeprefix(work.config.url).removeprefix(base).lstrip("/")
    return step.path in (address.lstrip("/"), html_path(address))


def _asks_for(source: str, trace: object, state: State) -> bool:
    keys = {key for key, one in state.desk.known.site.editions.items() if one.entry.path == source}
    reads = getattr(trace, "reads", ())
    queries = (state.memory.queries[number] for number in reads)
    return any(query[0] == "edition" and query[1] in keys for query in queries)


def _explain(step: Step, state: State) -> Explanation:
    trace = state.memory.traces.get(step.path)
    reads = trace.reads if trace else ()
    asked = tuple(state.memory.queries[number] for number in reads)
    return Explanation(step.path, state.stale.get(step.path), asked)


def verify(work: Work) -> tuple[Problem, ...]:
    """Make every output afresh in memory, and name each that on disk is different."""
    return with_store(work.project, lambda store: _verify(work, store))


def _verify(work: Work, store: Store) -> tuple[Problem, ...]:
    ready = prepare(work, store)
    state = compare(work, ready, store)
    found: list[Problem] = []
    wanted: set[str] = set()
    for batch in make_all(ready.steps, state.desk):
        found += batch.problems
        for made in batch.made:
            wanted.add(made.step.path)
            if not state.found.holds(made.step.path, made.fingerprint):
                found.append(_differs(work, made.step.path, "other bytes"))
    extra = [
        path for path in state.found.files if path not in wanted and state.found.may_delete(path)
    ]
    found += [_differs(work, path, "not in the plan") for path in extra]
    return tuple(found)


def _differs(work: Work, path: str, what: str) -> Problem:
    return problem("verify-differs", Span(f"{work.config.output}/{path}"), what=what)
