"""Video and audio: how large files may be, how they are published, from which hosts they come."""

import re

from generator import fields
from generator.config.model import VlogMedia
from generator.config.terms import pairs
from generator.fields import Context
from generator.vlogs.embeds import NAMED, origin_of
from generator.yamltree import Node, Sequence

_PARTS = ("max_mb", "renditions", "hosts", "embeds")
_ORIGIN = re.compile(r"https://[a-z0-9.-]+(:\d{1,5})?", re.IGNORECASE | re.ASCII)


def read_vlogs(context: Context, node: Node) -> VlogMedia:
    """The largest file, whether films are made fit for the web, and from which hosts they may come."""
    found: dict[str, int | bool | tuple[str, ...]] = {}
    for key, value in pairs(context, node):
        if key.text not in _PARTS:
            context.fail("unknown-part", key.span, key=key.text, options=", ".join(_PARTS))
        elif key.text == "max_mb":
            text = fields.read_text(context, value) or ""
            if re.fullmatch(r"[1-9]\d{0,5}", text):
                found["max_mb"] = int(text)
            else:
                context.fail("not-a-count", value.span, value=text)
        elif key.text == "renditions":
            found["renditions"] = bool(fields.read_yes_no(context, value))
        else:
            found[key.text] = _read_origins(context, value, named=key.text == "embeds")
    return VlogMedia(**found)  # type: ignore[arg-type]


def _read_origins(context: Context, node: Node, named: bool) -> tuple[str, ...]:
    origins = []
    for item in node.items if isinstance(node, Sequence) else (node,):
        text = (fields.read_text(context, item) or "").rstrip("/")
        if named and text.lower() in NAMED:
            origins.append(NAMED[text.lower()])
        elif _ORIGIN.fullmatch(text) and origin_of(text):
            origins.append(origin_of(text))
        else:
            options = ", ".join(NAMED) if named else "https://…"
            context.fail("not-an-origin", item.span, value=text, options=options)
    return tuple(origins)
