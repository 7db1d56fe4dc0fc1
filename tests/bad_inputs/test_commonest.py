"""The twenty commonest mistakes on one site, and all that is said of them, to be read by people.

The files in `golden` are what a writer sees. After a change in the words, have
them written anew with --update-golden, and read them before they are kept.
"""

from pathlib import Path

import pytest

from tests.bad_inputs.mistakes import front, photo
from tests.conftest import SITE, Site

GOLDEN = Path(__file__).parent / "golden"
NO_END = "---\ntitle: Zonder eind\ndate: 2026-11-01\n\nDe tekst.\n"
MISTAKES: dict[str, str | bytes] = {
    "01-colon": front("title: Let op: morgen dicht"),
    "02-number": front("title: Besluit #5"),
    "03-quotes": front('title: "Directie" zegt ja'),
    "04-apostrophe": front("title: 't Is weer zover"),
    "05-curly": front("title: “Open dag”"),
    "06-tab": front("topics:\n\t- geld"),
    "07-dutch-key": front("datum: 2026-11-01"),
    "08-topic": front("topics: mensne"),
    "09-author": front("authors: jann"),
    "10-date": front("date: 1-2-2026"),
    "11-no-such-day": front("date: 2026-02-30"),
    "12-maybe": front("draft: misschien"),
    "13-no-title": front("title:"),
    "14-no-end": NO_END,
    "15-no-start": "Hallo allemaal.\n",
    "16-picture": front(body="![De hal](foto.jpg)"),
    "17-link": front(body="Lees [meer](18-encodin.md)."),
    "18-encoding": front(body="Café.").encode("cp1252"),
    "19-merge": front(body="<<<<<<< HEAD\neen\n=======\ntwee\n>>>>>>> jan"),
    "20-space": front("summary:Kort"),
    "21-expired": front("expires: 2026-10-01"),
    "22-script": front(body="<script>alert(1)</script>"),
}


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_all_that_is_said_of_the_commonest_mistakes(
    site: Site, lang: str, update_golden: bool
) -> None:
    site.write("site.yaml", SITE.replace("language: nl", f"language: {lang}"))
    site.person("jan")
    site.write("content/news/Foto.jpg", photo())
    for name, data in MISTAKES.items():
        site.write(f"content/news/{name}.md", data)
    done = site.run("build", "--clock", site.clock, code=1)
    assert done.stdout == ""
    assert not (site.root / "public").exists()
    file = GOLDEN / f"commonest.{lang}.txt"
    if update_golden:
        file.write_text(done.stderr, encoding="utf-8")
    assert done.stderr == file.read_text(encoding="utf-8")


def test_every_mistake_is_told(site: Site) -> None:
    for lang in ("nl", "en"):
        said = (GOLDEN / f"commonest.{lang}.txt").read_text(encoding="utf-8")
        assert [name for name in MISTAKES if f"content/news/{name}.md:" not in said] == []
