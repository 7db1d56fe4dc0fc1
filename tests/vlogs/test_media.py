"""`plein media`: a film from a phone becomes fit for the web, and nobody's repository grows."""

import json
import os
import pty
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from generator.vlogs import moviefile, renditions
from generator.vlogs.moviefile import MovieFacts
from tests.bad_inputs.mistakes import only, text
from tests.conftest import Site
from tests.films import SUBTITLES

VLOG = "content/vlogs/begroting"
SETTINGS = "media: {renditions: yes, max_mb: 1}\n"


def filmed(file: Path, seconds: int = 2, size: str = "1920x1080", **more: str) -> None:
    """A film as a phone makes it: large, with its index behind it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    made_of = [f"testsrc2=size={size}:rate=10:duration={seconds}", f"sine=440:duration={seconds}"]
    sources = [part for one in made_of for part in ("-f", "lavfi", "-i", one)]
    options = ["-c:v", "libx264", "-preset", "ultrafast", "-crf", "12", "-c:a", "aac"]
    place = ["-metadata", "location=+52.1+5.1/", *more.values()]
    command = ["ffmpeg", "-v", "error", "-y", *sources, *options, *place, str(file)]
    subprocess.run(command, check=True)


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("phone") / "IMG_1234.MOV"
    filmed(file)
    return file


def vlog(site: Site, film: Path, settings: str = SETTINGS) -> None:
    site.write("site.yaml", (site.root / "site.yaml").read_text() + settings)
    site.post("vlogs/begroting/index", video="IMG_1234.MOV", captions="{nl: nl.vtt}")
    site.write(f"{VLOG}/nl.vtt", SUBTITLES)
    shutil.copy(film, site.root / VLOG / "IMG_1234.MOV")


def films_in(folder: Path) -> list[Path]:
    return sorted(one for one in folder.rglob("*") if moviefile.is_movie(one.name))


def test_a_film_from_a_phone_becomes_fit_for_the_web(site: Site, film: Path) -> None:
    vlog(site, film)
    assert [one.code for one in site.build().problems] == ["rendition-missing"]
    assert [one.suffix for one in films_in(site.root / "public")] == [".mov"]
    before = {str(one) for one in (site.root / "content").rglob("*")}
    done = json.loads(site.run("media", "--format", "json").stdout)
    assert [one.get("poster") for one in done] == [f"{VLOG}/poster.jpg", None]
    assert done[1]["after_bytes"] < done[1]["before_bytes"]
    after = {str(one) for one in (site.root / "content").rglob("*")}
    assert after - before == {str(site.root / VLOG / "poster.jpg")}
    assert site.build(strict=True).problems == ()
    made = films_in(site.root / "public")
    assert [one.name for one in made] == ["img-1234.mp4"]
    facts = moviefile.measure(made[0])
    assert (facts.width, facts.height, facts.codec) == (1280, 720, "avc1")
    assert facts.starts_fast
    assert b"+52.1" not in made[0].read_bytes()
    page, feed = site.read("vlogs/begroting/index.html"), site.read("vlogs/feed.xml")
    place = f"/media/{made[0].parent.name}/img-1234.mp4"
    assert f'<source src="{place}" type="video/mp4">' in page
    assert "poster.jpg" in page
    assert f'length="{made[0].stat().st_size}" type="video/mp4"' in feed


def test_nothing_is_made_twice_and_what_nobody_uses_goes(site: Site, film: Path) -> None:
    vlog(site, film)
    site.run("media")
    [kept] = films_in(site.root / renditions.FOLDER)
    first = kept.stat()
    assert json.loads(site.run("media", "--format", "json").stdout) == []
    assert kept.stat().st_mtime_ns == first.st_mtime_ns
    assert site.build().problems == ()
    assert not site.build().written
    site.post("vlogs/begroting/index", video="other.mp4", captions="{nl: nl.vtt}")
    filmed(site.root / VLOG / "other.mp4", 1, "640x360", fast="-movflags", more="+faststart")
    site.run("media")
    assert films_in(site.root / renditions.FOLDER) == []


def test_a_build_with_renditions_is_exact(site: Site, film: Path) -> None:
    """What is there decides, not when it came: the same bytes step by step and at once."""
    vlog(site, film)
    site.build()
    site.run("media")
    site.build()
    step_by_step = site.tree()
    shutil.rmtree(site.root / "public")
    (site.root / ".plein/cache.sqlite").unlink()
    site.build()
    assert site.tree() == step_by_step
    shutil.rmtree(site.root / renditions.FOLDER)
    assert [one.code for one in site.build().problems] == ["rendition-missing"]
    assert [one.suffix for one in films_in(site.root / "public")] == [".mov"]


def test_a_damaged_rendition_is_not_published(site: Site, film: Path) -> None:
    vlog(site, film)
    site.run("media")
    [kept] = films_in(site.root / renditions.FOLDER)
    data = kept.read_bytes()
    kept.write_bytes(data[:-9] + bytes(9))
    assert only(site, "rendition-damaged").span.path == f"{VLOG}/IMG_1234.MOV"
    kept.write_bytes(data[:-9])
    assert [one.code for one in site.build().problems] == ["rendition-missing"]
    site.run("media")
    assert site.build().problems == ()


def test_without_ffmpeg_a_message_tells_how_to_go_on(site: Site, film: Path) -> None:
    vlog(site, film)
    site.env = {"PATH": "/nowhere"}
    told = site.run("media", code=2).stderr
    assert "ffmpeg-missing" in told
    assert "apt install ffmpeg" in told
    assert site.build().problems[0].code == "rendition-missing"


def test_a_film_that_ffmpeg_cannot_read_is_told(site: Site, tmp_path: Path) -> None:
    from tests.films import film as header

    file = tmp_path / "a.mov"
    file.write_bytes(header(90))
    vlog(site, file)
    told = site.run("media", code=1).stderr
    assert "ffmpeg-failed" in told
    assert films_in(site.root / renditions.FOLDER) == []


def test_a_vlog_without_a_picture_is_asked_for_one(site: Site, film: Path) -> None:
    vlog(site, film, "")
    assert "poster-missing" in site.run("check", code=None).stderr
    site.run("media")
    assert "poster-missing" not in site.run("check", code=None).stderr
    assert site.whole().cards["nl/vlogs/begroting"].picture


@pytest.mark.parametrize(
    ("path", "facts", "megabytes", "needed"),
    [
        ("a.mp4", MovieFacts(60_000, 1280, 720, "avc1"), 10, False),
        ("a.mp4", MovieFacts(60_000, 720, 1280, "avc1"), 10, False),
        ("a.mp4", MovieFacts(60_000, 1080, 1920, "avc1"), 10, True),
        ("a.mp4", MovieFacts(60_000, 1280, 720, "avc1"), 40, True),
        ("a.mp4", MovieFacts(60_000, 1280, 720, "avc1", starts_fast=False), 10, True),
        ("a.mp4", MovieFacts(60_000, 1280, 720, "hvc1"), 10, True),
        ("a.mov", MovieFacts(60_000, 1280, 720, "avc1"), 10, True),
        ("a.webm", MovieFacts(60_000, 1280, 720, "webm"), 10, True),
        ("a.mp3", MovieFacts(60_000), 10, False),
        ("a.mp4", MovieFacts(trouble="media-empty"), 0, False),
    ],
)
def test_only_what_needs_it_is_made_again(
    path: str, facts: MovieFacts, megabytes: int, needed: bool
) -> None:
    assert renditions.is_worthwhile(path, facts, megabytes * 1_000_000) == needed


def test_of_two_renditions_of_one_film_one_is_published(site: Site) -> None:
    folder = site.root / renditions.FOLDER
    names = [renditions.name_of("a" * 24, own * 24, 1, (1280, 720)) for own in "bc"]
    for name in names:
        site.write(f"{renditions.FOLDER}/{name}", "x")
    kept = renditions.kept(site.root)
    assert [one.file for one in kept.values()] == [f"{renditions.FOLDER}/{names[1]}"]
    assert len(films_in(folder)) == 2


def test_the_advice_for_a_large_film_names_the_way_out(site: Site, film: Path) -> None:
    vlog(site, film, "media: {max_mb: 1}\n")
    assert film.stat().st_size > 1_000_000
    [found] = site.build().problems
    assert found.code == "media-too-large"
    assert "plein media" in text(found)


def _read_all(terminal: int) -> Iterator[str]:
    """What was written to a terminal whose other end is closed."""
    with suppress(OSError):
        while data := os.read(terminal, 4096):
            yield data.decode(errors="replace")


def test_a_bar_tells_how_far_it_is_on_a_terminal(site: Site, film: Path) -> None:
    vlog(site, film)
    ours, theirs = pty.openpty()
    env = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
    env.pop("CI", None)
    with subprocess.Popen(
        [sys.executable, "-m", "generator", "media"], cwd=site.root, env=env,
        stdout=subprocess.PIPE, stderr=theirs, text=True,
    ) as process:  # fmt: skip
        os.close(theirs)
        seen = "".join(_read_all(ours))
        told = process.stdout.read() if process.stdout else ""
    os.close(ours)
    assert process.returncode == 0
    assert "begroting" in seen
    assert "100%" in seen
    assert "MB" in told
