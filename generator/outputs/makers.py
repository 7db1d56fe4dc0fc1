"""Who makes which step, and of which code: a change in one maker's code is nobody else's."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import cast

from generator import encoding, fingerprint, packing
from generator.contract import WaitingView
from generator.model import Card, Model, Step
from generator.outputs.bench import Bench
from generator.reads import Answers
from generator.vlogs import captions


class Maker(Model, frozen=True):
    """A function from a step to bytes (or a file to copy), and the code that it consists of.

    It is named rather than imported: a build that makes no feed need not wait
    for the feed library to load.
    """

    module: str
    function: str
    code: tuple[str, ...] = ()


_VIEWS = (
    "outputs/siteview", "outputs/body", "outputs/tables", "outputs/vlogs", "markup/words",
    "markup/text", "media", "contract", "babel",
)  # fmt: skip
_FEED = ("outputs/feeditems", "outputs/feedbody")
MAKERS: dict[str, Maker] = {
    "page": Maker("pages", "make_page", ("templates", "jinja2", *_VIEWS)),
    "feed": Maker("feeds", "make_feed", (*_FEED, "feedgen", "lxml", *_VIEWS)),
    "sitemap": Maker("machine", "make_sitemap"),
    "robots": Maker("machine", "make_robots"),
    "threads": Maker("machine", "make_threads"),
    "manifest": Maker("device", "make_manifest", ("outputs/siteview",)),
    "worker": Maker("device", "make_worker", ("outputs/siteview",)),
    "server": Maker("servers", "make_server", ("packing",)),
    "asset": Maker("files", "make_asset", ("outputs/assets",)),
    "index": Maker("search", "make_index", ("bundles", "encoding")),
    "indexes": Maker("search", "make_indexes", ("bundles", "encoding")),
    "picture": Maker("files", "make_picture", ("media", *encoding.CODE)),
    "captions": Maker("files", "make_captions", captions.CODE),
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
    """The fingerprint of what a step is: its maker's code and its arguments, not its answers."""
    packed = (packing.print_of_packing(), *step.packed) if step.packed else ()
    return fingerprint.of_parts((step.maker, _print_of_maker(step.maker), *step.args, *packed))


@cache
def _print_of_maker(name: str) -> str:
    maker = MAKERS[name]
    return fingerprint.of_code(f"outputs/{maker.module}", "outputs/bench", *maker.code)
