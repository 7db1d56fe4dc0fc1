"""Cleans the raw HTML that a writer typed, piece by piece, and notes what is left out.

It is for the writer's sake: it finds the words for the problems and keeps class
names and ids apart from the page's own. Safety comes from nh3, in finish.py.
"""

import html
from html.parser import HTMLParser

from generator.markup import addresses, allowed
from generator.markup.limits import TooDeep
from generator.markup.notes import Notes

# The sanitiser needs time in proportion to the square of the depth, and can't be interrupted.
_MAX_RAW_DEPTH = 300
# Void, or ended by the next of its kind.
_NOT_NESTING = frozenset({"br", "hr", "img", "wbr", "col", "p", "li", "dt", "dd", "td", "th", "tr"})

Attributes = list[tuple[str, str | None]]


class RawHtml(HTMLParser):
    """Takes a piece of raw HTML, which may be a single tag, and gives what may stay."""

    def __init__(self, notes: Notes) -> None:
        super().__init__(convert_charrefs=False)
        self.notes = notes

    def clean(self, source: str) -> str:
        """What may stay of a piece of raw HTML."""
        self.reset()
        self._out: list[str] = []
        self._source = source.lower()
        self._swallowing = ""
        self._depth = 0
        self.feed(source)
        self.close()
        return "".join(self._out)

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """Keep an allowed tag with its allowed attributes; show an unknown one as text."""
        if self._swallowing:
            self._depth += tag == self._swallowing
        elif tag in allowed.TAGS:
            self._keep(tag, attrs)
        elif tag == "h1":
            self._keep("h2", attrs)
        elif tag in allowed.KNOWN_TAGS:
            self.notes.report("html-removed", self._place(), tag=tag)
            if tag in allowed.SWALLOWED and f"</{tag}" in self._source:
                self._swallowing, self._depth = tag, 1
        else:
            self._out.append(html.escape(self.get_starttag_text() or "", quote=False))

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        """`<br/>` is `<br>`; a `<svg/>` has nothing in it."""
        swallowing = self._swallowing
        self.handle_starttag(tag, attrs)
        if not swallowing and self._swallowing:
            self._swallowing = ""

    def handle_endtag(self, tag: str) -> None:
        """Keep the end of an allowed element."""
        if self._swallowing:
            self._depth -= tag == self._swallowing
            self._swallowing = self._swallowing if self._depth else ""
        elif tag in allowed.TAGS:
            self.notes.raw_depth = max(0, self.notes.raw_depth - (tag not in _NOT_NESTING))
            self._out.append(f"</{tag}>")
        elif tag == "h1":
            self._out.append("</h2>")
        elif tag not in allowed.KNOWN_TAGS:
            self._out.append(f"&lt;/{html.escape(tag)}&gt;")

    def handle_data(self, data: str) -> None:
        """Keep text, unless it belongs to a script or the like."""
        if not self._swallowing and not self.cdata_elem:
            self._out.append(data.replace("<", "&lt;"))

    def handle_entityref(self, name: str) -> None:
        """Keep `&name;`."""
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """Keep `&#number;`."""
        self.handle_data(f"&#{name};")

    def unknown_decl(self, data: str) -> None:
        """Leave out `<![CDATA[…]]>` as browsers do."""

    def _place(self, attribute: str = "") -> int:
        return self.notes.place("tag", self.get_starttag_text() or "", attribute)

    def _keep(self, tag: str, attrs: Attributes) -> None:
        self.notes.raw_depth += tag not in _NOT_NESTING
        if self.notes.raw_depth > _MAX_RAW_DEPTH:
            raise TooDeep
        kept = {}
        for name, value in attrs:
            if name not in kept:
                safe = self._attribute(tag, name, value or "", dict(attrs))
                if safe is not None:
                    kept[name if (tag, name) != ("a", "name") else "id"] = safe
        if tag == "img" and "src" not in kept:
            self._out.append(html.escape(kept.get("alt", "")))
            return
        words = "".join(f' {name}="{html.escape(value)}"' for name, value in kept.items())
        self._out.append(f"<{tag}{words}>")

    def _attribute(
        self, tag: str, name: str, value: str, attrs: dict[str, str | None]
    ) -> str | None:
        """The value that an attribute may have; None when it is left out."""
        if (tag, name) == ("a", "href"):
            return addresses.link(self.notes, "html", value)
        if (tag, name) == ("img", "src"):
            return addresses.image(self.notes, "html", value, attrs.get("alt"))
        if name == "id" or (tag, name) == ("a", "name"):
            return self._id(value)
        kept = allowed.own_classes(value) or None if name == "class" else value
        if kept is None or not allowed.may_have(tag, name):
            self.notes.report("html-attribute-removed", self._place(name), name=name, tag=tag)
            return None
        return kept

    def _id(self, value: str) -> str | None:
        if not allowed.is_id(value) or value in self.notes.ids:
            return None
        self.notes.ids.add(value)
        return value
