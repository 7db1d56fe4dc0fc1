"""A reader searches, in a real browser under the strict policy."""

from collections import Counter
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route

from generator import policy
from tests.browsing import served
from tests.conftest import Site
from tests.pages.test_accessible import violations
from tests.search.conftest import SEARCHABLE, Reader, folders, furnish
from tests.serve.conftest import Preview, start

__all__ = ["start"]


def test_a_dutch_word_is_found_by_its_stem_in_every_year(reader: Reader) -> None:
    assert set(reader.search("dijkje")) == {"Sterk", "Toen"}
    assert reader.page.locator(".search-count").inner_text() == "2 resultaten"
    assert "dijken" in reader.page.locator("mark").all_inner_texts()
    assert "1 maart 2025" in reader.page.locator(".search-results").inner_text()
    reader.untroubled()


def test_an_english_word_is_found_in_the_english_tree(reader: Reader) -> None:
    assert reader.search("engineer", "/en/search/") == ["Strong"]
    assert reader.page.locator(".search-count").inner_text() == "1 result"
    # What has no translation is found there too, and says that it is Dutch.
    assert reader.search("polder", "/en/search/")
    assert reader.page.locator(".search-title").first.get_attribute("lang") == "nl"
    reader.untroubled()


def test_a_vlog_is_found_by_what_is_only_said_in_it(reader: Reader) -> None:
    assert reader.search("otter") == ["Kijken"]
    reader.page.get_by_role("link", name="Kijken").click()
    assert reader.page.url == f"{reader.address}/vlogs/film/"
    # Back is where the reader was.
    reader.page.go_back()
    assert reader.titles() == ["Kijken"]
    reader.untroubled()


def test_a_filter_leaves_what_is_asked_for(reader: Reader) -> None:
    assert len(reader.search("dijk")) == 2
    reader.page.get_by_text("Verfijnen").click()
    reader.page.get_by_label("Locatie").select_option("zuid")
    assert reader.titles() == ["Toen"]
    assert reader.page.url.endswith("/zoeken/?q=dijk&location=zuid")
    reader.page.get_by_label("Onderwerp").select_option("geld")
    assert reader.titles() == []
    assert "Niets gevonden" in reader.page.locator(".search-count").inner_text()
    reader.page.get_by_label("Locatie").select_option("")
    assert reader.titles() == ["Sterk"]
    reader.page.get_by_role("button", name="Alle filters weg").click()
    assert len(reader.titles()) == 2
    reader.untroubled()


def test_nothing_jumps_when_results_come(browser: Browser, address: str) -> None:
    reader = Reader(browser, address, viewport={"width": 390, "height": 844})
    page = reader.page
    # They come late, as on a bad connection.
    page.route("**/*.pf_index", lambda route: (page.wait_for_timeout(700), route.continue_()))
    page.goto(f"{address}/zoeken/?q=dijk")
    ways = page.locator(".search-ways")
    assert not ways.is_visible()
    assert len(reader.titles()) == 2
    assert ways.is_visible()
    moved = page.evaluate(
        """() => new Promise((done) => {
          const told = (list) => done(list.getEntries().map((one) => one.value));
          new PerformanceObserver(told).observe({ type: "layout-shift", buffered: true });
          setTimeout(() => done([]), 300);
        })"""
    )
    assert sum(moved) < 0.001, moved
    reader.context.close()


def test_a_search_script_that_never_comes_leaves_the_other_ways(reader: Reader) -> None:
    reader.page.route("**/search-*.js", lambda route: route.abort())
    reader.page.goto(f"{reader.address}/zoeken/?q=dijk")
    reader.page.locator(".search-ways").wait_for(state="visible", timeout=6000)


def test_what_every_search_needs_is_asked_for_at_once(reader: Reader, hub: Site) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    reader.page.route("**/pagefind.js", hold)
    reader.page.goto(f"{reader.address}/zoeken/?q=dijk")
    many = len(folders(hub))
    wanted = {"js": 1, "json": many, "pf_meta": many, "pagefind": 1}
    for _ in range(50):
        reader.page.wait_for_timeout(50)
        asked = [urlsplit(url).path for url in reader.asked if "/assets/search/" in url]
        if len(asked) == sum(wanted.values()):
            break
    assert Counter(path.rpartition(".")[2] for path in asked) == wanted
    held[0].continue_()
    assert len(reader.titles()) == 2
    assert len(reader.asked) == len(set(reader.asked)), "asked for twice"
    reader.untroubled()


