"""Remark42, https://remark42.com: read as documented, from recorded answers in our tests.

It knows a conversation by a whole address: the site's, with our key behind it.
"""

from collections.abc import Sequence
from urllib.parse import urlencode

import msgspec

from generator.comments.readers.base import (
    Asker,
    Reader,
    Request,
    Zoned,
    by_key,
    decode,
    moment,
    tops,
)
from generator.comments.talk import Remark


class _Post(msgspec.Struct, frozen=True):
    url: str
    count: int


class _User(msgspec.Struct, frozen=True):
    name: str = ""


class _Comment(msgspec.Struct, frozen=True, rename={"when": "time"}):
    id: str
    when: Zoned
    pid: str = ""
    orig: str = ""
    user: _User = _User()
    delete: bool = False


class _Found(msgspec.Struct, frozen=True):
    comments: tuple[_Comment, ...]


def _list(asker: Asker) -> Request:
    asked = {"site": asker.options.get("site_id", ""), "limit": "0"}
    return Request("/api/v1/list?" + urlencode(asked))


def _counts(_: Sequence[str], asker: Asker) -> Request:
    # There is a request for the counts of some, but it takes 128 kB of addresses at most.
    return _list(asker)


def _posts(data: bytes, asker: Asker) -> dict[str, int]:
    found: list[_Post] = decode(data, list[_Post])  # type: ignore[assignment]
    ours = (one for one in found if one.url.startswith(f"{asker.origin}/"))
    return {one.url.removeprefix(asker.origin): one.count for one in ours}


def _read_counts(data: bytes, keys: Sequence[str], asker: Asker) -> dict[str, int]:
    return by_key(_posts(data, asker), keys)


def _thread(key: str, asker: Asker, _: int) -> Request:
    asked = {
        "site": asker.options.get("site_id", ""),
        "url": asker.origin + key,
        "sort": "+time",
        "format": "plain",
    }
    return Request("/api/v1/find?" + urlencode(asked))


def _read_thread(data: bytes) -> tuple[tuple[Remark, ...], int]:
    found: _Found = decode(data, _Found)  # type: ignore[assignment]
    top_of = tops({one.id: one.pid for one in found.comments})
    return tuple(
        Remark(one.id, one.user.name, one.orig, moment(one.when.timestamp()), top_of[one.id])
        for one in found.comments
        if not one.delete
    ), 1


def _read_keys(data: bytes, asker: Asker) -> frozenset[str]:
    return frozenset(key for key, count in _posts(data, asker).items() if count)


# A comment can be changed for 5 minutes (EDIT_TIME); clocks may differ.
REMARK42 = Reader(_counts, _read_counts, _thread, _read_thread, 3600, 0, _list, _read_keys)
