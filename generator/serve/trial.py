"""A comments' service for as long as a preview lasts: a real Isso, a database thrown away after.

It answers this machine only and lives in this process, so it ends with it. What
was said before is read from a file beside site.yaml, if there is one.
"""

import logging
import tempfile
import threading
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from generator import conversations, gateway
from generator.comments.asking import Service
from generator.model import Model, Span
from generator.problems import UsageError, problem
from generator.work import PREVIEW, Work

SEED = "comments-seed.json"
TALK = f"{PREVIEW}/comments.json"
_HOST = "127.0.0.1"


class Said(Model, frozen=True):
    """One comment of a seed: who said what when (in the site's time), and what others replied."""

    author: str
    when: str
    text: str
    replies: tuple["Said", ...] = ()

    def moment(self, zone: ZoneInfo) -> datetime:
        """When it was said. Raises ValueError."""
        return datetime.fromisoformat(self.when).replace(tzinfo=zone)


def read_seed(file: Path) -> dict[str, tuple[Said, ...]]:
    """The comments by the key of their conversation. Raises UsageError where it can't be read."""
    try:
        found = msgspec.json.decode(file.read_bytes(), type=dict[str, tuple[Said, ...]])
        for one in (one for comments in found.values() for one in comments):
            _ = [said.moment(ZoneInfo("UTC")) for said in (one, *one.replies)]
        return found
    except OSError:
        return {}
    except (ValueError, RecursionError) as error:
        raise UsageError(problem("comments-seed-wrong", Span(file.name), reason=error)) from None


class Trial:
    """A service on loopback: its address is known at once, it answers from `begin` on."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="plein-comments-")
        self._server = gateway.listen(_HOST, 0)
        self.database = Path(self._folder.name) / "comments.db"
        self.address = f"http://{_HOST}:{self._server.server_port}"

    def begin(self, site: str, said: dict[str, tuple[Said, ...]], zone: ZoneInfo) -> None:
        """Answer a site from now on, with what was said before.

        Raises UsageError when Isso is not installed.
        """
        settings = self.database.with_name("isso.cfg")
        settings.write_text(
            f"[general]\ndbpath = {self.database}\nhost = {site}\nnotify =\n"
            f"[server]\npublic-endpoint = {self.address}\n[guard]\nenabled = false\n",
            encoding="utf-8",
        )
        try:
            self._server.set_app(_isso(settings, said, zone))
        except ImportError:
            raise UsageError(problem("gateway-needs-isso", Span("--with-comments"))) from None
        threading.Thread(target=self._server.serve_forever, daemon=True, name="comments").start()

    def fetch(self, work: Work) -> None:
        """Have builds know what was said."""
        conversations.fetch(work, Service(self.address), conversations.Wish())

    def state(self) -> object:
        """Something that is another when somebody said something."""
        facts = self.database.stat()
        return facts.st_mtime_ns, facts.st_size

    def end(self) -> None:
        """Answer no more, and forget all that was said."""
        self._server.server_close()
        self._folder.cleanup()


def _isso(settings: Path, said: dict[str, tuple[Said, ...]], zone: ZoneInfo) -> gateway.Application:
    from isso import config, db

    # Isso tells everything that it does; a writer wants to see what Plein tells.
    logging.disable(logging.WARNING)
    chosen = config.load(config.default_file(), str(settings))
    known = db.SQLite3(chosen.get("general", "dbpath"), chosen)
    for key, comments in said.items():
        known.threads.new(key, key)
        for one in comments:
            _add(known, key, one, None, zone)
    application, _ = gateway.isso(settings)
    return application


def _add(known: Any, key: str, one: Said, parent: int | None, zone: ZoneInfo) -> None:
    made = known.comments.add(
        key,
        {
            "author": one.author,
            "text": one.text,
            "created": one.moment(zone).timestamp(),
            "parent": parent,
            "mode": 1,
            "email": None,
            "website": None,
            "remote_addr": "127.0.0.0",
        },
    )
    for reply in one.replies:
        _add(known, key, reply, made["id"], zone)
