"""What is wrong between files: ids that nobody has, keys that are missing, dates out of order."""

from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import tzinfo
from pathlib import Path

from generator import textfile
from generator.config import Config, Term
from generator.entries import missing_keys
from generator.frontmatter import did_you_mean, place_of_value
from generator.messages import MESSAGES
from generator.model import KINDS, POST_KINDS, Entry, Hole, Model, Person, Question, Span
from generator.problems import Level, Problem, excerpt_of, problem


class Finding(Model, frozen=True):
    """A problem whose place is known as a key and value, a hole, or a line; cheap to make."""

    path: str
    code: str
    key: str = ""
    value: str = ""
    args: tuple[tuple[str, str], ...] = ()
    hole: Hole | None = None
    line: int = 0


def level_of(item: Problem | Finding, config: Config) -> Level:
    """The level of a problem that counts in this site."""
    return config.levels.get(item.code, MESSAGES[item.code].level)


# Where one of these is wrong, nothing is known of the keys; so none of them is called missing.
_UNREADABLE = ["syntax", "too-deep", "no-pairs", "key", "tag", "alias"]
_UNREAD = frozenset(("no-front-matter", "fence-wrong", *(f"yaml-{one}" for one in _UNREADABLE)))
_MISSING = frozenset(("key-missing", "date-missing", "draft-unfinished", "captions-missing"))


def locate(found: Iterable[Finding], known: Iterable[Problem], root: Path) -> Iterator[Problem]:
    """The findings as problems with line and column; reads the files that they are about.

    `known` is what is wrong in the files by themselves: a key is not missing
    when it stands there with a mistake in it.
    """
    texts: dict[str, str] = {}
    excuses = {one for item in known for one in _excuses(item)}
    for item in found:
        text = texts.get(item.path)
        if text is None:
            text = texts[item.path] = _text_of(root / item.path, item.path)
        span, line = _place(item, text)
        reasons = {(item.path, ""), (item.path, item.key), (item.path, str(span.line))}
        if item.code not in _MISSING or excuses.isdisjoint(reasons):
            yield problem(item.code, span, line, **{**dict(item.args), "value": item.value})


def _excuses(item: Problem) -> Iterator[tuple[str, str]]:
    """What a problem accounts for in its file: everything (empty), a key, or a line."""
    yield item.span.path, str(item.span.line)
    yield item.span.path, dict(item.args).get("guess") or str(item.span.line)
    if item.code in _UNREAD:
        yield item.span.path, ""


def _text_of(file: Path, path: str) -> str:
    try:
        return textfile.read_text(file.read_bytes(), path)[0]
    except OSError:
        return ""


def _place(item: Finding, text: str) -> tuple[Span, str]:
    if item.hole:
        span = Span(item.path, item.hole.line, item.hole.column, item.hole.length)
        return span, excerpt_of(text, span.line)
    if item.line:
        excerpt = excerpt_of(text, item.line)
        column = max(0, excerpt.find(item.value)) + 1
        return Span(item.path, item.line, column, len(item.value)), excerpt
    if not item.key:
        return Span(item.path), excerpt_of(text, 1)
    return place_of_value(text, item.path, item.key, item.value)


def check_ids(entry: Entry, people: Mapping[str, object], config: Config) -> Iterator[Finding]:
    """Names in one file's own front matter that stand for nothing."""
    for key, code, values, known in _references(entry, people, config):
        for value in values:
            if value and value not in known:
                guess = _named(value, known) or did_you_mean(value.lower(), known)
                yield Finding(entry.path, code, key, value, (("guess", guess),))


def _named(name: str, known: Mapping[str, object]) -> str:
    """The topic or the like that the site shows under a name."""
    wanted = name.casefold()
    terms = ((id_, one) for id_, one in known.items() if isinstance(one, Term))
    shown = (id_ for id_, one in terms if wanted in {x.casefold() for x in one.name.values()})
    return next(shown, "")


_Reference = tuple[str, str, tuple[str, ...], Mapping[str, object]]


def _references(entry: Entry, people: Mapping[str, object], config: Config) -> Iterator[_Reference]:
    meta, details = entry.meta, entry.details
    yield "topics", "unknown-topic", meta.topics, config.topics
    yield "locations", "unknown-location", meta.locations, config.locations
    yield "values", "unknown-value", meta.values, config.values
    yield "series", "unknown-series", (meta.series,), config.series
    yield "authors", "unknown-person", meta.authors, people
    yield "on_behalf_of", "unknown-person", (meta.on_behalf_of,), people
    for key in ("host", "contact"):
        yield key, "unknown-person", (getattr(details, key, ""),), people
    yield "to", "unknown-person", getattr(details, "to", ()), people
    if isinstance(details, Person):
        yield "on_behalf_of", "unknown-person", details.on_behalf_of, people
        yield "location", "unknown-location", (details.location,), config.locations


def check_completed(entry: Entry, zone: tzinfo) -> Iterator[Finding]:
    """What is missing from or contradictory in an entry, with all that it inherits."""
    draft = bool(entry.meta.draft)
    for name in missing_keys(entry):
        code = "draft-unfinished" if draft else "key-missing"
        yield Finding(entry.path, code, name, args=(("key", name),))
    if entry.kind in POST_KINDS and entry.meta.date is None and not draft:
        yield Finding(entry.path, "date-missing", "date")
    yield from _check_dates(entry, zone)


def _check_dates(entry: Entry, zone: tzinfo) -> Iterator[Finding]:
    meta = entry.meta
    live = meta.publish or meta.date
    open_until = entry.details.open_until if isinstance(entry.details, Question) else None
    ends = {"expires": ("expires-too-early", meta.expires)}
    ends["deadline"] = ("deadline-too-early", meta.deadline)
    ends["open_until"] = ("closes-too-early", open_until)
    for key, (code, end) in ends.items():
        if live and end and end <= live:
            shown = f"{live.astimezone(zone):%Y-%m-%d %H:%M}"
            yield Finding(entry.path, code, key, args=(("live", shown),))
    if meta.importance != "need-to-know":
        for key in ("action", "deadline"):
            if getattr(meta, key):
                yield Finding(entry.path, "only-need-to-know", key, args=(("key", key),))


def check_delegates(entry: Entry, delegates: Mapping[str, tuple[str, ...]]) -> Iterator[Finding]:
    """An author who writes on behalf of somebody must be known as that person's delegate."""
    meta = entry.meta
    for author in meta.authors if meta.on_behalf_of else ():
        if meta.on_behalf_of not in delegates.get(author, ()):
            args = (("author", author), ("person", meta.on_behalf_of))
            yield Finding(entry.path, "not-a-delegate", "on_behalf_of", args=args)


def check_menu(known: Container[str], config: Config) -> Iterator[Finding]:
    """Pages in the menu that nobody wrote; one that is not published yet may wait there."""
    for name in config.menu:
        if name not in known and name not in KINDS:
            args = (("options", ", ".join(KINDS)),)
            yield Finding("site.yaml", "not-in-menu", "menu", name, args)
