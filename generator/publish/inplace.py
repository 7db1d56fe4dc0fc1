"""Places where files are replaced one by one: a plain folder, an object store.

There is no switch, so the order makes it safe: what pages need goes first,
pages next (new ones before those that may lead to them), lists and feeds after
them, and then the deletions. A
manifest in the place (the build's own) tells what is there; it is widened
first and narrowed last, so that a publication that was killed is simply done
again.
"""

from collections import Counter
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from generator import manifest
from generator.publish.tree import Difference, Tree, original, rank


class Sink(Protocol):
    """A place that takes files by their path."""

    shown: str

    def locked(self) -> AbstractContextManager[None]:
        """Keep others out. Raises Busy when somebody else publishes here."""

    def names(self) -> frozenset[str]:
        """The paths of all files that are there."""

    def manifest(self) -> str:
        """The manifest that is there, or nothing."""

    def put(self, path: str, file: Path) -> None:
        """Put a file in its place, whole."""

    def put_manifest(self, text: str) -> None:
        """Replace the manifest."""

    def delete(self, paths: tuple[str, ...]) -> None:
        """Take files away."""


def difference(sink: Sink, tree: Tree) -> Difference:
    """What a publication would change in a place; files that Plein did not put there stay."""
    names, lines = sink.names(), manifest.lines_of(sink.manifest())
    claims = Counter(line.partition(" ")[0] for line in lines)
    sure = {line for line in lines if claims[line.partition(" ")[0]] == 1}
    stale = [
        path
        for path, print_ in tree.files.items()
        if path not in names or manifest.entry_of(path, print_) not in sure
    ]
    removed = (
        path
        for path in names
        if path not in tree.files and manifest.entry_of(path, "").strip() in claims
    )
    return Difference(
        added=tuple(path for path in stale if path not in names),
        changed=tuple(path for path in stale if path in names),
        removed=tuple(sorted(removed)),
    )


def pages_at(sink: Sink) -> int:
    """How many pages a place holds."""
    return sum(name.endswith(".html") for name in sink.names())


def replace(sink: Sink, tree: Tree, change: Difference) -> None:
    """Bring a place up to date, in the order that never shows a link to nothing."""
    # Of two kinds of pages that lead to each other the new ones go first: nobody knows them yet.
    news = set(change.added)
    todo = sorted(
        (*change.added, *change.changed),
        key=lambda path: (rank(path, tree), path not in news, path),
    )
    if not todo and not change.removed and sink.manifest() == tree.manifest:
        return
    both = manifest.lines_of(sink.manifest()) | manifest.lines_of(tree.manifest)
    sink.put_manifest(manifest.manifest_of(both))
    # A server that finds a compressed form sends that, so an old one goes before its text.
    early = tuple(path for path in change.removed if original(path, tree.files))
    sink.delete(early)
    for path in todo:
        sink.put(path, Path(tree.root, tree.instead.get(path, path)))
    late = set(change.removed).difference(early)
    sink.delete(tuple(sorted(late, key=lambda path: (-rank(path, tree), path))))
    sink.put_manifest(tree.manifest)
