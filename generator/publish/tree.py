"""What is to be published: every file that a build made, and nothing that stands beside them."""

import re
from collections.abc import Container
from pathlib import Path

import msgspec

from generator import fingerprint, manifest, packing
from generator.model import Model
from generator.paths import html_path
from generator.result import Result

_FOR_EVER = re.compile(r"assets/.+-[0-9a-f]{8}\.\w+|media/[0-9a-f]{10}/.+")


class Tree(Model, frozen=True):
    """The files of a site by path, each with its fingerprint, and the folder that holds them.

    `manifest` is what is written down of them; `entries` are the pages of posts
    and people, as against lists; `gone` those of posts that were withdrawn, which
    only say so; `instead` names the file to send for some of the paths, where
    that is a compressed form.
    """

    root: str
    files: dict[str, str]
    manifest: str
    entries: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()
    instead: dict[str, str] = {}

    @property
    def fingerprint(self) -> str:
        """The fingerprint of all names and contents: the same for the same site anywhere."""
        return fingerprint.of_parts(part for pair in sorted(self.files.items()) for part in pair)


class Difference(Model, frozen=True):
    """What a publication changes, as paths."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def tree_of(result: Result, root: Path) -> Tree:
    """What a build just made in a project, as it knows it: nothing is read again.

    Raises ValueError for one that was not asked for its addresses.
    """
    if result.addresses is None:
        raise ValueError("a build that is to be published has to tell its addresses")
    files = dict(sorted(result.outputs.items()))
    gone = frozenset(html_path(address) for address in result.withdrawn)
    return Tree(str(root / result.output), files, _manifest(files), result.addresses.entries, gone)


def for_store(tree: Tree, encoding: str) -> Tree:
    """A tree as a store gets it, which can't choose: without compressed forms beside texts.

    With an `encoding` the text itself is sent in that form, where it is there.
    """
    plain = {path: print_ for path, print_ in tree.files.items() if not original(path, tree.files)}
    forms = {path: path + packing.ENDING_OF[encoding] for path in plain} if encoding else {}
    instead = {path: form for path, form in forms.items() if form in tree.files}
    files = {path: tree.files[instead.get(path, path)] for path in plain}
    return msgspec.structs.replace(tree, files=files, manifest=_manifest(files), instead=instead)


def _manifest(files: dict[str, str]) -> str:
    return manifest.manifest_of(manifest.entries_of(files))


def original(path: str, files: Container[str]) -> str:
    """The text of which a file is a compressed form; empty when it is none."""
    plain = next((path.removesuffix(end) for end in packing.ENDINGS if path.endswith(end)), "")
    return plain if plain in files and packing.can_be_packed(plain) else ""


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
    path = original(path, tree.files) or path
    if path in tree.entries:
        return 1
    return 2 if path.endswith((".html", ".xml", ".json", ".txt")) else 0
