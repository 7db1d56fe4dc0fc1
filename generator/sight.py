"""What a build is about to work on: every source, all else that a site follows from, the output."""

import time
from collections.abc import Callable
from datetime import datetime
from functools import cache
from itertools import islice
from pathlib import Path

import msgspec

from generator import fingerprint
from generator.clock import read_clock
from generator.comments import talk
from generator.comments.scripts import own_files
from generator.comments.talk import Talk
from generator.indexer import find_program
from generator.ledger import Line
from generator.ledger import read as read_ledger
from generator.model import Model, Source, Span
from generator.paths import CONTENT
from generator.pool import SERIAL_BELOW
from generator.problems import Problem, UsageError, problem
from generator.scan import Seen, hash_file, same_bytes, scan
from generator.store import Store
from generator.survey import Folder, News, Remembered, Survey, news_in, survey, survey_with
from generator.theme import Theme, ThemeFile, open_theme
from generator.vlogs import renditions
from generator.vlogs.renditions import Rendition
from generator.work import Work


class Beside(Model, frozen=True):
    """What a site is made of beside its sources.

    `ledger` are all addresses that were ever published, `talk` is what is known of
    conversations, `renditions` are the films that were made fit for the web by the
    fingerprint of what they were made from.
    """

    ledger: tuple[Line, ...] = ()
    talk: Talk = Talk()
    renditions: dict[str, Rendition] = {}


class Sight(Model, frozen=True):
    """The sources and the theme as they are now.

    `seen` is what to remember of their files, `known` what was remembered of
    them; `problems` are files that can be no sources; `inputs` is the
    fingerprint of all else that a site follows from, but the clock, which says
    `now`.
    """

    sources: tuple[Source, ...]
    theme: Theme
    seen: dict[str, Seen]
    known: dict[str, Seen]
    problems: tuple[Problem, ...]
    beside: Beside
    now: datetime
    inputs: str

    def has_another_theme(self) -> bool:
        """Whether a file of the theme has other bytes than at the last build."""
        files = (path for path in self.seen if path.startswith("themes/"))
        prints = ((self.seen[path], self.known.get(path)) for path in files)
        return any(before and one.fingerprint != before.fingerprint for one, before in prints)

    def is_still_so(self, root: Path) -> bool:
        """Whether what is read some time after looking is as it was: templates and other files."""
        places = self._read_later(root).items()
        try:
            return all(self.seen[path].has_times_of(Path(file).stat()) for path, file in places)
        except OSError:
            return False

    def _read_later(self, root: Path) -> dict[str, str]:
        """Files by their names in messages; not the entries, whose keys tell what was read."""
        assets = (file for files in self.theme.assets.values() for file in files)
        of_theme = (*self.theme.templates.values(), *assets)
        own = (one.path for one in self.sources if not one.path.endswith(".md"))
        places = {one.shown: one.file for one in of_theme if one.shown in self.seen}
        return {**places, **{path: f"{root}/{path}" for path in own}}

    def is_as_known(self) -> bool:
        """Whether every file has the bytes that it had at the last build, and there is no other."""
        return same_bytes(self.seen, self.known)


def look(work: Work, store: Store) -> Sight:
    """All sources as they are; only those whose facts are new are read. Raises UsageError."""
    root, config = work.project.root, work.config
    if not (root / CONTENT).is_dir():
        raise UsageError(problem("no-content", Span(CONTENT)))
    now_ns, known = time.time_ns(), store.all("files", Seen)
    if not known:
        work.crew.expect(len(tuple(islice((root / CONTENT).rglob("*.md"), SERIAL_BELOW))))
    found = scan({CONTENT: root / CONTENT}, known, now_ns)
    theme, theme_seen = open_theme(config.theme, root, known, now_ns)
    scripts, beside = _scripts(config.comments.provider), _beside(work)
    return Sight(
        sources=found.sources,
        theme=msgspec.structs.replace(theme, assets={**scripts, **theme.assets}),
        seen={**found.seen, **theme_seen},
        known=known,
        problems=found.problems,
        beside=beside,
        now=read_clock(work.options.clock, config.zone),
        inputs=_inputs(work, found.problems, beside, scripts),
    )


def look_at_output(work: Work, store: Store) -> Survey:
    """What is in the output folder, beside what is remembered of it."""
    before = Remembered(store.all("outputs", Seen), store.all("folders", Folder))
    return survey(work.output, before, time.time_ns())


def have_output_looked_at(work: Work, store: Store) -> Callable[[], Survey]:
    """The same, by somebody else meanwhile if that is possible; a function for what they found."""
    root, files, now_ns = work.output, store.all("outputs", Seen), time.time_ns()
    # Only who looks needs to know of the folders.
    folders = store.all_later("folders", Folder)

    def news() -> News:
        return news_in(survey(root, Remembered(files, folders()), now_ns))

    looking = work.crew.meanwhile(news)
    return cache(lambda: survey_with(looking.result(), root, files))


def _scripts(provider: str) -> dict[str, tuple[ThemeFile, ...]]:
    """What the service for comments brings, as assets, for a theme that has none of its own."""
    return {
        name: (ThemeFile(f"{provider}/{file.name}", str(file), hash_file(file)),)
        for name, file in own_files(provider).items()
    }


def _beside(work: Work) -> Beside:
    root, config = work.project.root, work.config
    return Beside(
        ledger=read_ledger(root),
        talk=talk.read(work.project.talk_file, config.comments.endpoint),
        renditions=renditions.kept(root) if config.media.renditions else {},
    )


def _inputs(work: Work, *others: object) -> str:
    options, searching = work.options, work.config.search == "yes"
    asked = options.audience, options.strict, options.keep_going
    program = find_program() if searching else None
    everything = work.config, asked, program, others
    return fingerprint.of_parts((fingerprint.of_everything(), fingerprint.of_value(everything)))
