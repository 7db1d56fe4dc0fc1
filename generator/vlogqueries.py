"""What can be asked about vlogs: their video, players elsewhere, subtitles, series."""

from bisect import bisect_left
from datetime import datetime

from generator import media
from generator.assembly import Site
from generator.assembly.lists import order
from generator.facts import Facts, file_at, published
from generator.model import Card, Cue, Embed, Media, Vlog
from generator.moments import after_rhythm
from generator.paths import CONTENT, resolve
from generator.uses import is_elsewhere
from generator.vlogs.embeds import embed_of, is_file


def video(facts: Facts, key: str) -> Media | None:
    """A vlog's file: one that the site publishes, or one on another host; None for a player."""
    entry = facts.site.editions[key].entry
    vlog = entry.details
    if not isinstance(vlog, Vlog) or not vlog.video:
        return None
    if not is_elsewhere(vlog.video):
        return published(facts, resolve(entry.path, vlog.video, CONTENT) or "")
    if not is_file(vlog.video, vlog.media_type):
        return None
    return Media(vlog.video, vlog.size_bytes, vlog.media_type or media.content_type(vlog.video))


def embed(facts: Facts, key: str) -> Embed | None:
    """The player on another site that a vlog's address stands for, where the settings allow it."""
    vlog = facts.site.editions[key].entry.details
    if not isinstance(vlog, Vlog) or not is_elsewhere(vlog.video):
        return None
    found = None if is_file(vlog.video, vlog.media_type) else embed_of(vlog.video)
    return found if found and found.origin in facts.site.config.media.embeds else None


def captions(facts: Facts, key: str) -> tuple[tuple[str, Media], ...]:
    """The subtitle files of a vlog by language."""
    entry = facts.site.editions[key].entry
    files = entry.details.captions if isinstance(entry.details, Vlog) else ()
    found = ((lang, file_at(facts, entry.path, file)) for lang, file in files)
    return tuple((lang, file) for lang, file in found if file)


def cues(facts: Facts, key: str) -> tuple[tuple[str, tuple[Cue, ...]], ...]:
    """What is said in a vlog, by language, from its subtitles."""
    return spoken_in(facts.site, key)


def spoken_in(site: Site, key: str) -> tuple[tuple[str, tuple[Cue, ...]], ...]:
    """What is said in a vlog of a site."""
    entry = site.editions[key].entry
    files = entry.details.captions if isinstance(entry.details, Vlog) else ()
    known = site.library.captions
    found = ((lang, known.get(resolve(entry.path, file, CONTENT) or "")) for lang, file in files)
    return tuple((lang, one.cues) for lang, one in found if one and one.cues)


def next_in_series(facts: Facts, key: str) -> Card | None:
    """The vlog that came after this one in its series."""
    one = facts.site.cards[key]
    if not one.series:
        return None
    cards = facts.site.lists.get((one.lang, "series", one.series), ())
    at = bisect_left(cards, order(one), key=order)
    newer = (card for card in reversed(cards[:at]) if card.kind == "vlogs")
    return next(newer, None)


def due(facts: Facts, lang: str, series: str) -> datetime | None:
    """By when the next of a series was promised: its rhythm, counted from the newest."""
    term_ = facts.site.terms["series"].get(series)
    cards = facts.site.lists.get((lang, "series", series), ())
    newest_ = cards[0].date if cards else None
    return after_rhythm(newest_, term_.rhythm) if term_ and newest_ else None
