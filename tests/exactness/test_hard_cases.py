"""What once went wrong, or nearly: each a way in which the past could have shown."""

import contextlib
import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from generator import fingerprint, memory, reading, scan
from generator.manifest import MANIFEST, manifest_of, published, widened
from generator.model import Answered
from generator.problems import PleinError
from generator.snapshot import Snapshot
from generator.store import Store
from tests.conftest import SITE, Site
from tests.exactness.world import age, built, change, furnish, picture, same_as_clean


def codes(site: Site, **options: object) -> list[str]:
    outcome = built(site, **options)
    assert isinstance(outcome, PleinError)
    return [item.code for item in outcome.problems]


def test_what_is_remembered_of_a_post_is_what_was_read(site: Site) -> None:
    """Moments keep the site's own clock, and extra keys their order and kind."""
    furnish(site)
    extra = "{z: [b, c], a: {e: f}}"
    moments = {"publish": "2026-11-02 10:00", "open_until": "2026-12-05 12:00"}
    site.post("questions/q", question="Wat?", host="els", extra=extra, **moments)
    site.build()
    change(site, "themes/lean/templates/entry.html", lambda text: f"{text}<b>")
    page = same_as_clean(site)["vragen/q/index.html"].decode()
    assert page.index("&#39;z&#39;") < page.index("&#39;a&#39;")


def test_another_time_zone_shows_in_lists_too(site: Site) -> None:
    """The moment is the same, its day is not."""
    furnish(site)
    site.post("news/z", date="2026-11-05 00:30 +01:00", topics="mensen")
    (site.root / "content/meetings/mt.md").unlink()
    site.build()
    change(site, "site.yaml", lambda text: text.replace("Europe/Amsterdam", "America/New_York"))
    assert b"2026, 11, 4" in same_as_clean(site)["onderwerpen/mensen/index.html"]


def test_the_order_of_a_setting_counts(site: Site) -> None:
    both = ('{colour: "#0b5d5b", accent: "#112233"}', '{accent: "#112233", colour: "#0b5d5b"}')
    furnish(site)
    change(site, "site.yaml", lambda text: text.replace('{colour: "#0b5d5b"}', both[0]))
    site.build()
    change(site, "site.yaml", lambda text: text.replace(*both))
    same_as_clean(site)


def test_only_settings_can_be_asked_for(site: Site) -> None:
    furnish(site).write("themes/own/templates/home.html", "{{ site.setting('zone') }}")
    assert codes(site) == ["template-error"]


@pytest.mark.parametrize("gone", ["d", "e"])
def test_the_same_picture_in_two_posts(site: Site, gone: str) -> None:
    furnish(site)
    for name in ("d", "e"):
        site.write(f"content/news/{name}/foto.png", picture("green"))
        site.post(f"news/{name}/index", "![Uitzicht](foto.png)")
    same_as_clean(site)
    site.post("news/f")
    same_as_clean(site)
    shutil.rmtree(site.root / f"content/news/{gone}")
    same_as_clean(site)
    (left,) = {"d", "e"} - {gone}
    site.write(f"content/news/{left}/foto.png", picture("yellow"))
    same_as_clean(site)


@pytest.mark.parametrize("path", ["templates/entry-news.html", "locales/nl.po"])
def test_a_theme_file_that_is_no_text(site: Site, path: str) -> None:
    furnish(site).build()
    site.write(f"themes/own/{path}", b'msgid "caf\xe9"\nmsgstr "x"\n')
    assert codes(site) == ["not-utf8"]


def test_translations_that_cannot_be_read(site: Site) -> None:
    furnish(site).write("themes/own/locales/nl.po", 'msgid "a"\nhallo\n')
    assert codes(site) == ["catalog-broken"]


