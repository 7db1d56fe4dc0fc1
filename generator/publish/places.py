"""One publication: to which place, what it changes, and whether that can be meant."""

import re
from contextlib import nullcontext
from pathlib import Path

from generator.model import Model, Span
from generator.paths import CACHE
from generator.problems import BuildFailed, UsageError, problem
from generator.publish import inplace
from generator.publish.folder import FolderShelf
from generator.publish.inplace import Sink
from generator.publish.plain import PlainFolder
from generator.publish.releases import Shelf, release, roll_back
from generator.publish.remote import RemoteShelf
from generator.publish.tree import Difference, Tree, compare, for_store, is_page

_ON_A_SERVER = re.compile(r"ssh://[^/]+/.+|[^/:]{2,}:/(?!/).+")
# What looks like a host or an address, and is none that we know.
_NOWHERE = re.compile(r"\w+://.*|[^/:]{2,}:.*")
_PLAIN = "folder:"
_STORE = "s3://"


class Wish(Model, frozen=True):
    """How to publish: how many releases to keep, and how careful to be.

    `smaller_percent` is by how much the site may shrink at once, unless `agreed`;
    `encoding` the compressed form (gzip, br) in which an object store gets texts.
    """

    keep: int = 5
    smaller_percent: int = 20
    encoding: str = ""
    agreed: bool = False
    dry_run: bool = False


class Published(Model, frozen=True):
    """What a publication changed, or would change; the release it made, and those it purged."""

    place: str
    change: Difference
    release: str = ""
    purged: tuple[str, ...] = ()


def publish(tree: Tree, to: str, root: Path, wish: Wish) -> Published:
    """Bring a tree to a place that is named as in site.yaml; nothing changes with `dry_run`.

    Raises UsageError for an unknown place, BuildFailed for a site that shrank
    too much, Busy, and DiskError.
    """
    place = _open(to, root)
    with nullcontext() if wish.dry_run else place.locked():
        if isinstance(place, FolderShelf | RemoteShelf):
            return _release(tree, place, wish)
        fit = for_store(tree, wish.encoding) if to.startswith(_STORE) else tree
        return _replace(fit, place, wish)


def check(to: str, root: Path, project: Path, output: str) -> None:
    """Raise UsageError for what names no place, and for a folder in which writing does harm.

    `to` counts from `root`; `project` is the folder of the site, `output` that of the build.
    """
    folder = to.removeprefix(_PLAIN)
    if folder == to and _is_elsewhere(to):
        return
    place, home = (root / folder).resolve(), project.resolve()
    sources = (home / name for name in ("content", "themes", CACHE, output))
    forbidden = (home, Path("/"), Path.home().resolve(), *(home.parents if folder != to else ()))
    if place in forbidden or any(place.is_relative_to(source) for source in sources):
        raise UsageError(problem("place-dangerous", Span(to)))


def _is_elsewhere(to: str) -> bool:
    """Whether a place is not on this machine. Raises UsageError when it can be nowhere."""
    known = _ON_A_SERVER.fullmatch(to) or (to.startswith(_STORE) and to.strip("/") != "s3:")
    if not known and _NOWHERE.fullmatch(to):
        raise UsageError(problem("place-unknown", Span(to), value=to))
    return bool(known)


def is_in_place(to: str) -> bool:
    """Whether files are replaced one by one in a place, for want of releases."""
    return to.startswith((_STORE, _PLAIN))


def _open(to: str, root: Path) -> FolderShelf | RemoteShelf | Sink:
    if to.startswith(_STORE):
        from generator.publish.bucket import Bucket

        return Bucket(to)
    if to.startswith(_PLAIN):
        return PlainFolder(root / to.removeprefix(_PLAIN))
    return _shelf(to, root)


def _shelf(to: str, root: Path) -> FolderShelf | RemoteShelf:
    """A place that holds releases. Raises UsageError for one that does not."""
    if not to or is_in_place(to):
        code = "no-releases-there" if to else "no-target"
        raise UsageError(problem(code, Span(to or "site.yaml")))
    return RemoteShelf(to) if _ON_A_SERVER.fullmatch(to) else FolderShelf(root / to)


def _release(tree: Tree, shelf: Shelf, wish: Wish) -> Published:
    current = shelf.current()
    before = shelf.listed(current).files if current in shelf.releases() else {}
    change = compare(before, tree.files)
    _guard(sum(map(is_page, before)), tree, shelf.shown, wish)
    if wish.dry_run:
        return Published(shelf.shown, change)
    kept = release(shelf, tree, wish.keep)
    return Published(shelf.shown, change, kept.release, kept.purged)


def _replace(tree: Tree, sink: Sink, wish: Wish) -> Published:
    change = inplace.difference(sink, tree)
    _guard(inplace.pages_at(sink), tree, sink.shown, wish)
    if not wish.dry_run:
        inplace.replace(sink, tree, change)
    return Published(sink.shown, change)


def _guard(before: int, tree: Tree, shown: str, wish: Wish) -> None:
    """Raise BuildFailed when so many pages would go that it can hardly be meant."""
    after = sum(map(is_page, tree.files))
    if after * 100 < before * (100 - wish.smaller_percent) and not wish.agreed:
        raise BuildFailed(problem("publish-smaller", Span(shown), before=before, after=after))


def rollback(to: str, root: Path, release: str) -> str:
    """Show an earlier release: the one named, or the one before the current. Returns its name."""
    shelf = _shelf(to, root)
    with shelf.locked():
        return roll_back(shelf, release)


def releases(to: str, root: Path) -> tuple[tuple[str, ...], str]:
    """The releases that a place holds, oldest first, and the current one."""
    shelf = _shelf(to, root)
    return shelf.releases(), shelf.current()
