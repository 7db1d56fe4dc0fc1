"""Services that are not at hand: what is asked of them, and recorded answers in documented shapes.

Remark42: https://remark42.com/docs/contributing/api/. Comentario: its OpenAPI file, swagger.yml,
the paths /embed/comments and /embed/comments/counts.
"""

import http.server
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest

from generator.comments.readers import READERS, Asker, Malformed
from generator.comments.readers.base import tops
from generator.report import level_of
from tests.comments.test_misbehaving import (
    Answer,
    ask,
    broken,
    dripping,
    endless,
    led_to,
    says,
    service,
)
from tests.conftest import SITE, Site

RECORDED = Path(__file__).with_name("recorded")
OPTIONS = {"remark42": "  site_id: plein\n", "comentario": "", "waline": ""}
# What of a path is asked for, and the file with the answer.
ANSWERS = {
    "/api/v1/list": "remark42-list",
    "/api/v1/find": "remark42-find",
    "/api/embed/comments/counts": "comentario-counts",
    "/api/embed/comments": "comentario-comments",
}
SOEP = "https%3A%2F%2Fplein.voorbeeld.example%2Fnews%2Fsoep"
ASKED = {
    "remark42": [
        "GET /api/v1/list?site=plein&limit=0 ",
        f"GET /api/v1/find?site=plein&url={SOEP}&sort=%2Btime&format=plain ",
    ],
    "comentario": [
        "POST /api/embed/comments/counts "
        '{"host":"plein.voorbeeld.example","paths":["/news/brood","/news/soep"]}',
        'POST /api/embed/comments {"host":"plein.voorbeeld.example","path":"/news/soep"}',
    ],
}


def with_provider(site: Site, provider: str, address: str) -> Site:
    lines = f"comments:\n  provider: {provider}\n  endpoint: https://reacties.voorbeeld.example\n"
    site.write("site.yaml", SITE + lines + OPTIONS[provider] + f"  reader: {address}\n")
    for name in ("soep", "brood"):
        site.post(f"news/{name}")
    return site


@contextmanager
def recorded() -> Iterator[tuple[str, list[str]]]:
    """A service that gives the recorded answers, and what it was asked, with what came along."""
    asked: list[str] = []

    def answer(request: http.server.BaseHTTPRequestHandler) -> None:
        asked.append(f"{request.command} {request.path} {request.body}")  # type: ignore[attr-defined]
        name = ANSWERS[request.path.partition("?")[0]]
        says((RECORDED / f"{name}.json").read_bytes())(request)

    with service(answer) as (address, _):
        yield address, asked


@pytest.mark.parametrize("provider", ASKED)
def test_recorded_answers_come_on_the_pages(site: Site, provider: str) -> None:
    with recorded() as (address, asked):
        with_provider(site, provider, address)
        assert site.run("build", "--clock", site.clock).stderr == ""
        assert asked == ASKED[provider]
        asked.clear()
        site.run("build", "--clock", site.clock)
        assert asked == ASKED[provider][:1]
    card = site.read("nieuws/index.html")
    assert card.count("3 reacties") == 1
    assert "laatste op" in card
    waiting = site.read("wacht-op-antwoord/index.html")
    # Answered by one that stands below it; what waits for a moderator is nobody's business.
    assert "vlees" not in waiting
    assert "Wie leest dit?" not in waiting
    assert "Is er nog &lt;script&gt;" in waiting
    for path, data in site.tree().items():
        assert b"<script>alert" not in data, path
        assert b"<b onclick" not in data, path


def test_remark42_tells_which_conversations_it_has(site: Site) -> None:
    with recorded() as (address, _):
        with_provider(site, "remark42", address)
        done = site.run("comments", "check")
    assert "[thread-orphan]" in done.stderr
    assert "/news/weg" in done.stderr
    assert "/news/leeg" not in done.stderr
    assert "andere.example" not in done.stderr
    assert "gesprekken bij de dienst: 2" in done.stdout


def test_comentario_tells_no_list_and_says_so(site: Site) -> None:
    with_provider(site, "comentario", "http://127.0.0.1:9")
    assert "[comments-no-list]" in site.run("comments", "check", code=2).stderr


