"""Keeps what one conversion finds on its way; emptied for each body."""

import hashlib
from typing import Literal, NamedTuple

Where = Literal["markdown", "html", "tag", "line"]


class Place(NamedTuple):
    """A text to look for in the source; equal texts are found in the order they were noted."""

    where: Where
    needle: str
    detail: str = ""


class Finding(NamedTuple):
    """A problem whose place in the source is still to be looked up."""

    code: str
    place: int
    args: dict[str, str]


class Reference(NamedTuple):
    """A link or image that will be a hole, or a link within the page."""

    kind: Literal["link", "image", "anchor"]
    target: str
    anchor: str
    place: int


class Notes:
    """The one mutable thing of a conversion; every part of the converter writes in it."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.begin("")

    def begin(self, body: str) -> None:
        """Forget the last body. The token can't be foretold by a text that contains it."""
        digest = hashlib.blake2b(body.encode("utf-8", "surrogatepass"), digest_size=12)
        self.body = body
        self.token = f"plein{digest.hexdigest()}"
        self.places: list[Place] = []
        self.findings: list[Finding] = []
        self.references: list[Reference] = []
        self.ids: set[str] = set()
        self._counts: dict[str, int] = {}
        self.depth = 0
        self.raw_depth = 0

    @property
    def more(self) -> str:
        """The text that stands in the page where the writer put `<!-- more -->`."""
        return f"{self.token}more"

    def place(self, where: Where, needle: str, detail: str = "") -> int:
        """The number under which a text's place can be asked for afterwards."""
        self.places.append(Place(where, needle, detail))
        return len(self.places) - 1

    def report(self, code: str, place: int, **args: str) -> None:
        """Note a problem."""
        self.findings.append(Finding(code, place, args))

    def refer(self, reference: Reference) -> str:
        """The attribute value that stands for a reference until the page is cut up."""
        self.references.append(reference)
        return f"{self.token}-{len(self.references) - 1}"

    def unique(self, wanted: str) -> str:
        """An id that nothing else in this body has: `wanted`, else with -2, -3 …"""
        name, count = wanted, self._counts.get(wanted, 1)
        while name in self.ids:
            count += 1
            name = f"{wanted}-{count}"
        self.ids.add(name)
        self._counts[wanted] = count
        return name


def nearest(word: str, choices: list[str]) -> str:
    """The choice that the writer probably meant; empty when none is near."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, choices, n=1, cutoff=0.6)), "")
