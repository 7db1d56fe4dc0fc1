"""One build, told in one page: the only way in which a site is made."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Protocol, TypeVar

import msgspec

from generator import fingerprint, write
from generator.answers import Known
from generator.assembly import Audience, Site, Withheld, assemble
from generator.assembly.findings import locate
from generator.clock import read_clock
from generator.config import Config, is_site_address, load_config
from generator.entries import Loaded
from generator.load import Library, load, with_others
from generator.making import (
    Batch,
    Desk,
    World,
    clear_worlds,
    desk_for,
    make_all,
    make_by_workers,
)
from generator.messages import MESSAGES
from generator.model import Document, Model, Span, Step, Trace
from generator.paths import CONTENT
from generator.plan import plan
from generator.pool import Crew, default_count
from generator.problems import BuildFailed, Problem, UsageError, problem, with_level
from generator.render import Reason, Rendered, reasons, render, seen_after, traces_of
from generator.scan import Seen, scan
from generator.store import Changes, Damaged, Memory, Store, recall
from generator.templates import Bytecode, Closure
from generator.theme import Theme, open_theme

CACHE = ".plein"
# Workers must first learn the whole site, so fewer pages than this are made here.
_PAGES_PER_VALUE = 4
_CODE_MAX = 200
# Without a post that is left out, links to it lead nowhere: they become text.
_LINKS = frozenset({"link-missing", "link-unpublished", "link-anchor-missing"})
_T = TypeVar("_T")


class Reporter(Protocol):
    """Who wants to know how far a build is."""

    def progress(self, stage: str, done: int, total: int) -> None:
        """So many of a stage's steps are done."""


class Silent:
    """A reporter that says nothing: the default."""

    def progress(self, stage: str, done: int, total: int) -> None:
        """Say nothing."""


class Project(Model, frozen=True):
    """Where a site's sources are: its folder, and the settings file in it."""

    root: Path
    config: str = "site.yaml"


class Options(Model, frozen=True):
    """What may differ from one build to the next."""

    clock: str = ""
    audience: Audience = Audience()
    base_url: str = ""
    output: str = ""
    workers: int = 0
    keep_going: bool = False
    strict: bool = False


class Prepared(Model, frozen=True):
    """Everything that is known before the first page is made.

    `kept` are broken files whose last good version stays, `left_out` those
    that never had one.
    """

    config: Config
    site: Site
    theme: Theme
    steps: tuple[Step, ...]
    problems: tuple[Problem, ...]
    seen: dict[str, Seen]
    world: World
    kept: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


class Work(Model, frozen=True):
    """What a build is asked to do, by whom, and who wants to know how far it is."""

    project: Project
    config: Config
    options: Options
    reporter: Reporter = Silent()
    crew: Crew = msgspec.field(default_factory=lambda: Crew(1))

    def stage(self, name: str) -> Callable[[int, int], None]:
        """A function that reports on one stage."""
        return lambda done, total: self.reporter.progress(name, done, total)


class State(Model, frozen=True):
    """What is remembered and on disk, the answers of now, and the steps that are not current."""

    memory: Memory
    found: write.Survey
    desk: Desk
    stale: dict[str, Reason]
    code: Bytecode


class Result(Model, frozen=True):
    """What a build did: outputs by path, what stayed out and why, warnings, seconds."""

    site: Site
    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    rendered: int
    problems: tuple[Problem, ...]
    withheld: tuple[Withheld, ...]
    kept: tuple[str, ...]
    left_out: tuple[str, ...]
    output: str
    seconds: float


def build(project: Project, options: Options, reporter: Reporter | None = None) -> Result:
    """Bring the output up to date, or raise a PleinError with every Problem and change nothing."""
    started = time.monotonic()
    config = settings(project, options)
    output = project.root / config.output
    write.check_place(output, project.root)
    with Crew(options.workers or default_count()) as crew:
        work = Work(project, config, options, reporter or Silent(), crew)
        ready, rendered, put = with_store(project, lambda store: _build(work, store))
    return Result(
        site=ready.site,
        written=put[0],
        removed=put[1],
        unchanged=len(ready.steps) - len(put[0]),
        rendered=len(rendered.made),
        problems=ready.problems,
        withheld=ready.site.withheld,
        kept=ready.kept,
        left_out=ready.left_out,
        output=config.output,
        seconds=time.monotonic() - started,
    )


