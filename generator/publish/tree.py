"""What is to be published: every file that the last build made, each as it made it."""

import re
import time
from pathlib import Path

from generator import fingerprint, write
from generator.model import Model, Span
from generator.problems import UsageError, problem
from generator.scan import hash_file

_FOR_EVER = re.compile(r"assets/.+-[0-9a-f]{8}\.\w+|media/[0-9a-f]{10}/.+")


class Tree(Model, frozen=True):
    """The files of a site by path, each with its fingerprint, and the folder that holds them.

    `manifest` is what the build wrote down of them; `entries` are the pages of
    posts and people, as against lists.
    """

    root: str
    files: dict[str, str]
    manifest: str
    entries: frozenset[str] = frozenset()

    @property
    def fingerprint(self) -> str:
        """The fingerprint of all names and contents: the same for the same site anywhere."""
        return fingerprint.of_parts(part for pair in sorted(self.files.items()) for part in pair)


class Difference(Model, frozen=True):
    """What a publication changes, as paths."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def read_tree(root: Path, shown: str, entries: frozenset[str] = frozenset()) -> Tree:
    """The files of a build, all read. Raises UsageError unless they are just what it wrote.

    What stands in the folder beside them is not Plein's, and is not published.
    """
    found = write.survey(root, {}, time.time_ns())
    files = {}
    for path in sorted(found.files):
        print_ = hash_file(root / path)
        if write.entry_of(path, print_) in found.ours:
            files[path] = print_
    if not files or len(files) != len(found.ours):
        raise UsageError(problem("publish-incomplete", Span(shown)))
    return Tree(str(root), files, found.manifest, entries)


def compare(old: dict[str, str], new: dict[str, str]) -> Difference:
    """What is different between the files of two sites."""
    return Difference(
        added=tuple(path for path in new if path not in old),
        changed=tuple(path for path, print_ in new.items() if old.get(path, print_) != print_),
        removed=tuple(sorted(path for path in old if path not in new)),
    )


def is_page(path: str) -> bool:
    """Whether a file is a page that people open."""
    return path.endswith(".html")


def is_for_ever(path: str) -> bool:
    """Whether a file's name tells its content, so that it can be kept for ever."""
    return _FOR_EVER.fullmatch(path) is not None


def rank(path: str, tree: Tree) -> int:
    """When a file goes out, where no switch can be made: after everything that it leads to."""
    if path in tree.entries:
        return 1
    return 2 if path.endswith((".html", ".xml", ".json", ".txt")) else 0
