"""Waline, https://waline.js.org: read in our long tests from a real server."""

from collections.abc import Sequence
from urllib.parse import urlencode

import msgspec

from generator.comments.readers.base import Asker, Reader, Request, decode, in_order, moment
from generator.comments.talk import Remark

# The keys stand in the address, of which a server reads some 16 kB.
_MOST = 100


class _Comment(msgspec.Struct, frozen=True, rename={"id": "objectId"}):
    id: str | int
    time: float
    nick: str | None = None
    orig: str | None = None
    children: tuple["_Comment", ...] = ()


class _Page(msgspec.Struct, frozen=True, rename={"pages": "totalPages"}):
    data: tuple[_Comment, ...]
    pages: int = 1


class _Thread(msgspec.Struct, frozen=True):
    data: _Page
    errno: int = 0


class _Counts(msgspec.Struct, frozen=True):
    data: list[int]
    errno: int = 0


def _counts(keys: Sequence[str], _: Asker) -> Request:
    return Request("/api/comment?" + urlencode({"type": "count", "url": ",".join(keys)}))


def _read_counts(data: bytes, keys: Sequence[str], _: Asker) -> dict[str, int]:
    found: _Counts = decode(data, _Counts)  # type: ignore[assignment]
    return in_order(found.data, keys)


def _thread(key: str, _: Asker, page: int) -> Request:
    asked = {"path": key, "pageSize": "100", "page": str(page), "sortBy": "insertedAt_asc"}
    return Request("/api/comment?" + urlencode(asked))


def _read_thread(data: bytes) -> tuple[tuple[Remark, ...], int]:
    found: _Thread = decode(data, _Thread)  # type: ignore[assignment]
    tops = found.data.data
    pairs = [("", one) for one in tops]
    pairs += [(str(top.id), one) for top in tops for one in top.children]
    return tuple(
        Remark(str(one.id), one.nick or "", one.orig or "", moment(one.time / 1000), top)
        for top, one in pairs
    ), found.data.pages


# Who is signed in there can change a comment for ever; most do so on the same day.
WALINE = Reader(_counts, _read_counts, _thread, _read_thread, 86_400, _MOST)
