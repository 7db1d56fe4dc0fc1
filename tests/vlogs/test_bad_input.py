"""A film or subtitles that are not right: one message, at the line where it is mended."""

import pytest

from tests.bad_inputs.mistakes import only, text
from tests.conftest import Site
from tests.films import SUBTITLES, film

ELSEWHERE = "https://www.youtube.com/watch?v=abcdefghijk"


def vlog(site: Site, video: str = "a.mp4", data: bytes = film(90), **keys: str) -> None:
    """A vlog with its film and subtitles beside it."""
    site.post("vlogs/a", video=video, **{"captions": "{nl: a.vtt}", **keys})
    site.write("content/vlogs/a.vtt", SUBTITLES)
    site.write("content/vlogs/a.mp4", data)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "media-empty"),
        (b"gewoon tekst, geen film", "media-unreadable"),
        (film()[:40] + b"x" * 50, "media-unreadable"),
        (film()[:-30], "media-unreadable"),
    ],
)
def test_what_is_no_film_is_told(site: Site, data: bytes, code: str) -> None:
    vlog(site, data=data)
    assert only(site, code).span.line == 4


@pytest.mark.parametrize(
    ("video", "code"),
    [
        (ELSEWHERE, "embed-not-allowed"),
        ("https://www.youtube.com/@waterschap", "embed-unknown"),
        ("https://vimeo.com/over", "embed-unknown"),
        ("https://voorbeeld.sharepoint.com/:v:/s/team/EaBc", "embed-unknown"),
        ("https://10.1.2.3/a.mp4", "video-private"),
        ("https://localhost/a.mp4", "video-private"),
        ("https://schijf.lan/a.mp4", "video-private"),
        ("https://fileserver/a.mp4", "video-private"),
        ("http://video.example/a.mp4", "video-not-https"),
    ],
)
def test_an_address_that_is_not_right(site: Site, video: str, code: str) -> None:
    vlog(site, video)
    assert only(site, code).span.line == 4


def test_a_player_that_the_settings_name_is_asked_by_nobody(site: Site) -> None:
    settings = site.root / "site.yaml"
    settings.write_text(settings.read_text() + "media: {embeds: [youtube]}\n")
    vlog(site, ELSEWHERE)
    site.build()
    page = site.read("vlogs/a/index.html")
    assert "<iframe" not in page
    assert f'href="{ELSEWHERE}"' in page
    assert 'data-embed="https://www.youtube-nocookie.com/embed/abcdefghijk"' in page


def test_a_duration_that_disagrees_with_the_film(site: Site) -> None:
    vlog(site, duration="2:00")
    assert "takes 1:30" in text(only(site, "duration-differs"))
    vlog(site)
    assert site.whole().cards["nl/vlogs/a"].duration_seconds == 90


def test_subtitles_may_come_later_until_the_day_that_was_promised(site: Site) -> None:
    vlog(site, captions="")
    assert "captions: {pending: 2026-12-10}" in text(only(site, "captions-missing"))
    vlog(site, captions="{pending: 2026-12-10}")
    assert site.build().problems[0].code == "captions-pending"
    site.clock = "2026-12-11 00:00"
    only(site, "captions-overdue")


def test_the_size_of_a_file_elsewhere_is_asked_for(site: Site) -> None:
    settings = site.root / "site.yaml"
    settings.write_text(settings.read_text() + "media: {hosts: ['https://media.example.org']}\n")
    vlog(site, "https://media.example.org/a.mp4")
    assert [one.code for one in site.problems()] == ["media-size-unknown"]
    vlog(site, "https://media.example.org/a.mp4", size="48 MB")
    assert site.problems() == ()


def test_a_transcript_in_markdown_would_be_a_post(site: Site) -> None:
    vlog(site, transcript="tekst.md")
    assert "subtitles" in text(only(site, "transcript-kind"))


BAD_SUBTITLES = [
    (b"1\n00:01.000 --> 00:04.000\nA\n", "captions-header", 1),
    (b"WEBVTTT\n\n00:01.000 --> 00:04.000\nA\n", "captions-header", 1),
    ("WEBVTT\n\n00:01.000 --> 00:02.000\nCaf\xe9\n".encode("cp1252"), "not-utf8", 4),
    (b"WEBVTT\n\n00:03.000 --> 00:02.000\nA\n", "captions-backwards", 3),
    (b"WEBVTT\n\n00:01.000 -> 00:02.000\nA\n", "captions-time", 3),
    (b"WEBVTT\n\n00:01.000 --> 00:04.000\nA\n\nB\n", "captions-time-missing", 6),
    (
        b"WEBVTT\n\n00:01.000 --> 00:04.000\nA\n\n00:03.000 --> 00:05.000\nB\n",
        "captions-overlap",
        6,
    ),
]


@pytest.mark.parametrize(("data", "code", "line"), BAD_SUBTITLES)
def test_subtitles_are_judged_line_by_line(site: Site, data: bytes, code: str, line: int) -> None:
    vlog(site)
    site.write("content/vlogs/a.vtt", data)
    assert (only(site, code).span.path, only(site, code).span.line) == ("content/vlogs/a.vtt", line)
