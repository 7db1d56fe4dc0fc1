"""The answers of one build, each worked out once, and their fingerprints."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from generator import fingerprint
from generator.assembly import Site
from generator.facts import Facts
from generator.fingerprint import decode
from generator.model import Card, Document
from generator.queries import OF_ONE, QUERIES
from generator.reads import Query, print_of
from generator.templates import Closure, references, text_of
from generator.theme import Theme

# A page asks for its document more than once, and three feeds for the same few.
_DOCUMENTS = 64
# A page asks so many things about its own post that all of them together fill the memory.
_PASSING = 4096


class Known:
    """Answers queries about a site and a theme.

    `fetch` brings documents, as they are kept, by their keys; `remembered` says what templates
    refer to, by the fingerprint of their text and of the code that looked.
    """

    def __init__(
        self,
        site: Site,
        theme: Theme,
        fetch: Callable[[Sequence[str]], Mapping[str, bytes]],
        remembered: Mapping[str, Closure] | None = None,
    ) -> None:
        self.site, self.theme = site, theme
        self.fetch = fetch
        self.body_of = lru_cache(_DOCUMENTS)(lambda key: decode(fetch((key,))[key], Document))
        self.closures: dict[str, Closure] = {}
        self._remembered = remembered or {}
        self._facts = Facts(site, theme, self._closure_of)
        self._answers: dict[Query, object] = {}
        self._prints: dict[Query, str] = {}
        self._passing: dict[Query, object] = {}
        self._passing_prints: dict[Query, str] = {}
        self._cards: dict[str, str] = {}
        self._code_of_editions = fingerprint.of_code("assembly/editions", "moments")

    def answer(self, query: Query) -> object:
        """The answer to a query."""
        if query[0] == "edition":
            # The site knows best how many of these can be held at once.
            return self.site.editions.get(query[1])
        held = self._passing if query[0] in OF_ONE else self._answers
        if query not in held:
            _make_room(self._passing)
            held[query] = QUERIES[query[0]](self._facts, *query[1:])
        return held[query]

    def fingerprint(self, query: Query) -> str:
        """The fingerprint of an answer; that of a query which nobody knows any more is empty."""
        held = self._passing_prints if query[0] in OF_ONE else self._prints
        known = held.get(query)
        if known is None:
            _make_room(self._passing_prints)
            known = held[query] = self._print(query)
        return known

    def _print(self, query: Query) -> str:
        if query[0] == "edition":
            return self._print_of_edition(query[1])
        try:
            answer = self.answer(query)
        except (KeyError, TypeError, ValueError):
            # Asked by an older build about something that is gone.
            return ""
        return print_of(answer, self._print_of_card)

    def _print_of_edition(self, key: str) -> str:
        """An edition follows from the bytes of its files: no need to look at its text."""
        one = self.site.editions.get(key)
        if one is None:
            return ""
        facts = (self._code_of_editions, one.url, one.entry.path, str(one.outdated))
        return fingerprint.of_parts((*facts, *one.basis))

    def _print_of_card(self, card: Card) -> str:
        known = self._cards.get(card.key)
        if known is None:
            known = self._cards[card.key] = fingerprint.of_value(card)
        return known

    def _closure_of(self, name: str) -> Closure:
        file, code = self.theme.templates[name], fingerprint.of_code("templates", "jinja2")
        key = fingerprint.of_parts((file.fingerprint, code))
        if key not in self.closures:
            self.closures[key] = self._remembered.get(key) or references(text_of(file))
        return self.closures[key]


def _make_room(passing: dict[Query, Any]) -> None:
    if len(passing) >= _PASSING:
        passing.clear()
