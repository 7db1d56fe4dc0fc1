"""Who may say something under whose name: the real command before a real Isso."""

import json
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.comments.conftest import free_port, wait_for
from tests.conftest import SITE, Site

SETTINGS = """\
comments:
  provider: isso
  endpoint: https://plein.voorbeeld.example/reacties
  identity: verified
  roles: {management: [marjan@voorbeeld.example], community: [wil@voorbeeld.example]}
"""
SECRET = "geheim-voor-de-test"
MARJAN = {
    "X-Plein-Secret": SECRET,
    "X-Forwarded-Preferred-Username": "Marjan de Wit",
    "X-Forwarded-Email": "Marjan@voorbeeld.example",
}
JAN = {
    **MARJAN,
    "X-Forwarded-Preferred-Username": "Jan · directie",
    "X-Forwarded-Email": "jan@voorbeeld.example",
}
Answer = tuple[int, dict[str, object]]
Ask = Callable[..., Answer]


@pytest.fixture
def guarded(site: Site) -> Site:
    site.write("site.yaml", SITE + SETTINGS)
    site.post("news/open")
    site.post("news/dicht", comments="closed")
    site.build()
    return site


@pytest.fixture
def ask(guarded: Site, tmp_path: Path) -> Iterator[Ask]:
    """Ask the gateway something; the answer's status and what it says."""
    port, settings = free_port(), tmp_path / "isso.cfg"
    settings.write_text(
        f"[general]\ndbpath={tmp_path}/comments.db\nhost=http://127.0.0.1:9/\n[guard]\nenabled=false\n"
    )
    command = [sys.executable, "-m", "generator", "comments-gateway", "--isso", settings]
    process = subprocess.Popen(
        [*command, "--port", str(port)],
        cwd=guarded.root, env={"PLEIN_GATEWAY_SECRET": SECRET, "PATH": "/usr/bin:/bin"},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    wait_for(port, process)

    def asked(method: str, path: str, headers: dict[str, str], **data: object) -> Answer:
        body = json.dumps(data).encode() if data else None
        head = {"Content-Type": "application/json", **headers}
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}{path}", body, head, method=method
        )
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, json.loads(answer.read())
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, {}

    yield asked
    process.terminate()
    process.wait(10)


def say(ask: Ask, headers: dict[str, str], thread: str = "/news/open", **data: object) -> Answer:
    return ask("POST", f"/new?uri={thread}", headers, text="Goed plan.", title="Open", **data)


def test_names_and_roles_come_from_the_sign_on_and_from_nowhere_else(ask: Ask) -> None:
    status, made = say(ask, MARJAN)
    assert (status, made["author"]) == (201, "Marjan de Wit · directie")
    status, made = say(
        ask, JAN, author="Marjan de Wit · directie", email="marjan@voorbeeld.example"
    )
    assert (status, made["author"]) == (201, "Jan   directie")
    number = made["id"]
    status, thread = ask("GET", "/?uri=/news/open", JAN)
    assert status == 200
    assert [one["author"] for one in thread["replies"]] == [  # type: ignore[attr-defined]
        "Marjan de Wit · directie",
        "Jan   directie",
    ]
    assert ask("PUT", f"/id/{number}", JAN, text="Van mij.", author="Marjan · directie")[0] == 403


def test_who_is_not_signed_in_gets_nothing(ask: Ask) -> None:
    spoofed = {**MARJAN, "X-Plein-Secret": "geraden"}
    nobody = {"X-Plein-Secret": SECRET}
    for headers in (spoofed, nobody, {}):
        assert say(ask, headers)[0] == 401
        assert ask("GET", "/?uri=/news/open", headers)[0] == 401


def test_a_closed_conversation_and_one_that_nobody_knows_take_nothing(ask: Ask) -> None:
    assert say(ask, MARJAN, "/news/dicht")[0] == 403
    assert say(ask, MARJAN, "/news/verzonnen")[0] == 403
    assert say(ask, MARJAN, "/news/open&uri=/news/dicht")[0] == 403
    assert ask("GET", "/?uri=/news/dicht", MARJAN)[0] == 200


def test_what_a_page_never_asks_for_is_not_there(ask: Ask) -> None:
    for path in ("/admin/", "/id/1/delete/abc", "/demo/", "/latest?limit=9"):
        assert ask("GET", path, MARJAN)[0] == 404
    assert ask("POST", "/new?uri=/news/open", MARJAN, text="x" * 70_000)[0] == 413


def test_the_gate_does_not_stand_open_by_accident(guarded: Site) -> None:
    guarded.write("isso.cfg", "")
    lines = ("comments-gateway", "--isso", "isso.cfg")
    assert "PLEIN_GATEWAY_SECRET" in guarded.run(*lines, "--host", "0.0.0.0", code=2).stderr
    assert "geen.cfg" in guarded.run("comments-gateway", "--isso", "geen.cfg", code=2).stderr
    guarded.write("site.yaml", SITE)
    assert "identity: verified" in guarded.run(*lines, code=2).stderr
