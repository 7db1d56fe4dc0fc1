"""Where links and pictures lead: every target is looked up before a page is made."""

import posixpath
import re
from collections.abc import Iterator, Mapping

from generator import media
from generator.assembly.findings import Finding
from generator.entries import identify
from generator.frontmatter import did_you_mean
from generator.load import Library
from generator.model import Entry, Hole, Model, Vlog
from generator.moments import is_in_film
from generator.paths import CONTENT, resolve
from generator.uses import is_elsewhere
from generator.vlogs import captions

_DATE_FIRST = re.compile(r"\d{4}-\d\d-\d\d[-_ ]+")


class Directory(Model, frozen=True):
    """What links are looked up in: the files, the ids and entries by path, and what goes out."""

    library: Library
    ids: Mapping[str, str]
    entries: Mapping[str, Entry]
    included: frozenset[str]
    languages: tuple[str, ...]


def check_links(entry: Entry, directory: Directory) -> Iterator[Finding]:
    """Every link and picture of an entry that leads nowhere."""
    for hole in entry.holes:
        path = hole.path or None
        is_picture = hole.kind == "image"
        wrong = (
            _check_picture(path, entry.path, directory)
            if is_picture
            else _check_link(path, hole, entry.path, directory)
        )
        for code, args in wrong:
            yield Finding(entry.path, code, value=hole.target, args=args, hole=hole)
    for key, target in _files_in(entry):
        for code, args in _check_file(key, target, entry, directory):
            yield Finding(entry.path, code, key, target, args)


_Wrong = Iterator[tuple[str, tuple[tuple[str, str], ...]]]


def _check_link(path: str | None, hole: Hole, base: str, directory: Directory) -> _Wrong:
    target = entry_at(path, directory) if path else None
    if path is None:
        yield "link-outside", ()
    elif target:
        if target.path not in directory.included:
            yield "link-unpublished", ()
        elif target.kind == "vlogs" and is_in_film(hole.anchor):
            return
        elif hole.anchor and hole.anchor not in target.anchors:
            guess = did_you_mean(hole.anchor, dict.fromkeys(target.anchors))
            yield "link-anchor-missing", (("anchor", hole.anchor), ("guess", guess))
    elif media.is_picture(path) and path in directory.library.sources:
        yield from _check_picture(path, base, directory)
    elif path not in directory.library.sources:
        guess = _elsewhere(hole.target) or _guess(path, base, directory)
        yield "link-missing", (("guess", guess),)


def _elsewhere(target: str) -> str:
    """The address that somebody meant who left out `https://` or `mailto:`."""
    if "@" in target:
        return f"mailto:{target}"
    return f"https://{target}" if target.startswith("www.") else ""


def _check_picture(path: str | None, base: str, directory: Directory) -> _Wrong:
    if path is None:
        yield "link-outside", ()
    elif path not in directory.library.sources:
        yield "image-missing", (("guess", _guess(path, base, directory)),)
    elif not media.is_picture(path):
        yield "image-kind", ()
    else:
        facts = directory.library.images.get(path)
        if facts and facts.trouble:
            yield facts.trouble, ()


def _files_in(entry: Entry) -> Iterator[tuple[str, str]]:
    """The files that front matter names, with their key."""
    yield "image", entry.meta.image
    yield "photo", getattr(entry.details, "photo", "")
    if isinstance(entry.details, Vlog):
        yield "video", entry.details.video
        yield "transcript", entry.details.transcript
        yield from (("captions", file) for _, file in entry.details.captions)


def _check_file(key: str, target: str, entry: Entry, directory: Directory) -> _Wrong:
    if not target or (key == "video" and is_elsewhere(target)):
        return
    path = resolve(entry.path, target, CONTENT)
    scheme = re.match(r"([a-zA-Z][\w+.-]*):", target)
    if target.startswith("//") or (scheme and scheme[1].lower() in ("http", "https")):
        yield ("image-remote" if key in ("image", "photo") else "file-remote"), ()
    elif scheme:
        yield (
            "image-scheme" if key in ("image", "photo") else "file-remote",
            (("scheme", scheme[1]),),
        )
    elif key in ("image", "photo"):
        yield from _check_picture(path, entry.path, directory)
    elif path is None:
        yield "link-outside", ()
    else:
        yield from _check_beside(key, path, entry.path, directory)


def _check_beside(key: str, path: str, base: str, directory: Directory) -> _Wrong:
    """What is wrong with a video, subtitles or transcript beside a vlog."""
    if key == "transcript" and path.lower().endswith(".md"):
        yield "transcript-kind", ()
    elif path not in directory.library.sources:
        yield "file-missing", (("guess", _guess(path, base, directory)),)
    elif key == "captions" and not path.lower().endswith(captions.ENDINGS):
        yield "captions-kind", ()


def entry_at(path: str, directory: Directory) -> Entry | None:
    """The entry that a project path names."""
    found = source_at(path, directory)
    return directory.entries[found] if found else None


def source_at(path: str, directory: Directory) -> str:
    """The file of an entry that a project path names: itself, or by the name that translations
    share; empty where there is none."""
    if path in directory.ids:
        return path
    identity = identify(path, directory.languages)
    if identity is None or identity.lang:
        return ""
    same = (f"{CONTENT}/{identity.id}{rest}" for rest in _spellings(directory.languages))
    return next((one for one in same if one in directory.ids), "")


def _spellings(languages: tuple[str, ...]) -> Iterator[str]:
    for middle in ("", "/index"):
        yield f"{middle}.md"
        yield from (f"{middle}.{lang}.md" for lang in languages)


def _guess(path: str, base: str, directory: Directory) -> str:
    """A file with a name that looks like the one that is missing, as seen from `base`."""
    fits = media.is_picture if media.is_picture(path) else _is_file
    known = sorted(one for one in directory.library.sources if fits(one) and one != base)
    home, name = _place_of(path, directory.languages)
    places = {one: _place_of(one, directory.languages) for one in reversed(known)}
    beside = {own: one for one, (folder, own) in places.items() if folder == home}
    everywhere = {own: one for one, (_, own) in places.items()}
    for names in (beside, everywhere):
        guess = did_you_mean(name, names)
        if guess:
            return posixpath.relpath(names[guess], base.rpartition("/")[0])
    return ""


def _place_of(path: str, languages: tuple[str, ...]) -> tuple[str, str]:
    """The folder and name to compare: a post's, in a folder of its own or not, without its date."""
    identity = identify(path, languages)
    place = f"{CONTENT}/{identity.id}" if identity else path
    folder, _, name = place.rstrip("/").rpartition("/")
    return folder, _DATE_FIRST.sub("", name.lower())


def _is_file(_: str) -> bool:
    return True
