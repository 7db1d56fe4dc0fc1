"""What makes a site at home on a device: its manifest, and a worker for reading offline."""

import json

from generator.model import Step
from generator.outputs.bench import Bench
from generator.outputs.siteview import SiteView

# Where the setting says no, the worker of readers who have one goes, with all that it kept.
_FAREWELL = """\
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(
  Promise.all(["plein-pages", "plein-files", "plein-photos"].map((one) => caches.delete(one)))
    .then(() => registration.unregister())
));
"""


def make_manifest(step: Step, bench: Bench) -> bytes:
    """The web app manifest of one language, its only argument: a name, colours and an icon."""
    lang = step.args[0]
    site = SiteView(bench.recorder, bench.theme, lang)
    home = site.url("home")
    facts = {
        "name": site.title,
        "short_name": site.title[:12].strip(),
        "description": site.description,
        "lang": lang,
        "id": home,
        "start_url": home,
        "scope": home,
        "display": "minimal-ui",
        "background_color": "#faf6ef",
        "theme_color": site.setting("branding").get("colour") or "#1d5c58",
        "icons": [{"src": site.asset("favicon.svg"), "type": "image/svg+xml", "sizes": "any"}],
    }
    return _json({name: value for name, value in facts.items() if value})


def make_worker(_: Step, bench: Bench) -> bytes:
    """The service worker: what it has to know, and the theme's own code for it."""
    languages = bench.ask("setting", "languages", "")
    sites = [SiteView(bench.recorder, bench.theme, lang) for lang in languages]
    code = sites[0].asset("offline.js")
    if not code or not sites[0].setting("offline"):
        return _FAREWELL.encode()
    facts = {
        "base": f"{sites[0].setting('base_path')}/",
        "files": [found for name in ("style.css", "plein.js") if (found := sites[0].asset(name))],
        "mustReads": [site.url("must-reads") for site in sites],
        "words": {
            site.url("home"): [site.lang, site.t("No connection"), site.t("about:offline")]
            for site in sites
        },
    }
    return b"const plein = " + _json(facts) + f";\nimportScripts({json.dumps(code)});\n".encode()


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()
