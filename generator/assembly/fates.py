"""What became of every address that was ever published: alive, moved, gone, or about to be lost."""

from collections.abc import Callable, Collection, Container, Iterable
from functools import cache

from generator.assembly.findings import Finding
from generator.ledger import LEDGER, Line
from generator.model import Model


class Fates(Model, frozen=True):
    """Old addresses: the editions that some lead to by now, and those without a post.

    `withdrawn` are the latter without posts that just expired or wait for
    their day: what must not be found in an earlier release either.
    """

    moved: dict[str, str] = {}
    gone: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()


class Living(Model, frozen=True):
    """What is published now: editions by their keys, and all their addresses, also those that
    front matter keeps; which entries have a file at all; and a function for the title of an
    edition.

    `pausing` are the addresses of entries that are not published at this moment
    but may be at another: expired and scheduled ones.
    """

    editions: Collection[str]
    addresses: Container[str]
    pausing: Container[str]
    ids: Container[str]
    title: Callable[[str], str]


def fates_of(
    lines: Iterable[Line], living: Living, languages: tuple[str, ...]
) -> tuple[Fates, tuple[Finding, ...]]:
    """The fate of every address in the ledger, and a finding for each that would be lost."""
    lines = tuple(lines)
    names = cache(lambda: _by_title(living, {line.key for line in lines}))
    moved, gone, lost = {}, [], []
    for line in lines:
        key = _leads_to(line, living, names, languages)
        if line.address in living.addresses:
            continue
        if key:
            moved[line.address] = key
        elif not line.key or line.key.partition("/")[2] in living.ids:
            gone.append(line.address)
        else:
            lost.append(_lost(line))
    withdrawn = tuple(one for one in gone if one not in living.pausing)
    return Fates(moved, tuple(gone), withdrawn), tuple(lost)


def _by_title(living: Living, known: set[str]) -> dict[tuple[str, str, str], str]:
    """New editions by language, kind and title; those of which two have the same are left out."""
    found: dict[tuple[str, str, str], str] = {}
    for key in living.editions:
        if key not in known:
            lang, kind, _ = key.split("/", 2)
            name = (lang, kind, living.title(key))
            found[name] = "" if name in found else key
    return found


def _leads_to(
    line: Line,
    living: Living,
    names: Callable[[], dict[tuple[str, str, str], str]],
    languages: tuple[str, ...],
) -> str:
    """The edition that an address leads to: its own, in another language, or under a new name,
    which takes a look at the titles of all new ones."""
    lang, _, id_ = line.key.partition("/")
    keys = (line.key, *(f"{other}/{id_}" for other in languages))
    own = next((key for key in keys if key in living.editions), "")
    if own or id_ in living.ids:
        return own
    return names().get((lang, id_.partition("/")[0], line.title), "")


def _lost(line: Line) -> Finding:
    return Finding(LEDGER, "address-lost", value=line.address, line=line.number)
