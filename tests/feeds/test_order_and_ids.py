"""Which posts are in a feed, in which order, and that nothing shows up twice in a reader."""

import re

from tests.conftest import SITE, Site
from tests.feeds.conftest import Reader

FEED_LINK = re.compile(r'type="application/\w+\+(?:xml|json)"[^>]* href="([^"]+)"')


def test_the_clock_is_in_no_feed(lively: Site, reader: Reader) -> None:
    lively.build()
    before = reader.everything()
    lively.run("build", "--clock", "2026-11-28 23:59:59")
    assert reader.everything() == before
    again = lively.build(clock="2026-11-24 12:00:01")
    assert not [path for path in again.written if path in before]


def test_newest_comes_first_and_a_pin_changes_nothing(site: Site, reader: Reader) -> None:
    site.post("news/a", title="Oud", date="2026-01-01", pinned="yes")
    site.post("news/b", title="Nieuw", date="2026-11-01 09:00")
    site.post("vlogs/c", title="Nieuwer", date="2026-11-01 09:01", video="https://v.example/a.mp4",
              captions="{pending: 2027-12-31}")  # fmt: skip
    site.post("kudos/d", title="Oudst", date="2025-12-31T23:59:59+01:00", to="jan")
    site.person("jan")
    site.build()
    assert reader.titles() == ["Nieuwer", "Nieuw", "Oud", "Oudst"]
    assert reader.titles("nieuws") == ["Nieuw", "Oud"]


def test_an_update_is_told_by_its_date_and_does_not_move_the_post(
    site: Site, reader: Reader
) -> None:
    site.post("news/a", date="2026-10-01", updated="2026-11-20 08:00")
    site.post("news/b", date="2026-11-01")
    site.build()
    assert reader.titles() == ["Titel van news/b", "Titel van news/a"]
    old = reader.atom().entries[1]
    assert old.published == "2026-10-01T00:00:00+02:00"
    assert old.updated == "2026-11-20T08:00:00+01:00"
    assert reader.atom().feed.updated == old.updated
    assert reader.rss().feed.updated == "Fri, 20 Nov 2026 08:00:00 +0100"


def test_a_feed_holds_as_many_as_the_settings_say(site: Site, reader: Reader) -> None:
    site.write("site.yaml", f"{SITE}feed_items: 3\n")
    for day in range(1, 6):
        site.post(f"news/{day}", title=f"Dag {day}", date=f"2026-11-0{day}")
    site.build()
    assert reader.titles() == reader.titles("nieuws") == ["Dag 5", "Dag 4", "Dag 3"]


def test_what_is_not_for_everybody_now_is_in_no_feed(site: Site, reader: Reader) -> None:
    site.post("news/a", "kanarie-concept", draft="yes")
    site.post("news/b", "kanarie-onvermeld", unlisted="yes")
    site.post("news/c", "kanarie-morgen", date="2026-11-25")
    site.post("news/d", "kanarie-gisteren", date="2026-01-01", expires="2026-11-23")
    site.post("news/e", "zichtbaar")
    site.build()
    feeds = b"".join(reader.everything().values())
    assert b"kanarie" not in feeds
    assert b"zichtbaar" in feeds


def test_each_feed_has_its_own_and_the_second_language_what_there_is(
    lively: Site, reader: Reader
) -> None:
    lively.build()
    own = "Titel van news/2026-11-02-begroting"
    for folder in ("onderwerpen/geld", "locaties/noord", "waarden/moed", "series/rondje",
                   "mensen/jan", "en/topics/geld", "en/people/jan"):  # fmt: skip
        assert reader.titles(folder) == [own], folder
    assert reader.titles("moet-je-weten") == ["Titel van news/2026-11-03-vest.nl"]
    assert reader.titles("en/need-to-know") == ["Wear the vest"]
    assert reader.titles("en/news") == ["Wear the vest", own]
    assert [item["language"] for item in reader.json("en/news")["items"]] == ["en", "nl"]
    assert reader.json("en/news")["items"][1]["url"].endswith("/en/news/2026-11-02-begroting/")
    assert len(reader.titles()) == len(reader.titles("en")) == 6
    assert reader.titles("locaties/zuid") == []


def test_every_page_with_a_list_leads_to_its_feeds(lively: Site, reader: Reader) -> None:
    lively.build()
    pages = {path.rpartition("/")[0] for path in reader.everything()}
    for folder in pages:
        page = lively.read(f"{folder}/index.html".lstrip("/"))
        base = f"/{folder}/".replace("//", "/")
        for kind, name in (("rss", "feed.xml"), ("atom", "atom.xml")):
            link = re.search(rf'<link rel="alternate" type="application/{kind}\+xml"[^>]*>', page)
            assert link
            assert f'href="{base}{name}"' in link[0]
    for page in lively.root.glob("public/**/index.html"):
        linked = FEED_LINK.findall(page.read_text())
        assert linked
        assert all((lively.root / "public" / href.lstrip("/")).is_file() for href in linked)


EDITS = {
    "another title": ("title: Titel", "title: Nieuwe titel"),
    "another text": ("Tekst.", "Andere tekst."),
    "another date": ("date: 2026-11-01", "date: 2026-10-30 08:15"),
    "updated": ("date: 2026-11-01", "date: 2026-11-01\nupdated: 2026-11-11"),
    "another slug": ("date: 2026-11-01", "date: 2026-11-01\nslug: heel-anders"),
    "other topics": ("date: 2026-11-01", "date: 2026-11-01\ntopics: geld"),
}


def test_an_id_outlives_every_edit(site: Site, reader: Reader) -> None:
    file = site.post("news/a", title="Titel")
    written = file.read_text()
    site.build()
    before = reader.ids()
    assert before == ["tag:plein.voorbeeld.example,2026:news/a:nl"]
    for edit, (old, new) in EDITS.items():
        file.write_text(written.replace(old, new))
        assert site.build().rendered, edit
        assert reader.ids() == before, edit


def test_ids_outlive_a_move_of_the_site_when_its_authority_is_kept(
    lively: Site, reader: Reader
) -> None:
    lively.build()
    before = {folder: reader.ids(folder) for folder in ("", "en", "vlogs")}
    feed_id = reader.atom().feed.id
    moved = SITE.replace("https://plein.voorbeeld.example", "https://nieuw.example/intranet")
    lively.write("site.yaml", f"{moved}authority: plein.voorbeeld.example\n")
    lively.build()
    assert {folder: reader.ids(folder) for folder in before} == before
    assert reader.atom().feed.id == feed_id
    assert all(entry.link.startswith("https://nieuw.example/intranet/")
               for entry in reader.rss().entries)  # fmt: skip


def test_an_id_of_its_own_outlives_a_new_file_name(site: Site, reader: Reader) -> None:
    file = site.post("news/a", id="nummer-12")
    site.build()
    before = reader.ids()
    file.rename(file.with_name("b.md"))
    site.build()
    assert reader.ids() == before == ["tag:plein.voorbeeld.example,2026:nummer-12:nl"]


def test_a_translation_shares_the_id_of_its_original_but_for_the_language(
    site: Site, reader: Reader
) -> None:
    site.post("news/a.nl", id="nummer-12")
    site.post("news/a.en", title="Title", date="")
    site.build()
    assert reader.ids() == ["tag:plein.voorbeeld.example,2026:nummer-12:nl"]
    assert reader.ids("en") == ["tag:plein.voorbeeld.example,2026:nummer-12:en"]
