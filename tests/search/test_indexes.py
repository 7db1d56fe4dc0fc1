"""The index: what is in it, and how much of it is made anew."""

import gzip
import itertools
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.indexer import find_program
from generator.problems import UsageError
from tests.bad_inputs import test_withheld as withheld
from tests.conftest import NOW, Site
from tests.exactness.world import age, assert_same, change, clean_tree, same_as_clean
from tests.search.conftest import QUICK, SEARCHABLE, folders, fragments, furnish


def test_a_tree_is_divided_by_age_and_knows_what_pages_say(site: Site) -> None:
    furnish(site).build()
    assert folders(site) == ["2025", "2026", "2026-11", "pages"]
    found = fragments(site)
    assert set(found) == {
        "/nieuws/dijk/", "/nieuws/oud/", "/nieuws/lente/", "/vlogs/film/", "/mensen/els/",
        "/regels/",
    }  # fmt: skip
    post = found["/nieuws/dijk/"]
    assert post["content"] == "De dijken bij de polder zijn sterk."
    assert post["meta"] == {"title": "Sterk", "date": "2026-11-20", "people": "Els"}
    assert post["filters"] == {
        "kind": ["news"], "topic": ["geld"], "location": ["noord"], "person": ["els"],
        "year": ["2026"], "language": ["nl"],
    }  # fmt: skip
    assert "otters" in str(found["/vlogs/film/"]["content"])
    assert "Adviseur" in str(found["/mensen/els/"]["content"])
    english = fragments(site, "en")
    assert english["/en/news/dijk/"]["meta"]["title"] == "Strong"  # type: ignore[index]
    assert english["/en/news/oud/"]["filters"]["language"] == ["nl"]  # type: ignore[index]


def test_nothing_is_indexed_when_no_text_has_changed(site: Site) -> None:
    first = furnish(site).build()
    assert first.indexed == 12
    again = site.build()
    assert (again.indexed, again.written, again.removed) == (0, (), ())
    site.write("content/static/anders.txt", "niets om te vinden")
    assert site.build().indexed == 0


def test_why_tells_that_an_index_is_made_again_when_only_a_body_changed(site: Site) -> None:
    """What lists show of it is the same, so after a build like this one the site is not put
    together anew."""
    site.write("site.yaml", SEARCHABLE)
    first = "Een rustige eerste alinea die lang genoeg is voor een samenvatting. " * 8
    site.post("news/a", f"{first}\n\nLaatste oude.")
    site.build(keep_going=True)
    why = ("why", "zoeken/index.json", "--clock", NOW)
    before = site.run(*why).stdout.splitlines()[0]
    site.post("news/a", f"{first}\n\nLaatste nieuwe.")
    told = site.run(*why).stdout.splitlines()[0]
    assert "zoeken/index.json" in site.build().written
    assert before.endswith(": actueel")
    assert not told.endswith(": actueel")


def test_an_edit_leaves_other_ages_as_they_are(site: Site) -> None:
    furnish(site).build()
    age(site)
    change(site, "content/news/dijk.md", lambda text: text.replace("polder", "uiterwaard"))
    result = site.build()
    # The two of its month, in both trees.
    assert result.indexed == 4
    written = [path for path in result.written if "/fragment/" in path]
    assert len(written) == 1
    assert all("/2026-11/" in path for path in result.written if path.startswith("assets/search"))
    assert "uiterwaard" in str(fragments(site)["/nieuws/dijk/"]["content"])


def test_after_edits_of_texts_alone_nothing_of_the_old_text_is_left(site: Site) -> None:
    furnish(site)
    # The first paragraph is seen on other pages too; this is on its own page alone.
    site.post("news/dijk", "De dijk.\n\nAchter de dijk ligt een polder.", date="2026-11-20")
    site.build()
    words = ["polder", "uiterwaard", "kwelder", "schor"]
    for old, new in itertools.pairwise(words):
        age(site)
        change(site, "content/news/dijk.md", lambda text, old=old, new=new: text.replace(old, new))  # type: ignore[misc]
        same_as_clean(site)
        assert not any(old.encode() in text for text in unpacked(site) if b"nieuws/dijk" in text)


def test_a_post_that_is_added_is_indexed_with_its_month(site: Site) -> None:
    furnish(site).build()
    site.post("news/nieuw", date="2026-11-22")
    assert site.build().indexed == 6
    assert "/nieuws/nieuw/" in fragments(site)


def test_a_new_month_moves_the_one_before_to_its_year(site: Site) -> None:
    furnish(site).build()
    site.clock = "2026-12-02 12:00"
    site.post("news/sint", date="2026-12-01")
    result = site.build()
    assert result.indexed == 2 * (1 + 3)
    assert folders(site) == ["2025", "2026", "2026-12", "pages"]


