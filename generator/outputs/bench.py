"""The workbench of a maker: whom to ask, and the tools that are costly to set up."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from generator.config import Config
from generator.model import Document, Model
from generator.reads import Query, Recorder
from generator.templates import Environment
from generator.theme import Theme

_T = TypeVar("_T")


class Shared(Model, frozen=True):
    """A part that outputs share, and all that was asked for it."""

    part: Any
    asked: tuple[Query, ...]


class Bench(Model, frozen=True):
    """What every maker gets. All that it wants to know of the site it has to ask."""

    recorder: Recorder
    theme: Theme
    env: Environment
    config: Config
    root: Path
    # What was made once for many outputs, by name; it grows as they are made.
    shared: dict[str, dict[tuple[object, ...], Shared]]

    def ask(self, *query: str) -> Any:
        """The answer to a query, recorded."""
        return self.recorder.ask(*query)

    def body(self, edition: str) -> Document:
        """The document of an edition."""
        return self.recorder.body(edition)

    def share(
        self, name: str, key: tuple[object, ...], make: Callable[["Bench"], _T], most: int = 0
    ) -> _T:
        """What `make` gives, made once for all outputs that have it under this key: so each of
        them has asked what was asked for it. Not more than `most` are held; 0 is all."""
        held = self.shared.setdefault(name, {})
        found = held.get(key)
        if found is None:
            if most and len(held) >= most:
                held.clear()
            aside = Recorder(self.recorder.answers)
            part = make(msgspec.structs.replace(self, recorder=aside))
            found = held[key] = Shared(part, tuple(aside.asked))
        self.recorder.also(found.asked)
        part_: _T = found.part
        return part_

    def absolute(self, url: str) -> str:
        """An address with the site's host, for feeds and readers elsewhere."""
        site: str = self.ask("setting", "url", "")
        base: str = self.ask("setting", "base_path", "")
        return site + url.removeprefix(base) if url.startswith("/") else url
