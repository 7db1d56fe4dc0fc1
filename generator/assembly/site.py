"""The site: a skeleton with what its files say now; nothing of them is read before it is asked for.

An edition follows from a few files, so it is made by the same functions again
when somebody asks for it; a card was made with the profile of its entry.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from generator import fingerprint
from generator.assembly.editions import Edition, by_language, editions, merge
from generator.assembly.fates import Fates
from generator.assembly.links import Directory
from generator.assembly.lists import ListName, Lists, Numbers, places_in
from generator.assembly.skeleton import Skeleton
from generator.assembly.states import Withheld
from generator.config import Config, Term
from generator.entries import identify
from generator.lazily import Lazily, Row
from generator.load import Library
from generator.model import Card, Entry, Model
from generator.paths import CONTENT


class Site(Model, frozen=True):
    """All that is published at a moment, and what follows from it.

    Editions and cards are by `language/id`; `lists` are the cards in every
    list, `years` those of the long ones by year, `places` where in a list a card
    stands by its key; `shown` are the files whose texts editions show, `documents` their keys,
    `terms` the topics and so on by facet, with those that
    entries use beyond site.yaml where that is allowed; `pinned`, `aliases` and
    `pages` as in Skeleton.
    """

    config: Config
    library: Library
    directory: Directory
    editions: Mapping[str, Edition]
    cards: Mapping[str, Card]
    shown: Mapping[str, str]
    documents: Mapping[str, str]
    lists: Lists
    years: Mapping[ListName, Mapping[str, Sequence[Card]]]
    places: Mapping[ListName, Mapping[str, int]]
    terms: dict[str, dict[str, Term]]
    pinned: tuple[str, ...]
    withheld: tuple[Withheld, ...]
    aliases: tuple[tuple[str, str], ...]
    pages: bytes
    fates: Fates = Fates()

    def read_whole(self) -> None:
        """Read everything now, so that anything can be asked without the cache."""
        for _ in (*self.library.loaded.values(), *self.cards.values()):
            pass


def site_of(
    bones: Skeleton,
    library: Library,
    config: Config,
    card: Callable[[str], bytes],
    most: int = 0,
) -> Site:
    """The site of a skeleton, as what the files of a library say now.

    `card` gives the card of an edition, spelled. Not more than `most` editions and
    entries are held in memory; 0 is all. Cards are small: each is held once it was
    asked for.
    """
    versions = lru_cache(most or None)(_merging(bones, library, config))
    ids, included = dict(zip(bones.files, bones.owners, strict=True)), bones.included()

    def edition(key: str) -> Edition:
        lang, _, id_ = key.partition("/")
        every = editions(versions(id_), config, included)
        return next(one for one in every if one.lang == lang)

    def entry(path: str) -> Entry:
        return next(one for one in versions(ids[path]).values() if one.path == path)

    texts = dict(zip(bones.editions, bones.shown, strict=True))
    cards = Lazily(texts, lambda key: fingerprint.read_back(card(key), Card))
    lists, years = dict(bones.lists), dict(bones.by_year)

    def row(numbers: Numbers) -> Row[Card]:
        return Row(numbers, lambda number: cards[bones.editions[number]])

    return Site(
        config=config,
        library=library,
        directory=Directory(library, ids, Lazily(ids, entry, most), included, config.languages),
        editions=Lazily(texts, edition, most),
        cards=cards,
        shown=texts,
        documents=Lazily(texts, lambda key: library.document_of(texts[key])),
        lists=Lazily(lists, lambda name: row(lists[name])),
        years=Lazily(years, lambda name: Lazily(years[name], lambda year: row(years[name][year]))),
        places=Lazily(
            lists, lambda name: places_in(bones.editions[number] for number in lists[name])
        ),
        terms=bones.terms,
        pinned=bones.pinned,
        withheld=bones.withheld,
        aliases=bones.aliases,
        pages=bones.pages,
        fates=bones.fates,
    )


def _merging(
    bones: Skeleton, library: Library, config: Config
) -> Callable[[str], dict[str, Entry]]:
    def versions(id_: str) -> dict[str, Entry]:
        entries = [library.loaded[path].entry for path in bones.versions(id_)]
        every, _ = by_language(one for one in entries if one)
        return merge(every, config)

    return versions


def people_of(library: Library, config: Config) -> dict[str, None]:
    """Everybody with a file of their own, published or not, by id."""
    start = f"{CONTENT}/people/"
    files = (path for path in library.loaded if path.startswith(start))
    found = (identify(path, config.languages) for path in files)
    return dict.fromkeys(one.id.removeprefix("people/") for one in found if one)
