"""Somebody who knows only the docs: begins a post, breaks it, mends it, schedules it, finds it."""

from tests.conftest import NOW, Site

CLOCK = ("--clock", NOW)


def test_from_an_idea_to_a_place_in_the_calendar(site: Site) -> None:
    path = site.run("new", "news", "Schaatsen op het plein", "-s", "topics=mensen", *CLOCK)
    file = path.stdout.splitlines()[0]
    assert file in site.run("list", "drafts", *CLOCK).stdout

    text = (site.root / file).read_text()
    broken = text.replace("topics: mensen", "topics: mensne")
    broken = broken.rpartition("\n\n")[0] + "\n\n• koek\n• zopie\n\nMeer in [de kaart](kaart.md).\n"
    site.write(file, broken)
    said = site.run("check", "--fix", *CLOCK, code=1).stderr
    assert "bedoel je “mensen”?" in said
    assert "“kaart.md” bestaat niet" in said

    mended = (site.root / file).read_text().replace("mensne", "mensen")
    mended = mended.replace("[de kaart](kaart.md)", "de kantine")
    mended = mended.replace("# publish: 2026-12-01 09:00", "publish: 2026-12-05 08:30")
    assert "dit bericht gaat live op 2026-12-05" in _remarks_on(site, file, mended)
    mended = mended.replace("publish: 2026", "date: 2026-12-05\npublish: 2026")
    assert "Geen opmerkingen" in _remarks_on(site, file, mended)
    assert "za 5 dec   08:30  gaat live" in site.run("calendar", *CLOCK).stdout

    address = "nieuws/2026-11-24-schaatsen-op-het-plein/index.html"
    site.build()
    assert not (site.root / "public" / address).exists()
    site.build(clock="2026-12-05 08:30")
    assert "<li>koek</li>" in site.read(address)


def _remarks_on(site: Site, file: str, text: str) -> str:
    """What `plein check` says once a draft is none any more."""
    site.write(file, text.replace("draft: ja\n", ""))
    done = site.run("check", *CLOCK)
    return done.stdout + done.stderr
