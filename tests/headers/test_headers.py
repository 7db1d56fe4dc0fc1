"""The headers that are written with a site, as real servers and parsers read them."""

import urllib.error
import urllib.request
from email.message import Message
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.conftest import SITE, Site
from tests.publish.servers import nginx


@pytest.fixture
def built(site: Site) -> Site:
    site.post("news/kluis")
    site.build()
    return site


def ask(url: str) -> tuple[int, Message, bytes]:
    try:
        with urllib.request.urlopen(url) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def test_nginx_says_what_may_load_and_what_may_be_kept(built: Site, tmp_path: Path) -> None:
    public = built.root / "public"
    server = f"root {public}; index index.html; include {public}/headers.nginx.conf;"
    style = next(public.glob("assets/style-*.css")).relative_to(public)
    (public / "zoeken").mkdir(exist_ok=True)
    (public / "zoeken/index.html").touch()
    with nginx(tmp_path / "nginx", server) as where:
        _, page, _ = ask(f"{where}/nieuws/kluis/")
        _, asset, _ = ask(f"{where}/{style}")
        code, missing, body = ask(f"{where}/nergens/")
        hidden, _, _ = ask(f"{where}/headers.nginx.conf")
        _, search, _ = ask(f"{where}/zoeken/")
    assert page["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self';")
    assert (page["Cache-Control"], page["X-Content-Type-Options"]) == ("no-cache", "nosniff")
    assert asset["Cache-Control"] == "max-age=31536000, immutable"
    assert (code, missing["Content-Security-Policy"]) == (404, page["Content-Security-Policy"])
    assert body == (public / "404.html").read_bytes()
    assert hidden == 404
    assert "'wasm-unsafe-eval'" in search["Content-Security-Policy"]
    assert "unsafe" not in page["Content-Security-Policy"]


def test_all_say_the_same_in_the_sites_own_folder(site: Site) -> None:
    site.write("site.yaml", SITE.replace("voorbeeld.example", "voorbeeld.example/intra-net"))
    site.build()
    nginx_, apache, netlify = (
        site.read(name) for name in ("headers.nginx.conf", ".htaccess", "_headers")
    )
    assert r"^/intra\-net/(assets|media)/" in nginx_
    assert r"m#^/intra\-net/(zoeken|en/search)/#" in apache
    assert "ErrorDocument 404 /intra-net/404.html" in apache
    assert netlify.count("Content-Security-Policy") == 1
    iis = ET.fromstring(site.read("web.config"))
    assert [one.get("path") for one in iis.findall("location")] == [
        "zoeken", "en/search", "assets", "media",
    ]  # fmt: skip
    policy = iis.find("system.webServer/httpProtocol/customHeaders/add").get("value")  # type: ignore[union-attr]
    assert all(policy in one for one in (nginx_, apache))


def test_only_those_that_were_asked_for_are_written(site: Site) -> None:
    site.write("site.yaml", SITE + "server: apache\n")
    site.build()
    written = site.tree()
    assert ".htaccess" in written
    assert not {"headers.nginx.conf", "_headers", "web.config"} & set(written)
    site.write("site.yaml", SITE + "server: none\n")
    site.build()
    assert ".htaccess" not in site.tree()
    site.write("site.yaml", SITE + "server: nignx\n")
    assert [one.code for one in site.problems()] == ["not-an-option"]
    site.write("site.yaml", SITE + "headers: nginx\nredirects: nginx\n")
    assert [one.code for one in site.problems()] == ["setting-renamed"] * 2
