"""A square with something in every feed, and its feeds as readers get them."""

import json
from dataclasses import dataclass
from typing import Any

import pytest
from lxml import etree

from tests.conftest import Site
from tests.feeds.rules import ATOM, parsed
from tests.films import film

FILES = ("feed.xml", "atom.xml", "feed.json")
VIDEO = film(90)


@dataclass
class Reader:
    """Somebody with a feed reader, subscribed to what they like."""

    site: Site

    def everything(self) -> dict[str, bytes]:
        """All feeds of the built site, by path."""
        tree = self.site.tree()
        return {path: data for path, data in tree.items() if path.rsplit("/", 1)[-1] in FILES}

    def titles(self, folder: str = "") -> list[str]:
        """The titles in a feed, as its three forms agree on them."""
        rss, atom = (parsed(self.bytes(folder, name)) for name in FILES[:2])
        items = self.json(folder)["items"]
        found = [[entry.title for entry in feed.entries] for feed in (rss, atom)]
        assert found[0] == found[1] == [item["title"] for item in items]
        return found[0]

    def rss(self, folder: str = "") -> Any:
        """The RSS form of a feed."""
        return parsed(self.bytes(folder, "feed.xml"))

    def atom(self, folder: str = "") -> Any:
        """The Atom form of a feed."""
        return parsed(self.bytes(folder, "atom.xml"))

    def json(self, folder: str = "") -> Any:
        """The JSON form of a feed."""
        return json.loads(self.bytes(folder, "feed.json"))

    def ids(self, folder: str = "") -> list[str]:
        """The ids in a feed, as its three forms agree on them."""
        rss = [item.findtext("guid") for item in etree.fromstring(self.bytes(folder)).iter("item")]
        atom = etree.fromstring(self.bytes(folder, "atom.xml")).findall(f"{ATOM}entry/{ATOM}id")
        json_ids = [one["id"] for one in self.json(folder)["items"]]
        assert rss == [one.text for one in atom] == json_ids
        return rss

    def text(self, folder: str = "", at: int = 0) -> str:
        """The full text of an item, as its three forms agree on it."""
        item = self.json(folder)["items"][at]
        rss, atom = self.rss(folder).entries[at], self.atom(folder).entries[at]
        assert rss.content[0].value == atom.content[0].value == item["content_html"]
        return str(item["content_html"])

    def bytes(self, folder: str, name: str = "feed.xml") -> bytes:
        return (self.site.root / "public" / folder / name).read_bytes()


@pytest.fixture
def reader(site: Site) -> Reader:
    return Reader(site)


@pytest.fixture
def lively(site: Site) -> Site:
    """A site with every kind of post, both languages, and every facet."""
    site.person("jan", role="Adviseur")
    site.person("wil", leadership="yes")
    all_of_it = {"topics": "geld", "locations": "noord", "values": "moed", "series": "rondje"}
    site.post("news/2026-11-02-begroting", "Rond.", date="", authors="jan", **all_of_it)
    site.post("news/2026-11-03-vest.nl", "Draag het.", date="", importance="need-to-know",
              action="Trek het aan", deadline="2026-12-01", authors="wil")  # fmt: skip
    site.post("news/2026-11-03-vest.en", "Wear it.", date="", title="Wear the vest")
    site.post("vlogs/2026-11-04-storm/index", "Kijk.", date="", video="storm.mp4", authors="wil",
              duration="1:30", captions="{nl: storm.srt}")  # fmt: skip
    site.write("content/vlogs/2026-11-04-storm/storm.mp4", VIDEO)
    site.write(
        "content/vlogs/2026-11-04-storm/storm.srt", "1\n00:00:01,5 --> 00:00:03,000\nKijk!\n"
    )
    site.post("meetings/2026-11-05-mt", "Verslag.", date="", open_questions="Wie betaalt?",
              decisions="\n  - {decision: Loods mag, why: Nat, means: Droog}")  # fmt: skip
    site.post("questions/2026-11-06-jas", "Zeg het.", date="", question="Natte jas & nu?",
              host="jan", outcome="{heard: Haken, doing: Haken kopen}")  # fmt: skip
    site.post("kudos/2026-11-07-soep", "Dank.", date="", to="jan", authors="wil")
    return site
