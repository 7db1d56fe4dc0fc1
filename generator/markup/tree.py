"""Goes over the finished tree once: headings, addresses, decisions and the lead."""

import html
import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor, UnescapeTreeprocessor
from markdown.util import HTML_PLACEHOLDER_RE, STX

from generator.markup import addresses, balance, headings, output, text
from generator.markup.notes import Notes
from generator.markup.words import words
from generator.model import Decision, Heading

_LOST = re.compile(r"\[\^([^\]\s]+)\]|\[[^\[\]]+\]\[([^\[\]\x02]+)\]")
_SKIP = frozenset({"footnote-ref", "footnote-backref"})


class Finish(Treeprocessor):
    """The last step on the tree; what it found is read from its fields afterwards."""

    def __init__(self, md: Markdown, notes: Notes) -> None:
        super().__init__(md)
        self.notes = notes
        self.forget()

    def forget(self) -> None:
        """Be as if no body was seen."""
        self.toc: tuple[Heading, ...] = ()
        self.decisions: tuple[Decision, ...] = ()
        self.lead = ""

    def run(self, root: Element) -> None:
        """Finish the tree in place."""
        balance.close_inline(root, self.md, self.notes)
        elements = tuple(root.iter())
        found = headings.place_under_title(elements)
        self._keep_ids(elements)
        self.toc = headings.anchor_all([(item, self._plain(item)) for item in found], self.notes)
        self._attributes(elements)
        self._lost(elements)
        self._addresses(elements)
        self.decisions = tuple(self._decisions(root))
        self.lead = self._lead(root)

    def _keep_ids(self, elements: Iterable[Element]) -> None:
        """No heading may take the id of a footnote."""
        self.notes.ids.update([found for item in elements if (found := item.get("id"))])

    def _plain(self, element: Element) -> str:
        """The plain text of an element, with that of the raw HTML inside it."""
        return text.join(self._restore(piece) for piece in _pieces(element, self.md))

    def _restore(self, piece: str) -> str:
        if STX not in piece:
            return piece
        stash = self.md.htmlStash.rawHtmlBlocks
        return HTML_PLACEHOLDER_RE.sub(
            lambda found: text.without_tags(output.sanitise(str(stash[int(found[1])]))), piece
        )

    def _attributes(self, elements: Iterable[Element]) -> None:
        """Resolve in attributes what Python-Markdown's inline step has put out of reach."""
        for element in elements:
            for name, value in element.items():
                if STX in value:
                    element.set(name, self._restore_raw(value))

    def _lost(self, elements: Iterable[Element]) -> None:
        """Report `[^name]` and `[text][name]` that stayed text because they are not defined."""
        for element in elements if "[" in self.notes.body else ():
            shown = (element.tag != "code" and element.text) or ""
            after = element.tail or ""
            for found in _LOST.finditer(f"{shown} {after}") if "[" in shown + after else ():
                note, name = found[1], found[2]
                place = self.notes.place("tag", found[0])
                code = "footnote-missing" if note else "reference-missing"
                self.notes.report(code, place, name=note or name)

    def _addresses(self, elements: Iterable[Element]) -> None:
        for element in elements:
            if element.tag == "a" and element.get("class") not in _SKIP:
                self._link(element)
            elif element.tag == "img":
                self._image(element)

    def _link(self, element: Element) -> None:
        has_text = bool(self._plain(element)) or element.find(".//img") is not None
        address = addresses.link(self.notes, "markdown", element.get("href", ""), has_text)
        if address is None:
            del element.attrib["href"]
            element.tag = "span"
        else:
            element.set("href", address)

    def _image(self, element: Element) -> None:
        alt = element.get("alt", "")
        source = element.get("src", "")
        address = addresses.image(self.notes, "markdown", source, alt.strip() or None)
        if address is None:
            element.attrib.clear()
            element.tag, element.text = "span", alt
        else:
            element.set("src", address)

    def _restore_raw(self, value: str) -> str:
        stash = self.md.htmlStash.rawHtmlBlocks
        value = HTML_PLACEHOLDER_RE.sub(lambda m: html.unescape(str(stash[int(m[1])])), value)
        return UnescapeTreeprocessor.RE.sub(lambda m: chr(int(m[1])), value)

    def _decisions(self, root: Element) -> Iterator[Decision]:
        label = words(self.notes.lang)["decision"]
        for box in root.iter("section"):
            if box.get("class") != "decision":
                continue
            title = self._plain(box[0]).removeprefix(label).strip()
            anchor = self.notes.unique(headings.slug(f"{label} {title}")[:60].strip("-"))
            box.set("id", anchor)
            why = text.join_blocks(self._plain(child) for child in box[1:])
            yield Decision(text=title, why=why, anchor=anchor)

    def _lead(self, root: Element) -> str:
        blocks = list(root)
        for at, block in enumerate(blocks):
            if block.text == self.notes.more:
                return text.join_blocks(self._plain(item) for item in blocks[:at])
        body = [item for item in blocks if item.get("class") != "footnote"]
        order = [item for item in body if item.tag == "p"]
        order += [item for block in body for item in block.iter("p") if block.tag != "p"]
        order += body
        return next((words for words in map(self._plain, order) if words), "")


def _pieces(element: Element, md: Markdown) -> Iterator[str]:
    """The texts of an element in order, with spaces between blocks."""
    if element.get("class") in _SKIP:
        return
    shown = element.text or ""
    yield html.unescape(shown) if element.tag == "code" else shown
    for child in element:
        apart = " " if md.is_block_level(child.tag) or child.tag == "br" else ""
        yield apart
        yield from _pieces(child, md)
        yield apart + (child.tail or "")
