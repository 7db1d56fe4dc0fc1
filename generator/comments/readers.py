"""How each service is asked how much is said in conversations, and what: requests and answers.

Pure: nothing here goes over a network. An answer comes from elsewhere, so it
is taken for nothing but the few plain values that are looked for; whatever
does not fit raises Malformed.
"""

import math
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from html import unescape
from urllib.parse import quote, urlencode

import msgspec

from generator.comments.talk import Remark
from generator.model import Model

_COUNT_MAX = 1_000_000
_JSON = "application/json"


class Malformed(Exception):
    """An answer that is not what the service promises."""


class Request(Model, frozen=True):
    """What to ask of a service, below its address."""

    path: str
    body: bytes = b""

    @property
    def method(self) -> str:
        """GET, or POST where there is something to send."""
        return "POST" if self.body else "GET"

    @property
    def headers(self) -> dict[str, str]:
        """What kind of thing is sent and wanted."""
        return {"Accept": _JSON, **({"Content-Type": _JSON} if self.body else {})}


class Reader(Model, frozen=True):
    """A service that can be read: one request for all counts, one for each conversation.

    Of a conversation there may be more pages: `thread` gets the number of one, from 1,
    and `read_thread` says how many there are. Options are those of site.yaml. `keys` is
    what tells of which conversations the service knows, where it can.
    """

    counts: Callable[[Sequence[str], dict[str, str]], Request]
    read_counts: Callable[[bytes, Sequence[str]], dict[str, int]]
    thread: Callable[[str, dict[str, str], int], Request]
    read_thread: Callable[[bytes], tuple[tuple[Remark, ...], int]]
    keys: Request | None = None
    read_keys: Callable[[bytes], frozenset[str]] = lambda _: frozenset()


def _decode(data: bytes, type_: type[msgspec.Struct] | object) -> object:
    try:
        return msgspec.json.decode(data, type=type_)
    except (ValueError, RecursionError) as error:
        raise Malformed(str(error)) from None


def _checked(counts: Sequence[int], keys: Sequence[str]) -> dict[str, int]:
    if len(counts) != len(keys) or not all(0 <= one <= _COUNT_MAX for one in counts):
        raise Malformed("counts")
    return dict(zip(keys, counts, strict=True))


def _moment(seconds: float) -> datetime:
    """A moment from its number of seconds; whole, for nobody sees the rest."""
    try:
        return datetime.fromtimestamp(math.floor(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        raise Malformed("time") from None


class _IssoComment(msgspec.Struct, frozen=True):
    id: int
    created: float
    text: str | None = None
    author: str | None = None
    mode: int = 1
    replies: tuple["_IssoComment", ...] = ()


class _IssoThread(msgspec.Struct, frozen=True):
    replies: tuple[_IssoComment, ...]


# What Isso calls a comment that everybody sees; others are waiting for a moderator, or deleted.
_ISSO_SHOWN = 1


def _isso_counts(keys: Sequence[str], _: dict[str, str]) -> Request:
    return Request("/count", msgspec.json.encode(list(keys)))


def _isso_read_counts(data: bytes, keys: Sequence[str]) -> dict[str, int]:
    found: list[int] = _decode(data, list[int])  # type: ignore[assignment]
    return _checked(found, keys)


def _isso_thread(key: str, _: dict[str, str], __: int) -> Request:
    return Request(f"/?uri={quote(key, safe='')}&plain=1")


def _isso_read_thread(data: bytes) -> tuple[tuple[Remark, ...], int]:
    found: _IssoThread = _decode(data, _IssoThread)  # type: ignore[assignment]
    pairs = [("", one) for one in found.replies]
    pairs += [(str(top.id), one) for top in found.replies for one in top.replies]
    return tuple(
        Remark(str(one.id), unescape(one.author or ""), one.text or "", _moment(one.created), top)
        for top, one in pairs
        if one.mode == _ISSO_SHOWN
    ), 1


class _IssoLatest(msgspec.Struct, frozen=True):
    uri: str


def _isso_read_keys(data: bytes) -> frozenset[str]:
    found: list[_IssoLatest] = _decode(data, list[_IssoLatest])  # type: ignore[assignment]
    return frozenset(one.uri for one in found)


class _WalineComment(msgspec.Struct, frozen=True, rename={"id": "objectId"}):
    id: str | int
    time: float
    nick: str | None = None
    orig: str | None = None
    children: tuple["_WalineComment", ...] = ()


class _WalinePage(msgspec.Struct, frozen=True, rename={"pages": "totalPages"}):
    data: tuple[_WalineComment, ...]
    pages: int = 1


class _WalineThread(msgspec.Struct, frozen=True):
    data: _WalinePage
    errno: int = 0


class _WalineCounts(msgspec.Struct, frozen=True):
    data: list[int]
    errno: int = 0


def _waline_counts(keys: Sequence[str], _: dict[str, str]) -> Request:
    return Request("/api/comment?" + urlencode({"type": "count", "url": ",".join(keys)}))


def _waline_read_counts(data: bytes, keys: Sequence[str]) -> dict[str, int]:
    found: _WalineCounts = _decode(data, _WalineCounts)  # type: ignore[assignment]
    return _checked(found.data, keys)


def _waline_thread(key: str, _: dict[str, str], page: int) -> Request:
    asked = {"path": key, "pageSize": "100", "page": str(page), "sortBy": "insertedAt_asc"}
    return Request("/api/comment?" + urlencode(asked))


def _waline_read_thread(data: bytes) -> tuple[tuple[Remark, ...], int]:
    found: _WalineThread = _decode(data, _WalineThread)  # type: ignore[assignment]
    tops = found.data.data
    pairs = [("", one) for one in tops]
    pairs += [(str(top.id), one) for top in tops for one in top.children]
    return tuple(
        Remark(str(one.id), one.nick or "", one.orig or "", _moment(one.time / 1000), top)
        for top, one in pairs
    ), found.data.pages


READERS: dict[str, Reader] = {
    "isso": Reader(
        _isso_counts,
        _isso_read_counts,
        _isso_thread,
        _isso_read_thread,
        Request("/latest?limit=1000000"),
        _isso_read_keys,
    ),
    "waline": Reader(_waline_counts, _waline_read_counts, _waline_thread, _waline_read_thread),
}
