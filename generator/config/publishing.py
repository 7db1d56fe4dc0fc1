"""Where a site is published to, and with how much care: `publish` in site.yaml."""

import re

from generator import fields, shapes
from generator.config.model import Publishing
from generator.config.terms import pairs
from generator.fields import Context
from generator.yamltree import Node

_PARTS = ("to", "keep", "smaller", "encoding")
_MOST = {"keep": 100, "smaller": 100}
_ENCODING = fields.choice("gzip", "br")

PUBLISHING_SHAPE = shapes.fixed(
    {
        "to": shapes.SCALAR,
        "keep": shapes.COUNT,
        "smaller": shapes.COUNT,
        "encoding": _ENCODING.shape,
    }
)


def read_publishing(context: Context, node: Node) -> Publishing:
    """The target, how many releases stay there, and by how many percent the site may shrink."""
    found: dict[str, str | int] = {}
    for key, value in pairs(context, node):
        text = fields.read_text(context, value) or ""
        if key.text == "to":
            found["to"] = text
        elif key.text == "encoding":
            found["encoding"] = _ENCODING.read(context, value) or ""
        elif key.text not in _PARTS:
            context.fail("unknown-part", key.span, key=key.text, options=", ".join(_PARTS))
        elif re.fullmatch(r"\d{1,3}", text) and 1 <= int(text) <= _MOST[key.text]:
            found[key.text] = int(text)
        else:
            context.fail("not-a-count", value.span, value=text)
    return Publishing(**found)  # type: ignore[arg-type]