@pytest.mark.parametrize(("provider", "most"), [("comentario", 32), ("waline", 100)])
def test_as_many_counts_at_once_as_the_service_takes(site: Site, provider: str, most: int) -> None:
    sizes: list[int] = []

    def answer(request: http.server.BaseHTTPRequestHandler) -> None:
        if provider == "waline":
            assert len(request.path) < 8_000
            sizes.append(request.path.count("%2Fnews%2F"))
            says(json.dumps({"data": [0] * sizes[-1]}).encode())(request)
        else:
            sizes.append(len(json.loads(request.body)["paths"]))  # type: ignore[attr-defined]
            says(b'{"commentCounts": {}}')(request)

    with service(answer) as (address, _):
        with_provider(site, provider, address)
        for number in range(105):
            site.post(f"news/een-bericht-met-een-lange-naam-{number:03}")
        assert ask(site, address).problems == ()
    assert sizes == [most] * (107 // most) + [107 % most]


WRONG: dict[str, dict[str, Answer]] = {
    "remark42": {
        "null": says(b"null"),
        "an object": says(b'{"error": "no"}'),
        "no count": says(b'[{"url": "https://plein.voorbeeld.example/news/soep"}]'),
        "below zero": says(b'[{"url": "https://plein.voorbeeld.example/news/soep", "count": -2}]'),
    },
    "comentario": {
        "a list": says(b"[3]"),
        "words": says(b'{"commentCounts": {"/news/soep": "<script>"}}'),
        "too many": says(b'{"commentCounts": {"/news/soep": 99999999999}}'),
    },
    "waline": {
        "no data": says(b'{"errno": 1, "errmsg": "no"}'),
        "too few": says(b'{"errno": 0, "data": [1]}'),
    },
}
ALWAYS = {
    "no JSON": says(b"<html>"),
    "10 MB": endless,
    "a drip": dripping,
    "an error": broken,
    "elsewhere": led_to("http://127.0.0.1:9/"),
}


@pytest.mark.parametrize("provider", WRONG)
def test_a_service_that_misbehaves_is_one_warning(site: Site, provider: str) -> None:
    for name, answer in (WRONG[provider] | ALWAYS).items():
        with service(answer) as (address, asked):
            with_provider(site, provider, address)
            found = ask(site, address)
        assert len(asked) == len(found.problems) == 1, name
        assert level_of(found.problems[0]) == "warn", name
        assert not found.talk.threads, name
    site.build(strict=True)


WRONG_THREADS = [
    ("remark42", b'{"comments": [{"id": "a", "time": "2026-11-20T10:00:00"}]}'),
    ("remark42", b'{"comments": [{"id": "a", "time": "gisteren"}]}'),
    ("remark42", b'{"comments": [{"id": 7, "time": "2026-11-20T10:00:00Z"}]}'),
    ("remark42", b'{"comments": {"a": 1}}'),
    ("comentario", b'{"comments": [{"id": "a", "createdTime": null}]}'),
    ("comentario", b'{"comments": [{"id": "a", "createdTime": "0001-01-01T00:00:00+14:00"}]}'),
    ("comentario", b'{"commenters": [{"name": "zonder nummer"}]}'),
]


@pytest.mark.parametrize(("provider", "data"), WRONG_THREADS)
def test_a_wrong_thread_is_malformed(provider: str, data: bytes) -> None:
    with pytest.raises(Malformed):
        READERS[provider].read_thread(data)


def test_who_replies_to_whom_never_goes_round_for_ever() -> None:
    found = tops({"a": "", "b": "a", "c": "b", "d": "weg", "e": "e", "f": "g", "g": "f"})
    assert found == {"a": "", "b": "a", "c": "a", "d": "", "e": "", "f": "", "g": ""}
    long = {str(number): str(number - 1) for number in range(1, 50_000)}
    assert tops(long)["49999"] == "1"
    assert tops(dict(reversed(long.items())))["49999"] == "1"


def test_a_key_of_another_kind_is_no_count_of_ours() -> None:
    asker = Asker("https://plein.voorbeeld.example", {"site_id": "plein"})
    data = msgspec.json.encode(
        [{"url": "https://plein.voorbeeld.example.kwaad.example/a", "count": 1}]
    )
    assert READERS["remark42"].read_counts(data, ["/a"], asker) == {"/a": 0}
