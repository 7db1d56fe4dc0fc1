"""How much one edit costs: exactly the outputs that show it, and not one more."""

import os
from pathlib import Path

from tests.conftest import Site
from tests.exactness.world import (
    assert_same,
    change,
    clean_tree,
    furnish,
    mtimes,
    picture,
    same_as_clean,
)

FEEDS = ("atom.xml", "feed.json", "feed.xml")


def feeds(*folders: str) -> set[str]:
    return {f"{folder}/{name}".lstrip("/") for folder in folders for name in FEEDS}


def pages(*folders: str) -> set[str]:
    return {f"{folder}/index.html".lstrip("/") for folder in folders}


def both(folder: str, english: str) -> tuple[str, str]:
    return folder, f"en/{english}".rstrip("/")


def test_editing_a_body_writes_its_page_in_each_language_and_the_feeds_that_carry_it(
    site: Site,
) -> None:
    site.post("news/a", "Eerste.\n\nTweede.", topics="geld")
    site.post("news/b", "Ook iets.", topics="geld")
    site.post("meetings/c")
    site.build()
    change(site, "content/news/a.md", lambda text: text.replace("Tweede", "Nieuwe tweede"))
    result = site.build()
    where = [*both("", ""), *both("nieuws", "news"), *both("onderwerpen/geld", "topics/geld")]
    assert set(result.written) == pages(*both("nieuws/a", "news/a")) | feeds(*where)
    assert result.removed == ()


PARTIALS = {
    "list.html": "{{ page.title }} {{ partial('_newest.html') }}",
    "archive.html": "{{ page.title }} {{ partial('_newest.html', loud=true) }}",
    "_newest.html": "{{ site.latest(1, 'news')[0].title }}{{ '!' if loud is defined }}",
}


def test_what_a_partial_asked_every_page_with_it_has_asked(site: Site) -> None:
    site.themed(**{f"templates/{name}": text for name, text in PARTIALS.items()})
    site.post("news/a", date="2026-11-01")
    site.post("meetings/c", date="2026-10-01")
    site.build()
    assert site.read("overleg/index.html").endswith("Titel van news/a")
    change(site, "content/news/a.md", lambda text: text.replace("Titel", "Zonnig"))
    site.build()
    assert site.read("overleg/index.html").endswith("Zonnig van news/a")
    assert site.read("archief/2026/index.html").endswith("Zonnig van news/a!")
    same_as_clean(site)
    site.write("themes/own/templates/_newest.html", "Stil")
    assert "overleg/index.html" in site.build().written
    same_as_clean(site)


def test_a_translation_is_a_page_of_its_own(site: Site) -> None:
    site.post("news/a", "Eerste.\n\nTweede.")
    site.post("news/a.en", "First.\n\nSecond.")
    site.build()
    change(site, "content/news/a.en.md", lambda text: text.replace("Second", "Another second"))
    result = site.build()
    assert set(result.written) == pages("en/news/a") | feeds("en", "en/news")


def test_editing_a_title_writes_the_page_its_neighbours_and_what_lists_it(site: Site) -> None:
    for day in range(1, 8):
        site.post(f"news/{day}", date=f"2026-11-0{day}")
    site.build()
    change(site, "content/news/4.md", lambda text: text.replace("Titel", "Andere titel"))
    written = set(site.build().written)
    around = [*both("nieuws/3", "news/3"), *both("nieuws/4", "news/4"), *both("nieuws/5", "news/5")]
    lists = [*both("", ""), *both("nieuws", "news")]
    months = [*both("archief/2026/11", "archive/2026/11")]
    assert written == pages(*around, *lists, *months) | feeds(*lists)


def test_editing_a_partial_writes_the_pages_that_include_it(site: Site) -> None:
    furnish(site).build()
    site.write("themes/own/templates/_note.html", "<p>Tot gauw</p>\n")
    assert set(site.build().written) == pages(*both("complimenten/dank", "kudos/dank"))


def test_a_new_post_among_three_hundred_touches_tens_of_outputs_and_no_other_post(
    site: Site,
) -> None:
    for number in range(300):
        day = f"2026-{number % 10 + 1:02}-{number % 27 + 1:02} 08:{number % 60:02}"
        site.post(f"news/{number}", date=day, topics="geld" if number % 2 else "mensen")
    site.build()
    total = len(site.tree())
    site.post("news/vers", "Vers nieuws.", date="2026-11-20", topics="geld", aliases="/vers/")
    result = site.build()
    lists = [*both("", ""), *both("nieuws", "news"), *both("onderwerpen/geld", "topics/geld")]
    counts = [*both("onderwerpen", "topics")]
    years = [f"{folder}/2026" for folder in lists[2:]]
    archive = [*both("archief", "archive"), *both("archief/2026", "archive/2026")]
    archive += both("archief/2026/11", "archive/2026/11")
    posts = [*both("nieuws/vers", "news/vers"), *both("nieuws/269", "news/269"), "vers"]
    # The post has an old address, which every server has to know.
    servers = {"_redirects", "headers.nginx.conf", "headers.caddy", ".htaccess"}
    expected = pages(*lists, *counts, *years, *archive, *posts) | feeds(*lists) | {"sitemap.xml"}
    expected |= servers
    assert set(result.written) <= expected
    assert expected - set(result.written) <= pages(*archive, *counts)
    assert len(result.written) < 50 < total
    assert result.removed == ()


