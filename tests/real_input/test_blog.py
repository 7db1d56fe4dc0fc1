"""An old blog moves in as it is, and nobody can find a word of it that got lost."""

from collections import Counter
from io import BytesIO

import pytest
from lxml import etree, html
from markdown_it import MarkdownIt
from PIL import Image

from generator.result import Result
from tests.conftest import Site
from tests.markup.outline import Outline, under_title
from tests.real_input.blog import SITE, Post, posts

GITHUB = MarkdownIt("commonmark").enable(["table", "strikethrough"])
PUBLISHED = {"/people/jan.md": "/mensen/jan/"}


def move_in(site: Site, old: list[Post]) -> Result:
    """Builds the site with the posts of the old blog in it."""
    site.write("site.yaml", SITE)
    site.person("jan")
    photo = BytesIO()
    Image.new("RGB", (30, 20), "teal").save(photo, "JPEG")
    site.write("content/news/foto.jpg", photo.getvalue())
    for post in old:
        site.write(post.path, post.data)
    return site.build()


def shown(page: str) -> Outline:
    """What a page has in its main text."""
    found = html.fromstring(page.encode()).find_class("prose")
    pieces = [etree.tostring(one, method="html", encoding="unicode") for one in found]
    return Outline("".join(pieces))


def lost(post: Post, ours: Outline) -> list[str]:
    """What the source has, by markdown-it, and the page has not."""
    theirs = Outline(GITHUB.render(post.body))
    links = Counter({PUBLISHED.get(one, one): times for one, times in theirs.links.items()})
    dead = {one: links[one] for one in links if not one.startswith(("https:", "/"))}
    own_pictures = sum(times for one, times in theirs.images.items() if one.startswith("/"))
    missing = {
        "words": theirs.words - ours.words,
        "links": links - ours.links - Counter(dead),
        "pictures": own_pictures - sum(ours.images.values()),
        "tables": theirs.blocks.count("table") - ours.blocks.count("table"),
        "headings": len(headings(theirs)) - len(headings(ours)),
        "code": Counter(map(plain, theirs.code)) - Counter(map(plain, ours.code)),
    }
    return [f"{post.name}: {what} {which}" for what, which in missing.items() if which]


def headings(outline: Outline) -> list[str]:
    return [block for block in outline.blocks if block.strip()[0] == "h"]


def plain(code: str) -> str:
    return " ".join(code.split())


def assert_nothing_is_lost(site: Site, count: int) -> None:
    old = posts(count)
    result = move_in(site, old)
    assert {item.code for item in result.problems} <= {
        "html-removed", "html-attribute-removed", "html-open", "image-no-alt", "link-no-text",
        "comment-open",
    }  # fmt: skip
    assert len(site.whole().cards) == 2 * (len(old) + 1)
    missing, agreeing = [], 0
    for post in old:
        ours = shown(site.read(post.page))
        missing += lost(post, ours)
        agreeing += ours.blocks == under_title(Outline(GITHUB.render(post.body)).blocks)
    assert missing == []
    assert agreeing >= 0.99 * len(old)
    assert_all_can_be_found(site, old)


def assert_all_can_be_found(site: Site, old: list[Post]) -> None:
    """Each post stands in a list, in the archive or on the site map, with some title."""
    urls = {f"/{post.page.removesuffix('index.html')}" for post in old}
    site_map = site.read("sitemap.xml")
    assert [url for url in urls if f"{url}<" not in site_map] == []
    for post in old:
        heading = html.fromstring(site.read(post.page).encode()).find(".//h1")
        assert heading.text_content().strip(), post.name


def test_a_hundred_and_twenty_posts_of_an_old_blog(site: Site) -> None:
    assert_nothing_is_lost(site, 120)


@pytest.mark.long
def test_six_hundred_and_fifty_posts_of_an_old_blog(site: Site) -> None:
    assert_nothing_is_lost(site, 650)
