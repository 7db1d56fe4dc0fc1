"""A build in which nothing moved ends as soon as that is sure; and whatever moves is seen."""

import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import fingerprint, pipeline, reading, scan, survey
from generator.ledger import LEDGER
from generator.manifest import MANIFEST
from tests.conftest import NOW, Site
from tests.exactness.test_random_edits import TOLD
from tests.exactness.world import TALK, change, furnish, mtimes, picture, same_as_clean

Move = Callable[[Site], object]


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often files are read, folders listed, and all of a build is gone through."""
    monkeypatch.setattr(scan, "YOUNG_NS", 0)
    counts: Counter[str] = Counter()

    def counted(owner: object, name: str) -> None:
        real = getattr(owner, name)

        def call(*args: object) -> object:
            counts[name] += 1
            return real(*args)

        monkeypatch.setattr(owner, name, call)

    counted(scan, "hash_file")
    counted(survey, "_listed")
    counted(pipeline, "prepare_from")
    return counts


@pytest.fixture
def built(site: Site, done: Counter[str]) -> Site:
    """A site that was built twice, so that all of its folders are known."""
    furnish(site).build()
    site.build()
    done.clear()
    return site


def test_nothing_is_read_listed_or_prepared(built: Site, done: Counter[str]) -> None:
    before = mtimes(built)
    result = built.build()
    assert done == {}
    assert (result.written, result.removed, result.rendered) == ((), (), 0)
    assert mtimes(built) == before


def test_nothing_that_makes_pages_is_loaded(site: Site) -> None:
    site.post("news/a")

    def loaded() -> str:
        command = [sys.executable, "-X", "importtime", "-m", "generator", "build", "--clock", NOW]
        done = subprocess.run(command, cwd=site.root, capture_output=True, text=True, check=True)
        return done.stderr

    assert "jinja2" in loaded()
    found = loaded()
    assert "generator.build" in found
    assert not [name for name in ("jinja2", "generator.pipeline", "markdown.core") if name in found]


def test_a_preview_loads_all_that_builds_before_it_looks() -> None:
    """Or what was loaded later would go by the fingerprint of other code than it is."""
    program = "import sys, generator.serve.preview; print('generator.pipeline' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "True\n"


def test_the_same_is_told_as_by_the_build_that_made_it(new_site: Callable[[str], Site]) -> None:
    site = furnish(new_site("een"))
    first, second, whole = site.build(), site.build(), site.build(whole=True)
    for key in (*TOLD, "outputs", "unchanged"):
        expected = len(first.outputs) if key == "unchanged" else getattr(first, key)
        assert getattr(second, key) == getattr(whole, key) == expected
    assert first.withheld
    assert first.published["news"] == 4


def test_a_site_that_was_checked_out_anew_is_read_once(built: Site, done: Counter[str]) -> None:
    for folder in ("content", "themes", "public"):
        shutil.copytree(built.root / folder, built.root / "anders")
        shutil.rmtree(built.root / folder)
        (built.root / "anders").rename(built.root / folder)
    assert not built.build().written
    assert done["hash_file"] > 20
    assert not done["prepare_from"]
    done.clear()
    built.build()
    assert done == {}


def _write(path: str, text: str | bytes) -> Move:
    return lambda site: site.write(path, text)


def _edit(path: str, old: str, new: str) -> Move:
    return lambda site: change(site, path, lambda text: text.replace(old, new))


def _at(clock: str) -> Move:
    return lambda site: setattr(site, "clock", clock)


MOVES: dict[str, Move] = {
    "a text": _edit("content/news/c.md", "Tekst", "Andere tekst"),
    "a new post": lambda site: site.post("news/nieuw"),
    "a post that is gone": lambda site: (site.root / "content/news/c.md").unlink(),
    "a picture": _write("content/people/jan.png", picture("green")),
    "a template": _write("themes/own/templates/_note.html", "<p>Tot gauw</p>"),
    "a catalog": _edit("themes/own/locales/nl.po", "Archief", "Vroeger"),
    "a setting": _edit("site.yaml", "Gemeente Voorbeeld", "Gemeente Anders"),
    "a time zone": _edit("site.yaml", "Europe/Amsterdam", "Asia/Tokyo"),
    "an address that went": _write(LEDGER, "/weg/\n"),
    "a moment of publication": _at("2026-12-01 09:00"),
    "a clock that went back": _at("2026-10-01 09:00"),
}


@pytest.mark.parametrize("what", MOVES)
def test_what_moves_is_seen(built: Site, done: Counter[str], what: str) -> None:
    MOVES[what](built)
    same_as_clean(built)
    assert done["prepare_from"]


def test_what_is_said_in_comments_is_seen(built: Site, done: Counter[str]) -> None:
    settings = "comments: {provider: isso, endpoint: https://r.example}\n"
    change(built, "site.yaml", lambda text: text + settings)
    same_as_clean(built)
    talk = '{"version":1,"talk":{"service":"https://r.example","day":"2026-11-24","threads":{}}}'
    built.write(TALK, talk)
    done.clear()
    same_as_clean(built)
    assert done["prepare_from"]


def test_another_version_of_anything_is_seen(
    built: Site, done: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    versions = {**fingerprint._distributions(), "jinja2": "99"}
    monkeypatch.setattr(fingerprint, "_distributions", lambda: versions)
    monkeypatch.setattr(fingerprint, "of_everything", fingerprint.of_everything.__wrapped__)
    built.build()
    assert done["prepare_from"]


@pytest.mark.parametrize("option", ["strict", "keep_going", "whole", "addresses"])
def test_who_asks_otherwise_is_told_otherwise(built: Site, done: Counter[str], option: str) -> None:
    built.build(**{option: True})
    assert done["prepare_from"]


def _public(site: Site, path: str) -> Path:
    return site.root / "public" / path


VANDALS: dict[str, Move] = {
    "a changed byte": lambda site: _public(site, "robots.txt").write_text("Allow: /"),
    "a file that is gone": lambda site: _public(site, "nieuws/c/index.html").unlink(),
    "a folder that is gone": lambda site: shutil.rmtree(_public(site, "nieuws/c")),
    "a file that moved": lambda site: _public(site, "nieuws/c/index.html").rename(
        _public(site, "nieuws/c/anders.html")
    ),
    "a folder that moved": lambda site: _public(site, "nieuws/c").rename(_public(site, "c")),
    "a manifest without lines": lambda site: _public(site, MANIFEST).write_text("# Leeg\n"),
    "an empty folder": lambda site: _public(site, "leeg").mkdir(),
}


@pytest.mark.parametrize("what", VANDALS)
def test_what_was_done_to_the_output_is_seen(built: Site, done: Counter[str], what: str) -> None:
    clean = built.tree()
    VANDALS[what](built)
    built.build()
    assert done["prepare_from"]
    assert {path: data for path, data in built.tree().items() if path in clean} == clean
    assert not _public(built, "leeg").exists()


def test_a_link_in_place_of_a_file_is_seen(built: Site, done: Counter[str]) -> None:
    page = _public(built, "nieuws/c/index.html")
    text = page.read_bytes()
    page.rename(built.root / "elders.html")
    page.symlink_to(built.root / "elders.html")
    built.build()
    assert done["prepare_from"]
    assert page.read_bytes() == text
    assert not page.is_symlink()


def test_a_foreign_file_stays_and_costs_a_whole_look(built: Site, done: Counter[str]) -> None:
    _public(built, "vreemd.txt").write_text("van een ander")
    assert not built.build().written
    assert done["prepare_from"]
    assert _public(built, "vreemd.txt").read_text() == "van een ander"


def test_an_index_is_not_put_together_again_for_a_whole_look(built: Site) -> None:
    built.write("themes/own/assets/search.js", "// Whoever has this can search.")
    assert built.build().indexed
    _public(built, "vreemd.txt").write_text("van een ander")
    assert (built.build().rendered, built.build().rendered) == (0, 0)


def test_a_build_that_failed_forgets_nothing_of_the_one_before(
    built: Site, done: Counter[str]
) -> None:
    file = built.root / "content/news/c.md"
    good = file.read_bytes()
    file.write_text("---\ntitel: fout\n---\n")
    assert "unknown-key" in {one.code for one in built.problems()}
    file.write_bytes(good)
    done.clear()
    assert not built.build().written
    assert not done["prepare_from"]


def test_what_was_written_a_moment_ago_is_read_again(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    furnish(site).build()
    page = site.root / "public/nieuws/c/index.html"
    facts, text = page.stat(), page.read_bytes()
    page.write_bytes(text.replace(b"Tekst", b"tekst"))
    os.utime(page, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    site.build()
    assert page.read_bytes() == text


def _saved_by_somebody(
    monkeypatch: pytest.MonkeyPatch, owner: object, name: str, file: Path, text: str
) -> None:
    """Have a file be saved just before a function of the build is called for the first time."""
    real, texts = getattr(owner, name), [text]

    def call(*args: object) -> object:
        if texts:
            file.write_text(texts.pop())
        return real(*args)

    monkeypatch.setattr(owner, name, call)


@pytest.mark.parametrize(
    ("path", "owner", "name"),
    [
        ("content/news/c.md", reading, "convert"),
        ("content/static/CNAME", pipeline, "render"),
        ("themes/own/assets/own.css", pipeline, "render"),
        ("themes/own/templates/_note.html", pipeline, "compare"),
    ],
)
def test_what_was_saved_during_a_build_and_taken_back_leaves_nothing(
    built: Site, monkeypatch: pytest.MonkeyPatch, path: str, owner: object, name: str
) -> None:
    file = built.root / path
    first = file.read_text() + "een\n"
    file.write_text(first)
    _saved_by_somebody(monkeypatch, owner, name, file, file.read_text() + "twee\n")
    built.build()
    assert file.read_text() != first
    file.write_text(first)
    same_as_clean(built)
    same_as_clean(built)


def test_what_a_killed_build_left_aside_goes_though_nothing_moved(built: Site) -> None:
    _public(built, ".plein-staging").mkdir()
    _public(built, ".plein-staging/geheim").write_text("een plan")
    world = built.write(".plein/world-x", "een plan")
    built.build()
    assert not _public(built, ".plein-staging").exists()
    assert not world.exists()
