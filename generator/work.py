"""A piece of work on a site: where it is, what is asked, who does it, and who wants to know."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeVar

import msgspec

from generator.assembly import Audience
from generator.config import Comments, Config, is_site_address, load_config
from generator.indexer import find_program
from generator.model import Model, Span
from generator.paths import CACHE
from generator.pool import Crew
from generator.problems import Problem, UsageError, problem
from generator.store import Damaged, Store

PREVIEW = f"{CACHE}/preview"
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
    """Where a site's sources are: its folder, its settings file, and what remembers builds.

    `talk` is the file with what is known of the conversations at a service.
    """

    root: Path
    config: str = "site.yaml"
    cache: str = CACHE
    talk: str = f"{CACHE}/comments.json"

    @property
    def cache_folder(self) -> Path:
        """Where this project's builds are remembered."""
        return self.root / self.cache

    @property
    def talk_file(self) -> Path:
        """Where what is known of the conversations is kept."""
        return self.root / self.talk


class Options(Model, frozen=True):
    """What may differ from one build to the next."""

    clock: str = ""
    audience: Audience = Audience()
    base_url: str = ""
    output: str = ""
    workers: int = 0
    executor: str = ""
    keep_going: bool = False
    strict: bool = False
    # Whether it is told which addresses the site has: who publishes it wants to know.
    addresses: bool = False
    # The address of an Isso that is tried out instead of the site's own service.
    trial: str = ""
    # Whether the site is looked at after the build, when the cache is closed again.
    whole: bool = False
    # Whether the process ends with this build.
    last: bool = False


Early = Callable[[tuple[Problem, ...]], None]


class Work(Model, frozen=True):
    """What a build is asked to do, by whom, and who wants to know how far it is.

    Who waits `early` for the pages is told the problems as soon as these can be
    seen, while the index for search is still to be made.
    """

    project: Project
    config: Config
    options: Options
    reporter: Reporter = Silent()
    crew: Crew = msgspec.field(default_factory=lambda: Crew(1))
    early: Early | None = None

    @property
    def output(self) -> Path:
        """The folder that the site is made in."""
        return self.project.root / self.config.output

    def stage(self, name: str) -> Callable[[int, int], None]:
        """A function that reports on one stage."""
        return lambda done, total: self.reporter.progress(name, done, total)


def settings(project: Project, options: Options) -> Config:
    """site.yaml with what the command line says instead. Raises UsageError."""
    config = load_config(project.root / project.config, project.config)
    if options.base_url and not is_site_address(options.base_url):
        place, address = Span("--base-url"), options.base_url
        raise UsageError(problem("not-a-site-address", place, value=address))
    own = {"url": options.base_url.rstrip("/"), "output": options.output}
    if config.search == "yes" and find_program() is None:
        own["search"] = "missing"
    chosen = msgspec.structs.replace(config, **{name: one for name, one in own.items() if one})
    return _with_trial(chosen, options.trial) if options.trial else chosen


def _with_trial(config: Config, address: str) -> Config:
    """The settings with another service for comments: an Isso where anybody has any name."""
    asked = config.comments
    comments = Comments(
        provider="isso",
        endpoint=address,
        default=asked.default,
        close_after_days=asked.close_after_days,
        otherwise=asked.otherwise,
    )
    return msgspec.structs.replace(config, comments=comments)


def with_store(project: Project, work: Callable[[Store], _T]) -> _T:
    """Do something with the cache open; if it turns out to be damaged, once more without it."""
    store = Store(project.cache_folder)
    try:
        return work(store)
    except Damaged:
        store.reset()
        return work(store)
    finally:
        store.close()
