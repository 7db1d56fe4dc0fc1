"""Reads what stands inside a line: Python-Markdown's patterns, without the work that can't match.

Most text has no `<`, `&` or backslash; a pattern whose mandatory characters are
absent is skipped. The HTML is the same (a test shows it), in less time
(`python -m benchmarks.inline`).
"""

import html
import re
from itertools import chain
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.attr_list import AttrListTreeprocessor, get_attrs_and_remainder
from markdown.inlinepatterns import (
    BacktickInlineProcessor,
    HtmlInlineProcessor,
    InlineProcessor,
    Pattern,
    SubstituteTagInlineProcessor,
)
from markdown.preprocessors import NormalizeWhitespace
from markdown.treeprocessors import InlineProcessor as InlineTreeprocessor
from markdown.treeprocessors import UnescapeTreeprocessor
from markdown.util import ETX, HTML_PLACEHOLDER_RE, STX, AtomicString

from generator.markup import allowed
from generator.markup.notes import Notes
from generator.markup.rawhtml import RawHtml

Match = tuple[Element | str | None, int | None, int | None]

# The characters of which one must be there for a pattern to match.
_NEEDS: dict[str, tuple[str, ...]] = {
    "backtick": ("`",),
    "template": ("}}", "%}"),
    "script": ("</",),
    "escape": ("\\",),
    "line_end": ("\\\n",),
    "footnote": ("[^",),
    "reference": ("]",),
    "link": ("](",),
    "image_link": ("![",),
    "image_reference": ("![",),
    "short_reference": ("]",),
    "short_image_ref": ("![",),
    "autolink": (">",),
    "automail": (">",),
    "address": ("http", "www."),
    "mail": ("@",),
    "linebreak": ("  \n",),
    "html": (">",),
    "entity": (";",),
    "em_strong": ("*", "_", "~"),
}
_HOST = re.compile(r"(?i:https?://|www\.)[^\W_]")
_ANCHOR_TAG = re.compile(r"</?a[\s>]")
_LIST = r"\{(?::[ ]*|(?=[#.]|[\w-]+=))([^{}\n]+?)[ ]*\}"


class FastInline(InlineTreeprocessor):
    """Python-Markdown's inline step, that passes over patterns that can't match."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self._apply = self._InlineProcessor__applyPattern  # type: ignore[attr-defined]
        self._patterns: list[Pattern] = []
        self._which: dict[tuple[str, ...], tuple[int, ...]] = {}

    def prepare(self) -> None:
        """Look up what each registered pattern needs."""
        patterns = self.md.inlinePatterns
        named = ((name, patterns[name]) for name in _NEEDS if name in patterns)
        needs = {id(pattern): _NEEDS[name] for name, pattern in named}
        self._patterns = list(patterns)
        self._needs = [needs[id(item)] for item in patterns]
        self._signs = tuple(dict.fromkeys(chain.from_iterable(self._needs)))

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Apply the patterns; what a whole text lacks is not looked for in each of its parts."""
        whole = "\n".join(tree.itertext())
        # One character is found much sooner than two.
        self._there = tuple([one for one in self._signs if one[0] in whole and one in whole])
        plain = self._take_plain(tree)
        super().run(tree, ancestors)
        for element, text in plain:
            element.text = text
        return tree

    def _take_plain(self, tree: Element) -> list[tuple[Element, str]]:
        """The texts without any sign, taken out of their elements: they stay as they are."""
        signs, found = self._there, []
        for element in tree.iter():
            text = element.text
            if text and STX not in text and not _has_any(text, signs):
                found.append((element, text))
                element.text = None
        return found

    # The library calls this by its private name.
    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        if isinstance(data, AtomicString):
            return data
        for number in self._that_may_match(data):
            start, matched = 0, number >= patternIndex
            while matched and _has_any(data, self._needs[number]):
                data, matched, start = self._apply(self._patterns[number], data, number, start)
        return data

    def _that_may_match(self, data: str) -> tuple[int, ...]:
        """The numbers of the patterns of which what they need is there, as it never comes later."""
        signs = tuple([sign for sign in self._there if sign in data])
        found = self._which.get(signs)
        if found is None:
            needs = enumerate(self._needs)
            found = tuple(n for n, some in needs if not frozenset(signs).isdisjoint(some))
            self._which[signs] = found
        return found


