"""What only shows beside other entries, the settings and the clock."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from difflib import SequenceMatcher
from itertools import combinations
from pathlib import PurePosixPath

from generator.assembly import Site
from generator.assembly.findings import Finding
from generator.assembly.links import entry_at
from generator.assembly.states import is_must_read
from generator.assembly.vlogs import lacks_picture
from generator.config import Term
from generator.model import POST_KINDS, Entry
from generator.moments import NotAMoment, read_moment
from generator.paths import CONTENT, slugify
from generator.plan import STATIC
from generator.uses import files_of, pictures_of
from generator.work import Project

__all__ = ["Finding", "findings"]

_FACETS = ("topics", "locations", "values", "series")
_ALIKE = 0.86
_DAYS = timedelta(days=90)
_FEW_POSTS, _SHARE_MAX = 8, 0.25
_WRITTEN_ELSEWHERE = frozenset({".doc", ".docx", ".odt", ".rtf", ".pages"})
_NOT_FOR_READERS = frozenset({".md", ".yaml", ".yml"})
_DATED = re.compile(r"\d{4}-\d\d-\d\d(?=\D|$)")


def findings(site: Site, now: datetime, project: Project) -> Iterator[Finding]:
    """Everything that is wrong between entries."""
    shown = [one.entry for one in site.editions.values() if not one.fallback]
    yield from _must_reads(list(_originals(shown, site)), now)
    yield from _translations(shown, site, now)
    yield from _unused(site)
    yield from _unreachable(shown, site)
    yield from _terms(site, project.config)
    for loaded in site.library.loaded.values():
        if loaded.entry:
            yield from _date_in_name(loaded.entry, site)
            yield from _old_when_new(loaded.entry, site, now)
    for entry in site.directory.entries.values():
        if entry.meta.image and entry.meta.alt is None:
            yield Finding(entry.path, "image-alt-missing", "image")
        if entry.path in site.directory.included and lacks_picture(entry, site.library):
            yield Finding(entry.path, "poster-missing", "video")


def _originals(shown: list[Entry], site: Site) -> Iterator[Entry]:
    """Each entry once: in the first of the site's languages that it is there in."""
    order = {lang: number for number, lang in enumerate(site.config.languages)}
    first: dict[str, Entry] = {}
    for entry in sorted(shown, key=lambda one: (str(one.meta.date), one.id, order[one.lang])):
        first.setdefault(entry.id, entry)
    yield from first.values()


def _must_reads(shown: list[Entry], now: datetime) -> Iterator[Finding]:
    """Must-reads that stay for ever, and too many of them."""
    for entry in shown:
        if is_must_read(entry, now) and not (entry.meta.deadline or entry.meta.expires):
            yield Finding(entry.path, "must-read-endless", "importance")
    posts = [one for one in shown if one.kind in POST_KINDS]
    recent = [one for one in posts if one.meta.date and now - _DAYS <= one.meta.date <= now]
    must = [one for one in recent if one.meta.importance == "need-to-know"]
    if len(recent) >= _FEW_POSTS and len(must) > _SHARE_MAX * len(recent):
        args = (("count", str(len(must))), ("posts", str(len(recent))))
        yield Finding(must[-1].path, "must-read-overused", "importance", args=args)


def _translations(shown: list[Entry], site: Site, now: datetime) -> Iterator[Finding]:
    """Entries that a part of the readers can't read, and translations that are behind."""
    there: dict[str, set[str]] = {}
    for entry in shown:
        there.setdefault(entry.id, set()).add(entry.lang)
    for entry in _originals(shown, site):
        missing = [lang for lang in site.config.languages if lang not in there[entry.id]]
        if missing and entry.kind != "people":
            weighs = is_must_read(entry, now) or entry.kind == "pages"
            code = "untranslated-important" if weighs else "untranslated"
            yield Finding(entry.path, code, args=(("languages", ", ".join(missing)),))
    for edition in site.editions.values():
        if edition.outdated and not edition.fallback:
            yield Finding(edition.entry.path, "translation-behind", "title")


