"""A folder with releases on a server: rsync brings the files, ssh does the rest."""

import os
import shlex
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO
from urllib.parse import urlsplit

from generator.model import Span
from generator.problems import Busy, DiskError, problem
from generator.publish import listing
from generator.publish.listing import Listing
from generator.publish.releases import CURRENT, FOLDER, LIST, UNFINISHED
from generator.publish.sharing import OPENS, USES, place_to_share
from generator.publish.tree import Tree

_BUSY = 75
# rsync takes no more folders to link from.
_LINKS_MAX = 20
_LOCK = ".publish.lock"
_TELL_RELEASES = (
    'for list in [0-9]*.files; do name=${list%.files}; [ -d "$name" ] && echo "$name"; done; true'
)
_TIDY = (
    "now=$(basename \"$(readlink ../current || true)\"); "
    "for item in * .new-*; do [ -e \"$item\" ] || continue; name=${item%.files}; "
    "if [ -d \"$name\" ] && [ -f \"$name.files\" ]; then continue; fi; "
    "[ \"$name\" = \"$now\" ] || rm -rf \"./$item\"; done"
)  # fmt: skip


class RemoteShelf:
    """Releases on a server: `user@host:/folder`. PLEIN_SSH is the ssh command with its options."""

    def __init__(self, address: str) -> None:
        self.shown = address
        self.host, self.port, self.root = _parts(address)
        self.ssh = os.environ.get("PLEIN_SSH", "ssh")
        self.place = f"{self.root}/{FOLDER}"
        self._shared: tuple[str, ...] = ()

    @property
    def _port(self) -> tuple[str, ...]:
        return ("-p", str(self.port)) if self.port else ()

    def _options(self, *more: str) -> list[str]:
        return ["-o", "BatchMode=yes", *self._shared, *more, *self._port]

    def _command(self, script: str, *options: str) -> list[str]:
        return [*shlex.split(self.ssh), *self._options(*options), self.host, script]

    def _tell(self, script: str, text: str = "") -> str:
        """What a script in the folder with releases prints on the server."""
        return self._run(f"cd {shlex.quote(self.place)} && {script}", text)

    def _ask(self, script: str) -> str:
        """The same; nothing where nothing was ever published."""
        return self._run(f"cd {shlex.quote(self.place)} 2>/dev/null || exit 0; {script}")

    def _run(self, script: str, text: str = "") -> str:
        done = subprocess.run(  # noqa: S603 - the command that the operator chose
            self._command(script), input=text, capture_output=True, text=True, check=False
        )
        return self._checked(done)

    def _checked(self, done: "subprocess.CompletedProcess[str]") -> str:
        if done.returncode:
            reason = (done.stderr.strip().splitlines() or [f"exit {done.returncode}"])[-1]
            raise DiskError(problem("publish-refused", Span(self.shown), reason=reason))
        return done.stdout

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep others out for as long as a connection is open; it closes with this process.

        Meanwhile all else that is asked of the server goes over that connection.
        """
        with (
            place_to_share(shlex.split(self.ssh), [*self._port, self.host]) as share,
            self._holding(*share, *(OPENS if share else ())) as held,
        ):
            self._wait_for(held)
            self._shared = (*share, *USES) if share else ()
            try:
                yield
            finally:
                self._shared = ()
                _close(held.stdin)

    def _holding(self, *options: str) -> "subprocess.Popen[str]":
        """A connection that holds the lock until nothing more can be said to it."""
        root = shlex.quote(self.root)
        script = (
            f"mkdir -p {root}/{FOLDER} && exec flock -n -E {_BUSY} {root}/{_LOCK} "
            "sh -c 'echo locked; exec cat'"
        )
        return subprocess.Popen(  # noqa: S603
            self._command(script, *options), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def _wait_for(self, held: "subprocess.Popen[str]") -> None:
        if held.stdout and held.stdout.readline().strip() == "locked":
            return
        _, errors = held.communicate()
        if held.returncode == _BUSY:
            raise Busy(problem("publish-busy", Span(self.shown)))
        self._checked(subprocess.CompletedProcess([], held.returncode or 1, "", errors))

    def releases(self) -> tuple[str, ...]:
        """The names of the whole releases, oldest first."""
        return tuple(sorted(self._ask(_TELL_RELEASES).split()))

    def current(self) -> str:
        """The release that `current` points to, or nothing."""
        return self._ask(f"readlink ../{CURRENT} || true").strip().rpartition("/")[2]

    def listed(self, release: str) -> Listing:
        """The files of a release with their fingerprints."""
        return listing.from_text(self._tell(f"cat {shlex.quote(release)}{LIST}"), self.shown)

    def receive(self, tree: Tree, release: str, links: dict[str, str]) -> None:
        """Send what no release has, link the rest, and name the release when it is whole."""
        fresh = f"{UNFINISHED}{release}"
        self._send(tree, fresh, sorted(set(links.values())))
        carried = sorted((name, path) for path, name in links.items() if path not in tree.files)
        folders = {path.rpartition("/")[0] for _, path in carried}
        if carried:
            self._tell("xargs -0 mkdir -p", "".join(f"{fresh}/{one}\0" for one in folders))
            pairs = (f"{name}/{path}\0{fresh}/{path}\0" for name, path in carried)
            self._tell("xargs -0 -n 2 ln", "".join(pairs))
        self._tell(f"cat > {fresh}{LIST}", listing.as_text(Listing(tree.files, tree.gone)))
        self._tell(
            f"sync {fresh}{LIST} && mv {fresh}{LIST} {release}{LIST} && mv -T {fresh} {release}"
        )

    def _send(self, tree: Tree, fresh: str, others: list[str]) -> None:
        """The files of a tree; what another release has in the same place is linked there."""
        links = [f"--link-dest=../{name}" for name in others[-_LINKS_MAX:]]
        self._tell(f"mkdir -p {fresh}")
        done = subprocess.run(  # noqa: S603
            ["rsync", "--recursive", "--checksum", "--fsync", "--chmod=D755,F644", "--from0",  # noqa: S607
             "--files-from=-", *links, "--rsh", f"{self.ssh} {shlex.join(self._options())}",
             f"{tree.root}/", f"{self.host}:{self.place}/{fresh}/"],
            input="".join(f"{path}\0" for path in tree.files),
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        self._checked(done)

    def switch(self, release: str) -> None:
        """Point `current` elsewhere: one rename, which is there or not."""
        link = f"../{UNFINISHED}{CURRENT}"
        self._tell(f"ln -sfn {FOLDER}/{shlex.quote(release)} {link} && mv -T {link} ../{CURRENT}")

    def drop(self, release: str) -> None:
        """Take a release away: first its list, so that it is never taken for whole."""
        name = shlex.quote(release)
        self._tell(f"rm -f {name}{LIST} && rm -rf {name}")

    def tidy(self) -> None:
        """Take away what a publication left that was killed."""
        self._tell(_TIDY)


def _parts(address: str) -> tuple[str, int, str]:
    """Host, port (0: the usual one) and folder of `host:/folder` or `ssh://host:port/folder`."""
    if address.startswith("ssh://"):
        url = urlsplit(address)
        return url.netloc.rpartition(":")[0] if url.port else url.netloc, url.port or 0, url.path
    host, _, root = address.partition(":")
    return host, 0, root.rstrip("/")


def _close(stream: IO[str] | None) -> None:
    if stream:
        stream.close()