def test_nothing_changed_nothing_done(site: Site) -> None:
    furnish(site).build()
    before = mtimes(site)
    again = site.build()
    assert (again.written, again.removed, again.rendered) == ((), (), 0)
    assert mtimes(site) == before


def test_a_git_checkout_that_only_touches_times_costs_nothing(site: Site) -> None:
    furnish(site).build()
    before = mtimes(site)
    for folder in ("content", "themes", "."):
        for file in (site.root / folder).rglob("*"):
            if file.is_file() and "public" not in file.parts and ".plein" not in file.parts:
                os.utime(file, (1_700_000_000, 1_700_000_000))
    again = site.build()
    assert (again.written, again.removed, again.rendered) == ((), (), 0)
    assert mtimes(site) == before


def test_touched_outputs_are_still_the_same_outputs(site: Site) -> None:
    furnish(site).build()
    for file in (site.root / "public").rglob("*.html"):
        os.utime(file, (1_700_000_000, 1_700_000_000))
    again = site.build()
    assert (again.written, again.rendered) == ((), 0)


def test_a_partial_that_was_not_there_yet_was_asked_for(site: Site) -> None:
    furnish(site).build()
    site.write("themes/own/templates/_more.html", "<p>En nog iets</p>\n")
    assert set(site.build().written) == pages(*both("complimenten/dank", "kudos/dank"))
    (site.root / "themes/own/templates/_more.html").unlink()
    assert set(site.build().written) == pages(*both("complimenten/dank", "kudos/dank"))


def test_a_template_for_one_kind_that_appears_is_used_and_one_that_goes_is_not(site: Site) -> None:
    furnish(site).build()
    before = site.read("vlogs/film/index.html")
    site.write("themes/own/templates/entry-vlogs.html", "Een eigen vlogpagina\n")
    assert set(site.build().written) == pages(*both("vlogs/film", "vlogs/film"))
    (site.root / "themes/own/templates/entry-vlogs.html").unlink()
    site.build()
    assert site.read("vlogs/film/index.html") == before


def test_an_override_of_a_parents_template_reaches_whatever_extends_it(site: Site) -> None:
    furnish(site).build()
    change(site, "themes/lean/templates/base.html", lambda text: f"<!doctype html>{text}")
    own = (site.root / "themes/lean/templates/base.html").read_text().replace("<title>", "<h1>")
    site.write("themes/own/templates/base.html", own)
    written = site.build().written
    assert set(written) == {path for path in site.tree() if path.endswith(".html")}


def test_a_picture_that_changes_is_a_new_address_on_the_pages_that_show_it(site: Site) -> None:
    furnish(site).build()
    site.write("content/news/b.png", picture("yellow"))
    result = site.build()
    pictures = {path for path in result.written if path.startswith("media/")}
    assert len(pictures) == len(result.removed) == 2
    assert set(result.written) - pictures - feeds("", "en", "nieuws", "en/news") == pages(
        "nieuws/b"
    )


def test_a_link_to_a_post_that_moved_is_written_again(site: Site) -> None:
    site.post("news/oud")
    site.post("meetings/verwijst", "Zie [dit](../news/oud.md).")
    site.post("meetings/verwijst-niet")
    site.build()
    change(site, "content/news/oud.md", lambda text: text.replace("---\n", "---\nslug: nieuw\n", 1))
    result = site.build()
    meetings = {path for path in result.written if path.startswith("overleg/") and "index" in path}
    assert meetings == pages("overleg/verwijst")
    assert 'href="/nieuws/nieuw/"' in site.read("overleg/verwijst/index.html")
    assert set(result.removed) == pages("nieuws/oud", "en/news/oud")


def test_a_link_target_that_appears_is_filled_in(site: Site) -> None:
    site.write(
        "site.yaml", (site.root / "site.yaml").read_text() + "levels: {link-missing: warn}\n"
    )
    site.post("meetings/verwijst", "Zie [dit](../news/later.md).")
    site.build()
    assert "/nieuws/later/" not in site.read("overleg/verwijst/index.html")
    site.post("news/later")
    site.build()
    assert 'href="/nieuws/later/"' in site.read("overleg/verwijst/index.html")


def test_an_edit_with_equal_output_leaves_the_file_alone(site: Site) -> None:
    site.post("news/a", "Een *woord*.")
    site.build()
    before = mtimes(site)
    change(site, "content/news/a.md", lambda text: text.replace("*woord*", "_woord_"))
    result = site.build()
    assert result.rendered > 0
    assert result.written == ()
    assert mtimes(site) == before


def test_the_clock_costs_what_it_changes(site: Site) -> None:
    furnish(site).build()
    site.clock = "2026-11-24 18:00"
    assert site.build().rendered == 0
    site.clock = "2026-12-01 09:00"
    assert "nieuws/later/index.html" in same_as_clean(site)


def test_another_branch_and_back_leaves_what_was_there(site: Site, tmp_path: Path) -> None:
    furnish(site).build()
    before = site.tree()
    for path in ("content/news/c.md", "content/kudos/dank.md"):
        (site.root / path).rename(tmp_path / Path(path).name)
    site.build()
    for path in ("content/news/c.md", "content/kudos/dank.md"):
        (tmp_path / Path(path).name).rename(site.root / path)
    site.build()
    assert_same(site.tree(), before)
    assert_same(before, clean_tree(site, tmp_path / "clean"))
