"""The preview follows what happens to the sources, however an editor does it, and never dies."""

import gc
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from generator.answers import Known
from generator.ledger import LEDGER, Line, text_of
from tests.conftest import SITE, Site
from tests.films import SUBTITLES
from tests.serve.conftest import Preview
from tests.serve.editors import PATTERNS, POST
from tests.vlogs.test_media import filmed


@pytest.mark.parametrize("save", PATTERNS)
def test_a_save_appears_however_it_is_done(
    preview: Preview, save: Callable[[Path, str], None]
) -> None:
    file = preview.site.root / "content/news/eerste.md"
    for number in range(3):
        save(file, POST.format(f"Versie {number} van de tekst."))
        preview.shows("/nieuws/eerste/", f"Versie {number} van de tekst.")
    assert preview.state()["trouble"] == ""


def test_a_mistake_is_told_and_the_last_good_page_stays(preview: Preview) -> None:
    site, file = preview.site, preview.site.root / "content/news/eerste.md"
    for number in range(3):
        file.write_text("---\ntitel: Mis\n---\n")
        site.post("news/tweede", "![x](weg.jpg)")
        preview.until(lambda: "eerste.md:2:1" in preview.state()["trouble"], "the mistake")
        preview.until(lambda: "weg.jpg" in preview.state()["trouble"], "the second mistake")
        status, page = preview.ask("/nieuws/eerste/")
        assert status == 200
        assert ("Allereerst." if number == 0 else f"Goed {number - 1}.") in page
        file.write_text(POST.format(f"Goed {number}."))
        (site.root / "content/news/tweede.md").unlink()
        preview.shows("/nieuws/eerste/", f"Goed {number}.")
        preview.until(lambda: preview.state()["trouble"] == "", "it is mended")


def test_settings_and_theme_are_followed_too(preview: Preview) -> None:
    site = preview.site
    settings = (site.root / "site.yaml").read_text()
    site.write("site.yaml", settings.replace("Ons Plein", "Het Andere Plein"))
    preview.shows("/", "Het Andere Plein")
    site.write("themes/eigen/theme.yaml", "name: eigen\nextends: default\ncontract: 1\n")
    site.write("themes/eigen/templates/home.html", "<title>x</title><p>Eigen voorpagina</p>")
    site.write("site.yaml", f"{settings}theme: eigen\n")
    preview.shows("/", "Eigen voorpagina")
    site.write("site.yaml", "title: [")
    preview.until(lambda: "site.yaml" in preview.state()["trouble"], "broken settings")
    site.write("site.yaml", settings)
    preview.shows("/", "Ons Plein")


def test_what_a_site_is_made_of_beside_its_folders_is_followed(
    site: Site, start: Callable[..., Preview]
) -> None:
    """Films that `plein media` made, and the list of addresses that were published."""
    site.write("site.yaml", f"{SITE}media: {{renditions: yes}}\n")
    site.post("vlogs/film/index", video="IMG_1.MOV", captions="{nl: nl.vtt}")
    site.write("content/vlogs/film/nl.vtt", SUBTITLES)
    filmed(site.root / "content/vlogs/film/IMG_1.MOV", 1)
    # So that no picture is made beside the film: that is seen anyway.
    Image.new("RGB", (320, 180)).save(site.root / "content/vlogs/film/poster.jpg")
    preview = start()
    preview.shows("/vlogs/film/", "img-1.mov")
    site.run("media")
    preview.shows("/vlogs/film/", "img-1.mp4")
    site.write(LEDGER, text_of([Line("/nieuws/oud/", "nl/vlogs/film", "Film")]))
    preview.until(lambda: "/vlogs/film/" in preview.ask("/nieuws/oud/")[1], "where it went")


def test_the_content_folder_may_go_and_come_back(preview: Preview) -> None:
    content = preview.site.root / "content"
    shutil.move(content, preview.site.root / "elders")
    preview.until(lambda: "content" in preview.state()["trouble"], "that it is gone")
    assert "Allereerst." in preview.ask("/nieuws/eerste/")[1]
    shutil.move(preview.site.root / "elders", content)
    preview.until(lambda: preview.state()["trouble"] == "", "that it is back")
    preview.site.post("news/eerste", "Na terugkomst.")
    preview.shows("/nieuws/eerste/", "Na terugkomst.")


