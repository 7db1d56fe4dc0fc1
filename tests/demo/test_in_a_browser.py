"""Readers open the demo in a real browser: on a phone, in the dark, without JavaScript."""

import pytest
from playwright.sync_api import Browser, Page

PAGES = (
    "/", "/en/", "/nieuws/", "/vlogs/", "/overleg/", "/vragen/", "/complimenten/", "/mensen/",
    "/moet-je-weten/", "/besluiten/", "/archief/", "/archief/2026/", "/archief/2026/11/",
    "/onderwerpen/", "/onderwerpen/water/", "/404.html",
    "/nieuws/2026-11-10-kluisje-leeg/", "/en/news/2026-11-10-kluisje-leeg/",
    "/overleg/2026-11-17-mt-winter/", "/huisregels/",
)  # fmt: skip


def look(browser: Browser, width: int, scheme: str) -> tuple[Page, list[str], list[str]]:
    """A page without JavaScript, and what it asks for and complains about."""
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,  # type: ignore[arg-type]
        java_script_enabled=False,
    )
    page, asked, complaints = context.new_page(), list[str](), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    return page, asked, complaints


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (320, "dark"), (1280, "light")])
def test_every_kind_of_page_fits_and_asks_nobody_else(
    browser: Browser, address: str, width: int, scheme: str
) -> None:
    page, asked, complaints = look(browser, width, scheme)
    for path in PAGES:
        page.goto(address + path)
        wide = page.locator("html").evaluate("html => html.scrollWidth")
        assert wide <= width, f"{path} is {wide} wide"
    assert [url for url in asked if not url.startswith(address)] == []
    assert [text for text in complaints if "404" not in text] == []


def test_the_keyboard_reaches_the_text_first(browser: Browser, address: str) -> None:
    page, _, _ = look(browser, 390, "light")
    page.goto(address + "/nieuws/2026-11-10-kluisje-leeg/")
    page.keyboard.press("Tab")
    target = page.locator("a:focus").get_attribute("href") or ""
    assert target.startswith("#")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{target}")


def test_the_menu_opens_on_a_phone_without_javascript(browser: Browser, address: str) -> None:
    page, _, _ = look(browser, 390, "light")
    page.goto(address + "/")
    news = page.get_by_role("link", name="Vlogs", exact=True).first
    assert not news.is_visible()
    page.get_by_role("button", name="Menu").click()
    news.click()
    assert page.url == address + "/vlogs/"


def test_the_language_can_be_changed_on_the_page_where_you_are(
    browser: Browser, address: str
) -> None:
    page, _, _ = look(browser, 390, "light")
    page.goto(address + "/nieuws/2026-11-10-kluisje-leeg/")
    page.get_by_role("link", name="English").click()
    assert page.url.startswith(address + "/en/news/")
    assert page.locator("html").get_attribute("lang") == "en"


def test_a_post_is_light_on_a_bad_connection(browser: Browser, address: str) -> None:
    import gzip
    import urllib.request

    context = browser.new_context(viewport={"width": 390, "height": 800})
    page, asked = context.new_page(), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + "/huisregels/", wait_until="networkidle")
    context.close()
    files = [url for url in asked if not url.endswith((".svg", ".webmanifest"))]
    sizes = {url: len(gzip.compress(urllib.request.urlopen(url).read(), mtime=0)) for url in files}
    scripts = sum(size for url, size in sizes.items() if url.endswith(".js"))
    assert len(files) == 3
    assert scripts <= 5_000
    assert sum(sizes.values()) - scripts <= 14_000
