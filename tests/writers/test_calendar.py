"""`plein calendar`: what is coming, as a table, for a program, and to subscribe to."""

import json
from datetime import date, datetime
from pathlib import Path

import icalendar
import pytest

from tests.conftest import NOW, Site

CLOCK = ("--clock", NOW)


@pytest.fixture
def weeks(site: Site) -> Site:
    """A site with something of everything in the coming weeks."""
    site.post("news/straks", title="Straks, echt", publish="2026-12-01 09:00")
    site.post("news/klad", title="Klad", draft="yes", date="2026-12-02")
    site.post("news/oud-klad", title="Oud klad", draft="yes", date="2026-10-02")
    site.post("news/weg", title="Weg", expires="2026-11-30")
    must = {"importance": "need-to-know", "deadline": "2026-12-04"}
    site.post("news/sleutel.nl", title="Sleutel", **must)
    site.post("news/sleutel.en", title="Key", date="")
    site.post("questions/jas", title="Jas", question="Waar hang je hem?",
              open_until="2026-12-08 17:00", management_hold="2026-11-27")  # fmt: skip
    site.post("news/ver", title="Ver weg", publish="2027-03-01")
    site.post("news/voorbij", title="Voorbij", date="2026-01-01", expires="2026-02-01")
    return site


def events(site: Site, *args: str) -> list[tuple[str, str, str]]:
    found = json.loads(site.run("calendar", "--format", "json", *CLOCK, *args).stdout)
    return [(one["when"][:16], one["what"], one["title"]) for one in found]


def test_everything_that_happens_by_itself_stands_in_it_in_order(weeks: Site) -> None:
    assert events(weeks) == [
        ("2026-11-27T23:59", "release", "Jas"),
        ("2026-11-30T23:59", "expire", "Weg"),
        ("2026-12-01T09:00", "publish", "Straks, echt"),
        ("2026-12-02T00:00", "draft", "Klad"),
        ("2026-12-04T23:59", "deadline", "Sleutel"),
        ("2026-12-08T17:00", "close", "Jas"),
    ]


def test_how_far_ahead_is_chosen(weeks: Site) -> None:
    assert [title for _, _, title in events(weeks, "--weeks", "1")] == [
        "Jas",
        "Weg",
        "Straks, echt",
    ]
    assert events(weeks, "--weeks", "20")[-1][2] == "Ver weg"


def test_a_person_reads_weeks_days_and_what_happens(weeks: Site) -> None:
    lines = weeks.run("calendar", *CLOCK).stdout.splitlines()
    assert lines[0] == "Week 48"
    assert lines[1].split() == ["vr", "27", "nov", "management", "mag", "antwoorden", "Jas",
                                "content/questions/jas.md"]  # fmt: skip
    live = next(line for line in lines if "gaat live" in line)
    assert "di 1 dec   09:00" in live
    assert live.endswith("Straks, echt  content/news/straks.md")


def test_an_empty_calendar_says_so(site: Site) -> None:
    assert site.run("calendar", *CLOCK).stdout == "Er staat in deze weken niets gepland.\n"


def test_it_can_be_subscribed_to(weeks: Site, tmp_path: Path) -> None:
    file = tmp_path / "plein.ics"
    said = weeks.run("calendar", "--ics", str(file), *CLOCK).stdout
    assert "gebeurtenissen: 7" in said
    data = file.read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n")
    assert max(map(len, data.split(b"\r\n"))) <= 75
    read = icalendar.Calendar.from_ical(data)
    assert not read.errors
    found = {str(one["SUMMARY"]): one for one in read.walk("VEVENT")}
    assert not any(one.errors for one in found.values())
    assert found["deadline: Sleutel"].decoded("DTSTART") == date(2026, 12, 4)
    assert found["gaat live: Straks, echt"].decoded("DTSTART") == datetime.fromisoformat(
        "2026-12-01T08:00:00+00:00"
    )
    assert str(found["vraag sluit: Jas"]["URL"]) == "https://plein.voorbeeld.example/vragen/jas/"
    assert len({str(one["UID"]) for one in found.values()}) == len(found) == 7


def test_a_date_that_moves_moves_in_the_calendars_of_those_who_subscribe(
    weeks: Site, tmp_path: Path
) -> None:
    def names() -> set[str]:
        weeks.run("calendar", "--ics", str(tmp_path / "a.ics"), *CLOCK)
        read = icalendar.Calendar.from_ical((tmp_path / "a.ics").read_bytes())
        return {str(one["UID"]) for one in read.walk("VEVENT")}

    before = names()
    weeks.post("news/straks", title="Straks, toch later", publish="2026-12-03 09:00")
    assert names() == before


def test_a_broken_post_does_not_hide_the_others(weeks: Site) -> None:
    weeks.build()
    weeks.write("content/news/kapot.md", "---\ntitle: [\n---\n")
    assert len(events(weeks)) == 6


def test_a_calendar_file_that_cannot_be_written_is_no_traceback(weeks: Site) -> None:
    weeks.write("bezet/iets", "x")
    assert "bezet" in weeks.run("calendar", "--ics", "bezet", *CLOCK, code=4).stderr


def test_what_expires_is_listed_by_moment(weeks: Site) -> None:
    weeks.post("news/eerder", title="Eerder", expires="2026-11-25")
    assert weeks.run("list", "unlisted", *CLOCK).stderr == "Niets voor deze lijst.\n"
    said = weeks.run("list", "expiring", *CLOCK).stdout.splitlines()
    assert [line.split("  ")[1] for line in said] == [
        "content/news/eerder.md",
        "content/news/weg.md",
    ]
