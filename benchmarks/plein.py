"""Plein as one of the measured: the same posts, its own default theme with all its features."""

import sys
from pathlib import Path

from benchmarks.corpus import AUTHORS, LOCATIONS, TOPICS, Post
from benchmarks.peer import Peer, kinds_of, linked, write, yaml_front
from generator import __version__
from generator.paths import bundled_themes

_VLOG = {"video": "https://media.voorbeeld.example/film.mp4", "duration": "1:30"}
_LAYOUT = "themes/own/templates/base.html"


def write_plein(folder: Path, posts: tuple[Post, ...]) -> None:
    """A site for Plein: posts by kind, people, site.yaml, and the theme to edit."""
    kinds = kinds_of(posts)
    for post in posts:
        body = linked(post.body, lambda slug: f"../{kinds[slug]}/{slug}.md")
        write(folder / _path(post), _front(post) + body)
    for name in AUTHORS:
        text = f"---\nname: {name.title()}\n---\n\nHallo.\n"
        write(folder / "content/people" / f"{name}.md", text)
    write(folder / "site.yaml", _SITE)
    write(folder / "themes/own/theme.yaml", "extends: default\ncontract: 1\n")
    layout = (bundled_themes() / "default/templates/base.html").read_text(encoding="utf-8")
    write(folder / _LAYOUT, layout)


def _path(post: Post) -> str:
    return f"content/{post.kind}/{post.slug}.md"


def _front(post: Post) -> str:
    more = _VLOG if post.kind == "vlogs" else {}
    return yaml_front(post, locations=f"[{post.location}]", **more)


_SITE = f"""\
title: Archief
url: https://archief.voorbeeld.example
language: nl
topics: {{{", ".join(f"{name}: {name.title()}" for name in TOPICS)}}}
locations: {{{", ".join(f"{name}: {name.title()}" for name in LOCATIONS)}}}
media: {{hosts: ["https://media.voorbeeld.example"]}}
theme: own
search: no
levels: {{captions-missing: allow}}
"""


PLEIN = Peer(
    name="Plein",
    install=lambda _: __version__,
    lay_out=write_plein,
    command=lambda _: [sys.executable, "-m", "generator", "build", "--quiet"],
    forget=(".plein", "public"),
    body=_path,
    added=lambda post: _front(post) + post.body,
    layout=_LAYOUT,
)
