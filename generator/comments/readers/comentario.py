"""Comentario, https://comentario.app: read as documented, from recorded answers in our tests.

It knows a conversation by the site's host and a path, which is our key.
"""

from collections.abc import Sequence

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

# As many paths as it takes in one request.
_MOST = 32


class _Counts(msgspec.Struct, frozen=True, rename="camel"):
    comment_counts: dict[str, int] = {}


class _Comment(msgspec.Struct, frozen=True, rename="camel"):
    id: str
    created_time: Zoned
    parent_id: str | None = None
    markdown: str = ""
    author_name: str = ""
    user_created: str | None = None
    is_pending: bool = False
    is_approved: bool = True
    is_deleted: bool = False


class _Commenter(msgspec.Struct, frozen=True):
    id: str
    name: str = ""


class _Thread(msgspec.Struct, frozen=True):
    comments: tuple[_Comment, ...] | None = None
    commenters: tuple[_Commenter, ...] | None = None


def _counts(keys: Sequence[str], asker: Asker) -> Request:
    asked = {"host": asker.host, "paths": list(keys)}
    return Request("/api/embed/comments/counts", msgspec.json.encode(asked))


def _read_counts(data: bytes, keys: Sequence[str], _: Asker) -> dict[str, int]:
    found: _Counts = decode(data, _Counts)  # type: ignore[assignment]
    return by_key(found.comment_counts, keys)


def _thread(key: str, asker: Asker, _: int) -> Request:
    asked = {"host": asker.host, "path": key}
    return Request("/api/embed/comments", msgspec.json.encode(asked))


def _read_thread(data: bytes) -> tuple[tuple[Remark, ...], int]:
    found: _Thread = decode(data, _Thread)  # type: ignore[assignment]
    comments = found.comments or ()
    names = {one.id: one.name for one in found.commenters or ()}
    top_of = tops({one.id: one.parent_id or "" for one in comments})
    shown = (one for one in comments if one.is_approved and not (one.is_pending or one.is_deleted))
    return tuple(_remark(one, names, top_of[one.id]) for one in shown), 1


def _remark(one: _Comment, names: dict[str, str], top: str) -> Remark:
    name = one.author_name or names.get(one.user_created or "", "")
    return Remark(one.id, name, one.markdown, moment(one.created_time.timestamp()), top)


# Who said something can change it for ever; most do so on the same day.
COMENTARIO = Reader(_counts, _read_counts, _thread, _read_thread, 86_400, _MOST)
