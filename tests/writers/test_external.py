"""`plein check --external`: asks a real server, politely, within bounds, and remembers."""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise

import pytest

from generator.check.external import Visit, ask
from tests.conftest import NOW, Site


class World(ThreadingHTTPServer):
    """Somebody else's site: what it answers by path, and what it was asked, when."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.asked: list[tuple[str, str, float]] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Answers(BaseHTTPRequestHandler):
    server: World

    def do_HEAD(self) -> None:
        self.server.asked.append((self.command, self.path, time.monotonic()))
        self.server.agent = self.headers["User-Agent"]
        name = self.path.strip("/").split("/")[0]
        status = {"goed": 200, "weg": 404, "geheim": 403, "kapot": 500, "verhuisd": 301,
                  "even": 302, "alleen-get": 405 if self.command == "HEAD" else 200,
                  "slecht-head": 404 if self.command == "HEAD" else 200}.get(name, 200)  # fmt: skip
        if name == "traag":
            time.sleep(2)
        self.send_response(status)
        if status in (301, 302):
            self.send_header("Location", "/goed/nieuw/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD  # noqa: N815

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def world() -> Iterator[World]:
    with World() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def visit(site: Site, **bounds: float) -> Visit:
    return Visit(site.root / ".plein/external", **{"pause_s": 0.0, **bounds})  # type: ignore[arg-type]


def test_links_to_other_sites_are_told_at_their_line(site: Site, world: World) -> None:
    names = ("goed", "weg", "geheim", "kapot", "verhuisd", "even", "alleen-get", "slecht-head")
    body = "\n\n".join(f"[{name}]({world.address}/{name})" for name in names)
    site.post("news/a", f"{body}\n\n[niemand](http://127.0.0.1:9/)", summary="Kort.")
    done = site.run("check", "--external", "--format", "json", "--clock", NOW)
    # The other site stands on this computer here, which is told as well.
    told = (one for one in json.loads(done.stdout) if one["code"] != "link-to-preview")
    found = {(one["line"], one["code"]): one for one in told}
    assert sorted(found) == [
        (9, "external-gone"), (13, "external-unreachable"), (15, "external-moved"),
        (23, "external-unreachable"),
    ]  # fmt: skip
    assert f"{world.address}/goed/nieuw/" in found[15, "external-moved"]["hint"]
    assert world.agent.startswith("plein-check/")
    assert [(how, path) for how, path, _ in world.asked if path == "/alleen-get"] == [
        ("HEAD", "/alleen-get"), ("GET", "/alleen-get"),
    ]  # fmt: skip


def test_nobody_is_asked_unless_somebody_wants_it(site: Site, world: World) -> None:
    site.post("news/a", f"[weg]({world.address}/weg)")
    site.run("check", "--clock", NOW)
    site.build()
    assert world.asked == []


def test_an_answer_is_remembered_and_each_address_is_asked_once(site: Site, world: World) -> None:
    site.post("news/a", f"[een]({world.address}/goed#a) en [twee]({world.address}/goed#b)")
    site.post("news/b", f"[drie]({world.address}/goed)")
    for _ in range(2):
        site.run("check", "--external", "--clock", NOW)
    assert len(world.asked) == 1


def test_a_damaged_memory_is_no_more_than_a_forgotten_one(site: Site, world: World) -> None:
    site.write(".plein/external", b"\xff\x00rommel")
    site.post("news/a", f"[een]({world.address}/goed)")
    site.run("check", "--external", "--clock", NOW)
    assert len(world.asked) == 1


def test_a_host_is_asked_one_thing_at_a_time_with_a_pause(site: Site, world: World) -> None:
    ask([f"{world.address}/goed/{n}" for n in range(4)], visit(site, pause_s=0.2))
    moments = [when for _, _, when in world.asked]
    assert all(later - earlier >= 0.2 for earlier, later in pairwise(moments))


def test_it_never_goes_on_for_ever(site: Site, world: World) -> None:
    many = [f"{world.address}/goed/{n}" for n in range(20)]
    assert len(ask(many, visit(site, most=5))) == 5
    slow = ask([f"{world.address}/traag"], visit(site, timeout_s=0.3))
    assert slow[f"{world.address}/traag"].status == 0
    assert ask([f"{world.address}/later"], visit(site, total_s=-1.0)) == {}


def test_strange_addresses_are_no_traceback(site: Site) -> None:
    strange = ["http://[::1", "http://a b/", "https://xn--/", "http://127.0.0.1:99999/"]
    answers = ask(strange, visit(site, timeout_s=1.0))
    assert {one.status for one in answers.values()} == {0}
    site.post("news/a", " ".join(f"<a href='{one}'>x</a>" for one in strange))
    site.run("check", "--external", "--clock", NOW)
