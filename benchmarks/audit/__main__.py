"""`make audit`: Lighthouse on a page of each type of the demo, as a table in docs.

`make audit PAGE="what was found"` measures that one alone; the other rows stay as they are.
`is-crawlable` is left out: an intranet asks search engines to stay away.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browsing import CHROMIUM
from tests.publish.servers import CADDY, free_port, running

HERE, ROOT = Path(__file__).parent, Path(__file__).parents[2]
TABLE = ROOT / "docs/operators/audit.md"
PAGES = {
    "the front page": "/",
    "a list": "/nieuws/",
    "a post": "/nieuws/2026-11-10-kluisje-leeg/",
    "a meeting": "/overleg/2026-11-17-mt-winter/",
    "a vlog": "/vlogs/2026-11-12-klaar-voor-de-storm/",
    "a question": "/vragen/2026-11-12-natte-jas/",
    "people": "/mensen/",
    "search": "/zoeken/",
    "what was found": "/zoeken/?q=dijk",
    "how to subscribe": "/abonneren/",
}
KINDS = ("performance", "accessibility", "best-practices", "seo")


CADDYFILE = """{{
  admin off
  auto_https disable_redirects
  skip_install_trust
}}
https://localhost:{port} {{
  tls internal
  root * {site}
  encode gzip
  import {site}/headers.caddy
  file_server
}}
"""


@contextmanager
def served(site: Path, folder: Path) -> Iterator[str]:
    """The address of a site behind Caddy, as the docs say: HTTP/2, compressed, its own headers."""
    port = free_port()
    (folder / "Caddyfile").write_text(CADDYFILE.format(port=port, site=site))
    assert CADDY, "caddy is missing: .ci/system"
    env = {**os.environ, "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with running(port, CADDY, "run", "--config", folder / "Caddyfile", env=env):
        yield f"https://localhost:{port}"


# Caddy has signed its certificate itself.
FLAGS = "--headless=new --no-sandbox --disable-background-networking --ignore-certificate-errors"


def measure(url: str, folder: Path, tries: int = 3) -> tuple[dict[str, int], str]:
    """The scores of a page, of 100, and the version of Lighthouse.

    Now and then it misses the moment that a page begins, and asks to be run again.
    """
    report = folder / "report.json"
    done = subprocess.run(
        [HERE / "node_modules/.bin/lighthouse", url, "--quiet", "--output=json",
         f"--output-path={report}", f"--chrome-flags={FLAGS}", "--skip-audits=is-crawlable",
         f"--only-categories={','.join(KINDS)}"],
        check=tries == 1, env={**os.environ, "CHROME_PATH": CHROMIUM},
    )  # fmt: skip
    if done.returncode:
        return measure(url, folder, tries - 1)
    found = json.loads(report.read_text())
    scores = {kind: round(100 * (found["categories"][kind]["score"] or 0)) for kind in KINDS}
    return scores, found["lighthouseVersion"]


def chosen(names: list[str]) -> dict[str, str]:
    """The pages to measure: all, or those of these names; SystemExit on a name that is none."""
    unknown = sorted(set(names) - set(PAGES))
    if unknown:
        raise SystemExit(f"no page “{unknown[0]}”; there are: {', '.join(PAGES)}")
    return {name: PAGES[name] for name in names} or PAGES


def rows_before() -> dict[str, str]:
    """The table as it stands: a page's name → its row."""
    lines = TABLE.read_text().splitlines()
    return {line.split(" | ")[0].removeprefix("| "): line for line in lines if line[:2] == "| "}


def page_of(rows: dict[str, str], version: str) -> str:
    text = (
        f"# What Lighthouse says\n\n`make audit`, Lighthouse {version}: the demo as a phone sees "
        "it from Caddy, of 100. The audit “is crawlable” is left out: an intranet asks search "
        "engines to stay away.\n\n| page | "
        + " | ".join(KINDS)
        + " | on |\n|---|---|---|---|---|---|\n"
    )
    return text + "\n".join(rows[name] for name in PAGES if name in rows) + "\n"


def main(names: list[str]) -> int:
    pages, rows, version = chosen(names), rows_before(), ""
    today = time.strftime("%Y-%m-%d")
    with (
        tempfile.TemporaryDirectory() as folder,
        served(ROOT / "public", Path(folder)) as where,
    ):
        for name, path in pages.items():
            scores, version = measure(where + path, Path(folder))
            rows[name] = f"| {name} | {' | '.join(str(scores[kind]) for kind in KINDS)} | {today} |"
            print(rows[name])
    TABLE.write_text(page_of(rows, version))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
