"""Texts in compressed form, written with the site: `compress: yes`."""

import gzip
import shutil

import brotli
import pytest

from tests.conftest import Site
from tests.exactness.world import assert_same, clean_tree, furnish


def compressing(site: Site, yes: str = "yes") -> None:
    text = (site.root / "site.yaml").read_text().partition("compress:")[0]
    site.write("site.yaml", f"{text}compress: {yes}\n")


@pytest.fixture
def packed(site: Site) -> Site:
    furnish(site)
    compressing(site)
    site.build()
    return site


def packed_of(site: Site) -> set[str]:
    return {path for path in site.tree() if path.endswith((".gz", ".br"))}


def test_each_text_of_some_size_is_there_compressed_and_holds_the_same(packed: Site) -> None:
    made = packed.tree()
    assert {"index.html.gz", "index.html.br", "feed.xml.gz", "feed.json.br"} <= made.keys()
    for path in packed_of(packed):
        plain, end = path[:-3], path[-3:]
        unpack = gzip.decompress if end == ".gz" else brotli.decompress
        assert unpack(made[path]) == made[plain]
        assert 1024 <= len(made[plain]) > len(made[path])
    assert "robots.txt.gz" not in made
    assert not [path for path in packed_of(packed) if path.startswith("media/")]
    assert made["index.html.gz"][3:10] == bytes([0, 0, 0, 0, 0, 2, 255])


def test_off_by_default_and_taken_away_when_it_is_off_again(packed: Site) -> None:
    compressing(packed, "no")
    packed.build()
    assert not packed_of(packed)


def test_a_compressed_form_goes_with_its_text_and_changes_with_it(packed: Site) -> None:
    again = packed.build()
    assert (again.written, again.removed, again.rendered) == ((), (), 0)
    packed.post("news/a/index", "Heel iets anders.", title="Titel", authors="jan")
    written = packed.build().written
    assert {"nieuws/a/index.html", "nieuws/a/index.html.gz", "nieuws/a/index.html.br"} <= {*written}
    (packed.root / "content/kudos/dank.md").unlink()
    removed = packed.build().removed
    assert "complimenten/dank/index.html.br" in removed
    assert_same(packed.tree(), clean_tree(packed, packed.root.parent / "clean"))


def test_a_compressed_form_that_is_lost_or_damaged_comes_back(packed: Site) -> None:
    before = packed.tree()
    (packed.root / "public/index.html.gz").unlink()
    packed.write("public/feed.xml.br", "stuk")
    packed.run("build", "--verify", "--clock", packed.clock, code=1)
    assert packed.build().rendered == len(["index.html", "feed.xml"])
    assert packed.tree() == before
    packed.run("build", "--verify", "--clock", packed.clock)


def test_what_a_writer_put_there_compressed_is_left_alone(packed: Site) -> None:
    packed.write("content/static/data.json", '{"a": 1}' + " " * 2000)
    packed.write("content/static/data.json.gz", "eigen")
    packed.build()
    assert packed.read("data.json.gz") == "eigen"
    assert "data.json.br" in packed.tree()


def test_workers_and_a_lost_cache_make_the_same(packed: Site) -> None:
    before = packed.tree()
    shutil.rmtree(packed.root / ".plein")
    shutil.rmtree(packed.root / "public")
    packed.build(workers=2)
    assert packed.tree() == before
