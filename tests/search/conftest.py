"""A small hub that can be searched, and how it reads to who opens the files of its index."""

import gzip
import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from generator import policy
from tests.browsing import served
from tests.conftest import SITE, Site
from tests.exactness.world import LEAN_THEME
from tests.films import film

SEARCHABLE = SITE.replace("search: no", "search: yes")
# With a theme that says little, for who builds often.
QUICK = f"{SEARCHABLE}theme: quick\n"
QUICK_THEME = {
    "theme.yaml": "name: quick\nextends: lean\ncontract: 1\n",
    "assets/search.js": "search",
}
SAID = "WEBVTT\n\n00:00.500 --> 00:02.000\nDe otters zijn weer terug.\n"


def furnish(site: Site, settings: str = QUICK) -> Site:
    """A hub with posts of two years, in two languages, about several things."""
    site.write("site.yaml", settings)
    for name, theme in (("lean", LEAN_THEME), ("quick", QUICK_THEME)):
        for path, text in theme.items():
            site.write(f"themes/{name}/{path}", text)
    site.person("els", role="Adviseur", location="noord")
    site.post("news/dijk", "De dijken bij de polder zijn sterk.", topics="geld", locations="noord",
              title="Sterk", date="2026-11-20", authors="els")  # fmt: skip
    site.post("news/dijk.en", "The levees are holding up, said the engineers.", title="Strong")
    site.post("news/oud", "Ook deze dijk hield het.", locations="zuid", title="Toen",
              date="2025-03-01")  # fmt: skip
    site.post("news/lente", "Een polder in bloei.", title="Lente", date="2026-04-01")
    site.post("vlogs/film", "Kijk maar.", title="Kijken", video="film.mp4",
              captions="{nl: film.vtt}", date="2026-11-03")  # fmt: skip
    site.write("content/vlogs/film.mp4", film())
    site.write("content/vlogs/film.vtt", SAID)
    site.post("pages/regels", "De polder heeft regels.", title="Huisregels", date="")
    return site


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The hub, built."""
    made = Site(tmp_path_factory.mktemp("hub"))
    furnish(made, SEARCHABLE)
    made.post("news/code", "De schildwacht `<img src=x onerror=alert(1)>` & zo.", title="Code",
              date="2024-01-01")  # fmt: skip
    made.build()
    return made


@pytest.fixture(scope="module")
def address(hub: Site) -> Iterator[str]:
    """Where the hub is served, under the policy of its search page."""
    hub.build()
    with served(hub.root / "public", policy.header(hub.config, search=True)) as where:
        yield where


class Reader:
    """Somebody with a browser, and what it asks for and complains about."""

    def __init__(self, browser: Browser, address: str, **options: object) -> None:
        self.address = address
        self.context = browser.new_context(**options)  # type: ignore[arg-type]
        self.page: Page = self.context.new_page()
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda one: self.complaints.append(one.text))
        self.page.on("pageerror", lambda one: self.complaints.append(str(one)))

    def search(self, words: str, place: str = "/zoeken/") -> list[str]:
        """Type some words and read the titles that come."""
        if not self.page.url.startswith(self.address + place):
            self.page.goto(self.address + place)
        self.page.locator("#search-q").fill(words)
        return self.titles()

    def titles(self) -> list[str]:
        """The titles of the results, when all have come."""
        self.page.locator(".search-results[aria-busy=false]").wait_for(state="attached")
        return self.page.locator(".search-title").all_inner_texts()

    def untroubled(self) -> None:
        """Nothing was asked of anybody else, and nothing was complained about."""
        assert [url for url in self.asked if not url.startswith(self.address)] == []
        assert self.complaints == []


@pytest.fixture
def reader(browser: Browser, address: str) -> Iterator[Reader]:
    one = Reader(browser, address)
    yield one
    one.context.close()


def fragments(site: Site, tree: str = "nl") -> dict[str, dict[str, object]]:
    """What can be found in a tree, by address, as it stands in the files of the index."""
    found = {}
    for file in (site.root / "public").glob(f"assets/search/*/{tree}/*/fragment/*"):
        told = json.loads(gzip.decompress(file.read_bytes()).removeprefix(b"pagefind_dcd"))
        assert told["url"] not in found, "twice"
        found[told["url"]] = told
    return found


def folders(site: Site, tree: str = "nl") -> list[str]:
    """The names of the indexes of a tree that are there."""
    return sorted(file.name for file in (site.root / "public").glob(f"assets/search/*/{tree}/*"))
