"""A lock in an object store: an object that one publication can make, and must keep fresh.

A store has no processes that die, so a lock there is a lease: who made it says
every half minute that he is still there, and after two minutes of silence it
is anybody's. That one of two wins is the store's own doing (If-None-Match and
If-Match of S3).
"""

import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from generator.model import Span
from generator.problems import Busy, problem

NAME = ".plein-lock"
_FRESH_SECONDS = 120
_RENEWED_SECONDS = 30
_TAKEN = frozenset({"PreconditionFailed", "ConditionalRequestConflict", "NoSuchKey"})


class Lease:
    """A lock at a key of a bucket; `shown` names the place in messages."""

    def __init__(self, client: Any, bucket: str, key: str, shown: str) -> None:
        self.client, self.place, self.shown = client, {"Bucket": bucket, "Key": key}, shown
        self.etag = ""
        self.lost = False

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep others out. Raises Busy when somebody else publishes here."""
        self._take()
        done = threading.Event()
        keeper = threading.Thread(target=self._keep, args=(done,), daemon=True)
        keeper.start()
        try:
            yield
        finally:
            done.set()
            keeper.join()
            if not self.lost:
                self.client.delete_object(**self.place)

    def check(self) -> None:
        """Raise Busy if another publication took over, for this one was silent for too long."""
        if self.lost:
            raise self._busy()

    def _busy(self) -> Busy:
        return Busy(problem("publish-busy", Span(self.shown)))

    def _take(self) -> None:
        """Make the lock, or take over one that nobody keeps any more."""
        if not self._put(IfNoneMatch="*"):
            stale = self._stale()
            if not stale or not self._put(IfMatch=stale):
                raise self._busy()

    def _put(self, **condition: str) -> bool:
        """Write the lock under a condition; whether that was granted."""
        from botocore.exceptions import ClientError

        # Other bytes each time: the store tells by them whose it is.
        try:
            done = self.client.put_object(**self.place, Body=uuid.uuid4().bytes, **condition)
        except ClientError as error:
            if error.response["Error"]["Code"] in _TAKEN:
                return False
            raise
        self.etag = done["ETag"]
        return True

    def _stale(self) -> str:
        """The tag of a lock that nobody keeps; empty when somebody does. By the store's clock."""
        from botocore.exceptions import ClientError

        try:
            found = self.client.head_object(**self.place)
        except ClientError:
            return ""
        now = parsedate_to_datetime(found["ResponseMetadata"]["HTTPHeaders"]["date"])
        made: datetime = found["LastModified"]
        silent = (now - made).total_seconds() > _FRESH_SECONDS
        return str(found["ETag"]) if silent else ""

    def _keep(self, done: threading.Event) -> None:
        """Say again and again that this publication is still there."""
        from botocore.exceptions import BotoCoreError, ClientError

        while not done.wait(_RENEWED_SECONDS):
            try:
                self.lost = not self._put(IfMatch=self.etag)
            except (BotoCoreError, ClientError):
                continue
            if self.lost:
                return
