"""Every text that Plein says to people, collected from the code; `python -m tests.docs.catalog`
prints what the catalogs lack and what they no longer need."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

from generator import config, schema
from generator.cli import speech
from generator.fields import FieldType
from generator.messages import MESSAGES
from generator.model import KINDS
from generator.reference import message_groups

ROOT = Path(__file__).parents[2]
GENERATOR = ROOT / "generator"
LOCALES = GENERATOR / "locales"
SAYERS = ("_", "say", "_say")

# Calls whose text is no constant, with all the texts that they can have. A new one fails the test.
MORE_FILES = ("written", "unchanged", "removed")
COUNTED = ("errors", "warnings", *(f"kind:{kind}" for kind in KINDS))
OF_VARIABLES: dict[str, tuple[str, ...]] = {
    "say(_LEVELS[level_of(item)])": ("error", "warning"),
    "say(one.level)": ("error", "warn"),
    **dict.fromkeys(  # messages and the meanings of keys: all of them are collected below
        ("say(MESSAGES[item.code].text)", "say(hint)", "say(one.text)", "say(one.why)"), ()
    ),
    **dict.fromkeys(("say(one.about)", "say(about)", "say(title)", "say(field.about)"), ()),
    "say(name)": (*MORE_FILES, *COUNTED, "new", "changed", "gone"),
    "say(f'kind:{kind}')": tuple(f"kind:{kind}" for kind in KINDS),
    "say(f'one:{name}')": tuple(f"one:{name}" for name in COUNTED),
    "say(text)": (),  # of the preview's templates: collected below
    "self._say(stage)": ("reading", "pictures", "search", "pages"),
}
KEYS = tuple(name for name in (*COUNTED, *(f"one:{one}" for one in COUNTED)) if ":" in name)


def calls() -> Iterator[tuple[Path, ast.Call]]:
    """Every call that says a text, and the module that it is in."""
    for file in sorted(GENERATOR.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and len(node.args) == 1 and _name(node) in SAYERS:
                yield file, node


_IN_TEMPLATES = re.compile(r"""\bt\("([^"]+)"|\bt\('([^']+)'""")


def of_pages() -> dict[str, str]:
    """What the preview's own pages say: `t("…")` in their templates."""
    return {
        text: file.name
        for file in sorted(GENERATOR.glob("serve/templates/*.html"))
        for found in re.findall(
            r"""\bt\("([^"]+)"|\bt\('([^']+)'""", file.read_text(encoding="utf-8")
        )
        for text in found
        if text
    }


def _name(call: ast.Call) -> str:
    func = call.func
    return func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")


def said() -> dict[str, str]:
    """The texts that the code says, each with the module where it stands."""
    found: dict[str, str] = {}
    for file, call in calls():
        (text,) = call.args
        constant = isinstance(text, ast.Constant) and isinstance(text.value, str)
        texts = (text.value,) if constant else OF_VARIABLES.get(ast.unparse(call), ())
        found |= {one: str(file.relative_to(ROOT)) for one in texts if one not in found}
    return found


def of_messages() -> dict[str, str]:
    """The words of every problem."""
    return {
        text: code
        for code, one in MESSAGES.items()
        for text in (one.text, one.hint, one.otherwise, one.why)
        if text
    } | dict.fromkeys(message_groups(), "the title of a group")


def of_reference() -> dict[str, str]:
    """What keys and settings mean, and what they take where that is said in words."""
    fields = [field for kind in KINDS for field in schema.fields_of(kind).values()]
    named: list[tuple[str, FieldType, str]] = [(one.name, one.type, one.about) for one in fields]
    named += [(one.name, one.type, one.about) for one in config.SETTINGS]
    return {
        text: name
        for name, type_, about in named
        for text in (about, type_.about)
        if text != type_.about or not is_a_choice(type_.about)
    }


def of_click() -> dict[str, str]:
    """What the library says that reads the command line."""
    return dict.fromkeys(speech.TEXTS, "click")


def is_a_choice(about: str) -> bool:
    """Whether a type is described by the very words that have to be typed."""
    return " | " in about


def all_texts() -> dict[str, str]:
    """Every text, with where it comes from."""
    return {**said(), **of_pages(), **of_messages(), **of_reference(), **of_click()}


@cache
def catalog(lang: str) -> dict[str, str]:
    """A catalog as it stands on disk."""
    with (LOCALES / f"{lang}.po").open("rb") as stream:
        return {str(one.id): str(one.string) for one in read_po(stream) if one.id}


if __name__ == "__main__":
    texts, known = all_texts(), catalog("nl") if (LOCALES / "nl.po").is_file() else {}
    for text, where in texts.items():
        if not known.get(text):
            print(f"missing ({where}): {text}")
    for text in known:
        if text not in texts:
            print(f"obsolete: {text} = {known[text]}")
