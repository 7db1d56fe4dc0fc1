"""The body of an entry as HTML: the document's parts, with every hole filled."""

from collections.abc import Callable
from html import escape

from markupsafe import Markup

from generator.model import Hole
from generator.outputs.bench import Bench


def body_html(bench: Bench, key: str, address: Callable[[str], str] = lambda url: url) -> Markup:
    """The HTML of an edition's body; `address` makes addresses absolute for feeds."""
    document = bench.body(key)
    lang = key.partition("/")[0]
    pieces = [
        part if isinstance(part, str) else _filled(bench, lang, document.holes[part], address)
        for part in document.parts
    ]
    return Markup("".join(pieces))  # noqa: S704 - sanitised when it was converted


def _filled(bench: Bench, lang: str, hole: Hole, address: Callable[[str], str]) -> str:
    """The attribute that a hole stands for; nothing where there is nowhere to go."""
    if hole.kind == "image":
        picture = bench.ask("picture", hole.path)
        if picture is None:
            return ""
        src = escape(address(picture.url))
        return f'src="{src}" width="{picture.width}" height="{picture.height}" loading="lazy"'
    url: str = bench.ask("link", lang, hole.path)
    anchor = f"#{hole.anchor}" if hole.anchor else ""
    return f'href="{escape(address(url))}{escape(anchor)}"' if url else ""
