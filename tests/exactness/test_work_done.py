"""How much is done for a change: counted, for seconds differ from one machine to the next."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from generator import prepare, scan
from generator.answers import Known
from generator.assembly import branding, collecting, profiles
from generator.doubt import Doubt
from generator.explain import verify
from generator.serve.preview import Preview
from generator.shelves import SHELVES, shelves_for
from generator.store import Store
from generator.templates import Environment
from generator.words import words
from generator.work import Options, Project, Work
from tests.conftest import SITE, Site

NewSite = Callable[[str], Site]


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often the costly things are done, by their names."""
    counts: Counter[str] = Counter()

    def counted(owner: object, name: str) -> None:
        real = getattr(owner, name)

        def call(*args: object, **more: object) -> object:
            counts[name] += 1
            return real(*args, **more)

        monkeypatch.setattr(owner, name, call)

    for owner, name in (
        (prepare, "assemble"), (prepare, "plan"), (profiles, "card_of"), (collecting, "profile_of"),
        (Store, "one"), (Known, "_print"), (scan, "hash_file"), (Environment, "compile"),
        (branding, "blocks_of"),
    ):  # fmt: skip
        counted(owner, name)
    return counts


def archive(site: Site, count: int) -> Site:
    """A built site of so many posts, with topics and links between them."""
    for number in range(count):
        link = f"[vorige](p{number - 1:03}.md)" if number else ""
        date = f"2026-{number // 28 + 1:02}-{number % 28 + 1:02}"
        site.post(f"news/p{number:03}", f"Tekst. {link}", topics="geld", date=date, summary="Kort.")
    site.build()
    return site


def test_a_look_into_the_future_costs_nothing_once_it_is_over(
    site: Site, done: Counter[str]
) -> None:
    """Who puts the clock back has everything looked at again, once."""
    site.post("news/straks", date="2027-06-01")
    archive(site, 20)
    site.build(clock="2027-07-01 12:00")
    site.build()
    done.clear()
    site.post("news/vers", "Vers.")
    site.build()
    assert done["profile_of"] == 1


def test_nothing_changed_asks_nothing(site: Site, done: Counter[str]) -> None:
    archive(site, 20)
    done.clear()
    assert not site.build().written
    assert not done["assemble"] + done["plan"] + done["card_of"] + done["_print"]


def test_an_edit_puts_no_site_together(site: Site, done: Counter[str]) -> None:
    archive(site, 20)
    done.clear()
    keys = {"topics": "geld", "date": "2026-01-04", "summary": "Kort."}
    site.post("news/p003", "Andere tekst. [vorige](p002.md)", **keys)
    assert "nieuws/p003/index.html" in site.build().written
    assert not done["assemble"] + done["plan"]


def test_an_edited_template_puts_no_site_together(site: Site, done: Counter[str]) -> None:
    site.themed()
    layout = site.write("themes/own/templates/_end.html", "<p>Tot gauw</p>")
    page = '{% extends "default/entry.html" %}{% block content %}{% include "_end.html" %}'
    site.write("themes/own/templates/entry.html", page + "{% endblock %}")
    archive(site, 20)
    done.clear()
    layout.write_text("<p>Tot straks</p>")
    written = site.build().written
    assert "nieuws/p003/index.html" in written
    assert done["_print"] < 20, "each page tells anew what was answered, though it asked the same"
    assert not any(path.endswith(".xml") for path in written)
    assert not done["assemble"] + done["plan"]
    site.write(
        "themes/own/templates/entry.html", page.replace("content", "contents") + "{% endblock %}"
    )
    assert [one.code for one in site.build().problems] == ["block-unused"]


