"""Decides what an address in a body becomes: a live link, a hole, or nothing with a problem."""

import html
import re
from urllib.parse import unquote

from generator.markup.allowed import SCHEMES
from generator.markup.notes import Notes, Reference, Where
from generator.moments import is_in_film

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.I)
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\xad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
_LEFT_OUT = re.compile(r"[\t\n\r\x00]")
_TOP = ("", "top")


def plain(address: str) -> str:
    """An address as a browser reads it: entities resolved, control characters gone."""
    for _ in range(3):
        resolved = html.unescape(address)
        if resolved == address:
            break
        address = resolved
    return _LEFT_OUT.sub("", address).strip("\x20\x01\x02\x03\x1f")


def scheme_of(address: str) -> str:
    """The scheme in lower case, however it is disguised; empty for an address within the site."""
    found = _SCHEME.match(_INVISIBLE.sub("", plain(address)))
    return found[1].lower() if found else ""


def link(notes: Notes, where: Where, address: str, has_text: bool = True) -> str | None:
    """The `href` of a link; None when it may not be live."""
    scheme, target = scheme_of(address), plain(address)
    place = notes.place(where, target)
    if scheme and scheme not in SCHEMES:
        notes.report("link-scheme", place, scheme=scheme)
        return None
    if not target:
        notes.report("link-empty", place)
        return None
    if not has_text:
        notes.report("link-no-text", place)
    if scheme or target.replace("\\", "/").startswith("//"):
        return address
    path, _, anchor = target.partition("#")
    if not path:
        if anchor not in _TOP and not is_in_film(anchor):
            notes.references.append(Reference("anchor", "", unquote(anchor), place))
        return address
    return notes.refer(Reference("link", unquote(path), unquote(anchor), place))


def image(notes: Notes, where: Where, address: str, alt: str | None) -> str | None:
    """The `src` of an image; None when it can't be shown. `alt` of None: the writer gave none."""
    scheme, target = scheme_of(address), plain(address)
    place = notes.place(where, target)
    if scheme in ("http", "https") or target.replace("\\", "/").startswith("//"):
        notes.report("image-remote", place)
        return None
    if scheme:
        notes.report("image-scheme", place, scheme=scheme)
        return None
    if not target:
        notes.report("image-empty", place)
        return None
    if alt is None:
        notes.report("image-no-alt", place)
    path, _, anchor = target.partition("#")
    return notes.refer(Reference("image", unquote(path), unquote(anchor), place))
