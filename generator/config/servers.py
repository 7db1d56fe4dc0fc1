"""For which web servers headers are written: `headers` in site.yaml."""

from generator import fields, shapes
from generator.fields import Context
from generator.yamltree import Node

SERVERS = ("nginx", "apache", "netlify", "iis")
_OPTIONS = (*SERVERS, "none")
HEADERS_SHAPE = shapes.one_or_list(shapes.options(_OPTIONS))


def read_headers(context: Context, node: Node) -> tuple[str, ...]:
    """The servers by name; `none` stands for an empty list."""
    names = fields.read_names(context, node)
    for name in names:
        if name not in _OPTIONS:
            context.fail("not-an-option", node.span, value=name, options=", ".join(_OPTIONS))
    return tuple(name for name in names if name in SERVERS)
