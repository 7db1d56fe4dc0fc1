"""Somebody watches a vlog in a real browser, under the policy that Plein advises."""

import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.pages.test_accessible import violations
from tests.vlogs.conftest import ELSEWHERE

FILM, SOUND, OUTSIDE = "/vlogs/storm/", "/vlogs/or/", "/vlogs/elders/"


def soon(what: Callable[[], object], seconds: float = 8) -> bool:
    """Whether something becomes true in a while."""
    end = time.monotonic() + seconds
    while not what() and time.monotonic() < end:
        time.sleep(0.05)
    return bool(what())


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 390, "height": 800}, locale="nl-NL")
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    opened = context.new_page()
    opened.complaints = []  # type: ignore[attr-defined]
    opened.on("console", lambda one: opened.complaints.append(one.text))  # type: ignore[attr-defined]
    return opened


def of_player(page: Page, what: str) -> object:
    """A property of the player, such as `currentTime`."""
    return page.locator("video, audio").evaluate(f"player => player.{what}")


def moment(page: Page) -> float:
    return float(str(of_player(page, "currentTime")))


@pytest.mark.parametrize("path", [FILM, SOUND])
def test_it_plays(page: Page, address: str, path: str) -> None:
    page.goto(address + path)
    assert of_player(page, "paused")
    assert of_player(page, "preload") == "none"
    page.locator("video, audio").evaluate("player => player.play()")
    assert soon(lambda: moment(page) > 0.4)
    assert of_player(page, "error") is None
    assert page.complaints == []  # type: ignore[attr-defined]


def test_it_plays_without_javascript(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + FILM)
    player = page.locator("video")
    assert player.get_attribute("controls") is not None
    player.focus()
    page.keyboard.press("Space")
    assert soon(lambda: moment(page) > 0.4)
    # A chapter opens the film itself at its moment.
    chapter = page.locator(".chapters a").nth(1).get_attribute("href") or ""
    assert chapter.startswith("/media/")
    assert chapter.endswith("vlog.mp4#t=19")
    context.close()


def test_subtitles_are_shown_in_the_language_of_the_page(page: Page, address: str) -> None:
    page.goto(address + FILM)
    tracks = "textTracks].map(one => [one.language, one.mode])"
    shown = page.locator("video").evaluate(f"player => [...player.{tracks}")
    assert shown == [["nl", "showing"], ["en", "disabled"]]
    page.locator("video").evaluate("player => { player.muted = true; player.play(); }")
    cue = "textTracks[0].activeCues?.[0]?.text"
    assert soon(lambda: of_player(page, cue) == "Dag allemaal. Ik sta bij gemaal De Volharding.")
    page.goto(f"{address}/en{FILM}")
    shown = page.locator("video").evaluate(f"player => [...player.{tracks}")
    assert shown == [["nl", "disabled"], ["en", "showing"]]
    assert page.locator("figcaption").inner_text().count("Nederlands, English") == 1


def test_a_sentence_of_the_transcript_jumps_and_the_current_one_is_marked(
    page: Page, address: str
) -> None:
    page.goto(address + FILM)
    page.locator(".transcript summary").click()
    page.get_by_text("Het rooster van de wachtdienst is klaar").click()
    assert soon(lambda: 15 <= moment(page) < 20)
    current = page.locator(".transcript li[aria-current]")
    assert soon(lambda: current.count() == 1)
    assert "Het rooster van de wachtdienst" in current.inner_text()
    assert page.url.endswith("#t=15s")
    page.locator("video").evaluate("player => { player.currentTime = 27; }")
    assert soon(lambda: current.count() == 1 and "meer mensen meedoen" in current.inner_text())


@pytest.mark.parametrize(
    ("hash_", "seconds"), [("#t=12", 12), ("#t=12s", 12), ("#t=0m20s", 20), ("#t=0h0m30s", 30)]
)
def test_a_link_leads_to_a_moment(page: Page, address: str, hash_: str, seconds: int) -> None:
    page.goto(address + FILM + hash_)
    assert soon(lambda: moment(page) == seconds)
    assert of_player(page, "paused")


def test_links_in_texts_and_chapters_lead_to_a_moment(page: Page, address: str) -> None:
    page.goto(address + FILM)
    page.get_by_role("link", name="tien seconden").click()
    assert soon(lambda: 10 <= moment(page) < 14)
    page.get_by_role("link", name="Het rooster").click()
    assert soon(lambda: 19 <= moment(page) < 23)
    page.goto(address + SOUND)
    page.get_by_role("link", name="de storm").click()
    assert soon(lambda: moment(page) == 30)


def test_the_speed_can_be_chosen(page: Page, address: str) -> None:
    page.goto(address + FILM)
    page.get_by_label("Snelheid").select_option("1.5")
    assert of_player(page, "playbackRate") == 1.5


def test_the_keyboard_reaches_everything_in_order(page: Page, address: str) -> None:
    page.goto(address + FILM)
    page.locator("video").focus()
    page.keyboard.press("Space")
    assert soon(lambda: moment(page) > 0.2)
    page.keyboard.press("Space")
    assert soon(lambda: of_player(page, "paused"))
    page.locator(".transcript summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert soon(lambda: 4 <= moment(page) < 8)


@pytest.mark.parametrize("path", [FILM, SOUND, OUTSIDE, "/vlogs/"])
def test_axe_has_nothing_to_say(browser: Browser, address: str, path: str) -> None:
    for look in ((390, "light"), (1280, "dark")):
        assert violations(browser, address + path, *look) == []


def asked_outside(context: BrowserContext, address: str) -> list[str]:
    """Every address outside the site that is asked for; another site's answers are made here."""
    asked: list[str] = []
    context.on("request", lambda one: asked.append(one.url))

    def answer(route: object) -> None:
        route.fulfill(content_type="text/html", body="<title>Speler</title>")  # type: ignore[attr-defined]

    context.route(lambda url: not url.startswith(address), answer)
    return asked


def test_nothing_is_asked_elsewhere_before_the_click_and_only_there_after(
    context: BrowserContext, page: Page, address: str
) -> None:
    asked = asked_outside(context, address)
    page.goto(address + OUTSIDE, wait_until="networkidle")
    page.mouse.wheel(0, 4000)
    page.wait_for_timeout(300)
    assert [url for url in asked if not url.startswith(address)] == []
    assert page.locator("iframe").count() == 0
    page.get_by_role("button", name="Speel hier af").press("Enter")
    frame = page.frame_locator("iframe")
    frame.locator("html").wait_for(state="attached")
    assert [url for url in asked if not url.startswith(address)] == [
        f"{ELSEWHERE}/videos/embed/kijkdit"
    ]
    assert page.locator("iframe:focus").count() == 1
    assert page.complaints == []  # type: ignore[attr-defined]
    assert context.cookies() == []


def test_without_javascript_there_is_a_link_to_the_other_site(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    asked, page = asked_outside(context, address), context.new_page()
    page.goto(address + OUTSIDE, wait_until="networkidle")
    assert [url for url in asked if not url.startswith(address)] == []
    assert not page.get_by_role("button", name="Speel hier af").is_visible()
    assert page.locator(f"a[href='{ELSEWHERE}/w/kijkdit']").is_visible()
    context.close()
