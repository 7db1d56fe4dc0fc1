"""Shows a preview to browsers on this machine, and to nobody else unless that is asked for."""

import json
import re
import shutil
from collections.abc import Callable, Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import BinaryIO
from urllib.parse import parse_qs, urlsplit

from generator.model import Model
from generator.serve import pages
from generator.serve.files import content_type, file_for, piece
from generator.serve.hub import Hub, State

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
_PING_SECONDS = 15.0
# Named by its content: another content has another address.
_KEPT = re.compile(r"/assets/[^?]+-[0-9a-f]{8}\.\w+|/media/[0-9a-f]{10}/[^?]+")
_OWN = {"/_plein/preview.js": "preview.js", "/_plein/preview.css": "preview.css"}
EVENTS, PREFLIGHT = "/_plein/events", "/_preflight/"


class Front(Model, frozen=True):
    """What the server shows: the site's folder and where it begins, its news, its own pages.

    `preflight` makes the page on what is to come, of the query of its address;
    `policy` is the content security policy of the site, for an address;
    `hosts` are the names under which it may be asked, besides this machine's own.
    """

    folder: Path
    base_path: str
    hub: Hub
    labels: Mapping[str, str]
    waiting: str
    preflight: Callable[[dict[str, str]], str]
    policy: Callable[[str], str]
    hosts: frozenset[str] = frozenset()


class Server(ThreadingHTTPServer):
    """The server of a preview; each request has a thread of its own."""

    daemon_threads = True
    # Another program's port must not be taken over.
    allow_reuse_address = False
    allow_reuse_port = False

    def __init__(self, address: tuple[str, int], front: Front) -> None:
        self.front = front
        super().__init__(address, Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that goes away in the middle is nothing to tell."""


class Handler(BaseHTTPRequestHandler):
    """One request: only reading, only from pages that this server gave."""

    server: Server
    protocol_version = "HTTP/1.1"
    # An answer goes out at once: else its second part waits 40 ms for a sign that the first came.
    disable_nagle_algorithm = True
    server_version, sys_version = "Plein", ""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the terminal is for the writer."""

    def do_GET(self) -> None:
        """Answer a request."""
        if not self._is_for_us():
            self._send(HTTPStatus.FORBIDDEN, b"This preview is not shown under that name.\n")
        elif self.path == EVENTS:
            self._stream()
        elif self.path in _OWN:
            self._file(pages.STATIC / _OWN[self.path], HTTPStatus.OK)
        elif urlsplit(self.path).path == PREFLIGHT:
            self._preflight()
        else:
            self._page()

    do_HEAD = do_GET  # noqa: N815 - the library calls it by this name

    def _is_for_us(self) -> bool:
        """Whether the request names this server: another name may be an attacker's."""
        host = self.headers.get("Host", "")
        name = host if host.endswith("]") else host.rpartition(":")[0] or host
        return name.lower() in _LOOPBACK | self.server.front.hosts

    def _is_from_us(self) -> bool:
        """Whether the request comes from one of our own pages."""
        origin, site = self.headers.get("Origin"), self.headers.get("Sec-Fetch-Site")
        same = origin is None or urlsplit(origin).netloc == self.headers.get("Host")
        return same and site in (None, "same-origin", "none")

    def _page(self) -> None:
        front = self.server.front
        found = file_for(front.folder, front.base_path, self.path)
        if found:
            self._file(found, HTTPStatus.OK)
        elif not (front.folder / "index.html").is_file():
            self._html(front.waiting.encode(), HTTPStatus.SERVICE_UNAVAILABLE)
        elif urlsplit(self.path).path in ("/", front.base_path) and front.base_path:
            self._send(HTTPStatus.FOUND, b"", {"Location": f"{front.base_path}/"})
        else:
            missing = front.folder / "404.html"
            self._html(missing.read_bytes() if missing.is_file() else b"", HTTPStatus.NOT_FOUND)

    def _preflight(self) -> None:
        query = {name: some[0] for name, some in parse_qs(urlsplit(self.path).query).items()}
        html = self.server.front.preflight(query).encode()
        own = "default-src 'none'; img-src 'self'; frame-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'"  # noqa: E501
        self._html(html, HTTPStatus.OK, own)

    def _html(self, html: bytes, status: HTTPStatus, policy: str = "") -> None:
        front = self.server.front
        whole = pages.with_preview(html)
        headers = {
            "Content-Type": "text/html; charset=utf-8",
            "Content-Security-Policy": policy or front.policy(self.path),
        }
        self._send(status, whole, headers)

    def _file(self, file: Path, status: HTTPStatus) -> None:
        kind = content_type(file)
        if kind.startswith("text/html"):
            self._html(file.read_bytes(), status)
            return
        with file.open("rb") as stream:
            self._pour(stream, file.stat().st_size, kind)

    def _pour(self, stream: BinaryIO, size: int, kind: str) -> None:
        """A file or a piece of it, without holding it in memory: players ask for pieces."""
        part = piece(self.headers.get("Range"), size)
        first, last = part or (0, size - 1)
        headers = {"Content-Type": kind, "Accept-Ranges": "bytes"}
        if part:
            headers["Content-Range"] = f"bytes {first}-{last}/{size}"
        status = HTTPStatus.PARTIAL_CONTENT if part else HTTPStatus.OK
        self._head(status, last - first + 1, headers)
        if self.command == "GET":
            stream.seek(first)
            if part:
                self.wfile.write(stream.read(last - first + 1))
            else:
                shutil.copyfileobj(stream, self.wfile)

    def _send(self, status: HTTPStatus, body: bytes, headers: Mapping[str, str] = {}) -> None:
        self._head(status, len(body), headers or {"Content-Type": "text/plain; charset=utf-8"})
        if self.command == "GET":
            self.wfile.write(body)

    def _head(self, status: HTTPStatus, length: int, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(length))
        kept = status == HTTPStatus.OK and _KEPT.search(self.path)
        self.send_header("Cache-Control", "max-age=3600, immutable" if kept else "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "same-origin")
        self.end_headers()

    def _stream(self) -> None:
        """Tell of every new state, until the browser goes away."""
        if not self._is_from_us():
            self._send(HTTPStatus.FORBIDDEN, b"Only for pages of this preview.\n")
            return
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        known: State | None = None
        while self.command == "GET":
            state = self.server.front.hub.after(known, _PING_SECONDS)
            self.wfile.write(b":\n\n" if state == known else self._event(state))
            self.wfile.flush()
            known = state

    def _event(self, state: State) -> bytes:
        labels = dict(self.server.front.labels)
        told = {"number": str(state.number), "trouble": state.trouble, "labels": labels}
        return f"data: {json.dumps(told)}\n\n".encode()