def _has_any(data: str, needs: tuple[str, ...]) -> bool:
    # A loop: `any` takes five times as long.
    for need in needs:  # noqa: SIM110
        if need in data:
            return True
    return False


class FastUnescape(UnescapeTreeprocessor):
    """Python-Markdown's last step, that passes over texts in which nothing was put away."""

    def __init__(self, md: Markdown, notes: Notes) -> None:
        super().__init__(md)
        self.notes = notes

    def run(self, root: Element) -> None:
        """Give back what backslashes kept, where there are any."""
        if "\\" in self.notes.body:
            super().run(root)

    def unescape(self, text: str) -> str:
        """The text with the characters that backslashes kept from all patterns."""
        return super().unescape(text) if STX in text else text


class FastWhitespace(NormalizeWhitespace):
    """Python-Markdown's first step, that passes over texts in which there is nothing to mend."""

    def run(self, lines: list[str]) -> list[str]:
        """The lines without marks of our own, tabs, and blanks on lines that have nothing else."""
        source = "\n".join(lines)
        if any(sign in source for sign in (" \n", "\t", "\r", STX, ETX)):
            return super().run(lines)
        return [*lines, "", ""]


class Backtick(BacktickInlineProcessor):
    """Makes code of what stands between backticks.

    The library's pattern looks back first, at each character; this one begins with what it
    looks for, and finds the same.
    """

    def __init__(self) -> None:
        super().__init__(r"`(?<!\\`)()|\\(?<!\\\\)\\(?:\\{2})*(?=`)")

    def handleMatch(self, m: re.Match[str], data: str) -> Match:  # type: ignore[override]  # noqa: N802
        """The code; backslashes before it in pairs stand for one each."""
        if m[0] == "`":
            return super().handleMatch(m, data)
        return m[0].replace("\\\\", self.ESCAPED_BSLASH), m.start(), m.end()


class TemplateMark(InlineProcessor):
    """Keeps `{{ … }}` and `{% … %}` as the text that they are."""

    def handleMatch(self, m: re.Match[str], _data: str) -> Match:  # type: ignore[override]  # noqa: N802
        """The mark, out of reach of all other patterns."""
        return _stash(self.md, html.escape(m[0], quote=False)), m.start(), m.end()


class RawInline(HtmlInlineProcessor):
    """Cleans raw HTML inside a paragraph."""

    def __init__(self, pattern: str, md: Markdown, raw: RawHtml) -> None:
        super().__init__(pattern, md)
        self.raw = raw

    def handleMatch(self, m: re.Match[str], _data: str) -> Match:  # type: ignore[override]  # noqa: N802
        """What may stay of the tag."""
        source = self.backslash_unescape(self.unescape(m[0]))
        return _stash(self.md, self.raw.clean(source)), m.start(), m.end()


class Script(RawInline):
    """Leaves out a script or the like inside a paragraph, with what is in it."""


class Autolink(InlineProcessor):
    """Makes `<https://…>` and `<jan@example.org>` links."""

    def handleMatch(self, m: re.Match[str], _data: str) -> Match:  # type: ignore[override]  # noqa: N802
        """The link; whether it may be live is decided with all others."""
        text = self.unescape(m[1])
        return _link(text, f"mailto:{text}" if ":" not in text else text), m.start(), m.end()


class BareAddress(InlineProcessor):
    """Makes an address in running text a link, as GitHub does."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(self, m: re.Match[str], data: str) -> Match:  # type: ignore[override]  # noqa: N802
        """The link, without the sentence's punctuation after it."""
        text, target = self.parts(m[0])
        if not target or self._in_link(data[: m.start()]):
            return None, None, None
        return _link(text, target), m.start(), m.start() + len(text)

    def parts(self, found: str) -> tuple[str, str]:
        """The text of the link and its target; no target where it is no address after all."""
        text = found.rstrip("?!.,:;*_~'\"”’»")
        while text.endswith(")") and text.count("(") < text.count(")"):
            text = text[:-1]
        if not _HOST.match(text):
            return text, ""
        return text, text if text.lower().startswith("http") else f"http://{text}"

    def _in_link(self, before: str) -> bool:
        """Whether a raw `<a>` stands open before the address."""
        stash = self.md.htmlStash.rawHtmlBlocks if self.md else []
        tags = [str(stash[int(number)]) for number in HTML_PLACEHOLDER_RE.findall(before)]
        return next((tag[1] != "/" for tag in reversed(tags) if _ANCHOR_TAG.match(tag)), False)


