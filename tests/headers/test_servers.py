"""What is written for a server, as that server reads it: nginx, Apache and Caddy, all real."""

import gzip
import http.client
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from email.message import Message
from pathlib import Path
from urllib.parse import urlsplit

import brotli
import pytest

from tests.conftest import SITE, Site
from tests.publish.servers import apache, caddy, nginx, readable

Ask = Callable[..., tuple[int, Message, bytes]]


def by_nginx(folder: Path, live: Path) -> AbstractContextManager[str]:
    include = f"include {live}/headers.nginx.conf; brotli_static on;"
    return nginx(folder, f"root {live}; index index.html; {include}")


def by_apache(folder: Path, live: Path) -> AbstractContextManager[str]:
    allowed = "Options FollowSymLinks\nAllowOverride FileInfo\nRequire all granted"
    return apache(
        folder, f"DocumentRoot {live}\n<Directory {live.parent}>\n{allowed}\n</Directory>"
    )


def by_caddy(folder: Path, live: Path) -> AbstractContextManager[str]:
    served = "file_server {\n precompressed br gzip\n}"
    return caddy(folder, f"root * {live}\nimport {live}/headers.caddy\n{served}")


SERVERS = {"nginx": by_nginx, "apache": by_apache, "caddy": by_caddy}


def asker(address: str) -> Ask:
    """A function that asks a server for one address, without going on to another."""

    def ask(path: str, **headers: str) -> tuple[int, Message, bytes]:
        link = http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)
        link.request(
            "GET", path, headers={name.replace("_", "-"): one for name, one in headers.items()}
        )
        answer = link.getresponse()
        body = answer.read()
        link.close()
        return answer.status, answer.headers, body

    return ask


@pytest.fixture(scope="module", params=SERVERS)
def served(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Site, Ask]]:
    """A site with old addresses and compressed texts, behind a real server."""
    site = Site(tmp_path_factory.mktemp(request.param) / "site")
    site.write("site.yaml", SITE + f"compress: yes\nserver: {request.param}\n")
    site.write("content/static/zoeken/proef.txt", "Wat zoek je?")
    with readable() as place:
        for name in ("kluis", "weg", "oud"):
            site.post(f"news/{name}", title=f"Over {name}")
        site.run("publish", "--to", place / "live", "--clock", site.clock)
        site.post("news/weg", title="Over weg", draft="yes")
        (site.root / "content/news/oud.md").rename(site.root / "content/news/nieuw.md")
        site.run("publish", "--to", place / "live", "--clock", site.clock)
        with SERVERS[request.param](place / "server", place / "live/current") as address:
            yield site, asker(address)


def test_a_page_comes_with_its_policy_and_is_asked_for_again(served: tuple[Site, Ask]) -> None:
    site, ask = served
    code, head, body = ask("/nieuws/kluis/")
    assert (code, body.decode()) == (200, site.read("nieuws/kluis/index.html"))
    assert head["Content-Type"].startswith("text/html")
    assert head["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self';")
    assert (head["Cache-Control"], head["X-Content-Type-Options"]) == ("no-cache", "nosniff")
    style = next((site.root / "public").glob("assets/style-*.css")).name
    _, asset, _ = ask(f"/assets/{style}")
    assert asset["Cache-Control"] == "max-age=31536000, immutable"
    assert ask("/manifest.webmanifest")[1]["Content-Type"] == "application/manifest+json"
    for name in ("/nieuws/kluis/", "/zoeken/proef.txt"):
        assert len(ask(name)[1].get_all("Content-Security-Policy", [])) == 1
    policy = ask("/zoeken/proef.txt")[1]["Content-Security-Policy"]
    assert "'wasm-unsafe-eval'" in policy


def test_a_wrong_address_shows_the_page_for_it(served: tuple[Site, Ask]) -> None:
    site, ask = served
    code, head, body = ask("/nergens/")
    assert (code, body.decode()) == (404, site.read("404.html"))
    assert "default-src 'none'" in head["Content-Security-Policy"]


def test_an_old_address_leads_on_and_a_gone_one_says_so(served: tuple[Site, Ask]) -> None:
    site, ask = served
    code, head, _ = ask("/nieuws/oud/")
    assert (code, urlsplit(head["Location"]).path) == (301, "/nieuws/nieuw/")
    code, head, _ = ask("/en/news/oud/")
    assert (code, urlsplit(head["Location"]).path) == (301, "/en/news/nieuw/")
    for path, page in (("/nieuws/weg/", "nieuws/weg"), ("/en/news/weg/", "en/news/weg")):
        code, _, body = ask(path)
        assert (code, body.decode()) == (410, site.read(f"{page}/index.html"))


@pytest.mark.parametrize(("name", "unpack"), [("gzip", gzip.decompress), ("br", brotli.decompress)])
def test_a_browser_gets_the_compressed_form_that_it_takes(
    served: tuple[Site, Ask], name: str, unpack: Callable[[bytes], bytes]
) -> None:
    site, ask = served
    for path, file in (("/nieuws/kluis/", "nieuws/kluis/index.html"), ("/feed.xml", "feed.xml")):
        code, head, body = ask(path, Accept_Encoding=name)
        assert (code, head["Content-Encoding"]) == (200, name), path
        assert head["Content-Type"].split(";")[0] in ("text/html", "application/xml", "text/xml")
        assert unpack(body).decode() == site.read(file)
        assert "Accept-Encoding" in head["Vary"]
    assert ask("/nieuws/kluis/")[1]["Content-Encoding"] is None


def test_what_is_meant_for_the_server_is_for_nobody_else(served: tuple[Site, Ask]) -> None:
    site, ask = served
    (name,) = {"headers.nginx.conf", ".htaccess", "headers.caddy"} & site.tree().keys()
    if name != ".htaccess":
        assert ask(f"/{name}")[0] == 404