def test_what_is_wrong_with_a_theme_is_told_every_time_and_found_once(
    site: Site, done: Counter[str]
) -> None:
    site.themed()
    page = '{% extends "default/entry.html" %}{% block contents %}Tekst{% endblock %}'
    template = site.write("themes/own/templates/entry.html", page)
    archive(site, 5)
    done.clear()
    site.post("news/nieuw")
    assert [one.code for one in site.build().problems] == ["block-unused"]
    assert not done["blocks_of"]
    template.write_text(page.replace("contents", "content"))
    assert not site.build().problems
    assert done["blocks_of"]
    done.clear()
    site.post("news/nieuwer")
    assert not site.build().problems
    assert not done["blocks_of"]


def test_an_edit_costs_the_same_in_a_larger_archive(new_site: NewSite, done: Counter[str]) -> None:
    costs = []
    for count in (40, 160):
        site = archive(new_site(f"site-{count}"), count)
        done.clear()
        keys = {"topics": "geld", "date": "2026-01-04", "summary": "Kort."}
        site.post("news/p003", "Tekst. [vorige](p002.md) En een zin.", **keys)
        assert site.build().written == (
            "en/news/p003/index.html",
            "nieuws/p003/index.html",
        )
        costs.append(Counter(done))
    small, large = costs
    assert not large["assemble"]
    # Where a post stands in its list is found by halving, so four times as many is two steps more.
    assert large["card_of"] <= small["card_of"] + 4
    assert large["one"] <= small["one"] + 8
    assert large["_print"] <= small["_print"] + 4


