"""What a web server has to be told about a site, whichever server it is."""

import re

from generator.model import Model

FILES = {
    "nginx": "headers.nginx.conf",
    "apache": ".htaccess",
    "caddy": "headers.caddy",
    "netlify": "_headers",
    "iis": "web.config",
}
REDIRECTS = "_redirects"
# These are for servers; nobody reads them.
HIDDEN = (*(name for name in FILES.values() if name != ".htaccess"), REDIRECTS)
CSP, CACHE = "Content-Security-Policy", "Cache-Control"
# Pages are asked for again each time, and come whole only when they have changed.
FRESH = "no-cache"
# These are named by their content: another content has another address.
FOR_EVER = "max-age=31536000, immutable"
KEPT = ("assets", "media")
TYPES = {
    ".avif": "image/avif",
    ".m4a": "audio/mp4",
    ".vtt": "text/vtt",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
}


class Briefing(Model, frozen=True):
    """The policies, the site's own folder (`/intranet` or empty) and the search pages in it.

    `moved` are old addresses with where they lead, `gone` those without a post;
    `languages` are those with a folder of their own; `compressed` says whether
    texts are there in compressed form too, `popup` whether one signs in to
    comments in a window of its own.
    """

    policy: str
    search_policy: str
    base: str
    search: tuple[str, ...]
    moved: tuple[tuple[str, str], ...]
    gone: tuple[str, ...]
    languages: tuple[str, ...]
    compressed: bool
    popup: bool


def always(briefing: Briefing) -> dict[str, str]:
    """The headers that everything has, by name."""
    return {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": f"same-origin{'-allow-popups' if briefing.popup else ''}",
    }


def pattern(briefing: Briefing, folders: tuple[str, ...]) -> str:
    """A regular expression for the addresses under some folders."""
    return f"^{re.escape(briefing.base)}/({'|'.join(map(re.escape, folders))})/"
