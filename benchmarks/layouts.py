"""The same posts, written down as each generator wants them."""

import re
from collections.abc import Iterable
from pathlib import Path

from benchmarks.corpus import AUTHORS, LOCATIONS, TOPICS, Post

_LINK = re.compile(r"\{([\w-]+)\}")


def write_plein(folder: Path, posts: Iterable[Post]) -> None:
    """A site for Plein: posts by kind, people, and site.yaml."""
    all_posts = list(posts)
    kinds = {post.slug: post.kind for post in all_posts}
    for post in all_posts:
        body = _LINK.sub(lambda match: f"../{kinds[match[1]]}/{match[1]}.md", post.body)
        front = [
            f'title: "{post.title}"',
            f"date: {post.day}",
            f"authors: [{post.author}]",
            f"topics: [{', '.join(post.topics)}]",
            f"locations: [{post.location}]",
        ]
        if post.kind == "vlogs":
            front += ["video: https://media.voorbeeld.example/film.mp4", "duration: 1:30"]
        text = "---\n" + "\n".join(front) + f"\n---\n\n{body}"
        _write(folder / "content" / post.kind / f"{post.slug}.md", text)
    for name in AUTHORS:
        text = f"---\nname: {name.title()}\n---\n\nHallo.\n"
        _write(folder / "content/people" / f"{name}.md", text)
    _write(folder / "site.yaml", _SITE)


_SITE = f"""\
title: Archief
url: https://archief.voorbeeld.example
language: nl
topics: {{{", ".join(f"{name}: {name.title()}" for name in TOPICS)}}}
locations: {{{", ".join(f"{name}: {name.title()}" for name in LOCATIONS)}}}
"""


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
