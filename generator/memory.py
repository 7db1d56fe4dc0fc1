"""What is remembered of the last build: what each output asked."""

from collections.abc import Iterable
from functools import cached_property

from generator.model import Answered, Trace
from generator.reads import Query
from generator.shelves import BETWEEN
from generator.store import Damaged, Store

# After so many new queries, or so many for each output if that is more, all are looked at.
FEW, EACH = 1000, 4


class Memory:
    """The traces of the last build, and what was answered in it.

    After a build every answer that an output asked for is the one of that build, so
    a query has one number. Reading all answers takes time, so it is put off until
    somebody wants them. `numbers` is how many numbers were given, `tidied` how many when all
    answers were last looked at. Raises Damaged.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.traces = store.all("traces", Trace)
        self.theme = store.one("marks", "theme", str) or ""
        count = store.one("marks", "numbers", int)
        if count is None and self.traces:
            raise Damaged
        self.numbers = count or 0
        self.tidied = store.one("marks", "tidied", int) or 0

    @cached_property
    def answers(self) -> dict[Query, Answered]:
        """Every query of the last build, with its answer."""
        found = self._store.all("reads", Answered)
        numbered = {one.number for one in found.values()}
        if not all(numbered.issuperset(trace.reads) for trace in self.traces.values()):
            raise Damaged
        return {tuple(key.split(BETWEEN)): one for key, one in found.items()}

    @cached_property
    def queries(self) -> dict[int, Query]:
        """Every query of the last build by its number."""
        return {one.number: query for query, one in self.answers.items()}

    def may_be_littered(self) -> bool:
        """Whether so many queries are new since all were looked at, that many of those that are
        remembered may be asked by nobody any more."""
        return self.numbers - self.tidied > max(FEW, EACH * len(self.traces))

    def has_all_answers(self) -> bool:
        """Whether all answers have been read."""
        return "answers" in self.__dict__

    def answers_about(self, names: Iterable[str]) -> dict[Query, Answered]:
        """The answers to all queries with some names."""
        found = self._store.of_kinds("reads", names, Answered)
        return {tuple(key.split(BETWEEN)): one for key, one in found.items()}

    def answers_to(self, queries: Iterable[Query]) -> dict[Query, Answered]:
        """What was answered to some queries, as far as they were asked."""
        if self.has_all_answers():
            return {one: self.answers[one] for one in queries if one in self.answers}
        keys = {key_of(query): query for query in queries}
        found = self._store.some("reads", keys, Answered)
        return {keys[key]: one for key, one in found.items()}


def key_of(query: Query) -> str:
    """The name under which the store keeps the answer to a query."""
    return BETWEEN.join(query)
