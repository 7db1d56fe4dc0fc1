"""The body of an entry as HTML: the document's parts, with every hole filled."""

from collections.abc import Callable
from html import escape

from markupsafe import Markup

from generator import media
from generator.model import Hole, Picture
from generator.outputs.bench import Bench
from generator.outputs.tables import framed

# How wide a body's picture is on a page: as wide as the text, which has a measure.
_SIZES = "(min-width: 46rem) 42rem, calc(100vw - 2rem)"
# A picture after so many characters of HTML is not seen before somebody scrolls.
_BELOW_FOLD = 1500


def body_html(bench: Bench, key: str, address: Callable[[str], str] | None = None) -> Markup:
    """The HTML of an edition's body.

    For feeds `address` makes addresses absolute, and pictures come in one size.
    """
    document = bench.body(key)
    lang, before, pieces = key.partition("/")[0], 0, []
    for part in document.parts:
        if isinstance(part, str):
            before += len(part)
            pieces.append(part)
        else:
            is_lazy = before > _BELOW_FOLD
            pieces.append(_filled(bench, lang, document.holes[part], address, is_lazy))
    html = "".join(pieces)
    if not address:
        html = framed(html, bench.ask("edition", key).entry.lang)
    return Markup(html)  # noqa: S704 - sanitised when it was converted


def _filled(
    bench: Bench, lang: str, hole: Hole, address: Callable[[str], str] | None, is_lazy: bool
) -> str:
    """The attribute that a hole stands for; nothing where there is nowhere to go."""
    if hole.kind == "image":
        picture: Picture | None = bench.ask("picture", hole.path)
        return _image(picture, address, is_lazy) if picture else ""
    url: str = bench.ask("link", lang, hole.path)
    if not url:
        return ""
    anchor = f"#{hole.anchor}" if hole.anchor else ""
    return f'href="{escape(address(url) if address else url)}{escape(anchor)}"'


def _image(picture: Picture, address: Callable[[str], str] | None, is_lazy: bool) -> str:
    size = f'width="{picture.width}" height="{picture.height}"'
    if address:
        return f'src="{escape(address(picture.url))}" {size}'
    chosen = media.srcset(picture.url, picture.widths)
    more = f' srcset="{escape(chosen)}" sizes="{_SIZES}"' if chosen else ""
    late = ' loading="lazy"' if is_lazy else ""
    return f'src="{escape(picture.url)}"{more} {size}{late} decoding="async"'
