"""Asks the comments' service what is said, before a build: counts of all, threads that moved.

This is the only place where Plein reads comments over a network. Whatever goes
wrong is a warning, and what was known stays.
"""

import math
import time
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

import msgspec

from generator import fingerprint
from generator.assembly.findings import Finding, locate
from generator.assembly.states import thread_key
from generator.comments import talk as talks
from generator.comments.asking import Service, Unanswered, ask
from generator.comments.readers import READERS, Asker, Malformed, Reader, Request
from generator.comments.talk import Remark, Rule, Talk, Thread
from generator.config import Config
from generator.frontmatter import did_you_mean
from generator.model import Card, Entry, Model, Span
from generator.prepare import prepare
from generator.problems import BuildFailed, Problem, UsageError, problem
from generator.store import Store
from generator.work import Work, with_store

_PAGES_MAX = 50
_TOTAL_S = 30.0
# A list of all conversations may come with all that was ever said in them.
_LIST_BYTES = 64_000_000


class Fetched(Model, frozen=True):
    """What came of asking: what is known now, how many threads were read, what went wrong."""

    talk: Talk
    asked: int = 0
    problems: tuple[Problem, ...] = ()


class Wish(Model, frozen=True):
    """What to ask for: which words are badges, all threads or those that moved, in how long."""

    badges: tuple[str, ...] = ()
    everything: bool = False
    total_s: float = _TOTAL_S


class Checked(Model, frozen=True):
    """What came of a check: how many keys the site and the service have, what is wrong."""

    own: int
    theirs: int
    problems: tuple[Problem, ...]


class _Look(Model, frozen=True):
    """One look at a service: how it is read and asked, by whom, and until when."""

    reader: Reader
    service: Service
    asker: Asker
    until_s: float


def fetch(work: Work, service: Service, wish: Wish) -> Fetched:
    """Ask a service about all conversations of the site, and keep what pages show of them.

    Nothing is written when nothing changed since the last time on the same day.
    """
    config, file = work.config, work.project.talk_file
    known = talks.read(file, config.comments.endpoint)
    hosts = _conversations(work)
    found = _ask(hosts, known, service, wish, config)
    if found.talk != known:
        talks.keep(file, found.talk)
    return found


def check(work: Work, service: Service) -> Checked:
    """Conversations without a post, and posts that would share one. Raises UsageError."""
    provider = work.config.comments.provider
    reader = READERS[provider]
    if reader.keys is None:
        raise UsageError(problem("comments-no-list", Span(service.address), provider=provider))
    own = _keys_of_all(work)
    twice = locate(_shared(own), (), work.project.root)
    try:
        asker, patient = (
            _asker(work.config),
            msgspec.structs.replace(service, most_bytes=_LIST_BYTES),
        )
        theirs = reader.read_keys(ask(patient, reader.keys(asker)), asker)
    except (Unanswered, Malformed) as error:
        if isinstance(error, Unanswered) and error.reason.startswith("404"):
            missing = problem("comments-no-list", Span(service.address), provider=provider)
            raise UsageError(missing) from None
        trouble = _trouble(error, service, Talk())
        return Checked(len(own), 0, (*twice, msgspec.structs.replace(trouble, level="error")))
    orphans = (_orphan(key, own, service) for key in sorted(theirs - own.keys()))
    return Checked(len(own), len(theirs), (*twice, *orphans))


def _keys_of_all(work: Work) -> dict[str, list[Entry]]:
    """The entries by the key of their conversation, published or not."""
    calm = msgspec.structs.replace(work.options, keep_going=True)
    quiet = msgspec.structs.replace(work, options=calm)

    def found(store: Store) -> dict[str, list[Entry]]:
        keys: dict[str, list[Entry]] = {}
        for entry in prepare(quiet, store).as_typed.directory.entries.values():
            keys.setdefault(thread_key(entry), []).append(entry)
        return keys

    return with_store(work.project, found)


def _shared(own: dict[str, list[Entry]]) -> Iterator[Finding]:
    """Posts that would mix their comments: translations of one post may, others may not."""
    for key, entries in own.items():
        first = entries[0]
        for other in entries[1:]:
            if other.id != first.id:
                here, there = (other, first) if other.meta.id else (first, other)
                args = (("other", there.path), ("key", key))
                yield Finding(here.path, "thread-twice", "id", here.meta.id, args)


def _orphan(key: str, own: Iterable[str], service: Service) -> Problem:
    shown = talks.one_line(key, 160)
    guess = did_you_mean(key, dict.fromkeys(own))
    return problem(
        "thread-orphan", Span(service.address), key=shown, id=shown.lstrip("/"), guess=guess
    )


