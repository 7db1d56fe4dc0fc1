"""Plein as two of the measured: with its own default theme, and with one equal to the peers'."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks.corpus import AUTHORS, LOCATIONS, TOPICS, Post
from benchmarks.equal import EQUAL_THEME
from benchmarks.peer import Peer, kinds_of, linked, write, write_all, yaml_front
from generator import __version__
from generator.paths import bundled_themes

_VLOG = {"video": "https://media.voorbeeld.example/film.mp4", "duration": "1:30", "size": "9 MB"}
_LAYOUT = "templates/base.html"
_SITE = f"""\
title: Archief
url: https://archief.voorbeeld.example
language: nl
topics: {{{", ".join(f"{name}: {name.title()}" for name in TOPICS)}}}
media: {{hosts: ["https://media.voorbeeld.example"]}}
theme: own
search: no
levels: {{captions-missing: allow}}
"""
_LOCATIONS = f"locations: {{{', '.join(f'{name}: {name.title()}' for name in LOCATIONS)}}}\n"


def write_own(folder: Path, posts: tuple[Post, ...]) -> None:
    """A site with Plein's own theme, of which the layout can be edited."""
    layout = (bundled_themes() / "default" / _LAYOUT).read_text(encoding="utf-8")
    theme = {"theme.yaml": "extends: default\ncontract: 1\n", _LAYOUT: layout}
    _write(folder, posts, _front, _SITE + _LOCATIONS, theme)


def write_equal(folder: Path, posts: tuple[Post, ...]) -> None:
    """A site with a minimal theme; its posts say what they say for the peers: no locations."""
    _write(folder, posts, _equal_front, _SITE, EQUAL_THEME)


def _write(
    folder: Path,
    posts: tuple[Post, ...],
    front: Callable[[Post], str],
    settings: str,
    theme: Mapping[str, str],
) -> None:
    """Posts by kind, people, site.yaml, and the theme to edit."""
    kinds = kinds_of(posts)
    for post in posts:
        body = linked(post.body, lambda slug: f"../{kinds[slug]}/{slug}.md")
        write(folder / _path(post), front(post) + body)
    for name in AUTHORS:
        text = f"---\nname: {name.title()}\n---\n\nHallo.\n"
        write(folder / "content/people" / f"{name}.md", text)
    write(folder / "site.yaml", settings)
    write_all(folder / "themes/own", theme)


def _path(post: Post) -> str:
    return f"content/{post.kind}/{post.slug}.md"


def _front(post: Post) -> str:
    return yaml_front(post, locations=f"[{post.location}]", **_video(post))


def _equal_front(post: Post) -> str:
    return yaml_front(post, **_video(post))


def _video(post: Post) -> dict[str, str]:
    return _VLOG if post.kind == "vlogs" else {}


def _peer(
    key: str,
    name: str,
    lay_out: Callable[[Path, tuple[Post, ...]], None],
    front: Callable[[Post], str],
) -> Peer:
    return Peer(
        key=key,
        name=name,
        install=lambda _: __version__,
        lay_out=lay_out,
        command=lambda _: [sys.executable, "-m", "generator", "build", "--quiet"],
        forget=(".plein", "public"),
        body=_path,
        added=lambda post: front(post) + post.body,
        layout=f"themes/own/{_LAYOUT}",
    )


PLEIN = _peer("plein-own", "Plein, own theme", write_own, _front)
PLEIN_EQUAL = _peer("plein-equal", "Plein, equal theme", write_equal, _equal_front)
