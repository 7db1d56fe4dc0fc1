"""The lines for nginx in the docs, tried: real nginx, gateway, Isso and browser.

In the place of oauth2-proxy stands a small server that answers with its headers,
for whoever a cookie names.
"""

import http.server
import json
import re
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.comments.conftest import free_port, wait_for
from tests.conftest import SITE, Site
from tests.docs.examples import DOCS
from tests.publish.servers import nginx

PEOPLE = {"marjan": "Marjan de Wit", "jan": "Jan Jansen"}
SECRET, TOKEN = "geheim-voor-nginx", "geheim-voor-builds"


class StandIn(http.server.BaseHTTPRequestHandler):
    """What oauth2-proxy answers with --set-xauthrequest: who the cookie names is in."""

    def do_GET(self) -> None:
        cookie = SimpleCookie(self.headers["Cookie"] or "").get("who")
        who = cookie.value if cookie and cookie.value in PEOPLE else ""
        self.send_response(202 if who else 401)
        if who:
            self.send_header("X-Auth-Request-Preferred-Username", PEOPLE[who])
            self.send_header("X-Auth-Request-Email", f"{who}@voorbeeld.example")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


def nginx_lines(public: Path, gateway: int, proxy: int) -> str:
    """The docs' own lines, with this test's ports, files and secret."""
    page = (DOCS / "operators/sign-on.md").read_text()
    told = re.search(r"^(  location /comments/ \{.*?^  \})$", page, re.M | re.S)
    assert told
    lines = told[1].replace("127.0.0.1:8081", f"127.0.0.1:{gateway}")
    lines = lines.replace("the same secret", SECRET)
    return (
        f"root {public}; include {public}/headers.nginx.conf;\n"
        f"location = /oauth2/auth {{ internal; proxy_pass http://127.0.0.1:{proxy};\n"
        'proxy_pass_request_body off; proxy_set_header Content-Length ""; }\n'
        f"{lines}\nlocation / {{ index index.html; }}\n"
    )


@pytest.fixture
def intranet(site: Site, tmp_path: Path) -> Iterator[str]:
    """The address of an intranet: site, comments and sign-on on one host."""
    gateway, folder = free_port(), tmp_path / "nginx"
    site.post("news/soep")
    site.post("news/dicht")
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), StandIn) as proxy:
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        public = site.root / "public"
        # The page has to know its address before nginx begins, so the policy comes first.
        site.write("site.yaml", SITE)
        site.build()
        with nginx(folder, nginx_lines(public, gateway, proxy.server_port)) as address:
            site.write("site.yaml", SITE + settings(address, gateway))
            site.build()
            with Running(site, tmp_path, gateway, address):
                yield address
        proxy.shutdown()


def settings(address: str, gateway: int) -> str:
    return (
        f"comments:\n  provider: isso\n  endpoint: {address}/comments\n"
        f"  reader: http://127.0.0.1:{gateway}\n  identity: verified\n"
        "  roles: {management: [marjan@voorbeeld.example]}\n"
    )


