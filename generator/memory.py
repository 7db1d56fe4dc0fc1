"""What is remembered of the last build: what each output asked."""

from collections.abc import Iterable, Mapping
from functools import cached_property

from generator.model import Answered, Trace
from generator.reads import Query
from generator.shelves import BETWEEN, SHELVES, shelf_of
from generator.store import Damaged, Store

# After so many new queries, or so many for each output if that is more, all are looked at.
FEW, EACH = 1000, 4
# On more shelves than this nobody looks for who asked: then all traces are read.
_MANY = 32


class Memory:
    """The traces of the last build, and what was answered in it.

    After a build every answer that an output asked for is the one of that build, so
    a query has one number. Reading takes time, so of traces only those shelves are read that
    somebody wants, and all answers not before somebody does. `numbers` is how many numbers
    were given, `tidied` how many when all answers were last looked at. Raises Damaged.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._traces: dict[str, Trace] = {}
        self._read: set[str] = set()
        self.theme = store.one("marks", "theme", str) or ""
        count = store.one("marks", "numbers", int)
        if count is None and self.traces():
            raise Damaged
        self.numbers = count or 0
        self.tidied = store.one("marks", "tidied", int) or 0

    def traces(self) -> Mapping[str, Trace]:
        """The trace of every output."""
        return self._traces_on(map(str, range(SHELVES["traces"])))

    def traces_of(self, paths: Iterable[str]) -> dict[str, Trace]:
        """The traces of some outputs, as far as these were made."""
        wanted = tuple(paths)
        found = self._traces_on(shelf_of("traces", path) for path in wanted)
        return {path: found[path] for path in wanted if path in found}

    def traces_beside(self, answers: Iterable[Answered]) -> Mapping[str, Trace]:
        """The traces of all who asked for one of some answers, and of others."""
        shelves: set[int] = set()
        for one in answers:
            if one.shelves is None:
                return self.traces()
            shelves.update(one.shelves)
        return self._traces_on(map(str, shelves))

    def _traces_on(self, shelves: Iterable[str]) -> Mapping[str, Trace]:
        """All traces that were read, among which are those on some shelves."""
        more = set(shelves) - self._read
        if more:
            self._traces |= self._store.on_shelves("traces", more, Trace)
            self._read |= more
        return self._traces

    @cached_property
    def answers(self) -> dict[Query, Answered]:
        """Every query of the last build, with its answer."""
        found = self._store.all("reads", Answered)
        numbered = {one.number for one in found.values()}
        if not all(numbered.issuperset(trace.reads) for trace in self.traces().values()):
            raise Damaged
        return {tuple(key.split(BETWEEN)): one for key, one in found.items()}

    @cached_property
    def queries(self) -> dict[int, Query]:
        """Every query of the last build by its number."""
        return {one.number: query for query, one in self.answers.items()}

    def may_be_littered(self, outputs: int) -> bool:
        """Whether so many queries are new since all were looked at, for so many outputs, that
        many of those that are remembered may be asked by nobody any more."""
        return self.numbers - self.tidied > max(FEW, EACH * outputs)

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


def shelves_that_ask(traces: Mapping[str, Trace]) -> dict[int, bytes]:
    """On which shelves some traces stand, for each number that they name."""
    asked: dict[int, set[int]] = {}
    for path, trace in traces.items():
        asked.setdefault(int(shelf_of("traces", path)), set()).update(trace.reads)
    found: dict[int, bytearray] = {}
    for shelf in sorted(asked):
        for number in asked[shelf]:
            found.setdefault(number, bytearray()).append(shelf)
    return {number: bytes(shelves) for number, shelves in found.items()}


def shelves_with(known: bytes | None, more: bytes) -> bytes | None:
    """The shelves of who asked, and of who asks too; None where these are many."""
    if known is None:
        return None
    both = bytes(sorted({*known, *more}))
    return both if len(both) <= _MANY else None
