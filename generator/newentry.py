"""A new entry as a file to go on with: where it stands, and the lines above its text.

The lines and what they mean come from the schema, in the site's language; a
theme may have a text of its own in `new/news.md`, in which `{title}`, `{date}`
and `{keys}` (all lines that would stand there) are filled in.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from generator import addresses, schema, textfile
from generator.assembly.editions import slug_of
from generator.config import Config
from generator.entries import identify
from generator.fields import NAMES
from generator.frontmatter import did_you_mean
from generator.model import Entry, Kind, Meta, Model, Span
from generator.paths import CONTENT, slugify
from generator.problems import Problem, UsageError, problem
from generator.theme import nearest
from generator.words import Say
from generator.yamlmend import quote
from generator.yamltree import Scalar, parse

NAMES_OF_KINDS: dict[str, Kind] = {
    "news": "news",
    "vlog": "vlogs",
    "meeting": "meetings",
    "question": "questions",
    "kudos": "kudos",
    "person": "people",
    "page": "pages",
}
# Kinds whose pictures and films lie beside the text, and those that have no date.
_IN_A_FOLDER = frozenset({"vlogs", "people"})
TIMELESS = frozenset({"people", "pages"})
# The lines of a new file, in their order; what is behind a `#` is offered as a remark.
_LINES: dict[Kind, tuple[str, ...]] = {
    "news": ("summary", "authors", "topics", "#importance", "#action", "#deadline", "#publish"),
    "vlogs": (
        *("video", "#duration", "#captions"),
        *("summary", "authors", "topics", "image", "alt"),
    ),
    "meetings": ("authors", "topics", "#decisions", "#open_questions", "contact"),
    "questions": ("question", "host", "#open_until", "#management_hold", "topics"),
    "kudos": ("to", "authors", "values"),
    "people": ("role", "location", "photo", "#on_behalf_of"),
    "pages": ("summary",),
}
_SAMPLES = {
    "importance": "need-to-know",
    "action": "…",
    "deadline": "{date}",
    "publish": "{date} 09:00",
    "duration": "3:30",
    "captions": "{{{lang}: vlog.{lang}.vtt}}",
    "decisions": "[{{decision: …, why: …, means: …}}]",
    "open_questions": "[…, …]",
    "open_until": "{date}",
    "management_hold": "{date}",
    "on_behalf_of": "…",
}
_LATER = timedelta(days=7)
_SLUG_MAX = 60
_OPTIONS_MAX = 12
_OF_SETTINGS = frozenset({"topics", "locations", "location", "values", "series"})
_CODES = {
    "topics": "unknown-topic",
    "locations": "unknown-location",
    "location": "unknown-location",
    "values": "unknown-value",
    "series": "unknown-series",
    "authors": "unknown-person",
    "to": "unknown-person",
    "host": "unknown-person",
    "contact": "unknown-person",
    "on_behalf_of": "unknown-person",
}


class Wish(Model, frozen=True):
    """What somebody wants to write: its kind, title, language, day, and more keys as typed."""

    kind: Kind
    title: str
    lang: str
    day: datetime
    keys: dict[str, str] = {}
    in_folder: bool = False


def names_for(key: str, root: Path, config: Config) -> tuple[str, ...]:
    """The names that a key may have as values; none where any text will do."""
    match _CODES.get(key, ""):
        case "unknown-person":
            return _people(root)
        case "unknown-location":
            return tuple(config.locations)
        case "":
            return ()
        case _:
            return tuple(getattr(config, key))


def _people(root: Path) -> tuple[str, ...]:
    files = (root / CONTENT / "people").glob("*")
    return tuple(sorted({file.name.partition(".")[0] for file in files} - {""}))


def place_of(wish: Wish, root: Path, config: Config) -> str:
    """The path of the file to be written. Raises UsageError where there is such an entry."""
    name = _slug(wish.title) or wish.kind
    if wish.kind not in TIMELESS:
        name = f"{wish.day:%Y-%m-%d}-{name}"
    ending = ".md" if wish.lang == config.language else f".{wish.lang}.md"
    is_folder = wish.in_folder or wish.kind in _IN_A_FOLDER
    path = f"{CONTENT}/{wish.kind}/{name}{'/index' if is_folder else ''}{ending}"
    there = _same_entry(path, root, config)
    if there:
        raise UsageError(problem("new-exists", Span(there), title=wish.title))
    return path


def address_of(path: str, config: Config) -> str:
    """Where a file's page will stand, with the site's own folder."""
    identity = identify(path, config.languages)
    if identity is None:
        raise ValueError(path)
    lang = identity.lang or config.language
    entry = Entry(path, identity.id, identity.kind, lang, Meta(), "")
    return config.base_path + addresses.of_entry(config, lang, identity.kind, slug_of(entry))


def _slug(title: str) -> str:
    """A title as it stands in an address, cut between words."""
    slug = slugify(title)
    return slug if len(slug) <= _SLUG_MAX else slug[: _SLUG_MAX + 1].rpartition("-")[0]


def _same_entry(path: str, root: Path, config: Config) -> str:
    """A file that is the same entry in the same language, however its name is spelled."""
    wanted = identify(path, config.languages)
    folder = root / CONTENT / path.split("/")[1]
    for file in sorted(folder.rglob("*.md")) if wanted else ():
        there = file.relative_to(root).as_posix()
        other = identify(there, config.languages)
        if wanted and other and wanted.id == other.id:
            same = (wanted.lang or config.language) == (other.lang or config.language)
            if same:
                return there
    return ""


def text_of(wish: Wish, root: Path, config: Config, say: Say) -> str:
    """The text of the new file. Raises UsageError where a key or name is unknown."""
    if found := tuple(_wrong(wish, root, config)):
        raise UsageError(*found)
    keys = "\n".join(_lines(wish, root, config, say))
    file = nearest(config.theme, root, f"new/{_name_of(wish.kind)}.md")
    if file:
        text, _ = textfile.read_text(file.read_bytes(), str(file))
    else:
        text = f"---\n{{keys}}\n---\n\n{_first_words(say)[wish.kind]}\n"
    filled = {"title": yaml_text(wish.title), "date": f"{wish.day:%Y-%m-%d}", "keys": keys}
    return re.sub(r"\{(title|date|keys)\}", lambda found: filled[found[1]], text)


def _name_of(kind: Kind) -> str:
    return next(name for name, one in NAMES_OF_KINDS.items() if one == kind)


def _wrong(wish: Wish, root: Path, config: Config) -> Iterator[Problem]:
    known = schema.fields_of(wish.kind)
    for key, value in wish.keys.items():
        place = Span(f"--set {key}")
        if key not in known:
            yield problem("unknown-key", place, key=key, guess=did_you_mean(key, known))
            continue
        options = names_for(key, root, config)
        for name in value.split(",") if key in _CODES else ():
            if name.strip() and name.strip() not in options:
                guess = did_you_mean(name.strip().lower(), dict.fromkeys(options))
                yield problem(_CODES[key], place, value=name.strip(), guess=guess)


def _lines(wish: Wish, root: Path, config: Config, say: Say) -> Iterator[str]:
    """The lines above the text: what is known, what is asked for, what is offered."""
    known = schema.fields_of(wish.kind)
    title = "name" if wish.kind == "people" else "title"
    yield f"{title}: {yaml_text(wish.title)}"
    offered = [name.removeprefix("#") for name in _LINES[wish.kind]]
    draft = {"draft": say("yes")} if "draft" not in wish.keys else {}
    values = {**draft, **_given(wish)}
    for name in (*offered, *(one for one in values if one not in offered)):
        field = known[name]
        yield f"# {_remark(field, root, config, say)}"
        is_remark = f"#{name}" in _LINES[wish.kind] and name not in values
        value = values.get(name, _sample(name, wish) if is_remark else "")
        yield f"{'# ' if is_remark else ''}{name}: {_as_typed(field, value)}".rstrip()


def _remark(field: schema.Field, root: Path, config: Config, say: Say) -> str:
    """What a line is for, and the names to choose from where they are few."""
    if field.name == "draft":
        return say("Take out this line when it may go online.")
    options = names_for(field.name, root, config)
    listed = options if len(options) <= _OPTIONS_MAX and field.name in _OF_SETTINGS else ()
    choose = f" {say('Choose from:')} {', '.join(listed)}." if listed else ""
    return f"{say(field.about)}{choose}"


def _given(wish: Wish) -> dict[str, str]:
    asked = {"question": wish.title} if wish.kind == "questions" else {}
    return {**asked, **wish.keys}


def _sample(name: str, wish: Wish) -> str:
    later = wish.day + _LATER
    return _SAMPLES[name].format(date=f"{later:%Y-%m-%d}", lang=wish.lang)


def _as_typed(field: schema.Field, value: str) -> str:
    if field.type is NAMES and "," in value:
        return f"[{', '.join(part.strip() for part in value.split(','))}]"
    return value if field.name in _SAMPLES or not value else yaml_text(value)


def yaml_text(text: str) -> str:
    """A text as the value of a key, in quotes where YAML would read it as something else."""
    tree, found = parse(f"key: {text}\n", "")
    plain = tree.pairs[0][1] if tree.pairs else None
    is_same = isinstance(plain, Scalar) and plain.text == text and not found and not plain.cut
    return text if is_same and text else quote(text)


def _first_words(say: Say) -> Mapping[Kind, str]:
    """What stands in a new file where the text will come: what readers need from this kind."""
    return {
        "news": say("Begin with what is new. Then what it means for the reader, and whom to ask."),
        "vlogs": say("Tell in two or three sentences what there is to see, if you can't watch it."),
        "meetings": say("Tell what you spoke about, and what it means for who was not there."),
        "questions": say("Tell why you ask, and what happens with the answers."),
        "kudos": say("Tell what somebody did, as exactly as you can."),
        "people": say("Tell who you are, what you do, and what others can ask you."),
        "pages": say("Begin with what most readers come for."),
    }  # fmt: skip