def test_a_file_with_the_same_size_and_time_and_other_words(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it comes out of an archive whose files all have one time."""
    monkeypatch.setattr(scan, "YOUNG_NS", 0)
    furnish(site)
    age(site)
    site.build()
    file = site.root / "content/news/c.md"
    then = file.stat()
    change(site, "content/news/c.md", lambda text: text.replace("Tekst", "Tekts"))
    os.utime(file, ns=(then.st_atime_ns, then.st_mtime_ns))
    same_as_clean(site)


def test_a_manifest_that_somebody_touched(site: Site) -> None:
    furnish(site).build()
    change(site, "public/.plein-manifest", lambda text: f"# {text}")
    same_as_clean(site)


def test_a_file_where_a_folder_was_and_back(site: Site) -> None:
    furnish(site).write("content/static/x", "bestand")
    site.build()
    (site.root / "content/static/x").unlink()
    site.write("content/static/x/y", "in een map")
    same_as_clean(site)
    shutil.rmtree(site.root / "content/static/x")
    site.write("content/static/x", "bestand")
    same_as_clean(site)


def test_a_link_on_disk_in_the_output_is_never_followed(site: Site) -> None:
    furnish(site).build()
    elsewhere = site.root.parent / "elders"
    shutil.move(site.root / "public/nieuws", elsewhere)
    before = {str(file): file.stat().st_mtime_ns for file in elsewhere.rglob("*")}
    (site.root / "public/nieuws").symlink_to(elsewhere)
    (site.root / "public/robots.txt").unlink()
    (site.root / "public/robots.txt").symlink_to(site.root / "site.yaml")
    same_as_clean(site)
    assert not (site.root / "public/nieuws").is_symlink()
    assert {str(file): file.stat().st_mtime_ns for file in elsewhere.rglob("*")} == before
    assert (site.root / "site.yaml").read_text().startswith("title")


def test_a_link_to_notes_that_are_no_post_is_text(site: Site) -> None:
    furnish(site).write("content/README.md", "Voor wie hier schrijft.")
    site.post("news/d", "Lees [dit](../README.md).")
    assert "/media/" not in same_as_clean(site)["nieuws/d/index.html"].decode()


def test_pages_from_another_theme_with_the_same_names(site: Site) -> None:
    furnish(site).build()
    change(site, "site.yaml", lambda text: text.replace("theme: own", "theme: lean"))
    same_as_clean(site)
    change(site, "site.yaml", lambda text: text.replace("theme: lean", "theme: default"))
    same_as_clean(site)
    change(site, "site.yaml", lambda text: text.replace("theme: default", "theme: own"))
    same_as_clean(site)


def test_a_language_more_and_less(site: Site) -> None:
    furnish(site).build()
    change(site, "site.yaml", lambda text: text.replace("[nl, en]", "[nl]"))
    (site.root / "content/news/b.en.md").rename(site.root / "b.en.md")
    assert not any(path.startswith("en/") for path in same_as_clean(site))
    change(site, "site.yaml", lambda text: text.replace("[nl]", "[en, nl]"))
    (site.root / "b.en.md").rename(site.root / "content/news/b.en.md")
    same_as_clean(site)


def test_what_workers_of_a_killed_build_left_is_taken_away(site: Site) -> None:
    furnish(site).write(".plein/world-0123", "oud")
    site.build()
    left = sorted(file.name for file in (site.root / ".plein").iterdir())
    volume = left.pop()
    assert left == ["cache.sqlite", "cache.sqlite-journal", "lock", "pictures"]
    assert volume.startswith("volume-")


def test_empty_folders_that_a_killed_build_left_are_in_nobodys_way(site: Site) -> None:
    furnish(site).write("content/static/x", "bestand")
    (site.root / "public/x/y").mkdir(parents=True)
    (site.root / "public/oud/een/twee").mkdir(parents=True)
    (site.root / "public/.plein-staging").mkdir()
    site.write("public/.plein-manifest", "")
    same_as_clean(site)
    assert not (site.root / "public/oud/een").exists()


def test_an_old_address_that_a_post_gets_later_is_known_to_the_server_too(site: Site) -> None:
    site.write("site.yaml", SITE + "server: [nginx, netlify]\n")
    site.post("news/a", aliases="/eerder/")
    site.build()
    change(site, "content/news/a.md", lambda text: text.replace("/eerder/", "[/eerder/, /oud/]"))
    same_as_clean(site)
    assert "/oud/ /nieuws/a/ 301" in site.read("_redirects")


def own_entries(site: Site, **templates: str) -> Site:
    """Two posts in a theme of their own, of which these templates are given."""
    site.themed(**{f"templates/{name}.html": text for name, text in templates.items()})
    site.post("news/a", title="A")
    site.post("news/b", title="B")
    site.build()
    return site


def test_a_partial_of_nearly_the_same_value_is_another(site: Site) -> None:
    """True is 1 to Python, a text is what is safe already, and a moment the same elsewhere."""
    choice = "true if page.title == 'A' else 1"
    own_entries(site, entry=f"{{{{ partial('_what.html', what={choice}) }}}}", _what="{{ what }}")
    site.post("news/b", "Andere tekst.", title="B")
    pages = same_as_clean(site)
    assert (pages["nieuws/a/index.html"], pages["nieuws/b/index.html"]) == (b"True", b"1")


def test_a_partial_by_another_name_is_followed(site: Site) -> None:
    entry = "{% set made = partial %}{{ made('_note.html') }}"
    own_entries(site, entry=entry, _note="Tot gauw")
    site.write("themes/own/templates/_note.html", "Tot straks")
    assert same_as_clean(site)["nieuws/a/index.html"] == b"Tot straks"


def test_what_a_template_hands_on_may_have_any_name(site: Site) -> None:
    names = ("context", "obj", "template", "text")
    given = ", ".join(f"{name}='{name}'" for name in names)
    shown = "".join(f"{{{{ {name} }}}} " for name in names)
    entry = f"{{{{ partial('_all.html', {given}) }}}}{{{{ t('{{text}} {{obj}}', {given}) }}}}"
    own_entries(site, entry=entry, _all=shown)
    assert site.read("nieuws/a/index.html") == "context obj template text text obj"


def test_with_another_version_of_anything_every_output_is_made_anew(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.post("news/a")
    outputs = site.build().outputs
    monkeypatch.setattr(fingerprint, "of_everything", lambda: "another")
    assert site.build().rendered == len(outputs)


def test_with_another_python_every_text_is_read_anew(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.post("news/a")
    site.post("news/b")
    site.build()
    read: list[str] = []
    convert = reading.convert
    monkeypatch.setattr(reading, "convert", lambda task: [read.append(task.path), convert(task)][1])
    monkeypatch.setattr(fingerprint, "PYTHON", "4.0")
    monkeypatch.setattr(fingerprint, "of_everything", lambda: "another")
    site.build()
    assert read == ["content/news/a.md", "content/news/b.md"]


def test_a_name_that_a_killed_build_left_with_two_contents_counts_as_neither(
    tmp_path: Path,
) -> None:
    old = manifest_of({"a 1", "b 1"})
    (tmp_path / MANIFEST).write_text(widened(old, {"b 2", "c 2"}))
    assert published(tmp_path) == {"a": "1", "c": "2"}


def test_of_two_copies_of_a_picture_it_is_remembered_whose_is_published(site: Site) -> None:
    """What each of two posts asks for does not tell which of them had it."""
    change(site, "site.yaml", lambda text: text.replace("languages: [nl, en]", "languages: [nl]"))
    for name, folder in (("een", "z"), ("twee", "y")):
        site.write(f"content/news/{folder}/foto.png", picture("green"))
        site.post(f"news/{name}", f"![x](/news/{folder}/foto.png)")
    site.build()
    with contextlib.closing(Store(site.root / ".plein")) as store:
        kept = store.one("apart", "site", Snapshot)
    assert kept
    pictures = [step for step in kept.steps if step.maker == "picture"]
    assert pictures
    assert {step.owner for step in pictures} == {"content/news/y/foto.png"}


def test_what_nobody_uses_any_more_is_thrown_away_in_time(site: Site) -> None:
    """A cache that is carried from build to build for years stays as large as its site."""
    site.post("news/a", "Nul.")
    for number in range(60):
        site.post("news/a", f"Zin {number}.")
        site.build()
    with contextlib.closing(sqlite3.connect(site.root / ".plein/cache.sqlite")) as db:
        kept = [db.execute(f"SELECT count(*) FROM {one}").fetchone() for one in ("facts", "bodies")]
    assert all(1 <= count <= 20 for (count,) in kept)


def test_what_was_asked_for_posts_that_are_gone_is_forgotten(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "FEW", 100)
    monkeypatch.setattr(memory, "EACH", 0)

    def answers() -> int:
        with contextlib.closing(Store(site.root / ".plein")) as store:
            return len(store.all("reads", Answered))

    site.post("news/blijft")
    site.build()
    kept = answers()
    for number in range(30):
        file = site.post(f"news/p{number}")
        site.build()
        file.unlink()
        site.build()
    assert answers() < kept + 100 + 20
    same_as_clean(site)


def test_a_page_that_was_lost_and_found_is_told_once(site: Site) -> None:
    """Also where the manifest is made from the one that is there."""
    site.post("news/a")
    site.post("news/b")
    site.build()
    page = site.root / "public/nieuws/a/index.html"
    page.unlink()
    change(site, "content/news/b.md", lambda text: f"{text}Nog iets.\n")
    same_as_clean(site)
    page.write_text("Iets anders.", encoding="utf-8")
    change(site, "content/news/b.md", lambda text: f"{text}En nog iets.\n")
    same_as_clean(site)
