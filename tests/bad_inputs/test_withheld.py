"""What is not published is nowhere: a draft, a plan for tomorrow, what has expired."""

from collections.abc import Callable

import pytest

from tests.bad_inputs.mistakes import front, only, photo, text
from tests.conftest import Site
from tests.films import SUBTITLES, film

HIDDEN = {
    "draft": "draft: ja",
    "scheduled": "publish: 2026-11-25 09:00",
    "expired": "expires: 2026-11-20",
}
OPEN = "draft: nee"
CANARIES = ("canary", "kanarie")


def furnish(site: Site, line: str) -> None:
    """Posts of every kind in one state, each with canaries in all that they could leave behind."""
    base = ("title: Canary", "summary: Canary", "date: 2026-11-02", line)
    for number, kind in enumerate(("news", "vlogs", "meetings", "questions", "kudos", "pages")):
        own = {
            "vlogs": ("video: canary.mp4", "captions: {nl: canary.vtt}", "transcript: canary.txt"),
            "meetings": ("decisions: [Canary besluit]", "open_questions: [Canary?]"),
            "questions": ("question: Canary?", "outcome: {heard: Canary, doing: Canary}"),
            "kudos": ("to: els",),
        }.get(kind, ())
        body = "# Canary kop\n\n![Canary](kanarie.png) en [stuk](canary.pdf)"
        body += "\n\n/// decision\nCanary\n///"
        more = (
            "importance: need-to-know",
            "action: Canary",
            "pinned: ja",
            "image: canary.jpg",
            "alt: Canary",
        )
        site.write(
            f"content/{kind}/canary-{number}.md",
            front(*base, f"aliases: /oud/canary-{number}/", *own, *more, body=body),
        )
        site.write(f"content/{kind}/kanarie.png", photo(form="PNG"))
        site.write(f"content/{kind}/canary.jpg", photo())
        site.write(f"content/{kind}/canary.pdf", b"%PDF canary")
    site.write("content/vlogs/canary.mp4", film(note=b"canary"))
    site.write("content/vlogs/canary.vtt", SUBTITLES.replace("Hallo", "canary"))
    site.write("content/vlogs/canary.txt", b"canary")
    site.write(
        "content/people/canary-jan.md",
        f"---\nname: Canary Jan\nrole: Canary\n{line}\n---\n\nCanary.\n",
    )
    site.write(
        "content/news/twee.en.md", front("title: Canary", line, "date: 2026-11-03", body="Canary.")
    )


def surroundings(site: Site) -> None:
    """What is published round them, and what mentions them without a link."""
    site.person("els")
    site.write("content/news/twee.nl.md", front("date: 2026-11-03", "authors: [els, canary-jan]"))
    site.write("content/kudos/dank.md", front("to: [els, canary-jan]", "authors: canary-jan"))
    site.write("content/news/voor.md", front("date: 2026-11-01"))
    site.write("content/news/na.md", front("date: 2026-11-04"))


def traces(site: Site) -> list[str]:
    """The outputs that have a canary in their name or their bytes."""
    return [
        path
        for path, data in site.tree().items()
        if any(one in path.lower() or one.encode() in data.lower() for one in CANARIES)
    ]


@pytest.mark.parametrize("state", HIDDEN)
def test_what_is_not_published_is_nowhere(site: Site, state: str) -> None:
    surroundings(site)
    furnish(site, HIDDEN[state])
    result = site.build()
    assert traces(site) == []
    assert {one.status for one in result.withheld} == {state}
    assert len(result.withheld) == 8


@pytest.mark.parametrize("state", HIDDEN)
def test_published_and_then_taken_back_every_trace_goes(site: Site, state: str) -> None:
    surroundings(site)
    furnish(site, OPEN)
    site.build()
    assert len(traces(site)) > 40
    furnish(site, HIDDEN[state])
    site.build()
    assert traces(site) == []


def test_taken_back_is_as_if_it_never_was(site: Site, new_site: Callable[[str], Site]) -> None:
    never = new_site("nooit")
    for one in (site, never):
        surroundings(one)
    furnish(site, OPEN)
    site.build()
    for one in (site, never):
        furnish(one, HIDDEN["draft"])
        one.build()
    assert site.tree() == never.tree()


def test_the_moment_itself_decides(site: Site) -> None:
    site.write("content/news/a.md", front("publish: 2026-11-25 09:00", "expires: 2026-11-26 09:00"))
    for clock, there in [
        ("2026-11-25 08:59", False),
        ("2026-11-25 09:00", True),
        ("2026-11-26 09:00", False),
    ]:
        site.build(clock=clock)
        assert ("nieuws/a/index.html" in site.tree()) == there


@pytest.mark.parametrize("state", HIDDEN)
def test_a_link_to_what_is_not_published_is_an_error_that_tells_nothing(
    site: Site, state: str
) -> None:
    site.write("content/news/stil.md", front("title: Canary reorganisatie", HIDDEN[state]))
    site.write("content/news/a.md", front(body="Lees [dit](stil.md)."))
    item = only(site, "link-unpublished")
    assert "anary" not in text(item)
    done = site.run("build", "--clock", site.clock, code=1)
    assert "anary" not in done.stderr
    assert not (site.root / "public").exists()


def test_and_going_on_regardless_does_not_publish_it(site: Site) -> None:
    site.write("content/news/stil.md", front("title: Canary", "draft: ja", body="Canary."))
    site.write("content/news/a.md", front(body="Lees [dit](stil.md)."))
    site.write("content/news/b.md", front())
    site.run("build", "--clock", site.clock, "--keep-going", code=1)
    assert traces(site) == []
    assert "nieuws/a/index.html" not in site.tree()
    assert "nieuws/b/index.html" in site.tree()


def test_a_broken_draft_does_not_come_out_as_it_last_was(site: Site) -> None:
    site.write("content/news/a.md", front("title: Canary", OPEN))
    site.build()
    site.write("content/news/a.md", front("title: Canary", "draft: ja"))
    site.build()
    site.write("content/news/a.md", front("title: Let op: Canary", "draft: ja"))
    site.run("build", "--clock", site.clock, "--keep-going", code=1)
    assert traces(site) == []


def test_a_post_that_breaks_while_it_is_taken_back_does_not_stay(site: Site) -> None:
    site.write("content/news/a.md", front("title: Canary", OPEN))
    site.write("content/news/b.md", front())
    site.build()
    site.write("content/news/a.md", front("title: Let op: Canary", "draft: ja"))
    site.run("build", "--clock", site.clock, "--keep-going", code=1)
    assert traces(site) == []
    assert "nieuws/b/index.html" in site.tree()


def test_nothing_of_a_hidden_post_is_in_what_is_kept_beside_the_site(site: Site) -> None:
    surroundings(site)
    furnish(site, HIDDEN["draft"])
    site.build()
    assert b"anary" not in (site.root / "public/.plein-manifest").read_bytes()
