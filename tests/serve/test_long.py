"""A day's work in a minute: hundreds of saves, and the preview ends as a clean build would.

Time is counted in CPU seconds of the preview, so that a busy machine can do no wrong.
"""

import os
import random
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Site
from tests.serve.conftest import Preview
from tests.serve.editors import PATTERNS, POST

pytestmark = pytest.mark.long
PLACE = ".plein/preview/all/site"
PATIENCE = 300.0
SOON, SOON_IN_BULK = 2.0, 5.0


def cpu_seconds(preview: Preview) -> float:
    """What the preview and its workers have used."""
    fields = Path(f"/proc/{preview.process.pid}/stat").read_text().rpartition(")")[2].split()
    return sum(int(fields[at]) for at in (11, 12, 13, 14)) / os.sysconf("SC_CLK_TCK")


def soon(preview: Preview, is_so: Callable[[], bool], what: str, cpu: float = SOON) -> None:
    """Wait until something is so, and see that the preview did not work longer for it."""
    before = cpu_seconds(preview)
    preview.until(is_so, what, PATIENCE)
    assert cpu_seconds(preview) - before < cpu, what


def shows(preview: Preview, text: str) -> None:
    soon(preview, lambda: text in preview.ask("/nieuws/eerste/")[1], text)


def is_as_a_clean_build(site: Site, clean: Site) -> None:
    """The preview's site is, byte for byte, what a build of the same sources makes."""
    shutil.rmtree(clean.root / "content")
    shutil.copytree(site.root / "content", clean.root / "content")
    clean.build()
    assert site.tree(PLACE) == clean.tree()


@pytest.mark.parametrize("save", PATTERNS)
def test_a_hundred_saves_come_out_as_a_clean_build(
    preview: Preview, save: Callable[[Path, str], None], new_site: Callable[[str], Site]
) -> None:
    file, chance = preview.site.root / "content/news/eerste.md", random.Random(7)
    for number in range(100):
        save(file, POST.format(f"Versie {number}."))
        # Some are looked at, some follow each other as fast as a nervous hand can save.
        if chance.random() < 0.3:
            shows(preview, f"Versie {number}.")
        elif chance.random() < 0.5:
            time.sleep(chance.random() / 20)
    shows(preview, "Versie 99.")
    assert preview.state()["trouble"] == ""
    is_as_a_clean_build(preview.site, new_site("schoon"))


def test_a_hundred_mistakes_are_told_and_a_hundred_are_mended(
    preview: Preview, new_site: Callable[[str], Site]
) -> None:
    file = preview.site.root / "content/news/eerste.md"
    mistakes = (
        "---\ntitel: Mis\n---\n", "---\ntitle: [\n---\n", "---\ntitle: x\n", "",
        "---\ntitle: x\n---\n\n[weg](weg.md) {}\n", "---\ntitle: x\ntopics: gelt\n---\n",
        "---\ntitle: x\ndate: 31-02-2026\n---\n", "---\ntitle: x\n---\n\n![](weg.jpg)\n",
    )  # fmt: skip
    last = "Allereerst."
    for number in range(100):
        save, mistake = PATTERNS[number % len(PATTERNS)], mistakes[number % len(mistakes)]
        save(file, mistake)
        soon(preview, lambda: "eerste.md" in preview.state()["trouble"], f"mistake {number}")
        assert last in preview.ask("/nieuws/eerste/")[1]
        last = f"Goed {number}."
        save(file, POST.format(last))
        shows(preview, last)
        soon(preview, lambda: preview.state()["trouble"] == "", f"mended {number}")
    is_as_a_clean_build(preview.site, new_site("schoon"))


def test_folders_move_in_and_out_and_come_out_as_a_clean_build(
    preview: Preview, new_site: Callable[[str], Site]
) -> None:
    site = preview.site
    for number in range(20):
        site.write(f"elders/map/foto-{number}.txt", "x")
        site.write(f"elders/map/bericht-{number}.md", POST.format(f"Bericht {number}."))
    inside, outside = site.root / "content/news/map", site.root / "elders/map"
    for _ in range(25):
        outside.rename(inside)
        soon(preview, lambda: preview.ask("/nieuws/map/bericht-19/")[0] == 200, "moved in")
        inside.rename(outside)
        soon(preview, lambda: preview.ask("/nieuws/map/bericht-19/")[0] == 404, "moved out")
    content, away = site.root / "content", site.root / "content-weg"
    for number in range(25):
        content.rename(away)
        soon(preview, lambda: "content" in preview.state()["trouble"], "content is gone")
        away.rename(content)
        soon(preview, lambda: preview.state()["trouble"] == "", "content is back")
        site.post("news/eerste", f"Terug {number}.")
        shows(preview, f"Terug {number}.")
    is_as_a_clean_build(site, new_site("schoon"))


def test_a_checkout_of_a_thousand_files_takes_at_most_two_builds(
    preview: Preview, new_site: Callable[[str], Site]
) -> None:
    site = preview.site
    preview.git("init", "-b", "weinig")
    preview.git("add", "content", "site.yaml")
    preview.git("commit", "-m", "weinig")
    preview.git("checkout", "-b", "veel")
    for number in range(1000):
        site.post(f"news/bericht-{number}", f"Tekst {number}.")
    preview.git("add", "content")
    preview.git("commit", "-m", "veel")
    preview.until(lambda: preview.ask("/nieuws/bericht-999/")[0] == 200, "all", PATIENCE)
    for branch, status in (("weinig", 404), ("veel", 200)):
        time.sleep(5)
        numbers = {before := preview.state()["number"]}
        preview.git("checkout", branch)

        def is_there(wanted: int = status, seen: set[str] = numbers) -> bool:
            seen.add(preview.state()["number"])
            return all(preview.ask(f"/nieuws/bericht-{one}/")[0] == wanted for one in (0, 500, 999))

        # A thousand posts are converted and a thousand pages made: that is the work of a build.
        soon(preview, is_there, branch, 2 * SOON_IN_BULK)
        assert len(numbers - {before}) <= 2
    is_as_a_clean_build(site, new_site("schoon"))


def test_a_thousand_builds_take_no_more_memory_or_files(preview: Preview) -> None:
    file = preview.site.root / "content/news/eerste.md"
    folder = Path(f"/proc/{preview.process.pid}")

    def used() -> tuple[int, int]:
        pages = int((folder / "statm").read_text().split()[1])
        return pages, len(list((folder / "fd").iterdir()))

    def save(number: int) -> None:
        file.write_text(POST.format(f"Versie {number}."))
        shows(preview, f"Versie {number}.")

    for number in range(100):
        save(number)
    memory, files = used()
    for number in range(100, 1100):
        save(number)
    after = used()
    assert after[0] < memory * 1.1
    assert after[1] <= files + 2
