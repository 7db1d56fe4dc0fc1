"""The demo, as it is served to readers."""

from collections.abc import Iterator

import pytest

from generator import policy
from generator.result import Result
from tests.browsing import served
from tests.conftest import Site


@pytest.fixture(scope="session")
def address(demo: Site, result: Result) -> Iterator[str]:
    """Where the demo is served."""
    with served(demo.root / "public", policy.header(demo.config)) as where:
        yield where
