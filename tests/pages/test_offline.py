"""Reading without a connection: real service workers, real caches, real withdrawals."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

import pytest
from playwright.sync_api import Browser, Page

from generator import policy
from generator.config import load_config
from tests.browsing import Handler, served
from tests.conftest import SITE, Site

MUST = {"importance": "need-to-know", "action": "Doen", "deadline": "2026-12-01"}


class Breaking(Handler):
    """Sends half of some pages, and then the connection is gone."""

    halves: ClassVar[set[str]] = set()
    broken: ClassVar[list[str]] = []

    def send_head(self) -> Any:
        """A file, also to who has it already."""
        del self.headers["If-Modified-Since"]
        return super().send_head()

    def copyfile(self, source: Any, outputfile: Any) -> None:
        """Send a file, or the half of it."""
        if self.path not in self.halves:
            return super().copyfile(source, outputfile)
        data = source.read()
        self.broken.append(self.path)
        outputfile.write(data[: len(data) // 2])
        self.close_connection = True
        return None


@contextmanager
def standing(site: Site, more: str = "") -> Iterator[str]:
    """A site at the address that its own settings name."""
    public = site.root / "public"
    public.mkdir()
    config = load_config(site.root / "site.yaml", "site.yaml")
    with served(public, policy.header(config), handler=Breaking) as where:
        site.write("site.yaml", SITE.replace("https://plein.voorbeeld.example", where) + more)
        site.build()
        yield where


@contextmanager
def visited(browser: Browser, where: str) -> Iterator[Page]:
    """A page of a reader whose browser knows the site's service worker."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(where + "/")
    page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
    page.wait_for_function("() => !!navigator.serviceWorker.controller")
    try:
        yield page
    finally:
        context.close()


def until(page: Page, path: str, kept: bool) -> None:
    """Wait until a page is, or is no longer, on the device."""
    until_so(page, f"caches.match('{path}').then((found) => !!found === {str(kept).lower()})")


def until_so(page: Page, asked: str) -> None:
    """Wait until a promise gives true: `wait_for_function` takes the promise itself for that."""
    end = time.monotonic() + 20
    while not page.evaluate(asked):
        assert time.monotonic() < end, asked
        page.wait_for_timeout(20)


def test_what_was_read_and_must_reads_open_and_what_is_withdrawn_leaves(
    site: Site, browser: Browser
) -> None:
    site.post("news/gelezen", "Dit is gelezen.")
    site.post("news/ongelezen")
    site.post("news/dringend", "Dit moet je weten.", **MUST)
    with standing(site) as where, visited(browser, where) as page:
        page.goto(where + "/nieuws/gelezen/")
        until(page, "/nieuws/gelezen/", kept=True)
        until(page, "/nieuws/dringend/", kept=True)
        page.context.set_offline(True)
        page.goto(where + "/nieuws/gelezen/")
        assert page.get_by_text("Dit is gelezen.").is_visible(), page.content()
        assert page.evaluate("getComputedStyle(document.body).display") == "flex"
        page.goto(where + "/nieuws/dringend/")
        assert page.get_by_text("Dit moet je weten.").is_visible(), page.content()
        page.goto(where + "/nieuws/ongelezen/")
        assert page.get_by_role("heading", name="Geen verbinding").is_visible(), page.content()
        page.context.set_offline(False)
        (site.root / "content/news/gelezen.md").unlink()
        site.build()
        page.goto(where + "/nieuws/gelezen/")
        until(page, "/nieuws/gelezen/", kept=False)
        assert page.context.cookies() == []


def test_a_connection_that_breaks_within_a_page_costs_nothing_that_was_kept(
    site: Site, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.post("news/gelezen", "Dit is gelezen.")
    site.post("news/dringend", "Dit moet je weten.", **MUST)
    with standing(site) as where, visited(browser, where) as page:
        page.goto(where + "/nieuws/gelezen/")
        until(page, "/nieuws/dringend/", kept=True)
        halves = {"/nieuws/gelezen/", "/nieuws/dringend/"}
        monkeypatch.setattr(Breaking, "halves", halves)
        for path, text in (("gelezen", "Dit is gelezen."), ("dringend", "Dit moet je weten.")):
            page.goto(f"{where}/nieuws/{path}/")
            assert page.get_by_text(text).is_visible(), page.content()
            assert page.get_by_role("contentinfo").is_visible(), page.content()


def test_a_must_read_of_which_half_comes_anew_stays_as_it_was(
    site: Site, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.post("news/gelezen")
    site.post("news/dringend", "Dit moet je weten.", **MUST)
    monkeypatch.setattr(Breaking, "broken", [])
    # As long as the list can't be had, each page that is opened asks for it again.
    monkeypatch.setattr(Breaking, "halves", {"/moet-je-weten/feed.json"})
    with standing(site) as where, visited(browser, where) as page:
        page.goto(where + "/nieuws/dringend/")
        until(page, "/nieuws/dringend/", kept=True)
        monkeypatch.setattr(Breaking, "halves", {"/nieuws/dringend/"})
        page.goto(where + "/nieuws/gelezen/")
        end = time.monotonic() + 20
        while "/nieuws/dringend/" not in Breaking.broken:
            assert time.monotonic() < end
            page.wait_for_timeout(20)
        page.context.set_offline(True)
        page.goto(where + "/nieuws/dringend/")
        assert page.get_by_text("Dit moet je weten.").is_visible(), page.content()


def test_many_photos_push_out_each_other_and_not_the_look_of_a_page(
    site: Site, browser: Browser
) -> None:
    site.post("news/gelezen", "Dit is gelezen.")
    site.write("content/static/foto.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    with standing(site) as where, visited(browser, where) as page:
        page.goto(where + "/nieuws/gelezen/")
        until(page, "/nieuws/gelezen/", kept=True)
        old = page.evaluate("document.querySelector('link[rel=icon]').href")
        for source in ("/foto.svg", old):
            page.evaluate(
                """async (source) => { for (let at = 0; at < 70; at++) {
                  const photo = new Image(); photo.src = `${source}?${at}`; await photo.decode();
                } }""",
                source,
            )
        kept = """async () => Promise.all((await caches.keys()).map(
          async (name) => (await (await caches.open(name)).keys()).length))"""
        until_so(page, f"({kept})().then((all) => Math.max(...all) < 64)")
        page.context.set_offline(True)
        page.reload()
        assert page.get_by_text("Dit is gelezen.").is_visible(), page.content()
        assert page.evaluate("getComputedStyle(document.body).display") == "flex"


def test_where_the_setting_says_no_nothing_is_kept(site: Site, browser: Browser) -> None:
    site.post("news/gelezen")
    with standing(site, "offline: no\n") as where:
        context = browser.new_context()
        page = context.new_page()
        page.goto(where + "/nieuws/gelezen/")
        page.wait_for_load_state("networkidle")
        asked = "navigator.serviceWorker.getRegistrations().then((all) => all.length)"
        assert page.evaluate(asked) == 0
        assert page.evaluate("caches.keys()") == []
        context.close()
    assert "unregister" in (Path(site.root) / "public/sw.js").read_text()
    shutil.rmtree(site.root / "public")
