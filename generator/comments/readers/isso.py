"""Isso, https://isso-comments.de: read in our tests from a real server."""

from collections.abc import Sequence
from html import unescape
from urllib.parse import quote

import msgspec

from generator.comments.readers.base import Asker, Reader, Request, decode, in_order, moment
from generator.comments.talk import Remark

# What Isso calls a comment that everybody sees; others are waiting for a moderator, or deleted.
_SHOWN = 1


class _Comment(msgspec.Struct, frozen=True):
    id: int
    created: float
    text: str | None = None
    author: str | None = None
    mode: int = 1
    replies: tuple["_Comment", ...] = ()


class _Thread(msgspec.Struct, frozen=True):
    replies: tuple[_Comment, ...]


class _Latest(msgspec.Struct, frozen=True):
    uri: str


def _counts(keys: Sequence[str], _: Asker) -> Request:
    return Request("/count", msgspec.json.encode(list(keys)))


def _read_counts(data: bytes, keys: Sequence[str], _: Asker) -> dict[str, int]:
    found: list[int] = decode(data, list[int])  # type: ignore[assignment]
    return in_order(found, keys)


def _thread(key: str, _: Asker, __: int) -> Request:
    return Request(f"/?uri={quote(key, safe='')}&plain=1")


def _read_thread(data: bytes) -> tuple[tuple[Remark, ...], int]:
    found: _Thread = decode(data, _Thread)  # type: ignore[assignment]
    pairs = [("", one) for one in found.replies]
    pairs += [(str(top.id), one) for top in found.replies for one in top.replies]
    return tuple(
        Remark(str(one.id), unescape(one.author or ""), one.text or "", moment(one.created), top)
        for top, one in pairs
        if one.mode == _SHOWN
    ), 1


def _keys(_: Asker) -> Request:
    return Request("/latest?limit=1000000")


def _read_keys(data: bytes, _: Asker) -> frozenset[str]:
    found: list[_Latest] = decode(data, list[_Latest])  # type: ignore[assignment]
    return frozenset(one.uri for one in found)


# A comment can be changed for 15 minutes (`max-age`); clocks may differ.
ISSO = Reader(_counts, _read_counts, _thread, _read_thread, 3600, 0, _keys, _read_keys)
