"""Whatever happens to the cache costs time, and nothing else."""

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import NOW, Site
from tests.exactness.world import assert_same, clean_tree, furnish, same_as_clean

PAGE_BYTES = 16_384


def pages_of(data: bytearray) -> int:
    return -(-len(data) // PAGE_BYTES)


def flip_bits(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.choice((1, 3, 50))):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def flip_in_the_heads_of_pages(data: bytearray, chance: random.Random) -> None:
    """Where the trees are: kinds of page, counts, pointers, kinds of value."""
    for _ in range(chance.choice((1, 4))):
        page = chance.randrange(pages_of(data))
        data[page * PAGE_BYTES + chance.randrange(100)] ^= 1 << chance.randrange(8)


def flip_in_the_head(data: bytearray, chance: random.Random) -> None:
    data[chance.randrange(100)] ^= 1 << chance.randrange(8)


def cut(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(len(data)) :]


def zero_a_page(data: bytearray, chance: random.Random) -> None:
    page = chance.randrange(pages_of(data)) * PAGE_BYTES
    rest = data[page : page + PAGE_BYTES]
    data[page : page + PAGE_BYTES] = bytes(len(rest))


def swap_pages(data: bytearray, chance: random.Random) -> None:
    one, two = (chance.randrange(pages_of(data)) * PAGE_BYTES for _ in range(2))
    first = data[one : one + PAGE_BYTES]
    data[one : one + PAGE_BYTES] = data[two : two + PAGE_BYTES]
    data[two : two + PAGE_BYTES] = first


def overwrite(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data))
    data[at : at + 500] = chance.randbytes(500)


Damage = Callable[[bytearray, random.Random], None]
DAMAGES: tuple[Damage, ...] = (
    flip_bits, flip_in_the_heads_of_pages, flip_in_the_head, cut,
    zero_a_page, swap_pages, overwrite,
)  # fmt: skip


def edition(site: Site, number: int) -> None:
    """One of two versions of a post."""
    body = f"Woorden {number}.\n\nEn meer."
    site.post("news/c", body, topics="geld", series="rondje", aliases="/oud/c/")


@pytest.fixture
def clean(site: Site) -> list[dict[str, bytes]]:
    """What the site is with each version of the post."""
    furnish(site)
    trees = []
    for number in (0, 1):
        edition(site, number)
        trees.append(clean_tree(site, site.root.parent / "clean"))
    site.build()
    return trees


def damage_and_build(site: Site, clean: list[dict[str, bytes]], seeds: range) -> None:
    """Damage a file of the cache, edit a post, build, compare, twice; once for every seed."""
    sound = {file: file.read_bytes() for file in files_of_cache(site)}
    for seed in seeds:
        for file in files_of_cache(site):
            file.unlink()
        for file, data in sound.items():
            file.write_bytes(data)
        damage(files_of_cache(site)[seed % 4 == 1], seed)
        for number in (seed % 2, 1 - seed % 2):
            edition(site, number)
            site.build(keep_going=bool(seed % 3))
            assert_same(site.tree(), clean[number])


def files_of_cache(site: Site) -> list[Path]:
    """The database, and the large value beside it."""
    return [site.root / ".plein/cache.sqlite", *site.root.glob(".plein/volume-*")]


def damage(file: Path, seed: int) -> None:
    data, chance = bytearray(file.read_bytes()), random.Random(seed)
    DAMAGES[seed % len(DAMAGES)](data, chance)
    file.write_bytes(data)


def test_some_damage_never_shows(site: Site, clean: list[dict[str, bytes]]) -> None:
    damage_and_build(site, clean, range(14))


@pytest.mark.long
def test_damage_never_shows(site: Site, clean: list[dict[str, bytes]]) -> None:
    damage_and_build(site, clean, range(100, 1100))


def renamed(site: Site) -> None:
    """A post in one more list that moves its old address, and one more: the plan is another."""
    topics = "[geld, mensen]"
    site.post("news/c", "Een.\n\nTwee.", topics=topics, series="rondje", aliases="/ouder/c/")
    site.post("news/vers", "Vers.")


def added(site: Site) -> None:
    """The site is put together anew."""
    site.post("news/nog", "Nog een.")


def edited(site: Site) -> None:
    """The site is remembered as it was."""
    topics = "[geld, mensen]"
    site.post("news/c", "Een.\n\nDrie.", topics=topics, series="rondje", aliases="/ouder/c/")


