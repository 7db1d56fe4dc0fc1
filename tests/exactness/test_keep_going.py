"""`--keep-going`: one broken post does not hold up the others, and what was published stays."""

from tests.conftest import NOW, Site
from tests.exactness.world import assert_same, change, clean_tree, furnish, picture

CLOCK = ("--clock", NOW)
BROKEN = "---\ntitle: [niet af\n---\n\nTekst.\n"


def links(html: str) -> list[str]:
    return [part.partition('"')[0] for part in html.split('href="')[1:]]


def test_a_broken_post_stays_as_it_was_and_the_others_go_on(site: Site) -> None:
    furnish(site).build()
    page, home = site.read("nieuws/b/index.html"), site.read("nieuws/index.html")
    site.write("content/news/b.md", BROKEN)
    site.post("kudos/vers", to="els", date="2026-11-10")
    result = site.build(keep_going=True)
    assert (result.kept, result.left_out) == (("content/news/b.md",), ())
    assert site.read("nieuws/b/index.html") == page
    assert site.read("nieuws/index.html") == home
    assert "/complimenten/vers/" in site.read("index.html")


def test_its_picture_stays_too(site: Site) -> None:
    furnish(site).build()
    before = {path: data for path, data in site.tree().items() if path.startswith("media/")}
    page = site.read("nieuws/b/index.html")
    site.write("content/news/b.md", b"\xff\xfe")
    for _ in range(2):
        site.build(keep_going=True)
        assert "<img" in page
        assert site.read("nieuws/b/index.html") == page
        assert {p: data for p, data in site.tree().items() if p.startswith("media/")} == before


def test_a_broken_new_post_is_left_out_and_links_to_it_are_text(site: Site) -> None:
    furnish(site).build()
    site.post("news/nieuw", topics="onbekend")
    site.post("news/kapot-nieuw")
    site.write("content/news/kapot-nieuw.md", b"\xff\xfe")
    site.post("meetings/verwijst", "Zie [een](../news/nieuw.md) en [twee](/news/kapot-nieuw.md).")
    result = site.build(keep_going=True)
    assert result.left_out == ("content/news/kapot-nieuw.md", "content/news/nieuw.md")
    lost = [(one.span.path, one.span.line, one.span.column, one.level, dict(one.args)["path"])
            for one in result.problems if one.code == "link-left-out"]  # fmt: skip
    place = ("content/meetings/verwijst.md", 6)
    assert lost == [
        (*place, 11, "warn", "content/news/nieuw.md"),
        (*place, 39, "warn", "content/news/kapot-nieuw.md"),
    ]
    assert not [one for one in site.problems() if one.code == "link-left-out"]
    assert not any(path.startswith("nieuws/nieuw/") for path in site.tree())
    body = site.read("overleg/verwijst/index.html").partition("Zie ")[2]
    assert "een" in body
    assert not [
        url for url in links(body) if "nieuw" in url.rpartition("/nieuws/")[2] or ".md" in url
    ]


def test_a_link_to_something_of_which_every_translation_is_broken_is_text(site: Site) -> None:
    furnish(site).build()
    site.post("news/twee.nl", topics="onbekend")
    site.post("news/twee.en", topics="onbekend")
    site.post("meetings/verwijst", "Zie [dit](../news/twee.md).")
    assert site.build(keep_going=True).left_out == (
        "content/news/twee.en.md",
        "content/news/twee.nl.md",
    )
    assert "twee" not in site.read("overleg/verwijst/index.html").partition("Zie ")[2]


def test_a_post_that_links_to_nothing_stays_as_it_was(site: Site) -> None:
    furnish(site).build()
    (site.root / "content/news/b.md").unlink()
    (site.root / "content/news/b.en.md").unlink()
    result = site.build(keep_going=True)
    assert result.kept == ("content/news/a/index.md",)
    assert "Tweede, met " in site.read("nieuws/a/index.html")
    assert "/nieuws/b/" not in site.read("nieuws/a/index.html")


