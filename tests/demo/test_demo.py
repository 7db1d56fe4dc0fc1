"""The demo intranet: complete, without a warning, and every page and link of it sound."""

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from lxml import html

from generator.model import KINDS, Vlog
from generator.moments import is_in_film
from generator.result import Result
from tests.conftest import Site

HOUSE = Path(__file__).parent.parent.parent
HOST = "https://oppeil.elzenvliet.example"
ADDRESSES = ("href", "src", "poster")


@pytest.fixture(scope="module")
def pages(demo: Site, result: Result) -> dict[str, Any]:
    """Every HTML page by its address, as a tree."""
    public = demo.root / "public"
    files = sorted(public.rglob("*.html"))
    address = {file: "/" + str(file.relative_to(public)).removesuffix("index.html")
               for file in files}  # fmt: skip
    return {address[file]: html.fromstring(file.read_bytes()) for file in files}


def test_it_builds_without_a_single_remark(result: Result) -> None:
    assert result.problems == ()
    assert result.kept == result.left_out == ()


def test_it_shows_every_kind_in_both_languages_and_every_state(result: Result) -> None:
    editions = [one for one in result.site.editions.values() if not one.fallback]
    languages = Counter(one.lang for one in editions)
    assert languages["nl"] >= 40
    assert languages["en"] >= 15
    assert {one.entry.kind for one in editions} == set(KINDS)
    assert {one.entry.kind for one in editions if one.lang == "en"} == set(KINDS)
    assert {one.status for one in result.withheld} == {"draft", "scheduled", "expired"}


def test_it_shows_everything_that_a_post_can_be(result: Result) -> None:
    editions, cards = result.site.editions.values(), result.site.cards.values()
    metas = [one.entry.meta for one in editions]
    details = [one.entry.details for one in editions]
    videos = [one.video for one in details if isinstance(one, Vlog)]
    shown = {
        "unlisted": any(meta.unlisted for meta in metas),
        "pinned": any(meta.pinned for meta in metas),
        "must-read": any(card.must_read for card in cards),
        "past must-read": any(m.importance == "need-to-know" and not c.must_read
                              for m, c in zip(metas, cards, strict=True)),
        "nice-to-know": any(meta.importance == "nice-to-know" for meta in metas),
        "on behalf of": any(meta.on_behalf_of for meta in metas),
        "alias": any(meta.aliases for meta in metas),
        "fallback": any(one.fallback for one in editions),
        "outdated": any(one.outdated for one in editions),
        "table of contents": any(meta.toc for meta in metas),
        "decisions": any(card.decisions for card in cards),
        "own video": any("://" not in video for video in videos),
        "video elsewhere": any("://" in video for video in videos),
    }  # fmt: skip
    assert [name for name, there in shown.items() if not there] == []
    assert {card.question_state for card in cards} == {"", "open", "hold", "closed"}
    for facet, terms in result.site.terms.items():
        used = {key[2] for key in result.site.lists if key[1] == facet}
        assert set(terms) <= used, facet


def test_every_page_can_be_read_by_everybody(pages: dict[str, Any]) -> None:
    for address, page in pages.items():
        lang = "en" if address.startswith("/en/") else "nl"
        assert page.get("lang") == lang, address
        assert (page.findtext("head/title") or "").strip(), address
        assert len(page.findall(".//h1")) == 1, address
        assert page.xpath("//meta[@name='viewport']/@content"), address
        ids = Counter(page.xpath("//@id"))
        assert [one for one, times in ids.items() if times > 1] == [], address
        assert not page.xpath("//img[not(@alt)]"), address
        assert not page.xpath("//*[@aria-labelledby and not(@aria-labelledby = //@id)]"), address


def test_no_link_picture_or_anchor_leads_nowhere(demo: Site, pages: dict[str, Any]) -> None:
    @cache
    def places(address: str) -> frozenset[str]:
        return frozenset(pages[address].xpath("//@id"))

    broken = []
    for address, page in pages.items():
        for target in {one for name in ADDRESSES for one in page.xpath(f"//@{name}")}:
            parts = urlsplit(urljoin(HOST + address, target))
            if f"{parts.scheme}://{parts.netloc}" != HOST:
                continue
            path, anchor = unquote(parts.path), unquote(parts.fragment)
            anchor = "" if is_in_film(anchor) else anchor
            file = demo.root / "public" / path.lstrip("/")
            if not (path in pages if path.endswith("/") else file.is_file()) or (
                anchor and path in pages and anchor not in places(path)
            ):
                broken.append(f"{address}: {target}")
    assert broken == []


def test_feeds_and_site_map_lead_to_what_is_there(demo: Site, pages: dict[str, Any]) -> None:
    public = demo.root / "public"
    texts = [file.read_text() for file in public.rglob("feed.json")]
    texts.append((public / "sitemap.xml").read_text())
    targets = {one for text in texts for one in re.findall(rf'{HOST}([^"<#?\\ ]*)', text)}
    assert len(targets) > 200
    assert [one for one in targets if not (public / one.lstrip("/")).exists()] == []


def test_pages_load_nothing_from_elsewhere(pages: dict[str, Any]) -> None:
    for address, page in pages.items():
        loaded = page.xpath("//@src | //@poster | //link[@rel='stylesheet' or @rel='icon']/@href")
        elsewhere = [one for one in loaded if one[:1] != "/" or one[:2] == "//"]
        assert elsewhere == [], address
