"""A gate before Isso: only who is signed in gets through, and only under their own name.

A small WSGI application. Name and address come from the single-sign-on proxy,
whose word is taken only with the shared secret, or from this very machine.
"""

import hmac
import io
import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from urllib.parse import parse_qs
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from generator.model import Model

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
_BODY_MAX_BYTES = 64_000
_LOOPBACK = ("127.0.0.1", "::1")
# What the embed asks for; moderation links and the admin page have no business here.
_ALLOWED = re.compile(
    r"GET /|GET /config|GET /id/\d+|GET /(js|css)/.*|POST /(new|count|preview)"
    r"|POST /id/\d+/(dis)?like|(PUT|DELETE) /id/\d+"
)
_READS = re.compile(r"GET /|GET /latest|POST /count")
_CHANGES = re.compile(r"PUT /id/(\d+)|POST /id/(\d+)/(dis)?like")
_WRITES = re.compile(r"POST /new|PUT /id/\d+")
_REASONS = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    413: "Content Too Large",
}


class Gate(Model, frozen=True):
    """Whom to believe and what to let through.

    `name_header` and `mail_header` are the proxy's headers, `secret` what it sends
    as X-Plein-Secret (empty: only this machine is believed), `badges` the words for
    people with a role by their address, `threads` the file comments.json of the site,
    `token` what a build shows to read (empty: builds can't).
    """

    name_header: str
    mail_header: str
    threads: str
    secret: str = ""
    badges: dict[str, str] = {}
    token: str = ""


class Refused(Exception):
    """A request that does not get through, with its status."""

    def __init__(self, status: int) -> None:
        self.status = status


class Gateway:
    """The WSGI application: it checks, puts the real name in, and hands on.

    `key_of` says in which conversation the comment of a number stands; empty: in none.
    """

    def __init__(self, application: Application, key_of: Callable[[int], str], gate: Gate) -> None:
        self.application, self.key_of, self.gate = application, key_of, gate

    def __call__(self, environ: Environ, start: Callable[..., Any]) -> Iterable[bytes]:
        """One request."""
        try:
            return self.application(self._checked(environ), start)
        except Refused as refused:
            body = json.dumps({"message": _REASONS[refused.status]}).encode()
            head = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
            start(f"{refused.status} {_REASONS[refused.status]}", head)
            return [body]

    def _checked(self, environ: Environ) -> Environ:
        asked = f"{environ['REQUEST_METHOD']} {environ.get('PATH_INFO') or '/'}"
        if environ["REQUEST_METHOD"] == "OPTIONS":
            return environ
        if self._is_build(environ) and _READS.fullmatch(asked):
            return environ
        if not _ALLOWED.fullmatch(asked):
            raise Refused(404)
        name, mail = self._person(environ)
        change = _CHANGES.fullmatch(asked)
        if asked == "POST /new":
            self._check_open(parse_qs(environ.get("QUERY_STRING", "")).get("uri", []))
        elif change:
            self._check_open([self.key_of(int(change[1] or change[2]))])
        return self._signed(environ, name, mail) if _WRITES.fullmatch(asked) else environ

    def _person(self, environ: Environ) -> tuple[str, str]:
        """The name and address of who is signed in."""
        gate, told = self.gate, _header(environ, "X-Plein-Secret")
        if gate.secret:
            is_trusted = hmac.compare_digest(told.encode(), gate.secret.encode())
        else:
            is_trusted = environ.get("REMOTE_ADDR") in _LOOPBACK
        name, mail = _header(environ, gate.name_header), _header(environ, gate.mail_header).lower()
        if not (is_trusted and name and mail):
            raise Refused(401)
        return name, mail

    def _is_build(self, environ: Environ) -> bool:
        """Whether it is a build that asks: it has no name, but a token."""
        told, token = _header(environ, "Authorization"), f"Bearer {self.gate.token}"
        return bool(self.gate.token) and hmac.compare_digest(told.encode(), token.encode())

    def _check_open(self, keys: list[str]) -> None:
        """What is said or changed needs a conversation that the site knows, and that is open."""
        try:
            threads = json.loads(Path(self.gate.threads).read_bytes())["threads"]
        except (OSError, ValueError, KeyError):
            threads = {}
        if len(keys) != 1 or threads.get(keys[0]) != "open":
            raise Refused(403)

    def _signed(self, environ: Environ, name: str, mail: str) -> Environ:
        """The request with the real name in it, and the badge of a role in words behind that."""
        data = _body(environ)
        badge = self.gate.badges.get(mail, "")
        plain = name.replace("·", " ").strip()
        data |= {"author": f"{plain} · {badge}" if badge else plain, "email": mail, "website": None}
        body = json.dumps(data).encode()
        return {**environ, "wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body))}


def _header(environ: Environ, name: str) -> str:
    """A header's text; WSGI hands over bytes as if they were Latin-1."""
    raw = str(environ.get(f"HTTP_{name.upper().replace('-', '_')}", ""))
    try:
        return raw.encode("latin-1").decode().strip()
    except UnicodeDecodeError:
        return raw.strip()


def _body(environ: Environ) -> dict[str, Any]:
    """What was sent, as JSON."""
    try:
        size = int(environ.get("CONTENT_LENGTH") or 0)
    except ValueError:
        raise Refused(400) from None
    if not 0 <= size <= _BODY_MAX_BYTES:
        raise Refused(413)
    try:
        data = json.loads(environ["wsgi.input"].read(size))
    except ValueError:
        raise Refused(400) from None
    if not isinstance(data, dict):
        raise Refused(400)
    return data


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Handler(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: who read what is nobody's business."""


def isso(settings: Path) -> tuple[Application, Callable[[int], str]]:
    """Isso with its own settings file, and what finds the conversation of one of its comments.

    Raises ImportError when it is not installed.
    """
    from isso import config, db, make_app

    chosen = config.load(config.default_file(), str(settings))
    made: Application = make_app(chosen)
    known = db.SQLite3(chosen.get("general", "dbpath"), chosen)

    def key_of(number: int) -> str:
        comment = known.comments.get(number)
        thread = known.threads.get(comment["tid"]) if comment else None
        return str(thread["uri"]) if thread else ""

    return made, key_of


def listen(host: str, port: int) -> WSGIServer:
    """A server that has its port, but no application yet; port 0 is any that is free."""
    return _Server((host, port), _Handler)


def serve(application: Application, host: str, port: int) -> None:
    """Answer requests until the process ends."""
    with listen(host, port) as server:
        server.set_app(application)
        server.serve_forever()