def test_what_goes_leaves_no_trace_in_the_index(site: Site) -> None:
    furnish(site).build()
    change(
        site, "content/news/oud.md", lambda text: text.replace("title:", "unlisted: yes\ntitle:")
    )
    change(site, "content/news/lente.md", lambda text: text.replace("title:", "draft: yes\ntitle:"))
    site.build()
    assert not {"/nieuws/oud/", "/nieuws/lente/"} & set(fragments(site))
    assert folders(site) == ["2026-11", "pages"]
    kept = {file.name for file in (site.root / ".plein/search").iterdir()}
    assert len(kept) == 4


def edits(site: Site) -> list[Callable[[], object]]:
    """A sequence of what writers do, in which every index changes at least once."""
    subtitles = site.root / "content/vlogs/film.vtt"
    return [
        lambda: change(site, "content/news/oud.md", lambda text: text.replace("hield", "brak")),
        lambda: change(site, "content/news/dijk.md", lambda text: text.replace("Sterk", "Zwak")),
        lambda: subtitles.write_text(subtitles.read_text().replace("otters", "bevers")),
        lambda: site.post("news/nieuw", date="2026-04-11", topics="mensen"),
        (site.root / "content/news/lente.md").unlink,
        (site.root / "content/news/dijk.en.md").unlink,
        lambda: site.write("site.yaml", QUICK.replace("nl, en", "nl")),
        lambda: site.write("site.yaml", QUICK.replace("example\n", "example/plein\n")),
        lambda: site.write("site.yaml", QUICK.replace("search: yes", "search: no")),
        lambda: site.write("site.yaml", QUICK),
        (site.root / "content/people/els.md").unlink,
    ]


def test_after_any_edit_the_index_is_that_of_a_clean_build(site: Site) -> None:
    furnish(site).build()
    change(site, "content/news/dijk.md", lambda text: text.replace("authors: els\n", ""))
    for edit in edits(site):
        edit()
        age(site)
        same_as_clean(site)


def test_a_cache_that_was_lost_or_damaged_costs_time_and_no_bytes(site: Site) -> None:
    furnish(site).build()
    tree = site.tree()
    for file in (site.root / ".plein/search").iterdir():
        file.write_bytes(b"x" * 40)
    change(site, "content/news/dijk.md", lambda text: text.replace("polder", "uiterwaard"))
    (site.root / "public/zoeken/index.json").unlink()
    site.build()
    assert_same(site.tree(), clean_tree(site, site.root.parent / "clean"))
    change(site, "content/news/dijk.md", lambda text: text.replace("uiterwaard", "polder"))
    (site.root / ".plein/cache.sqlite").unlink()
    site.build()
    assert site.tree() == tree
    assert site.run("build", "--verify", "--clock", site.clock).returncode == 0


def test_workers_and_verify_see_the_same(site: Site) -> None:
    furnish(site).build()
    assert_same(site.tree(), clean_tree(site, site.root.parent / "clean", workers=2))


@pytest.mark.parametrize("state", withheld.HIDDEN)
def test_what_is_not_published_cannot_be_found(site: Site, state: str) -> None:
    site.write("site.yaml", SEARCHABLE)
    withheld.surroundings(site)
    withheld.furnish(site, withheld.OPEN)
    site.build()
    assert any(b"anary" in text for text in unpacked(site))
    withheld.furnish(site, withheld.HIDDEN[state])
    site.build()
    assert [text for text in unpacked(site) if b"anary" in text or b"anarie" in text] == []


def unpacked(site: Site) -> list[bytes]:
    """The files of all indexes as they are read."""
    files = (site.root / "public/assets/search").rglob("*.pf_*")
    texts = (file.read_bytes() for file in files)
    return [gzip.decompress(one) if one.startswith(b"\x1f\x8b") else one for one in texts]


def test_without_pagefind_the_site_is_built_and_says_so(site: Site) -> None:
    furnish(site)
    site.env["PAGEFIND_BINARY_PATH"] = "/nowhere"
    done = site.run("build", "--clock", site.clock)
    assert "let op[search-missing]" in done.stderr
    assert "pip install pagefind-bin" in done.stderr
    assert "let op[search-missing]" in site.run("check", "--clock", site.clock).stderr
    assert not any("search/" in path or "zoeken" in path for path in site.tree())
    assert "fout[search-missing]" in site.run("build", "--strict", code=1).stderr
    del site.env["PAGEFIND_BINARY_PATH"]
    site.build()
    assert_same(site.tree(), clean_tree(site, site.root.parent / "clean"))


def test_a_pagefind_that_does_not_work_is_told(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    furnish(site)
    broken = tmp_path / "pagefind"
    broken.write_text("#!/bin/sh\necho 1.5.2\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(broken))
    with pytest.raises(UsageError) as told:
        site.build()
    assert [item.code for item in told.value.problems] == ["search-trouble"]
    assert site.tree() == {}


def test_pagefind_comes_with_plein() -> None:
    program = find_program()
    assert program
    assert program.version.startswith("1.")


def test_a_site_that_wants_no_search_has_none(site: Site) -> None:
    furnish(site)
    site.write("site.yaml", QUICK.replace("search: yes", "search: no"))
    result = site.build()
    assert result.indexed == 0
    assert not any("zoeken" in path or "assets/search/" in path for path in site.tree())
