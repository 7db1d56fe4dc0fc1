"""Two that want one address, and addresses that could land on top of something else."""

import unicodedata

import pytest

from tests.bad_inputs.mistakes import codes, front, has_caret, only, text
from tests.conftest import Site

NFC, NFD = unicodedata.normalize("NFC", "café"), unicodedata.normalize("NFD", "café")
TWINS = [("a", "A"), (NFC, NFD), ("a b", "a-b"), ("straße", "strasse"), ("a_b", "a-b"), ("a", "a/")]


@pytest.mark.parametrize(("one", "other"), TWINS)
def test_two_posts_with_one_address_name_each_other(site: Site, one: str, other: str) -> None:
    site.post(f"news/{one}")
    site.post(f"news/{other}index" if other.endswith("/") else f"news/{other}")
    found = site.problems()
    assert [item.code for item in found] in (["address-twice"], ["two-files"])
    named = text(found[0])
    for file in site.root.glob("content/news/**/*.md"):
        assert str(file.relative_to(site.root)) in named


@pytest.mark.parametrize("slugs", [("x", "x"), ("x", "X")])
def test_two_slugs_that_are_one(site: Site, slugs: tuple[str, str]) -> None:
    site.post("news/a", slug=slugs[0])
    site.post("news/b", slug=slugs[1])
    item = only(site, "address-twice")
    assert has_caret(item)
    assert {item.span.path, dict(item.args)["other"]} == {"content/news/a.md", "content/news/b.md"}
    assert dict(item.args)["address"].lower() == "/nieuws/x/"


UNSAFE = [
    "../../etc/x",
    "/etc/x",
    "..\\x",
    '"..\\\\x"',
    ".git/x",
    ".",
    "..",
    '""',
    "",
    "a" * 300,
    "a/b",
    "a b",
    "Hé",
    "a%2e",
    "'%2e%2e'",
    "'-'",
    "_",
    "a?b",
    "'a#b'",
    "a:b",
    ".htaccess",
    "a.",
    "\u202ea",
]


@pytest.mark.parametrize("slug", UNSAFE)
def test_a_slug_that_is_no_plain_word_is_refused(site: Site, slug: str) -> None:
    site.write("content/news/a.md", front(f"slug: {slug}"))
    item = only(site, "slug-unsafe")
    assert item.span.line == 4
    assert len(text(item)) < 400


TAKEN = ["feed.xml", "atom.xml", "feed.json", "index.html"]


@pytest.mark.parametrize("slug", TAKEN)
def test_a_slug_does_not_land_on_a_feed_or_list(site: Site, slug: str) -> None:
    site.write("content/news/a.md", front(f"slug: {slug}"))
    item = only(site, "address-twice")
    assert (item.span.line, has_caret(item)) == (4, True)
    assert "Plein (" in text(item)


@pytest.mark.parametrize(
    ("slug", "other"),
    [
        ("sitemap.xml", "Plein (sitemap)"),
        ("robots.txt", "Plein (robots)"),
        ("404.html", "Plein (not-found)"),
        ("nieuws", "Plein (list)"),
        ("en", "Plein (home)"),
        ("archief", "Plein (archive)"),
    ],
)
def test_a_page_does_not_land_on_what_plein_makes(site: Site, slug: str, other: str) -> None:
    site.write("content/pages/a.md", f"---\ntitle: T\nslug: {slug}\n---\n\nx\n")
    assert other in text(only(site, "address-twice"))


STATIC = ["nieuws/a/index.html", "nieuws/a", "nieuws/A/INDEX.html"]


@pytest.mark.parametrize("path", STATIC)
def test_a_post_and_a_static_file_name_each_other(site: Site, path: str) -> None:
    site.post("news/a")
    site.write(f"content/static/{path}", "x")
    shown = text(only(site, "address-twice"))
    assert "content/news/a.md" in shown
    assert f"content/static/{path}" in shown


@pytest.mark.parametrize(
    "path",
    ["feed.xml", "FEED.XML", "sitemap.xml", "robots.txt", "index.html", "404.html", "nieuws"],
)
def test_a_static_file_does_not_land_on_what_plein_makes(site: Site, path: str) -> None:
    site.write(f"content/static/{path}", "x")
    found = site.problems()
    assert {item.code for item in found} == {"address-twice"}
    assert {item.span.path for item in found} == {f"content/static/{path}"}
    assert "Plein (" in text(found[0])


@pytest.mark.parametrize(
    "alias", ["../y", "x", "/../y/", "/a b/", "https://elders.example/", "/", "/a/./b/", "\\x"]
)
def test_an_old_address_is_one_of_this_site(site: Site, alias: str) -> None:
    site.write("content/news/a.md", front(f"aliases: ['/goed/', '{alias}']"))
    item = only(site, "alias-unsafe")
    assert item.excerpt[item.span.column - 1 :].startswith(f"'{alias}'")


@pytest.mark.parametrize("alias", ["/nieuws/", "/feed.xml", "/nieuws/b/", "/sitemap.xml/"])
def test_an_old_address_does_not_land_on_another(site: Site, alias: str) -> None:
    site.write("content/news/a.md", front(f"aliases: {alias}"))
    site.post("news/b")
    item = only(site, "address-twice")
    assert (item.span.path, item.span.line) == ("content/news/a.md", 4)


def test_one_id_for_two_posts_names_both(site: Site) -> None:
    site.post("news/a", id="zelfde")
    site.post("news/b", id="zelfde")
    shown = text(only(site, "id-twice"))
    assert "content/news/a.md" in shown
    assert "content/news/b.md" in shown


def test_the_clash_changes_nothing_on_disk(site: Site) -> None:
    site.post("news/a")
    site.build()
    before = site.tree()
    site.post("news/A")
    site.run("build", code=1)
    assert site.tree() == before


def test_names_of_other_scripts_get_an_address_or_a_message(site: Site) -> None:
    for name in ("日本", "中国", "!!!"):
        site.post(f"news/{name}")
    assert set(codes(site)) == {"address-twice"}
