"""The nouns: frozen values that travel down the pipeline, without behaviour.

Moments are aware datetimes, durations whole seconds, sizes bytes. Paths are
relative to the project, with forward slashes.
"""

from datetime import datetime
from typing import Any, Literal

import msgspec

Kind = Literal["news", "vlogs", "meetings", "questions", "kudos", "people", "pages"]
KINDS: tuple[Kind, ...] = ("news", "vlogs", "meetings", "questions", "kudos", "people", "pages")
POST_KINDS: tuple[Kind, ...] = KINDS[:5]
Facet = Literal["topic", "location", "value", "person", "series"]
FACETS: tuple[Facet, ...] = ("topic", "location", "value", "person", "series")
Status = Literal["published", "draft", "scheduled", "expired"]


class Model(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """The base of every noun: immutable, with one canonical encoding."""


class Span(Model, frozen=True):
    """A stretch of one line in a source file; line and column count from 1."""

    path: str
    line: int = 1
    column: int = 1
    length: int = 1


class Source(Model, frozen=True):
    """One file as the scan found it."""

    path: str
    size_bytes: int
    mtime_ns: int
    inode: int
    fingerprint: str


class Hole(Model, frozen=True):
    """A reference to another file in a document, filled when a page is rendered.

    It stands for a whole attribute: `href="…"` of a link, `src="…"` with its
    size of an image. `target` is as written, percent-decoded, relative to the
    source file and empty for a link inside the page; `anchor` has no `#`.
    `path` is the target as a path in the project, empty when it leaves the
    content folder.
    """

    kind: Literal["link", "image"]
    target: str
    line: int
    column: int
    length: int
    anchor: str = ""
    path: str = ""


class Heading(Model, frozen=True):
    """One heading of a document: its level (1 to 6), anchor and plain text."""

    level: int
    anchor: str
    title: str


class Decision(Model, frozen=True):
    """One decision of the register; `anchor` is where it stands in its page."""

    text: str
    why: str = ""
    means: str = ""
    anchor: str = ""


class Document(Model, frozen=True):
    """What Markdown made of one body.

    `parts` is HTML with, between the pieces, indexes into `holes`. `lead` is the
    plain text of the part above `<!-- more -->`, else of the first paragraph.
    """

    parts: tuple[str | int, ...]
    holes: tuple[Hole, ...] = ()
    toc: tuple[Heading, ...] = ()
    anchors: tuple[str, ...] = ()
    lead: str = ""
    decisions: tuple[Decision, ...] = ()


class Picture(Model, frozen=True):
    """A published image: address, size in pixels and alternative text.

    `widths` are those in which it is there as WebP too, for `srcset(picture)`.
    """

    url: str
    width: int
    height: int
    alt: str = ""
    widths: tuple[int, ...] = ()


class Media(Model, frozen=True):
    """A published media file: address, size and content type; what is not known is 0.

    Width and height are in pixels, for video only.
    """

    url: str
    size_bytes: int
    type: str
    width: int = 0
    height: int = 0


class Cue(Model, frozen=True):
    """One line of subtitles: from when to when, in ms, and its words."""

    start_ms: int
    end_ms: int
    text: str


class Embed(Model, frozen=True):
    """A player on another site: whose it is, its origin, and the address of its frame."""

    name: str
    origin: str
    url: str


class Meta(Model, frozen=True):
    """The front matter that all kinds share, typed; ids are not yet resolved."""

    title: str = ""
    date: datetime | None = None
    updated: datetime | None = None
    authors: tuple[str, ...] = ()
    on_behalf_of: str = ""
    summary: str = ""
    topics: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    importance: Literal["", "need-to-know", "nice-to-know"] = ""
    action: str = ""
    deadline: datetime | None = None
    draft: bool | None = None
    publish: datetime | None = None
    expires: datetime | None = None
    unlisted: bool | None = None
    pinned: bool | None = None
    id: str = ""
    slug: str = ""
    aliases: tuple[str, ...] = ()
    image: str = ""
    alt: str | None = None
    comments: Literal["", "open", "closed", "none"] = ""
    answered: bool | None = None
    toc: bool | None = None
    series: str = ""
    extra: dict[str, Any] = {}


class Vlog(Model, frozen=True, tag="vlogs"):
    """A vlog's own front matter; captions are pairs of language and file.

    `captions_pending` is until when they may be missing; chapters are pairs of
    a moment in seconds and a title.
    """

    video: str = ""
    duration_seconds: int = 0
    size_bytes: int = 0
    media_type: str = ""
    captions: tuple[tuple[str, str], ...] = ()
    captions_pending: datetime | None = None
    chapters: tuple[tuple[int, str], ...] = ()
    transcript: str = ""


class Meeting(Model, frozen=True, tag="meetings"):
    """A meeting summary's own front matter."""

    decisions: tuple[Decision, ...] = ()
    open_questions: tuple[str, ...] = ()
    contact: str = ""


class Question(Model, frozen=True, tag="questions"):
    """A question's own front matter; `heard` and `doing` are its outcome."""

    question: str = ""
    host: str = ""
    open_until: datetime | None = None
    management_hold: datetime | None = None
    heard: str = ""
    doing: str = ""


class Kudos(Model, frozen=True, tag="kudos"):
    """A compliment's own front matter: the people it goes to."""

    to: tuple[str, ...] = ()


class Person(Model, frozen=True, tag="people"):
    """A colleague's own front matter."""

    role: str = ""
    location: str = ""
    leadership: bool = False
    photo: str = ""
    on_behalf_of: tuple[str, ...] = ()


Details = Vlog | Meeting | Question | Kudos | Person


class Entry(Model, frozen=True):
    """One source file's metadata and the facts of its document, nothing resolved.

    `id` is the folder and name that all translations share (`news/budget`);
    `document` is the key under which the store keeps the Document. It changes
    with every byte of the file, so it is the entry's fingerprint too.
    """

    path: str
    id: str
    kind: Kind
    lang: str
    meta: Meta
    document: str
    details: Details | None = None
    lead: str = ""
    holes: tuple[Hole, ...] = ()
    anchors: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()


class Card(Model, frozen=True, array_like=True):
    """All that other pages may see of an entry, in one language's tree.

    `lang` is the tree, `content_lang` the language that the entry is in.
    `scheduled_for` is when it goes live, as long as it has not.
    People, topics, locations, values and series are ids. `thread` is the key of
    its comments, the same in every language; `comment_count` and `last_comment`
    are as they were when a build last asked. `unanswered` says that nobody has
    reacted to an open question yet, `asking` how many questions in its comments wait.
    """

    key: str
    id: str
    kind: Kind
    lang: str
    content_lang: str
    title: str
    url: str
    status: Status = "published"
    scheduled_for: datetime | None = None
    date: datetime | None = None
    updated: datetime | None = None
    summary: str = ""
    authors: tuple[str, ...] = ()
    on_behalf_of: str = ""
    topics: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    series: str = ""
    must_read: bool = False
    action: str = ""
    deadline: datetime | None = None
    pinned: bool = False
    picture: Picture | None = None
    to: tuple[str, ...] = ()
    duration_seconds: int = 0
    question_state: Literal["", "hold", "open", "closed"] = ""
    answered: bool = False
    host: str = ""
    open_until: datetime | None = None
    management_hold: datetime | None = None
    decisions: tuple[Decision, ...] = ()
    role: str = ""
    location: str = ""
    leadership: bool = False
    comments: Literal["", "open", "closed"] = ""
    thread: str = ""
    comment_count: int = 0
    last_comment: datetime | None = None
    unanswered: bool = False
    asking: int = 0


class Step(Model, frozen=True, array_like=True):
    """One output: where it goes, who makes it, of what, and who asked for it.

    `packed` are the endings of the compressed forms that may go with it.
    """

    path: str
    maker: str
    args: tuple[str, ...] = ()
    owner: str = ""
    packed: tuple[str, ...] = ()


class Read(Model, frozen=True, array_like=True):
    """One question that a step asked, with the fingerprint of the answer."""

    query: tuple[str, ...]
    answer: str


class Answered(Model, frozen=True, array_like=True):
    """What is remembered of a query: the number by which traces name it, and its answer.

    The traces that name it stand on `shelves` (some of these may be of who asks no more; each
    a byte, of at most 256); None: on any, so many ask.
    """

    number: int
    answer: str
    shelves: bytes | None = b""


class Trace(Model, frozen=True, array_like=True):
    """What is known of an output from the last time that it was made.

    `asked` is the fingerprint of its queries, which `reads` names by their numbers.
    """

    step: str
    asked: str
    reads: tuple[int, ...]
