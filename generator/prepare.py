"""Everything up to the plan: the sources read, the site assembled, every problem found."""

from collections.abc import Container, Iterable, Iterator, Set
from datetime import datetime
from itertools import chain
from operator import attrgetter

import msgspec

from generator import fingerprint
from generator.allowances import spare
from generator.assembly import Ahead, Assembled, Before, Moment, Profile, Site, assemble
from generator.assembly.branding import Verdict, check_branding, verdict_on
from generator.assembly.findings import Finding, level_of, locate
from generator.assembly.links import entry_at
from generator.assembly.site import site_of
from generator.assembly.skeleton import Skeleton
from generator.config import Config
from generator.entries import Loaded
from generator.load import Library, library_of, load, with_others
from generator.making import World
from generator.model import Model, Step
from generator.paths import CONTENT
from generator.plan import plan
from generator.problems import BuildFailed, Problem, with_level
from generator.reading import Follower, Reading, read
from generator.records import Shelf
from generator.sight import Sight, look
from generator.snapshot import Basis, Snapshot, basis_of, kept_of, still_is
from generator.store import Damaged, Store
from generator.theme import Theme
from generator.uses import files_of
from generator.work import Work

# Without a post that is left out, links to it lead nowhere: they become text.
_LINKS = frozenset({"link-missing", "link-unpublished", "link-anchor-missing"})

_VLOGS = f"{CONTENT}/vlogs/"


class Prepared(Model, frozen=True):
    """Everything that is known before the first page is made.

    `as_typed` is the site with every file as it stands, also those that are broken;
    `spared` are warnings that their lines allow; `kept` are broken files whose
    last good version stays, `left_out` those that never had one; `planned` are
    the steps without those of the indexes for search; `shelves` is what can be
    searched for, `bundles` the keys of its indexes, `indexed` how many records
    were read for new ones, and `remarks` are problems that hang on this machine
    rather than on the sources; `verdict` is what is wrong with the theme;
    `made` is what the site was put together from;
    where nothing had to be (but for texts), `snapshot` is the site of the last
    build instead. `basis` is what it follows from, `before` the last site where
    only files are other; `gone` and `late` as in Reading.
    """

    config: Config
    site: Site
    bones: Skeleton
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
    verdict: Verdict | None = None
    made: Assembled | None = None
    snapshot: Snapshot | None = None
    basis: Basis = Basis()
    before: Snapshot | None = None
    gone: tuple[str, ...] = ()
    late: bool = False

    @property
    def theme(self) -> Theme:
        """The theme in which the site is shown."""
        return self.sight.theme

    @property
    def until(self) -> datetime | None:
        """The next moment at which the site may change though nobody touches it; None: never."""
        return (self.snapshot or self.made).until  # type: ignore[union-attr]


def prepare(work: Work, store: Store, afresh: bool = False) -> Prepared:
    """Look at the sources, and prepare all that follows from them. Raises BuildFailed.

    Taken `afresh`, the site is put together as if there had never been one.
    """
    return prepare_from(look(work, store), work, store, afresh)


def prepare_from(sight: Sight, work: Work, store: Store, afresh: bool = False) -> Prepared:
    """Everything up to the plan. Raises BuildFailed with all errors, unless told to keep going."""
    root, config = work.project.root, work.config
    ahead = _ahead(sight, work)
    follower = Follower(work.stage("reading"), ahead.learn)
    reading = read(sight.sources, config, root, store, work.crew, follower)
    reading = msgspec.structs.replace(reading, **msgspec.structs.asdict(sight.beside))
    basis = basis_of(reading, sight.inputs, sight.theme)
    before = None if afresh else kept_of(store, basis)
    known = None if afresh else store.one("marks", "verdict", Verdict)
    verdict = verdict_on(sight.theme, sight.inputs, known)
    if before and still_is(before, basis, reading, sight.now) and not _is_wrong(verdict, config):
        draft = _recalled(before, reading, work, sight, store)
    else:
        library = load(reading, config, root, store)
        earlier = known_of(before, store) if before else Before()
        earlier = msgspec.structs.replace(earlier, ahead=ahead.made)
        draft = _settle(work, library, earlier, sight, verdict, store)
    if any(one.level == "error" for one in draft.problems) and not work.options.keep_going:
        raise BuildFailed(*draft.problems)
    return msgspec.structs.replace(
        draft, basis=basis, verdict=verdict, before=before, gone=reading.gone, late=reading.late
    )


def _is_wrong(verdict: Verdict, config: Config) -> bool:
    """Whether there is something to say of a theme; then no site is remembered."""
    return any(level_of(one, config) != "allow" for one in verdict.findings)


def _recalled(kept: Snapshot, reading: Reading, work: Work, sight: Sight, store: Store) -> Prepared:
    """Everything as the last build had it."""
    library = library_of(reading, kept.files, store)
    bones = kept.skeleton()
    site = site_of(bones, library, work.config, store.shelf_by_shelf("cards", bytes))
    asked = chain.from_iterable(store.all("steps", tuple[Step, ...]).values())
    steps = tuple(sorted(kept.steps_with(asked).values(), key=attrgetter("path")))
    return Prepared(
        work.config, site, bones, sight, steps, kept.problems, site, kept.spared, snapshot=kept
    )


