"""Everything up to the plan: the sources read, the site assembled, every problem found."""

from collections.abc import Container, Iterable, Iterator, Set

import msgspec

from generator import fingerprint
from generator.allowances import spare
from generator.assembly import Site, assemble
from generator.assembly.branding import check_branding, check_theme
from generator.assembly.findings import Finding, locate
from generator.assembly.links import entry_at
from generator.config import Config
from generator.entries import Loaded
from generator.load import Library, Reading, files_of, load, read, with_others
from generator.making import World
from generator.messages import MESSAGES
from generator.model import Model, Step
from generator.plan import plan
from generator.problems import BuildFailed, Level, Problem, with_level
from generator.records import Shelf
from generator.sight import Sight, look
from generator.skeleton import site_of, skeleton_of
from generator.snapshot import Snapshot, basis_of, library_in, recalled
from generator.store import Damaged, Store
from generator.theme import Theme
from generator.work import Work

# Without a post that is left out, links to it lead nowhere: they become text.
_LINKS = frozenset({"link-missing", "link-unpublished", "link-anchor-missing"})


class Prepared(Model, frozen=True):
    """Everything that is known before the first page is made.

    `as_typed` is the site with every file as it stands, also those that are broken;
    `spared` are warnings that their lines allow; `kept` are broken files whose
    last good version stays, `left_out` those that never had one; `planned` are
    the steps without those of the indexes for search; `shelves` is what can be
    searched for, `bundles` the keys of its indexes, `indexed` how many records
    were read for new ones, and `remarks` are problems that hang on this machine
    rather than on the sources; `snapshot` is the site of the last build, where
    this one is that (but for texts), and `basis` the fingerprint of what it
    follows from; `late` as in Reading.
    """

    config: Config
    site: Site
    sight: Sight
    steps: tuple[Step, ...]
    problems: tuple[Problem, ...]
    as_typed: Site
    spared: tuple[Problem, ...] = ()
    kept: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    planned: tuple[Step, ...] = ()
    shelves: tuple[Shelf, ...] = ()
    bundles: frozenset[str] = frozenset()
    indexed: int = 0
    remarks: tuple[Problem, ...] = ()
    basis: str = ""
    snapshot: Snapshot | None = None
    late: bool = False

    @property
    def theme(self) -> Theme:
        """The theme in which the site is shown."""
        return self.sight.theme


def prepare(work: Work, store: Store) -> Prepared:
    """Look at the sources, and prepare all that follows from them. Raises BuildFailed."""
    return prepare_from(look(work, store), work, store)


def prepare_from(sight: Sight, work: Work, store: Store) -> Prepared:
    """Everything up to the plan. Raises BuildFailed with all errors, unless told to keep going."""
    root, config = work.project.root, work.config
    reading = read(sight.sources, config, root, store, work.crew, work.stage("reading"))
    reading = msgspec.structs.replace(reading, **msgspec.structs.asdict(sight.beside))
    basis = basis_of(reading, sight.inputs, sight.theme)
    draft = _recalled(work, reading, sight, basis, store)
    if draft is None:
        library = load(reading, config, root, store)
        draft = _settle(work, library, sight, store)
    if any(one.level == "error" for one in draft.problems) and not work.options.keep_going:
        raise BuildFailed(*draft.problems)
    return msgspec.structs.replace(draft, basis=basis, late=reading.late)


def _recalled(
    work: Work, reading: Reading, sight: Sight, basis: str, store: Store
) -> Prepared | None:
    """Everything as the last build had it, if all that it follows from is as it was then."""
    config, now = work.config, sight.now
    kept = recalled(store, basis, reading, now)
    if kept is None or _looks_wrong(sight.theme, config, store):
        return None
    site = site_of(kept.bones, library_in(kept, reading, store), config, now)
    return Prepared(
        config, site, sight, kept.steps, kept.problems, site, kept.spared, snapshot=kept
    )


def _looks_wrong(theme: Theme, config: Config, store: Store) -> bool:
    """Whether there is something to say of a theme whose templates are others than last time."""
    if store.one("marks", "theme", str) == fingerprint.of_value(theme):
        return False
    return any(level_of(one, config) != "allow" for one in check_theme(theme))


