"""The demo, built once for all that look at it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator import policy
from generator.result import Result
from tests.browsing import served
from tests.conftest import Site

HOUSE = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A copy of the demo, so that a test leaves nothing beside it."""
    root = tmp_path_factory.mktemp("demo")
    shutil.copytree(HOUSE / "content", root / "content")
    shutil.copy(HOUSE / "site.yaml", root)
    return Site(root)


@pytest.fixture(scope="module")
def result(demo: Site) -> Result:
    return demo.build(strict=True, whole=True)


@pytest.fixture(scope="module")
def address(demo: Site, result: Result) -> Iterator[str]:
    """Where the demo is served."""
    with served(demo.root / "public", policy.header(demo.config)) as where:
        yield where
