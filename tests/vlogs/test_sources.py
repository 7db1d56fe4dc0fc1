"""Where a vlog can come from: files of every usual sort, and players of other sites."""

import struct
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from generator import policy
from generator.vlogs import moviefile
from generator.vlogs.embeds import embed_of
from tests.browsing import served
from tests.conftest import Site
from tests.films import SUBTITLES
from tests.vlogs.test_player import soon

TENANT, TUBE = "https://voorbeeld.sharepoint.com", "https://tube.elders.example"
SHARED = f"{TENANT}/sites/communicatie/_layouts/15/embed.aspx?UniqueId=0f1e2d3c&embed=%7B%7D"
OTHER = "https://speler.elders.example"
YOUTUBE = "https://www.youtube-nocookie.com/embed/abcdefghijk"
VIMEO = "https://player.vimeo.com/video/123456789?dnt=1"
UNLISTED = "https://player.vimeo.com/video/123456789?h=a1b2c3d4e5&dnt=1"
STREAM = "https://web.microsoftstream.com"
PLAYERS = [
    # what somebody copies, what site.yaml names, whose it is, what is asked for after a click
    ("https://www.youtube.com/watch?v=abcdefghijk&t=3", "youtube", "YouTube", YOUTUBE),
    ("https://youtu.be/abcdefghijk?si=x", "youtube", "YouTube", YOUTUBE),
    ("https://www.youtube.com/shorts/abcdefghijk", "youtube", "YouTube", YOUTUBE),
    ("https://vimeo.com/123456789", "vimeo", "Vimeo", VIMEO),
    # Unlisted at Vimeo: it plays only with the code that stands behind the number.
    ("https://vimeo.com/123456789/a1b2c3d4e5?share=copy", "vimeo", "Vimeo", UNLISTED),
    ("https://player.vimeo.com/video/123456789?h=a1b2c3d4e5", "vimeo", "Vimeo", UNLISTED),
    (f"{TUBE}/w/kT9xAbCd", TUBE, "tube.elders.example", f"{TUBE}/videos/embed/kT9xAbCd"),
    (f"{TUBE}/videos/watch/kT9xAb", TUBE, "tube.elders.example", f"{TUBE}/videos/embed/kT9xAb"),
    (f"{STREAM}/video/0f1e-2d", "stream", "Microsoft Stream", f"{STREAM}/embed/video/0f1e-2d"),
    (SHARED, TENANT, "SharePoint", SHARED),
    (f"{OTHER}/zomaar?x=1", OTHER, "speler.elders.example", f"{OTHER}/zomaar?x=1"),
]


@pytest.mark.parametrize(("address", "allowed", "name", "frame"), PLAYERS)
def test_a_player_of_another_site_waits_for_a_click(
    site: Site, address: str, allowed: str, name: str, frame: str
) -> None:
    settings = site.root / "site.yaml"
    settings.write_text(settings.read_text() + f'media: {{embeds: ["{allowed}"]}}\n')
    site.post("vlogs/a", video=f'"{address}"', captions="{nl: a.vtt}")
    site.write("content/vlogs/a.vtt", SUBTITLES)
    site.build(strict=True)
    page = site.read("vlogs/a/index.html")
    assert f'data-embed="{frame.replace("&", "&amp;")}"' in page
    assert f'href="{address.replace("&", "&amp;")}"' in page
    assert f"van {name}" in page
    assert "<iframe" not in page
    assert "Hallo allemaal." in page
    origin = "/".join(frame.split("/")[:3])
    assert f"frame-src {origin};" in policy.header(site.config)


@pytest.mark.parametrize(
    "address",
    [
        "http://vimeo.com/1",
        "https://",
        "https://vimeo.com/over",
        "https://www.youtube.com/playlist?list=PLabcdefghijk",
        "https://x.sharepoint.com/:v:/s/a",
    ],
)
def test_an_address_that_is_no_player_gives_none(address: str) -> None:
    assert embed_of(address) is None


def made(file: Path, *options: str, picture: bool = True) -> Path:
    """A real file of two seconds, made by ffmpeg."""
    file.parent.mkdir(parents=True, exist_ok=True)
    image = ["-f", "lavfi", "-i", "testsrc2=size=320x180:rate=10:duration=2"] if picture else []
    sound = ["-f", "lavfi", "-i", "sine=440:duration=2"]
    subprocess.run(["ffmpeg", "-v", "error", "-y", *image, *sound, *options, str(file)], check=True)
    return file


