"""What a web server has to say with every file, in the words of four servers.

The policy, what a browser may keep, and the page for addresses that are not there.
"""

import re
from collections.abc import Callable
from xml.etree import ElementTree as ET

from generator.model import Model, Step
from generator.outputs.bench import Bench

FILES = {
    "nginx": "headers.nginx.conf",
    "apache": ".htaccess",
    "netlify": "_headers",
    "iis": "web.config",
}
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_CSP, _CACHE = "Content-Security-Policy", "Cache-Control"
# Pages are asked for again each time, and come whole only when they have changed.
_FRESH = "no-cache"
# These are named by their content: another content has another address.
_FOR_EVER = "max-age=31536000, immutable"
_KEPT = ("assets", "media")
_TYPES = {
    ".avif": "image/avif",
    ".m4a": "audio/mp4",
    ".vtt": "text/vtt",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
}


class Facts(Model, frozen=True):
    """The policies, the site's own folder (`/intranet` or empty) and the search pages in it."""

    policy: str
    search_policy: str
    base: str
    search: tuple[str, ...]


def make_headers(step: Step, bench: Bench) -> bytes:
    """The headers of a site for one kind of server, its only argument."""
    languages = bench.ask("setting", "languages", "")
    base = bench.ask("setting", "base_path", "")
    facts = Facts(
        policy=bench.ask("policy", ""),
        search_policy=bench.ask("policy", "search"),
        base=base,
        search=tuple(
            bench.ask("place", one, "search").removeprefix(base).strip("/") for one in languages
        ),
    )
    return _WRITERS[step.args[0]](facts).encode()


def _pattern(facts: Facts, folders: tuple[str, ...]) -> str:
    """A regular expression for the addresses under some folders."""
    return f"^{re.escape(facts.base)}/({'|'.join(map(re.escape, folders))})/"


def _nginx(facts: Facts) -> str:
    """Conditions that only set a variable: in nginx a location would forget the other headers."""
    search, kept = _pattern(facts, facts.search), _pattern(facts, _KEPT)
    lines = [
        "# Inside server { … }:  include /srv/www/current/headers.nginx.conf;",
        "# After a change here: nginx -s reload",
        f'set $plein_policy "{facts.policy}";',
        f'if ($uri ~ "{search}") {{ set $plein_policy "{facts.search_policy}"; }}',
        f'set $plein_cache "{_FRESH}";',
        f'if ($uri ~ "{kept}") {{ set $plein_cache "{_FOR_EVER}"; }}',
        f"add_header {_CSP} $plein_policy always;",
        f"add_header {_CACHE} $plein_cache;",
        *(f'add_header {name} "{value}" always;' for name, value in _ALWAYS.items()),
        f"error_page 404 {facts.base}/404.html;",
        f"location = {facts.base}/{FILES['nginx']} {{ return 404; }}",
    ]
    return "\n".join(lines) + "\n"


def _apache(facts: Facts) -> str:
    def where(folders: tuple[str, ...]) -> str:
        return f'"expr=%{{REQUEST_URI}} =~ m#{_pattern(facts, folders)}#"'

    lines = [
        "# Apache 2.4.10 or newer, with AllowOverride FileInfo for this folder.",
        f"ErrorDocument 404 {facts.base}/404.html",
        *(f"AddType {type_} {ending}" for ending, type_ in _TYPES.items()),
        "<IfModule mod_headers.c>",
        f'Header always set {_CSP} "{facts.policy}"',
        f'Header always set {_CSP} "{facts.search_policy}" {where(facts.search)}',
        f'Header set {_CACHE} "{_FRESH}"',
        f'Header set {_CACHE} "{_FOR_EVER}" {where(_KEPT)}',
        *(f'Header always set {name} "{value}"' for name, value in _ALWAYS.items()),
        "</IfModule>",
    ]
    return "\n".join(lines) + "\n"


def _netlify(facts: Facts) -> str:
    """The file `_headers` of Netlify and Cloudflare Pages; the latter can take one back by `!`."""
    rules = {f"{facts.base}/*": [f"{_CSP}: {facts.policy}"]}
    rules[f"{facts.base}/*"] += [f"{name}: {value}" for name, value in _ALWAYS.items()]
    for one in facts.search:
        rules[f"{facts.base}/{one}/*"] = [f"! {_CSP}", f"{_CSP}: {facts.search_policy}"]
    for one in _KEPT:
        rules[f"{facts.base}/{one}/*"] = [f"{_CACHE}: {_FOR_EVER}"]
    return "".join(f"{at}\n" + "".join(f"  {one}\n" for one in all_) for at, all_ in rules.items())


def _iis(facts: Facts) -> str:
    root = ET.Element("configuration")
    server = ET.SubElement(root, "system.webServer")
    _iis_headers(server, {_CSP: facts.policy, _CACHE: _FRESH, **_ALWAYS}, ("X-Powered-By",))
    content = ET.SubElement(server, "staticContent")
    for ending, type_ in _TYPES.items():
        ET.SubElement(content, "remove", fileExtension=ending)
        ET.SubElement(content, "mimeMap", fileExtension=ending, mimeType=type_)
    errors = ET.SubElement(server, "httpErrors", errorMode="Custom")
    ET.SubElement(errors, "remove", statusCode="404")
    page = f"{facts.base}/404.html"
    ET.SubElement(errors, "error", statusCode="404", path=page, responseMode="ExecuteURL")
    for one in facts.search:
        _iis_place(root, one, {_CSP: facts.search_policy})
    for one in _KEPT:
        _iis_place(root, one, {_CACHE: _FOR_EVER})
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _iis_place(root: ET.Element, path: str, headers: dict[str, str]) -> None:
    """Other headers for what stands under a folder."""
    server = ET.SubElement(ET.SubElement(root, "location", path=path), "system.webServer")
    _iis_headers(server, headers, tuple(headers))


def _iis_headers(server: ET.Element, headers: dict[str, str], instead_of: tuple[str, ...]) -> None:
    own = ET.SubElement(ET.SubElement(server, "httpProtocol"), "customHeaders")
    for name in instead_of:
        ET.SubElement(own, "remove", name=name)
    for name, value in headers.items():
        ET.SubElement(own, "add", name=name, value=value)


_WRITERS: dict[str, Callable[[Facts], str]] = {
    "nginx": _nginx,
    "apache": _apache,
    "netlify": _netlify,
    "iis": _iis,
}
