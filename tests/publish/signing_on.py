"""Stand-ins for the services beside a web server: oauth2-proxy, an identity provider, a gateway."""

import base64
import hashlib
import hmac
import http.server
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, urlencode, urlsplit

SECRET = "the secret of this client"
MAIL = "robin@example.org"


class _Answering(http.server.BaseHTTPRequestHandler):
    def answer(self, code: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


class Proxy(_Answering):
    """What oauth2-proxy answers: who has the cookie is in."""

    def do_GET(self) -> None:
        if not self.path.startswith("/oauth2/auth"):
            self.answer(200, b"please sign in")
        elif "_oauth2_proxy=" in (self.headers["Cookie"] or ""):
            who = {"X_Auth_Request_Email": MAIL, "X_Auth_Request_Preferred_Username": "Robin"}
            self.answer(202, **who)
        else:
            self.answer(401)


class Gateway(_Answering):
    """Tells what it was told of who is signed in."""

    def do_GET(self) -> None:
        told = ("X-Forwarded-Email", "X-Forwarded-Preferred-Username", "X-Plein-Secret")
        self.answer(200, json.dumps({name: self.headers[name] for name in told}).encode())


class Provider(_Answering):
    """An identity provider that lets in who says that he has an account, by OpenID Connect."""

    nonce = ""

    def do_GET(self) -> None:
        here = f"http://{self.headers['Host']}"
        asked = {name: one[0] for name, one in parse_qs(urlsplit(self.path).query).items()}
        if self.path.startswith("/.well-known"):
            self.answer(200, json.dumps(_metadata(here)).encode(), Content_Type="application/json")
        elif self.path.startswith("/authorize") and not self.headers["X-Account"]:
            self.answer(200, b"please sign in")
        elif self.path.startswith("/authorize"):
            Provider.nonce = asked["nonce"]
            back = urlencode({"code": "x", "state": asked["state"]})
            self.answer(302, Location=f"{asked['redirect_uri']}?{back}")
        else:
            self.answer(200, b'{"keys": []}', Content_Type="application/json")

    def do_POST(self) -> None:
        claims = {
            "iss": f"http://{self.headers['Host']}", "sub": "robin", "aud": "square",
            "iat": int(time.time()), "exp": int(time.time()) + 300, "nonce": Provider.nonce,
            "email": MAIL, "preferred_username": "Robin",
        }  # fmt: skip
        made = {"access_token": "x", "token_type": "Bearer", "id_token": _signed(claims)}
        self.answer(200, json.dumps(made).encode(), Content_Type="application/json")


def _metadata(here: str) -> dict[str, object]:
    return {
        "issuer": here, "authorization_endpoint": f"{here}/authorize",
        "token_endpoint": f"{here}/token", "jwks_uri": f"{here}/keys",
        "response_types_supported": ["code"], "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["HS256"],
    }  # fmt: skip


def _signed(claims: dict[str, object]) -> str:
    def part(data: bytes) -> str:
        return base64.urlsafe_b64encode(data).rstrip(b"=").decode()

    head = part(json.dumps({"alg": "HS256", "typ": "JWT"}).encode())
    text = f"{head}.{part(json.dumps(claims).encode())}"
    return f"{text}.{part(hmac.digest(SECRET.encode(), text.encode(), hashlib.sha256))}"


@contextmanager
def standing_in(handler: type[_Answering]) -> Iterator[str]:
    """A stand-in for as long as a test needs it; its host and port."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()
