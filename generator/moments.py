"""Dates, times and durations as people write them, in the site's time zone."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

_ISO = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)(?:[T ]+(\d\d?):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?)?"
    r"(?:\s*(Z|UTC|GMT|[+-]\d\d:?\d\d))?"
)
_OTHER = re.compile(r"(\d\d?)[-/. ](\d\d?)[-/. ](\d{4})")
_CLOCK = re.compile(r"(?:(\d+):)?(\d\d?):(\d\d)")
_UNITS = re.compile(r"(\d+) ?(s|sec|min|m|u|h|uur)\.?")
_SECONDS = {"s": 1, "sec": 1, "m": 60, "min": 60, "u": 3600, "h": 3600, "uur": 3600}


class NotAMoment(Exception):
    """Why a text is no moment: a problem's code and its words."""

    def __init__(self, code: str, **args: str) -> None:
        super().__init__(code)
        self.code, self.args_by_name = code, args


def read_moment(text: str, zone: tzinfo) -> tuple[datetime, bool]:
    """The moment that a text names, and whether it occurs twice (then the first is meant).

    Without a time it is the start of that day, without a zone it is in
    `zone`. Raises NotAMoment.
    """
    match = _ISO.fullmatch(text.strip())
    if match is None:
        raise _not_iso(text.strip())
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    try:
        naive = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001
    except ValueError:
        raise NotAMoment("date-impossible", value=text) from None
    if match[7]:
        return naive.replace(tzinfo=_offset(match[7])), False
    return _in_zone(naive, zone)


def _in_zone(naive: datetime, zone: tzinfo) -> tuple[datetime, bool]:
    """A local time with its offset; one that the clock skips or repeats is noticed."""
    local = naive.replace(tzinfo=zone)
    back = local.astimezone(UTC).astimezone(zone)
    if back.replace(tzinfo=None) != naive:
        raise NotAMoment(
            "time-skipped", value=f"{naive:%Y-%m-%d %H:%M}", next=f"{back:%Y-%m-%d %H:%M}"
        )
    twice = local.utcoffset() != local.replace(fold=1).utcoffset()
    return datetime.fromisoformat(local.isoformat()), twice


def _offset(text: str) -> tzinfo:
    if text[0] not in "+-":
        return UTC
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))


def _not_iso(text: str) -> NotAMoment:
    match = _OTHER.fullmatch(text)
    if match is None:
        return NotAMoment("date-unreadable", value=text)
    first, second, year = int(match[1]), int(match[2]), int(match[3])
    readings = [f"{year}-{m:02}-{d:02}" for d, m in ((first, second), (second, first)) if m <= 12]
    if len(set(readings)) == 2:
        return NotAMoment("date-ambiguous", value=text, one=readings[0], other=readings[1])
    return NotAMoment(
        "date-other-order", value=text, iso=readings[0] if readings else f"{year}-01-31"
    )


def end_of_day(moment: datetime, zone: tzinfo) -> datetime:
    """The last second of the day on which a moment falls, unless it has a time of its own."""
    local = moment.astimezone(zone)
    if local.time() != time(0, 0):
        return moment
    return _fixed(datetime.combine(local.date(), time(23, 59, 59), zone))


def start_of_day(day: date, zone: tzinfo) -> datetime:
    """The first moment of a day in a zone."""
    return _fixed(datetime.combine(day, time(0, 0), zone))


def on_clock(moment: datetime, zone: tzinfo) -> datetime:
    """The same moment on a zone's own clock."""
    return _fixed(moment.astimezone(zone))


def _fixed(moment: datetime) -> datetime:
    return datetime.fromisoformat(moment.isoformat())


def read_duration(text: str) -> int | None:
    """Seconds: `12:30` is twelve and a half minutes, `1:02:03`, `45 s`, `12 min`, `90`."""
    clock = _CLOCK.fullmatch(text.strip())
    if clock:
        return int(clock[1] or 0) * 3600 + int(clock[2]) * 60 + int(clock[3])
    units = _UNITS.fullmatch(text.strip().lower())
    if units:
        return int(units[1]) * _SECONDS[units[2]]
    return int(text) if text.strip().isdigit() else None
