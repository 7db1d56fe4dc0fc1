"""A colleague reacts on a phone: a real Isso, a real browser, the site's own strict policy."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from generator import policy
from tests.browsing import served
from tests.comments.conftest import Isso
from tests.conftest import SITE, Site

HOSTILE = "<script>document.title='stolen'</script><img src=x onerror=\"document.title='stolen'\">"


@pytest.fixture
def post(site: Site, isso: Isso) -> Site:
    """A site with one post in which colleagues can react."""
    settings = (
        f"comments:\n  provider: isso\n  endpoint: {isso.url}\n"
        "  otherwise: mailto:redactie@voorbeeld.example\n"
    )
    site.write("site.yaml", (site.root / "site.yaml").read_text() + settings)
    site.post("news/soep")
    site.post("news/dicht", comments="closed")
    site.post("news/zonder", comments="none")
    return site


@pytest.fixture
def address(post: Site, isso: Isso) -> Iterator[str]:
    post.build(strict=True)
    rules = policy.header(post.config)
    with served(post.root / "public", rules, isso.site_port) as where:
        yield where


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 800}, locale="nl-NL")
    yield context.new_page()
    context.close()


def test_nothing_is_asked_before_the_reader_asks(phone: Page, address: str, isso: Isso) -> None:
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.goto(address + "/nieuws/soep/")
    phone.get_by_role("button", name="Toon de reacties").scroll_into_view_if_needed()
    phone.wait_for_timeout(500)
    assert [url for url in asked if not url.startswith(address)] == []
    assert "comments-" not in "".join(asked)
    assert f"127.0.0.1:{isso.port}" in phone.locator("#comments").inner_text()


def test_a_colleague_reacts_and_finds_it_back(phone: Page, address: str, isso: Isso) -> None:
    asked: list[str] = []
    complaints: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.on("console", lambda message: complaints.append(message.text))
    phone.goto(address + "/nieuws/soep/")
    phone.get_by_role("button", name="Toon de reacties").click()
    phone.locator(".isso-postbox textarea").first.fill(f"Lekker! {HOSTILE}")
    phone.locator(".isso-postbox [name=author]").fill("Wil & <b>co</b>")
    phone.locator(".isso-postbox [type=submit]").click()
    shown = phone.locator("#isso-root .isso-comment")
    expect(shown).to_have_count(1)
    expect(shown.locator(".isso-author")).to_have_text("Wil & <b>co</b>")
    assert "Lekker!" in isso.thread("/news/soep")
    assert phone.title() != "stolen"
    phone.reload()
    phone.locator("#comments").scroll_into_view_if_needed()
    expect(shown).to_have_count(1)
    assert phone.title() != "stolen"
    assert shown.locator("script, img, [onerror]").count() == 0
    assert [url for url in asked if not url.startswith((address, isso.url))] == []
    assert [text for text in complaints if "Content Security Policy" in text] == []
    assert phone.locator("html").evaluate("html => html.scrollWidth") <= 390


def test_consent_can_be_taken_back(phone: Page, address: str, isso: Isso) -> None:
    phone.goto(address + "/nieuws/soep/")
    phone.get_by_role("button", name="Toon de reacties").click()
    phone.get_by_role("button", name="Toon reacties niet meer vanzelf").click()
    expect(phone.get_by_role("button", name="Toon de reacties")).to_be_visible()
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.reload()
    phone.locator("#comments").scroll_into_view_if_needed()
    phone.wait_for_timeout(500)
    assert [url for url in asked if not url.startswith(address)] == []


@pytest.mark.parametrize("consent", ["visible", "always"])
def test_an_organisation_may_let_them_come_by_themselves(
    browser: Browser, post: Site, isso: Isso, consent: str
) -> None:
    lines = (post.root / "site.yaml").read_text() + f"  consent: {consent}\n"
    post.write("site.yaml", lines)
    post.post("news/soep", "Een lange tekst.\n\n" * 200)
    post.build()
    rules = policy.header(post.config)
    context = browser.new_context(viewport={"width": 390, "height": 800}, locale="nl-NL")
    page, asked = context.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    field = page.locator(".isso-postbox textarea").first
    with served(post.root / "public", rules, isso.site_port) as address:
        page.goto(address + "/nieuws/soep/")
        page.wait_for_timeout(500)
        assert any(url.startswith(isso.url) for url in asked) == (consent == "always")
        page.locator("#comments").scroll_into_view_if_needed()
        expect(field).to_be_visible()
        stop = page.get_by_role("button", name="Toon reacties niet meer vanzelf")
        expect(stop).to_be_visible(visible=consent == "visible")
        if consent == "visible":
            # Who wants that no more, is asked from then on.
            stop.click()
            page.locator("#comments").scroll_into_view_if_needed()
            button = page.get_by_role("button", name="Toon de reacties")
            expect(button).to_be_visible()
            page.wait_for_timeout(500)
            expect(field).to_have_count(0)
            button.click()
            expect(field).to_be_visible()
    context.close()


def test_a_service_that_is_down_leaves_no_hole(phone: Page, address: str, isso: Isso) -> None:
    isso.stop()
    phone.goto(address + "/nieuws/soep/")
    phone.get_by_role("button", name="Toon de reacties").click()
    trouble = phone.get_by_role("alert")
    expect(trouble).to_be_visible(timeout=6000)
    other = trouble.get_by_role("link", name="Reageer op een andere manier")
    assert other.get_attribute("href") == "mailto:redactie@voorbeeld.example"
    isso.start()
    trouble.get_by_role("button", name="Probeer het nog eens").click()
    expect(phone.locator(".isso-postbox textarea").first).to_be_visible()
    expect(trouble).to_be_hidden()


def test_every_field_of_the_widget_has_a_name(phone: Page, address: str) -> None:
    phone.goto(address + "/nieuws/soep/")
    phone.get_by_role("button", name="Toon de reacties").click()
    phone.locator(".isso-postbox textarea").first.wait_for()
    nameless = phone.locator("#comments").evaluate(
        "part => [...part.querySelectorAll('textarea, input:not([type=hidden])')]"
        ".filter(field => !field.labels.length && !field.ariaLabel && !field.value).length"
    )
    assert nameless == 0


def test_a_closed_conversation_can_only_be_read(phone: Page, address: str) -> None:
    phone.goto(address + "/nieuws/dicht/")
    assert "gesloten" in phone.locator("#comments").inner_text()
    phone.get_by_role("button", name="Toon de reacties").click()
    phone.locator(".isso-postbox").first.wait_for(state="attached")
    expect(phone.locator(".isso-postbox").first).to_be_hidden()


def test_without_comments_there_is_nothing(post: Site, address: str) -> None:
    assert 'id="comments"' not in post.read("nieuws/zonder/index.html")
    assert "reacties" not in post.read("nieuws/zonder/index.html").lower()


def test_without_another_way_there_is_that_of_writing_something_yourself(site: Site) -> None:
    write = "https://intranet.voorbeeld.example/schrijf"
    settings = "comments: {provider: isso, endpoint: 'https://a.example'}\n"
    site.write("site.yaml", f"{SITE}{settings}contribute: {{write: {write}}}\n")
    site.post("news/soep")
    site.build()
    page = site.read("nieuws/soep/index.html")
    assert page.count(f'<a href="{write}">Reageer op een andere manier</a>') == 2


def test_without_javascript_there_is_another_way(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "/nieuws/soep/")
    expect(page.locator("#comments").get_by_role("link")).to_have_count(1)
    assert page.get_by_role("button", name="Toon de reacties").count() == 0
    context.close()