def test_the_command_says_what_it_did_and_fails(site: Site) -> None:
    furnish(site).run("build", *CLOCK)
    site.write("content/news/c.md", BROKEN)
    site.post("news/nieuw", topics="onbekend")
    done = site.run("build", "--keep-going", *CLOCK, code=1)
    assert "content/news/c.md:2" in done.stderr
    assert done.stdout.count("content/news/c.md") == 1
    assert done.stdout.count("content/news/nieuw.md") == 1


def test_without_it_nothing_changes(site: Site) -> None:
    furnish(site).build()
    before = site.tree()
    site.write("content/news/c.md", BROKEN)
    site.post("kudos/vers", to="els")
    site.run("build", *CLOCK, code=1)
    assert site.tree() == before


def test_mended_it_is_as_if_nothing_ever_happened(site: Site) -> None:
    furnish(site).build()
    sound = (site.root / "content/news/b.md").read_text()
    site.write("content/news/b.md", BROKEN)
    for title in ("Een", "Twee"):
        site.post("news/c", title=title)
        site.build(keep_going=True)
    site.write("content/news/b.md", sound)
    change(site, "content/news/b.md", lambda text: text.replace("Zie", "Kijk naar"))
    site.build(keep_going=True)
    assert_same(site.tree(), clean_tree(site, site.root.parent / "clean"))


def test_what_stayed_survives_many_builds_and_goes_when_its_file_goes(site: Site) -> None:
    furnish(site).build()
    site.write("content/news/c.md", BROKEN)
    for number in range(3):
        site.post("kudos/vers", to="els", title=f"Nummer {number}")
        assert site.build(keep_going=True).kept == ("content/news/c.md",)
    (site.root / "content/news/c.md").unlink()
    site.build(keep_going=True)
    assert_same(site.tree(), clean_tree(site, site.root.parent / "clean"))


def test_builds_that_failed_in_between_lose_no_good_version(site: Site) -> None:
    site.post("news/a", "Goed.")
    site.build()
    for text in ("Fout.", "Nog fouter."):
        site.post("news/a", text, topics="onbekend")
        site.post("news/nieuw", text, topics="onbekend")
        assert site.problems()
    result = site.build(keep_going=True)
    assert (result.kept, result.left_out) == (("content/news/a.md",), ("content/news/nieuw.md",))
    assert "Goed." in site.read("nieuws/a/index.html")
    site.post("news/a", "Beter.")
    site.post("news/nieuw", "Nieuw.")
    site.build()
    for name in ("a", "nieuw"):
        site.post(f"news/{name}", "Weer fout.", topics="onbekend")
    assert site.build(keep_going=True).kept == ("content/news/a.md", "content/news/nieuw.md")
    assert "Beter." in site.read("nieuws/a/index.html")
    assert "Nieuw." in site.read("nieuws/nieuw/index.html")


def test_a_language_less_leaves_out_what_was_kept_in_it(site: Site) -> None:
    furnish(site)
    site.post("news/alleen.en")
    site.build()
    site.write("content/news/alleen.en.md", BROKEN)
    change(site, "site.yaml", lambda text: text.replace("[nl, en]", "[nl]"))
    result = site.build(keep_going=True)
    assert "content/news/alleen.en.md" in result.left_out
    assert {*result.kept, *result.left_out} == {"content/news/alleen.en.md", "content/news/b.en.md"}


def test_a_broken_colleague_stays_and_so_do_their_posts(site: Site) -> None:
    furnish(site).build()
    before = site.tree()
    site.write("content/people/jan.md", BROKEN)
    result = site.build(keep_going=True)
    assert result.kept == ("content/people/jan.md",)
    assert_same(site.tree(), before)


def test_a_picture_that_is_gone_takes_only_its_own_post_along(site: Site) -> None:
    furnish(site).build()
    site.write("content/news/b.png", picture("blue")[:40])
    result = site.build(keep_going=True)
    assert {*result.kept, *result.left_out} == {"content/news/b.md"}
    assert "/nieuws/c/" in site.read("index.html")
