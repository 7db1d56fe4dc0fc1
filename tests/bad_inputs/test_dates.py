"""Dates as people write them, in the night of the clock change, in zones, and in a wrong order."""

from datetime import UTC, datetime

import pytest

from tests.bad_inputs.mistakes import codes, front, has_caret, only, text
from tests.conftest import SITE, Site

WRONG = [
    ("2026-02-30", "date-impossible", "the date 2026-02-30 does not exist"),
    ("2026-13-01", "date-impossible", "does not exist"),
    ("2026-11-01 25:00", "date-impossible", "23:59"),
    ("2026-11-01 09:30 +99:99", "date-impossible", "does not exist"),
    ("0000-01-01", "date-impossible", "does not exist"),
    ("0001-01-01 00:00 +14:00", "date-impossible", "does not exist"),
    ("9999-12-31 23:59 -14:00", "date-impossible", "does not exist"),
    ("gisteren", "date-unreadable", "2026-11-24"),
    ("2026", "date-unreadable", "2026-11-24"),
    ("2026-11-01 09:30 CET", "date-unreadable", "2026-11-24"),
    ("31 foebruari 2026", "date-unreadable", "2026-11-24"),
    ("[2026-11-01]", "date-unreadable", "2026-11-24"),
    ("01/02/2026", "date-ambiguous", "write 2026-02-01 or 2026-01-02"),
    ("1-2-2026", "date-ambiguous", "write 2026-02-01 or 2026-01-02"),
    ("24/12/2026", "date-other-order", "write 2026-12-24"),
    ("12.24.2026", "date-other-order", "write 2026-12-24"),
    ("2-2-2026", "date-other-order", "write 2026-02-02"),
    ("24 december 2026", "date-other-order", "write 2026-12-24"),
    ("3 maart 2026", "date-other-order", "write 2026-03-03"),
    ("1 mrt. 2026", "date-other-order", "write 2026-03-01"),
    ("5 May 2026", "date-other-order", "write 2026-05-05"),
    ("2026-03-29 02:30", "time-skipped", "the next time that exists is 2026-03-29 03:00"),
    ("2026-03-29 02:00", "time-skipped", "the next time that exists is 2026-03-29 03:00"),
    ("2026-03-29T02:59:59", "time-skipped", "the next time that exists is 2026-03-29 03:00"),
]


@pytest.mark.parametrize(("typed", "code", "says"), WRONG)
def test_what_is_no_date_gets_one_message_with_the_right_one(
    site: Site, typed: str, code: str, says: str
) -> None:
    site.write("content/news/a.md", front(f"date: {typed}"))
    item = only(site, code)
    assert has_caret(item)
    assert says in text(item)


@pytest.mark.parametrize("key", ["date", "publish", "updated", "expires", "deadline"])
def test_every_moment_is_read_the_same(site: Site, key: str) -> None:
    site.write("content/news/a.md", front(f"{key}: 31/02/2026", "importance: need-to-know"))
    assert codes(site) == ["date-unreadable"]


def test_a_time_that_occurs_twice_is_the_first_and_the_writer_is_told(site: Site) -> None:
    site.write("content/news/a.md", front("date: 2026-10-25 02:30"))
    item = only(site, "time-twice")
    assert "2026-10-25 02:30 +01:00" in text(item)
    assert site.whole().cards["nl/news/a"].date == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    site.write("content/news/a.md", front("date: 2026-10-25 02:30 +01:00"))
    assert site.build().problems == ()
    assert site.whole().cards["nl/news/a"].date == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_a_time_that_occurs_twice_counts_as_an_error_when_told_to_be_strict(site: Site) -> None:
    site.write("content/news/a.md", front("date: 2026-10-25 02:30"))
    site.run("build", "--strict", "--clock", "2026-11-24", code=1)
    site.run("build", "--clock", "2026-11-24", code=0)


def test_dates_with_and_without_a_zone_are_put_in_one_order(site: Site) -> None:
    for name, date in {
        "a": "2026-11-01 12:00",
        "b": "2026-11-01 10:30 +00:00",
        "c": "2026-11-01T11:45Z",
        "d": "2026-11-01 12:15 +01:00",
    }.items():
        site.post(f"news/{name}", date=date)
    cards = site.whole().lists["nl", "kind", "news"]
    assert [card.id for card in cards] == ["news/c", "news/d", "news/a", "news/b"]
    assert {str(card.date)[-6:] for card in cards} == {"+01:00"}


def test_a_zone_decides_what_is_live(site: Site) -> None:
    site.write("site.yaml", SITE.replace("Europe/Amsterdam", "America/New_York"))
    site.post("news/a", date="2026-11-24 12:00 +01:00")
    assert [one.status for one in site.build(clock="2026-11-24 05:59").withheld] == ["scheduled"]
    assert site.build(clock="2026-11-24 06:00").withheld == ()


@pytest.mark.parametrize("zone", ["Europe/Amsterdam", "America/New_York", "Pacific/Kiritimati"])
@pytest.mark.parametrize("never", ["9999-12-31", "9999-12-31 23:59"])
def test_the_last_day_of_all_is_no_crash(site: Site, zone: str, never: str) -> None:
    site.write("site.yaml", SITE.replace("Europe/Amsterdam", zone))
    site.write(
        "content/news/a.md",
        front(f"expires: {never}", f"deadline: {never}", "importance: need-to-know"),
    )
    assert set(codes(site)) <= {"date-impossible"}


ENDS = [
    (("date: 2026-11-10", "expires: 2026-11-01"), "expires-too-early"),
    (("date: 2026-11-10 12:00", "expires: 2026-11-10 12:00"), "expires-too-early"),
    (("publish: 2026-11-20", "expires: 2026-11-10"), "expires-too-early"),
]


@pytest.mark.parametrize(("lines", "code"), ENDS)
def test_nothing_expires_before_it_is_published(
    site: Site, lines: tuple[str, ...], code: str
) -> None:
    site.write("content/news/a.md", front(*lines))
    item = only(site, code)
    assert item.span.line == 5 if "publish" in lines[0] else 4
    assert has_caret(item)


def test_a_question_does_not_close_before_it_opens(site: Site) -> None:
    site.write("content/questions/a.md", front("question: Wat?", "open_until: 2026-10-01"))
    assert has_caret(only(site, "closes-too-early"))


def test_on_the_day_itself_is_not_too_early(site: Site) -> None:
    site.write("content/news/a.md", front("date: 2026-11-24", "expires: 2026-11-24"))
    assert codes(site) == []


def test_a_file_name_with_an_impossible_date_is_not_a_date(site: Site) -> None:
    site.write("content/news/2026-02-30-a.md", "---\ntitle: Titel\n---\n\nTekst.\n")
    assert codes(site) == ["date-missing"]