SORTS = [
    ("a.mp4", ("-c:v", "libx264", "-c:a", "aac", "-movflags", "+faststart"), True, "video/mp4"),
    ("a.mov", ("-c:v", "libx264", "-c:a", "aac"), True, "video/quicktime"),
    ("a.webm", ("-c:v", "libvpx", "-c:a", "libvorbis"), True, "video/webm"),
    ("a.mp3", (), False, "audio/mpeg"),
    ("a.m4a", ("-c:a", "aac"), False, "audio/mp4"),
    ("a.ogg", ("-c:a", "libvorbis"), False, "audio/ogg"),
    ("a.opus", ("-c:a", "libopus"), False, "audio/ogg"),
    ("a.wav", (), False, "audio/wav"),
    ("sound.mp4", ("-c:a", "aac"), False, "audio/mp4"),
]


@pytest.mark.parametrize(("name", "options", "picture", "type_"), SORTS)
def test_files_of_every_usual_sort_are_measured_and_play(
    site: Site, browser: Browser, name: str, options: tuple[str, ...], picture: bool, type_: str
) -> None:
    file = made(site.root / "content/vlogs" / name, *options, picture=picture)
    facts = moviefile.measure(file)
    assert facts.trouble == ""
    assert abs(facts.duration_ms - 2000) < 150
    assert (facts.width, facts.height) == ((320, 180) if picture else (0, 0))
    site.post("vlogs/a", video=name, captions="{nl: a.vtt}")
    site.write("content/vlogs/a.vtt", SUBTITLES)
    assert site.whole(strict=True).cards["nl/vlogs/a"].duration_seconds == 2
    page, feed = site.read("vlogs/a/index.html"), site.read("vlogs/feed.xml")
    assert (f'type="{type_}"' in page) == (type_ != "video/quicktime")
    assert f'length="{file.stat().st_size}" type="{type_}"' in feed
    assert ("<video controls" in page) == picture
    assert ("<audio controls" in page) != picture
    with served(site.root / "public", policy.header(site.config)) as address:
        opened = browser.new_page()
        opened.goto(f"{address}/vlogs/a/")
        player = opened.locator("video, audio")
        player.evaluate("player => { player.muted = true; player.play(); }")
        assert soon(lambda: player.evaluate("player => player.currentTime") > 0.2)
        assert abs(player.evaluate("player => player.duration") - 2) < 0.2
        opened.close()


# How a phone writes that it lay flat, or stood up: as a turn of the picture, not as other pixels.
_ONE, _ALL = 1 << 16, 1 << 30
UPRIGHT = ((_ONE, 0, 0, 0, _ONE, 0, 0, 0, _ALL), (0, _ONE, 0, -_ONE, 0, 0, 180 * _ONE, 0, _ALL))


def test_a_film_from_an_upright_phone_is_upright_and_fits(site: Site, browser: Browser) -> None:
    folder = site.root / "content/vlogs"
    flat = made(folder / "plat.mp4", "-c:v", "libx264", "-c:a", "aac")
    film = flat.read_bytes()
    at = film.index(b"tkhd") + 4 + 40
    assert film[at : at + 36] == struct.pack(">9i", *UPRIGHT[0])
    (folder / "a.mp4").write_bytes(film[:at] + struct.pack(">9i", *UPRIGHT[1]) + film[at + 36 :])
    flat.unlink()
    site.post("vlogs/a", video="a.mp4", captions="{nl: a.vtt}")
    site.write("content/vlogs/a.vtt", SUBTITLES)
    site.build(strict=True)
    with served(site.root / "public", policy.header(site.config)) as address:
        opened = browser.new_page(viewport={"width": 390, "height": 800})
        opened.goto(f"{address}/vlogs/a/")
        # Before anything of the film is there.
        box = opened.locator("video").bounding_box()
        opened.close()
    assert box is not None
    assert box["width"] > 340
    assert 600 < box["height"] <= 640


def test_a_file_on_your_own_media_host_plays_in_the_page(site: Site) -> None:
    settings = site.root / "site.yaml"
    settings.write_text(settings.read_text() + "media: {hosts: ['https://10.1.2.3']}\n")
    site.post("vlogs/a", video="https://10.1.2.3/a.mp4", size="48 MB", duration="2:00",
              captions="{nl: a.vtt}")  # fmt: skip
    site.write("content/vlogs/a.vtt", SUBTITLES)
    site.build(strict=True)
    assert '<source src="https://10.1.2.3/a.mp4" type="video/mp4">' in site.read(
        "vlogs/a/index.html"
    )
    assert 'length="48000000" type="video/mp4"' in site.read("vlogs/feed.xml")
    assert "media-src 'self' https://10.1.2.3;" in policy.header(site.config)
