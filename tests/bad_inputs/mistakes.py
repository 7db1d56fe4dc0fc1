"""What the tests of this folder share: finding a problem, pasting its hint, awkward files."""

import io
import re
import struct
import zlib

from PIL import Image

from generator.problems import Problem
from generator.report import as_text, hint_of
from tests.conftest import Site

EVIL = '"><script>alert(1)</script>'


def front(*lines: str, body: str = "Tekst.") -> str:
    """A post with a title and a date, unless its lines have them."""
    own = {line.partition(":")[0] for line in lines}
    rest = [
        line for line in ("title: Titel", "date: 2026-11-01") if line[:5].rstrip(":") not in own
    ]
    return "\n".join(("---", *rest, *lines, "---", "", body, ""))


def codes(site: Site) -> list[str]:
    """The codes of all findings of a build, in the order in which they are shown."""
    return [item.code for item in site.problems()]


def only(site: Site, code: str) -> Problem:
    """The one finding of a build, which has this code and says enough to be mended."""
    found = site.problems()
    assert [item.code for item in found] == [code], "\n".join(text(item) for item in found)
    return found[0]


def text(item: Problem) -> str:
    """A finding as a writer sees it, in English."""
    return as_text(item, lambda words: words)


def paste(site: Site, item: Problem) -> None:
    """Do as the hint says: put the line that it proposes in the place of the line that it shows."""
    hint = re.fullmatch(r"write: (.*?)(?:; or .*)?", hint_of(item, lambda words: words))
    assert hint, text(item)
    file = site.root / item.span.path
    lines = file.read_text(encoding="utf-8").split("\n")
    lines[item.span.line - 1] = hint[1]
    file.write_text("\n".join(lines), encoding="utf-8")


def has_caret(item: Problem) -> bool:
    """Whether the message shows the line, with a mark under it."""
    return re.search(r"\n *\d+ \| .*\n +\| +\^", text(item)) is not None


def png_of(width: int, height: int) -> bytes:
    """A few bytes that claim to be a PNG of this size."""

    def chunk(type_: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data))
            + type_
            + data
            + struct.pack(">I", zlib.crc32(type_ + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b""))
        + chunk(b"IEND", b"")
    )


def photo(*, gps: bool = False, form: str = "JPEG") -> bytes:
    """A small photo, as a phone makes it: with the place in it."""
    out = io.BytesIO()
    image = Image.new("RGB", (12, 8), "teal")
    exif = image.getexif()
    if gps:
        exif[0x010E] = "CANARY-OWNER"
        exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 5.0, 0.0), 3: "E", 4: (5.0, 7.0, 0.0)})
    image.save(out, form, exif=exif)
    return out.getvalue()
