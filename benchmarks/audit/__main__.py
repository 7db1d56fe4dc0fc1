"""`make audit`: Lighthouse on a page of each type of the demo, as a table in docs.

`make audit PAGE="what was found"` measures that one alone; the other rows stay as they are.
`is-crawlable` is left out: an intranet asks search engines to stay away.
"""

import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
from io import BytesIO
from pathlib import Path

from generator import packing, policy
from generator.config import load_config
from tests.browsing import CHROMIUM, Handler, served

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


class Compressing(Handler):
    """Texts in compressed form, as the servers in the docs send them."""

    def send_head(self) -> BytesIO | None:  # type: ignore[override]
        place = Path(self.translate_path(self.path))
        file = place / "index.html" if place.is_dir() else place
        if not file.is_file():
            self.send_error(404)
            return None
        is_text, data = packing.can_be_packed(file.name), file.read_bytes()
        body = gzip.compress(data) if is_text else data
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(file))
        self.send_header("Content-Length", str(len(body)))
        if is_text:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        return BytesIO(body)


def measure(url: str, folder: Path) -> tuple[dict[str, int], str]:
    """The scores of a page, of 100, and the version of Lighthouse."""
    report = folder / "report.json"
    flags = "--headless=new --no-sandbox --disable-background-networking"
    subprocess.run(
        [HERE / "node_modules/.bin/lighthouse", url, "--quiet", "--output=json",
         f"--output-path={report}", f"--chrome-flags={flags}", "--skip-audits=is-crawlable",
         f"--only-categories={','.join(KINDS)}"],
        check=True, env={**os.environ, "CHROME_PATH": CHROMIUM},
    )  # fmt: skip
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
        "it, of 100. The audit “is crawlable” is left out: an intranet asks search engines to "
        "stay away.\n\n| page | " + " | ".join(KINDS) + " | on |\n|---|---|---|---|---|---|\n"
    )
    return text + "\n".join(rows[name] for name in PAGES if name in rows) + "\n"


def main(names: list[str]) -> int:
    header = policy.header(load_config(ROOT / "site.yaml", "site.yaml"), search=True)
    pages, rows, version = chosen(names), rows_before(), ""
    today = time.strftime("%Y-%m-%d")
    with (
        served(ROOT / "public", header, handler=Compressing) as where,
        tempfile.TemporaryDirectory() as folder,
    ):
        for name, path in pages.items():
            scores, version = measure(where + path, Path(folder))
            rows[name] = f"| {name} | {' | '.join(str(scores[kind]) for kind in KINDS)} | {today} |"
            print(rows[name])
    TABLE.write_text(page_of(rows, version))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