def _conversations(work: Work) -> dict[str, str]:
    """The key of every conversation of the site, with the name of who looks after it."""
    calm = msgspec.structs.replace(work.options, keep_going=True, strict=False)
    quiet = msgspec.structs.replace(work, options=calm)

    def found(store: Store) -> dict[str, str]:
        cards = prepare(quiet, store).site.cards
        talking = (card for card in cards.values() if card.thread)
        return {card.thread: _name_of(card, cards) for card in talking}

    try:
        return dict(sorted(with_store(work.project, found).items()))
    except BuildFailed:
        # The build itself will say what is wrong.
        return {}


def _name_of(card: Card, cards: Mapping[str, Card]) -> str:
    host = cards.get(f"{card.lang}/people/{card.host}")
    return host.title if host else card.host


def _ask(
    hosts: dict[str, str], known: Talk, service: Service, wish: Wish, config: Config
) -> Fetched:
    """What the service says now; where it says nothing of use, what was known."""
    reader, asker = READERS[config.comments.provider], _asker(config)
    look = _Look(reader, service, asker, time.monotonic() + wish.total_s)
    try:
        counts = _counts(tuple(hosts), look)
    except (Unanswered, Malformed) as error:
        return Fetched(known, problems=(_trouble(error, service, known),))
    checked = config.comments.identity == "verified"
    rules = {key: Rule(checked, wish.badges, host) for key, host in hosts.items()}
    threads = {key: known.threads.get(key, Thread(0)) for key, count in counts.items() if count}
    news = {
        key: _news(key, counts[key], rules[key], look)
        for key, old in threads.items()
        if wish.everything or (old.count, old.rule) != (counts[key], _print_of(rules[key]))
    }
    for key, found in news.items():
        old = msgspec.structs.replace(threads[key], count=counts[key], rule="")
        threads[key] = found if isinstance(found, Thread) else old
    day = f"{datetime.now(config.zone):%Y-%m-%d}"
    trouble = (one for one in news.values() if not isinstance(one, Thread))
    problems = tuple(_trouble(one, service, known) for one in trouble)
    talk = Talk(config.comments.endpoint, day, dict(sorted(threads.items())))
    return Fetched(talk, len(news) - len(problems), tuple(dict.fromkeys(problems)))


def _asker(config: Config) -> Asker:
    return Asker(config.origin, config.comments.options)


def _counts(keys: tuple[str, ...], look: _Look) -> dict[str, int]:
    """How much is said in each conversation, in as few requests as the service allows.

    Raises Unanswered or Malformed.
    """
    counts: dict[str, int] = {}
    most = look.reader.most or len(keys) or 1
    for start in range(0, len(keys), most):
        some = keys[start : start + most]
        data = _ask_in_time(look.reader.counts(some, look.asker), look)
        counts |= look.reader.read_counts(data, some, look.asker)
    return counts


def _ask_in_time(request: Request, look: _Look) -> bytes:
    if time.monotonic() > look.until_s:
        raise Unanswered("comments-unanswered", "timed out")
    return ask(look.service, request)


def _news(key: str, count: int, rule: Rule, look: _Look) -> Thread | Unanswered | Malformed:
    """A conversation as it is now, or why nobody knows.

    One in which the last may still be changed is read again the next time: its count won't tell.
    """
    try:
        remarks = tuple(one for page in _pages(key, look) for one in page)
    except (Unanswered, Malformed) as error:
        return error
    found = talks.thread_of(remarks, count, rule, _print_of(rule))
    age_s = (datetime.now(UTC) - found.last).total_seconds() if found.last else math.inf
    return found if age_s > look.reader.changing_s else msgspec.structs.replace(found, rule="")


def _pages(key: str, look: _Look) -> Iterator[tuple[Remark, ...]]:
    number, last = 1, 1
    while number <= min(last, _PAGES_MAX):
        request = look.reader.thread(key, look.asker, number)
        found, last = look.reader.read_thread(_ask_in_time(request, look))
        yield found
        number += 1


def _print_of(rule: Rule) -> str:
    """What a conversation was read by: with other rules or other code it is read again."""
    return fingerprint.of_parts(
        (fingerprint.of_value(rule), fingerprint.of_code("comments/talk", "comments/readers"))
    )


def _trouble(error: Unanswered | Malformed, service: Service, known: Talk) -> Problem:
    """A warning: what the service did, and of which day the numbers are that stay."""
    code = error.code if isinstance(error, Unanswered) else "comments-malformed"
    reason = error.reason if isinstance(error, Unanswered) else str(error)
    shown = talks.one_line(reason, 160)
    return problem(code, Span(service.address), reason=shown, guess=known.day)
