"""What is measured is real: whole sites, without findings, with pages as the peers have them."""

import re
import subprocess
from pathlib import Path

import feedparser
import pytest

from benchmarks.__main__ import PEERS
from benchmarks.corpus import AUTHORS, TOPICS, Post, posts
from benchmarks.inline import converter, html_of
from benchmarks.peer import Peer
from benchmarks.plein import PLEIN, PLEIN_EQUAL
from tests.conftest import Site

CORPUS = tuple(posts(80))
TOOLS = Path(__file__).parents[2] / ".bench"
_TARGET = re.compile(r'<a href="([^"#]+)')
_ORIGIN = "https://archief.voorbeeld.example"


def laid_out(folder: Path, peer: Peer) -> Site:
    peer.lay_out(folder, CORPUS)
    return Site(folder, clock="2026-01-10")


def dead_links(public: Path) -> set[str]:
    """Links to pages of the site that are not there."""
    found = set()
    for page in public.rglob("*.html"):
        for link in _TARGET.findall(page.read_text(encoding="utf-8")):
            path = link.removeprefix(_ORIGIN).lstrip("/")
            places = (public / path, public / path / "index.html")
            if "://" not in path and not any(place.is_file() for place in places):
                found.add(link)
    return found


def page_of(public: Path, post: Post, section: str) -> str:
    return (public / section / post.slug / "index.html").read_text(encoding="utf-8")


def test_the_corpus_is_the_same_every_time() -> None:
    assert tuple(posts(80)) == CORPUS
    assert {post.kind for post in CORPUS} == {"news", "vlogs"}
    assert {post.lang for post in CORPUS} == {"nl", "en"}
    assert any("[^1]" in post.body for post in CORPUS)


@pytest.mark.parametrize("peer", [PLEIN, PLEIN_EQUAL], ids=lambda peer: peer.key)
def test_plein_finds_nothing_wrong_in_what_is_measured(tmp_path: Path, peer: Peer) -> None:
    site = laid_out(tmp_path, peer)
    assert site.problems() == ()
    assert "Geen opmerkingen" in site.run("check", "--clock", site.clock).stdout


def test_the_equal_theme_makes_what_the_minimal_themes_make(tmp_path: Path) -> None:
    site = laid_out(tmp_path, PLEIN_EQUAL)
    site.build()
    news = [post for post in CORPUS if post.kind == "news"]
    older, post, newer = news[10:13]
    page = page_of(tmp_path / "public", post, "nieuws")
    for part in (
        f"<h1>{post.title}</h1>",
        f'<time datetime="{post.day}">',
        f'<a href="/mensen/{post.author}/">',
        *(f'<a href="/onderwerpen/{topic}/">' for topic in post.topics),
        f'<nav><a href="/nieuws/{older.slug}/">',
        f'<a href="/nieuws/{newer.slug}/">{newer.title}</a></nav>',
    ):
        assert part in page
    assert "<script" not in page
    assert "stylesheet" not in page
    assert post.title in site.read(f"mensen/{post.author}/index.html")
    assert post.title in site.read(f"onderwerpen/{post.topics[0]}/index.html")
    assert CORPUS[-1].title in site.read("index.html")
    assert dead_links(tmp_path / "public") == set()


def test_its_feeds_have_whole_texts(tmp_path: Path) -> None:
    site = laid_out(tmp_path, PLEIN_EQUAL)
    site.build()
    for path in ("feed.xml", "nieuws/feed.xml", f"onderwerpen/{CORPUS[-1].topics[0]}/feed.xml"):
        feed = feedparser.parse(site.read(path))
        assert not feed.bozo
        assert feed.entries
    assert len(feedparser.parse(site.read("feed.xml")).entries) == 20
    assert "&lt;h2" in site.read("feed.xml")


def test_an_edit_of_its_layout_shows_on_every_page(tmp_path: Path) -> None:
    site = laid_out(tmp_path, PLEIN_EQUAL)
    site.build()
    layout = tmp_path / PLEIN_EQUAL.layout
    layout.write_text(layout.read_text().replace("</body>", "<p>new</p></body>"))
    site.build()
    pages = list((tmp_path / "public").rglob("*.html"))
    assert all("<p>new</p>" in page.read_text(encoding="utf-8") for page in pages)


@pytest.mark.long
@pytest.mark.parametrize("peer", PEERS.values(), ids=lambda peer: peer.key)
def test_a_peer_makes_the_whole_site(tmp_path: Path, peer: Peer) -> None:
    try:
        peer.install(TOOLS / peer.key)
    except (OSError, subprocess.SubprocessError) as error:
        pytest.skip(f"{peer.name} can't be had: {error}")
    peer.lay_out(tmp_path, CORPUS)
    command = peer.command(TOOLS / peer.key)
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=300)
    public = tmp_path / peer.output
    older, post, newer = [post for post in CORPUS if post.kind == "news"][10:13]
    page = page_of(public, post, "news")
    for one in (post.title, post.author, *post.topics, older.title, newer.title):
        assert one in page
    assert dead_links(public) == set()
    used = {topic for post in CORPUS for topic in post.topics} & set(TOPICS)
    assert used <= {folder.name for folder in (public / "topics").iterdir()}
    people = public / ("authors" if peer.key == "hugo" else "people")
    assert {post.author for post in CORPUS} & set(AUTHORS) <= {one.name for one in people.iterdir()}
    feeds = [file for file in public.rglob("*.xml") if "<rss" in file.read_text(encoding="utf-8")]
    # One of the site, one of each section and one of each topic, at least.
    assert len(feeds) >= 1 + 2 + len(used)


@pytest.mark.long
@pytest.mark.parametrize("peer", PEERS.values(), ids=lambda peer: peer.key)
def test_a_peer_sees_every_change(tmp_path: Path, peer: Peer) -> None:
    try:
        peer.install(TOOLS / peer.key)
    except (OSError, subprocess.SubprocessError) as error:
        pytest.skip(f"{peer.name} can't be had: {error}")
    peer.lay_out(tmp_path, CORPUS)
    command = peer.command(TOOLS / peer.key)
    body = tmp_path / peer.body(CORPUS[40])
    layout = tmp_path / peer.layout
    for file, old, new in (
        (body, "\n", "\nEen nieuwe zin.\n\n"),
        (layout, "</body>", "<p>n</p></body>"),
    ):
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=300)
        head, _, tail = file.read_text(encoding="utf-8").rpartition(old)
        file.write_text(f"{head}{new}{tail}", encoding="utf-8")
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=300)
    page = page_of(tmp_path / peer.output, CORPUS[40], CORPUS[40].kind)
    assert "Een nieuwe zin." in page
    pages = (tmp_path / peer.output).rglob("*.html")
    with_base = [page for page in pages if "<footer>" in page.read_text(encoding="utf-8")]
    assert with_base
    assert all("<p>n</p>" in page.read_text(encoding="utf-8") for page in with_base)


def test_the_quicker_inline_step_makes_of_the_corpus_what_the_library_makes() -> None:
    bodies = [post.body for post in CORPUS]
    assert html_of(bodies, converter(True)) == html_of(bodies, converter(False))
