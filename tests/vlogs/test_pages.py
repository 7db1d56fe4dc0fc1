"""What a reader finds round a vlog: lists, series, languages, and what machines read of it."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from generator.words import size_in_words
from tests.conftest import Site
from tests.vlogs.conftest import vlogs


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = vlogs(tmp_path_factory.mktemp("pages"))
    later = site.root / "content/vlogs/later"
    later.mkdir()
    for name in ("vlog.mp4", "vlog.nl.vtt"):
        (later / name).write_bytes((site.root / "content/vlogs/storm" / name).read_bytes())
    site.post("vlogs/later/index", title="Na de storm", video="vlog.mp4", series="rondje",
              captions="{nl: vlog.nl.vtt}", date="2026-11-10", authors="[marjan]")  # fmt: skip
    site.build(strict=True)
    return site


def page(site: Site, path: str) -> Any:
    return html.fromstring(site.read(f"{path}/index.html"))


def shown(tree: Any) -> str:
    return " ".join(tree.text_content().split())


def test_the_page_of_vlogs_shows_posters_durations_who_and_when(built: Site) -> None:
    tree = page(built, "vlogs")
    [card] = tree.xpath("//article[.//a[contains(@href, '/vlogs/storm/')]]")
    assert card.xpath(".//img[contains(@src, 'poster')]/@alt")
    assert "0:39" in shown(card)
    assert "Marjan" in shown(card)
    assert card.xpath(".//time/@datetime")


def test_a_person_has_their_vlogs(built: Site) -> None:
    links = page(built, "mensen/marjan").xpath("//a/@href")
    assert {"/vlogs/storm/", "/vlogs/later/", "/vlogs/elders/"} <= set(links)


def test_the_series_leads_to_the_next_and_tells_when_one_is_due(built: Site) -> None:
    following = page(built, "vlogs/storm").xpath("//aside[@class='watch-next']//a/@href")
    assert following == ["/vlogs/later/"]
    last = page(built, "vlogs/later")
    assert not last.xpath("//aside[@class='watch-next']")
    assert "8 december 2026" in shown(last.xpath("//p[@class='next-due']")[0])
    assert "8 december 2026" in shown(page(built, "series/rondje"))


def test_a_size_is_written_as_readers_write_it(built: Site) -> None:
    size = built.root.joinpath("content/vlogs/storm/vlog.mp4").stat().st_size
    assert 100_000 < size < 1_000_000
    assert f"Downloaden ({size / 1000:.0f} kB)" in shown(page(built, "vlogs/storm"))
    assert size_in_words(40_713_900, "nl") == "40,7\N{NO-BREAK SPACE}MB"
    assert size_in_words(40_713_900, "en") == "40.7\N{NO-BREAK SPACE}MB"


def test_the_languages_of_the_subtitles_are_told(built: Site) -> None:
    facts = page(built, "vlogs/storm").xpath("//figcaption")[0]
    assert "Nederlands, English" in shown(facts)
    assert facts.xpath(".//*[@lang='en']/text()") == ["English"]


def told(tree: Any) -> dict[str, Any]:
    [text] = tree.xpath("//script[@type='application/ld+json']/text()")
    found: dict[str, Any] = json.loads(text)
    return found


def properties(tree: Any) -> dict[str, str]:
    found = tree.xpath("//meta[starts-with(@property, 'og:')]")
    return {one.get("property"): one.get("content") for one in found}


def test_machines_read_what_it_is(built: Site) -> None:
    tree = page(built, "vlogs/storm")
    data, site = told(tree), "https://plein.voorbeeld.example"
    assert data["@type"] == "VideoObject"
    assert (data["duration"], data["inLanguage"]) == ("PT39S", "nl")
    assert data["uploadDate"].startswith("2026-11-01T00:00:00+")
    assert re.fullmatch(rf"{site}/media/\w+/vlog\.mp4", data["contentUrl"])
    assert re.fullmatch(rf"{site}/media/\w+/poster\.jpg", data["thumbnailUrl"])
    graph = properties(tree)
    assert graph["og:type"] == "video.other"
    assert graph["og:video"] == data["contentUrl"]
    assert graph["og:video:type"] == "video/mp4"
    assert graph["og:image"] == data["thumbnailUrl"]


def test_machines_read_sound_and_players_too(built: Site) -> None:
    sound, player = told(page(built, "vlogs/or")), told(page(built, "vlogs/elders"))
    assert (sound["@type"], sound["encodingFormat"]) == ("AudioObject", "audio/mpeg")
    assert player["embedUrl"] == "https://video.elders.example/videos/embed/kijkdit"
    assert "contentUrl" not in player


def test_a_poster_beside_a_vlog_is_its_picture(site: Site) -> None:
    made = vlogs(Path(site.root.parent / "posters"))
    file = made.root / "content/vlogs/storm/index.md"
    text = file.read_text()
    file.write_text(re.sub(r"^(image|alt): .*\n", "", text, flags=re.M))
    card = made.whole(strict=True).cards["nl/vlogs/storm"]
    assert card.picture
    assert card.picture.url.endswith("/poster.jpg")
