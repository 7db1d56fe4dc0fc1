"""Pagefind: the program that makes of texts an index which a browser searches by itself."""

import base64
import gzip
import importlib.util
import json
import os
import shutil
from collections import deque
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import IO, Any, cast

from generator import fingerprint
from generator.model import Model, Span
from generator.problems import UsageError, problem

_PACKAGE = "pagefind_bin"
# The program waits when nobody reads its answers, so only so many are left unread.
_AHEAD = 100
_CHUNK_BYTES = 1 << 18
_ENTRY, _SIGNATURE = "pagefind-entry.json", b"pagefind_dcd"
# Which part of the index's own description names the filters.
_FILTERS = 3


class Record(Model, frozen=True):
    """A page as it can be found: its address, its words, what is shown of it, its filters."""

    url: str
    content: str
    meta: dict[str, str]
    filters: dict[str, tuple[str, ...]]


class Program(Model, frozen=True):
    """Where the program is, and which version."""

    path: str
    version: str


def find_program() -> Program | None:
    """Pagefind as it is installed: where the environment says, with Plein, or on the path."""
    named = os.environ.get("PAGEFIND_BINARY_PATH")
    if named is None and importlib.util.find_spec(_PACKAGE):
        from pagefind_bin import get_executable

        return Program(str(get_executable()), fingerprint.version_of(_PACKAGE))
    place = named or shutil.which("pagefind")
    return Program(place, _ask_version(place)) if place and Path(place).is_file() else None


def _ask_version(path: str) -> str:
    """What a program that came from elsewhere says of itself."""
    import subprocess

    try:
        done = subprocess.run([path, "--version"], capture_output=True, timeout=10, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _trouble(path, error) from None
    return done.stdout.decode(errors="replace").strip()


def _trouble(path: str, reason: object) -> UsageError:
    return UsageError(problem("search-trouble", Span(path), reason=reason))


def _in_order(files: dict[str, bytes], lang: str) -> dict[str, bytes]:
    """The same index with its filters in the order of their names.

    Pagefind gives them in another order each time, and a site must be the same
    bytes each time. What is written here is not compressed: its client reads
    that too, and compressed bytes would follow from the version of zlib.
    """
    found = dict(files)
    entry = json.loads(found[_ENTRY])
    meta = _read(found.pop(f"pagefind.{entry['languages'][lang]['hash']}.pf_meta"))
    sorted_filters = []
    for _, hash_ in meta[_FILTERS]:
        name, values = _read(found.pop(f"filter/{hash_}.pf_filter"))
        data = _written([name, sorted(values)])
        sorted_filters.append([name, _name_for(data, lang)])
        found[f"filter/{_name_for(data, lang)}.pf_filter"] = data
    meta[_FILTERS] = sorted(sorted_filters)
    data = _written(meta)
    found[f"pagefind.{_name_for(data, lang)}.pf_meta"] = data
    entry["languages"][lang]["hash"] = _name_for(data, lang)
    found[_ENTRY] = json.dumps(entry, ensure_ascii=False).encode()
    return found


def _read(data: bytes) -> list[Any]:
    import cbor2

    decoded: list[Any] = cbor2.loads(gzip.decompress(data).removeprefix(_SIGNATURE))
    return decoded


def _written(value: list[Any]) -> bytes:
    import cbor2

    return _SIGNATURE + cbor2.dumps(value)


def _name_for(data: bytes, lang: str) -> str:
    return f"{lang}_{fingerprint.of_bytes(data)[:10]}"


class Indexer:
    """The program at work: it makes one index after another, until it is closed.

    It reads messages in base64, each with a comma after it, and answers them in
    their order. All methods raise UsageError when it does not do as it should.
    """

    def __init__(self, program: Program) -> None:
        import subprocess

        self._path = program.path
        try:
            self._process = subprocess.Popen(  # noqa: S603
                [program.path, "--service"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
        except OSError as error:
            raise _trouble(program.path, error.strerror or error) from None
        self._number, self._unread = 0, b""

    def __enter__(self) -> "Indexer":
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: object, _trace: TracebackType | None
    ) -> None:
        if _type:
            self._process.kill()
        self._process.communicate()

    def index(self, lang: str, records: Iterable[Record]) -> dict[str, bytes]:
        """The files of an index by path; the same for the same records in the same order."""
        number = self._call({"type": "NewIndex", "config": {"force_language": lang}})["index_id"]
        waiting: deque[None] = deque()
        for record in records:
            self._send(
                {
                    "type": "AddRecord",
                    "index_id": number,
                    "url": record.url,
                    "content": record.content,
                    "language": lang,
                    "meta": record.meta,
                    "filters": record.filters,
                }
            )
            waiting.append(None)
            if len(waiting) > _AHEAD:
                self._answer()
                waiting.pop()
        for _ in waiting:
            self._answer()
        files = self._call({"type": "GetFiles", "index_id": number})["files"]
        self._call({"type": "DeleteIndex", "index_id": number})
        return _in_order({one["path"]: base64.b64decode(one["content"]) for one in files}, lang)

    def _call(self, payload: dict[str, object]) -> dict[str, Any]:
        self._send(payload)
        return self._answer()

    def _send(self, payload: dict[str, object]) -> None:
        self._number += 1
        message = {"message_id": self._number, "payload": payload}
        stream = cast("IO[bytes]", self._process.stdin)
        try:
            stream.write(base64.b64encode(json.dumps(message).encode()) + b",")
            stream.flush()
        except OSError as error:
            raise _trouble(self._path, error.strerror) from None

    def _answer(self) -> dict[str, Any]:
        stream = cast("IO[bytes]", self._process.stdout)
        pieces = [self._unread]
        while b"," not in pieces[-1]:
            piece = os.read(stream.fileno(), _CHUNK_BYTES)
            if not piece:
                raise _trouble(self._path, b"".join(pieces).decode(errors="replace")[:200])
            pieces.append(piece)
        answer, _, self._unread = b"".join(pieces).partition(b",")
        payload: dict[str, Any] = json.loads(base64.b64decode(answer))["payload"]
        if payload["type"] == "Error":
            raise _trouble(self._path, payload.get("message", payload))
        return payload
