"""How much is said, asked before a build: of a real Isso, and of services that misbehave."""

import json
import sqlite3
import urllib.error
import urllib.request
from datetime import UTC, datetime

import feedparser
import pytest

from tests.comments.conftest import Isso
from tests.conftest import SITE, Site


def settings(endpoint: str, more: str = "") -> str:
    return (
        SITE + f"comments:\n  provider: isso\n  endpoint: {endpoint}\n  reader: {endpoint}\n{more}"
    )


def say(isso: Isso, key: str, text: str, author: str = "Wil", parent: int | None = None) -> int:
    data = {"text": text, "author": author, "title": "T", "parent": parent}
    head = {"Content-Type": "application/json"}
    address = f"{isso.url}/new?uri={key}"
    asked = urllib.request.Request(address, json.dumps(data).encode(), head)
    with urllib.request.urlopen(asked, timeout=5) as answer:
        return int(json.loads(answer.read())["id"])


def change(isso: Isso, number: int, text: str) -> None:
    """Another text for a comment, as a moderator writes it."""
    with sqlite3.connect(isso.folder / "comments.db") as database:
        database.execute("UPDATE comments SET text = ? WHERE id = ?", (text, number))
    database.close()


@pytest.fixture
def talking(site: Site, isso: Isso) -> Site:
    """A site that reads from a real Isso, with a post and two open questions."""
    site.write("site.yaml", settings(isso.url))
    site.post("news/soep", locations="noord")
    site.post("questions/jas", question="Waar laat je je jas?", locations="zuid", date="2026-11-02")
    site.post("questions/fiets", question="Waar laat je je fiets?", date="2026-11-03")
    return site


def build(site: Site, *more: str, code: int = 0) -> str:
    return site.run("build", "--clock", site.clock, *more, code=code).stderr


def test_counts_come_on_cards_and_a_question_leaves_the_list(talking: Site, isso: Isso) -> None:
    build(talking)
    waiting = talking.read("wacht-op-antwoord/index.html")
    assert waiting.index("/vragen/jas/") < waiting.index("/vragen/fiets/")
    say(isso, "/news/soep", "Lekker!")
    say(isso, "/questions/jas", "Over mijn stoel.")
    build(talking)
    assert "1 reactie" in talking.read("nieuws/index.html")
    today = f"{datetime.now(UTC):%d %b}"
    assert "laatste op" in talking.read("nieuws/index.html"), today
    waiting = talking.read("wacht-op-antwoord/index.html")
    assert "/vragen/jas/" not in waiting
    assert "/vragen/fiets/" in waiting
    assert "/vragen/jas/" in talking.read("vragen/index.html")
    assert "/vragen/jas/" not in talking.read("wacht-op-antwoord/feed.xml")
    assert "/vragen/fiets/" in talking.read("wacht-op-antwoord/zuid/feed.xml")
    build(talking, "--verify")


def test_what_did_not_change_is_not_asked_again_and_writes_nothing(
    talking: Site, isso: Isso
) -> None:
    say(isso, "/news/soep", "Lekker!")
    isso.let_time_pass(hours=2)
    assert "Reacties: 1, gesprekken: 1, nu gelezen: 1." in talking.run("comments", "fetch").stdout
    talking.run("build", "--offline", "--clock", talking.clock)
    kept = (talking.root / ".plein/comments.json").read_bytes()
    assert "nu gelezen: 0." in talking.run("comments", "fetch").stdout
    assert "nu gelezen: 1." in talking.run("comments", "fetch", "--all").stdout
    assert (talking.root / ".plein/comments.json").read_bytes() == kept
    assert not talking.build().written
    # A clean build from the same file is the same site, and offline nobody is asked.
    isso.stop()
    first = talking.tree()
    again = talking.build(output="ander", workers=2)
    assert len(again.written) == len(first) - 1
    assert talking.tree("ander") == first
    assert build(talking, "--offline") == ""


