"""Every type of page, judged by axe in a real browser, and by two validators of HTML."""

import json
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import Site
from tests.pages.places import PLACES

TOOLS = Path(__file__).parents[1] / "tools"
AXE = TOOLS / "node_modules/axe-core/axe.min.js"
TAGS = [
    "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "EN-301-549", "best-practice",
]  # fmt: skip
# What axe can't judge by itself, and why it is right here: nothing so far.
EXPLAINED: dict[str, str] = {}
# How each page is looked at on every commit, and how beside that in the long run. Each type of
# page is there in both languages, and so on a phone and on a desk, in the light and in the dark.
LOOKS = {
    "nl": [(320, "light")],
    "en": [(1280, "dark")],
}
MORE_LOOKS = {
    "nl": [(1280, "light"), (1280, "dark"), (320, "dark"), (390, "dark")],
    "en": [(320, "light"), (320, "dark"), (1280, "light")],
}
WIDTHS = (320, 390, 1280)


def violations(browser: Browser, url: str, width: int, scheme: str) -> list[str]:
    """What axe says of a page in one look."""
    page = opened(browser, url)
    told = in_a_look(page, width, scheme)
    page.context.close()
    return told


def opened(browser: Browser, url: str) -> Page:
    """A page with axe in it, for a reader who wants nothing to move: a colour on its way to
    another is neither."""
    page = browser.new_context(bypass_csp=True, reduced_motion="reduce").new_page()
    page.goto(url)
    page.evaluate(AXE.read_text())
    return page


def in_a_look(page: Page, width: int, scheme: str) -> list[str]:
    """What axe says of an open page in one look, and whether it has to be scrolled sideways."""
    wide = width_at(page, width)
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    told = said_by_axe(page, "violations", "incomplete")
    return told + ([f"{wide} wide"] if wide > width else [])


def said_by_axe(page: Page, *kinds: str) -> list[str]:
    """What axe, which is in it already, says of an open page: `violations`, `incomplete`."""
    options = {"runOnly": TAGS, "resultTypes": kinds}
    found = page.evaluate("options => axe.run(document, options)", options)
    told = [one for kind in kinds for one in found[kind] if one["id"] not in EXPLAINED]
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in told]


def width_at(page: Page, width: int) -> int:
    """How wide an open page is in a window of some width."""
    page.set_viewport_size({"width": width, "height": 800})
    return int(page.evaluate("document.documentElement.scrollWidth"))


every_page = pytest.mark.parametrize(
    ("lang", "path"), [(lang, path) for lang, paths in PLACES.items() for path in paths]
)


def assert_accessible(browser: Browser, url: str, looks: list[tuple[int, str]]) -> None:
    """Axe has nothing to say in some looks, and nothing has to be scrolled sideways."""
    page = opened(browser, url)
    told = {look: in_a_look(page, *look) for look in looks}
    wide = {width: width_at(page, width) for width in WIDTHS}
    page.context.close()
    assert {look: found for look, found in told.items() if found} == {}
    assert {width: found for width, found in wide.items() if found > width} == {}


@every_page
def test_axe_has_nothing_to_say(browser: Browser, address: str, lang: str, path: str) -> None:
    assert_accessible(browser, address + path, LOOKS[lang])


@pytest.mark.long
@every_page
def test_axe_has_nothing_to_say_in_any_other_look(
    browser: Browser, address: str, lang: str, path: str
) -> None:
    assert_accessible(browser, address + path, MORE_LOOKS[lang])


def test_vnu_finds_no_error_on_any_page(demo: Site, result: object) -> None:
    jar = TOOLS / "node_modules/vnu-jar/build/dist/vnu.jar"
    done = subprocess.run(
        ["java", "-jar", jar, "--skip-non-html", "--format", "json", "--stdout", "public"],
        cwd=demo.root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    messages = json.loads(done.stdout)["messages"]
    assert [one for one in messages if one["type"] == "error"] == []


def test_html_validate_finds_no_error_on_any_page(demo: Site, result: object) -> None:
    command = [TOOLS / "node_modules/.bin/html-validate", "-f", "json", "--ext", "html"]
    done = subprocess.run(
        [*command, "-c", TOOLS / ".htmlvalidate.json", demo.root / "public"],
        cwd=TOOLS, capture_output=True, text=True, check=False,
    )  # fmt: skip
    told = [(one["filePath"], two["ruleId"], two["line"])
            for one in json.loads(done.stdout) for two in one["messages"]]  # fmt: skip
    assert told == []
