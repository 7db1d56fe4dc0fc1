"""What can be found: every listed page as a record of words, and which records stand together.

A language's tree is divided by age, so that a new post leaves the index of
earlier years as it was: each year, the newest without its newest month, that
month, and what has no date.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from generator import fingerprint, media
from generator.assembly import Edition, Site
from generator.assembly.lists import order
from generator.assembly.site import people_of
from generator.indexer import Record
from generator.markup import text
from generator.model import KINDS, Card, Decision, Document, Meeting, Model, Person, Question
from generator.vlogqueries import spoken_in

CODE = ("records", "searching", "indexer", "bundles", "markup/text", "markup/allowed")
UNDATED = "pages"
_PICTURE_PX = 320


class Shelf(Model, frozen=True):
    """Records of one language that are indexed together: the keys of their editions, in order.

    `heads` is the fingerprint of all that is in the records but the text, which follows
    from `documents`. The first shelf of a language `leads`: the program comes with its index.
    """

    lang: str
    name: str
    leads: bool
    heads: str
    keys: tuple[str, ...]
    documents: tuple[str, ...]


def shelves_of(site: Site) -> tuple[Shelf, ...]:
    """All that can be found on a site, by language and age; what has no date first."""
    return tuple(
        Shelf(lang, name, number == 0, _heads(site, keys), tuple(keys), _documents(site, keys))
        for lang in site.config.languages
        for number, (name, keys) in enumerate(_by_age(_listed(site, lang)).items())
    )


def _listed(site: Site, lang: str) -> list[Card]:
    found = (card for kind in KINDS for card in site.lists.get((lang, "kind", kind), ()))
    return sorted(found, key=order)


def _by_age(cards: Iterable[Card]) -> dict[str, list[str]]:
    """The keys of cards by the names of their shelves: the undated, then the newest first."""
    months = {card.key: f"{card.date:%Y-%m}" if card.date else "" for card in cards}
    newest = max(months.values(), default="")
    shelves: dict[str, list[str]] = defaultdict(list)
    for key, month in months.items():
        name = month if month == newest else month[:4]
        shelves[name or UNDATED].append(key)
    names = [UNDATED, *sorted(shelves.keys() - {UNDATED}, reverse=True)]
    return {name: shelves[name] for name in names if name in shelves}


def _heads(site: Site, keys: Iterable[str]) -> str:
    hidden = _hidden(site)
    return fingerprint.of_value([_record(site, key, "", hidden) for key in keys])


def _hidden(site: Site) -> frozenset[str]:
    """The colleagues whose pages are not published: nobody may learn of them."""
    lang = site.config.language
    names = people_of(site.library, site.config)
    return frozenset(name for name in names if f"{lang}/people/{name}" not in site.cards)


def _documents(site: Site, keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(document for key in keys for document in site.editions[key].basis)


def key_of(shelf: Shelf, program: str) -> str:
    """What an index follows from: its records, the documents they are of, and who makes it."""
    made = (shelf.lang, str(shelf.leads), program, fingerprint.of_code(*CODE))
    return fingerprint.of_parts((*made, shelf.heads, *shelf.documents))


def records_on(shelf: Shelf, site: Site, body_of: Callable[[str], Document]) -> Iterator[Record]:
    """The records of a shelf, with their text."""
    hidden = _hidden(site)
    for key in shelf.keys:
        document = body_of(site.editions[key].entry.document)
        yield _record(site, key, text.of_document(document), hidden)


def _record(site: Site, key: str, body: str, hidden: frozenset[str]) -> Record:
    card, edition = site.cards[key], site.editions[key]
    words = (*_words_before(edition), body, *_spoken(site, card))
    content = "\n".join(one for one in words if one)
    meta = {"title": card.title}
    if card.date:
        meta["date"] = f"{card.date:%Y-%m-%d}"
    if card.picture:
        meta["image"] = _small(card)
    if names := _names(site, card, hidden):
        meta["people"] = names
    # Who has no words of their own is found by name.
    return Record(card.url, content or card.title, meta, _filters(card, hidden))


def _names(site: Site, card: Card, hidden: frozenset[str]) -> str:
    """Who wrote it, for whom, and whom it thanks, as they are called."""
    people = dict.fromkeys((*card.authors, card.on_behalf_of, *card.to))
    shown = (site.cards.get(f"{card.lang}/people/{one}") for one in people)
    called = ((one, page.title if page else one) for one, page in zip(people, shown, strict=True))
    return ", ".join(name for one, name in called if name and one not in hidden)


def _small(card: Card) -> str:
    """The address of a card's picture, small where there is one."""
    picture = card.picture
    if picture is None:
        return ""
    if _PICTURE_PX not in picture.widths:
        return picture.url
    return media.srcset(picture.url, (_PICTURE_PX,)).partition(" ")[0]


def _filters(card: Card, hidden: frozenset[str]) -> dict[str, tuple[str, ...]]:
    people = [*card.authors, card.on_behalf_of, *card.to]
    if card.kind == "people":
        people.append(card.id.removeprefix("people/"))
    found = {
        "kind": (card.kind,),
        "topic": card.topics,
        "location": tuple(dict.fromkeys((*card.locations, card.location))),
        "person": tuple(one for one in dict.fromkeys(people) if one not in hidden),
        "year": (f"{card.date:%Y}",) if card.date else (),
        "language": (card.content_lang,),
    }
    return {name: tuple(one for one in values if one) for name, values in found.items()}


def _words_before(edition: Edition) -> Iterator[str]:
    """What stands in the front matter of an entry and is read on its page."""
    meta = edition.entry.meta
    yield from (meta.summary, meta.action)
    match edition.entry.details:
        case Meeting(decisions=decisions, open_questions=asked):
            yield from (*_decided(decisions), *asked)
        case Question(question=question, heard=heard, doing=doing):
            yield from (question, heard, doing)
        case Person(role=role):
            yield role


def _decided(decisions: Iterable[Decision]) -> Iterator[str]:
    for one in decisions:
        yield from (one.text, one.why, one.means)


def _spoken(site: Site, card: Card) -> Iterator[str]:
    """What is said in a vlog."""
    if card.kind == "vlogs":
        for _, said in spoken_in(site, card.key):
            yield " ".join(cue.text for cue in said)
