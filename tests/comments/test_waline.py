"""A second real service: Waline with a local database, read by a build and used in a browser."""

import json
import os
import shutil
import sqlite3
import subprocess
import threading
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from generator import policy
from tests.browsing import served
from tests.comments.conftest import free_port, wait_for
from tests.conftest import SITE, Site

WALINE = ("@waline/vercel@1.39.3", "@waline/client@3.13.0")
# What it needs of its database, which it does not make itself.
TABLES = """
CREATE TABLE wl_Comment (id INTEGER PRIMARY KEY AUTOINCREMENT, user_id INTEGER, comment TEXT,
  insertedAt TIMESTAMP DEFAULT CURRENT_TIMESTAMP, ip TEXT, link TEXT, mail TEXT, nick TEXT,
  pid INTEGER, rid INTEGER, sticky NUMERIC, status TEXT NOT NULL DEFAULT '', "like" INTEGER,
  ua TEXT, url TEXT, createdAt TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
  updatedAt TIMESTAMP DEFAULT CURRENT_TIMESTAMP);
CREATE TABLE wl_Users (id INTEGER PRIMARY KEY AUTOINCREMENT, display_name TEXT, email TEXT,
  password TEXT, type TEXT, label TEXT, url TEXT, avatar TEXT, github TEXT,
  createdAt TIMESTAMP DEFAULT CURRENT_TIMESTAMP, updatedAt TIMESTAMP DEFAULT CURRENT_TIMESTAMP);
"""
HOSTILE = "<script>alert('x')</script> Mag dat zomaar?"


class NoSignOn(BaseHTTPRequestHandler):
    """Where Waline asks by whom one can sign in; it does so for every request."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'{"services": []}')

    def log_message(self, *_: object) -> None:
        pass


def headers_of_node() -> dict[str, str]:
    """Where the headers of this machine's Node are, if they are: else they are downloaded."""
    home = Path(shutil.which("node") or "/").resolve().parent.parent
    return {"npm_config_nodedir": str(home)} if (home / "include/node/node.h").is_file() else {}


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of server and client, installed by npm; a database library is compiled."""
    folder = tmp_path_factory.mktemp("waline")
    (folder / "package.json").write_text('{"private": true}')
    command = ["npm", "install", "--silent", "--no-audit", "--no-fund", *WALINE]
    env = {**os.environ, **headers_of_node()}
    subprocess.run(command, cwd=folder, check=True, timeout=1800, env=env)
    return folder / "node_modules/@waline"


@pytest.fixture
def waline(program: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a running Waline with an empty database."""
    with sqlite3.connect(tmp_path / "waline.sqlite") as database:
        database.executescript(TABLES)
    database.close()
    port = free_port()
    with ThreadingHTTPServer(("127.0.0.1", 0), NoSignOn) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        env = {
            **os.environ, "SQLITE_PATH": str(tmp_path), "JWT_TOKEN": "geheim", "IPQPS": "0",
            "OAUTH_URL": f"http://127.0.0.1:{other.server_port}/",
        }  # fmt: skip
        command = ["node", program / "vercel/vanilla.js", str(port)]
        with subprocess.Popen(
            command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            try:
                wait_for(port, process)
                yield f"http://127.0.0.1:{port}"
            finally:
                process.terminate()
        other.shutdown()


def say(address: str, path: str, text: str, nick: str, pid: int = 0) -> int:
    data = {"comment": text, "nick": nick, "mail": "", "link": "", "url": path, "ua": "Mozilla/5.0"}
    if pid:
        data |= {"pid": pid, "rid": pid, "at": "Wil"}  # type: ignore[dict-item]
    head = {"Content-Type": "application/json", "User-Agent": "Mozilla/5.0"}
    body = json.dumps(data).encode()
    request = urllib.request.Request(f"{address}/api/comment", body, head)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return int(json.loads(answer.read())["data"]["objectId"])


@pytest.mark.long
def test_a_build_reads_a_real_waline(site: Site, waline: str) -> None:
    lines = f"comments:\n  provider: waline\n  endpoint: {waline}\n  reader: {waline}\n"
    site.write("site.yaml", SITE + lines)
    site.post("news/soep")
    site.post("questions/jas", question="Waar laat je je jas?", date="2026-11-02")
    site.run("build", "--clock", site.clock)
    assert "/vragen/jas/" in site.read("wacht-op-antwoord/index.html")
    first = say(waline, "/news/soep", HOSTILE, "Wil")
    say(waline, "/questions/jas", "Over mijn stoel.", "Jan")
    assert "Reacties: 2, gesprekken: 2" in site.run("comments", "fetch").stdout
    site.run("build", "--clock", site.clock)
    assert "1 reactie" in site.read("nieuws/index.html")
    waiting = site.read("wacht-op-antwoord/index.html")
    assert "Mag dat zomaar?" in waiting
    assert "<script>alert" not in waiting
    assert "/vragen/jas/" not in waiting
    say(waline, "/news/soep", "Ja hoor.", "Kok", first)
    site.run("build", "--clock", site.clock)
    assert "2 reacties" in site.read("nieuws/index.html")
    assert "Mag dat zomaar?" not in site.read("wacht-op-antwoord/index.html")
    for number in range(120):
        say(waline, "/news/soep", f"Reactie {number}.", "Wil")
    say(waline, "/news/soep", "En de allerlaatste?", "Wil")
    site.run("build", "--clock", site.clock)
    assert "En de allerlaatste?" in site.read("wacht-op-antwoord/index.html")
    assert site.run("comments", "check", code=2).stderr.count("[comments-no-list]") == 1


@pytest.mark.long
def test_a_colleague_reacts_in_walines_own_widget(
    site: Site, waline: str, program: Path, browser: Browser
) -> None:
    lines = f"comments:\n  provider: waline\n  endpoint: {waline}\n  reader: {waline}\n"
    site.write("site.yaml", SITE + lines + "theme: eigen\n")
    site.write("themes/eigen/theme.yaml", "name: eigen\nextends: default\ncontract: 1\n")
    for name in ("waline.js", "waline.css"):
        site.write(f"themes/eigen/assets/{name}", (program / "client/dist" / name).read_bytes())
    site.post("news/soep")
    site.build()
    rules = policy.header(site.config)
    met: list[str] = []
    with served(site.root / "public", rules) as address:
        page = browser.new_page(viewport={"width": 390, "height": 800}, locale="nl-NL")
        page.on("response", lambda response: met.append(response.url))
        page.goto(f"{address}/nieuws/soep/")
        button = page.get_by_role("button", name="Toon de reacties")
        button.scroll_into_view_if_needed()
        page.wait_for_timeout(500)
        assert not [url for url in met if not url.startswith(address)]
        button.click()
        page.locator("#waline .wl-editor").fill(HOSTILE)
        page.locator("#waline [name=nick]").fill("Wil")
        page.locator("#waline .wl-btn.primary").click()
        expect(page.locator("#waline .wl-card .wl-content").first).to_contain_text(
            "Mag dat zomaar?"
        )
        expect(page.get_by_role("alert")).to_be_hidden()
        assert not [url for url in met if not url.startswith((address, waline))]
        assert page.locator("html").evaluate("html => html.scrollWidth") <= 390
        page.close()
    site.run("build", "--clock", site.clock)
    assert "1 reactie" in site.read("nieuws/index.html")
