"""From a question to its answer on a phone: asked, answered through the widget, built, counted."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from generator import policy
from tests.browsing import served
from tests.comments.conftest import Isso
from tests.comments.test_reading import say
from tests.conftest import SITE, Site
from tests.pages.test_accessible import AXE, said_by_axe

KEYS = {"question": "Waar laat jij je natte jas?", "date": "2026-11-02", "locations": "zuid"}


@pytest.fixture
def address(site: Site, isso: Isso) -> Iterator[str]:
    """A site with a question, served under its own policy; it reads from a real Isso."""
    lines = f"comments:\n  provider: isso\n  endpoint: {isso.url}\n  reader: {isso.url}\n"
    site.write("site.yaml", SITE + lines)
    site.post("questions/jas", **KEYS)
    site.run("build", "--clock", site.clock)
    rules = policy.header(site.config)
    with served(site.root / "public", rules, isso.site_port) as where:
        yield where


def phone(browser: Browser, scheme: str = "light", bypass: bool = False) -> Page:
    context = browser.new_context(
        viewport={"width": 390, "height": 800}, locale="nl-NL", bypass_csp=bypass,
        color_scheme=scheme,  # type: ignore[arg-type]
    )  # fmt: skip
    return context.new_page()


def test_a_question_is_answered_counted_and_no_longer_waits(
    site: Site, isso: Isso, address: str, browser: Browser
) -> None:
    assert "/vragen/jas/" in site.read("wacht-op-antwoord/index.html")
    assert "nog niemand heeft geantwoord" in site.read("vragen/index.html")
    page, asked, complaints = phone(browser), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(f"{address}/vragen/jas/")
    page.locator("#comments").scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    assert not [url for url in asked if not url.startswith(address)]
    page.get_by_role("button", name="Toon de reacties").click()
    page.locator(".isso-postbox textarea").first.fill("Over mijn stoel.")
    page.locator(".isso-postbox [name=author]").fill("Wil")
    page.locator(".isso-postbox [type=submit]").click()
    expect(page.locator("#isso-root .isso-comment")).to_contain_text("Over mijn stoel.")
    site.run("build", "--clock", site.clock)
    page.goto(f"{address}/vragen/")
    card = page.locator("article.card").filter(has_text="Titel van questions/jas")
    expect(card).to_contain_text("1 reactie")
    expect(page.get_by_role("heading", name="Wacht op antwoord")).to_have_count(0)
    page.goto(f"{address}/wacht-op-antwoord/")
    expect(page.locator("main")).to_contain_text("Er wacht niemand op antwoord.")
    # Only the site and the service were met, and the service's script is the site's own copy.
    assert not [url for url in asked if not url.startswith((address, isso.url))]
    assert not [url for url in asked if url.startswith(isso.url) and url.endswith((".js", ".css"))]
    assert not [text for text in complaints if "Content Security Policy" in text]
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_has_nothing_to_say_of_the_open_widget(
    isso: Isso, address: str, browser: Browser, scheme: str
) -> None:
    say(isso, "/questions/jas", "Aan een haak, als er een is.", "Jan")
    page = phone(browser, scheme, bypass=True)
    page.goto(f"{address}/vragen/jas/")
    page.get_by_role("button", name="Toon de reacties").click()
    page.locator(".isso-postbox textarea").first.fill("Over mijn stoel.")
    page.locator(".isso-postbox [type=submit]").first.click()
    expect(page.locator("#isso-root .isso-comment")).to_have_count(2)
    page.locator(".isso-reply").first.click()
    page.wait_for_timeout(1500)
    page.evaluate(AXE.read_text())
    assert said_by_axe(page, "violations") == []
    assert page.locator("html").evaluate("html => html.scrollWidth") <= 390
    page.context.close()


@pytest.mark.parametrize("path", ["/vragen/", "/wacht-op-antwoord/", "/wacht-op-antwoord/zuid/"])
def test_axe_has_nothing_to_say_of_the_lists(address: str, browser: Browser, path: str) -> None:
    page = phone(browser, "dark", bypass=True)
    page.goto(address + path)
    page.evaluate(AXE.read_text())
    assert said_by_axe(page, "violations") == []
    page.context.close()


def test_a_question_shows_who_how_long_and_what_came_of_it(site: Site) -> None:
    site.person("anil")
    keys = {**KEYS, "host": "anil", "open_until": "2026-12-15"}
    site.post("questions/jas", management_hold="2026-12-01", **keys)
    site.build()
    page = site.read("vragen/jas/index.html")
    for words in ("Anil", "begeleidt dit gesprek", "1 december 2026", "Daarna reageert het"):
        assert words in page
    assert "Open tot en met 15 december 2026" in page
    site.clock = "2026-12-20 12:00"
    outcome = '{heard: "Er zijn te weinig haken.", doing: "Er komt een droogrek."}'
    site.post("questions/jas", outcome=outcome, **keys)
    site.build()
    page = site.read("vragen/jas/index.html")
    assert page.index("Er zijn te weinig haken.") < page.index("Er komt een droogrek.")
    assert page.index("Er komt een droogrek.") < page.index('class="prose"')