class Running:
    """The gateway's own command, until the block ends."""

    def __init__(self, site: Site, folder: Path, port: int, address: str) -> None:
        self.file = folder / "isso.cfg"
        self.file.write_text(
            f"[general]\ndbpath={folder}/comments.db\nhost={address}\n"
            "latest-enabled=true\n[guard]\nenabled=false\n"
        )
        self.site, self.port = site, port

    def __enter__(self) -> None:
        command = [sys.executable, "-m", "generator", "comments-gateway", "--isso", self.file]
        self.process = subprocess.Popen(
            [*command, "--port", str(self.port)], cwd=self.site.root,
            env={"PLEIN_GATEWAY_SECRET": SECRET, "PLEIN_COMMENTS_TOKEN": TOKEN, "PATH": "/bin"},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        wait_for(self.port, self.process)

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(10)


def colleague(browser: Browser, address: str, who: str) -> Page:
    context = browser.new_context(viewport={"width": 390, "height": 800}, locale="nl-NL")
    context.add_cookies([{"name": "who", "value": who, "url": address}])
    return context.new_page()


def react(page: Page, url: str, text: str, name: str) -> None:
    page.goto(url)
    page.locator("#comments").scroll_into_view_if_needed()
    button = page.get_by_role("button", name="Toon de reacties")
    if button.is_visible():
        button.click()
    page.locator(".isso-postbox textarea").first.fill(text)
    # Nobody is asked for a name here; who looks in the page can still write one.
    field = page.locator(".isso-postbox [name=author]").first
    expect(field).to_be_hidden()
    field.evaluate("(field, name) => { field.value = name; }", name)
    expect(page.locator("#comments")).to_contain_text("je eigen naam")
    page.locator(".isso-postbox [type=submit]").first.click()


def status_of(address: str, path: str, method: str, **headers: str) -> int:
    body = json.dumps({"text": "Toch nog iets.", "author": "X", "title": "T"}).encode()
    head = {"Content-Type": "application/json", **headers}
    request = urllib.request.Request(address + path, body, head, method=method)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        refused.close()
        return refused.code


def test_names_roles_and_closing_behind_nginx(intranet: str, site: Site, browser: Browser) -> None:
    page = colleague(browser, intranet, "marjan")
    react(page, f"{intranet}/nieuws/soep/", "Goed plan.", "iemand")
    shown = page.locator("#isso-root .isso-comment")
    expect(shown.locator(".isso-author")).to_have_text("Marjan de Wit · directie")
    # Jan types the director's name, and is Jan.
    other = colleague(browser, intranet, "jan")
    react(other, f"{intranet}/nieuws/soep/", "Mag het ook warm?", "Marjan de Wit · directie")
    expect(other.locator("#isso-root .isso-author").last).to_have_text("Jan Jansen")
    other.context.close()
    # Forged headers are replaced, and without a cookie nobody gets in.
    forged = {"X-Forwarded-Email": "marjan@voorbeeld.example", "X-Plein-Secret": SECRET}
    path = "/comments/new?uri=/news/soep"
    assert status_of(intranet, path, "POST", **forged) == 401
    token = {"Authorization": f"Bearer {TOKEN}"}
    assert status_of(intranet, path, "POST", **token) == 401
    # A build reads with its token: the count, and Jan's question, which waits for management.
    site.env = {"PLEIN_COMMENTS_TOKEN": TOKEN}
    site.run("comments", "fetch")
    site.build()
    assert "2 reacties" in site.read("nieuws/index.html")
    assert "Mag het ook warm?" in site.read("wacht-op-antwoord/index.html")
    assert "gesprekken bij de dienst: 1" in site.run("comments", "check").stdout
    # It closes: nothing new, no changes.
    mine = {one["name"]: one["value"] for one in page.context.cookies()}
    cookies = "; ".join(f"{name}={value}" for name, value in mine.items())
    assert status_of(intranet, "/comments/id/1", "PUT", Cookie=cookies) == 200
    site.post("news/soep", comments="closed")
    site.build()
    mine = {one["name"]: one["value"] for one in page.context.cookies()}
    assert status_of(intranet, "/comments/id/1", "PUT", Cookie=cookies) == 403
    assert status_of(intranet, path, "POST", Cookie="who=jan") == 403
    assert status_of(intranet, "/comments/id/1/like", "POST", Cookie="who=jan") == 403
    page.context.close()


def test_a_lost_conversation_is_named(intranet: str, site: Site) -> None:
    for key in ("soep", "dicht"):
        path = f"/comments/new?uri=/news/{key}"
        assert status_of(intranet, path, "POST", Cookie="who=jan") == 201
    (site.root / "content/news/soep.md").rename(site.root / "content/news/snert.md")
    site.post("kudos/ander", id="news/dicht", to="jan")
    site.env = {"PLEIN_COMMENTS_TOKEN": TOKEN}
    done = site.run("comments", "check", code=1)
    assert "[thread-orphan]" in done.stderr
    assert "id: news/soep" in done.stderr
    assert "content/kudos/ander.md:4:" in done.stderr
    assert "[thread-twice]" in done.stderr
