"""Every feed in every form is one that validators and readers have nothing against."""

import re

import pytest
from lxml import etree

from generator.problems import BuildFailed
from tests.conftest import SITE, Site
from tests.feeds.conftest import VIDEO, Reader
from tests.feeds.rules import ATOM, LANG, check
from tests.films import LATER

FOLDERS = (
    "", "nieuws", "vlogs", "overleg", "vragen", "complimenten", "moet-je-weten",
    "onderwerpen/geld", "onderwerpen/mensen", "locaties/noord", "locaties/zuid", "waarden/moed",
    "series/rondje", "mensen/jan", "mensen/wil",
    "en", "en/news", "en/vlogs", "en/meetings", "en/questions", "en/kudos", "en/need-to-know",
    "en/topics/geld", "en/topics/mensen", "en/locations/noord", "en/locations/zuid",
    "en/values/moed", "en/series/rondje", "en/people/jan", "en/people/wil",
)  # fmt: skip


def test_all_feeds_of_a_lively_site_obey_the_rules(lively: Site, reader: Reader) -> None:
    lively.build()
    feeds = reader.everything()
    wanted = {f"{folder}/{name}".lstrip("/") for folder in FOLDERS
              for name in ("feed.xml", "atom.xml", "feed.json")}  # fmt: skip
    assert set(feeds) == wanted
    for path, data in feeds.items():
        check(path, data)


def test_the_feeds_of_an_empty_site_obey_them_too(site: Site, reader: Reader) -> None:
    site.build()
    feeds = reader.everything()
    assert len(feeds) > 50
    for path, data in feeds.items():
        check(path, data)
    assert reader.titles() == []


def test_a_site_in_a_folder_has_addresses_with_the_folder_once(site: Site, reader: Reader) -> None:
    site.write("site.yaml", SITE.replace("voorbeeld.example", "voorbeeld.example/plein"))
    site.post("news/a", "[lees](b.md) [dit](#kop)\n\n## Kop")
    site.post("news/b")
    site.build()
    for path, data in reader.everything().items():
        check(path, data)
    base = "https://plein.voorbeeld.example/plein"
    assert reader.rss().feed.link == f"{base}/"
    assert {entry.link for entry in reader.rss("nieuws").entries} == {
        f"{base}/nieuws/a/",
        f"{base}/nieuws/b/",
    }
    assert f'href="{base}/nieuws/b/"' in reader.text()
    assert f'href="{base}/nieuws/a/#kop"' in reader.text()


def test_the_channel_links_to_its_page_and_to_itself(lively: Site, reader: Reader) -> None:
    lively.build()
    for folder in FOLDERS:
        address = f"https://plein.voorbeeld.example/{folder}/".replace("//", "/").replace(
            ":/", "://"
        )
        rss, atom, json = reader.rss(folder), reader.atom(folder), reader.json(folder)
        assert rss.feed.link == atom.feed.link == json["home_page_url"] == address
        assert (lively.root / "public" / folder / "index.html").is_file()
        links = [{one.rel: one.href for one in feed.feed.links}["self"] for feed in (rss, atom)]
        assert [*links, json["feed_url"]] == [
            f"{address}feed.xml", f"{address}atom.xml", f"{address}feed.json",
        ]  # fmt: skip
        lang = "en" if folder.split("/")[0] == "en" else "nl"
        assert rss.feed.language == atom.feed.language == json["language"] == lang


def test_a_browser_gets_a_style_that_is_there(lively: Site, reader: Reader) -> None:
    lively.build()
    for path, data in reader.everything().items():
        if path.endswith(".xml"):
            found = etree.fromstring(data).getprevious()
            assert found.target == "xml-stylesheet"
            assert found.get("type") == "text/css"
            assert (lively.root / "public" / found.get("href").lstrip("/")).is_file()


def test_a_vlog_is_enclosed_with_its_true_size_and_type(lively: Site, reader: Reader) -> None:
    lively.build()
    for folder in ("vlogs", "en/vlogs"):
        rss, atom = reader.rss(folder).entries[0], reader.atom(folder).entries[0]
        file = reader.json(folder)["items"][0]["attachments"][0]
        for enclosure in (rss.enclosures[0], atom.enclosures[0]):
            assert (enclosure.type, int(enclosure.length)) == ("video/mp4", len(VIDEO))
            assert enclosure.href == file["url"]
        assert (file["mime_type"], file["size_in_bytes"]) == ("video/mp4", len(VIDEO))
        place = file["url"].removeprefix("https://plein.voorbeeld.example/")
        assert (lively.root / "public" / place).read_bytes() == VIDEO
        assert atom.link == rss.link


def test_a_video_elsewhere_is_not_enclosed_for_its_size_is_unknown(
    site: Site, reader: Reader
) -> None:
    site.post("vlogs/a", video="https://video.example/a.mp4", captions=LATER)
    site.build()
    assert not reader.rss("vlogs").entries[0].enclosures
    assert "attachments" not in reader.json("vlogs")["items"][0]
    check("feed.xml", reader.bytes("vlogs"))


def test_an_entry_of_atom_says_which_language_it_is_in(lively: Site, reader: Reader) -> None:
    lively.build()
    entries = etree.fromstring(reader.bytes("en/news", "atom.xml")).findall(f"{ATOM}entry")
    assert [entry.get(LANG) for entry in entries] == ["en", "nl"]


def test_strange_file_names_and_ids_make_addresses_that_are_valid(
    site: Site, reader: Reader
) -> None:
    site.post("news/één nieuwtje (1)")
    site.post("news/b", id="Oud nummer <12> & meer")
    site.build()
    for path, data in reader.everything().items():
        check(path, data)
    assert all(re.fullmatch(r"tag:[!-~]+", one) for one in reader.ids())


def test_two_posts_with_one_id_are_an_error(site: Site) -> None:
    site.post("news/a", id="nummer-12")
    site.post("vlogs/b", id="nummer-12", video="https://video.example/b.mp4", captions=LATER)
    site.post("news/c", id="news/d")
    site.post("news/d")
    found = [item for item in site.problems() if item.code == "id-twice"]
    assert [(item.span.path, item.span.line) for item in found] == [
        ("content/news/c.md", 4),
        ("content/vlogs/b.md", 4),
    ]
    with pytest.raises(BuildFailed):
        site.build()
