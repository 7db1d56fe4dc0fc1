"""A table too wide for a phone scrolls by itself, by keyboard too; the page stays as it is."""

import pytest
from playwright.sync_api import Browser

from generator.outputs.tables import framed
from tests.browsing import served
from tests.conftest import Site

ROWS = "\n".join(
    "| " + " | ".join(row) + " |"
    for row in (
        [f"Kolomnaam {n}" for n in range(1, 9)], ["---"] * 8, [f"waarde-{n}" for n in range(1, 9)],
    )
)  # fmt: skip


@pytest.mark.parametrize("width", [320, 1280])
def test_a_wide_table_scrolls_and_the_page_does_not(
    site: Site, browser: Browser, width: int
) -> None:
    site.post("news/tabel", ROWS)
    site.build()
    with served(site.root / "public", "default-src 'self'") as address:
        page = browser.new_page(viewport={"width": width, "height": 700})
        page.goto(f"{address}/nieuws/tabel/")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        frame = page.get_by_role("group", name="Tabel: Kolomnaam 1, Kolomnaam 2")
        assert frame.evaluate("one => one.scrollWidth > one.clientWidth")
        frame.focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_function("one => one.scrollLeft > 0", arg=frame.element_handle())
        page.close()


def test_a_table_that_fits_is_no_stop_for_the_keyboard(site: Site, browser: Browser) -> None:
    site.post(
        "news/tabel", "| Waterschapsbelasting | Werkplaatsvergadering |\n|---|---|\n| 1 | 2 |"
    )
    site.build()
    with served(site.root / "public", "default-src 'self'") as address:
        page = browser.new_page(viewport={"width": 1280, "height": 700})
        page.goto(f"{address}/nieuws/tabel/")
        page.locator(".table[tabindex='-1']").wait_for()
        # In a smaller window it scrolls after all.
        page.set_viewport_size({"width": 240, "height": 700})
        page.locator(".table[tabindex='0']").wait_for()
        page.close()


def test_only_the_outermost_table_is_framed_and_a_feed_has_none(site: Site) -> None:
    nested = "<table><tr><td><table><tr><td>x</td></tr></table></td></tr></table>"
    assert framed(f"a{nested}b{nested}c", "en").count("<div") == 2
    assert framed("a", "nl") == "a"
    site.post("news/tabel", "| a | b |\n|---|---|\n| 1 | 2 |")
    site.build()
    assert 'aria-label="Tabel: a, b" tabindex="0"><table>' in site.read("nieuws/tabel/index.html")
    assert "tabindex" not in site.read("nieuws/feed.json") + site.read("nieuws/feed.xml")
