"""Themes: a chain of folders, in which a file of the site's own goes before its parent's."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

from generator import paths, textfile
from generator.contract import VERSION
from generator.fields import Context
from generator.model import Model, Source, Span
from generator.problems import Problem, UsageError, excerpt_of, problem
from generator.scan import Seen, scan
from generator.yamltree import Scalar, parse

_CONTRACT = str(VERSION)
# A part of an asset: `style.css/30-cards.css`.
_JOINED = re.compile(r"(.+\.(?:css|js))/([^/]+)")
_PARTS = ("name", "extends", "contract")


class ThemeFile(Model, frozen=True):
    """A file of a theme: its name in messages, its place on disk, its fingerprint."""

    shown: str
    file: str
    fingerprint: str


class Theme(Model, frozen=True):
    """The files of a theme and its parents, each name once: the nearest wins.

    `templates` by name (`entry.html`), and each layer's by the theme's name too
    (`default/entry.html`), so that a template can extend the one that it
    replaces; `assets` by name, each the files that are joined to it (a folder
    `style.css` in assets is one asset: its files, by their names, one after
    the other); `strings` per language the catalogs from the farthest parent to the theme.
    """

    name: str
    templates: dict[str, ThemeFile]
    assets: dict[str, tuple[ThemeFile, ...]]
    strings: dict[str, tuple[ThemeFile, ...]]


def open_theme(
    name: str, root: Path, known: Mapping[str, Seen], now_ns: int
) -> tuple[Theme, dict[str, Seen]]:
    """The theme by name, looked for in the site's `themes/` and then among Plein's own.

    Raises UsageError when it or a parent is not there, or made for another contract.
    """
    chain = _chain(name, root)
    folders = {f"themes/{one}": folder for one, folder in chain}
    found = scan(folders, known, now_ns)
    if found.problems:
        raise UsageError(*found.problems)
    layers = {one: _layer(one, folder, found.sources) for one, folder in reversed(chain)}
    return _stack(name, layers), found.seen


def nearest(name: str, root: Path, path: str) -> Path | None:
    """The file of that path in a theme, or in its nearest parent that has it. Raises UsageError."""
    places = (folder / path for _, folder in _chain(name, root))
    return next((place for place in places if place.is_file()), None)


def _chain(name: str, root: Path) -> list[tuple[str, Path]]:
    chain: list[tuple[str, Path]] = []
    while name:
        folder = _find(name, root)
        if folder is None or any(one == name for one, _ in chain):
            raise UsageError(_not_there(name, root, chain))
        chain.append((name, folder))
        name = _parent(name, folder)
    return chain


def _not_there(name: str, root: Path, chain: list[tuple[str, Path]]) -> Problem:
    """The problem that there is no such theme, at the line that asks for it."""
    shown, file, asking = "site.yaml", root / "site.yaml", "theme"
    if chain:
        shown, asking = f"themes/{chain[-1][0]}/theme.yaml", "extends"
        file = chain[-1][1] / "theme.yaml"
    text = textfile.read_text(file.read_bytes(), shown)[0] if file.is_file() else ""
    tree, _ = parse(text, shown)
    span = next((node.span for key, node in tree.pairs if key.text == asking), Span(shown))
    return problem("no-theme", span, excerpt_of(text, span.line), name=name)


def _find(name: str, root: Path) -> Path | None:
    places = (root / "themes" / name, paths.bundled_themes() / name)
    if not paths.is_safe_slug(name):
        return None
    return next((place for place in places if (place / "theme.yaml").is_file()), None)


def _parent(name: str, folder: Path) -> str:
    shown = f"themes/{name}/theme.yaml"
    text, found = textfile.read_text((folder / "theme.yaml").read_bytes(), shown)
    tree, more = parse(text, shown)
    values = {key.text: node.text for key, node in tree.pairs if isinstance(node, Scalar)}
    context = Context(text.split("\n"), ZoneInfo("UTC"))
    contract = next((node.span for key, node in tree.pairs if key.text == "contract"), tree.span)
    for key, _ in tree.pairs:
        if key.text not in _PARTS:
            context.fail("unknown-part", key.span, key=key.text, options=", ".join(_PARTS))
    if values.get("contract") != _CONTRACT and not more:
        line = values.get("contract", "")
        context.fail("other-contract", contract, value=line, contract=_CONTRACT)
    if problems := (*found, *more, *context.problems):
        raise UsageError(*problems)
    return values.get("extends", "")


def _layer(name: str, folder: Path, sources: Iterable[Source]) -> dict[str, ThemeFile]:
    prefix = f"themes/{name}/"
    return {
        source.path.removeprefix(prefix): ThemeFile(
            source.path, str(folder / source.path.removeprefix(prefix)), source.fingerprint
        )
        for source in sources
        if source.path.startswith(prefix)
    }


def _stack(name: str, layers: Mapping[str, dict[str, ThemeFile]]) -> Theme:
    """One theme of several layers by their names, the farthest parent first."""
    merged = {path: file for layer in layers.values() for path, file in layer.items()}
    strings: dict[str, tuple[ThemeFile, ...]] = {}
    for layer in layers.values():
        for path, file in layer.items():
            match = re.fullmatch(r"locales/(\w+)\.po", path)
            if match:
                strings[match[1]] = (*strings.get(match[1], ()), file)
    named = {
        f"{one}/{path}": file
        for one, layer in layers.items()
        for path, file in _under(layer, "templates/").items()
    }
    templates = {**named, **_under(merged, "templates/")}
    return Theme(name, templates, _joined(layers.values()), strings)


def _joined(layers: Iterable[dict[str, ThemeFile]]) -> dict[str, tuple[ThemeFile, ...]]:
    """Assets with their parts: a part replaces its namesake, a whole replaces all parts."""
    parts: dict[str, dict[str, ThemeFile]] = {}
    for layer in layers:
        for path, file in sorted(_under(layer, "assets/").items()):
            joined = _JOINED.fullmatch(path)
            whole, part = joined.groups() if joined else (path, "")
            if not part:
                parts[whole] = {}
            parts.setdefault(whole, {})[part] = file
    return {one: tuple(files[name] for name in sorted(files)) for one, files in parts.items()}


def _under(files: Mapping[str, ThemeFile], prefix: str) -> dict[str, ThemeFile]:
    return {
        path.removeprefix(prefix): file for path, file in files.items() if path.startswith(prefix)
    }