def test_what_was_changed_afterwards_is_seen(talking: Site, isso: Isso) -> None:
    number = say(isso, "/news/soep", "Lekker!")
    build(talking)
    change(isso, number, "Zit er vlees in?")
    build(talking)
    assert "Zit er vlees in?" in talking.read("vragen/index.html")
    # Who said it could change it for a while; after that only a moderator can.
    isso.let_time_pass(hours=2)
    build(talking)
    change(isso, number, "Zit er vis in?")
    assert "nu gelezen: 0." in talking.run("comments", "fetch").stdout
    talking.run("comments", "fetch", "--all")
    build(talking)
    assert "Zit er vis in?" in talking.read("vragen/index.html")


def test_only_what_is_shown_is_kept(talking: Site, isso: Isso) -> None:
    say(isso, "/news/soep", "Mijn buurman heet Kees.", "Geheime Gast")
    number = say(isso, "/news/soep", "Zit er vlees in?", "Vraagbaak")
    talking.run("comments", "fetch")
    kept = (talking.root / ".plein/comments.json").read_text()
    assert "Kees" not in kept
    assert "Geheime" not in kept
    assert "Zit er vlees in?" in kept
    talking.build()
    for page in ("vragen/index.html", "wacht-op-antwoord/noord/index.html"):
        assert "Zit er vlees in?" in talking.read(page)
    assert "Zit er vlees in?" not in talking.read("wacht-op-antwoord/zuid/index.html")
    assert "Vraagbaak vraagt" in talking.read("wacht-op-antwoord/noord/feed.xml")
    say(isso, "/news/soep", "Nee hoor.", "Kok", number)
    talking.run("comments", "fetch")
    assert "vlees" not in (talking.root / ".plein/comments.json").read_text()


def test_answered_in_front_matter_goes_before_what_is_counted(talking: Site, isso: Isso) -> None:
    say(isso, "/questions/jas", "Over mijn stoel.")
    say(isso, "/news/soep", "Is er nog?")
    talking.run("comments", "fetch")
    jas = {"question": "Waar?", "locations": "zuid", "date": "2026-11-02"}
    talking.post("questions/jas", answered="no", **jas)
    talking.post("questions/fiets", question="Waar?", date="2026-11-03", answered="yes")
    talking.post("news/soep", answered="yes")
    talking.build()
    waiting = talking.read("wacht-op-antwoord/index.html")
    assert "/vragen/jas/" in waiting
    assert "/vragen/fiets/" not in waiting
    assert "Is er nog?" not in waiting


HOSTILE = "<script>alert('x')</script><img src=x onerror=alert(1)> echt waar?"


def test_hostile_words_are_nothing_but_words(talking: Site, isso: Isso) -> None:
    author = "\"><script>alert('naam')</script>"
    data = {"text": HOSTILE, "author": author, "website": "javascript:alert(1)", "title": "T"}
    address = f"{isso.url}/new?uri=/news/soep"
    head = {"Content-Type": "application/json"}
    asked = urllib.request.Request(address, json.dumps(data).encode(), head)
    try:
        urllib.request.urlopen(asked, timeout=5).close()
    except urllib.error.HTTPError as refused:
        # Isso takes no such website; without it the rest is still hostile.
        refused.close()
        say(isso, "/news/soep", HOSTILE, author)
    talking.run("comments", "fetch")
    talking.build()
    page = talking.read("vragen/index.html")
    assert "&lt;script&gt;alert(&#39;x&#39;)" in page
    for path, data_ in talking.tree().items():
        text = data_.decode("utf-8", "replace")
        assert "<script>alert" not in text, path
        assert "javascript:alert" not in text, path
        assert "<img src=x" not in text, path
    for name in ("feed.xml", "atom.xml"):
        feed = feedparser.parse(talking.read(f"wacht-op-antwoord/{name}"))
        assert not feed.bozo
        assert any("alert" in entry.title for entry in feed.entries)
