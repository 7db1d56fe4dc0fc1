"""Cards: what other pages may see of an edition, and nothing more."""

import re
from collections.abc import Mapping
from datetime import datetime

from generator import media
from generator.assembly.editions import Edition
from generator.assembly.states import (
    comments_of,
    is_must_read,
    is_unanswered,
    question_state,
    status_of,
    thread_key,
)
from generator.assembly.vlogs import seconds_of
from generator.comments.talk import Thread
from generator.config import Config
from generator.load import Library
from generator.model import Card, Decision, Entry, Kudos, Meeting, Person, Picture, Question, Vlog
from generator.paths import CONTENT, resolve
from generator.uses import image_of

_SUMMARY_CHARS = 280
_DATE_FIRST = re.compile(r"\d{4}-\d\d-\d\d[-_ ]*")
_NOT_WORDS = re.compile(r"[-_\s]+")


def card_of(edition: Edition, library: Library, config: Config, now: datetime) -> Card:
    """The card of an edition at a moment."""
    entry, meta = edition.entry, edition.entry.meta
    comments = comments_of(entry, config, now)
    status, moment = status_of(entry, now)
    return Card(
        key=edition.key,
        id=entry.id,
        kind=entry.kind,
        lang=edition.lang,
        content_lang=entry.lang,
        title=meta.title or title_of_name(entry.id),
        url=config.base_path + edition.url,
        status=status,
        scheduled_for=moment if status == "scheduled" else None,
        date=meta.date,
        updated=meta.updated,
        summary=meta.summary or shorten(entry.lead),
        authors=meta.authors,
        on_behalf_of=meta.on_behalf_of,
        topics=meta.topics,
        locations=meta.locations,
        values=meta.values,
        series=meta.series,
        must_read=is_must_read(entry, now),
        action=meta.action,
        deadline=meta.deadline,
        pinned=bool(meta.pinned),
        picture=picture_of(entry, library, config),
        decisions=_decisions(entry),
        comments=comments,
        **_of_talk(entry, comments, library, config, now),  # type: ignore[arg-type]
        **_of_kind(entry, library, now),  # type: ignore[arg-type]
    )


def _of_talk(
    entry: Entry, comments: str, library: Library, config: Config, now: datetime
) -> Mapping[str, object]:
    """The conversation of an entry, as far as it is known."""
    if not comments:
        return {"unanswered": is_unanswered(entry, None, now)}
    key, talk = thread_key(entry), library.talk
    known = talk.threads.get(key, Thread(0))
    waits = comments == "open" and not entry.meta.answered
    return {
        "thread": key,
        "comment_count": known.count,
        "last_comment": known.last and known.last.astimezone(config.zone),
        "unanswered": is_unanswered(entry, known.count if talk.day else None, now),
        "asking": len(known.asked) if waits else 0,
    }


def _of_kind(entry: Entry, library: Library, now: datetime) -> Mapping[str, object]:
    match entry.details:
        case Vlog():
            return {"duration_seconds": seconds_of(entry, library)}
        case Kudos(to=to):
            return {"to": to}
        case Question() as question:
            return {
                "question_state": question_state(entry, now),
                "answered": bool(question.heard or question.doing),
                "host": question.host,
                "open_until": question.open_until,
                "management_hold": question.management_hold,
            }
        case Person(role=role, location=location, leadership=leadership):
            return {"role": role, "location": location, "leadership": leadership}
        case _:
            return {}


def _decisions(entry: Entry) -> tuple[Decision, ...]:
    own = entry.details.decisions if isinstance(entry.details, Meeting) else ()
    return (*own, *entry.decisions)


def picture_of(entry: Entry, library: Library, config: Config) -> Picture | None:
    """The picture that stands for an entry in lists."""
    target = image_of(entry) or getattr(entry.details, "photo", "")
    path = resolve(entry.path, target, CONTENT) if target else None
    return picture_at(path, entry.meta.alt or "", library, config) if path else None


def picture_at(path: str, alt: str, library: Library, config: Config) -> Picture | None:
    """A picture file as it is published."""
    facts = library.images.get(path)
    if facts is None or facts.trouble or path not in library.sources:
        return None
    place = media.published_path(path, library.sources[path].fingerprint)
    width, height = media.plain_size(facts)
    return Picture(f"{config.base_path}/{place}", width, height, alt, media.widths_of(facts))


def title_of_name(id_: str) -> str:
    """A title for an entry that may go without one: its file's name in words, without the date."""
    name = id_.rpartition("/")[2]
    words = _NOT_WORDS.sub(" ", _DATE_FIRST.sub("", name) or name).strip()
    return words[:1].upper() + words[1:]


def shorten(line: str) -> str:
    """A line of at most 280 characters, cut between words."""
    if len(line) <= _SUMMARY_CHARS:
        return line
    return line[:_SUMMARY_CHARS].rpartition(" ")[0].rstrip(".,;:") + " …"
