"""What the command says of itself is in the language of who types, down to the last word."""

import ast
import re
from pathlib import Path

import click
import pytest

from generator.cli import COMMANDS, speech
from tests.conftest import Site

DUTCH = {"LANG": "nl_NL.UTF-8"}
# What somebody typed, and what Plein answers in Dutch.
SLIPS = {
    ("biuld",): "Fout: De opdracht 'biuld' bestaat niet. Bedoel je 'build'?",
    ("build", "--drafs"): "Fout: De optie '--drafs' bestaat niet. Bedoel je '--drafts'?",
    ("build", "alles", "nu"): "Fout: Deze argumenten zijn te veel: alles nu",
    ("build", "alles"): "Fout: Dit argument is te veel: alles",
    ("serve", "--port"): "Fout: Bij de optie '--port' hoort een waarde.",
    ("serve", "--port", "x"): "Fout: Dit kan niet bij '--port': 'x' is geen getal",
    ("serve", "--port", "99999"): "99999 ligt niet in het bereik 1<=x<=65000.",
    ("serve", "--lan=ja"): "Fout: Bij de optie '--lan' hoort geen waarde.",
    (
        "check",
        "--format",
        "xml",
    ): "'xml' is er niet een van 'text', 'json', 'github',",
    ("why",): "Fout: Er ontbreekt een argument",
}


@pytest.mark.parametrize("typed", SLIPS, ids=" ".join)
def test_a_slip_of_the_finger_is_answered_in_dutch(site: Site, typed: tuple[str, ...]) -> None:
    site.env = DUTCH
    said = site.run(*typed, code=2).stderr
    assert SLIPS[typed] in said
    # Where a value is lacking, Click says only that.
    assert "hoort" in said or ("Gebruik: " in said and "Uitleg krijg je met: " in said)
    assert not re.search(r"Usage|Error|Try|Did you|Missing", said)


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_all_help_is_in_dutch(site: Site, name: str) -> None:
    site.env = DUTCH
    said = site.run(*filter(None, [name]), "--help").stdout
    assert said.startswith("Gebruik: ")
    assert "Deze uitleg." in said
    assert not re.findall(r"Usage|Options:|Commands:|Show |the |exit", said)


def test_in_english_it_is_as_click_says_it(site: Site) -> None:
    said = site.run("biuld", code=2).stderr
    assert said.startswith("Usage: ")
    assert "Error: No such command 'biuld'." in said


def test_click_still_says_what_is_translated_here() -> None:
    folder = Path(click.__file__).parent
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in folder.glob("*.py")]
    asked = {
        argument.value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("_", "ngettext")
        for argument in node.args
        if isinstance(argument, ast.Constant)
    }
    assert set(speech.TEXTS) <= asked