def _build(work: Work, store: Store) -> tuple[Prepared, Rendered, write.Put]:
    output = work.project.root / work.config.output
    ready = prepare(work, store)
    state = compare(work, ready, store)
    todo = tuple(step for step in ready.steps if step.path in state.stale)
    kept = {
        one.path: state.memory.traces[one.path].output
        for one in ready.steps
        if one.path not in state.stale
    }
    try:
        batches = _make(todo, work, ready, state)
        rendered = render(todo, kept, batches, state.found, work.stage("pages"))
        put = write.put(output, state.found, rendered.staged, rendered.wanted)
    finally:
        write.clear_stage(output)
        clear_worlds(work.project.root / CACHE)
    store.commit(_changes(ready, rendered, state, store))
    return ready, rendered, put


def _make(todo: tuple[Step, ...], work: Work, ready: Prepared, state: State) -> Iterator[Batch]:
    """Make steps here, or by the crew when there are many."""
    executor = work.crew.for_values(len(todo) // _PAGES_PER_VALUE)
    if executor is None:
        return make_all(todo, state.desk)
    folder = (work.project.root / CACHE).absolute()
    return make_by_workers(todo, state.desk, ready.world, folder, executor)


def settings(project: Project, options: Options) -> Config:
    """site.yaml with what the command line says instead. Raises UsageError."""
    config = load_config(project.root / project.config, project.config)
    if options.base_url and not is_site_address(options.base_url):
        place, address = Span("--base-url"), options.base_url
        raise UsageError(problem("not-a-site-address", place, value=address))
    own = {"url": options.base_url.rstrip("/"), "output": options.output}
    return msgspec.structs.replace(config, **{name: one for name, one in own.items() if one})


def with_store(project: Project, work: Callable[[Store], _T]) -> _T:
    """Do something with the cache open; if it turns out to be damaged, once more without it."""
    store = Store(project.root / CACHE)
    try:
        return work(store)
    except Damaged:
        store.reset()
        return work(store)
    finally:
        store.close()


def prepare(work: Work, store: Store) -> Prepared:
    """Everything up to the plan. Raises BuildFailed with all errors, unless told to keep going."""
    root, config, options = work.project.root, work.config, work.options
    now_ns, known = time.time_ns(), store.all("files", Seen)
    found = scan({CONTENT: root / CONTENT}, known, now_ns)
    theme, theme_seen = open_theme(config.theme, root, known, now_ns)
    library = load(found.sources, config, root, store, work.crew, work.stage("reading"))
    draft = _settle(work, library, theme, store, found.problems)
    if any(item.level == "error" for item in draft.problems) and not options.keep_going:
        raise BuildFailed(*draft.problems)
    return msgspec.structs.replace(draft, seen={**found.seen, **theme_seen})


def _settle(
    work: Work, library: Library, theme: Theme, store: Store, found: Iterable[Problem]
) -> Prepared:
    """The site and its plan; when told to keep going, with broken files as they last were.

    The problems are those of the files as they are now. A broken file's last
    good version takes its place; where that fails too, or where the writer has
    taken it back, it is left out.
    """
    ready = first = _attempt(work, library, theme, found)
    if not work.options.keep_going:
        return first
    taken_back = {one.path for one in first.site.withheld}
    broken = _broken_in(first)
    kept = _last_good(broken - taken_back, work.config, store)
    kept |= dict.fromkeys(broken & taken_back)
    left_out = {path for path, one in kept.items() if one is None}
    instead = kept
    while instead:
        library = with_others(library, instead, work.config, work.project.root, store)
        ready = _attempt(work, library, theme, ())
        instead = dict.fromkeys(_broken_in(ready, but=_LINKS))
        left_out |= instead.keys()
    return msgspec.structs.replace(
        ready,
        problems=first.problems,
        kept=tuple(sorted(set(kept) - left_out)),
        left_out=tuple(sorted(left_out)),
    )


def _last_good(paths: Iterable[str], config: Config, store: Store) -> dict[str, Loaded | None]:
    """The last versions without errors of some files, where there is one that still fits."""
    good = store.all("good", str)
    found = {path: store.one("facts", good.get(path, ""), Loaded) for path in paths}
    return {
        path: one if one and one.entry and one.entry.lang in config.languages else None
        for path, one in found.items()
    }


def _broken_in(ready: Prepared, but: frozenset[str] = frozenset()) -> set[str]:
    """The entry files that have errors, other than some."""
    errors = (item for item in ready.problems if item.level == "error" and item.code not in but)
    loaded = ready.site.library.loaded
    entries = {path for path, one in loaded.items() if one.entry or one.problems}
    return {item.span.path for item in errors} & entries


def _attempt(work: Work, library: Library, theme: Theme, found: Iterable[Problem]) -> Prepared:
    """A site and its plan, with all problems."""
    config, now = work.config, read_clock(work.options.clock, work.config.zone)
    own = [*found, *(item for one in library.loaded.values() for item in one.problems)]
    site, findings = assemble(library, config, now, work.options.audience)
    steps, clashes = plan(site, theme)
    between = locate((*findings, *clashes), own, work.project.root)
    problems = judge((*own, *between), config, work.options.strict)
    world = World(library, config, now, work.options.audience, theme)
    return Prepared(config, site, theme, steps, problems, {}, world)


def judge(found: Iterable[Problem], config: Config, strict: bool) -> tuple[Problem, ...]:
    """The problems with the level that counts here, in the order of their places."""
    judged = []
    for item in dict.fromkeys(found):
        level = config.levels.get(item.code, MESSAGES[item.code].level)
        if strict and level == "warn":
            level = "error"
        if level != "allow":
            judged.append(with_level(item, level))
    return tuple(sorted(judged, key=lambda item: item.order))


def compare(work: Work, ready: Prepared, store: Store) -> State:
    """What is remembered, what is on disk, and so which steps are not current."""
    root, memory = work.project.root, recall(store)
    found = write.survey(root / work.config.output, memory.outputs, time.time_ns())
    closures = store.all("closures", Closure)
    known = Known(ready.site, ready.theme, lambda key: _body(store, key), closures)
    code = Bytecode(lambda key: store.one("code", key, bytes))
    desk = desk_for(known, root.absolute(), code)
    return State(memory, found, desk, reasons(ready.steps, known, memory, found), code)


def _body(store: Store, key: str) -> Document:
    document = store.one("bodies", key, Document)
    if document is None:
        raise Damaged
    return document


def _changes(
    ready: Prepared, rendered: Rendered, state: State, store: Store
) -> tuple[Changes, ...]:
    """What the cache has to learn and to forget after a build."""
    memory, library = state.memory, ready.site.library
    traces, reads = traces_of(rendered, memory)
    after = seen_after(rendered, state.found, time.time_ns())
    gone = tuple(memory.traces.keys() - rendered.wanted.keys())
    broken = {*ready.kept, *ready.left_out}
    good = {path: key for path, key in library.keys.items() if path not in broken}
    old_good = {path: key for path, key in store.all("good", str).items() if path in broken}
    used = {*good.values(), *old_good.values(), *library.keys.values()}
    return (
        Changes("facts", {}, tuple(store.keys("facts") - used)),
        Changes("bodies", {}, tuple(store.keys("bodies") - used - library.image_keys)),
        _difference("good", {**old_good, **good}, store.all("good", str)),
        _difference("files", ready.seen, store.all("files", Seen)),
        _difference("outputs", after, memory.outputs),
        _compiled(state.code, store),
        _difference("closures", state.desk.known.closures, store.all("closures", Closure)),
        Changes("marks", {"shape": state.desk.known.shape()}),
        Changes("traces", traces, gone),
        Changes("reads", reads, _forgotten(memory, traces, gone)),
    )


def _compiled(code: Bytecode, store: Store) -> Changes:
    """The templates that were compiled; of those that are no longer used there are never many."""
    fresh = {key: fingerprint.encode(one) for key, one in code.fresh.items()}
    old = store.keys("code") if fresh else set()
    return Changes("code", fresh, tuple(old) if len(old) > _CODE_MAX else ())


def _difference(table: str, new: Mapping[str, object], old: Mapping[str, object]) -> Changes:
    puts = {key: value for key, value in new.items() if old.get(key) != value}
    return Changes(table, puts, tuple(old.keys() - new.keys()))


def _forgotten(memory: Memory, traces: Mapping[str, Trace], gone: Iterable[str]) -> tuple[str, ...]:
    """The reads that no trace needs any more."""
    current = {**memory.traces, **traces}
    for path in gone:
        current.pop(path, None)
    used = {number for trace in current.values() for number in trace.reads}
    return tuple(key for key in memory.reads if int(key) not in used)
