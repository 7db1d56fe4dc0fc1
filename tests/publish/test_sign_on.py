"""The nginx configuration of the docs is tried: nobody reads anything without having signed in."""

import http.server
import re
import threading
import urllib.error
import urllib.request
from pathlib import Path

from tests.conftest import Site
from tests.docs.examples import DOCS
from tests.publish.servers import nginx


class StandIn(http.server.BaseHTTPRequestHandler):
    """What oauth2-proxy answers: who has the cookie is in."""

    def do_GET(self) -> None:
        known = "_oauth2_proxy=" in (self.headers["Cookie"] or "")
        self.send_response((202 if known else 401) if self.path == "/oauth2/auth" else 200)
        self.end_headers()
        self.wfile.write(b"" if self.path == "/oauth2/auth" else b"please sign in")

    def log_message(self, *_: object) -> None:
        pass


def fetch(address: str, cookie: str = "") -> tuple[int, str, str]:
    """Status, text and policy of an answer."""
    request = urllib.request.Request(address, headers={"Cookie": cookie} if cookie else {})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            policy = answer.headers["Content-Security-Policy"] or ""
            return answer.status, answer.read().decode(errors="replace"), policy
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode(errors="replace"), ""


def test_without_the_sign_on_nobody_reads_anything(site: Site, tmp_path: Path) -> None:
    site.post("news/a", "Alleen voor collega's.")
    site.run("publish", "--to", "../live", "--clock", site.clock)
    live = tmp_path / "live/current"
    page = (DOCS / "operators/sign-on.md").read_text()
    told = re.search(r"```nginx\nserver \{\n(.*?)^\}\n```", page, re.M | re.S)
    assert told
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), StandIn) as proxy:
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        server = told[1].replace("/srv/intranet/current", str(live))
        server = re.sub(r"  (listen|server_name) .*\n", "", server)
        server = server.replace("127.0.0.1:4180", f"127.0.0.1:{proxy.server_port}")
        with nginx(tmp_path / "nginx", server) as address:
            style = next(live.glob("assets/style-*.css")).name
            for path in ("/nieuws/a/", "/feed.xml", f"/assets/{style}", "/geen-bestand"):
                status, text, _ = fetch(address + path)
                assert (status, text) == (200, "please sign in"), path
            cookie = "_oauth2_proxy=somebody"
            status, text, policy = fetch(f"{address}/nieuws/a/", cookie)
            assert status == 200
            assert "Alleen voor collega" in text
            assert "default-src 'none'" in policy
            assert fetch(f"{address}/.plein-manifest", cookie)[0] == 404
            assert fetch(f"{address}/geen-bestand", cookie)[0] == 404
        proxy.shutdown()
