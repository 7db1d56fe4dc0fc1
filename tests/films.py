"""Small films and subtitles for tests: real headers round a few bytes of nothing."""

import struct

SUBTITLES = "WEBVTT\n\n00:00.500 --> 00:02.000\nHallo allemaal.\n"
LATER = "{pending: 2027-12-31}"


def _box(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", len(content) + 8, name) + content


def film(seconds: float = 2, width: int = 640, height: int = 360, note: bytes = b"") -> bytes:
    """An MP4 file that says of itself how long and how large it is."""
    matrix = struct.pack(">9i", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
    mvhd = bytes(12) + struct.pack(">II", 1000, round(seconds * 1000)) + bytes(80)
    tkhd = bytes(40) + matrix + struct.pack(">II", width << 16, height << 16)
    moov = _box(b"mvhd", mvhd) + _box(b"trak", _box(b"tkhd", tkhd))
    return _box(b"ftyp", b"isom") + _box(b"moov", moov) + _box(b"mdat", b"film" + note)
