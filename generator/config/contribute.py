"""Where colleagues take part: `contribute` in site.yaml."""

import re

from generator import fields, shapes
from generator.config.terms import pairs
from generator.fields import Context
from generator.yamltree import Node

_PARTS = ("write", "change")
_ADDRESS = r"(https?://|mailto:)\S+"
_SHAPE: shapes.Shape = {"type": "string", "pattern": f"^{_ADDRESS}$"}
CONTRIBUTE_SHAPE = shapes.fixed(dict.fromkeys(_PARTS, _SHAPE))


def read_contribute(context: Context, node: Node) -> dict[str, str]:
    """The addresses by what they are for."""
    found: dict[str, str] = {}
    for key, value in pairs(context, node):
        text = fields.read_text(context, value) or ""
        if key.text not in _PARTS:
            context.fail("unknown-part", key.span, key=key.text, options=", ".join(_PARTS))
        elif not re.fullmatch(_ADDRESS, text):
            context.fail("not-a-web-address", value.span, value=text)
        else:
            found[key.text] = text
    return found
