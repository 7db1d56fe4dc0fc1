"""Tables that scroll by themselves where the screen is too narrow, so that the page never does.

What scrolls must be reached with the keyboard, and then needs a name: that of
its columns. Feeds get a table as it is.
"""

import re
from html import escape

from generator.markup.text import of_html
from generator.markup.words import words

# There is no `<` in clean HTML but at the beginning of a tag.
_ENDS = re.compile(r"<table(?![\w-])|</table>")
_HEAD = re.compile(r"<th\b[^>]*>(.*?)</th>", re.DOTALL)
_COLUMNS = 4


def framed(html: str, lang: str) -> str:
    """The HTML of a body with each outermost table in a frame that can scroll."""
    if "<table" not in html:
        return html
    pieces: list[str] = []
    depth = done = start = 0
    for tag in _ENDS.finditer(html):
        if tag[0] == "<table":
            depth, start = depth + 1, tag.start() if depth == 0 else start
        elif depth:
            depth -= 1
            if depth == 0:
                pieces += [html[done:start], _frame(html[start : tag.end()], lang)]
                done = tag.end()
    return "".join((*pieces, html[done:]))


def _frame(table: str, lang: str) -> str:
    columns = [text for head in _HEAD.findall(table)[:_COLUMNS] if (text := of_html(head))]
    name = ": ".join(part for part in (words(lang)["table"], ", ".join(columns)) if part)
    return f'<div class="table" role="group" aria-label="{escape(name)}" tabindex="0">{table}</div>'
