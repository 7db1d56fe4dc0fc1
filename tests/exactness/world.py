"""A hub with a bit of everything, small enough to build hundreds of times."""

import io
import os
import shutil
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path

import msgspec
from PIL import Image

from generator import fingerprint
from generator.assembly import Roster
from generator.assembly.skeleton import Skeleton
from generator.ledger import LEDGER
from generator.memory import Memory
from generator.model import Trace
from generator.problems import PleinError
from generator.result import Result
from generator.shelves import shelf_of
from generator.snapshot import Snapshot
from generator.store import Store
from generator.vlogs import renditions
from generator.work import Project
from tests.conftest import Site
from tests.films import SUBTITLES, film

TALK = Project(Path()).talk
SETTINGS = """\
title: {nl: Ons Plein, en: Our Square}
organisation: Gemeente Voorbeeld
url: https://plein.voorbeeld.example
language: nl
languages: [nl, en]
timezone: Europe/Amsterdam
theme: own
list_items: 2
feed_items: 3
branding: {colour: "#0b5d5b"}
topics: {geld: {nl: Geld, en: Money}, mensen: {nl: Mensen, en: People}}
locations: {noord: Noord}
values: {moed: Moed}
series: {rondje: Rondje langs de velden}
"""
# A parent theme that shows every value as it is, to the last digit, and compiles fast.
LEAN_THEME = {
    "theme.yaml": "name: lean\ncontract: 1\n",
    "templates/base.html": (
        '{% import "_parts.html" as parts with context %}'
        "<title>{{ page.title }}</title><link href=\"{{ asset('style.css') }}\">"
        "{% for item in site.menu() %}{{ item.title }} {{ item.url }}{% endfor %}"
        "{{ site.setting('branding') }}{{ t('Archive') }}{{ page.alternates }}"
        "{% block content %}{{ page }}{% endblock %}\n"
    ),
    "templates/_parts.html": "{% macro card(one) %}<p>{{ one }}</p>{% endmacro %}\n",
    "templates/home.html": (
        '{% extends "base.html" %}{% block content %}{{ site.must_reads() }}{{ site.pinned() }}'
        "{% for one in site.latest(4) %}{{ parts.card(one) }}{% endfor %}{% endblock %}\n"
    ),
    "templates/entry.html": (
        '{% extends "base.html" %}{% block content %}{% block top %}{% endblock %}{{ page.entry }}'
        "{{ page.entry.body }}{{ page.older }}{{ page.newer }}{% endblock %}\n"
    ),
    **{
        f"templates/{name}.html": '{% extends "base.html" %}\n'
        for name in [
            "list",
            "terms",
            "people",
            "must-reads",
            "decisions",
            "archive",
            "search",
            "not-found",
            "redirect",
            "gone",
        ]
    },
    "assets/style.css": "a{color:blue}\n",
    "assets/feed.css": "item{display:block}\n",
    "locales/nl.po": 'msgid ""\nmsgstr ""\n\nmsgid "Archive"\nmsgstr "Oud"\n',
}
OWN_THEME = {
    "theme.yaml": "name: own\nextends: lean\ncontract: 1\n",
    "templates/_note.html": "<p>Met groet</p>\n",
    "templates/entry-kudos.html": (
        '{% extends "entry.html" %}{% block top %}{% include "_note.html" %}'
        '{% include "_more.html" ignore missing %}{% endblock %}\n'
    ),
    "assets/own.css": "p{margin:0}\n",
    "locales/nl.po": 'msgid ""\nmsgstr ""\n\nmsgid "Archive"\nmsgstr "Archief"\n',
}


@cache
def picture(colour: str, size: int = 8) -> bytes:
    """A small PNG, drawn once."""
    out = io.BytesIO()
    Image.new("RGB", (size, size), colour).save(out, "PNG")
    return out.getvalue()


def furnish(site: Site) -> Site:
    """Settings, a theme of its own, people, and something of every kind."""
    site.write("site.yaml", SETTINGS)
    for name, theme in (("lean", LEAN_THEME), ("own", OWN_THEME)):
        for path, text in theme.items():
            site.write(f"themes/{name}/{path}", text)
    site.person("jan", role="Adviseur", photo="jan.png")
    site.write("content/people/jan.png", picture("red"))
    site.person("els")
    site.post("news/a/index", "Eerste alinea.\n\nTweede, met [b](../b.md).", authors="jan")
    site.write("content/news/b.md", post("Bee", "2026-10-02", "Zie ![x](b.png) en [pdf](b.pdf)."))
    site.write("content/news/b.en.md", post("Bee", "2026-10-02", "See [a](a/index.md)."))
    site.write("content/news/b.png", picture("blue"))
    site.write("content/news/b.pdf", b"%PDF-1.4 b")
    site.post("news/c", topics="geld", series="rondje", aliases="/oud/c/")
    site.post("news/later", date="2026-12-01 09:00")
    site.post("meetings/mt", "Wij.", topics="mensen", decisions="[Doorgaan]")
    site.post("questions/q", question="Wat?", host="els", open_until="2026-12-05 12:00 +01:00")
    site.post("kudos/dank", to="[jan, els]", values="moed")
    site.post("vlogs/film", video="film.mp4", locations="noord", captions="{nl: film.nl.vtt}")
    site.write("content/vlogs/film.mp4", film())
    site.write("content/vlogs/film.nl.vtt", SUBTITLES)
    site.post("pages/over", date="")
    site.write("content/static/CNAME", "plein.voorbeeld.example\n")
    return site


