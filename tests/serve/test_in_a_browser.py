"""In the browser: the page follows, mistakes are told, the front door is open."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.serve.conftest import Preview

LONG = "\n\n".join(f"Alinea {number}." for number in range(120))


def open_page(browser: Browser, preview: Preview, path: str) -> Page:
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto(preview.address + path)
    return page


def test_the_page_follows_a_save_and_stays_where_it_was(browser: Browser, preview: Preview) -> None:
    preview.site.post("news/eerste", f"{LONG}\n\nHet einde.")
    preview.shows("/nieuws/eerste/", "Het einde.")
    page = open_page(browser, preview, "/nieuws/eerste/")
    page.evaluate("scrollTo(0, 1500)")
    preview.site.post("news/eerste", f"{LONG}\n\nHet andere einde.")
    page.get_by_text("Het andere einde.").wait_for(state="attached")
    preview.until(lambda: abs(page.evaluate("scrollY") - 1500) < 5, "the same place")
    page.close()


TEXT = "Een zin.\n\n## Kop\n\n- een\n- twee\n\nNog een [zin](https://x.example).\n\nTot slot."
EDITS = {
    "a word": ("Een zin.", "Een *andere* zin."),
    "in several places": ("zin", "regel"),
    "more paragraphs": ("Tot slot.", "Eerst dit.\n\nEn dan dat.\n\nTot slot."),
    "an item": ("- twee", "- twee\n- drie"),
    "fewer": ("Een zin.\n\n", ""),
    "a heading": ("## Kop", "## Andere kop"),
}
MORE = {
    "a table": ("Tot slot.", "| a | b |\n|---|---|\n| 1 | 2 |\n\nTot slot."),
    "code": ("Tot slot.", "```\ncode\n```\n\nTot slot."),
    "a title": ("title: Titel van news/eerste", "title: Anders"),
    "a draft": ("title:", "draft: yes\ntitle:"),
}
ALL = "new XMLSerializer().serializeToString(document.documentElement)"


def save(file: Path, text: str) -> None:
    """At once, as an editor does: nobody ever sees half of it."""
    beside = file.parents[2] / file.name
    beside.write_text(text)
    beside.rename(file)


def shown_by(page: Page) -> str:
    """All that a page shows, but for the fingerprint of the file that it came from."""
    return re.sub(r'data-plein-page="\w+"', "", str(page.evaluate(ALL)))


@pytest.mark.parametrize("edit", [*EDITS, *MORE])
def test_running_text_changes_without_a_new_page_and_all_else_with_one(
    browser: Browser, preview: Preview, edit: str
) -> None:
    file = preview.site.root / "content/news/eerste.md"
    old, new = {**EDITS, **MORE}[edit]
    preview.site.post("news/eerste", TEXT)
    preview.shows("/nieuws/eerste/", "Tot slot.")
    preview.until(lambda: preview.rounds >= 2, "that all of it is made")
    rounds = preview.rounds
    page = open_page(browser, preview, "/nieuws/eerste/")
    before = page.evaluate(ALL)
    page.add_init_script("sessionStorage.loads = Number(sessionStorage.loads ?? 0) + 1")
    save(file, file.read_text().replace(old, new))
    page.wait_for_function(
        f"before => {ALL} !== before && document.readyState === 'complete'", arg=before
    )
    preview.until(lambda: preview.rounds > rounds, "that all of it is made")
    shown = shown_by(page)
    assert page.evaluate("Number(sessionStorage.loads ?? 0)") == (0 if edit in EDITS else 1)
    page.reload()
    assert shown_by(page) == shown
    page.close()


def test_a_new_style_needs_no_new_page(browser: Browser, preview: Preview) -> None:
    site = preview.site
    site.write("themes/eigen/theme.yaml", "name: eigen\nextends: default\ncontract: 1\n")
    site.write("themes/eigen/assets/own.css", "h1 { color: rgb(1, 2, 3) }")
    site.write("site.yaml", f"{(site.root / 'site.yaml').read_text()}theme: eigen\n")
    preview.shows("/nieuws/eerste/", "own-")
    page = open_page(browser, preview, "/nieuws/eerste/")
    page.evaluate("window.stillHere = true")
    site.write("themes/eigen/assets/own.css", "h1 { color: rgb(4, 5, 6) }")
    colour = "getComputedStyle(document.querySelector('h1')).color"
    preview.until(lambda: page.evaluate(colour) == "rgb(4, 5, 6)", "the new colour")
    assert page.evaluate("window.stillHere") is True
    page.close()


def test_a_mistake_stands_over_the_page_until_it_is_mended(
    browser: Browser, preview: Preview
) -> None:
    page = open_page(browser, preview, "/nieuws/eerste/")
    preview.site.write("content/news/tweede.md", "---\ntitel: <b>x</b>\n---\n")
    told = page.get_by_role("alert")
    told.wait_for()
    text = told.inner_text()
    assert "content/news/tweede.md:2:1" in text
    assert "titel: <b>x</b>" in text
    assert "bedoel je “title”?" in text
    link = told.get_by_role("link", name="tweede.md:2:1").get_attribute("href") or ""
    assert link.startswith("vscode://file/")
    assert link.endswith("content/news/tweede.md:2:1")
    assert page.get_by_text("Allereerst.").count() >= 1
    told.get_by_role("button").click()
    preview.site.post("news/tweede", "Nu goed.")
    told.wait_for(state="detached")
    page.get_by_text("Titel van news/tweede").first.wait_for()
    page.close()


def test_the_front_door_tells_what_goes_live_and_what_does_not(
    browser: Browser, preview: Preview
) -> None:
    site = preview.site
    site.build(clock="2026-11-24 12:00")
    site.post("news/eerste", "Allereerst, en verbeterd.")
    site.post("news/straks", "Straks.", date="2026-12-01")
    site.post("news/half", "Half.", draft="yes")
    site.post("news/vers", "Vers.")
    preview.shows("/nieuws/vers/", "Vers.")
    page = open_page(browser, preview, "/_preflight/")
    text = page.locator("main").inner_text()
    assert "gaat live" in text
    assert "content/news/straks.md" in text
    assert "content/news/half.md" in text
    changes = {item.split(" ", 1)[1]: item.split(" ", 1)[0] for item in
               page.locator("main li").all_inner_texts()}  # fmt: skip
    assert changes["Titel van news/vers"] == "nieuw"
    assert changes["Titel van news/eerste"] == "gewijzigd"
    page.get_by_role("link", name="Titel van news/straks").first.click()
    phone = page.frame_locator("iframe")
    phone.get_by_role("heading", name="Titel van news/straks").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    tables = page.locator(".plein-table")
    assert tables.count() > 1
    assert tables.evaluate_all("all => all.every((one) => one.scrollWidth <= one.clientWidth)")
    page.close()
    site.build(clock="2026-11-24 12:00")
    assert not [path for path in site.tree() if "_preflight" in path or "_plein" in path]