def test_of_pages_that_asked_nothing_of_what_changed_nothing_is_read(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    real = Store.on_shelves

    def on_shelves(store: Store, table: str, numbers: set[str], type_: type[Any]) -> dict[str, Any]:
        read.extend(number for number in numbers if table == "traces")
        return real(store, table, numbers, type_)

    site.themed()
    page = '{% extends "default/entry.html" %}'
    layout = site.write("themes/own/templates/entry.html", page)
    archive(site, 60)
    monkeypatch.setattr(Store, "on_shelves", on_shelves)
    keys = {"topics": "geld", "date": "2026-01-04", "summary": "Kort."}
    site.post("news/p003", "Tekst. [vorige](p002.md) En een zin.", **keys)
    written = site.build().written
    assert 0 < len(read) <= len(written) + 2
    read.clear()
    layout.write_text(f"{page}{{% block content %}}Leeg{{% endblock %}}")
    site.build()
    assert len(read) == SHELVES["traces"]


def test_a_new_post_costs_the_same_in_a_larger_archive(
    new_site: NewSite, done: Counter[str]
) -> None:
    costs = []
    for years in (2, 8):
        site = new_site(f"site-{years}")
        site.write("site.yaml", f"{SITE}list_items: 20\n")
        for number in range(years * 20):
            date = f"{2025 - number // 20}-05-{number % 20 + 1:02}"
            site.post(f"news/oud{number}", topics="geld", date=date, summary="Kort.")
        archive(site, 20)
        done.clear()
        site.post("news/nieuw", "Tekst. [vorige](p002.md)", date="2026-09-01", topics="geld")
        written = site.build().written
        assert "onderwerpen/geld/index.html" in written
        assert "nieuws/p002/index.html" not in written
        costs.append(Counter(done))
    small, large = costs
    assert large["profile_of"] == small["profile_of"] == 1
    assert large["card_of"] == small["card_of"]
    assert large["one"] == small["one"]
    # Each of the six years that are more has some lists, of which only names are asked.
    assert large["_print"] <= small["_print"] + 36


def test_what_has_to_be_looked_through_stands_apart_from_what_is_about_one_post() -> None:
    one = frozenset({"nl/news/nieuw"})
    doubt = Doubt(one, one, frozenset(), frozenset(), one, files=False, terms=False)
    searched = {shelves_for("reads", name) for name in doubt.names()}
    assert not [query for query in doubt.told(["nl"]) if shelves_for("reads", query[0]) in searched]


def test_what_names_a_new_post_is_looked_at_again_and_nothing_else(
    site: Site, done: Counter[str]
) -> None:
    site.write("site.yaml", f"{SITE}levels:\n  link-missing: warn\n")
    archive(site, 20)
    site.post("news/vraag", "Zie [straks](straks.md).", date="2026-10-01")
    assert [one.code for one in site.build().problems] == ["link-missing"]
    done.clear()
    site.post("news/straks", date="2026-10-02")
    result = site.build()
    assert not result.problems
    assert "nieuws/vraag/index.html" in result.written
    assert done["profile_of"] == 2
    (site.root / "content/news/straks.md").unlink()
    assert [one.code for one in site.build().problems] == ["link-missing"]


def test_an_edit_and_back_again(site: Site) -> None:
    """Pages that ask what they asked last time tell no answers: these are known all the same."""
    archive(site, 5)
    page = "nieuws/p003/index.html"
    keys = {"topics": "geld", "date": "2026-01-05", "summary": "Kort."}
    post = site.post("news/p004", "Tekst. [vorige](p003.md)", title="Anders", **keys)
    old = post.read_text()
    assert page in site.build().written
    post.write_text(old.replace("Anders", "Titel van news/p004"))
    assert page in site.build().written
    assert "Anders" not in site.read(page)


def test_the_newest_post_leaves_no_trace_beside_the_one_before(site: Site) -> None:
    archive(site, 3)
    assert "/nieuws/p002/" in site.read("nieuws/p001/index.html")
    (site.root / "content/news/p002.md").unlink()
    assert "nieuws/p001/index.html" in site.build().written
    assert "/nieuws/p002/" not in site.read("nieuws/p001/index.html")


def test_a_year_of_long_ago_stays_as_it_is_when_something_new_comes(site: Site) -> None:
    site.write("site.yaml", f"{SITE}list_items: 2\n")
    for year in (2024, 2025, 2026):
        for day in (1, 2):
            site.post(f"news/p{year}-{day}", date=f"{year}-03-0{day}")
    site.build()
    site.post("news/nieuw", date="2026-04-01")
    written = site.build().written
    assert {"nieuws/index.html", "nieuws/2026/index.html"} <= set(written)
    assert "nieuws/2024/index.html" not in written
    assert "nieuws/2025/index.html" not in written
    assert "2026" in site.read("nieuws/2024/index.html")


def test_a_preview_reads_no_other_post_and_compiles_no_template_for_an_edit(
    new_site: NewSite, done: Counter[str]
) -> None:
    costs = []
    for count in (40, 160):
        site = archive(new_site(f"site-{count}"), count)
        options = Options(clock=site.clock, workers=1)
        preview = Preview(Project(site.root), options, False, "", words("nl"))
        keys = {"topics": "geld", "date": "2026-01-04", "summary": "Kort."}
        preview.refresh(lambda _: None)
        for text in ("Tekst.", "Tekst en meer.", "Tekst en nog meer."):
            done.clear()
            site.post("news/p003", text, **keys)
            preview.refresh(lambda _: None)
        assert text in (preview.folder / "nieuws/p003/index.html").read_text(encoding="utf-8")
        costs.append(Counter(done))
    small, large = costs
    assert not large["compile"]
    assert large["one"] <= small["one"] + 8


def test_verify_believes_nothing_that_is_remembered(site: Site, done: Counter[str]) -> None:
    archive(site, 20)
    done.clear()
    options = Options(clock=site.clock)
    assert not verify(Work(Project(site.root), site.config, options))
    assert done["profile_of"] == 20


def test_a_moment_that_something_hangs_on_puts_it_together_again(
    site: Site, done: Counter[str]
) -> None:
    site.post("news/straks", date="2026-12-01")
    archive(site, 3)
    done.clear()
    site.clock = "2026-11-30 23:59"
    site.build()
    assert not done["assemble"]
    site.clock = "2026-12-01 00:00"
    assert "nieuws/straks/index.html" in site.build().written
    assert done["assemble"]
