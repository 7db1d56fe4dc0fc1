"""For which web servers files are written: `server` in site.yaml."""

from generator import fields, shapes
from generator.fields import Context
from generator.yamltree import Node

SERVERS = ("nginx", "apache", "caddy", "netlify", "iis")
_OPTIONS = (*SERVERS, "none")
SERVER_SHAPE = shapes.one_or_list(shapes.options(_OPTIONS))


def read_server(context: Context, node: Node) -> tuple[str, ...]:
    """The servers by name; `none` stands for an empty list."""
    names = fields.read_names(context, node)
    for name in names:
        if name not in _OPTIONS:
            context.fail("not-an-option", node.span, value=name, options=", ".join(_OPTIONS))
    return tuple(dict.fromkeys(name for name in names if name in SERVERS))
