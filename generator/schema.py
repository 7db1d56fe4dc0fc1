"""The front matter of each kind: every key, its type and its meaning, in one place.

What validates, the reference page and the editor's completion all come from here.
"""

from functools import cache

from generator import fields
from generator.fields import FieldType
from generator.model import KINDS, Kind, Model


class Field(Model, frozen=True):
    """One key; `inherit` says whether a translation takes it from its original."""

    name: str
    type: FieldType
    about: str
    required: bool = False
    inherit: bool = True


def _own(name: str, type_: FieldType, about: str, required: bool = False) -> Field:
    return Field(name, type_, about, required, inherit=False)


COMMON: tuple[Field, ...] = (
    _own("title", fields.TEXT, "What it is called, in a few words.", required=True),
    Field("date", fields.DATE, "When it is published. Default: the date in the file's name."),
    Field(
        "updated",
        fields.DATE,
        "When it last changed in a way that readers should know.",
        inherit=False,
    ),
    Field("authors", fields.NAMES, "Who wrote it: file names from the folder people."),
    Field(
        "on_behalf_of",
        fields.TEXT,
        "For whom the author wrote it; that person must have named the author as delegate.",
    ),
    _own(
        "summary",
        fields.TEXT,
        "One or two sentences for lists and feeds. Default: what stands above <!-- more -->, else the first paragraph.",
    ),
    Field("topics", fields.NAMES, "What it is about: names from topics in site.yaml."),
    Field(
        "locations",
        fields.NAMES,
        "For which locations it matters: names from locations in site.yaml. None: for all.",
    ),
    Field("values", fields.NAMES, "Which of the organisation's values it shows."),
    Field(
        "importance",
        fields.choice("need-to-know", "nice-to-know"),
        "need-to-know puts it in the strip of must-reads until it expires.",
    ),
    _own("action", fields.TEXT, "With need-to-know: what the reader has to do."),
    Field("deadline", fields.UNTIL, "With need-to-know: by when."),
    Field("draft", fields.YES_NO, "yes: not published yet."),
    Field("publish", fields.DATE, "When it goes live, if that is not its date."),
    Field("expires", fields.UNTIL, "When it leaves the site."),
    Field("unlisted", fields.YES_NO, "yes: a page with an address, in no list, feed or search."),
    Field("pinned", fields.YES_NO, "yes: on top of the lists that it is in."),
    Field(
        "id",
        fields.TEXT,
        "A name that never changes, for feeds and comments. Default: the folder and file name.",
    ),
    _own("slug", fields.SLUG, "The last part of the address. Default: the file's name."),
    _own("aliases", fields.ADDRESSES, "Old addresses that lead here."),
    Field("image", fields.FILE, "The picture in lists and on top."),
    _own(
        "alt",
        fields.TEXT,
        'What the picture shows, for who cannot see it; "" if it is decoration only.',
    ),
    _own("lang", fields.TEXT, "The language, if the file's name does not tell: nl, en."),
    Field("comments", fields.choice("open", "closed", "none"), "Whether colleagues can react."),
    Field(
        "answered",
        fields.YES_NO,
        "Whether it still waits for an answer: yes takes it and the questions in its comments off that list, no keeps it there. Default: as the comments tell.",
    ),
    Field("toc", fields.YES_NO, "yes: a table of contents on top."),
    Field("series", fields.TEXT, "The series that it belongs to, from series in site.yaml."),
    Field("extra", fields.ANYTHING, "Anything else, for your own theme."),
)

OF_KIND: dict[Kind, tuple[Field, ...]] = {
    "news": (),
    "pages": (),
    "vlogs": (
        Field("video", fields.TEXT, "The video or sound: a file beside this one, or an https address.", required=True),
        Field("duration", fields.SECONDS, "How long it takes. Default: what the file says."),
        Field("size", fields.SIZE, "For a file on your own media host: how large it is."),
        Field("type", fields.TEXT, "For a file on your own media host: its content type. Default: by its name."),
        Field("captions", fields.CAPTIONS, "Subtitles, a .vtt or .srt file per language; pending: the day until which they may be missing."),
        _own("chapters", fields.CHAPTERS, "The parts of the video, each by when it starts."),
        _own("transcript", fields.FILE, "The spoken text, in a file of its own."),
    ),
    "meetings": (
        _own("decisions", fields.DECISIONS, "What was decided, why, and what it means for the reader."),
        _own("open_questions", fields.TEXTS, "What is still open."),
        Field("contact", fields.TEXT, "Whom to ask."),
    ),
    "questions": (
        _own("question", fields.TEXT, "The question in full.", required=True),
        Field("host", fields.TEXT, "Who looks after the discussion."),
        Field("open_until", fields.UNTIL, "Until when colleagues can answer."),
        Field("management_hold", fields.UNTIL, "Until when management only reads along."),
        _own("outcome", fields.OUTCOME, "Afterwards: what we heard, what we do."),
    ),
    "kudos": (
        Field("to", fields.NAMES, "Who gets the compliment.", required=True),
    ),
    "people": (
        _own("name", fields.TEXT, "The person's name.", required=True),
        _own("role", fields.TEXT, "What they do."),
        Field("location", fields.TEXT, "Where they work, from locations in site.yaml."),
        Field("leadership", fields.YES_NO, "yes: a member of the management."),
        Field("photo", fields.FILE, "A portrait."),
        Field("on_behalf_of", fields.NAMES, "For whom this person may publish."),
    ),
}  # fmt: skip

# What writers type instead, mostly in Dutch; the rest is left to likeness.
SYNONYMS: dict[str, str] = {
    "title": "name", "titel": "title", "datum": "date", "bijgewerkt": "updated", "auteur": "authors",
    "auteurs": "authors", "author": "authors", "samenvatting": "summary", "intro": "summary",
    "description": "summary", "onderwerp": "topics", "onderwerpen": "topics", "tags": "topics",
    "tag": "topics", "categories": "topics", "category": "topics", "locatie": "locations",
    "locaties": "locations", "waarde": "values", "waarden": "values", "value": "values",
    "belang": "importance", "actie": "action", "concept": "draft", "publiceren": "publish",
    "verloopt": "expires", "afbeelding": "image", "foto": "image", "taal": "lang",
    "language": "lang", "reacties": "comments", "serie": "series", "reeks": "series",
    "naam": "name", "rol": "role", "functie": "role", "aan": "to", "vraag": "question",
    "besluiten": "decisions", "duur": "duration", "permalink": "slug", "url": "slug",
    "published": "draft", "vastgezet": "pinned", "beantwoord": "answered",
}  # fmt: skip


def fields_of(kind: Kind) -> dict[str, Field]:
    """Every key that an entry of this kind may have, by name."""
    own = {field.name: field for field in OF_KIND[kind]}
    common = {field.name: field for field in COMMON}
    if kind == "people":
        del common["title"], common["image"], common["alt"]
    return {**common, **own}


@cache
def required_of(kind: Kind) -> tuple[str, ...]:
    """The keys that an entry of this kind must have."""
    return tuple(field.name for field in fields_of(kind).values() if field.required)


INHERITED: frozenset[str] = frozenset(
    field.name for kind in KINDS for field in fields_of(kind).values() if field.inherit
)
