"""What is known of the conversations at a service: what pages show of them, and nothing else.

It lies in a file between builds. A build reads it like any other source; only
`plein comments fetch`, or a build before it begins, writes it.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from generator.model import Model

_VERSION = 1
_AUTHOR_CHARS, _TEXT_CHARS = 80, 280
_ASKING = re.compile(r"\?(?=[\"'”’»)*_!?]|$)")
# Between a person's name and their role, put there by the gateway, which takes it out of names.
BETWEEN = " · "


class Remark(Model, frozen=True):
    """One reaction as a service gives it; `top` is the one under which it stands, if any."""

    id: str
    author: str
    text: str
    when: datetime
    top: str = ""


class Asked(Model, frozen=True):
    """A question in a reaction that nobody has answered yet: who asked what, and when."""

    id: str
    author: str
    text: str
    when: datetime


class Thread(Model, frozen=True):
    """One conversation: how many reactions, when the last, which questions in it wait.

    `rule` is the fingerprint of what counted as an answer when this was found out; empty:
    it has to be read again.
    """

    count: int
    last: datetime | None = None
    asked: tuple[Asked, ...] = ()
    rule: str = ""


class Talk(Model, frozen=True):
    """All conversations at a service by their key, as they were on a day (`2026-11-24`)."""

    service: str = ""
    day: str = ""
    threads: dict[str, Thread] = {}


class Rule(Model, frozen=True):
    """What counts as an answer: where names are `checked`, only what these people say.

    `badges` are the words behind the name of somebody with a role, `host` is the
    name of who looks after the conversation.
    """

    checked: bool = False
    badges: tuple[str, ...] = ()
    host: str = ""

    def counts(self, one: Remark) -> bool:
        """Whether what somebody says is an answer to what another asked."""
        if not self.checked:
            return True
        name, _, badge = one.author.partition(BETWEEN)
        return badge in self.badges if badge else bool(name) and name == self.host


class _File(Model, frozen=True, kw_only=True):
    version: int
    talk: Talk


def thread_of(remarks: Iterable[Remark], count: int, rule: Rule, print_: str) -> Thread:
    """What pages show of a conversation; `count` is the service's own."""
    ordered = sorted(remarks, key=lambda one: (one.when, one.id))
    asked = tuple(
        Asked(
            one.id, one_line(one.author, _AUTHOR_CHARS), one_line(one.text, _TEXT_CHARS), one.when
        )
        for one in _waiting(ordered, rule)
    )
    last = ordered[-1].when if ordered else None
    return Thread(count, last, asked, print_)


def is_asking(text: str) -> bool:
    """Whether a sentence of a reaction ends with a question mark; one in an address is none."""
    return any("://" not in word and _ASKING.search(word) for word in text.split())


def _waiting(ordered: Sequence[Remark], rule: Rule) -> list[Remark]:
    """The questions to which nobody else has replied later, in the same order.

    In one go from the last to the first, for there may be very many: of who replied where,
    two names are enough to know of anybody whether it was somebody else.
    """
    waiting: list[Remark] = []
    replied: dict[str, tuple[str, ...]] = {}
    for one in reversed(ordered):
        names = replied.get(one.top or one.id, ())
        if is_asking(one.text) and not any(not name or name != one.author for name in names):
            waiting.append(one)
        if one.top and len(names) < 2 and one.author not in names and rule.counts(one):
            replied[one.top] = (*names, one.author)
    return waiting[::-1]


def one_line(text: str, most: int) -> str:
    """A text from elsewhere on one line: nothing invisible in it, at most so many characters."""
    seen = "".join(" " if one.isspace() else one for one in text if _is_shown(one))
    flat = " ".join(seen.split())
    return flat if len(flat) <= most else flat[: most - 1].rstrip() + "…"


def _is_shown(char: str) -> bool:
    """Whether it is a character that is seen; marks that turn the direction of a text are not."""
    return char.isspace() or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn")


def read(file: Path, service: str) -> Talk:
    """What is known of the conversations at a service; nothing where the file is no such file."""
    try:
        found = msgspec.json.decode(file.read_bytes(), type=_File)
    except (OSError, ValueError, RecursionError):
        return Talk()
    is_ours = found.version == _VERSION and found.talk.service == service
    return found.talk if is_ours and service else Talk()


def keep(file: Path, talk: Talk) -> None:
    """Write what is known, whole or not at all; raises OSError."""
    ordered = msgspec.structs.replace(talk, threads=dict(sorted(talk.threads.items())))
    data = msgspec.json.format(msgspec.json.encode(_File(version=_VERSION, talk=ordered)), indent=1)
    file.parent.mkdir(parents=True, exist_ok=True)
    aside = file.with_name(f"{file.name}.new")
    aside.write_bytes(data + b"\n")
    aside.replace(file)
