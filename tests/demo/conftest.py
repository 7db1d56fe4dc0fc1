"""The demo, built once for all that look at it."""

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from generator.build import Result
from tests.conftest import Site

HOUSE = Path(__file__).parent.parent.parent
CHROMIUM = "/usr/bin/chromium"
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
]  # fmt: skip
# As a careful organisation would serve it.
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A copy of the demo, so that a test leaves nothing beside it."""
    root = tmp_path_factory.mktemp("demo")
    shutil.copytree(HOUSE / "content", root / "content")
    shutil.copy(HOUSE / "site.yaml", root)
    return Site(root)


@pytest.fixture(scope="module")
def result(demo: Site) -> Result:
    return demo.build(strict=True)


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Files with a strict policy, and no chatter."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def address(demo: Site, result: Result) -> Iterator[str]:
    """Where the demo is served."""
    handler = functools.partial(_Handler, directory=str(demo.root / "public"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's own browser."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield opened
        opened.close()
