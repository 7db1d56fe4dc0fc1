"""site.yaml: the organisation's settings, every key with its type, default and meaning."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from generator import fields, frontmatter, textfile
from generator.fields import Context, FieldType
from generator.messages import MESSAGES
from generator.model import KINDS, Model, Span
from generator.paths import SLUG_MAX, slugify
from generator.problems import Level, Problem, UsageError, problem
from generator.yamltree import Mapping, Node, Scalar, parse

_ADDRESS = re.compile(r"https?://[\w.-]+(:\d{1,4}|:[1-5]\d{4})?(/[\w.~-]+)*/?", re.ASCII)
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_FONTS = re.compile(r"[\w \-]+(, *[\w \-]+)*")
_LANGUAGES = ("nl", "en")
Words = dict[str, str]


class Term(Model, frozen=True):
    """A topic, location, value or series: its name and description per language."""

    id: str
    name: Words
    description: Words = {}
    colour: str = ""
    rhythm: str = ""


class Config(Model, frozen=True):
    """site.yaml, typed; every text has a version for every language."""

    title: Words
    url: str
    language: str
    languages: tuple[str, ...]
    timezone: str
    organisation: Words = {}
    description: Words = {}
    theme: str = "default"
    output: str = "public"
    branding: dict[str, str] = {}
    topics: dict[str, Term] = {}
    locations: dict[str, Term] = {}
    values: dict[str, Term] = {}
    series: dict[str, Term] = {}
    menu: tuple[str, ...] = ()
    list_items: int = 30
    feed_items: int = 20
    authority: str = ""
    raw_html: bool = True
    smart_quotes: bool = True
    post_max_kb: int = 500
    image_max_megapixels: int = 60
    search_engines: bool = False
    levels: dict[str, Level] = {}

    @property
    def zone(self) -> ZoneInfo:
        """The site's time zone: every state is decided in it."""
        return ZoneInfo(self.timezone)

    @property
    def base_path(self) -> str:
        """What stands before every address: empty, or `/intranet` for a site in a folder."""
        return urlsplit(self.url).path.rstrip("/")


class Setting(Model, frozen=True):
    """One key of site.yaml."""

    name: str
    type: FieldType
    about: str
    required: bool = False


def _read_words(context: Context, node: Node) -> Words:
    """A text, or a text per language; one text counts for all languages."""
    if isinstance(node, Mapping):
        return fields.read_pairs(context, node, _LANGUAGES)
    return {"": fields.read_text(context, node) or ""}


def _read_terms(context: Context, node: Node) -> dict[str, Term]:
    """Topics, locations, values or series by their ids."""
    if not isinstance(node, Mapping):
        context.fail("not-terms", node.span)
        return {}
    _check_addresses(context, [key for key, _ in node.pairs])
    return {key.text: _read_term(context, key, value) for key, value in node.pairs}


def _check_addresses(context: Context, keys: list[Scalar]) -> None:
    """Each id needs a page of its own, so `HR` and `hr` can't both be there."""
    seen: dict[str, str] = {}
    for key in keys:
        slug = slugify(key.text)
        first = seen.setdefault(slug, key.text)
        if not slug:
            context.fail("slug-unsafe", key.span, value=key.text, most=SLUG_MAX)
        elif first != key.text:
            context.fail("term-twice", key.span, value=key.text, other=first)


def _read_term(context: Context, key: Scalar, node: Node) -> Term:
    if isinstance(node, Scalar) and not node.text.strip() and " " in key.text:
        context.fail("not-terms", key.span)
    pairs = {name.text: value for name, value in getattr(node, "pairs", ())}
    if not pairs or set(pairs) <= set(_LANGUAGES):
        name = _read_words(context, node)
        return Term(id=key.text, name=name if any(name.values()) else {"": key.text})
    for name, _ in getattr(node, "pairs", ()):
        if name.text not in _TERM_PARTS:
            options = ", ".join(_TERM_PARTS)
            context.fail("unknown-part", name.span, key=name.text, options=options)
    read = {
        name: _TERM_PARTS[name](context, value)
        for name, value in pairs.items()
        if name in _TERM_PARTS
    }
    return Term(
        id=key.text,
        name=read.get("name") or read.get("title") or {"": key.text},
        description=read.get("description", {}),
        colour=read.get("colour", "") or "",
        rhythm=read.get("rhythm", "") or "",
    )


