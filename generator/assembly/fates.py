"""What became of every address that was ever published: alive, moved, gone, or about to be lost."""

from collections.abc import Iterable, Iterator, Mapping

from generator import addresses
from generator.assembly.editions import Edition, slug_of
from generator.assembly.findings import Finding
from generator.assembly.states import Withheld
from generator.config import Config
from generator.entries import identify
from generator.ledger import LEDGER, Line
from generator.model import Card, Entry, Model


class Fates(Model, frozen=True):
    """Old addresses: the editions that some lead to by now, and those without a post.

    `withdrawn` are the latter without posts that just expired or wait for
    their day: what must not be found in an earlier release either.
    """

    moved: dict[str, str] = {}
    gone: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()


class Living(Model, frozen=True):
    """What is published now, and which entries have a file at all."""

    editions: Mapping[str, Edition]
    cards: Mapping[str, Card]
    ids: frozenset[str]


def fates_of(
    lines: Iterable[Line], living: Living, waiting: Iterable[Entry], config: Config
) -> tuple[Fates, tuple[Finding, ...]]:
    """The fate of every address in the ledger, and a finding for each that would be lost.

    `waiting` are entries that are not published at this moment but may be at
    another: expired and scheduled ones.
    """
    lines = tuple(lines)
    if not lines:
        return Fates(), ()
    own = dict(addresses_of(living.editions))
    names = _by_title(living, {line.key for line in lines})
    moved, gone, lost = {}, [], []
    for line in lines:
        key = _leads_to(line, living, names, config)
        if line.address in own:
            continue
        if key:
            moved[line.address] = key
        elif not line.key or line.key.partition("/")[2] in living.ids:
            gone.append(line.address)
        else:
            lost.append(_lost(line))
    pausing = {url for entry in waiting for url in _urls(entry, config)}
    withdrawn = tuple(one for one in gone if one not in pausing)
    return Fates(moved, tuple(gone), withdrawn), tuple(lost)


def addresses_of(editions: Mapping[str, Edition]) -> Iterator[tuple[str, str]]:
    """Every address of every edition with its key: those that its front matter keeps, its own."""
    for key, edition in editions.items():
        for alias in () if edition.fallback else edition.entry.meta.aliases:
            yield f"/{alias.strip('/')}/", key
    for key, edition in editions.items():
        yield edition.url, key


def _by_title(living: Living, known: set[str]) -> dict[tuple[str, str, str], str]:
    """New editions by language, kind and title; those of which two have the same are left out."""
    found: dict[tuple[str, str, str], str] = {}
    for key, card in living.cards.items():
        if key not in known:
            name = (card.lang, card.kind, card.title)
            found[name] = "" if name in found else key
    return found


def _leads_to(
    line: Line, living: Living, names: dict[tuple[str, str, str], str], config: Config
) -> str:
    """The edition that an address leads to: its own, in another language, or under a new name."""
    lang, _, id_ = line.key.partition("/")
    keys = (line.key, *(f"{other}/{id_}" for other in config.languages))
    own = next((key for key in keys if key in living.editions), "")
    if own or id_ in living.ids:
        return own
    return names.get((lang, id_.partition("/")[0], line.title), "")


def _urls(entry: Entry, config: Config) -> Iterator[str]:
    for lang in config.languages:
        yield addresses.of_entry(config, lang, entry.kind, slug_of(entry))


def _lost(line: Line) -> Finding:
    return Finding(LEDGER, "address-lost", value=line.address, line=line.number)


def ids_of(paths: Iterable[str], config: Config) -> frozenset[str]:
    """The ids of all entries that have a file, whatever is in it."""
    found = (identify(path, config.languages) for path in paths)
    return frozenset(one.id for one in found if one)


def is_pausing(one: Withheld) -> bool:
    """Whether an entry is away by its own dates, rather than withdrawn."""
    return one.status in ("expired", "scheduled")