def test_a_checkout_of_many_files_takes_at_most_two_builds(preview: Preview) -> None:
    site = preview.site
    preview.git("init", "-b", "main")
    preview.git("add", "content", "site.yaml")
    preview.git("commit", "-m", "een")
    preview.git("checkout", "-b", "veel")
    for number in range(300):
        site.post(f"news/bericht-{number}", f"Tekst {number}.")
    preview.git("add", "content")
    preview.git("commit", "-m", "veel")
    preview.git("checkout", "main")
    preview.until(lambda: preview.ask("/nieuws/bericht-299/")[0] == 404, "they are gone", 60)
    before = preview.state()["number"]
    numbers = {before}
    preview.git("checkout", "veel")

    def is_there() -> bool:
        numbers.add(preview.state()["number"])
        return preview.ask("/nieuws/bericht-299/")[0] == 200

    preview.until(is_there, "all are there", 60)
    assert len(numbers - {before}) <= 2


def test_what_is_due_appears_by_itself(site: Site, start: Callable[..., Preview]) -> None:
    from datetime import datetime, timedelta
    from zoneinfo import ZoneInfo

    soon = datetime.now(ZoneInfo("Europe/Amsterdam")) + timedelta(seconds=10)
    soon = soon.replace(microsecond=0)
    site.post("news/straks", "Nu dan toch.", date=f'"{soon:%Y-%m-%d %H:%M:%S}"')
    preview = start("--as-published", clock="")
    preview.until(lambda: preview.ask("/")[0] == 200, "a start", 30)
    if datetime.now(ZoneInfo("Europe/Amsterdam")) < soon:
        assert preview.ask("/nieuws/straks/")[0] == 404
    preview.until(lambda: preview.ask("/nieuws/straks/")[0] == 200, "its time", 30)


def test_on_its_own_clock_it_follows_edits_of_a_text_and_answers_for_the_whole_site(
    site: Site, start: Callable[..., Preview]
) -> None:
    site.post("news/eerste", "Een.", summary="Kort.")
    site.post("news/later", "Later.", date="2099-12-01")
    for number in range(1, 29):
        site.post(f"news/ouder-{number}", date=f"2025-02-{number:02}")
    preview = start(clock="")
    preview.shows("/nieuws/eerste/", "Een.")
    for text in ("Twee.", "Drie."):
        site.post("news/eerste", text, summary="Kort.")
        preview.shows("/nieuws/eerste/", text)
    status, page = preview.ask("/_preflight/")
    assert status == 200
    assert "content/news/later.md" in page
    assert preview.process.poll() is None


def test_it_looks_by_itself_where_nobody_tells(site: Site, start: Callable[..., Preview]) -> None:
    site.post("news/eerste", "Een.")
    preview = start("--poll")
    preview.shows("/nieuws/eerste/", "Een.")
    site.post("news/eerste", "Twee.")
    preview.shows("/nieuws/eerste/", "Twee.")


def test_it_opens_the_browser_when_that_is_asked(
    site: Site, start: Callable[..., Preview], monkeypatch: pytest.MonkeyPatch
) -> None:
    site.post("news/eerste", "Een.")
    opener = site.write("bin/xdg-open", f'#!/bin/sh\necho "$1" >> {site.root}/opened\n')
    opener.chmod(0o755)
    monkeypatch.setenv("PATH", f"{opener.parent}:{os.environ['PATH']}")
    preview = start("-o")
    opened = site.root / "opened"
    preview.until(opened.is_file, "that the browser is opened")
    assert opened.read_text() == f"{preview.address}/\n"
    assert preview.ask("/")[0] == 200


def test_drafts_are_seen_unless_it_is_as_published(
    site: Site, start: Callable[..., Preview]
) -> None:
    site.post("news/af", "Klaar.")
    site.post("news/half", "Half.", draft="yes")
    everything, published = start(), start("--as-published")
    everything.shows("/nieuws/half/", "ribbon")
    published.shows("/nieuws/af/", "Klaar.")
    assert published.ask("/nieuws/half/")[0] == 404
    assert everything.port != published.port
    assert not (site.root / "public").exists()


def test_a_build_leaves_nothing_of_itself_in_memory(site: Site) -> None:
    def alive() -> int:
        # What the first round lets go may hold what only the next can see.
        for _ in range(4):
            gc.collect()
        return sum(isinstance(one, Known) for one in gc.get_objects())

    site.post("news/eerste")
    site.build()
    before = alive()
    for number in range(5):
        site.post("news/eerste", f"Versie {number}.")
        site.build()
    assert alive() <= before
