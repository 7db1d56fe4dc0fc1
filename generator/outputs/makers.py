"""Who makes which step."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import cast

from generator import fingerprint
from generator.contract import WaitingView
from generator.model import Card, Model, Step
from generator.outputs.bench import Bench
from generator.reads import Answers


class Maker(Model, frozen=True):
    """A function from a step to bytes (or a file to copy).

    It is named rather than imported: a build that makes no feed need not wait
    for the feed library to load.
    """

    module: str
    function: str


MAKERS: dict[str, Maker] = {
    "page": Maker("pages", "make_page"),
    "feed": Maker("feeds", "make_feed"),
    "sitemap": Maker("machine", "make_sitemap"),
    "robots": Maker("machine", "make_robots"),
    "threads": Maker("machine", "make_threads"),
    "manifest": Maker("device", "make_manifest"),
    "worker": Maker("device", "make_worker"),
    "server": Maker("servers", "make_server"),
    "asset": Maker("files", "make_asset"),
    "index": Maker("search", "make_index"),
    "indexes": Maker("search", "make_indexes"),
    "picture": Maker("files", "make_picture"),
    "captions": Maker("files", "make_captions"),
    "file": Maker("files", "make_file"),
    "rendition": Maker("files", "make_rendition"),
}


def make(step: Step, bench: Bench) -> bytes | Path:
    """The bytes of a step's output, or the file to copy for it."""
    return _function_of(step.maker)(step, bench)


@cache
def _function_of(name: str) -> Callable[[Step, Bench], bytes | Path]:
    maker = MAKERS[name]
    module = import_module(f"generator.outputs.{maker.module}")
    function: Callable[[Step, Bench], bytes | Path] = getattr(module, maker.function)
    return function


def documents_for(step: Step, answers: Answers) -> tuple[str, ...]:
    """The keys of the editions whose documents a step will ask for."""
    if step.maker == "page" and step.args[1] == "entry":
        return (step.args[3],)
    if step.maker != "feed":
        return ()
    _, _, lang, facet, name = step.args
    if facet == "waiting":
        questions = cast("tuple[WaitingView, ...]", answers.answer(("waiting", lang, name)))
        return tuple(dict.fromkeys(one.card.key for one in questions if not one.id))
    limit = str(answers.answer(("setting", "feed_items", "")))
    cards = cast("tuple[Card, ...]", answers.answer(("newest", lang, facet, name, limit)))
    return tuple(card.key for card in cards)


def print_of_step(step: Step) -> str:
    """The fingerprint of what a step is: all code, and its arguments, but not its answers."""
    packed = str(len(step.packed)), *step.packed
    return fingerprint.of_parts((step.maker, fingerprint.of_everything(), *packed, *step.args))
