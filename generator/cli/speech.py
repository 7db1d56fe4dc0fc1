"""Click's own words in the language of who types: usage, options, and what is wrong with them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from generator.words import Say

# As they stand in Click's code, which asks gettext for them: one translation for all
# programs on a machine. Those that only a programmer sees are left in English.
TEXTS = (
    "Usage:",
    "Options",
    "Commands",
    "Positional arguments",
    "Show this message and exit.",
    "Show the version and exit.",
    "Aborted!",
    "Error: {message}",
    "Error: invalid input",
    "Try '{command} {option}' for help.",
    "Missing command.",
    "Missing argument",
    "Missing option",
    "Choose from:\n\t{choices}",
    "No such command {name!r}.",
    "No such option {name!r}.",
    "Did you mean {possibility}?",
    "(Did you mean one of: {possibilities}?)",
    "Got unexpected extra argument ({args})",
    "Got unexpected extra arguments ({args})",
    "Option {name!r} does not take a value.",
    "Option {name!r} requires an argument.",
    "Invalid value: {message}",
    "Invalid value for {param_hint}: {message}",
    "{value!r} is not {choice}.",
    "{value!r} is not one of {choices}.",
    "{value!r} is not a valid {number_type}.",
    "{value} is not in the range {range}.",
)


def teach(say: Say) -> None:
    """Have Click say these texts as `say` does; before any command is put together."""
    known = {text: say(text) for text in TEXTS}

    def one(text: str) -> str:
        return known.get(text, text)

    def some(single: str, many: str, count: int) -> str:
        return one(single if count == 1 else many)

    for name, module in sys.modules.items():
        if name.startswith(f"{click.__name__}.") and hasattr(module, "_"):
            vars(module)["_"] = one
            if hasattr(module, "ngettext"):
                vars(module)["ngettext"] = some