def _read_colour(context: Context, node: Node) -> str:
    text = fields.read_text(context, node) or ""
    if not _COLOUR.fullmatch(text):
        context.fail("not-a-colour", node.span, value=text)
    return text.lower()


_TERM_PARTS: dict[str, Callable[[Context, Node], Any]] = {
    "name": _read_words,
    "title": _read_words,
    "description": _read_words,
    "colour": _read_colour,
    "rhythm": fields.read_text,
}


def _pairs(context: Context, node: Node) -> tuple[tuple[Scalar, Node], ...]:
    """The pairs of a mapping; anything else is a problem."""
    if isinstance(node, Mapping):
        return node.pairs
    context.fail("yaml-no-pairs", node.span)
    return ()


def _read_branding(context: Context, node: Node) -> dict[str, str]:
    parts: dict[str, str] = {}
    for key, value in _pairs(context, node):
        if key.text in ("colour", "accent"):
            parts[key.text] = _read_colour(context, value)
        elif key.text == "font":
            parts[key.text] = _read_font(context, value)
        elif key.text == "logo":
            parts[key.text] = fields.read_text(context, value) or ""
        else:
            options = "colour, accent, logo, font"
            context.fail("unknown-part", key.span, key=key.text, options=options)
    return parts


def _read_font(context: Context, node: Node) -> str:
    text = fields.read_text(context, node) or ""
    if not _FONTS.fullmatch(text):
        context.fail("not-a-font", node.span, value=text)
        return ""
    return text


def _read_url(context: Context, node: Node) -> str:
    text = (fields.read_text(context, node) or "").rstrip("/")
    if not is_site_address(text):
        context.fail("not-a-site-address", node.span, value=text)
    return text


def is_site_address(text: str) -> bool:
    """Whether a text is the whole address of a site, with or without a folder."""
    return _ADDRESS.fullmatch(text) is not None


def _read_zone(context: Context, node: Node) -> str:
    text = fields.read_text(context, node) or ""
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        context.fail("unknown-zone", node.span, value=text)
        return "UTC"
    return text


def _read_languages(context: Context, node: Node) -> tuple[str, ...]:
    names = fields.read_names(context, node)
    for name in names:
        if name not in _LANGUAGES:
            options = ", ".join(_LANGUAGES)
            context.fail("unknown-language", node.span, value=name, options=options)
    return names


def _read_count(context: Context, node: Node) -> int | None:
    text = fields.read_text(context, node) or ""
    if re.fullmatch(r"\d{1,5}", text) and int(text) > 0:
        return int(text)
    context.fail("not-a-count", node.span, value=text)
    return None


def _read_levels(context: Context, node: Node) -> dict[str, Level]:
    levels: dict[str, Level] = {}
    for key, value in _pairs(context, node):
        code = key.text
        if code not in MESSAGES:
            guess = frontmatter.did_you_mean(code, MESSAGES)
            context.fail("unknown-code", key.span, value=code, guess=guess)
        elif MESSAGES[code].fixed:
            context.fail("code-fixed", key.span, value=code)
        elif level := fields.choice(*get_args(Level)).read(context, value):
            levels[code] = level
    return levels


def _read_menu(context: Context, node: Node) -> tuple[str, ...]:
    names = fields.read_names(context, node)
    for name in names:
        if name not in KINDS and not name.startswith("pages/"):
            options = ", ".join(KINDS)
            context.fail("not-in-menu", node.span, value=name, options=options)
    return names


