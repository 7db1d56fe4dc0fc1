"""From one Markdown file to one Entry and its Document: pure in the file's bytes.

Nothing here looks at other files or at the clock; what needs them is decided
in `assembly`.
"""

import re
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from generator import frontmatter, schema, textfile
from generator.markup import MarkupSettings
from generator.model import (
    KINDS,
    Details,
    Document,
    Entry,
    Kind,
    Kudos,
    Meeting,
    Meta,
    Model,
    Person,
    Question,
    Span,
    Vlog,
)
from generator.moments import NotAMoment, read_moment
from generator.paths import CONTENT, resolve
from generator.problems import Problem, problem

_LANG_IN_NAME = re.compile(r".+\.([a-z]{2})\.md")
_DATED = re.compile(r"(\d{4}-\d\d-\d\d)(?=\D|$)")
_DETAILS: dict[str, type[Any]] = {
    "vlogs": Vlog,
    "meetings": Meeting,
    "questions": Question,
    "kudos": Kudos,
    "people": Person,
}
# Nobody reads more of them; a file with so many is not a post.
PROBLEMS_MAX = 100
_RENAMED = {"duration": "duration_seconds", "size": "size_bytes", "type": "media_type"}
CODE = (
    "paths",
    "entries",
    "frontmatter",
    "fields",
    "model",
    "moments",
    "problems",
    "schema",
    "shapes",
    "textfile",
    "yamlmend",
    "yamltree",
)
CODE_OF_MARKUP = ("markup", "moments", "markdown", "pymdown-extensions", "nh3", "pyyaml")


class LoadSettings(Model, frozen=True):
    """What of site.yaml decides how a single file is read."""

    language: str
    languages: tuple[str, ...]
    timezone: str
    post_max_bytes: int
    markup: MarkupSettings


class Loaded(Model, frozen=True):
    """What a file gave: an entry (none if it can't be read at all) and its problems."""

    entry: Entry | None
    problems: tuple[Problem, ...] = ()


class Identity(Model, frozen=True):
    """What a content path says by itself: kind, id shared by translations, language."""

    kind: Kind
    id: str
    lang: str


def identify(path: str, languages: tuple[str, ...]) -> Identity | None:
    """What a path under `content/` stands for, or None if it is no entry.

    `content/news/x.en.md` and `content/news/x/index.en.md` are both the
    English version of `news/x`.
    """
    if not path.endswith(".md"):
        return None
    parts = path.split("/")[1:]
    if len(parts) < 2 or parts[0] not in KINDS:
        return None
    stem, _, lang = parts[-1].removesuffix(".md").rpartition(".")
    if not stem or lang not in languages:
        stem, lang = parts[-1].removesuffix(".md"), ""
    folder = parts[1:-1] if stem == "index" and len(parts) > 2 else (*parts[1:-1], stem)
    return Identity(parts[0], "/".join((parts[0], *folder)), lang)


def load(path: str, data: bytes, settings: LoadSettings, key: str) -> tuple[Loaded, Document]:
    """The entry and document of a file, with every problem that the file alone shows.

    `key` is the name under which the document will be kept.
    """
    if len(data) > settings.post_max_bytes:
        size, most = len(data) // 1000, settings.post_max_bytes // 1000
        return Loaded(
            None, (problem("post-too-large", Span(path), size=size, most=most),)
        ), _NOTHING
    text, found = textfile.read_text(data, path)
    if any(item.code in ("not-utf8", "merge-marker") for item in found):
        return Loaded(None, found), _NOTHING
    parts, more = frontmatter.split(text, path)
    if any(item.code == "front-matter-open" for item in more):
        return Loaded(None, (*found, *more)), _NOTHING
    entry, document, rest = _load_parts(path, text, parts, settings, key)
    return Loaded(entry, (*found, *more, *rest)[:PROBLEMS_MAX]), document


_NOTHING = Document(parts=())