@pytest.mark.parametrize("next_", [added, edited])
def test_a_page_of_the_cache_that_was_never_written_never_shows(
    site: Site, next_: Callable[[Site], None]
) -> None:
    """It has what stood there one build before, with a sum that fits."""
    furnish(site)
    edition(site, 0)
    site.build()
    file, _ = files_of_cache(site)
    before, public = file.read_bytes(), site.root / "public"
    renamed(site)
    site.build()
    after, made = file.read_bytes(), site.root.parent / "made"
    shutil.copytree(public, made)
    shutil.copytree(site.root / ".plein", site.root.parent / "cache")
    next_(site)
    clean = clean_tree(site, site.root.parent / "clean")
    for at in range(0, min(len(before), len(after)), PAGE_BYTES):
        page = slice(at, at + PAGE_BYTES)
        if before[page] != after[page]:
            shutil.rmtree(site.root / ".plein")
            shutil.copytree(site.root.parent / "cache", site.root / ".plein")
            shutil.rmtree(public)
            shutil.copytree(made, public)
            file.write_bytes(after[: page.start] + before[page] + after[page.stop :])
            site.build()
            assert_same(site.tree(), clean)


def test_what_was_known_of_an_entry_one_build_before_is_not_taken_for_what_is_known(
    site: Site,
) -> None:
    """It tells what is taken out of the site before what the entry is now comes in."""
    furnish(site).build()
    file, _ = files_of_cache(site)
    with closing(sqlite3.connect(file)) as cache:
        before = cache.execute("SELECT key, value, sum FROM profiles").fetchall()
    site.post("news/c", topics="[geld, mensen]", series="rondje", aliases="/oud/c/")
    site.build()
    with closing(sqlite3.connect(file)) as cache, cache:
        cache.executemany("REPLACE INTO profiles VALUES (?, ?, ?)", before)
    site.post("news/c", topics="geld", series="rondje", aliases="/oud/c/")
    same_as_clean(site)


@pytest.mark.parametrize("others", [["b"], []])
def test_who_asked_one_build_before_is_not_taken_for_who_asks(
    site: Site, others: list[str]
) -> None:
    """One more page asks what others asked, or nobody; of that the disk lost each shelf once."""
    for name in others:
        site.post(f"news/{name}", "Lees [dit](a.md).")
    site.post("news/a")
    site.post("news/p", date="2025-01-01")
    site.build()
    before = answers_in(site)
    site.post("news/p", "Lees [dit](a.md).", date="2025-01-01")
    site.build()
    after, made = answers_in(site), site.root.parent / "made"
    shutil.copytree(site.root, made)
    lost = [row for row in before if row not in after]
    assert lost
    for row in lost:
        shutil.rmtree(site.root)
        shutil.copytree(made, site.root)
        with closing(sqlite3.connect(site.root / ".plein/cache.sqlite")) as cache, cache:
            cache.execute("REPLACE INTO reads VALUES (?, ?, ?)", row)
        site.post("news/a", title="Heel anders", slug="elders")
        same_as_clean(site)


def answers_in(site: Site) -> list[tuple[str, bytes, int]]:
    with closing(sqlite3.connect(site.root / ".plein/cache.sqlite")) as cache:
        return cache.execute("SELECT key, value, sum FROM reads").fetchall()


def test_a_large_value_that_is_lost_or_another_is_made_anew(site: Site) -> None:
    furnish(site).build()
    volume = files_of_cache(site)[1]
    volume.write_bytes(volume.read_bytes()[::-1])
    edition(site, 0)
    same_as_clean(site)
    files_of_cache(site)[1].unlink()
    edition(site, 1)
    same_as_clean(site)


def test_without_the_large_value_what_was_good_is_still_known(site: Site) -> None:
    furnish(site).build()
    files_of_cache(site)[1].write_bytes(b"")
    site.write("content/news/b.md", "---\ntitle: B\ntopics: [onbekend]\n---\n\nTekst.\n")
    result = site.build(keep_going=True)
    assert result.kept == ("content/news/b.md",)
    assert "nieuws/b/index.html" in site.tree()


def test_of_a_large_value_only_the_last_is_kept(site: Site) -> None:
    furnish(site).build()
    for number in range(3):
        site.post(f"news/nieuw-{number}")
        site.build()
    assert len(files_of_cache(site)) == 2
    site.run("clean")
    assert not list(site.root.glob(".plein/*"))


def test_the_command_says_nothing_of_a_damaged_cache(site: Site) -> None:
    furnish(site)
    site.run("build", "--clock", NOW)
    (site.root / ".plein/cache.sqlite").write_bytes(b"SQLite format 3\0" + bytes(3000))
    site.run("build", "--clock", NOW)
    (site.root / ".plein/cache.sqlite").write_bytes(b"geen database" * 400)
    site.run("build", "--clock", NOW)
    site.run("build", "--verify", "--clock", NOW)


def test_a_folder_where_the_cache_should_be_is_named(site: Site) -> None:
    furnish(site)
    (site.root / ".plein/cache.sqlite").mkdir(parents=True)
    assert "cache.sqlite" in site.run("build", "--clock", NOW, code=4).stderr


def test_a_cache_from_another_version_is_left_behind(site: Site) -> None:
    furnish(site).build()
    db = sqlite3.connect(site.root / ".plein/cache.sqlite")
    db.execute("PRAGMA user_version = 99")
    db.close()
    edition(site, 1)
    same_as_clean(site)
