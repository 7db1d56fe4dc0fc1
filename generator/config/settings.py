"""Every key of site.yaml: how it is read, and what it is for."""

import re
from typing import get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from generator import fields, frontmatter, shapes
from generator.config.comments import COMMENTS_SHAPE, read_comments
from generator.config.contribute import CONTRIBUTE_SHAPE, read_contribute
from generator.config.publishing import PUBLISHING_SHAPE, read_publishing
from generator.config.servers import SERVER_SHAPE, read_server
from generator.config.terms import (
    LANGUAGES,
    TERMS_SHAPE,
    WORDS_SHAPE,
    pairs,
    read_colour,
    read_terms,
    read_words,
)
from generator.config.vlogs import read_vlogs
from generator.fields import Context, FieldType
from generator.messages import MESSAGES
from generator.model import KINDS, Model
from generator.problems import Level
from generator.yamltree import Node

_ADDRESS = re.compile(r"https?://[\w.-]+(:\d{1,4}|:[1-5]\d{4})?(/[\w.~-]+)*/?", re.ASCII)
_FONTS = re.compile(r"[\w \-]+(, *[\w \-]+)*")


class Setting(Model, frozen=True):
    """One key of site.yaml."""

    name: str
    type: FieldType
    about: str
    required: bool = False


def _read_branding(context: Context, node: Node) -> dict[str, str]:
    parts: dict[str, str] = {}
    for key, value in pairs(context, node):
        if key.text in ("colour", "accent"):
            parts[key.text] = read_colour(context, value)
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
    names, places = fields.read_names(context, node), fields.places_of(node)
    for name in names:
        if name not in LANGUAGES:
            options, place = ", ".join(LANGUAGES), places.get(name, node.span)
            context.fail("unknown-language", place, value=name, options=options)
    return names


def _read_count(context: Context, node: Node) -> int | None:
    text = fields.read_text(context, node) or ""
    if re.fullmatch(r"\d{1,5}", text) and int(text) > 0:
        return int(text)
    context.fail("not-a-count", node.span, value=text)
    return None


def _read_levels(context: Context, node: Node) -> dict[str, Level]:
    levels: dict[str, Level] = {}
    for key, value in pairs(context, node):
        code = key.text
        if code not in MESSAGES:
            guess = frontmatter.did_you_mean(code, MESSAGES)
            context.fail("unknown-code", key.span, value=code, guess=guess)
        elif MESSAGES[code].fixed:
            context.fail("code-fixed", key.span, value=code)
        elif level := fields.choice(*get_args(Level)).read(context, value):
            levels[code] = level
    return levels


def _read_search(context: Context, node: Node) -> str:
    return "no" if fields.read_yes_no(context, node) is False else "yes"


def _read_menu(context: Context, node: Node) -> tuple[str, ...]:
    names, places = fields.read_names(context, node), fields.places_of(node)
    for name in names:
        if name not in KINDS and not name.startswith("pages/"):
            options, place = ", ".join(KINDS), places.get(name, node.span)
            context.fail("not-in-menu", place, value=name, options=options)
    return names


