"""The thinnest line: a folder of Markdown becomes a site."""

from tests.conftest import Site


def test_a_post_becomes_a_page_a_list_entry_and_a_feed_item(site: Site) -> None:
    site.person("jan", role="Adviseur")
    site.post(
        "news/2026-11-02-begroting", "De begroting is **rond**.", authors="jan", topics="geld"
    )
    site.build()
    assert "<strong>rond</strong>" in site.read("nieuws/2026-11-02-begroting/index.html")
    for path in ("index.html", "nieuws/index.html", "onderwerpen/geld/index.html", "feed.xml"):
        assert "/nieuws/2026-11-02-begroting/" in site.read(path)


def test_nothing_is_written_when_nothing_changed(site: Site) -> None:
    site.post("news/a")
    site.build()
    before = {path: path.stat().st_mtime_ns for path in (site.root / "public").rglob("*")}
    again = site.build()
    assert (again.written, again.removed, again.rendered) == ((), (), 0)
    assert {path: path.stat().st_mtime_ns for path in (site.root / "public").rglob("*")} == before


def test_an_empty_site_is_a_valid_site(site: Site) -> None:
    site.run("build")
    assert "<title>" in site.read("index.html")
    assert "<channel>" in site.read("feed.xml")
