"""The Dutch catalog says everything that Plein says, and nothing that it no longer says."""

import ast
import re

import pytest

from tests.docs import catalog

_PLACEHOLDER = re.compile(r"\{\w+\}")


def test_every_call_that_says_something_is_understood_here() -> None:
    unknown = [
        f"{file.name}:{call.lineno}: {ast.unparse(call)}"
        for file, call in catalog.calls()
        if not isinstance(call.args[0], ast.Constant)
        and ast.unparse(call) not in catalog.OF_VARIABLES
    ]
    assert not unknown, "name what these can say in OF_VARIABLES in tests/docs/catalog.py"


def test_nothing_is_missing_in_dutch() -> None:
    known = catalog.catalog("nl")
    assert not [text for text in catalog.all_texts() if not known.get(text)]


def test_nothing_in_dutch_is_obsolete() -> None:
    assert not set(catalog.catalog("nl")) - set(catalog.all_texts())


def test_english_has_the_texts_that_are_keys() -> None:
    assert set(catalog.catalog("en")) == set(catalog.KEYS)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_translation_has_the_same_placeholders(lang: str) -> None:
    for text, translated in catalog.catalog(lang).items():
        assert set(_PLACEHOLDER.findall(text)) == set(_PLACEHOLDER.findall(translated)), text


def test_a_sentence_begins_as_its_original_does() -> None:
    """Messages follow a place and a colon and begin small; reasons are sentences."""
    names = ("kind:", "Plein", "HTML", "site.yaml")
    for text, dutch in catalog.catalog("nl").items():
        if f"{text[0]}{dutch[0]}".isalpha() and not text.startswith(names):
            assert text[0].isupper() == dutch[0].isupper() or dutch.startswith(names), text


def test_nobody_is_addressed_formally() -> None:
    formal = re.compile(r"\b(u|uw|gelieve|dient)\b")
    assert not [text for text in catalog.catalog("nl").values() if formal.search(text)]