class BareMail(BareAddress):
    """Makes an e-mail address in running text a link, as GitHub does."""

    def parts(self, found: str) -> tuple[str, str]:
        """The address, and where it leads."""
        return found, f"mailto:{found}"


class AttributeLists(AttrListTreeprocessor):
    """Attribute lists that can't be mistaken for template marks or plain braces."""

    BASE_RE = _LIST  # type: ignore[misc]
    HEADER_RE = re.compile(rf"[ ]+{_LIST}[ ]*$")  # type: ignore[misc]
    BLOCK_RE = re.compile(rf"\n[ ]*{_LIST}[ ]*$")  # type: ignore[misc]
    INLINE_RE = re.compile(rf"^{_LIST}")  # type: ignore[misc]

    def __init__(self, md: Markdown, notes: Notes) -> None:
        super().__init__(md)
        self.notes = notes

    def run(self, doc: Element) -> None:
        """Set the attributes that stand between braces, where there are any."""
        if "{" in self.notes.body:
            super().run(doc)

    def assign_attrs(self, elem: Element, attrs_string: str, *, strict: bool = False) -> str:  # noqa: ARG002
        """Set the attributes that a writer may set; report the others."""
        attrs, _ = get_attrs_and_remainder(attrs_string)
        for name, value in attrs:
            self._assign(elem, "class" if name == "." else name.lower(), value or "", attrs_string)
        return ""

    def _assign(self, elem: Element, name: str, value: str, source: str) -> None:
        if name == "id":
            if allowed.is_id(value):
                elem.set("id", self.notes.unique(value))
            return
        may = allowed.may_have(elem.tag, name) and name not in ("href", "src", "alt")
        kept = allowed.own_classes(value) if name == "class" else value
        if may and kept:
            before = elem.get("class", "") if name == "class" else ""
            elem.set(name, f"{before} {kept}".strip())
        else:
            place = self.notes.place("tag", source.strip(), name)
            self.notes.report("html-attribute-removed", place, name=name, tag=elem.tag)


def _stash(md: Markdown | None, text: str) -> str:
    return md.htmlStash.store(text) if md else text


def _link(text: str, target: str) -> Element:
    element = Element("a", {"href": target})
    element.text = AtomicString(text)
    return element


def register(md: Markdown, raw: RawHtml | None) -> None:
    """Put the patterns of this module in place of, or beside, Python-Markdown's."""
    patterns: Any = md.inlinePatterns
    address = r"(?<![\w/@.-])(?:https?://|www\.)[^\s<>\x02\x03]+"
    scheme = r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>\x02\x03]*)>"
    mail = r"<([\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9.-]+)>"
    name = r"(?<![\w.!#$%&'*+/=?^`{|}~:@-])[\w.+-]+"
    bare = rf"{name}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z][A-Za-z0-9-]*(?<!-)(?![\w@-])"
    patterns.register(Backtick(), "backtick", 190)
    patterns.register(TemplateMark(r"\{\{.{0,400}?\}\}|\{%.{0,400}?%\}", md), "template", 185)
    patterns.register(SubstituteTagInlineProcessor(r"\\\n", "br"), "line_end", 179)
    patterns.register(Autolink(scheme, md), "autolink", 120)
    patterns.register(Autolink(mail, md), "automail", 110)
    patterns.register(BareAddress(address, md), "address", 85)
    patterns.register(BareMail(bare, md), "mail", 84)
    for name in ("link", "reference", "short_reference"):
        # The same as the library's, that looks back first.
        patterns[name].compiled_re = re.compile(r"\[(?<!!\[)", re.DOTALL)
    for name in ("reference", "image_reference"):
        # As on GitHub, `[a] [b]` are two links.
        patterns[name].RE_LINK = re.compile(r"\[([^\]]*)\]")
    if raw is None:
        patterns.deregister("html")
    else:
        swallowed = "|".join(sorted(allowed.SWALLOWED))
        script = rf"(?i:<({swallowed})\b[^>]*>.*?</\1\s*>)"
        patterns.register(Script(script, md, raw), "script", 184)
        patterns.register(RawInline(patterns["html"].pattern, md, raw), "html", 90)
    if md.delimiters is not None:
        md.delimiters.add("~", "del", double=True)
