"""What a vlog adds to its page and to an item of a feed."""

from typing import Any

import msgspec

from generator.contract import Caption, Transcript
from generator.model import Card, Media
from generator.outputs.bench import Bench


def of_page(bench: Bench, card: Card) -> dict[str, Any]:
    """For a page: its player, what is said, and what comes next; nothing for other kinds."""
    if card.kind != "vlogs":
        return {}
    video, captions = _files(bench, card)
    following = bench.ask("next_in_series", card.key)
    is_last = card.series and not following
    return {
        "video": video,
        "embed": bench.ask("embed", card.key),
        "captions": tuple(Caption(lang, file) for lang, file in captions),
        "spoken": tuple(Transcript(lang, cues) for lang, cues in bench.ask("cues", card.key)),
        "watch_next": following,
        "next_due": bench.ask("due", card.lang, card.series) if is_last else None,
    }


def of_item(bench: Bench, card: Card) -> dict[str, Any]:
    """For a podcast app: its file, duration, picture and subtitles; nothing for other kinds."""
    if card.kind != "vlogs":
        return {}
    video, captions = _files(bench, card)
    picture = card.picture
    return {
        # A feed states the true length of an enclosure, so it has to be known.
        "enclosure": _absolute(video, bench) if video and video.size_bytes else None,
        "seconds": card.duration_seconds,
        "image": picture and msgspec.structs.replace(picture, url=bench.absolute(picture.url)),
        "spoken": tuple((lang, _absolute(file, bench)) for lang, file in captions),
    }


def _files(bench: Bench, card: Card) -> tuple[Media | None, tuple[tuple[str, Media], ...]]:
    """The video (or sound) of a vlog, and its subtitles by language."""
    return bench.ask("video", card.key), bench.ask("captions", card.key)


def _absolute(file: Media, bench: Bench) -> Media:
    return msgspec.structs.replace(file, url=bench.absolute(file.url))