_WORDS = FieldType(_read_words, "text, or text by language: {nl: …, en: …}")
_TERMS = FieldType(_read_terms, "id: name, or id: {name, description, colour, rhythm}")
_COUNT = FieldType(_read_count, "a whole number")
SETTINGS: tuple[Setting, ...] = (
    Setting("title", _WORDS, "The name of the intranet.", required=True),
    Setting("url", FieldType(_read_url, "an address"), "Where it will stand; with a folder if it has one.", required=True),
    Setting("organisation", _WORDS, "The name of the organisation."),
    Setting("description", _WORDS, "What it is, in one sentence: for feeds and shared links."),
    Setting("language", fields.choice(*_LANGUAGES), "The language of files that name none, and of Plein's messages. Default: nl."),
    Setting("languages", FieldType(_read_languages, "a list of nl and en"), "All languages of the site. Default: only language."),
    Setting("timezone", FieldType(_read_zone, "a time zone"), "In which dates are meant. Default: Europe/Amsterdam."),
    Setting("theme", fields.TEXT, "A folder in themes, or default."),
    Setting("output", fields.TEXT, "The folder that the site is written into. Default: public."),
    Setting("branding", FieldType(_read_branding, "colour, accent, logo, font"), "The organisation's own colours (#0b5d5b), logo (a file in the theme's assets) and font."),
    Setting("topics", _TERMS, "What posts can be about."),
    Setting("locations", _TERMS, "Where colleagues work."),
    Setting("values", _TERMS, "What the organisation stands for."),
    Setting("series", _TERMS, "Series that posts belong to, with the promised rhythm."),
    Setting("menu", FieldType(_read_menu, "kinds, and pages as pages/about"), "What stands in the menu, in this order. Default: all kinds with posts."),
    Setting("list_items", _COUNT, "How many entries a list shows before it is divided by year. Default: 30."),
    Setting("feed_items", _COUNT, "How many entries a feed holds. Default: 20."),
    Setting("authority", fields.TEXT, "The host name in the ids of feeds; keep it when the site moves. Default: that of url."),
    Setting("raw_html", fields.YES_NO, "no: HTML in a post is shown as text. Default: yes, made safe."),
    Setting("smart_quotes", fields.YES_NO, "no: quotes stay straight. Default: yes."),
    Setting("post_max_kb", _COUNT, "How large a post may be, in kB. Default: 500."),
    Setting("image_max_megapixels", _COUNT, "How large an image may be, in millions of pixels. Default: 60."),
    Setting("search_engines", fields.YES_NO, "yes: search engines may list the site. Default: no, it is an intranet."),
    Setting("levels", FieldType(_read_levels, "code: error | warn | allow"), "How strict to be, by the code of a message."),
)  # fmt: skip


def load_config(file: Path, shown: str) -> Config:
    """The settings in a site.yaml, named `shown` in messages. Raises UsageError with every problem."""
    try:
        text, found = textfile.read_text(file.read_bytes(), shown)
    except OSError:
        raise UsageError(problem("no-config", Span(shown))) from None
    if any(item.code in ("not-utf8", "merge-marker") for item in found):
        raise UsageError(*found)
    tree, more = parse(text, shown)
    values, rest = _read_settings(tree, text) if tree.pairs or not more else ({}, [])
    problems = (*found, *more, *rest)
    if problems:
        raise UsageError(*sorted(problems, key=lambda item: item.order))
    return _complete(values)


def _read_settings(tree: Mapping, text: str) -> tuple[dict[str, Any], list[Problem]]:
    known = {setting.name: setting for setting in SETTINGS}
    context = Context(text.split("\n"), ZoneInfo("UTC"), remarks=True)
    values: dict[str, Any] = {}
    for key, node in tree.pairs:
        if key.text not in known:
            guess = frontmatter.did_you_mean(key.text, known)
            context.fail("unknown-setting", key.span, key=key.text, guess=guess)
        elif not isinstance(node, Scalar) or node.text or node.cut:
            values[key.text] = known[key.text].type.read(context, node)
    for setting in SETTINGS:
        is_told = setting.name in values and context.problems
        if setting.required and not values.get(setting.name) and not is_told:
            context.fail("setting-missing", tree.span, key=setting.name)
    return values, context.problems


def _complete(values: dict[str, Any]) -> Config:
    """The settings with their defaults, and every text in every language."""
    language = values.setdefault("language", "nl")
    others = values.get("languages") or ()
    languages = tuple(dict.fromkeys((language, *others)))
    values["languages"] = languages
    values.setdefault("timezone", "Europe/Amsterdam")
    values.setdefault("authority", urlsplit(values["url"]).hostname or "")
    for name in ("title", "organisation", "description"):
        values[name] = _in_all(values.get(name, {}), languages)
    for name in ("topics", "locations", "values", "series"):
        terms = values.get(name) or {}
        values[name] = {key: _term_in_all(term, languages) for key, term in terms.items()}
    return Config(**{name: value for name, value in values.items() if value is not None})


def _term_in_all(term: Term, languages: tuple[str, ...]) -> Term:
    return Term(
        term.id,
        _in_all(term.name, languages),
        _in_all(term.description, languages),
        term.colour,
        term.rhythm,
    )


def _in_all(words: Words, languages: tuple[str, ...]) -> Words:
    """A text for every language: its own, else the one without a language, else any."""
    fallback = words.get("") or next(iter(words.values()), "")
    return {language: words.get(language) or fallback for language in languages}
