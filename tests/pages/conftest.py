"""The demo, as it is served to readers."""

from tests.demo.conftest import address

__all__ = ["address"]
