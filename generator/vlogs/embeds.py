"""Videos on other sites: from the address that people copy to the one of the player's frame."""

import ipaddress
import re
from pathlib import PurePosixPath
from urllib.parse import parse_qs, urlsplit

from generator.model import Embed
from generator.vlogs.moviefile import KNOWN

# What site.yaml may call by name instead of by origin.
NAMED = {
    "youtube": "https://www.youtube-nocookie.com",
    "vimeo": "https://player.vimeo.com",
    "stream": "https://web.microsoftstream.com",
}
_YOUTUBE = re.compile(r"(?:www\.|m\.)?(?:youtube(?:-nocookie)?\.com|youtu\.be)")
_VIMEO = re.compile(r"(?:www\.|player\.)?vimeo\.com")
_ID = re.compile(r"[\w-]{11}", re.ASCII)
_VIMEO_VIDEO = re.compile(r"/(\d+)(?:/([0-9a-z]+))?/?$", re.ASCII)
_CODE = re.compile(r"[0-9a-z]+", re.ASCII)
_PEERTUBE = re.compile(r"/(?:w|videos/watch|videos/embed)/([\w-]{4,40})", re.ASCII)
_SHAREPOINT, _IN_PAGE = ".sharepoint.com", "/embed.aspx"
_PRIVATE_NAMES = ("localhost", ".localhost", ".local", ".internal", ".lan", ".home.arpa")


def origin_of(address: str) -> str:
    """The origin of an https address: `https://video.example`; empty if it is none."""
    try:
        parts = urlsplit(address)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    if parts.scheme != "https" or not parts.hostname:
        return ""
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"https://{host}{port}"


def is_private(address: str) -> bool:
    """Whether an address leads to a machine or network of one's own, so only from there."""
    try:
        host = urlsplit(address).hostname or ""
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return "." not in host or host.endswith(_PRIVATE_NAMES)


def is_file(address: str, type_: str = "") -> bool:
    """Whether an address is that of a video or audio file, rather than of a page with a player."""
    return bool(type_) or PurePosixPath(urlsplit(address).path).suffix.lower() in KNOWN


def embed_of(address: str) -> Embed | None:
    """The player that an https address stands for; None if there is no video in it."""
    origin = origin_of(address)
    parts = urlsplit(address) if origin else None
    if parts is None:
        return None
    host = parts.hostname or ""
    asked = parse_qs(parts.query)
    if _YOUTUBE.fullmatch(host):
        found = asked.get("v", [parts.path.rpartition("/")[2]])[0]
        return _at("YouTube", NAMED["youtube"], f"/embed/{found}") if _ID.fullmatch(found) else None
    if _VIMEO.fullmatch(host):
        return _vimeo(parts.path, asked.get("h", [""])[0])
    if origin == NAMED["stream"]:
        return _at("Microsoft Stream", origin, parts.path.replace("/video/", "/embed/video/", 1))
    return _unnamed(host, origin, parts.path, address)


def _vimeo(path: str, code: str) -> Embed | None:
    """The player of a video; one that is unlisted has a code, in its address or behind `h=`."""
    found = _VIMEO_VIDEO.search(path)
    if found is None:
        return None
    code = code or found[2] or ""
    unlisted = f"h={code}&" if _CODE.fullmatch(code) else ""
    return _at("Vimeo", NAMED["vimeo"], f"/video/{found[1]}?{unlisted}dnt=1")


def _unnamed(host: str, origin: str, path: str, address: str) -> Embed | None:
    """The player of a site that has no name of its own: PeerTube, SharePoint, or any other."""
    peertube = _PEERTUBE.fullmatch(path)
    if peertube:
        return _at(host, origin, f"/videos/embed/{peertube[1]}")
    if not host.endswith(_SHAREPOINT):
        return Embed(host, origin, address)
    # A shared link shows nothing inside another page; the address of the embed code does.
    return Embed("SharePoint", origin, address) if _IN_PAGE in path else None


def _at(name: str, origin: str, path: str) -> Embed:
    return Embed(name, origin, f"{origin}{path}")
