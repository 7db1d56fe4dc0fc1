"""How a service is asked how much is said in conversations: what every reader is made of.

Pure: nothing here goes over a network. An answer comes from elsewhere, so it
is taken for nothing but the few plain values that are looked for; whatever
does not fit raises Malformed.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Annotated
from urllib.parse import urlsplit

import msgspec

from generator.comments.talk import Remark
from generator.model import Model

_COUNT_MAX = 1_000_000
_JSON = "application/json"
# A moment that says in which time zone it is.
Zoned = Annotated[datetime, msgspec.Meta(tz=True)]


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


class Asker(Model, frozen=True):
    """The site that asks: its `origin` (`https://intranet.example.org`), options of site.yaml."""

    origin: str = ""
    options: dict[str, str] = {}

    @property
    def host(self) -> str:
        """The site's name, with its port if it has one."""
        return urlsplit(self.origin).netloc


class Reader(Model, frozen=True):
    """A service that can be read: how many comments, and what is said in one conversation.

    One request asks for at most `most` counts (0: for all). Of a conversation there may
    be more pages: `thread` gets the number of one, from 1, and `read_thread` says how
    many there are. `changing_s` is how long somebody may change what they said, as
    services are set by themselves; until then a conversation is read each time. `keys`
    is what tells of which conversations the service knows, where it can.
    """

    counts: Callable[[Sequence[str], Asker], Request]
    read_counts: Callable[[bytes, Sequence[str], Asker], dict[str, int]]
    thread: Callable[[str, Asker, int], Request]
    read_thread: Callable[[bytes], tuple[tuple[Remark, ...], int]]
    changing_s: float
    most: int = 0
    keys: Callable[[Asker], Request] | None = None
    read_keys: Callable[[bytes, Asker], frozenset[str]] = lambda *_: frozenset()


def decode(data: bytes, type_: type[msgspec.Struct] | object) -> object:
    """An answer as JSON of a type. Raises Malformed."""
    try:
        return msgspec.json.decode(data, type=type_)
    except (ValueError, RecursionError) as error:
        raise Malformed(str(error)) from None


def in_order(counts: Sequence[int], keys: Sequence[str]) -> dict[str, int]:
    """The counts of a service that gives them in the order of the keys. Raises Malformed."""
    if len(counts) != len(keys):
        raise Malformed("counts")
    return by_key(dict(zip(keys, counts, strict=True)), keys)


def by_key(counts: Mapping[str, int], keys: Sequence[str]) -> dict[str, int]:
    """The counts of a service that names them; those it leaves out are 0. Raises Malformed."""
    found = {key: counts.get(key, 0) for key in keys}
    if not all(0 <= one <= _COUNT_MAX for one in found.values()):
        raise Malformed("counts")
    return found


def moment(seconds: float) -> datetime:
    """A moment from its number of seconds; whole, for nobody sees the rest. Raises Malformed."""
    try:
        return datetime.fromtimestamp(math.floor(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        raise Malformed("time") from None


def tops(parents: Mapping[str, str]) -> dict[str, str]:
    """Under which first reaction each stands, by its number; empty for a first one itself.

    `parents` says to which each replies (empty: to none). One that replies to what is not
    there (any more), or that comes round to itself, stands by itself.
    """
    first: dict[str, str] = {}
    for start in parents:
        at, way = start, dict[str, None]()
        while at in parents and at not in first and at not in way:
            way[at] = None
            at = parents[at]
        end = first.get(at, "" if at in way else next(reversed(way), ""))
        first |= dict.fromkeys(way, end)
    return {one: end if end != one else "" for one, end in first.items()}
