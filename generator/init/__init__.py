"""A new site: every file of a small, complete intranet to go on with."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib import metadata
from pathlib import Path

import msgspec

from generator import write
from generator.model import Model, Span
from generator.problems import UsageError, problem

_SITE = Path(__file__).parent / "site"
_TEXTS = frozenset({".md", ".yaml", ".yml", ".json", ".css", ".sh", ".vtt", ""})
_HIDDEN = "dot-"
_DEADLINE = timedelta(days=14)
_NAME = re.compile(r"[\w.-]+")


class Beginning(Model, frozen=True):
    """What is asked before a site is made: its name, its address, its language, today."""

    title: str
    url: str
    lang: str
    day: datetime


def begin(folder: Path, wish: Beginning) -> tuple[str, ...]:
    """Write a new site into an empty folder; its files as paths. Raises UsageError, DiskError."""
    if folder.is_dir() and any(item.name != ".git" for item in folder.iterdir()):
        raise UsageError(problem("init-not-empty", Span(str(folder))))
    files = dict(sorted(_files(wish)))
    for path, data in files.items():
        write.replace(folder / path, data)
    return tuple(files)


def _files(wish: Beginning) -> Iterator[tuple[str, bytes]]:
    yield "requirements.txt", requirements().encode()
    for part in ("both", wish.lang):
        root = _SITE / part
        for file in root.rglob("*"):
            if file.is_file():
                path = file.relative_to(root).as_posix()
                yield _filled(path, wish).replace(_HIDDEN, "."), _content(file, wish)


def _content(file: Path, wish: Beginning) -> bytes:
    """A file's bytes; in YAML the title stands between quotes."""
    data = file.read_bytes()
    if file.suffix not in _TEXTS:
        return data
    quoted = wish.title.replace("\\", "\\\\").replace('"', '\\"')
    if file.suffix == ".yaml":
        wish = msgspec.structs.replace(wish, title=quoted)
    return _filled(data.decode(), wish).encode()


def _filled(text: str, wish: Beginning) -> str:
    values = {
        "@title@": wish.title,
        "@url@": wish.url,
        "@day@": f"{wish.day:%Y-%m-%d}",
        "@later@": f"{wish.day + _DEADLINE:%Y-%m-%d}",
    }
    for name, value in values.items():
        text = text.replace(name, value)
    return text


def requirements() -> str:
    """This version of Plein and of everything that it needs, one to a line."""
    todo, found = ["plein"], dict[str, str]()
    while todo:
        name = todo.pop()
        try:
            one = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue  # for another system than this one
        if one.metadata["Name"].lower() not in found:
            found[one.metadata["Name"].lower()] = one.version
            todo += [match[0] for need in one.requires or () if (match := _needed(need))]
    return "".join(f"{name}=={version}\n" for name, version in sorted(found.items()))


def _needed(requirement: str) -> re.Match[str] | None:
    """The name in a requirement, unless it is an extra."""
    return None if "extra ==" in requirement else _NAME.match(requirement)
