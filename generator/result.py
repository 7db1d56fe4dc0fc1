"""What came of a build, and whether it still holds when the next one begins."""

from collections.abc import Callable
from datetime import datetime

from generator import fingerprint
from generator.assembly import Site, Withheld
from generator.model import Model
from generator.moments import holds_at
from generator.problems import Problem
from generator.sight import Sight
from generator.store import Store
from generator.survey import Survey
from generator.work import Work


class Told(Model, frozen=True, kw_only=True):
    """What is to be said of a site: the same for as long as nothing moves.

    `published` is how many entries there are of each kind; `withdrawn` are
    addresses that lead nowhere any more. `until` is the next moment at which the
    site changes by itself; None: never.
    """

    published: dict[str, int]
    problems: tuple[Problem, ...]
    withheld: tuple[Withheld, ...]
    output: str
    withdrawn: tuple[str, ...] = ()
    until: datetime | None = None


class Addresses(Model, frozen=True):
    """The ledger as it reads once a site is published, and the outputs that are the page of a
    post, person or page, as against lists."""

    ledger: str
    entries: frozenset[str]


class Result(Told, frozen=True, kw_only=True):
    """What a build did, and what is told of the site: outputs by path, seconds.

    `outputs` are all files that are there now, with their fingerprints; `kept` are
    broken files whose last good version stayed, `left_out` those that never had one;
    `indexed` is how many records the index for search was made anew of. The
    `site` is only there for who asked for the whole of it, the `addresses` for who
    asked for these.
    """

    outputs: dict[str, str]
    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    rendered: int = 0
    indexed: int = 0
    kept: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    seconds: float = 0
    addresses: Addresses | None = None
    site: Site | None = None

    @property
    def unchanged(self) -> int:
        """How many files stayed as they were."""
        return len(self.outputs) - len(self.written)


class Last(Model, frozen=True):
    """The last build: what it followed from, when it holds, and what was told of it.

    The files that it followed from, and those that it made, are remembered elsewhere.
    """

    inputs: str
    manifest: str
    since: datetime | None
    until: datetime | None
    told: Told


def still_told(work: Work, sight: Sight, found: Callable[[], Survey], store: Store) -> Told | None:
    """What was told after the last build, if this one could do and say nothing else.

    It could not where all that a site follows from is as it was, and what was made of it too;
    that is only asked for where it may be so.
    """
    last = store.one("marks", "last", Last)
    if last is None or work.options.addresses or work.options.whole:
        return None
    same = last.inputs == sight.inputs and holds_at(last.since, last.until, sight.now)
    return last.told if same and sight.is_as_known() and _is_still(last, found()) else None


def is_as_left(found: Survey, store: Store) -> bool:
    """Whether an output folder is just as the last build left it, as far as that is known."""
    last = store.one("marks", "last", Last)
    return last is not None and _is_still(last, found)


def _is_still(last: Last, found: Survey) -> bool:
    return last.manifest == fingerprint.of_value(found.manifest) and found.is_as_remembered()
