"""The examples in a page of docs: files to write and commands with what they answer.

A fenced block whose info string ends in a path is a file; a `console` block has
commands after `$ ` with the output that they give, in which `…` stands for anything.
"""

import io
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from tests.films import film

DOCS = Path(__file__).parents[2] / "docs"
PAGES = sorted(
    page
    for page in DOCS.rglob("*.md")
    if page.relative_to(DOCS).parts[0] not in ("decisions", "reference")
)
_BLOCK = re.compile(r"^(`{3,})(\w+)(?: (\S+))?\n(.*?)^\1$", re.M | re.S)
_MEDIA = re.compile(r"(?<![\w/])[\w-]+(?:\.\w\w)?\.(?:jpg|png|mp4|vtt)\b")


@dataclass(frozen=True)
class File:
    """A file that the reader is told to write."""

    path: str
    text: str

    def media(self) -> Iterator[str]:
        """The pictures and videos that it names, which the reader has at hand."""
        if self.path.startswith("content/"):
            folder = self.path.rpartition("/")[0]
            yield from (f"{folder}/{name}" for name in _MEDIA.findall(self.text))


@dataclass(frozen=True)
class Command:
    """A command and the output that the page promises."""

    words: tuple[str, ...]
    output: str

    def matches(self, output: str) -> bool:
        """Whether this is what the page promises."""
        pattern = re.escape(self.output.strip()).replace("…", ".*?")
        seen = "\n".join(line.rstrip() for line in output.strip().splitlines())
        return re.fullmatch(pattern, seen, re.S) is not None


def blocks(page: Path) -> Iterator[tuple[str, str, str]]:
    """Every fenced block of a page: language, path or nothing, text."""
    for found in _BLOCK.finditer(page.read_text(encoding="utf-8")):
        yield found[2], found[3] or "", found[4]


def steps(page: Path) -> Iterator[File | Command]:
    """What a reader does, in the order of the page."""
    for language, path, text in blocks(page):
        if path:
            yield File(path, text)
        elif language == "console":
            yield from _commands(text)


def _commands(text: str) -> Iterator[Command]:
    for part in re.split(r"^\$ ", text, flags=re.M)[1:]:
        line, _, output = part.partition("\n")
        yield Command(tuple(shlex.split(line)), output)


def sample(path: str) -> bytes:
    """A file of the kind that a name says, as small as can be."""
    if path.endswith(".vtt"):
        return b"WEBVTT\n\n00:00.000 --> 00:02.000\nGoedemorgen.\n"
    if path.endswith(".mp4"):
        return film(160)
    stream = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(stream, "JPEG" if path.endswith(".jpg") else "PNG")
    return stream.getvalue()