def _ahead(sight: Sight, work: Work) -> Ahead:
    """Who makes profiles while files are read."""
    paths = tuple(one.path for one in sight.sources if one.path.startswith(f"{CONTENT}/"))
    at = Moment(sight.now, work.options.audience)
    return Ahead(paths, work.config, at, sight.beside.talk)


def known_of(kept: Snapshot, store: Store) -> Before:
    """What is known of all entries from the last build. Raises Damaged, also later."""
    roster, steps = kept.everybody(), store.all("steps", tuple[Step, ...])
    if steps.keys() != set(roster.ids):
        raise Damaged
    encoded = store.shelf_by_shelf("profiles", msgspec.Raw)

    def profile(id_: str) -> Profile:
        data = bytes(encoded(id_))
        # A shelf may be of another build than the roster, after a damage.
        if not roster.is_profile_of(id_, data):
            raise Damaged
        return fingerprint.decode(data, Profile)

    cards = store.shelf_by_shelf("cards", bytes)
    return Before(roster, kept.skeleton(), steps, profile, cards)


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
        library=msgspec.structs.replace(
            library, loaded={}, faces={}, instead={}, keys={}, sources=others
        ),
        facts=facts,
        bones=ready.bones,
        cards=_cards(ready, store),
        config=ready.config,
        theme=ready.theme,
    )


def _cards(ready: Prepared, store: Store) -> dict[str, msgspec.Raw]:
    """The cards of all editions: those that are new, and those that are kept."""
    made = ready.made.cards.items() if ready.made else ()
    fresh = {key: msgspec.Raw(fingerprint.encode(card)) for key, card in made}
    cards = {**store.all("cards", msgspec.Raw), **fresh}
    try:
        return {key: cards[key] for key in ready.bones.editions}
    except KeyError:
        raise Damaged from None


def _settle(
    work: Work, library: Library, known: Before, sight: Sight, verdict: Verdict, store: Store
) -> Prepared:
    """The site and its plan; when told to keep going, with broken files as they last were.

    The problems are those of the files as they are now. A broken file's last
    good version takes its place; where that fails too, or where the writer has
    taken it back, it is left out.
    """
    ready = first = _attempt(work, library, known, sight, verdict, sight.problems)
    if not work.options.keep_going:
        return first
    # What was made ahead is of the files as they are now.
    known = msgspec.structs.replace(known, ahead={})
    taken_back = {one.path for one in first.site.withheld}
    broken = _broken_in(first)
    kept = _last_good(broken - taken_back, library, work.config, store)
    kept |= dict.fromkeys(broken & taken_back)
    left_out = {path for path, one in kept.items() if one is None}
    instead = kept
    while instead:
        library = with_others(library, instead, work.config, work.project.root, store)
        ready = _attempt(work, library, known, sight, verdict, ())
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


def _last_good(
    paths: Iterable[str], library: Library, config: Config, store: Store
) -> dict[str, Loaded | None]:
    """The last versions without errors of some files, where there is one that still fits."""
    keys = {**library.keys, **store.all("good", str)}
    found = {path: store.one("facts", keys.get(path, ""), Loaded) for path in paths}
    return {
        path: one if one and one.entry and one.entry.lang in config.languages else None
        for path, one in found.items()
    }


def _broken_in(ready: Prepared, but: frozenset[str] = frozenset()) -> set[str]:
    """The entry files that have errors, other than some."""
    errors = (item for item in ready.problems if item.level == "error" and item.code not in but)
    loaded = ready.site.library.loaded
    paths = {item.span.path for item in errors} & loaded.keys()
    return {path for path in paths if loaded[path].entry or loaded[path].problems}


def _attempt(
    work: Work,
    library: Library,
    known: Before,
    sight: Sight,
    verdict: Verdict,
    found: Iterable[Problem],
) -> Prepared:
    """A site and its plan, with all problems."""
    config, theme, faces = work.config, sight.theme, library.faces
    broken = (path for path in library.loaded if not faces[path].sound)
    own = [*found, *(item for path in broken for item in library.loaded[path].problems)]
    made = assemble(library, config, Moment(sight.now, work.options.audience), known)
    own += in_subtitles(made.site)
    steps, clashes = plan(made.site, made.steps(), theme)
    own_look = *check_branding(config, theme, library.sources), *verdict.findings
    between_ = (*made.findings, *clashes, *own_look)
    asked = (one for one in between_ if level_of(one, config) != "allow")
    between = locate(asked, own, work.project.root)
    counted, spared = spare((*own, *between), config.levels, work.project.root)
    problems = judge(counted, config, work.options.strict)
    site = made.site
    return Prepared(config, site, made.bones, sight, steps, problems, site, spared, made=made)


def in_subtitles(site: Site) -> Iterator[Problem]:
    """What is wrong in the subtitles of what is published."""
    entries = site.directory.entries
    wrong = {path: one.problems for path, one in site.library.captions.items() if one.problems}
    vlogs = (path for path in site.directory.included if wrong and path.startswith(_VLOGS))
    used = {file for path in vlogs for file in files_of(entries[path])}
    for file in sorted(used & wrong.keys()):
        yield from wrong[file]


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
