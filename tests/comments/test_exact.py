"""What is known of conversations is a source like any other: incremental is clean, to the byte."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from generator.comments import talk
from tests.conftest import Site
from tests.exactness.world import SETTINGS, furnish, same_as_clean

SERVICE = "https://reacties.voorbeeld.example"
KEYS = ("/news/a", "/news/b", "/news/c", "/questions/q", "/vlogs/film", "/news/weg")
LATER = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)


def furnished(site: Site) -> Site:
    """The world of the other tests, with comments, shown by a theme that shows every value."""
    furnish(site)
    lines = f"comments: {{provider: isso, endpoint: '{SERVICE}'}}\n"
    site.write("site.yaml", SETTINGS + lines)
    listed = (
        "{% block content %}{{ site.comments_day() }}{{ site.waiting() }}{{ page }}{% endblock %}"
    )
    for name in ("waiting", "list"):
        site.write(f"themes/lean/templates/{name}.html", '{% extends "base.html" %}' + listed)
    return site


def some_talk(dice: random.Random) -> talk.Talk:
    threads = {}
    for key in dice.sample(KEYS, dice.randint(0, len(KEYS))):
        when = LATER + timedelta(minutes=dice.randint(0, 5000))
        asked = tuple(
            talk.Asked(str(number), dice.choice(["Wil", ""]), f"Vraag {number}?", when)
            for number in range(dice.randint(0, 2))
        )
        threads[key] = talk.Thread(dice.randint(1, 9), when, asked)
    day = dice.choice(["2026-11-23", "2026-11-24"])
    service = dice.choice([SERVICE, SERVICE, SERVICE, "https://een.andere.example"])
    return talk.Talk(service, day, threads)


def edit(site: Site, dice: random.Random) -> None:
    """Something that a reader, a writer or the clock may change."""
    file = site.root / ".plein/comments.json"
    match dice.randint(0, 5):
        case 0:
            site.post("news/c", f"Tekst {dice.random()}.", answered=dice.choice(["yes", "no"]))
        case 1:
            answered = dice.choice(["yes", "no", ""])
            site.post("questions/q", question="Wat?", answered=answered, open_until="2026-12-05")
        case 2:
            site.clock = dice.choice(["2026-11-24 12:00", "2026-12-06 12:00"])
        case 3 if file.exists():
            file.unlink()
        case _:
            talk.keep(file, some_talk(dice))


SEEDS = [0, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(1, 9))]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_build_after_any_edit_is_a_clean_build(site: Site, seed: int) -> None:
    dice = random.Random(seed)
    furnished(site)
    for _ in range(6):
        edit(site, dice)
        same_as_clean(site)


def test_a_count_writes_what_shows_it_and_nothing_else(site: Site) -> None:
    furnished(site)
    file = site.root / ".plein/comments.json"
    known = talk.Talk(SERVICE, "2026-11-24", {"/news/a": talk.Thread(1, LATER)})
    talk.keep(file, known)
    site.build()
    assert not site.build().written
    talk.keep(file, talk.Talk(SERVICE, "2026-11-24", {"/news/a": talk.Thread(2, LATER)}))
    written = site.build().written
    assert "nieuws/a/index.html" in written
    assert "nieuws/b/index.html" not in written
    assert not [path for path in written if path.endswith((".xml", ".json"))]
    # On another day only the pages that tell it.
    talk.keep(file, talk.Talk(SERVICE, "2026-11-25", {"/news/a": talk.Thread(2, LATER)}))
    assert "nieuws/a/index.html" not in site.build().written


def test_workers_make_the_same_pages(site: Site) -> None:
    furnished(site)
    talk.keep(site.root / ".plein/comments.json", some_talk(random.Random(5)))
    same_as_clean(site, workers=2)
