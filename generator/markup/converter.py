"""Puts Python-Markdown together once per language, and uses it again for each body."""

import threading
from functools import lru_cache

from markdown import Markdown
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.footnotes import FootnoteExtension
from pymdownx.tasklist import TasklistExtension

from generator.markup import inline
from generator.markup.blocks import Walker
from generator.markup.notes import Notes
from generator.markup.rawhtml import RawHtml
from generator.markup.tree import Finish
from generator.markup.typography import Typography
from generator.markup.words import words

_BUILT_BY_WALKER = (
    "footnote",
    "reference",
    "indent",
    "code",
    "hashheader",
    "setextheader",
    "hr",
    "olist",
    "ulist",
    "quote",
)
_PUNCTUATION = list("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


class Converter:
    """One Python-Markdown with Plein's parts in it."""

    def __init__(self, lang: str, raw_html: bool, smart_quotes: bool) -> None:
        self.notes = Notes(lang)
        footnotes = FootnoteExtension(BACKLINK_TITLE=words(lang)["backlink"])
        self.md = Markdown(
            extensions=[footnotes, AbbrExtension(), TasklistExtension()], output_format="html"
        )
        self.md.ESCAPED_CHARS = _PUNCTUATION
        raw = RawHtml(self.notes) if raw_html else None
        self._set_blocks(footnotes, raw)
        self._set_inline(raw)
        if smart_quotes:
            self.md.treeprocessors.register(Typography(self.md, lang), "typography", 6)
        self.finish = Finish(self.md, self.notes)
        self.md.treeprocessors.register(self.finish, "finish", -10)
        # Every element is looked up several times: as they are, for we write all names small.
        self.md.is_block_level = frozenset(self.md.block_level_elements).__contains__  # type: ignore[assignment]

    def html(self, body: str) -> str:
        """The HTML of a body, not yet sanitised; what was found stands in `notes` and `finish`."""
        self.notes.begin(body)
        self.md.reset()
        return self.md.convert(body)

    def _set_blocks(self, footnotes: FootnoteExtension, raw: RawHtml | None) -> None:
        walker = Walker(self.md, self.notes, raw)
        walker.footnotes = footnotes
        footnotes.parser = walker
        self.md.parser = walker
        whitespace = inline.FastWhitespace(self.md)
        self.md.preprocessors.register(whitespace, "normalize_whitespace", 30)
        self.md.preprocessors.deregister("html_block")
        for name in _BUILT_BY_WALKER:
            walker.blockprocessors.deregister(name)

    def _set_inline(self, raw: RawHtml | None) -> None:
        inline.register(self.md, raw)
        fast = inline.FastInline(self.md)
        fast.prepare()
        self.md.treeprocessors.register(fast, "inline", 20)
        self.md.treeprocessors.register(inline.FastUnescape(self.md, self.notes), "unescape", 0)
        attributes = inline.AttributeLists(self.md, self.notes)
        self.md.treeprocessors.register(attributes, "attr_list", 8)


@lru_cache(maxsize=16)
def _converter(_thread: int, lang: str, raw_html: bool, smart_quotes: bool) -> Converter:
    return Converter(lang, raw_html, smart_quotes)


def converter_for(lang: str, raw_html: bool, smart_quotes: bool) -> Converter:
    """This thread's converter for these settings."""
    return _converter(threading.get_ident(), lang, raw_html, smart_quotes)


def forget_converters() -> None:
    """Make new ones next time: one that was interrupted may be left half way."""
    _converter.cache_clear()
