"""Keeps a preview of a site up to date, and never dies of what is wrong with the sources."""

import gc
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import Protocol

import msgspec

from generator import pipeline  # noqa: F401 - what builds later is loaded with what looks first
from generator.assembly import Audience, Site
from generator.build import build
from generator.clock import read_clock
from generator.ledger import LEDGER
from generator.model import Model, Span
from generator.problems import PleinError, Problem, problem
from generator.report import level_of
from generator.result import Result
from generator.serve import pages
from generator.serve.hub import Hub
from generator.serve.watching import Watcher, snapshot
from generator.vlogs import renditions
from generator.words import Say
from generator.work import PREVIEW, Early, Options, Project, Work, settings

_RESCAN_SECONDS = 4.0
# A machine that slept, or whose clock was set, is noticed within this time.
_CLOCK_SECONDS = 1.0
# These go without an edit, so it is tried again in a moment: another preview of these sources
# is at it, the disk is full.
_BY_ITSELF = frozenset({"busy", "cannot-write"})
_EVERYTHING = Audience(drafts=True, future=True)


class Round(Model, frozen=True):
    """One attempt to bring the preview up to date: what came of it, or what is wrong."""

    result: Result | None
    problems: tuple[Problem, ...] = ()

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that keep something from the site."""
        return tuple(one for one in self.problems if level_of(one) == "error")


def project_of_preview(project: Project, name: str) -> tuple[Project, str]:
    """The same sources, remembered apart from what is published, and the folder for the site."""
    cache = f"{PREVIEW}/{name}/cache"
    return msgspec.structs.replace(project, cache=cache), f"{PREVIEW}/{name}/site"


class News(Protocol):
    """Another source than files: what is said in comments."""

    def state(self) -> object:
        """Something that is another when there is news."""

    def fetch(self, work: Work) -> None:
        """Bring the news to where a build finds it."""


class Preview:
    """The site as its sources are now; `folder` is where it stands."""

    def __init__(
        self, project: Project, options: Options, as_published: bool, editor: str, say: Say
    ) -> None:
        name = "published" if as_published else "all"
        self.project, output = project_of_preview(project, name)
        audience = Audience() if as_published else _EVERYTHING
        self.options = msgspec.structs.replace(
            options, output=output, audience=audience, keep_going=True
        )
        self.folder = project.root / output
        self.say, self.editor, self.hub = say, editor, Hub()
        self.news: News | None = None
        self._next: datetime | None = None
        self._made = datetime.now(UTC)
        self._known: object = None
        self._jobs: list[Callable[[], None]] = []

    def run(self, watcher: Watcher, told: Callable[[Round], None], stop: threading.Event) -> None:
        """Make the site again and again, until told to stop. Belongs in the main thread."""
        self.refresh(told)
        checked = time.monotonic()
        while not stop.is_set():
            heard = watcher.wait(min(_CLOCK_SECONDS, _RESCAN_SECONDS))
            if heard:
                watcher.settle()
            self._do_jobs()
            if heard or self._is_due() or time.monotonic() - checked > _RESCAN_SECONDS:
                checked = time.monotonic()
                watcher.renew()
                self.refresh(told)

    def ask(self, job: Callable[[], None], watcher: Watcher) -> None:
        """Have something done in the thread that builds, between two rounds, and wait for it."""
        done = threading.Event()

        def work() -> None:
            try:
                job()
            finally:
                done.set()

        self._jobs.append(work)
        watcher.poke()
        done.wait()

    def _do_jobs(self) -> None:
        while self._jobs:
            self._jobs.pop(0)()

    def _is_due(self) -> bool:
        """Whether a moment has passed at which something changes, or the clock went back."""
        now = datetime.now(UTC)
        return now < self._made or (self._next is not None and self._next <= now)

    def refresh(self, told: Callable[[Round], None]) -> None:
        """Build if a source is another than at the last attempt, or if it is time."""
        said = self.news.state() if self.news else None
        current = snapshot(self.project.root, self._files_beside()), said
        if current == self._known and not self._is_due():
            return
        self._known, self._made = current, datetime.now(UTC)
        done = attempt(self.project, self.options, self.news, self._tell_early)
        if done.result:
            self._next = None if self.options.clock else done.result.until
        codes = {one.code for one in done.problems}
        if codes & _BY_ITSELF:
            self._known = None
        if "busy" in codes:
            return
        self.hub.tell(done.result is not None, self._trouble(done.errors))
        told(done)
        # A build looks for what it left rarely; a preview makes a thousand, and has time now.
        gc.collect()

    def _files_beside(self) -> Iterator[str]:
        """What a site is made of outside its folders: films that `plein media` made among it."""
        yield from (self.project.config, LEDGER)
        with suppress(OSError):
            yield from [one.file for one in renditions.kept(self.project.root).values()]
        if self.news is None:
            yield self.project.talk

    def _tell_early(self, problems: tuple[Problem, ...]) -> None:
        """The pages can be seen, though the index for search is still to be made."""
        self.hub.tell(True, self._trouble(Round(None, problems).errors))

    def _trouble(self, errors: tuple[Problem, ...]) -> str:
        root = self.project.root
        return pages.trouble(errors, root, self.editor, self.say) if errors else ""

    def whole_site(self) -> tuple[Site, datetime] | None:
        """The site as it is now, to be asked anything, and the moment of that; None: there is none.

        To read all of it takes longer than to follow an edit, so it is done when somebody asks.
        """
        clock, started = self.options.clock, datetime.now(UTC)
        done = attempt(self.project, msgspec.structs.replace(self.options, whole=True))
        site = done.result.site if done.result else None
        if site is None:
            return None
        return site, read_clock(clock, site.config.zone) if clock else started


def as_published(project: Project, options: Options) -> tuple[Round, str]:
    """The site as it would be published now, made beside the preview; and its folder."""
    own, output = project_of_preview(project, "published")
    chosen = msgspec.structs.replace(options, output=output, audience=Audience(), keep_going=False)
    return attempt(own, chosen), output


def attempt(
    project: Project, options: Options, news: News | None = None, early: Early | None = None
) -> Round:
    """Build, and whatever goes wrong is a Problem: a preview outlives everything."""
    try:
        if news:
            news.fetch(Work(project, settings(project, options), options))
        result = build(project, options, early=early)
    except PleinError as error:
        return Round(None, error.problems)
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
        return Round(None, (problem("preview-failed", Span(project.config), reason=reason),))
    return Round(result, result.problems)
