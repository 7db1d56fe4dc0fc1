"""An object store: Amazon S3 and everything that speaks its language.

Who may write, and at which address the store is, comes from the environment,
as for every program on S3 (AWS_ACCESS_KEY_ID, AWS_ENDPOINT_URL, …).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from generator import manifest
from generator.media import content_type
from generator.model import Span
from generator.packing import ENDING_OF
from generator.problems import DiskError, UsageError, problem
from generator.publish import lease
from generator.publish.tree import is_for_ever

_PER_DELETION = 1000
_KEPT_FOR_EVER = "private, max-age=31536000, immutable"
_ASKED_AGAIN = "no-cache"
_TEXTS = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
    ".xml": "application/xml",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".ics": "text/calendar",
    ".webmanifest": "application/manifest+json",
}


class Bucket:
    """A bucket, or the part of it below a folder: `s3://bucket/folder`."""

    def __init__(self, address: str) -> None:
        self.shown = address
        self.bucket, _, folder = address.removeprefix("s3://").partition("/")
        self.prefix = f"{folder.strip('/')}/" if folder.strip("/") else ""
        self.client = _client(address)
        self.lease = lease.Lease(self.client, self.bucket, self._key(lease.NAME), address)

    @contextmanager
    def _saying(self) -> Iterator[None]:
        """Turn what the store says into a DiskError."""
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            yield
        except (BotoCoreError, ClientError) as error:
            raise DiskError(problem("publish-refused", Span(self.shown), reason=error)) from error

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep others out. Raises Busy when somebody else publishes here."""
        with self._saying(), self.lease.held():
            yield

    def names(self) -> frozenset[str]:
        """The paths of all files that are there."""
        pages = self.client.get_paginator("list_objects_v2")
        with self._saying():
            found = [
                item["Key"].removeprefix(self.prefix)
                for page in pages.paginate(Bucket=self.bucket, Prefix=self.prefix)
                for item in page.get("Contents", ())
            ]
        return frozenset(found) - {manifest.MANIFEST, lease.NAME}

    def manifest(self) -> str:
        """The manifest that is there, or nothing."""
        with self._saying():
            try:
                found = self.client.get_object(Bucket=self.bucket, Key=self._key(manifest.MANIFEST))
            except self.client.exceptions.NoSuchKey:
                return ""
            return str(found["Body"].read().decode())

    def _key(self, path: str) -> str:
        return f"{self.prefix}{path}"

    def put(self, path: str, file: Path) -> None:
        """Send a file with its content type, how long it may be kept, and how it is packed."""
        self.lease.check()
        with self._saying(), file.open("rb") as stream:
            self.client.put_object(
                Bucket=self.bucket, Key=self._key(path), Body=stream,
                ContentType=_type_of(path),
                CacheControl=_KEPT_FOR_EVER if is_for_ever(path) else _ASKED_AGAIN,
                **_encoding_of(path, file),
            )  # fmt: skip

    def put_manifest(self, text: str) -> None:
        """Replace the manifest."""
        self.lease.check()
        with self._saying():
            self.client.put_object(
                Bucket=self.bucket, Key=self._key(manifest.MANIFEST), Body=text.encode()
            )

    def delete(self, paths: tuple[str, ...]) -> None:
        """Take files away, a thousand at a time."""
        self.lease.check()
        for start in range(0, len(paths), _PER_DELETION):
            keys = [{"Key": self._key(path)} for path in paths[start : start + _PER_DELETION]]
            with self._saying():
                self.client.delete_objects(Bucket=self.bucket, Delete={"Objects": keys})


def _type_of(path: str) -> str:
    """What a browser is told about a file: texts are in UTF-8."""
    found = _TEXTS.get(PurePosixPath(path).suffix)
    return f"{found}; charset=utf-8" if found else content_type(path)


def _encoding_of(path: str, file: Path) -> dict[str, str]:
    """What a browser is told when the file is a compressed form of what it asked for."""
    if file.suffix == PurePosixPath(path).suffix:
        return {}
    encoding = next(name for name, end in ENDING_OF.items() if file.suffix == end)
    return {"ContentEncoding": encoding}


def _client(address: str) -> Any:
    try:
        import boto3
    except ImportError:
        raise UsageError(problem("publish-needs-s3", Span(address))) from None
    return boto3.client("s3")
