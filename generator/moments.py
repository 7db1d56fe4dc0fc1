"""Dates, times and durations as people write them, in the site's time zone."""

import re
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache

_ISO = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)(?:[T ]+(\d\d?):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?)?"
    r"(?:\s*(Z|UTC|GMT|[+-]\d\d:?\d\d))?"
)
_OTHER = re.compile(r"(\d\d?)[-/. ](\d\d?)[-/. ](\d{4})")
_NAMED = re.compile(r"(\d\d?)\.? ([a-z]{3})[a-z]*\.? (\d{4})", re.IGNORECASE)
_CLOCK = re.compile(r"(?:(\d{1,3}):)?([0-5]?\d):([0-5]\d)")
_UNITS = re.compile(r"(\d{1,6}) ?(s|sec|min|m|u|h|uur)\.?")
_IN_FILM = re.compile(r"t=(?=\d)(?:\d+h)?(?:\d+m)?(?:\d+(?:\.\d+)?s?)?", re.ASCII)
_RHYTHM = re.compile(r"(?:(\d{1,2}) )?(day|dag|week|month|maand)(?:s|en)?")
_PLAIN = re.compile(r"\d{1,6}")
_MONTHS = (
    "jan",
    "feb",
    "maa mrt mar",
    "apr",
    "mei may",
    "jun",
    "jul",
    "aug",
    "sep",
    "okt oct",
    "nov",
    "dec",
)
_FIRST_YEAR = 1900
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
    parts = [int(part or 0) for part in match.groups()[:6]]
    try:
        naive = datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001
        offset = _offset(match[7]) if match[7] else None
        _check_range(naive, offset or zone)
    except (ValueError, OverflowError):
        raise NotAMoment("date-impossible", value=text) from None
    return (naive.replace(tzinfo=offset), False) if offset else _in_zone(naive, zone)


def _check_range(naive: datetime, zone: tzinfo) -> None:
    """Raise for a moment that can't be counted with, such as the end of the year 9999 in Alaska."""
    naive.replace(hour=23, minute=59, second=59, tzinfo=zone).astimezone(UTC)
    if naive.year < _FIRST_YEAR:
        raise ValueError(naive.year)


def _in_zone(naive: datetime, zone: tzinfo) -> tuple[datetime, bool]:
    """A local time with its offset; one that the clock skips or repeats is noticed."""
    local = naive.replace(tzinfo=zone)
    if not _exists(naive, zone):
        following = _next(naive.replace(second=0), zone)
        raise NotAMoment(
            "time-skipped", value=f"{naive:%Y-%m-%d %H:%M}", next=f"{following:%Y-%m-%d %H:%M}"
        )
    twice = local.utcoffset() != local.replace(fold=1).utcoffset()
    return datetime.fromisoformat(local.isoformat()), twice


def _exists(naive: datetime, zone: tzinfo) -> bool:
    back = naive.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
    return back.replace(tzinfo=None) == naive


def _next(naive: datetime, zone: tzinfo) -> datetime:
    """The first local time after one that the clock skips."""
    while not _exists(naive, zone):
        naive += timedelta(minutes=1)
    return naive


def _offset(text: str) -> tzinfo:
    if text[0] not in "+-":
        return UTC
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))


def _not_iso(text: str) -> NotAMoment:
    readings = sorted(_readings(text), reverse=True)
    if len(readings) == 2:
        return NotAMoment("date-ambiguous", value=text, one=readings[0], other=readings[1])
    if readings:
        return NotAMoment("date-other-order", value=text, iso=readings[0])
    return NotAMoment("date-unreadable", value=text)


def _readings(text: str) -> set[str]:
    """The days that a date in another order can be: `1/2/2026` is two, `24 december 2026` one."""
    match, named = _OTHER.fullmatch(text), _NAMED.fullmatch(text)
    pairs = [(match[1], match[2]), (match[2], match[1])] if match else []
    if named:
        months = [n for n, names in enumerate(_MONTHS, 1) if named[2].lower() in names.split()]
        pairs = [(named[1], str(month)) for month in months]
    year = int((match or named or ("",) * 4)[3] or 0)
    found = set()
    for day, month in pairs:
        with suppress(ValueError):
            found.add(date(year, int(month), int(day)).isoformat())
    return found


def end_of_day(moment: datetime, zone: tzinfo) -> datetime:
    """The last second of the day on which a moment falls, unless it has a time of its own."""
    local = moment.astimezone(zone)
    if local.time() != time(0, 0):
        return moment
    return _fixed(datetime.combine(local.date(), time(23, 59, 59), zone))


def on_clock(moment: datetime, zone: tzinfo) -> datetime:
    """The same moment on a zone's own clock, with a fixed offset."""
    local = moment.astimezone(zone)
    return local.replace(tzinfo=_fixed_offset(local.utcoffset()))


@cache
def _fixed_offset(offset: timedelta | None) -> timezone:
    return timezone(offset or timedelta())


def _fixed(moment: datetime) -> datetime:
    return datetime.fromisoformat(moment.isoformat())


def as_clock(seconds: int) -> str:
    """A duration as people write it: `1:20`, `1:02:03`."""
    hours, rest = divmod(seconds, 3600)
    short = f"{rest // 60}:{rest % 60:02}"
    return f"{hours}:{short.zfill(5)}" if hours else short


def is_in_film(anchor: str) -> bool:
    """Whether what stands behind the `#` of an address is a moment in a film: `t=1m20s`."""
    return _IN_FILM.fullmatch(anchor) is not None


def after_rhythm(moment: datetime, rhythm: str) -> datetime | None:
    """The moment after which a promise such as `6 weeks` or `month` is due; None if unreadable."""
    match = _RHYTHM.fullmatch(rhythm.strip().lower())
    if match is None:
        return None
    count, unit = int(match[1] or 1), match[2]
    if unit in ("month", "maand"):
        months = moment.month - 1 + count
        first = moment.replace(year=moment.year + months // 12, month=months % 12 + 1, day=1)
        return first + timedelta(days=min(moment.day, _days_in(first)) - 1)
    return moment + timedelta(days=count * (1 if unit in ("day", "dag") else 7))


def _days_in(first: datetime) -> int:
    return ((first + timedelta(days=31)).replace(day=1) - first).days


def read_duration(text: str) -> int | None:
    """Seconds: `12:30` is twelve and a half minutes, `1:02:03`, `45 s`, `12 min`, `90`."""
    clock = _CLOCK.fullmatch(text.strip())
    if clock:
        return int(clock[1] or 0) * 3600 + int(clock[2]) * 60 + int(clock[3])
    units = _UNITS.fullmatch(text.strip().lower())
    if units:
        return int(units[1]) * _SECONDS[units[2]]
    return int(text) if _PLAIN.fullmatch(text.strip()) else None


def holds_at(since: datetime | None, until: datetime | None, now: datetime) -> bool:
    """Whether what holds from one moment until another does so now; None: it always did or will."""
    return (not since or since <= now) and (not until or now < until)
