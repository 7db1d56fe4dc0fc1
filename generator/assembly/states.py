"""What the clock decides: published or not, must-read or past, open or closed."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Literal

from generator.config import Config
from generator.model import POST_KINDS, Entry, Model, Question, Status, Vlog


class Audience(Model, frozen=True):
    """For whom a site is built: which unpublished entries go out as well."""

    drafts: bool = False
    future: bool = False
    expired: bool = False

    def sees(self, status: Status) -> bool:
        """Whether entries of this status are part of the site."""
        match status:
            case "draft":
                return self.drafts
            case "scheduled":
                return self.future
            case "expired":
                return self.expired
            case _:
                return True


class Withheld(Model, frozen=True):
    """An entry that is not published, why, and until or since when."""

    path: str
    title: str
    status: Status
    when: datetime | None = None


def status_of(entry: Entry, now: datetime) -> tuple[Status, datetime | None]:
    """Whether an entry is published now, and the moment that this hangs on."""
    meta = entry.meta
    live = meta.publish or meta.date
    if meta.draft:
        return "draft", None
    if meta.expires and meta.expires <= now:
        return "expired", meta.expires
    if live and live > now:
        return "scheduled", live
    return "published", live


def is_pausing(one: Withheld) -> bool:
    """Whether an entry is away by its own dates, rather than withdrawn."""
    return one.status in ("expired", "scheduled")


def moments_of(entry: Entry, config: Config) -> Iterator[datetime]:
    """Every moment of an entry at which something about it may change; between them nothing does.

    What else is ever compared with the clock must be named here too.
    """
    meta, details = entry.meta, entry.details
    moments = [meta.publish, meta.date, meta.expires, meta.deadline, closing_of(entry, config)]
    if isinstance(details, Question):
        moments += [details.open_until, details.management_hold]
    if isinstance(details, Vlog):
        moments.append(details.captions_pending)
    return (one for one in moments if one)


def closing_of(entry: Entry, config: Config) -> datetime | None:
    """The moment at which comments close by themselves; None: never."""
    live, days = entry.meta.publish or entry.meta.date, config.comments.close_after_days
    return live + timedelta(days=days) if live and days else None


def comments_of(entry: Entry, config: Config, now: datetime) -> Literal["", "open", "closed"]:
    """Whether colleagues can react now, only read what was said, or neither."""
    asked = entry.meta.comments or (config.comments.default if entry.kind in POST_KINDS else "none")
    if config.comments.provider == "none" or asked == "none":
        return ""
    closing = closing_of(entry, config)
    late = closing is not None and closing <= now and not entry.meta.comments
    is_over = late or question_state(entry, now) == "closed"
    return "closed" if asked == "closed" or is_over else "open"


def thread_key(entry: Entry) -> str:
    """The key of an entry's conversation: the same in every language, and after a rename."""
    return f"/{entry.meta.id or entry.id}"


def is_unanswered(entry: Entry, count: int | None, now: datetime) -> bool:
    """Whether a question still waits for a first reaction; `count` None: nobody knows how many.

    What stands under `answered` goes before what is counted.
    """
    if question_state(entry, now) not in ("hold", "open"):
        return False
    told = entry.meta.answered
    return count == 0 if told is None else not told


def is_must_read(entry: Entry, now: datetime) -> bool:
    """Need-to-know counts until its deadline, or for as long as it is published."""
    deadline = entry.meta.deadline
    return entry.meta.importance == "need-to-know" and (deadline is None or deadline > now)


def question_state(entry: Entry, now: datetime) -> Literal["", "hold", "open", "closed"]:
    """Whether a question is open, and whether management still only reads along."""
    details = entry.details
    if not isinstance(details, Question):
        return ""
    closed = details.open_until and details.open_until <= now
    if closed or details.heard or details.doing:
        return "closed"
    return "hold" if details.management_hold and details.management_hold > now else "open"