def test_a_server_that_forbids_the_search_program_is_not_waited_for(
    browser: Browser, hub: Site
) -> None:
    hub.build()
    config = hub.config
    with served(hub.root / "public", policy.header(config)) as where:
        reader = Reader(browser, where)
        reader.page.goto(f"{where}/zoeken/?q=dijk")
        trouble = reader.page.locator("form[data-search]").get_attribute("data-trouble")
        told = reader.page.locator(".search-count")
        told.get_by_text(str(trouble)).wait_for()
        reader.context.close()


def test_filters_alone_find_too(reader: Reader) -> None:
    reader.page.goto(f"{reader.address}/zoeken/?year=2026&kind=news")
    assert reader.titles() == ["Sterk", "Lente"]
    options = reader.page.get_by_label("Locatie").locator("option").all_inner_texts()
    assert options == ["Alles", "Noord", "Zuid"]
    reader.untroubled()


def test_a_post_is_found_by_who_wrote_it(reader: Reader) -> None:
    assert reader.search("els dijk")[0] == "Sterk"
    assert "Els" in reader.page.locator(".search-meta").first.inner_text()


def test_nobody_loads_an_index_who_does_not_search(reader: Reader) -> None:
    for path in ("/", "/nieuws/dijk/", "/zoeken/"):
        reader.page.goto(reader.address + path)
    assert not [url for url in reader.asked if "pagefind" in url or "index.json" in url]
    reader.untroubled()


def test_a_key_leads_there_and_the_keyboard_does_the_rest(reader: Reader) -> None:
    page = reader.page
    page.goto(f"{reader.address}/nieuws/dijk/")
    page.keyboard.press("Control+k")
    page.wait_for_url("**/zoeken/")
    assert is_focused(page, "#search-q")
    page.keyboard.type("regel")
    page.keyboard.press("Enter")
    assert reader.titles() == ["Huisregels"]
    for _ in range(20):
        page.keyboard.press("Tab")
        if is_focused(page, ".search-title a"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/regels/")
    reader.untroubled()


def is_focused(page: Page, selector: str) -> bool:
    return bool(page.evaluate("one => document.activeElement.matches(one)", selector))


def test_without_javascript_the_page_knows_another_way(browser: Browser, address: str) -> None:
    reader = Reader(browser, address, java_script_enabled=False)
    reader.page.goto(f"{address}/zoeken/")
    assert not reader.page.locator("form").is_visible()
    assert reader.page.get_by_text("Zoeken werkt alleen met JavaScript").is_visible()
    reader.page.locator("main").get_by_role("link", name="Archief").click()
    assert reader.page.url == f"{address}/archief/"
    reader.context.close()


def test_an_index_that_does_not_come_is_told(reader: Reader) -> None:
    reader.page.route("**/*.pf_meta", lambda route: route.abort())
    reader.page.goto(f"{reader.address}/zoeken/?q=dijk")
    reader.page.get_by_text("Zoeken lukt nu even niet").wait_for()


def test_what_a_post_says_of_markup_is_shown_as_text(reader: Reader) -> None:
    assert reader.search("schildwacht") == ["Code"]
    assert (
        "<img src=x onerror=alert(1)> & zo" in reader.page.locator(".search-excerpt").inner_text()
    )
    assert reader.page.locator(".search-excerpt img").count() == 0
    reader.untroubled()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_axe_has_nothing_to_say(browser: Browser, address: str, width: int, scheme: str) -> None:
    place = f"{address}/zoeken/?q=dijk&year=2026"
    assert violations(browser, place, width, scheme) == []


def test_a_preview_can_be_searched_too(
    site: Site, browser: Browser, start: Callable[..., Preview]
) -> None:
    furnish(site, SEARCHABLE)
    site.post("news/klad", "Een kladje over reigers.", title="Klad", draft="yes")
    preview = start()
    preview.shows("/zoeken/", "data-search")
    reader = Reader(browser, preview.address)
    assert reader.search("reiger") == ["Klad"]
    reader.untroubled()
    reader.context.close()
