"""Texts that would run in a page or break a feed, in every place where a text can land."""

import json
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from lxml import etree

from tests.bad_inputs.mistakes import EVIL, photo
from tests.conftest import SITE, Site
from tests.films import LATER, film

TEXTS = {
    "a script in a tag": EVIL,
    "a script in single quotes": "'><script>alert(1)</script>",
    "an attribute": '" onmouseover="alert(1)" x="',
    "the end of a script": "</script><script>alert(1)</script>",
    "the end of a title": "</title></head><body onload=alert(1)>",
    "the end of CDATA": "]]> & &amp; <b>vet</b> ]]>",
    "a template": "{{ 7*7 }}{% raw %}{{ page.__class__ }}",
    "a placeholder": "{count} {0} {name!r} %s %(x)s $x",
    "a comment": "<!-- --><img src=a.png onerror=alert(1)> --!>",
    "a processing instruction": '?><script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script>',
}


class Page(HTMLParser):
    """Reads a page as a browser does, and collects what is in it."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.names: list[str] = []
        self.text = ""
        self.scripts = ""
        self.facts: list[str] = []
        self.is_data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.is_data = tag == "script" and ("type", "application/ld+json") in attrs
        self.names += [name for name, _ in attrs]
        self.text += "".join(f"\n{value}" for _, value in attrs if value)

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1] == "script" and self.cdata_elem == "script":
            if self.is_data:
                self.facts.append(data)
            else:
                self.scripts += data
        self.text += data


def read(html: str) -> Page:
    page = Page()
    page.feed(html)
    page.close()
    return page


def furnish(site: Site, evil: str) -> None:
    """A site with one text in every place where a writer can put a text."""
    said = json.dumps(evil, ensure_ascii=False)
    words = f"{{nl: {said}, en: {said}}}"
    yaml = SITE.replace("{nl: Ons Plein, en: Our Square}", words).replace(
        "Gemeente Voorbeeld", said
    )
    yaml = yaml.replace(
        "geld: {nl: Geld, en: Money}", f"geld: {{name: {words}, description: {words}}}"
    )
    yaml = yaml.replace("noord: Noord", f"noord: {said}").replace("{nl: Moed, en: Courage}", said)
    yaml = yaml.replace("rondje: Rondje langs de velden", f"rondje: {said}")
    site.write("site.yaml", f"{yaml}description: {words}\n")
    both = {
        "title": said,
        "summary": said,
        "topics": "geld",
        "locations": "noord",
        "values": "moed",
    }
    both |= {
        "series": "rondje",
        "authors": "jan",
        "alt": said,
        "extra": f"{{a: {said}}}",
        "pinned": "ja",
    }
    site.write("content/people/jan.png", photo(form="PNG"))
    site.write("content/news/a.png", photo(form="PNG"))
    site.write("content/vlogs/a.mp4", film())
    site.person("jan", role=said, photo="jan.png")
    site.post("people/jan", "Hallo.", title="", date="", name=said, role=said, photo="jan.png")
    alt = evil.replace("[", "").replace("]", "")
    site.post("news/a", f"![{alt}](a.png)\n\n# {evil}\n\n`{evil}`", image="a.png", **both)
    must = {"importance": "need-to-know", "action": said, "deadline": "2026-12-01"}
    site.post("news/b", **both, **must)
    site.post(
        "meetings/a",
        decisions=f"[{{decision: {said}, why: {said}, means: {said}}}]",
        open_questions=f"[{said}]",
        contact="jan",
        **both,
    )
    site.post(
        "questions/a",
        question=said,
        host="jan",
        outcome=f"{{heard: {said}, doing: {said}}}",
        **both,
    )
    site.post("kudos/a", to="jan", **both)
    site.post(
        "vlogs/a", video="a.mp4", captions="{nl: a.vtt}", chapters=f"{{0:01: {said}}}", **both
    )
    cue = evil.replace("\n", " ")
    site.write("content/vlogs/a.vtt", f"WEBVTT\n\n00:00.500 --> 00:01.000\n{cue}\n")


@pytest.fixture(params=TEXTS, ids=[name.replace(" ", "-") for name in TEXTS])
def evil(request: pytest.FixtureRequest) -> str:
    return TEXTS[request.param]


def test_a_text_is_a_text_wherever_it_lands(site: Site, evil: str) -> None:
    site.post("news/a")
    site.build()
    scripts = {path: read(data.decode()).scripts for path, data in pages(site)}
    furnish(site, evil)
    site.build()
    for path, data in pages(site):
        page = read(data.decode())
        assert page.scripts == scripts.get(path, page.scripts), path
        assert "alert(1)" not in page.scripts, path
        for facts in page.facts:
            assert not {"<", ">"} & set(facts)
            assert json.loads(facts)["name"] == " ".join(evil.split())
        assert not [name for name in page.names if name.startswith("on")], path
    for path in (
        "index.html",
        "nieuws/a/index.html",
        "overleg/a/index.html",
        "vragen/a/index.html",
    ):
        assert evil in read(site.read(path)).text, path
    check_feeds(site, evil)


def pages(site: Site) -> Iterator[tuple[str, bytes]]:
    return ((path, data) for path, data in site.tree().items() if path.endswith(".html"))


def check_feeds(site: Site, evil: str) -> None:
    """Every feed can be read, has the text as it was typed, and nothing in it runs."""
    feeds = {path: data for path, data in site.tree().items() if path.endswith((".xml", ".json"))}
    assert len(feeds) > 30
    for path, data in feeds.items():
        if path.endswith(".json"):
            items = json.loads(data)["items"]
            titles = [item["title"] for item in items]
            bodies = [item["content_html"] for item in items]
        else:
            root = etree.fromstring(data, etree.XMLParser(resolve_entities=False))
            titles = [one.text for one in root.iterfind(".//item/title")]
            titles += [one.text for one in root.iterfind(".//{*}entry/{*}title")]
            bodies = [one.text for one in root.iterfind(".//{*}encoded")]
            bodies += [one.text for one in root.iterfind(".//{*}entry/{*}content")]
        assert set(titles) <= {evil, evil.strip()}, path
        for body in bodies:
            page = read(body)
            assert not {"script", "iframe", "object", "form"} & set(page.tags), path
            assert not [name for name in page.names if name.startswith("on")], path


def test_a_free_topic_is_a_text_too(site: Site) -> None:
    site.write("site.yaml", SITE + "levels: {unknown-topic: allow}\n")
    site.post("news/a", topics=json.dumps(EVIL))
    site.build()
    for path, data in pages(site):
        assert b"<script>alert" not in data, path
    assert EVIL in read(site.read("nieuws/a/index.html")).text


def test_a_hostile_file_name_is_a_text_too(site: Site) -> None:
    name = '"><img src=x onerror=alert(1)>'
    site.post(f"news/{name}", f"[x](<{name}.pdf>)")
    site.write(f"content/news/{name}.pdf", b"%PDF-1.4")
    for file in site.build(keep_going=True).written:
        assert "<" not in file
        assert '"' not in file
    for path, data in pages(site):
        assert "onerror" not in read(data.decode()).names, path


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x"]
)
@pytest.mark.parametrize("body", ["[x]({0})", "[x][y]\n\n[y]: {0}", "<{0}>", '<a href="{0}">x</a>'])
def test_a_link_that_would_run_is_dead_in_pages_and_feeds(site: Site, url: str, body: str) -> None:
    site.post("news/a", body.format(url))
    site.build()
    for path in ("nieuws/a/index.html", "feed.json", "feed.xml", "atom.xml"):
        text = site.read(path).lower()
        assert f'href="{url.lower()}' not in text
        assert f"href=&quot;{url.lower()}" not in text
        assert f'href=\\"{url.lower()}' not in text


def test_a_video_address_is_only_https(site: Site) -> None:
    for url in ("javascript:alert(1)", "data:text/html,x", "http://elders.example/a.mp4"):
        site.post("vlogs/a", video=json.dumps(url), captions=LATER)
        assert [i.code for i in site.problems() if i.level == "error"] == ["video-not-https"]
