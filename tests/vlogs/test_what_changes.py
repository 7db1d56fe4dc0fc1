"""What a change to a vlog costs: exactly what shows it, and never a look into a large film."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest

from generator.scan import YOUNG_NS
from generator.vlogs import moviefile
from tests.conftest import Site
from tests.films import SUBTITLES, film
from tests.vlogs.conftest import vlogs

# In which lists of the site the vlog `storm` stands, in Dutch and in English.
IN_FEEDS = ("", "vlogs", "series/rondje", "mensen/marjan")
IN_FEEDS_EN = ("en", "en/vlogs", "en/series/rondje", "en/people/marjan")


def split(paths: tuple[str, ...]) -> tuple[set[str], set[str]]:
    """Outputs but those of search, and those of search."""
    search = {
        path for path in paths if path.startswith(("assets/search/", "zoeken/", "en/search/"))
    }
    return set(paths) - search, search


def test_new_subtitles_touch_the_vlog_its_feeds_and_search(tmp_path: Path) -> None:
    site = vlogs(tmp_path / "site")
    site.write(
        "site.yaml", (site.root / "site.yaml").read_text().replace("search: no", "search: yes")
    )
    site.post("news/ernaast", "Zie [de storm](../vlogs/storm/index.md).", authors="[marjan]")
    site.build()
    file = site.root / "content/vlogs/storm/vlog.nl.vtt"
    file.write_text(file.read_text().replace("Dag allemaal.", "Goedemorgen allemaal."))
    result = site.build()
    written, searched = split(result.written)
    subtitles = {path for path in written if path.endswith("/vlog-nl.vtt")}
    feeds = {f"{place}/feed.xml".lstrip("/") for place in (*IN_FEEDS, *IN_FEEDS_EN)}
    assert len(subtitles) == 1
    assert written - subtitles == {"vlogs/storm/index.html", "en/vlogs/storm/index.html"} | feeds
    assert searched
    assert "Goedemorgen allemaal." in site.read("vlogs/storm/index.html")


OPENED: list[str] = []


def _hear(event: str, args: tuple[object, ...]) -> None:
    if event == "open" and isinstance(args[0], str | Path):
        OPENED.append(str(args[0]))


sys.addaudithook(_hear)


def opened(name: str) -> list[str]:
    """How often files of this name were opened since the list was emptied."""
    return [path for path in OPENED if path.endswith(name)]


def large_film(site: Site, name: str, size_bytes: int = 100_000_000) -> Path:
    """A film of 100 MB, most of it empty, filmed some time ago."""
    file = site.write(f"content/vlogs/{name}", film(90))
    with file.open("r+b") as stream:
        stream.truncate(size_bytes)
    os.utime(file, (1_700_000_000, 1_700_000_000))
    return file


@pytest.fixture
def filmed(site: Site) -> Site:
    """A built site with a film of 100 MB."""
    large_film(site, "groot.mp4")
    site.post("vlogs/a", video="groot.mp4", captions="{nl: a.vtt}")
    site.write("content/vlogs/a.vtt", "WEBVTT\n\n00:00.500 --> 00:02.000\nHallo.\n")
    site.build()
    return site


def published(site: Site) -> Path:
    [file] = (site.root / "public/media").rglob("groot.mp4")
    return file


def test_a_large_film_is_neither_read_nor_copied_again(filmed: Site) -> None:
    # What was written a moment ago is looked at once more; from then on it is trusted.
    time.sleep(YOUNG_NS / 1_000_000_000 + 0.1)
    filmed.build()
    before = published(filmed).stat()
    changes: dict[str, Callable[[], object]] = {
        "nothing": lambda: None,
        "text": lambda: filmed.post(
            "vlogs/a", "Anders.", video="groot.mp4", captions="{nl: a.vtt}"
        ),
        "subtitles": lambda: filmed.write("content/vlogs/a.vtt", SUBTITLES),
        "another": lambda: filmed.post("news/b", "Zie [de film](../vlogs/groot.mp4)."),
    }
    for name, change in changes.items():
        change()
        OPENED.clear()
        assert bool(filmed.build().written) == (name != "nothing")
        assert opened("groot.mp4") == [], name
        after = published(filmed).stat()
        assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns), name


class Counting:
    """A stream that remembers how many bytes were asked of it each time."""

    def __init__(self, stream: BinaryIO, read: list[int]) -> None:
        self.stream, self.asked = stream, read

    def read(self, size: int = -1) -> bytes:
        self.asked.append(size)
        return self.stream.read(size)

    def seek(self, *where: int) -> int:
        return self.stream.seek(*where)


def test_the_facts_of_a_film_are_read_from_its_head(site: Site) -> None:
    """A few kB of a file of any size, counted by where the reader has been."""
    file = large_film(site, "groot.mp4", 4_000_000_000)
    read: list[int] = []
    with file.open("rb") as stream:
        facts = moviefile._boxed(Counting(stream, read))  # type: ignore[arg-type]
    assert facts is not None
    assert facts.duration_ms == 90_000
    assert min(read) > 0
    assert sum(read) < 10_000


def test_a_new_film_replaces_the_old_one(filmed: Site) -> None:
    old = published(filmed)
    filmed.write("content/vlogs/groot.mp4", film(60))
    result = filmed.build()
    assert str(old.relative_to(filmed.root / "public")) in result.removed
    assert published(filmed) != old
