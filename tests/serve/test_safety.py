"""The preview is for who sits at this machine, and shows the site and nothing else."""

import re
from collections.abc import Callable

import pytest

from tests.conftest import Site
from tests.serve.conftest import Preview

CLIMBS = (
    "/../site.yaml", "/../../etc/passwd", "/%2e%2e/site.yaml", "/%2e%2e%2fsite.yaml",
    "/..%2fsite.yaml", "/%2e./site.yaml", "/.%2e/site.yaml", "/nieuws/../../site.yaml",
    "/nieuws/%2e%2e/%2e%2e/site.yaml", "/..\\site.yaml", "/..%5csite.yaml", "/%5c..%5csite.yaml",
    "/....//site.yaml", "/..;/site.yaml", "/%252e%252e/site.yaml", "/%c0%ae%c0%ae/site.yaml",
    "/.plein-manifest", "/%2eplein-manifest", "/.git/config", "/nieuws/.hidden",
    "//etc/passwd", "///etc/passwd", "/C:/windows/win.ini", "/nieuws//eerste/",
    "/nieuws/eerste/index.html%00.txt", "/nieuws/eerste%0a", "/content/news/eerste.md",
    "/site.yaml", "/../../../../../../../../etc/hosts", "/_plein/../preview.py",
    "/_plein/%2e%2e/pages.py", "/~root/", "/nieuws/eerste/index.html/..",
)  # fmt: skip


def test_no_way_leads_out_of_the_site(preview: Preview) -> None:
    assert len(CLIMBS) >= 30
    assert {one: preview.ask(one)[0] for one in CLIMBS} == dict.fromkeys(CLIMBS, 404)


def test_another_name_is_refused(preview: Preview) -> None:
    for host in ("evil.example", "127.0.0.1.evil.example:8000", "localhost.evil.example", ""):
        assert preview.ask("/", Host=host)[0] == 403, host
    for host in (f"localhost:{preview.port}", f"127.0.0.1:{preview.port}", f"[::1]:{preview.port}"):
        assert preview.ask("/", Host=host)[0] == 200, host


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
def test_another_page_is_told_nothing(preview: Preview, origin: str) -> None:
    assert preview.ask("/_plein/events", Origin=origin)[0] == 403


def test_other_devices_see_nothing_unless_asked_for(preview: Preview) -> None:
    with open(f"/proc/{preview.process.pid}/net/tcp") as table:  # noqa: PTH123
        mine = [line.split()[1] for line in table if f":{preview.port:04X} " in line]
    assert [place for place in mine if place.startswith("00000000")] == []


def test_players_get_the_piece_that_they_ask_for(preview: Preview) -> None:
    preview.site.write("content/static/film.txt", "0123456789")
    preview.until(lambda: preview.ask("/film.txt")[0] == 200, "the file")
    assert preview.ask("/film.txt", Range="bytes=2-4") == (206, "234")
    assert preview.ask("/film.txt", Range="bytes=-3") == (206, "789")
    assert preview.ask("/film.txt", Range="bytes=7-99") == (206, "789")
    assert preview.ask("/film.txt", Range="bytes=99-") == (200, "0123456789")


def test_a_site_in_a_folder_is_shown_in_that_folder(
    site: Site, start: Callable[..., Preview]
) -> None:
    site.write("site.yaml", "title: X\nurl: https://plein.example/intranet\n")
    site.post("news/eerste", "Daar is het.")
    preview = start()
    preview.shows("/intranet/nieuws/eerste/", "Daar is het.")
    assert preview.ask("/")[0] == 302


def test_only_what_is_named_by_its_content_is_kept_by_the_browser(preview: Preview) -> None:
    page = preview.ask("/nieuws/eerste/")[1]
    style = re.search(r"/assets/style-[0-9a-f]{8}\.css", page)
    assert style
    assert "immutable" in preview.headers(style[0])["Cache-Control"]
    for target in (
        "/nieuws/eerste/",
        "/feed.xml",
        "/assets/nee-01234567.css",
        "/_plein/preview.js",
    ):
        assert preview.headers(target)["Cache-Control"] == "no-store"
