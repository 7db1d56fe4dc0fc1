"""Plein's own words in the organisation's language, from gettext catalogs."""

import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "locales"
Say = Callable[[str], str]


def words(lang: str) -> Say:
    """A function that says an English text in a language: as it is, where no catalog has it."""
    known = _catalog(lang)
    return lambda text: known.get(text) or text


@cache
def _catalog(lang: str) -> dict[str, str]:
    file = _FOLDER / f"{lang}.po"
    if not file.is_file():
        return {}
    facts = file.stat()
    compiled = _FOLDER / f"__pycache__/{lang}.{facts.st_mtime_ns}-{facts.st_size}.json"
    with suppress(OSError, ValueError):
        found: dict[str, str] = json.loads(compiled.read_bytes())
        return found
    known = _read(file)
    with suppress(OSError):
        _keep(known, compiled)
    return known


def _read(file: Path) -> dict[str, str]:
    from babel.messages.pofile import read_po

    with file.open("rb") as stream:
        return {str(one.id): str(one.string) for one in read_po(stream) if one.id}


def _keep(known: dict[str, str], compiled: Path) -> None:
    """Keep a catalog as Python keeps its own compiled code; where it may not, it is read anew."""
    if sys.dont_write_bytecode:
        return
    compiled.parent.mkdir(exist_ok=True)
    aside = compiled.with_suffix(f".{os.getpid()}")
    aside.write_text(json.dumps(known), encoding="utf-8")
    aside.replace(compiled)
    for old in compiled.parent.glob(f"{compiled.name.partition('.')[0]}.*.json"):
        if old != compiled:
            old.unlink(missing_ok=True)


def language_of_machine() -> str:
    """The language of who sits at the machine: for messages before site.yaml is read."""
    names = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return next((name for name in names if name), "en")[:2]


def size_in_words(size_bytes: int, lang: str) -> str:
    """A size as people read it: `718 kB`, `40.7 MB`, in Dutch `40,7 MB`."""
    from babel.numbers import format_decimal

    unit, of_bytes, form = ("kB", 1000, "0") if size_bytes < 1_000_000 else ("MB", 1_000_000, "0.0")
    return f"{format_decimal(size_bytes / of_bytes, form, locale=lang)}\N{NO-BREAK SPACE}{unit}"


def day_of(moment: datetime, lang: str) -> str:
    """A day as people say it, short enough for a column: `di 1 dec` or `Tue 1 Dec`."""
    from babel.dates import format_date

    return format_date(moment.date(), "EEE d MMM", locale="en_GB" if lang == "en" else lang)
