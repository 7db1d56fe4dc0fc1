"""The demo, as it is served to readers."""

from tests.demo.conftest import address, demo, result

__all__ = ["address", "demo", "result"]
