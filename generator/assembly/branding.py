"""What an organisation's own colours, logo and templates leave to wish for."""

import colorsys
from collections.abc import Container, Iterator
from itertools import count

from generator import fingerprint
from generator.assembly.findings import Finding
from generator.config import Config
from generator.contract import PAGES
from generator.frontmatter import did_you_mean
from generator.model import KINDS, Model
from generator.paths import CONTENT, bundled_themes
from generator.templates import blocks_of, references, text_of
from generator.theme import Theme

_ENOUGH = 4.5
_WHITE = (1.0, 1.0, 1.0)
_SETTINGS = "site.yaml"
_NAMES = (
    *(f"{page.type}.html" for page in PAGES),
    *(f"entry-{kind}.html" for kind in KINDS),
    "base.html",
)
_Colour = tuple[float, float, float]


def check_branding(config: Config, theme: Theme, sources: Container[str]) -> Iterator[Finding]:
    """Colours without contrast, a logo that nobody put there."""
    for key in ("colour", "accent"):
        value = config.branding.get(key, "")
        if value and contrast(value) < _ENOUGH:
            args = (("guess", darkened(value)),)
            yield Finding(_SETTINGS, "colour-too-light", "branding", value, args)
    yield from _check_logo(config, theme, sources)


class Verdict(Model, frozen=True):
    """What is wrong with a theme; `of` is the fingerprint of what that follows from."""

    of: str
    findings: tuple[Finding, ...]


def verdict_on(theme: Theme, inputs: str, before: Verdict | None) -> Verdict:
    """Templates that nothing uses, blocks that replace nothing: as known from `before`, if the
    theme and the fingerprint of all else that counts (`inputs`) are the same."""
    of = fingerprint.of_value((theme, inputs))
    if before and before.of == of:
        return before
    return Verdict(of, (*_check_templates(theme), *_check_blocks(theme)))


def contrast(colour: str) -> float:
    """The contrast of a colour (#rrggbb) with white, from 1 to 21, as WCAG defines it."""
    return (_luminance(_WHITE) + 0.05) / (_luminance(_parsed(colour)) + 0.05)


def darkened(colour: str) -> str:
    """The lightest colour of the same hue and saturation that has contrast enough with white."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_parsed(colour))
    steps = (lightness * (1 - step / 100) for step in count())
    tried = (_written(colorsys.hls_to_rgb(hue, one, saturation)) for one in steps)
    return next(one for one in tried if contrast(one) >= _ENOUGH)


def _parsed(colour: str) -> _Colour:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _written(colour: _Colour) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in colour)


def _luminance(colour: _Colour) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _check_logo(config: Config, theme: Theme, sources: Container[str]) -> Iterator[Finding]:
    logo = config.branding.get("logo", "")
    static = f"{CONTENT}/static/{logo.lstrip('/')}"
    if logo and logo not in theme.assets and static not in sources:
        yield Finding(_SETTINGS, "logo-missing", "branding", logo)


def _check_templates(theme: Theme) -> Iterator[Finding]:
    """Templates whose name is that of no page, and that no other template asks for."""
    own = {name: file for name, file in theme.templates.items() if "/" not in name}
    unknown = [name for name in own if name not in _NAMES and not name.startswith("_")]
    if not unknown:
        return
    closures = [references(text_of(file)) for file in own.values()]
    used = {name for one in closures for name in one.names}
    for name in unknown:
        if name not in used and not any(one.dynamic for one in closures):
            args = (("guess", did_you_mean(name, dict.fromkeys(_NAMES))), ("name", name))
            yield Finding(own[name].shown, "template-unused", args=args)


def _check_blocks(theme: Theme) -> Iterator[Finding]:
    """Blocks that replace nothing, for no template above them has one of that name."""
    bundled = str(bundled_themes())
    for name, file in theme.templates.items():
        if "/" not in name and not file.file.startswith(bundled):
            blocks = blocks_of(text_of(file))
            known = _blocks_above(blocks.extends, theme)
            for block, line in blocks.outer if known else ():
                if block not in known:
                    guess = did_you_mean(block, dict.fromkeys(sorted(known)))
                    args = (("guess", guess), ("parent", blocks.extends))
                    yield Finding(file.shown, "block-unused", value=block, args=args, line=line)


def _blocks_above(name: str, theme: Theme) -> frozenset[str]:
    """The names of all blocks from a template up; nothing where a template is not there."""
    found: frozenset[str] = frozenset()
    seen: set[str] = set()
    while name and name not in seen:
        if name not in theme.templates:
            return frozenset()
        seen.add(name)
        blocks = blocks_of(text_of(theme.templates[name]))
        found, name = found | blocks.names, blocks.extends
    return found
