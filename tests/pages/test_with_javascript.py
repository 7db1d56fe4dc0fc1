"""With JavaScript: every page keeps to the policy, asks nobody else and keeps what it may keep."""

from playwright.sync_api import Browser, Page

from tests.pages.places import PLACES

# Told before anything on a page can break the policy.
LISTEN = """
window.broken = [];
document.addEventListener("securitypolicyviolation", (event) => window.broken.push(
  `${event.violatedDirective} ${event.blockedURI}`));
"""


def test_no_page_breaks_the_policy_or_asks_another_or_leaves_something_behind(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800})
    context.add_init_script(LISTEN)
    page, asked, trouble = context.new_page(), list[str](), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: trouble.append(str(error)))
    broken = {}
    for path in (path for paths in PLACES.values() for path in paths):
        page.goto(address + path)
        broken[path] = page.evaluate("window.broken")
    assert {path: found for path, found in broken.items() if found} == {}
    assert trouble == []
    assert [url for url in asked if not url.startswith((address, "data:"))] == []
    assert context.cookies() == []
    # What was opened of the must-reads is all that is kept, and it is kept here only.
    kept = page.evaluate("Object.keys(localStorage)")
    assert set(kept) <= {"plein:opened"}, kept
    context.close()


def _tab_to(page: Page, name: str, most: int = 60) -> None:
    """Press Tab until something with a name has the focus; what has it can be seen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        focus = page.locator(":focus")
        if focus.count() and (focus.inner_text() or "").strip().startswith(name):
            outline = focus.evaluate("one => getComputedStyle(one).outlineStyle")
            assert outline != "none", name
            return
    raise AssertionError(name)


def test_a_keyboard_opens_the_menu_on_a_phone_and_closes_it(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto(address + "/")
    _tab_to(page, "Menu")
    page.keyboard.press("Enter")
    _tab_to(page, "Vlogs")
    page.keyboard.press("Escape")
    assert not page.get_by_role("navigation", name="Hoofdmenu").is_visible()
    assert page.locator(":focus").inner_text().strip() == "Menu"
    page.keyboard.press("Enter")
    _tab_to(page, "Vlogs")
    page.keyboard.press("Enter")
    page.wait_for_url(address + "/vlogs/")
    page.close()


def test_a_keyboard_goes_through_the_must_reads_and_the_count_follows(
    browser: Browser, address: str
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(address + "/")
    before = page.locator("[data-left]").inner_text()
    assert "2" in before
    _tab_to(page, "Stap voor 1 december")
    page.keyboard.press("Enter")
    page.wait_for_url("**/nieuws/**")
    page.go_back()
    after = page.locator("[data-left]").inner_text()
    assert after != before
    _tab_to(page, "Maak je kluisje")
    page.keyboard.press("Enter")
    page.wait_for_url("**/nieuws/**")
    page.goto(address + "/")
    assert "dank" in page.locator("[data-left]").inner_text().lower()
    page.close()
