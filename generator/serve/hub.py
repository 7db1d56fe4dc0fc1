"""What all who look at the preview should know, and a way to wait for it."""

import threading
import time

from generator.model import Model


class State(Model, frozen=True):
    """The number of the newest version, and what is wrong with the sources, as HTML."""

    number: int
    trouble: str = ""


class Hub:
    """The state of the preview; many wait for its next one."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.state = State(time.time_ns())

    def tell(self, new_version: bool, trouble: str) -> None:
        """Say that there is a new version, or what is wrong now."""
        number = time.time_ns() if new_version else self.state.number
        with self._changed:
            self.state = State(number, trouble)
            self._changed.notify_all()

    def after(self, known: State | None, seconds: float) -> State:
        """The state, as soon as it is another than the known one or the time is over."""
        with self._changed:
            self._changed.wait_for(lambda: self.state != known, seconds)
            return self.state
