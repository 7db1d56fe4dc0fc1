"""What machines read: the site map and the word to search engines."""

import json
from html import escape

from generator.model import Step
from generator.outputs.bench import Bench

_XML = "<?xml version='1.0' encoding='utf-8'?>\n"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def make_sitemap(_: Step, bench: Bench) -> bytes:
    """The site map: every listed entry's page with the day of its last change."""
    base = bench.ask("setting", "base_path", "")
    site = bench.absolute(f"{base}/").removesuffix("/")
    every = bench.ask("every_url")
    # Ten thousand addresses are escaped sooner as one text.
    text = escape("\n".join([site + url[len(base) :] for url, _ in every]))
    pages = [
        f"<url><loc>{url}</loc><lastmod>{day}</lastmod></url>"
        if day
        else f"<url><loc>{url}</loc></url>"
        for url, (_, day) in zip(text.split("\n") if every else (), every, strict=True)
    ]
    return f'{_XML}<urlset xmlns="{_SITEMAP}">{"".join(pages)}</urlset>'.encode()


def make_robots(_: Step, bench: Bench) -> bytes:
    """robots.txt: nobody is welcome, unless the organisation wants search engines."""
    if not bench.ask("setting", "search_engines", ""):
        return b"User-agent: *\nDisallow: /\n"
    base = bench.ask("setting", "base_path", "")
    return f"User-agent: *\nAllow: /\nSitemap: {bench.absolute(f'{base}/sitemap.xml')}\n".encode()


def make_threads(_: Step, bench: Bench) -> bytes:
    """comments.json: which conversations there are, and whether they are open; for the gateway."""
    return json.dumps({"threads": dict(bench.ask("threads"))}, indent=1).encode()
