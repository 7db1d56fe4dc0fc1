"""What a video or audio file says of itself: duration, size in pixels, what it is.

Only headers are read, never the pictures and sounds: a few kB of a file of any size.
MP4, QuickTime and WebM are read here; the many kinds of audio by tinytag.
"""

import io
import struct
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from generator.model import Model

CODE = ("vlogs/moviefile", "tinytag")
_BOXED = frozenset({".mp4", ".m4v", ".mov", ".m4a"})
_MATROSKA = frozenset({".webm", ".mkv"})
_AUDIO = frozenset({".mp3", ".ogg", ".oga", ".opus", ".wav", ".flac"})
KNOWN = _BOXED | _MATROSKA | _AUDIO
_INSIDE = (b"moov", b"trak", b"mdia", b"minf", b"stbl")
_HEADER_MAX = 64 * 1024 * 1024
_SEGMENT, _INFO, _TRACKS, _ENTRY, _VIDEO = 0x18538067, 0x1549A966, 0x1654AE6B, 0xAE, 0xE0
_SCALE, _LENGTH, _WIDTH, _HEIGHT, _CLUSTER = 0x2AD7B1, 0x4489, 0xB0, 0xBA, 0x1F43B675
_PARENTS = frozenset({_SEGMENT, _INFO, _TRACKS, _ENTRY, _VIDEO})


class MovieFacts(Model, frozen=True):
    """Facts of a video or audio file, or the code of what is wrong with it.

    The duration is 0 where the file does not tell; width and height are in
    pixels, 0 for audio. `starts_fast` says that a browser can play it before all of
    it has come in.
    """

    duration_ms: int = 0
    width: int = 0
    height: int = 0
    codec: str = ""
    starts_fast: bool = True
    trouble: str = ""

    @property
    def is_sound(self) -> bool:
        """Whether there is nothing to see."""
        return not self.width


def is_movie(path: str) -> bool:
    """Whether a file's name promises video or audio."""
    return PurePosixPath(path).suffix.lower() in KNOWN


def measure(file: Path) -> MovieFacts:
    """The facts of a file; never raises for what is in it."""
    ending = file.suffix.lower()
    if file.stat().st_size == 0:
        return MovieFacts(trouble="media-empty")
    try:
        with file.open("rb") as stream:
            facts = _read(stream, ending, file)
    except (OSError, ValueError, struct.error, OverflowError):
        facts = None
    return facts or MovieFacts(trouble="media-unreadable")


def _read(stream: BinaryIO, ending: str, file: Path) -> MovieFacts | None:
    if ending in _BOXED:
        return _boxed(stream)
    if ending in _MATROSKA:
        return _matroska(stream)
    return _audio(file)


def _audio(file: Path) -> MovieFacts | None:
    from tinytag import TinyTag, TinyTagException

    try:
        found = TinyTag.get(file, tags=False)
    except TinyTagException:
        return None
    return MovieFacts(duration_ms=round(found.duration * 1000)) if found.duration else None


def _boxed(stream: BinaryIO) -> MovieFacts | None:
    """MP4 and QuickTime: boxes in boxes, each with a length and a name of four letters."""
    order: list[bytes] = []
    facts: MovieFacts | None = None
    for name, start, end in _boxes(stream, 0, stream.seek(0, io.SEEK_END)):
        order.append(name)
        if name == b"moov":
            facts = _movie(stream, start, end)
    if facts is None or (b"mdat" not in order and b"moof" not in order):
        return None
    first = next(name for name in order if name in (b"moov", b"mdat", b"moof"))
    return MovieFacts(facts.duration_ms, facts.width, facts.height, facts.codec, first == b"moov")


