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
    home = bench.absolute(f"{base}/")
    pages = "".join(
        _page(home + url.removeprefix(f"{base}/"), day) for url, day in bench.ask("every_url")
    )
    return f'{_XML}<urlset xmlns="{_SITEMAP}">{pages}</urlset>'.encode()


def _page(url: str, day: str) -> str:
    changed = f"<lastmod>{day}</lastmod>" if day else ""
    return f"<url><loc>{escape(url)}</loc>{changed}</url>"


def make_robots(_: Step, bench: Bench) -> bytes:
    """robots.txt: nobody is welcome, unless the organisation wants search engines."""
    if not bench.ask("setting", "search_engines", ""):
        return b"User-agent: *\nDisallow: /\n"
    base = bench.ask("setting", "base_path", "")
    return f"User-agent: *\nAllow: /\nSitemap: {bench.absolute(f'{base}/sitemap.xml')}\n".encode()


def make_threads(_: Step, bench: Bench) -> bytes:
    """comments.json: which conversations there are, and whether they are open; for the gateway."""
    return json.dumps({"threads": dict(bench.ask("threads"))}, indent=1).encode()
