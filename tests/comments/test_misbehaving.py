"""Services that are down, slow, endless, hostile or led astray: a warning, and a build goes on."""

import http.server
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from generator.comments import asking, readers, talk
from generator.comments.readers import READERS, Malformed, base
from generator.conversations import Fetched, Wish, fetch
from generator.report import as_text, level_of
from generator.words import words
from generator.work import Options, Project, Work, settings
from tests.conftest import SITE, Site

Answer = Callable[[http.server.BaseHTTPRequestHandler], None]
KEY = "/news/soep"


@contextmanager
def service(answer: Answer) -> Iterator[tuple[str, list[str]]]:
    """The address of a service that answers everything in one way, and what it was asked."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(f"{self.command} {self.path}")
            size = int(self.headers.get("Content-Length") or 0)
            self.body = self.rfile.read(size).decode()
            answer(self)

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()


def says(body: bytes) -> Answer:
    def answer(request: http.server.BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    return answer


def endless(request: http.server.BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.end_headers()
    try:
        for _ in range(10):
            request.wfile.write(b"[" * 1_000_000)
    except OSError:
        pass


def dripping(request: http.server.BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.end_headers()
    try:
        for _ in range(100):
            request.wfile.write(b" ")
            time.sleep(0.2)
    except OSError:
        pass


def led_to(address: str) -> Answer:
    def answer(request: http.server.BaseHTTPRequestHandler) -> None:
        request.send_response(302)
        request.send_header("Location", address)
        request.end_headers()

    return answer


def broken(request: http.server.BaseHTTPRequestHandler) -> None:
    request.send_error(500)


CASES: dict[str, tuple[Answer, str]] = {
    "no JSON": (says(b"<html>"), "comments-malformed"),
    "another shape": (says(b'{"a": 1}'), "comments-malformed"),
    "too few numbers": (says(b"[1]"), "comments-malformed"),
    "impossible numbers": (says(b"[1, -3]"), "comments-malformed"),
    "numbers without end": (says(b"[1, 1e999]"), "comments-malformed"),
    "nested without end": (says(b"[" * 100_000), "comments-malformed"),
    "words, not numbers": (says(b'["<script>", "x"]'), "comments-malformed"),
    "10 MB": (endless, "comments-too-large"),
    "an error": (broken, "comments-unanswered"),
    "a drip": (dripping, "comments-unanswered"),
}


def with_reader(site: Site, address: str) -> Site:
    lines = (
        f"comments:\n  provider: isso\n  endpoint: https://reacties.example\n  reader: {address}\n"
    )
    site.write("site.yaml", SITE + lines)
    site.post("news/soep")
    site.post("news/brood")
    return site


def ask(site: Site, address: str) -> Fetched:
    project, options = Project(site.root), Options(clock=site.clock, workers=1)
    work = Work(project, settings(project, options), options)
    return fetch(work, asking.Service(address, timeout_s=1.0), Wish())


def remember(site: Site) -> None:
    known = talk.Talk("https://reacties.example", "2026-11-20", {KEY: talk.Thread(3)})
    talk.keep(site.root / ".plein/comments.json", known)


@pytest.mark.parametrize("name", CASES)
def test_a_service_that_misbehaves_is_a_warning(site: Site, name: str) -> None:
    answer, code = CASES[name]
    with service(answer) as (address, _):
        with_reader(site, address)
        remember(site)
        started = time.monotonic()
        found = ask(site, address)
    assert time.monotonic() - started < 10
    (trouble,) = found.problems
    assert trouble.code == code
    assert level_of(trouble) == "warn"
    assert "2026-11-20" in as_text(trouble, words("nl"))
    site.build(strict=True)
    assert "3 reacties" in site.read("nieuws/index.html")


def test_a_service_that_is_not_there_is_a_warning(site: Site) -> None:
    with_reader(site, "http://127.0.0.1:9")
    assert "[comments-unanswered]" in site.run("build", "--clock", site.clock).stderr
    assert "zonder aantallen" in site.run("comments", "fetch").stderr


def test_nobody_is_followed_elsewhere_and_the_token_stays(site: Site) -> None:
    with service(says(b"[]")) as (other, asked), service(led_to(f"{other}/x")) as (address, _):
        with_reader(site, address)
        site.env = {"PLEIN_COMMENTS_TOKEN": "geheim"}
        done = site.run("build", "--clock", site.clock)
    assert "[comments-elsewhere]" in done.stderr
    assert other in done.stderr
    assert "geheim" not in done.stderr
    assert not asked


def test_one_request_for_all_counts_and_threads_only_where_they_moved(site: Site) -> None:
    thread = {"replies": [{"id": 1, "created": 1.0e9, "text": "Hoi", "author": "A"}]}

    def answer(request: http.server.BaseHTTPRequestHandler) -> None:
        is_count = request.path == "/count"
        says(json.dumps([2, 1] if is_count else thread).encode())(request)

    with service(answer) as (address, asked):
        with_reader(site, "http://127.0.0.1:9")
        site.env = {"PLEIN_COMMENTS_READER": address}
        site.run("build", "--clock", site.clock)
        assert asked == [
            "POST /count",
            "GET /?uri=%2Fnews%2Fbrood&plain=1",
            "GET /?uri=%2Fnews%2Fsoep&plain=1",
        ]
        asked.clear()
        site.run("build", "--clock", site.clock)
        assert asked == ["POST /count"]


def test_a_thread_that_fails_keeps_its_count_and_is_asked_again(site: Site) -> None:
    def answer(request: http.server.BaseHTTPRequestHandler) -> None:
        says(b"[0, 5]" if request.path == "/count" else b"?")(request)

    with service(answer) as (address, asked):
        with_reader(site, address)
        for _ in range(2):
            done = site.run("build", "--clock", site.clock)
            assert "[comments-malformed]" in done.stderr
    assert len(asked) == 4
    assert "5 reacties" in site.read("nieuws/index.html")


WRONG_THREADS = [
    b"",
    b"null",
    b"{}",
    b'{"replies": 3}',
    b'{"replies": [{"id": "x", "created": 1}]}',
    b'{"replies": [{"id": 1, "created": 1e300}]}',
    b'{"replies": [{"id": 1, "created": "now"}]}',
    b'{"replies": [{"id": 1, "created": 1, "author": ["a"]}]}',
    b'{"replies": [{"id": 1, "created": 1, "text": "\xff"}]}',
]


@pytest.mark.parametrize("data", WRONG_THREADS)
def test_a_wrong_thread_is_malformed(data: bytes) -> None:
    with pytest.raises(Malformed):
        READERS["isso"].read_thread(data)


def test_a_damaged_or_strange_file_is_no_file(site: Site) -> None:
    with_reader(site, "http://127.0.0.1:9")
    for data in (b"", b"{", b"[]", b'{"version": 2}', b"\xff", b"[" * 100_000):
        site.write(".plein/comments.json", data)
        site.build()
    assert "reacties</span>" not in site.read("nieuws/index.html")


def test_what_is_invisible_does_not_come_along() -> None:
    assert talk.one_line("a\x00\x1b[31m\u202eb\n\n c\u200b", 80) == "a[31mb c"
    assert talk.one_line("x" * 300, 280) == "x" * 279 + "…"
    assert talk.is_asking("Mag dat ook?")
    assert talk.is_asking("“Mag dat?” vroeg Wil.")
    assert not talk.is_asking("Zie https://a.example/?q=1 voor meer")


def test_very_much_that_was_said_takes_no_longer_than_reading_it() -> None:
    # As much as an answer may be, and as it would be worst: each of these took minutes once.
    long = "a" * 4_000_000
    assert not talk.is_asking(long)
    assert talk.is_asking(f"{long}?")
    when = base.moment(1.0)
    first = talk.Remark("0", "Wil", "Wat nu?", when)
    many = [talk.Remark(f"{one:06}", "Wil", "Wat nu?", when, "0") for one in range(1, 50_000)]
    last = talk.Remark("x", "Jan", "Dit.", when, "0")
    assert len(talk.thread_of([first, *many], 0, talk.Rule(), "").asked) == 50_000
    assert not talk.thread_of([first, *many, last], 0, talk.Rule(), "").asked


def test_names_that_are_checked_decide_what_is_an_answer() -> None:
    def remark(number: str, author: str, top: str = "", text: str = "Ja.") -> talk.Remark:
        return talk.Remark(number, author, text, base.moment(int(number)), top)

    asked = remark("1", "Wil", text="Komt er nog?")
    rule = talk.Rule(True, ("directie",), "Anil Ramdin")
    for author, is_answer in (
        ("Marjan · directie", True), ("Anil Ramdin", True),
        ("Jan", False), ("Wil", False), ("", False),
    ):  # fmt: skip
        found = talk.thread_of([asked, remark("2", author, "1")], 2, rule, "")
        assert bool(found.asked) is not is_answer, author
    everybody = talk.Rule()
    assert not talk.thread_of([asked, remark("2", "Jan", "1")], 2, everybody, "").asked
    assert talk.thread_of([asked, remark("2", "Jan")], 2, everybody, "").asked


def test_time_is_bounded() -> None:
    with service(dripping) as (address, _):
        started = time.monotonic()
        with pytest.raises(asking.Unanswered):
            asking.ask(asking.Service(address, timeout_s=0.5), readers.Request("/"))
    assert time.monotonic() - started < 5