def post(title: str, date: str, body: str) -> str:
    """A post's text with a title and a date."""
    return f"---\ntitle: {title}\ndate: {date}\n---\n\n{body}\n"


def built(site: Site, **options: object) -> Result | PleinError:
    """What came of a build, good or bad."""
    try:
        return site.build(**options)
    except PleinError as error:
        return error


def twin_of(site: Site, root: Path) -> Site:
    """The same sources in another folder, which nobody ever built."""
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    for name in ("content", "themes", renditions.FOLDER):
        if (site.root / name).is_dir():
            shutil.copytree(site.root / name, root / name)
    for name in ("site.yaml", LEDGER, TALK):
        if (site.root / name).is_file():
            (root / name).parent.mkdir(exist_ok=True)
            shutil.copy(site.root / name, root / name)
    return Site(root, site.clock)


def clean_tree(site: Site, root: Path, **options: object) -> dict[str, bytes]:
    """The files of a clean build of the same sources."""
    twin = twin_of(site, root)
    twin.build(**options)
    tree = twin.tree()
    shutil.rmtree(root)
    return tree


def same_as_clean(site: Site, **options: object) -> dict[str, bytes]:
    """Build a site incrementally, and see that every byte is as in a clean build."""
    site.build(**options)
    tree = site.tree()
    assert_same(tree, clean_tree(site, site.root.parent / "clean", **options))
    return tree


def assert_same(tree: dict[str, bytes], clean: dict[str, bytes]) -> None:
    """Two trees are equal; says which files are not."""
    assert sorted(tree) == sorted(clean)
    assert [path for path in tree if tree[path] != clean[path]] == []


def remembered(site: Site) -> dict[str, tuple[Trace, dict[tuple[str, ...], str]]]:
    """What the cache has of each output: how it was made, and what it asked with the answers."""
    with closing(Store(site.root / ".plein")) as store:
        memory = Memory(store)
        return {
            path: (msgspec.structs.replace(one, reads=()), _asked(path, one, memory))
            for path, one in memory.traces().items()
        }


def site_remembered(site: Site) -> tuple[Skeleton, Roster] | None:
    """What the cache has of the site as a whole, if it is one that can be followed.

    Of the moments at which something changed only the last counts; that of an entry which is
    no more may be among them.
    """
    with closing(Store(site.root / ".plein")) as store:
        kept = store.one("apart", "site", Snapshot)
    if kept is None:
        return None
    return kept.skeleton(), msgspec.structs.replace(kept.everybody(), since=None)


def _asked(path: str, trace: Trace, memory: Memory) -> dict[tuple[str, ...], str]:
    queries = tuple(memory.queries[number] for number in trace.reads)
    assert fingerprint.of_value(queries) == trace.asked
    answers = {query: memory.answers[query] for query in queries}
    # Whoever asked is found by what the answer says of it.
    shelf = int(shelf_of("traces", path))
    assert all(one.shelves is None or shelf in one.shelves for one in answers.values())
    return {query: one.answer for query, one in answers.items()}


def mtimes(site: Site, folder: str = "public") -> dict[str, int]:
    """When each output was last written, in ns."""
    root = site.root / folder
    return {
        str(file.relative_to(root)): file.stat().st_mtime_ns
        for file in root.rglob("*")
        if file.is_file()
    }


def age(site: Site, *, by_s: int = 60) -> None:
    """Make every file old, so that its size and time are trusted next time."""
    for file in site.root.rglob("*"):
        if file.is_file() and ".plein/" not in str(file):
            facts = file.stat()
            os.utime(file, ns=(facts.st_atime_ns, facts.st_mtime_ns - by_s * 1_000_000_000))


def change(site: Site, path: str, edit: Callable[[str], str]) -> None:
    """Edit a text file."""
    file = site.root / path
    file.write_text(edit(file.read_text(encoding="utf-8")), encoding="utf-8")