def _boxes(stream: BinaryIO, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """The boxes between two places: name, where the content starts, where it ends."""
    while at + 8 <= end:
        stream.seek(at)
        size, name = struct.unpack(">I4s", stream.read(8))
        start = at + 8
        if size == 1:
            size, start = struct.unpack(">Q", stream.read(8))[0], at + 16
        stop = end if size == 0 else at + size
        if stop < start or stop > end:
            raise ValueError(name)
        yield name, start, stop
        at = stop


def _movie(stream: BinaryIO, start: int, end: int) -> MovieFacts | None:
    """The facts in a `moov` box: its duration, and the size of its largest picture."""
    duration, sizes, codec = 0, [(0, 0)], ""
    for name, at, stop in _boxes_within(stream, start, end):
        stream.seek(at)
        head = stream.read(min(stop - at, 128))
        if name == b"mvhd":
            duration = _duration(head)
        elif name == b"tkhd":
            sizes.append(_size(head))
        elif name == b"stsd" and not codec.startswith(("avc", "hvc", "hev", "vp0", "av0")):
            codec = head[12:16].decode("latin-1")
    width, height = max(sizes, key=lambda size: size[0] * size[1])
    return MovieFacts(duration, width, height, codec)


def _boxes_within(stream: BinaryIO, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    for name, at, stop in _boxes(stream, start, end):
        yield name, at, stop
        if name in _INSIDE:
            yield from _boxes_within(stream, at, stop)


def _duration(head: bytes) -> int:
    """In ms, from the head of a `mvhd` box: version 1 counts in 64 bits."""
    scale, length = struct.unpack_from(*((">IQ", head, 20) if head[0] == 1 else (">II", head, 12)))
    unknown = length in (0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF)
    return 0 if unknown or not scale else round(length * 1000 / scale)


def _size(head: bytes) -> tuple[int, int]:
    """In pixels, from the head of a `tkhd` box; a phone that is held upright turns it."""
    at = 88 if head[0] == 1 else 76
    width, height = (number >> 16 for number in struct.unpack_from(">II", head, at))
    is_turned = struct.unpack_from(">i", head, at - 36)[0] == 0 and width > 0
    return (height, width) if is_turned else (width, height)


def _matroska(stream: BinaryIO) -> MovieFacts | None:
    """WebM: elements in elements, each with a number and a length of varying size."""
    found: dict[int, bytes] = {}
    if stream.read(4) != b"\x1a\x45\xdf\xa3":
        return None
    stream.seek(0)
    for number, data in _elements(stream, stream.seek(0, io.SEEK_END)):
        found.setdefault(number, data)
    if _SCALE not in found and _LENGTH not in found and _WIDTH not in found:
        return None
    scale = int.from_bytes(found.get(_SCALE, b"\x0f\x42\x40"), "big")
    length = found.get(_LENGTH, b"")
    value = struct.unpack(">d" if len(length) == 8 else ">f", length)[0] if length else 0.0
    width, height = (int.from_bytes(found.get(one, b""), "big") for one in (_WIDTH, _HEIGHT))
    return MovieFacts(round(value * scale / 1_000_000), width, height, "webm")


def _elements(stream: BinaryIO, end: int) -> Iterator[tuple[int, bytes]]:
    """The small elements before the first pictures: number and bytes."""
    stream.seek(0)
    while stream.tell() < min(end, _HEADER_MAX):
        number, size = _varying(stream, keep=True), _varying(stream, keep=False)
        if number == _CLUSTER:
            return
        if number in _PARENTS:
            continue
        if size > end:
            raise ValueError(number)
        if size <= 8:
            yield number, stream.read(size)
        else:
            stream.seek(size, io.SEEK_CUR)


def _varying(stream: BinaryIO, keep: bool) -> int:
    """A number whose first bits tell how long it is; an element's own number keeps them."""
    first = stream.read(1)
    if not first or not first[0]:
        raise ValueError("no element")
    length = 9 - first[0].bit_length()
    value = first[0] if keep else first[0] & (0xFF >> length)
    return int.from_bytes(bytes([value]) + stream.read(length - 1), "big")
