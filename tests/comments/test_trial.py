"""`plein serve --with-comments`: real comments, and nothing left of them afterwards."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from generator.serve.trial import SEED, read_seed
from tests.comments.conftest import free_port
from tests.conftest import SITE, Site

ROOT = Path(__file__).parents[2]


@pytest.fixture
def preview(site: Site) -> Iterator[tuple[Site, str, subprocess.Popen[str]]]:
    """A preview of a small site with a seed, its address and its process."""
    site.write("site.yaml", SITE)
    site.post("news/soep")
    site.post("questions/jas", question="Waar laat je je jas?", date="2026-11-02")
    seed = {"/news/soep": [{"author": "Wil", "when": "2026-11-20T09:00", "text": "Wat zit erin?"}]}
    site.write(SEED, json.dumps(seed))
    port = free_port()
    command = [sys.executable, "-m", "generator", "serve", "--with-comments", "--port", str(port)]
    process = subprocess.Popen(
        command, cwd=site.root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        env={**os.environ, "LANG": "C.UTF-8"},
    )  # fmt: skip
    yield site, f"http://127.0.0.1:{port}", process
    process.kill()
    process.wait(10)
    if process.stdout:
        process.stdout.close()


def page_at(url: str) -> str:
    with urllib.request.urlopen(url, timeout=5) as answer:
        return str(answer.read().decode())


def wait_for(url: str, words: str) -> str:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            text = page_at(url)
        except OSError:
            text = ""
        if words in text:
            return text
        time.sleep(0.3)
    raise AssertionError(f"{words} did not come on {url}")


def test_a_preview_brings_comments_that_are_gone_afterwards(
    preview: tuple[Site, str, subprocess.Popen[str]], browser: Browser
) -> None:
    site, address, process = preview
    wait_for(f"{address}/nieuws/", "1 reactie")
    assert "Wat zit erin?" in page_at(f"{address}/vragen/")
    post = page_at(f"{address}/nieuws/soep/")
    service = re.findall(r'data-isso="(http://127\.0\.0\.1:\d+)/"', post)[0]
    page = browser.new_page(locale="nl-NL", viewport={"width": 390, "height": 800})
    page.goto(f"{address}/vragen/jas/")
    page.get_by_role("button", name="Toon de reacties").click()
    page.locator(".isso-postbox textarea").first.fill("Over mijn stoel.")
    page.locator(".isso-postbox [type=submit]").click()
    expect(page.locator("#isso-root .isso-comment")).to_have_count(1)
    page.close()
    wait_for(f"{address}/vragen/", "1 reactie")
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 0
    with pytest.raises(OSError, match="refused"):
        page_at(f"{service}/config")
    # What is published knows nothing of it.
    site.build()
    assert "127.0.0.1" not in site.read("nieuws/soep/index.html")
    assert not (site.root / ".plein/comments.json").exists()


def test_who_is_typing_is_not_interrupted(
    preview: tuple[Site, str, subprocess.Popen[str]], browser: Browser
) -> None:
    site, address, _ = preview
    wait_for(f"{address}/nieuws/", "1 reactie")
    page = browser.new_page(locale="nl-NL", viewport={"width": 390, "height": 800})
    page.goto(f"{address}/vragen/jas/")
    page.get_by_role("button", name="Toon de reacties").click()
    field = page.locator(".isso-postbox textarea").first
    field.fill("Over mijn stoel.")
    page.locator(".isso-postbox [type=submit]").first.click()
    expect(page.locator("#isso-root .isso-comment")).to_have_count(1)
    field.fill("En mijn laarzen staan")
    # The first comment is counted, and the writer saves something.
    wait_for(f"{address}/vragen/", "1 reactie")
    site.post("questions/jas", question="Waar laat jij je natte jas?", date="2026-11-02")
    wait_for(f"{address}/vragen/jas/", "natte jas")
    page.wait_for_timeout(1500)
    expect(field).to_have_value("En mijn laarzen staan")
    field.press_sequentially(" ernaast.")
    page.locator(".isso-postbox [type=submit]").first.click()
    # Both are there, and now the page is the newest.
    expect(page.locator("main")).to_contain_text("Waar laat jij je natte jas?", timeout=20_000)
    page.locator("#comments").scroll_into_view_if_needed()
    expect(page.locator("#isso-root .isso-comment")).to_have_count(2)
    page.close()


def test_the_demo_has_something_to_talk_about(site: Site) -> None:
    said = read_seed(ROOT / SEED)
    assert sum(len(comments) for comments in said.values()) > 10
    for key in said:
        assert list((ROOT / "content").glob(f"{key[1:]}*")), key
    shutil.copy(ROOT / SEED, site.root / SEED)
    assert "service" not in site.run("build").stdout


def test_a_seed_with_a_mistake_is_told(site: Site) -> None:
    site.write(SEED, '{"/news/soep": [{"author": "Wil"}]}')
    assert "[comments-seed-wrong]" in site.run("serve", "--with-comments", code=2).stderr
