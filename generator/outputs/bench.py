"""The workbench of a maker: whom to ask, and the tools that are costly to set up."""

from pathlib import Path
from typing import Any

import msgspec
from markupsafe import Markup

from generator.config import Config
from generator.model import Document, Model
from generator.reads import Query, Recorder
from generator.templates import Environment
from generator.theme import Theme


class Partial(Model, frozen=True):
    """A part that pages share, and all that was asked for it."""

    html: Markup
    asked: tuple[Query, ...]


class Bench(Model, frozen=True):
    """What every maker gets. All that it wants to know of the site it has to ask."""

    recorder: Recorder
    theme: Theme
    env: Environment
    config: Config
    root: Path
    # What was made once for many pages; it grows as they are made.
    partials: dict[tuple[object, ...], Partial]

    def on_behalf_of(self, recorder: Recorder) -> "Bench":
        """The same workbench, where another asks."""
        return msgspec.structs.replace(self, recorder=recorder)

    def ask(self, *query: str) -> Any:
        """The answer to a query, recorded."""
        return self.recorder.ask(*query)

    def body(self, edition: str) -> Document:
        """The document of an edition."""
        return self.recorder.body(edition)

    def absolute(self, url: str) -> str:
        """An address with the site's host, for feeds and readers elsewhere."""
        site: str = self.ask("setting", "url", "")
        base: str = self.ask("setting", "base_path", "")
        return site + url.removeprefix(base) if url.startswith("/") else url