def _unused(site: Site) -> Iterator[Finding]:
    """Files beside the posts that no post uses, and texts that are no Markdown."""
    entries = site.directory.entries.values()
    used = {path for one in entries for path in (*pictures_of(one), *files_of(one))}
    used |= {hole.path for one in entries for hole in one.holes}
    for path in site.library.sources:
        suffix = PurePosixPath(path).suffix.lower()
        if path in used or path.startswith(STATIC) or suffix in _NOT_FOR_READERS:
            continue
        yield Finding(path, "word-file" if suffix in _WRITTEN_ELSEWHERE else "file-unused")


def _unreachable(shown: list[Entry], site: Site) -> Iterator[Finding]:
    """Entries to which nothing leads: a page outside the menu, an unlisted post; and the rest."""
    linked = {
        target.id
        for entry in shown
        for hole in entry.holes
        if hole.path and (target := entry_at(hole.path, site.directory)) and target.id != entry.id
    }
    for entry in _originals(shown, site):
        if entry.id in linked or entry.id in site.config.menu or entry.kind == "people":
            continue
        if entry.meta.unlisted or entry.kind == "pages":
            yield Finding(entry.path, "nothing-leads-here")
        else:
            yield Finding(entry.path, "nobody-links")


def _terms(site: Site, settings: str) -> Iterator[Finding]:
    """Topics and so on that look like the same one twice."""
    for facet in _FACETS:
        terms: dict[str, Term] = getattr(site.config, facet)
        for one, other in combinations(terms.values(), 2):
            if _are_alike(one, other):
                args = (("facet", facet), ("other", one.id))
                yield Finding(settings, "terms-alike", facet, other.id, args)


def _are_alike(one: Term, other: Term) -> bool:
    pairs = [(one.id, other.id), *((one.name[lang], other.name.get(lang, "")) for lang in one.name)]
    return any(_is_alike(slugify(left), slugify(right)) for left, right in pairs)


def _is_alike(left: str, right: str) -> bool:
    """Whether two names differ by a slip of the finger, or by one being the plural."""
    short, long = sorted((left, right), key=len)
    if len(short) < 4 or any(char.isdigit() for char in left + right):
        return left == right and bool(left)
    is_plural = long.removeprefix(short) in ("", "s", "en", "es", f"{short[-1]}en")
    return is_plural or SequenceMatcher(None, left, right).ratio() >= _ALIKE


def _old_when_new(entry: Entry, site: Site, now: datetime) -> Iterator[Finding]:
    """A post that is still to go live, on a later day than its date."""
    meta, zone = entry.meta, site.config.zone
    if meta.publish is None or meta.date is None or meta.publish <= now:
        return
    live = f"{meta.publish.astimezone(zone):%Y-%m-%d}"
    date = f"{meta.date.astimezone(zone):%Y-%m-%d}"
    if date < live:
        args = (("date", date), ("live", live))
        yield Finding(entry.path, "date-before-publish", "publish", args=args)


def _date_in_name(entry: Entry, site: Site) -> Iterator[Finding]:
    """A date in the file's name that is another than the one above the text."""
    pure = PurePosixPath(entry.path.removeprefix(f"{CONTENT}/"))
    named = _DATED.match(pure.name) or _DATED.match(pure.parent.name)
    written = entry.meta.date
    # The date of what was planned moves with the plan; the name, and so the address, stays.
    if named is None or written is None or entry.meta.publish:
        return
    day = f"{written.astimezone(site.config.zone):%Y-%m-%d}"
    try:
        read_moment(named[0], site.config.zone)
    except NotAMoment:
        return
    if day != named[0]:
        args = (("named", named[0]), ("written", day))
        yield Finding(entry.path, "date-differs", "date", args=args)
