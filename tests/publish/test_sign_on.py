"""The configurations of the docs are run as written: nobody reads anything without signing in."""

import http.cookiejar
import json
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.conftest import SITE, Site
from tests.docs.examples import DOCS
from tests.publish.servers import apache, caddy, nginx, readable
from tests.publish.signing_on import MAIL, Gateway, Provider, Proxy, standing_in


def told(server: str) -> str:
    """The configuration for a server, as it stands in the docs."""
    page = (DOCS / "operators/sign-on.md").read_text()
    found = re.search(rf"```{server}\n(.*?)^```", page, re.M | re.S)
    assert found
    return found[1]


class Door:
    """A published site behind a server with a sign-on, and a visitor."""

    def __init__(self, site: Site, address: str, folder: Path, signs_in_elsewhere: bool) -> None:
        self.site, self.address, self.folder = site, address, folder
        self.elsewhere = signs_in_elsewhere

    def fetch(self, path: str, signed_in: bool = True, **headers: str) -> tuple[int, str]:
        """Status and text, redirects followed; who is not signed in ends at the sign-on."""
        opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        )
        headers |= {"Cookie": "_oauth2_proxy=x", "X_Account": "robin"} if signed_in else {}
        if self.elsewhere:
            headers.pop("Cookie", "")
        named = {name.replace("_", "-"): one for name, one in headers.items()}
        named["Accept"] = "text/html"
        request = urllib.request.Request(self.address + path, headers=named)
        try:
            with opener.open(request, timeout=20) as answer:
                return answer.status, answer.read().decode(errors="replace")
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode(errors="replace")


@pytest.fixture(scope="module", params=["nginx", "caddy", "apache"])
def door(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Door]:
    site = Site(tmp_path_factory.mktemp(request.param) / "site")
    site.write("site.yaml", SITE)
    with ExitStack() as stack:
        place = stack.enter_context(readable())
        live = place / "live"
        _publish_twice(site, live)
        proxy = stack.enter_context(standing_in(Proxy))
        gateway = stack.enter_context(standing_in(Gateway))
        text = told(request.param).replace("/srv/intranet", str(live))
        text = text.replace("127.0.0.1:4180", proxy).replace("127.0.0.1:8081", gateway)
        if request.param == "apache":
            text = text.replace("https://login.example.org", f"http://{_provider(stack)}")
        server = _START[request.param](place / "server", text)
        address = stack.enter_context(server)
        yield Door(site, address, place / "server", request.param == "apache")


def _provider(stack: ExitStack) -> str:
    return stack.enter_context(standing_in(Provider))


def _publish_twice(site: Site, live: Path) -> None:
    """A site with a post that is gone and one that moved."""
    for name in ("a", "weg", "oud"):
        site.post(f"news/{name}", "Alleen voor collega's.", title=f"Over {name}")
    site.run("publish", "--to", live, "--clock", site.clock)
    site.post("news/weg", title="Over weg", draft="yes")
    (site.root / "content/news/oud.md").rename(site.root / "content/news/nieuw.md")
    site.run("publish", "--to", live, "--clock", site.clock)


def _by_nginx(folder: Path, text: str) -> object:
    inside = text.partition("{\n")[2].rpartition("}")[0]
    return nginx(folder, re.sub(r"  (listen|server_name|ssl_\w+) .*\n", "", inside))


def _by_caddy(folder: Path, text: str) -> object:
    return caddy(folder, text.partition("{\n")[2].rpartition("}")[0])


def _by_apache(folder: Path, text: str) -> object:
    text = re.sub(r"  SSL\w+ .*\n", "", text.replace("*:443", "127.0.0.1:{port}"))
    return apache(folder, text.replace("https://square.example.org", "http://127.0.0.1:{port}"))


_START = {"nginx": _by_nginx, "caddy": _by_caddy, "apache": _by_apache}


def test_without_the_sign_on_nobody_reads_anything(door: Door) -> None:
    style = next((door.site.root / "public").glob("assets/style-*.css")).name
    paths = (
        "/", "/nieuws/a/", "/nieuws/a/index.html", "/feed.xml", f"/assets/{style}",
        "/geen-bestand", "/nieuws/oud/", "/nieuws/weg/", "/comments/",
    )  # fmt: skip
    for path in paths:
        assert door.fetch(path, signed_in=False) == (200, "please sign in"), path


def test_who_is_signed_in_reads_all_of_it(door: Door) -> None:
    code, text = door.fetch("/nieuws/a/")
    assert (code, "Alleen voor collega" in text) == (200, True)
    assert "Alleen voor collega" in door.fetch("/nieuws/oud/")[1]
    assert door.fetch("/nieuws/weg/") == (410, door.site.read("nieuws/weg/index.html"))
    assert door.fetch("/geen-bestand") == (404, door.site.read("404.html"))
    assert door.fetch("/.plein-manifest")[0] == 404


def test_comments_under_the_same_address_know_who_it_is(door: Door) -> None:
    forged = {"X_Forwarded_Email": "baas@example.org", "X_Forwarded_Preferred_Username": "Baas"}
    code, text = door.fetch("/comments/", **forged, X_Plein_Secret="?")
    assert code == 200
    assert json.loads(text) == {
        "X-Forwarded-Email": MAIL,
        "X-Forwarded-Preferred-Username": "Robin",
        "X-Plein-Secret": "the same secret",
    }


def test_a_sign_on_that_is_out_of_order_lets_nobody_in(site: Site) -> None:
    with readable() as place:
        site.post("news/a", "Alleen voor collega's.")
        site.run("publish", "--to", place / "live", "--clock", site.clock)
        for server in ("nginx", "caddy"):
            text = told(server).replace("/srv/intranet", f"{place}/live")
            text = text.replace("127.0.0.1:4180", "127.0.0.1:9")
            with _START[server](place / server, text) as address:  # type: ignore[attr-defined]
                code, said = Door(site, address, place, signs_in_elsewhere=False).fetch(
                    "/nieuws/a/"
                )
                assert code in (500, 502)
                assert "Alleen" not in said


def test_the_log_has_no_names_addresses_or_visits(door: Door) -> None:
    for path in ("/nieuws/a/", "/geen-bestand", "/feed.xml?van=robin"):
        door.fetch(path)
    said = "".join(file.read_text() for file in door.folder.glob("*.log"))
    assert MAIL not in said
    assert "van=robin" not in said