def _load_parts(
    path: str, text: str, parts: frontmatter.Split, settings: LoadSettings, key: str
) -> tuple[Entry, Document, tuple[Problem, ...]]:
    identity = identify(path, settings.languages)
    if identity is None:
        raise ValueError(path)
    # Most builds convert little or nothing, and the libraries for it take long to load.
    from generator.markup.conversion import convert

    zone = ZoneInfo(settings.timezone)
    known = schema.fields_of(identity.kind)
    values, found = frontmatter.read(parts.yaml, text, path, known, zone)
    lang, wrong = _language(identity, values, settings, text, path)
    document, more = convert(
        parts.body, path=path, first_line=parts.body_line, lang=lang, settings=settings.markup
    )
    document = _with_paths(document, path)
    entry = Entry(
        path=path,
        id=identity.id,
        kind=identity.kind,
        lang=lang,
        meta=_meta(values, path, zone),
        document=key,
        details=_details(identity.kind, values),
        lead=document.lead,
        holes=document.holes,
        anchors=document.anchors,
        decisions=document.decisions,
    )
    return entry, document, (*found, *wrong, *more)


def _with_paths(document: Document, base: str) -> Document:
    """The document with the project path that each of its holes names."""
    holes = (
        msgspec.structs.replace(hole, path=resolve(base, hole.target, CONTENT) or "")
        for hole in document.holes
    )
    return msgspec.structs.replace(document, holes=tuple(holes))


def _language(
    identity: Identity, values: dict[str, Any], settings: LoadSettings, text: str, path: str
) -> tuple[str, tuple[Problem, ...]]:
    written = values.get("lang", "")
    other = _LANG_IN_NAME.fullmatch(PurePosixPath(path).name)
    if other and not identity.lang:
        options = ", ".join(settings.languages)
        found = problem("wrong-language", Span(path), value=other[1], options=options)
        return settings.language, (found,)
    if written and (written not in settings.languages or identity.lang not in ("", written)):
        span, line = frontmatter.place_of_value(text, path, "lang")
        options = ", ".join(settings.languages)
        return settings.language, (
            problem("wrong-language", span, line, value=written, options=options),
        )
    return identity.lang or written or settings.language, ()


def _meta(values: dict[str, Any], path: str, zone: ZoneInfo) -> Meta:
    shared = {name: values[name] for name in Meta.__struct_fields__ if name in values}
    if path.split("/")[1] == "people":
        shared.pop("on_behalf_of", None)
        shared["title"] = values.get("name", "")
    if "date" not in shared:
        shared["date"] = _date_in_name(path, zone)
    return Meta(**shared)


def _date_in_name(path: str, zone: ZoneInfo) -> datetime | None:
    """The date that a file's or folder's name starts with."""
    pure = PurePosixPath(path)
    for name in (pure.name, pure.parent.name):
        match = _DATED.match(name)
        if match:
            try:
                return read_moment(match[1], zone)[0]
            except NotAMoment:
                return None
    return None


def _details(kind: Kind, values: dict[str, Any]) -> Details | None:
    noun: type[Details] | None = _DETAILS.get(kind)
    if noun is None:
        return None
    renamed = {_RENAMED.get(name, name): value for name, value in values.items()}
    renamed["heard"], renamed["doing"] = renamed.get("outcome") or ("", "")
    if "captions" in renamed:
        renamed["captions"], renamed["captions_pending"] = renamed["captions"]
    own = {name: renamed[name] for name in noun.__struct_fields__ if name in renamed}
    return noun(**own)


def missing_keys(entry: Entry) -> list[str]:
    """The keys that a kind requires and an entry (with what it inherits) lacks."""
    return [name for name in schema.required_of(entry.kind) if not _value_of(entry, name)]


def _value_of(entry: Entry, name: str) -> object:
    field = "title" if name == "name" else name
    return getattr(entry.meta, field, None) or getattr(entry.details, field, None)
