"""What time it is for a build: asked once, and never by anything further down."""

import os
import time
from datetime import UTC, datetime, tzinfo

from generator.model import Span
from generator.moments import NotAMoment, read_moment
from generator.problems import UsageError, problem


def read_clock(text: str | None, zone: tzinfo) -> datetime:
    """The moment of a build: as given, else SOURCE_DATE_EPOCH, else now. Raises UsageError."""
    if text:
        try:
            return read_moment(text, zone)[0]
        except NotAMoment as reason:
            raise UsageError(problem(reason.code, Span("--clock"), **reason.args_by_name)) from None
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    seconds = int(epoch) if epoch.isdigit() else int(time.time())
    return datetime.fromtimestamp(seconds, UTC)
