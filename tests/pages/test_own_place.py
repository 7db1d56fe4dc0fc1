"""A reader's own location and language: remembered on their device, and only when they choose."""

from playwright.sync_api import Browser

from tests.conftest import Site

KEPT = "Object.entries(localStorage)"


def test_the_front_page_begins_with_the_readers_own_location(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(address + "/")
    places = page.locator("[data-places]")
    assert places.get_by_role("heading", name="Waar werk je?").is_visible()
    assert page.evaluate(KEPT) == []
    places.get_by_role("link", name="Werf Zuidkolk").click()
    page.get_by_role("button", name="Maak dit mijn plek").click()
    assert page.get_by_role("button", name="Dit is jouw plek", pressed=True).is_visible()
    assert page.evaluate(KEPT) == [["plein:place", "zuidkolk"]]
    page.goto(address + "/")
    own = places.locator("[data-place=zuidkolk]")
    assert own.locator("li").count() == 3
    assert own.is_visible()
    assert not places.get_by_role("heading", name="Waar werk je?").is_visible()
    own.get_by_role("button", name="vergeet hem").click()
    assert places.get_by_role("heading", name="Waar werk je?").is_visible()
    assert page.evaluate(KEPT) == []
    assert context.cookies() == []
    context.close()


def test_without_javascript_the_locations_are_links(browser: Browser, address: str) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(address + "/")
    page.locator("[data-places]").get_by_role("link", name="Werf Zuidkolk").click()
    page.wait_for_load_state("load")
    assert page.url == address + "/locaties/zuidkolk/"
    assert not page.get_by_role("button", name="Maak dit mijn plek").is_visible()
    page.close()


def test_the_front_door_opens_in_the_language_that_was_chosen(
    browser: Browser, address: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(address + "/en/news/")
    page.goto(address + "/")
    assert page.locator("html").get_attribute("lang") == "nl"
    page.get_by_role("link", name="English").click()
    page.wait_for_url(address + "/en/")
    fresh = context.new_page()
    fresh.goto(address + "/")
    fresh.wait_for_url(address + "/en/")
    fresh.get_by_role("link", name="Nederlands").click()
    fresh.wait_for_url(address + "/")
    assert fresh.evaluate(KEPT) == [["plein:language", "nl"]]
    context.close()


def test_a_link_is_copied_and_a_change_suggested(browser: Browser, address: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(address + "/huisregels/")
    page.get_by_role("button", name="Kopieer link").click()
    page.get_by_text("De link is gekopieerd.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == "https://oppeil.elzenvliet.example/huisregels/"
    change = page.get_by_role("link", name="Stel een wijziging voor")
    href = change.get_attribute("href") or ""
    assert href.startswith("https://git.elzenvliet.example/op-peil/edit/main/content/pages/")
    page.goto(address + "/abonneren/")
    page.get_by_role("button", name="Kopieer Alles").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == "https://oppeil.elzenvliet.example/feed.xml"
    context.close()


def test_without_a_setting_nobody_is_sent_to_an_editor(site: Site) -> None:
    site.post("news/kluis")
    site.build()
    assert "Stel een wijziging voor" not in site.read("nieuws/kluis/index.html")
    assert "Schrijf zelf iets" not in site.read("index.html")
