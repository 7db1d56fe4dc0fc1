"""One tree of bytes, whoever builds it, where, and in what mood the machine is."""

import os
import random
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from generator import pool, prepare, reading
from generator.assembly import Assembled, Before, Moment
from generator.config import Config
from generator.load import Library
from generator.reading import Converted, Task
from generator.store import Store
from tests.conftest import NOW, Site
from tests.exactness.world import assert_same, furnish, same_as_clean, twin_of

CLOCK = ("--clock", NOW)


def copy_backwards(source: Path, target: Path) -> None:
    """The same files, made in another order, so that a folder lists them in another order."""
    files = sorted(file for file in source.rglob("*") if file.is_file())
    random.Random(7).shuffle(files)
    for file in files:
        place = target / file.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, place)


@pytest.fixture
def tree(site: Site) -> dict[str, bytes]:
    furnish(site).build()
    return site.tree()


@pytest.mark.parametrize("workers", [2, 8])
def test_any_number_of_workers(
    site: Site, tree: dict[str, bytes], workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "SERIAL_BELOW", 2)
    shutil.rmtree(site.root / ".plein")
    shutil.rmtree(site.root / "public")
    site.build(workers=workers)
    assert_same(site.tree(), tree)


def test_profiles_made_ahead_are_those_made_when_all_is_read(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An entry that names a file waits for it; what nobody waits for is made while others are
    read."""
    furnish(site)
    site.build()
    alone = remembered(site)
    shutil.rmtree(site.root / ".plein")
    monkeypatch.setattr(pool, "SERIAL_BELOW", 2)
    monkeypatch.setattr(reading, "_BATCH", 3)
    monkeypatch.setattr(reading, "_LUMP", 7)
    real, ahead = prepare.assemble, set[str]()

    def spied(library: Library, config: Config, at: Moment, before: Before) -> Assembled:
        ahead.update(before.ahead)
        return real(library, config, at, before)

    monkeypatch.setattr(prepare, "assemble", spied)
    site.build(workers=2)
    assert remembered(site) == alone
    assert {"news/a", "news/c", "people/els", "meetings/mt"} <= ahead
    assert not {"news/b", "people/jan", "vlogs/film"} & ahead


def remembered(site: Site) -> dict[str, dict[str, bytes]]:
    """What the cache knows of entries."""
    with closing(Store(site.root / ".plein")) as store:
        tables = ("faces", "profiles", "cards", "good")
        return {table: store.encoded(table) for table in tables}


@pytest.mark.parametrize("workers", [1, 2])
def test_workers_or_not_a_broken_post_stays_as_it_last_was(
    site: Site, workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "SERIAL_BELOW", 2)
    site.post("news/heel", "Tekst.")
    site.post("news/kapot", "Tekst.")
    site.post("news/nieuw", "Tekst.", topics="onzin")
    site.build(keep_going=True, workers=workers)
    site.post("news/heel", "Andere tekst.", title="Anders")
    site.post("news/kapot", "Andere tekst.", title="Anders", topics="onzin")
    result = site.build(keep_going=True, workers=workers)
    assert result.kept == ("content/news/kapot.md",)
    assert result.left_out == ("content/news/nieuw.md",)
    assert "Andere tekst." in site.read("nieuws/heel/index.html")
    assert "Andere tekst." not in site.read("nieuws/kapot/index.html")


@pytest.mark.parametrize(
    "env",
    [
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LANG": "nl_NL.UTF-8"},
        {"PYTHONHASHSEED": "4242", "TZ": "America/New_York", "LC_ALL": "C", "HOME": "/nonexistent"},
        {"PYTHONHASHSEED": "0", "PYTHONUTF8": "0", "LC_ALL": "POSIX", "COLUMNS": "20"},
    ],
)
def test_any_hash_seed_time_zone_and_language(
    site: Site, tree: dict[str, bytes], env: dict[str, str]
) -> None:
    site.env.update(env)
    site.run("build", *CLOCK, "--output", "elders")
    assert_same(site.tree("elders"), tree)


def test_any_umask(site: Site, tree: dict[str, bytes]) -> None:
    before = os.umask(0o077)
    try:
        site.run("build", *CLOCK, "--output", "elders")
    finally:
        os.umask(before)
    assert_same(site.tree("elders"), tree)


def test_any_order_of_files_in_any_folder(
    site: Site, tree: dict[str, bytes], tmp_path: Path
) -> None:
    other = tmp_path / "met spaties en é" / "dieper"
    copy_backwards(site.root / "content", other / "content")
    copy_backwards(site.root / "themes", other / "themes")
    shutil.copy(site.root / "site.yaml", other)
    moved = Site(other)
    moved.build()
    assert_same(moved.tree(), tree)


def test_a_moved_project_keeps_its_cache_and_writes_nothing(site: Site, tmp_path: Path) -> None:
    furnish(site).build()
    moved = Site(site.root.rename(tmp_path / "verhuisd"))
    again = moved.build()
    assert (again.written, again.rendered) == ((), 0)


def test_a_folder_of_outputs_that_an_older_cache_knows_otherwise(site: Site) -> None:
    furnish(site).build()
    site.build(output="elders")
    site.post("news/erbij")
    site.build(output="elders")
    site.build()
    assert_same(site.tree(), site.tree("elders"))


def test_source_date_epoch_is_a_clock(site: Site, new_site: Callable[[str], Site]) -> None:
    furnish(site)
    site.clock = "2026-12-01T09:00:00+01:00"
    other = twin_of(site, site.root.parent / "other")
    site.run("build", "--clock", site.clock)
    other.env["SOURCE_DATE_EPOCH"] = "1796112000"
    other.run("build")
    assert "nieuws/later/index.html" in site.tree()
    assert_same(site.tree(), other.tree())
    other.env["SOURCE_DATE_EPOCH"] = "1796111999"
    other.run("build")
    assert "nieuws/later/index.html" not in other.tree()


def test_the_same_mistakes_in_the_same_order(site: Site) -> None:
    furnish(site)
    for name in ("a", "b", "c"):
        site.post(f"kudos/{name}", to="[jon, elz]", topics="[gold, mens]", locations="noord, zuit")
    said = []
    for seed in ("1", "2", "3"):
        site.env["PYTHONHASHSEED"] = seed
        said.append(site.run("build", *CLOCK, "--format", "json", code=1).stdout)
    assert said[0] == said[1] == said[2]


def test_a_file_that_only_looks_like_a_post_is_linked_to_by_any_number_of_workers(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    furnish(site)
    settings = (site.root / "site.yaml").read_text()
    site.write("site.yaml", f"{settings}levels: {{not-a-post-name: warn}}\n")
    site.write("content/news/notitie.markdown", "Hallo.")
    site.post("news/d", "Zie de [notitie](notitie.markdown).")
    site.build()
    alone = site.tree()
    assert 'notitie.markdown"' in site.read("nieuws/d/index.html")
    monkeypatch.setattr(pool, "SERIAL_BELOW", 2)
    shutil.rmtree(site.root / ".plein")
    shutil.rmtree(site.root / "public")
    site.build(workers=2)
    assert_same(site.tree(), alone)


def test_what_was_converted_before_somebody_stops_a_build_is_kept(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(6):
        site.post(f"news/p{number}")
    real, read = reading.convert, list[str]()

    def convert(task: Task) -> Converted:
        read.append(task.path)
        if len(read) == 5:
            raise KeyboardInterrupt
        return real(task)

    monkeypatch.setattr(reading, "_BATCH", 2)
    monkeypatch.setattr(reading, "convert", convert)
    with pytest.raises(KeyboardInterrupt):
        site.build()
    site.build()
    assert read[5:] == ["content/news/p4.md", "content/news/p5.md"]


def test_a_post_that_is_allowed_as_a_transcript_is_no_file_all_the_same(site: Site) -> None:
    furnish(site)
    settings = (site.root / "site.yaml").read_text()
    site.write("site.yaml", f"{settings}levels: {{transcript-kind: allow}}\n")
    keys = {"video": "film.mp4", "captions": "{nl: film.nl.vtt}", "summary": "Kort."}
    site.post("vlogs/los", transcript="tekst.md", **keys)
    site.post("vlogs/tekst", "Een.", **keys)
    site.build()
    site.post("vlogs/tekst", "Een.\n\nTwee.", **keys)
    tree = same_as_clean(site)
    assert not any(path.endswith("tekst.md") for path in tree)
