"""What machines read: the site map and the word to search engines."""

import json
from xml.etree import ElementTree as ET

from generator.model import Step
from generator.outputs.bench import Bench

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def make_sitemap(_: Step, bench: Bench) -> bytes:
    """The site map: every listed entry's page with the day of its last change."""
    root = ET.Element("urlset", xmlns=_SITEMAP)
    for url, day in bench.ask("every_url"):
        element = ET.SubElement(root, "url")
        ET.SubElement(element, "loc").text = bench.absolute(url)
        if day:
            ET.SubElement(element, "lastmod").text = day
    xml: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return xml


def make_robots(_: Step, bench: Bench) -> bytes:
    """robots.txt: nobody is welcome, unless the organisation wants search engines."""
    if not bench.ask("setting", "search_engines", ""):
        return b"User-agent: *\nDisallow: /\n"
    base = bench.ask("setting", "base_path", "")
    return f"User-agent: *\nAllow: /\nSitemap: {bench.absolute(f'{base}/sitemap.xml')}\n".encode()


def make_threads(_: Step, bench: Bench) -> bytes:
    """comments.json: which conversations there are, and whether they are open; for the gateway."""
    return json.dumps({"threads": dict(bench.ask("threads"))}, indent=1).encode()
