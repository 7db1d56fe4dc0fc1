"""Hosts that read files of their own: Netlify, Cloudflare Pages and others, and IIS."""

from xml.etree import ElementTree as ET

from generator.outputs.servers.briefing import (
    CACHE,
    CSP,
    FOR_EVER,
    FRESH,
    KEPT,
    TYPES,
    Briefing,
    always,
)


def headers_file(briefing: Briefing) -> str:
    """The file `_headers`. Two policies for one page would both count, so the wider is for all."""
    rules = {f"{briefing.base}/*": [f"{CSP}: {briefing.search_policy}"]}
    rules[f"{briefing.base}/*"] += [f"{name}: {value}" for name, value in always(briefing).items()]
    for one in KEPT:
        rules[f"{briefing.base}/{one}/*"] = [f"{CACHE}: {FOR_EVER}"]
    return "".join(f"{at}\n" + "".join(f"  {one}\n" for one in all_) for at, all_ in rules.items())


def redirects_file(briefing: Briefing) -> str:
    """The file `_redirects`."""
    moved = (f"{old} {new} 301\n" for old, new in briefing.moved)
    gone = (f"{old} {old} 410\n" for old in briefing.gone)
    return "".join((*moved, *gone))


def iis(briefing: Briefing) -> str:
    """A `web.config`."""
    root = ET.Element("configuration")
    server = ET.SubElement(root, "system.webServer")
    _iis_headers(
        server, {CSP: briefing.policy, CACHE: FRESH, **always(briefing)}, ("X-Powered-By",)
    )
    content = ET.SubElement(server, "staticContent")
    for ending, type_ in TYPES.items():
        ET.SubElement(content, "remove", fileExtension=ending)
        ET.SubElement(content, "mimeMap", fileExtension=ending, mimeType=type_)
    errors = ET.SubElement(server, "httpErrors", errorMode="Custom")
    ET.SubElement(errors, "remove", statusCode="404")
    page = f"{briefing.base}/404.html"
    ET.SubElement(errors, "error", statusCode="404", path=page, responseMode="ExecuteURL")
    for one in briefing.search:
        _iis_place(root, one, {CSP: briefing.search_policy})
    for one in KEPT:
        _iis_place(root, one, {CACHE: FOR_EVER})
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
