"""Releases: each publication a folder of its own, one of which is current, the last few kept.

A place that holds releases looks like this, and a web server serves `current`:

    current -> releases/000007-1f0c3a9be2
    releases/000007-1f0c3a9be2/         the site
    releases/000007-1f0c3a9be2.files    the list of its files: there when it is whole
"""

from contextlib import AbstractContextManager
from typing import Protocol

from generator.model import Model, Span
from generator.problems import UsageError, problem
from generator.publish.listing import Listing
from generator.publish.tree import Tree, is_for_ever

CURRENT = "current"
FOLDER = "releases"
LIST = ".files"
UNFINISHED = ".new-"
_CARRIED = "assets/"


class Shelf(Protocol):
    """A place that holds releases: a folder here, or one on a server."""

    shown: str

    def locked(self) -> AbstractContextManager[None]:
        """Keep others out. Raises Busy when somebody else publishes here."""

    def releases(self) -> tuple[str, ...]:
        """The names of the whole releases, oldest first."""

    def current(self) -> str:
        """The name of the release that readers see, or nothing."""

    def listed(self, release: str) -> Listing:
        """The files of a release with their fingerprints."""

    def receive(self, tree: Tree, release: str, links: dict[str, str]) -> None:
        """Make a release whole: files by path from a release that has them, others from `tree`."""

    def switch(self, release: str) -> None:
        """Show a release to readers, at once."""

    def drop(self, release: str) -> None:
        """Take a release away."""

    def tidy(self) -> None:
        """Take away what was never finished."""


class Kept(Model, frozen=True):
    """What became of a publication: its release, and the releases that had to go for a post."""

    release: str
    purged: tuple[str, ...]


def release(shelf: Shelf, tree: Tree, keep: int) -> Kept:
    """Make a tree the current release; the last `keep` stay, but none with a withdrawn page."""
    shelf.tidy()
    listed = {name: shelf.listed(name) for name in shelf.releases()}
    tainted = {name for name, one in listed.items() if _tells(one, tree)}
    lists = {name: one.files for name, one in listed.items()}
    name = _same(lists, tree)
    if not name:
        name = _next_name(shelf.releases(), tree)
        shelf.receive(tree, name, _links(lists, tree, tainted, shelf.current()))
    if shelf.current() != name:
        shelf.switch(name)
    others = [one for one in lists if one != name and one not in tainted]
    for one in (*tainted, *others[: -(keep - 1) or None]):
        shelf.drop(one)
    return Kept(name, tuple(sorted(tainted)))


def _tells(one: Listing, tree: Tree) -> bool:
    """Whether a release still has what was withdrawn since: on its page, in lists and feeds too."""
    since = tree.gone - one.gone
    return any(path in one.files and one.files[path] != tree.files.get(path) for path in since)


def _same(lists: dict[str, dict[str, str]], tree: Tree) -> str:
    """The newest release with just these files."""
    return next((name for name in reversed(lists) if lists[name] == tree.files), "")


def _next_name(names: tuple[str, ...], tree: Tree) -> str:
    number = int(names[-1].partition("-")[0]) + 1 if names else 1
    return f"{number:06d}-{tree.fingerprint[:10]}"


def _links(
    lists: dict[str, dict[str, str]], tree: Tree, tainted: set[str], current: str
) -> dict[str, str]:
    """In which release a file is already, and the theme's files of kept releases.

    A reader who has a page of the release before open may still ask for its
    stylesheet; so these stay as long as the releases that need them.
    """
    links: dict[str, str] = {}
    for name in sorted(lists, key=lambda one: (one == current, one)):
        for path, print_ in lists[name].items():
            is_carried = path.startswith(_CARRIED) and is_for_ever(path) and name not in tainted
            if tree.files.get(path) == print_ or (path not in tree.files and is_carried):
                links[path] = name
    return links


def roll_back(shelf: Shelf, release: str) -> str:
    """Show an earlier release: the one named, or the one before the current. Returns its name."""
    names, current = shelf.releases(), shelf.current()
    earlier = [name for name in names if name < current]
    wanted = release or (earlier[-1] if earlier else "")
    if not wanted:
        raise UsageError(problem("no-earlier-release", Span(shelf.shown)))
    if wanted not in names:
        options = ", ".join(names) or "-"
        raise UsageError(problem("no-release", Span(shelf.shown), value=wanted, options=options))
    shelf.switch(wanted)
    return wanted
