"""From a Markdown body to a Document; the work is done in `conversion`."""

from generator.model import Model


class MarkupSettings(Model, frozen=True):
    """How bodies are converted."""

    raw_html: bool = True
    smart_quotes: bool = True
    seconds: float = 1.5
