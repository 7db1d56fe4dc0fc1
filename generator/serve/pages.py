"""The pages and pieces that only a preview has: what is wrong, what is to come."""

import re
from functools import cache
from pathlib import Path
from urllib.parse import quote

from generator import fingerprint, report, templates
from generator.model import Model
from generator.problems import Problem
from generator.theme import Theme, ThemeFile
from generator.words import Say

STATIC = Path(__file__).parent / "static"
_TEMPLATES = Path(__file__).parent / "templates"
_HEAD = '<link rel="stylesheet" href="/_plein/preview.css"><script type="module" src="/_plein/preview.js" data-plein-page="{page}"></script>'  # noqa: E501


class Shown(Model, frozen=True):
    """A problem in words: its place (with an address that opens the editor), line and remedy."""

    place: str
    link: str
    code: str
    text: str
    hint: str
    before: str
    marked: str
    after: str


@cache
def _theme() -> Theme:
    """The templates of the preview's own pages, as a theme."""
    files = {
        file.name: ThemeFile(file.name, str(file), fingerprint.of_bytes(file.read_bytes()))
        for file in sorted(_TEMPLATES.glob("*.html"))
    }
    return Theme("preview", files, {}, {})


@cache
def _environment() -> templates.Environment:
    return templates.environment(_theme())


def page(name: str, say: Say, **values: object) -> str:
    """A page of the preview; `t` says a text in the site's language."""

    def t(text: str, **parts: object) -> str:
        return say(text).format(**parts) if parts else say(text)

    return templates.render(_environment(), _theme(), name, {"t": t, **values})


def trouble(errors: tuple[Problem, ...], root: Path, editor: str, say: Say) -> str:
    """All errors as a piece of HTML, in the words of the command line."""
    shown = [_shown(one, root, editor, say) for one in errors]
    return page("trouble.html", say, problems=shown)


def _shown(item: Problem, root: Path, editor: str, say: Say) -> Shown:
    span, line = item.span, item.excerpt.expandtabs(1)
    start, end = span.column - 1, span.column - 1 + max(1, span.length)
    is_place = bool(item.excerpt) or span.line > 1
    return Shown(
        place=f"{span.path}:{span.line}:{span.column}" if is_place else span.path,
        link=editor_link(editor, root, item),
        code=item.code,
        text=report.text_of(item, say),
        hint=report.hint_of(item, say),
        before=line[:start],
        marked=line[start:end],
        after=line[end:],
    )


def editor_link(pattern: str, root: Path, item: Problem) -> str:
    """The address that opens an editor at a problem's line; empty where there is no such file."""
    file = (root / item.span.path).absolute()
    if not pattern or not file.is_file():
        return ""
    parts = {"file": quote(file.as_posix()), "line": item.span.line, "column": item.span.column}
    return re.sub(r"\{(file|line|column)\}", lambda found: str(parts[found[1]]), pattern)


def with_preview(html: bytes) -> bytes:
    """A page of the site with the preview's script and style in it.

    By its fingerprint the script knows whether the page of a newer version is another one.
    """
    head = _HEAD.format(page=fingerprint.of_bytes(html)).encode()
    before, found, after = html.partition(b"</head>")
    return before + head + found + after if found else head + html
