"""Questions and answers: what a step asks is recorded, so that it is known when to ask again."""

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from generator import fingerprint
from generator.model import Card, Document

Query = tuple[str, ...]


class Answers(Protocol):
    """Everything that can be asked; the same query has the same answer all through a build."""

    def answer(self, query: Query) -> object:
        """The answer itself."""

    def fingerprint(self, query: Query) -> str:
        """The fingerprint of the answer, cheaper than the answer where it can be."""

    def body_of(self, key: str) -> Document:
        """A document by its key."""


class Recorder:
    """Asks on behalf of one step, and remembers what was asked."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self.asked: dict[Query, None] = {}

    def ask(self, *query: str) -> object:
        """The answer to a query."""
        self.asked[query] = None
        return self.answers.answer(query)

    def also(self, queries: Iterable[Query]) -> None:
        """Remember queries whose answers came to the step in another way."""
        self.asked.update(dict.fromkeys(queries))

    def body(self, edition: str) -> Document:
        """The document of an edition. It follows from the edition, which is what is recorded."""
        found: Any = self.ask("edition", edition)
        return self.answers.body_of(found.entry.document)

    def print_of_asked(self) -> str:
        """The fingerprint of all that was asked, whatever the answers were."""
        return fingerprint.of_value(tuple(self.asked))

    def places_in(self, every: dict[Query, int]) -> tuple[int, ...]:
        """The place of each query that was asked in what others ask too, which grows by it."""
        return tuple(every.setdefault(query, len(every)) for query in self.asked)


def print_of(answer: object, print_of_card: Callable[[Card], str]) -> str:
    """The fingerprint of an answer; cards are printed once per build, however often listed."""
    if isinstance(answer, Card):
        return print_of_card(answer)
    if isinstance(answer, tuple) and answer and isinstance(answer[0], Card):
        return fingerprint.of_parts(print_of(part, print_of_card) for part in answer)
    return fingerprint.of_value(answer)
