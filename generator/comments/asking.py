"""Asks a service something over the network: bounded in time and size, and led nowhere else."""

import http.client
import time
import urllib.error
import urllib.request
from typing import Any

from generator.comments.readers import Request
from generator.model import Model

_PIECE_BYTES = 64 * 1024


class Service(Model, frozen=True):
    """Where a service is asked, with which token (empty: none), and the bounds of an answer."""

    address: str
    token: str = ""
    timeout_s: float = 5.0
    most_bytes: int = 4_000_000


class Unanswered(Exception):
    """A service that gave no answer that can be used: `code` of a message, and the reason."""

    def __init__(self, code: str, reason: object) -> None:
        super().__init__(str(reason))
        self.code, self.reason = code, str(reason)


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows nobody: the token is for one address."""

    def redirect_request(self, *args: Any) -> urllib.request.Request | None:
        """Refuse, and name the place that it pointed to."""
        raise Unanswered("comments-elsewhere", str(args[5])[:200])


def ask(service: Service, request: Request) -> bytes:
    """The body of a service's answer. Raises Unanswered."""
    until_s = time.monotonic() + service.timeout_s
    address = service.address.rstrip("/") + request.path
    headers = {**request.headers, "User-Agent": "plein-comments"}
    if service.token:
        headers["Authorization"] = f"Bearer {service.token}"
    asked = urllib.request.Request(address, request.body or None, headers, method=request.method)
    try:
        with urllib.request.build_opener(_Stay).open(asked, timeout=service.timeout_s) as answer:
            return _body(answer, service, until_s)
    except urllib.error.HTTPError as error:
        error.close()
        raise Unanswered("comments-unanswered", f"{error.code} {error.reason}") from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = getattr(error, "reason", error)
        raise Unanswered("comments-unanswered", str(reason) or type(error).__name__) from None


def _body(answer: http.client.HTTPResponse, service: Service, until_s: float) -> bytes:
    """All of an answer; one that drips is given up as well, so the time is looked at."""
    data = b""
    while piece := answer.read1(_PIECE_BYTES):
        data += piece
        if len(data) > service.most_bytes:
            raise Unanswered("comments-too-large", service.most_bytes // 1_000_000)
        if time.monotonic() > until_s:
            raise Unanswered("comments-unanswered", "timed out")
    return data
