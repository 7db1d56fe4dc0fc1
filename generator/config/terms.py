"""Topics, locations, values and series in site.yaml, and what else has a text per language."""

import re
from collections.abc import Callable
from typing import Any

from generator import fields, shapes
from generator.config.model import Term, Words
from generator.fields import Context
from generator.paths import SLUG_MAX, slugify
from generator.yamltree import Mapping, Node, Scalar, Sequence

LANGUAGES = ("nl", "en")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def read_words(context: Context, node: Node) -> Words:
    """A text, or a text per language; one text counts for all languages."""
    if isinstance(node, Mapping):
        return fields.read_pairs(context, node, LANGUAGES)
    return {"": fields.read_text(context, node) or ""}


def read_terms(context: Context, node: Node) -> dict[str, Term]:
    """Topics, locations, values or series by their ids."""
    if isinstance(node, Sequence) and all(isinstance(item, Scalar) for item in node.items):
        return _named_as_they_are(context, node)
    if not isinstance(node, Mapping):
        context.fail("not-terms", node.span)
        return {}
    _check_addresses(context, [key for key, _ in node.pairs])
    return {key.text: _read_term(context, key, value) for key, value in node.pairs}


def _named_as_they_are(context: Context, node: Sequence) -> dict[str, Term]:
    """A list of names, each of which is what readers see too."""
    items = [item for item in node.items if isinstance(item, Scalar) and item.text.strip()]
    _check_addresses(context, items)
    return {item.text: Term(id=item.text, name={"": item.text}) for item in items}


def _check_addresses(context: Context, keys: list[Scalar]) -> None:
    """Each id needs a page of its own, so `HR` and `hr` can't both be there."""
    seen: dict[str, str] = {}
    for key in keys:
        slug = slugify(key.text)
        first = seen.setdefault(slug, key.text)
        if not slug:
            context.fail("slug-unsafe", key.span, value=key.text, most=SLUG_MAX)
        elif first != key.text:
            context.fail("term-twice", key.span, value=key.text, other=first)


def _read_term(context: Context, key: Scalar, node: Node) -> Term:
    if isinstance(node, Scalar) and not node.text.strip() and " " in key.text:
        context.fail("not-terms", key.span)
    pairs = {name.text: value for name, value in getattr(node, "pairs", ())}
    if not pairs or set(pairs) <= set(LANGUAGES):
        name = read_words(context, node)
        return Term(id=key.text, name=name if any(name.values()) else {"": key.text})
    for name, _ in getattr(node, "pairs", ()):
        if name.text not in _TERM_PARTS:
            options = ", ".join(_TERM_PARTS)
            context.fail("unknown-part", name.span, key=name.text, options=options)
    read = {
        name: _TERM_PARTS[name](context, value)
        for name, value in pairs.items()
        if name in _TERM_PARTS
    }
    return Term(
        id=key.text,
        name=read.get("name") or read.get("title") or {"": key.text},
        description=read.get("description", {}),
        colour=read.get("colour", "") or "",
        rhythm=read.get("rhythm", "") or "",
    )


def read_colour(context: Context, node: Node) -> str:
    """A colour as #0b5d5b; '' after a complaint."""
    text = fields.read_text(context, node) or ""
    if not _COLOUR.fullmatch(text):
        context.fail("not-a-colour", node.span, value=text)
    return text.lower()


_TERM_PARTS: dict[str, Callable[[Context, Node], Any]] = {
    "name": read_words,
    "title": read_words,
    "description": read_words,
    "colour": read_colour,
    "rhythm": fields.read_text,
}


WORDS_SHAPE: shapes.Shape = {
    "anyOf": [shapes.SCALAR, shapes.fixed(dict.fromkeys(LANGUAGES, shapes.SCALAR))]
}
_PARTS_SHAPE = {
    **dict.fromkeys(("name", "title", "description"), WORDS_SHAPE),
    "colour": shapes.COLOUR,
    "rhythm": shapes.SCALAR,
}
_TERM_SHAPE = {"anyOf": [WORDS_SHAPE, shapes.fixed(_PARTS_SHAPE), {"type": "null"}]}
TERMS_SHAPE = {"anyOf": [shapes.named(_TERM_SHAPE), {"type": "array", "items": shapes.SCALAR}]}


def pairs(context: Context, node: Node) -> tuple[tuple[Scalar, Node], ...]:
    """The pairs of a mapping; anything else is a problem."""
    if isinstance(node, Mapping):
        return node.pairs
    context.fail("yaml-no-pairs", node.span)
    return ()
