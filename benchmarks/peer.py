"""What a generator has to tell of itself to be measured, and its installation in a folder."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import Post

_LINK = re.compile(r"\{([\w-]+)\}")


@dataclass(frozen=True)
class Peer:
    """One generator: how it is installed, what a site looks like for it, and how it is run.

    `key` is its name on the command line and of its folder. `install` gives its
    version, and raises when it can't be had. `forget` are the folders of output
    and cache, `body` is where a post stands, `layout` the template of every page.
    """

    key: str
    name: str
    install: Callable[[Path], str]
    lay_out: Callable[[Path, tuple[Post, ...]], None]
    command: Callable[[Path], list[str]]
    forget: tuple[str, ...]
    body: Callable[[Post], str]
    added: Callable[[Post], str]
    layout: str
    output: str = "public"


def write(file: Path, text: str) -> None:
    """A text file, with its folder."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def write_all(folder: Path, files: Mapping[str, str]) -> None:
    """Several text files by their paths."""
    for path, text in files.items():
        write(folder / path, text)


def linked(body: str, address: Callable[[str], str]) -> str:
    """A body whose links to other posts are as a generator wants them."""
    return _LINK.sub(lambda match: address(match[1]), body)


def kinds_of(posts: Iterable[Post]) -> dict[str, str]:
    """The kind of each post by slug."""
    return {post.slug: post.kind for post in posts}


def yaml_front(post: Post, **more: str) -> str:
    """Front matter as Hugo and Eleventy take it."""
    lines = [
        f'title: "{post.title}"',
        f"date: {post.day}",
        f"authors: [{post.author}]",
        f"topics: [{', '.join(post.topics)}]",
        *(f"{key}: {value}" for key, value in more.items()),
    ]
    return "---\n" + "\n".join(lines) + "\n---\n\n"


def install_python(folder: Path, *names: str) -> Path:
    """An environment of its own with some distributions. Raises when they can't be had."""
    if not (folder / "bin").is_dir():
        _run([sys.executable, "-m", "venv", str(folder)])
        _run([str(folder / "bin/python"), "-m", "pip", "install", "--quiet", *names])
    return folder / "bin"


def install_node(folder: Path, *names: str) -> Path:
    """A folder of its own with some packages. Raises when they can't be had."""
    if not (folder / "node_modules").is_dir():
        write(folder / "package.json", '{"private": true}')
        _run(["npm", "install", "--silent", "--prefix", str(folder), *names])
    return folder / "node_modules/.bin"


def version(*command: str) -> str:
    """What a command says of its version: the last number of that form."""
    found = re.findall(r"\d+\.\d+\.\d+", _run(list(command)))
    return str(found[0]) if found else "?"


def _run(command: list[str]) -> str:
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=600)
    return done.stdout
