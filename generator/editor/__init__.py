"""What an editor needs to know of a site: its keys and names as JSON Schema, snippets and words.

All of it comes from the model that Plein itself reads with, and from site.yaml.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from generator import schema, shapes
from generator.config import SETTINGS, Config
from generator.fields import YES_NO
from generator.model import KINDS, Kind
from generator.newentry import NAMES_OF_KINDS, TIMELESS, names_for
from generator.schema import Field
from generator.shapes import Shape
from generator.words import Say

_DRAFT = "http://json-schema.org/draft-07/schema#"
_WORD = re.compile(r"[^\W\d_]{3,}")
_TODAY = "$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE"


def files(root: Path, config: Config, say: Say) -> dict[str, str]:
    """Every file for an editor, by its path in the folder for it."""
    made: dict[str, object] = {"plein/site.json": of_settings(say)}
    for kind in KINDS:
        made[f"plein/{kind}.json"] = of_kind(kind, root, config, say)
    made["plein.code-snippets"] = snippets(root, config, say)
    texts = {path: json.dumps(one, ensure_ascii=False, indent=2) for path, one in made.items()}
    ended = {path: f"{text}\n" for path, text in texts.items()}
    return {**ended, "plein/words.txt": "".join(f"{one}\n" for one in words(root, config))}


def first_files() -> dict[str, str]:
    """What VS Code needs once, and its user may change afterwards: settings, extensions, tasks."""
    folder = Path(__file__).parent / "vscode"
    return {file.name: file.read_text(encoding="utf-8") for file in sorted(folder.iterdir())}


def of_settings(say: Say) -> Shape:
    """The schema of site.yaml."""
    parts = {
        one.name: {"description": say(one.about), **shapes.or_empty(one.type.shape)}
        for one in SETTINGS
    }
    required = [one.name for one in SETTINGS if one.required]
    return {"$schema": _DRAFT, "title": "site.yaml", **shapes.fixed(parts, required)}


def of_kind(kind: Kind, root: Path, config: Config, say: Say) -> Shape:
    """The schema of the lines above a text of a kind, with the names that this site knows.

    A translation takes over what its original has, so only what each file
    must have itself is required.
    """
    known = schema.fields_of(kind)
    parts = {
        name: {"description": say(field.about), **shapes.or_empty(_shape(field, root, config))}
        for name, field in known.items()
    }
    required = [one.name for one in known.values() if one.required and not one.inherit]
    return {"$schema": _DRAFT, "title": f"content/{kind}", **shapes.fixed(parts, required)}


def _shape(field: Field, root: Path, config: Config) -> Shape:
    known = names_for(field.name, root, config)
    return shapes.names(known) if known else field.type.shape


def snippets(root: Path, config: Config, say: Say) -> dict[str, object]:
    """What an editor can fill in while somebody types above a text: a whole start, and each key."""
    made: dict[str, object] = {}
    fields: dict[str, Field] = {}
    for name, kind in NAMES_OF_KINDS.items():
        known = schema.fields_of(kind)
        fields |= {key: one for key, one in known.items() if key not in fields}
        starts = list(_start(known, kind not in TIMELESS, root, config))
        made[f"plein {name}"] = _snippet(f"plein-{name}", starts, say(f"kind:{kind}"))
    for key, field in sorted(fields.items()):
        made[key] = _snippet(key, [f"{key}: {_value(field, 1, root, config)}"], say(field.about))
    return made


def _start(known: dict[str, Field], is_dated: bool, root: Path, config: Config) -> Iterator[str]:
    wanted = [one for one in known.values() if one.required or (is_dated and one.name == "topics")]
    yield "---"
    for number, field in enumerate(wanted, 1):
        yield f"{field.name}: {_value(field, number, root, config)}"
    yield from [f"date: {_TODAY}"] if is_dated else []
    yield from ("draft: yes", "---", "", "$0")


def _value(field: Field, number: int, root: Path, config: Config) -> str:
    names = names_for(field.name, root, config) or field.type.shape.get("enum", ())
    if field.type is YES_NO:
        names = ("yes", "no")
    if field.type.shape == shapes.MOMENT:
        return _TODAY
    listed = ",".join(re.sub(r"([,|\\}])", r"\\\1", str(one)) for one in names)
    return f"${{{number}|{listed}|}}" if listed else f"${number}"


def _snippet(prefix: str, body: list[str], description: str) -> dict[str, object]:
    return {"scope": "markdown", "prefix": prefix, "body": body, "description": description}


def words(root: Path, config: Config) -> list[str]:
    """The names of a site that no dictionary has: of the organisation, its places and people."""
    texts = [*config.title.values(), *config.organisation.values(), *config.description.values()]
    for terms in (config.topics, config.locations, config.values, config.series):
        texts += [text for term in terms.values() for text in term.name.values()]
    texts += [name.replace("-", " ").title() for name in names_for("authors", root, config)]
    return sorted({word for text in texts for word in _WORD.findall(text)})
