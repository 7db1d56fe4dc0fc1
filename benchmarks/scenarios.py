"""What happens to a site before it is built once more: the scenarios."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.corpus import Post
from benchmarks.peer import Peer, write


@dataclass(frozen=True)
class Site:
    """A site of one peer in a folder, with the posts that are in it."""

    folder: Path
    peer: Peer
    posts: tuple[Post, ...]


def cold(site: Site, _: int) -> None:
    """No output and no cache at all."""
    for name in site.peer.forget:
        if (site.folder / name).exists():
            _put_aside(site, name)


def _put_aside(site: Site, name: str) -> None:
    """Take something out of a site, without deleting it.

    For some minutes a disk such as ext4 passes by each place that a deleted file left,
    whenever it makes a file: ten thousand of them double the work of who makes as many next.
    """
    (site.folder / name).rename(Path(tempfile.mkdtemp(dir=site.folder.parent)) / name)


def nothing(_site: Site, _: int) -> None:
    """Nothing has changed."""


def edited(site: Site, number: int) -> None:
    """A sentence more at the end of one post's body."""
    file = site.folder / site.peer.body(site.posts[len(site.posts) // 2])
    write(file, f"{file.read_text(encoding='utf-8')}\nNog een zin, de {number}e.\n")


def added(site: Site, number: int) -> None:
    """One post more, the newest."""
    last = site.posts[-1]
    post = replace(last, slug=f"nieuw-{number}", title=f"Nieuw {number}", body="Tekst.\n")
    write(site.folder / site.peer.body(post), site.peer.added(post))


def layout(site: Site, number: int) -> None:
    """Another line in the template of every page."""
    file = site.folder / site.peer.layout
    text = file.read_text(encoding="utf-8")
    # No comment: Hugo leaves those out.
    write(file, text.replace("</body>", f"<p>{number}</p></body>"))


def checkout(site: Site, number: int) -> None:
    """All files are new, as in a fresh checkout with the cache restored, and one is edited."""
    content = site.folder / "content"
    copy = site.folder / "content-new"
    shutil.copytree(content, copy, copy_function=shutil.copyfile)
    _put_aside(site, "content")
    copy.rename(content)
    edited(site, number + 100)


SCENARIOS: dict[str, Callable[[Site, int], None]] = {
    "cold, no cache at all": cold,
    "nothing changed": nothing,
    "one body edited": edited,
    "one post added": added,
    "fresh checkout, cache restored": checkout,
    "base layout edited": layout,
}
