"""JSON Schema (draft 7) for the types of front matter and settings, as editors read YAML.

An editor turns `2026` into a number and, some of them, `yes` into true; Plein
takes both as typed, so a text may be any scalar here.
"""

from collections.abc import Iterable
from typing import Any

Shape = dict[str, Any]

SCALAR: Shape = {"type": ["string", "number", "boolean"]}
COUNT: Shape = {"type": ["integer", "string"], "minimum": 1, "pattern": r"^[1-9]\d{0,4}$"}
_MOMENT = r"\d{4}-\d\d?-\d\d?([T ]+\d\d?:\d\d(:\d\d([.,]\d+)?)?)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?"
MOMENT: Shape = {"type": "string", "pattern": rf"^\s*{_MOMENT}\s*$"}
_CLOCK, _UNITS = r"(\d{1,3}:)?[0-5]?\d:[0-5]\d", r"\d{1,6} ?(s|sec|min|m|u|h|uur)\.?|\d{1,6}"
DURATION: Shape = {"type": ["string", "integer"], "pattern": rf"^({_CLOCK}|{_UNITS})$"}
SIZE: Shape = {
    "type": ["string", "integer"],
    "pattern": r"^\d{1,12}([.,]\d{1,3})? ?([kKmMgG]?[bB])?$",
}
SLUG: Shape = {
    "type": ["string", "number"],
    "pattern": r"^[A-Za-z0-9]([\w.~-]*\w)?$",
    "maxLength": 120,
}
COLOUR: Shape = {"type": "string", "pattern": "^#[0-9a-fA-F]{6}$"}


def options(names: Iterable[object]) -> Shape:
    """One of some fixed values."""
    return {"enum": list(names)}


def yes_no(yes: Iterable[str], no: Iterable[str]) -> Shape:
    """Yes or no: the usual words first, then all others, also with a capital."""
    words = [word for pair in zip(sorted(yes), sorted(no), strict=False) for word in pair]
    lower = ["yes", "no", *(word for word in words if word not in ("yes", "no"))]
    return options([True, False, 1, 0, *lower, *(word.capitalize() for word in lower)])


def one_or_list(shape: Shape) -> Shape:
    """One of something, or a list of them."""
    return {"anyOf": [shape, {"type": "array", "items": shape}]}


def names(known: Iterable[str] | None = None) -> Shape:
    """Names, each of the known ones if they are: one, a list, or several with commas."""
    if known is None:
        return one_or_list(SCALAR)
    listed = list(known)
    one = "|".join(_literal(name) for name in listed)
    several = {"type": "string", "pattern": rf"^\s*({one})(\s*,\s*({one}))+\s*,?\s*$"}
    return {"anyOf": [options(listed), {"type": "array", "items": options(listed)}, several]}


def _literal(text: str) -> str:
    return "".join(char if char.isalnum() or char in "-_" else f"\\{char}" for char in text)


def fixed(parts: dict[str, Shape], required: Iterable[str] = ()) -> Shape:
    """A mapping with these keys and no others."""
    needed = {"required": list(required)} if required else {}
    return {"type": "object", "properties": parts, "additionalProperties": False, **needed}


def named(shape: Shape) -> Shape:
    """A mapping whose keys are free."""
    return {"type": "object", "additionalProperties": shape}


def or_empty(shape: Shape) -> Shape:
    """The same, or a key that was left open."""
    return {"anyOf": [shape, {"type": "null"}]} if shape else {}


DECISIONS = one_or_list(
    {"anyOf": [SCALAR, fixed(dict.fromkeys(("decision", "why", "means"), SCALAR), ["decision"])]}
)
OUTCOME = fixed({"heard": SCALAR, "doing": SCALAR})