_WORDS = FieldType(read_words, "text, or text by language: {nl: …, en: …}", WORDS_SHAPE)
_TERMS = FieldType(read_terms, "id: name, or id: {name, description, colour, rhythm}", TERMS_SHAPE)
_COUNT = FieldType(_read_count, "a whole number", shapes.COUNT)
_ADDRESS_SHAPE = "^https?://"
_BRANDING_SHAPE = shapes.fixed(
    {"colour": shapes.COLOUR, "accent": shapes.COLOUR, "logo": shapes.SCALAR, "font": shapes.SCALAR}
)
_MENU_SHAPE = shapes.one_or_list(
    {
        "anyOf": [
            shapes.options(KINDS),
            {"type": "string", "pattern": "^pages/"},
            {"type": "string", "pattern": ","},
        ]
    }
)
_LEVELS_SHAPE = shapes.fixed(
    {
        code: shapes.options(get_args(Level))
        for code, one in sorted(MESSAGES.items())
        if not one.fixed
    }
)
SETTINGS: tuple[Setting, ...] = (
    Setting("title", _WORDS, "The name of the intranet.", required=True),
    Setting("url", FieldType(_read_url, "an address", {"type": "string", "pattern": _ADDRESS_SHAPE}), "Where it will stand; with a folder if it has one.", required=True),
    Setting("organisation", _WORDS, "The name of the organisation."),
    Setting("description", _WORDS, "What it is, in one sentence: for feeds and shared links."),
    Setting("language", fields.choice(*LANGUAGES), "The language of files that name none, and of Plein's messages. Default: nl."),
    Setting("languages", FieldType(_read_languages, "a list of nl and en", shapes.names(LANGUAGES)), "All languages of the site. Default: only language."),
    Setting("timezone", FieldType(_read_zone, "a time zone", {"type": "string"}), "In which dates are meant. Default: Europe/Amsterdam."),
    Setting("theme", fields.TEXT, "A folder in themes, or default."),
    Setting("output", fields.TEXT, "The folder that the site is written into. Default: public."),
    Setting("branding", FieldType(_read_branding, "colour, accent, logo, font", _BRANDING_SHAPE), "The organisation's own colours (#0b5d5b), logo (a file in the theme's assets) and font."),
    Setting("topics", _TERMS, "What posts can be about."),
    Setting("locations", _TERMS, "Where colleagues work."),
    Setting("values", _TERMS, "What the organisation stands for."),
    Setting("series", _TERMS, "Series that posts belong to, with the promised rhythm."),
    Setting("menu", FieldType(_read_menu, "kinds, and pages as pages/about", _MENU_SHAPE), "What stands in the menu, in this order. Default: all kinds with posts."),
    Setting("list_items", _COUNT, "How many entries a list shows before it is divided by year. Default: 30."),
    Setting("feed_items", _COUNT, "How many entries a feed holds. Default: 20."),
    Setting("authority", fields.TEXT, "The host name in the ids of feeds; keep it when the site moves. Default: that of url."),
    Setting("raw_html", fields.YES_NO, "no: HTML in a post is shown as text. Default: yes, made safe."),
    Setting("smart_quotes", fields.YES_NO, "no: quotes stay straight. Default: yes."),
    Setting("post_max_kb", _COUNT, "How large a post may be, in kB. Default: 500."),
    Setting("image_max_megapixels", _COUNT, "How large an image may be, in millions of pixels. Default: 60."),
    Setting("search", FieldType(_read_search, "yes or no", fields.YES_NO.shape), "no: readers can't search. Default: yes, where Pagefind is installed and the theme has a search page."),
    Setting("search_engines", fields.YES_NO, "yes: search engines may list the site. Default: no, it is an intranet."),
    Setting("contribute", FieldType(read_contribute, "write, change: addresses", CONTRIBUTE_SHAPE), "Where colleagues write something themselves (write) and suggest a change (change, with {path} for the file): a form, or the repository's editor on the web."),
    Setting("offline", fields.YES_NO, "no: browsers keep no pages to read without a connection. Default: yes."),
    Setting("server", FieldType(read_server, "nginx, apache, caddy, netlify, iis, or none", SERVER_SHAPE), "Your web server: it gets a file with the policy, what may be kept, the page for a wrong address, and where old addresses lead. netlify is for all hosts that read _headers and _redirects. Default: a file for each."),
    Setting("compress", fields.YES_NO, "yes: texts are there in compressed form too (.br, .gz), for a server that sends those as they are. Default: no."),
    Setting("publish", FieldType(read_publishing, "to, keep, smaller, encoding", PUBLISHING_SHAPE), "to: where plein publish brings the site; keep: how many releases stay there (5); smaller: by how many percent it may shrink at once (20); encoding: gzip or br, the compressed form in which an object store gets texts (with compress: yes)."),
    Setting("comments", FieldType(read_comments, "provider, endpoint, consent, …", COMMENTS_SHAPE), "Comments from a service: provider (none, link, isso, remark42, waline, comentario, giscus, discourse, own), endpoint (its address), consent (click, visible, always), default (open, closed, none), close_after_days, otherwise (another way to react), language (of the service's own words; that of the page), reader (where a build asks how much is said), integrity, identity, roles, and what the service itself asks for."),
    Setting("media", FieldType(read_vlogs, "max_mb, renditions, hosts, embeds"), "max_mb: above which size in MB a video is warned about (100); renditions: yes: films are published as plein media made them fit for the web (no); hosts: origins of your own media hosts; embeds: whose players may be shown (youtube, vimeo, stream, or an origin)."),
    Setting("levels", FieldType(_read_levels, "code: error | warn | allow", _LEVELS_SHAPE), "How strict to be, by the code of a message."),
)  # fmt: skip

# What people type instead, mostly in Dutch; the rest is left to likeness.
SYNONYMS: dict[str, str] = {
    "titel": "title", "naam": "title", "name": "title", "adres": "url", "site_url": "url",
    "organisatie": "organisation", "organization": "organisation", "omschrijving": "description",
    "beschrijving": "description", "taal": "language", "lang": "language", "talen": "languages",
    "tijdzone": "timezone", "thema": "theme", "onderwerpen": "topics", "locaties": "locations",
    "waarden": "values", "reeksen": "series", "uitvoer": "output",
    "zoeken": "search", "reacties": "comments", "huisstijl": "branding",
}  # fmt: skip

# What settings were called in earlier versions.
RENAMED = {"headers": "server", "redirects": "server"}