def world_of(ready: Prepared, store: Store) -> World:
    """All that workers need to make steps of a site elsewhere. Raises Damaged."""
    library, kept = ready.site.library, store.encoded("facts")
    own = {path: kept.get(key) for path, key in library.keys.items()}
    own |= {path: fingerprint.encode(one) for path, one in library.instead.items()}
    facts = {path: msgspec.Raw(data) for path, data in own.items() if data is not None}
    if len(facts) < len(own):
        raise Damaged
    others = {path: one for path, one in library.sources.items() if path not in library.keys}
    return World(
        library=msgspec.structs.replace(library, loaded={}, instead={}, keys={}, sources=others),
        facts=facts,
        bones=ready.snapshot.bones if ready.snapshot else skeleton_of(ready.site),
        config=ready.config,
        now=ready.sight.now,
        theme=ready.theme,
    )


def _settle(work: Work, library: Library, sight: Sight, store: Store) -> Prepared:
    """The site and its plan; when told to keep going, with broken files as they last were.

    The problems are those of the files as they are now. A broken file's last
    good version takes its place; where that fails too, or where the writer has
    taken it back, it is left out.
    """
    ready = first = _attempt(work, library, sight, sight.problems)
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
        ready = _attempt(work, library, sight, ())
        instead = dict.fromkeys(_broken_in(ready, but=_LINKS))
        left_out |= instead.keys()
    lost = judge(
        locate(_links_lost(first.site, ready.site, left_out, kept), (), work.project.root),
        work.config,
        strict=False,
    )
    return msgspec.structs.replace(
        ready,
        problems=tuple(sorted({*first.problems, *lost}, key=lambda item: item.order)),
        as_typed=first.as_typed,
        spared=first.spared,
        kept=tuple(sorted(set(kept) - left_out)),
        left_out=tuple(sorted(left_out)),
    )


def _links_lost(
    typed: Site, site: Site, left_out: Set[str], kept: Container[str]
) -> Iterator[Finding]:
    """The links to what is left out: they become text. (Links in files that are broken are not
    looked at: these stay as they were.)"""
    for path in sorted(site.directory.included - left_out):
        for hole in site.directory.entries[path].holes if path not in kept else ():
            if hole.path and not entry_at(hole.path, site.directory):
                aim = entry_at(hole.path, typed.directory)
                lost = aim.path if aim else hole.path
                if lost in left_out:
                    args = (("path", lost),)
                    yield Finding(path, "link-left-out", value=hole.target, args=args, hole=hole)


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


def _attempt(work: Work, library: Library, sight: Sight, found: Iterable[Problem]) -> Prepared:
    """A site and its plan, with all problems."""
    config, now, theme = work.config, sight.now, sight.theme
    own = [*found, *(item for one in library.loaded.values() for item in one.problems)]
    site, findings = assemble(library, config, now, work.options.audience)
    own += in_subtitles(site)
    steps, clashes = plan(site, theme)
    own_look = *check_branding(config, theme, library.sources), *check_theme(theme)
    asked = (one for one in (*findings, *clashes, *own_look) if level_of(one, config) != "allow")
    between = locate(asked, own, work.project.root)
    counted, spared = spare((*own, *between), config.levels, work.project.root)
    problems = judge(counted, config, work.options.strict)
    return Prepared(config, site, sight, steps, problems, site, spared)


def in_subtitles(site: Site) -> Iterator[Problem]:
    """What is wrong in the subtitles of what is published."""
    entries, known = site.directory.entries, site.library.captions
    used = {file for path in site.directory.included for file in files_of(entries[path])}
    for file in sorted(used & known.keys()):
        yield from known[file].problems


def level_of(item: Problem | Finding, config: Config) -> Level:
    """The level of a problem that counts in this site."""
    return config.levels.get(item.code, MESSAGES[item.code].level)


def judge(found: Iterable[Problem], config: Config, strict: bool) -> tuple[Problem, ...]:
    """The problems with the level that counts here, in the order of their places."""
    judged = []
    for item in dict.fromkeys(found):
        level = level_of(item, config)
        if strict and level == "warn":
            level = "error"
        if level != "allow":
            judged.append(with_level(item, level))
    return tuple(sorted(judged, key=lambda item: item.order))
