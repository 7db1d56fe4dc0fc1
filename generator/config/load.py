"""Reading a site.yaml: all its problems at once, then its defaults."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from generator import frontmatter, textfile
from generator.config.model import Config, Term, Words
from generator.config.settings import RENAMED, SETTINGS, SYNONYMS
from generator.fields import Context
from generator.model import Span
from generator.problems import Problem, UsageError, problem
from generator.yamltree import Mapping, Scalar, parse


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
        if key.text in RENAMED:
            context.fail("setting-renamed", key.span, key=key.text, name=RENAMED[key.text])
        elif key.text not in known:
            synonym = SYNONYMS.get(key.text.lower())
            guess = synonym or frontmatter.did_you_mean(key.text, known)
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
