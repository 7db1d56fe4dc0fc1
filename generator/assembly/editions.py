"""Translations: which version of an entry stands in which language's tree."""

from collections.abc import Container, Iterable, Iterator
from datetime import UTC, datetime, tzinfo
from typing import TypeVar

import msgspec

from generator import addresses
from generator.assembly.findings import Finding
from generator.config import Config
from generator.model import Entry, Model, Question
from generator.moments import on_clock
from generator.paths import slugify
from generator.schema import INHERITED

_T = TypeVar("_T", bound=Model)
_MOMENTS = ("date", "updated", "deadline", "publish", "expires")
_MOMENTS_OF_QUESTION = ("open_until", "management_hold")
_UNDER_OTHER_NAMES = frozenset({"duration_seconds", "size_bytes", "media_type", "captions_pending"})
_NEVER = datetime.min.replace(tzinfo=UTC)


class Edition(Model, frozen=True):
    """An entry as it stands in one language's tree.

    `fallback` says that the entry is in another language, because it has no
    translation; `outdated` that its original was updated after it. `basis`
    names the documents that its front matter comes from.
    """

    key: str
    lang: str
    entry: Entry
    url: str
    basis: tuple[str, ...]
    fallback: bool = False
    outdated: bool = False


def by_language(files: Iterable[Entry]) -> tuple[dict[str, Entry], list[Finding]]:
    """The files of one entry by language; two for one language are a finding."""
    versions: dict[str, Entry] = {}
    found = []
    for entry in files:
        twin = versions.setdefault(entry.lang, entry)
        if twin is not entry:
            found.append(Finding(entry.path, "two-files", args=(("other", twin.path),)))
    return versions, found


def merge(versions: dict[str, Entry], config: Config) -> dict[str, Entry]:
    """The versions of one entry, translations completed with what they take from the original.

    All their moments are on the site's own clock.
    """
    local = {lang: _on_clock(entry, config.zone) for lang, entry in versions.items()}
    original = local[original_of(local, config)]
    return {
        lang: entry if entry is original else _inherit(entry, original)
        for lang, entry in local.items()
    }


def _on_clock(entry: Entry, zone: tzinfo) -> Entry:
    meta, details = _moments_on_clock(entry.meta, _MOMENTS, zone), entry.details
    if isinstance(details, Question):
        details = _moments_on_clock(details, _MOMENTS_OF_QUESTION, zone)
    return msgspec.structs.replace(entry, meta=meta, details=details)


def _moments_on_clock(value: _T, names: tuple[str, ...], zone: tzinfo) -> _T:
    moments = {name: on_clock(one, zone) for name in names if (one := getattr(value, name))}
    return msgspec.structs.replace(value, **moments) if moments else value


def original_of(versions: Container[str], config: Config) -> str:
    """The language in which an entry was first written: the site's own, where it is there."""
    return next(lang for lang in config.languages if lang in versions)


def _inherit(entry: Entry, original: Entry) -> Entry:
    meta = _filled(entry.meta, original.meta)
    details = entry.details
    if details is not None and type(details) is type(original.details):
        details = _filled(details, original.details)
    return msgspec.structs.replace(entry, meta=meta, details=details)


def _filled(value: _T, source: _T) -> _T:
    empty = type(value)()
    changes = {
        name: getattr(source, name)
        for name in value.__struct_fields__
        if _takes_over(name) and getattr(value, name) == getattr(empty, name)
    }
    return msgspec.structs.replace(value, **changes)


def _takes_over(name: str) -> bool:
    return name in INHERITED or name in _UNDER_OTHER_NAMES


def editions(
    versions: dict[str, Entry], config: Config, included: frozenset[str]
) -> Iterator[Edition]:
    """One edition of an entry for every language's tree, if any of its versions goes out.

    `included` holds the paths of the versions that are published.
    """
    out = {lang: entry for lang, entry in versions.items() if entry.path in included}
    if not out:
        return
    first = original_of(out, config)
    for lang in config.languages:
        entry = out.get(lang, out[first])
        yield Edition(
            key=f"{lang}/{entry.id}",
            lang=lang,
            entry=entry,
            url=addresses.of_entry(config, lang, entry.kind, slug_of(entry)),
            basis=tuple(one.document for one in versions.values()),
            fallback=entry.lang != lang,
            outdated=_changed(entry) < _updated(out[first]) and entry is not out[first],
        )


def slug_of(entry: Entry) -> str:
    """What follows the kind in an address: folders, and the slug or else the file's name."""
    *folders, name = (slugify(part) for part in entry.id.split("/")[1:])
    return "/".join((*folders, entry.meta.slug or name))


def _updated(entry: Entry) -> datetime:
    return entry.meta.updated or _NEVER


def _changed(entry: Entry) -> datetime:
    return entry.meta.updated or entry.meta.date or _NEVER
