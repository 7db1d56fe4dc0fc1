"""Must-reads that a reader has opened are remembered in their own browser, and nowhere else."""

from playwright.sync_api import Browser


def test_what_was_opened_is_counted_off(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(address + "/")
    strip = page.locator("[data-must-list]")
    total = strip.locator("li").count()
    assert total >= 2
    strip.get_by_text(f"Je hebt {total} berichten nog niet geopend.").wait_for()
    strip.locator("li a").first.click()
    page.locator("article[data-must]").wait_for()
    page.wait_for_load_state("networkidle")
    page.go_back()
    strip.locator("li[data-opened]").wait_for()
    left = "één bericht" if total == 2 else f"{total - 1} berichten"
    assert f"Je hebt {left} nog niet geopend." in strip.inner_text()
    assert page.evaluate("Object.keys(localStorage)") == ["plein:opened"]
    assert context.cookies() == []
    context.close()


def test_a_location_shows_its_own_must_reads(browser: Browser, address: str) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(address + "/locaties/elzermond/")
    assert page.locator("[data-must-list] li").count() >= 1
    assert not page.locator("[data-must-list] [data-left]").is_visible()
    page.close()
