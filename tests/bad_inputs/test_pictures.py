"""Pictures and other files that a post asks for: outside, remote, hostile, too large, telling."""

import io
from pathlib import Path

import pytest
from PIL import Image

from tests.bad_inputs.mistakes import codes, front, has_caret, only, photo, png_of, text
from tests.conftest import Site
from tests.films import SUBTITLES

TARGETS = [
    ("../../../etc/passwd", "link-outside"),
    ("../../site.yaml", "link-outside"),
    ("../../public/index.html", "link-outside"),
    ("..", "link-outside"),
    ("/etc/passwd", "image-missing"),
    ("/news/../../../etc/passwd", "link-outside"),
    ("file:///etc/passwd", "image-scheme"),
    ("FILE:///etc/passwd", "image-scheme"),
    ("C:\\foto.jpg", "image-scheme"),
    ("data:image/png;base64,AAAA", "image-scheme"),
    ("javascript:alert(1)", "image-scheme"),
    ("https://elders.example/a.jpg", "image-remote"),
    ("http://elders.example/a.jpg", "image-remote"),
    ("//elders.example/a.jpg", "image-remote"),
    ("nergens.jpg", "image-missing"),
    ("b.md", "image-missing"),
    ("kwaad.svg", "image-kind"),
    ("kwaad.html", "image-kind"),
    ("html.jpg", "image-unreadable"),
    ("leeg.png", "image-unreadable"),
    ("half.jpg", "image-unreadable"),
    ("bom.png", "image-too-large"),
    ("erg.png", "image-too-large"),
]
FILES = {
    "kwaad.svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "kwaad.html": b"<script>alert(1)</script>",
    "html.jpg": b"<html><script>alert(1)</script>",
    "leeg.png": b"",
    "half.jpg": photo()[:200],
    "bom.png": png_of(20_000, 15_000),
    "erg.png": png_of(2**31 - 1, 2**31 - 1),
}


@pytest.mark.parametrize("place", ["body", "image"])
@pytest.mark.parametrize(("target", "code"), TARGETS)
def test_a_picture_that_can_not_be_published(
    site: Site, target: str, code: str, place: str
) -> None:
    for name, data in FILES.items():
        site.write(f"content/news/{name}", data)
    if place == "body":
        site.write("content/news/a.md", front(body=f"![plaatje]({target})"))
    else:
        site.write("content/news/a.md", front(f"image: '{target}'", "alt: plaatje"))
    item = only(site, code)
    assert (item.span.path, has_caret(item)) == ("content/news/a.md", True)
    assert item.excerpt[item.span.column - 1 :].startswith(target)


def test_a_photo_of_a_colleague_is_judged_the_same(site: Site) -> None:
    site.person("jan", photo="../../../etc/passwd")
    only(site, "link-outside")


GUESSES = [
    ("foto.jpg", "Foto.jpg"),
    ("FOTO.JPG", "Foto.jpg"),
    ("fotoo.jpg", "Foto.jpg"),
    ("strand.jpg", "../vlogs/strand.jpg"),
]


@pytest.mark.parametrize(("typed", "meant"), GUESSES)
def test_the_picture_that_was_meant_is_proposed_as_it_must_be_typed(
    site: Site, typed: str, meant: str
) -> None:
    site.write("content/news/Foto.jpg", photo())
    site.write("content/vlogs/strand.jpg", photo())
    site.write("content/news/a.md", front(body=f"![plaatje]({typed})"))
    assert text(only(site, "image-missing")).endswith(f"did you mean {meant}?")
    site.write("content/news/a.md", front(body=f"![plaatje]({meant})"))
    assert codes(site) == []


FILE_KEYS = [
    ("video: ../../../etc/passwd", "link-outside"),
    ("video: file:///etc/passwd", "video-not-https"),
    ("video: http://elders.example/a.mp4", "video-not-https"),
    ("video: nergens.mp4", "file-missing"),
    ("video: https://v.example/a.mp4\ntranscript: https://v.example/a.txt", "file-remote"),
    ("video: https://v.example/a.mp4\ntranscript: ../../site.yaml", "link-outside"),
    ("video: https://v.example/a.mp4\ncaptions: {nl: ../../../etc/passwd}", "link-outside"),
    ("video: https://v.example/a.mp4\ncaptions: a.vtt", "not-by-language"),
]


@pytest.mark.parametrize(("lines", "code"), FILE_KEYS)
def test_the_files_of_a_vlog_are_judged_too(site: Site, lines: str, code: str) -> None:
    own = () if "captions" in lines else ("captions: {nl: goed.vtt}",)
    site.write("content/vlogs/goed.vtt", SUBTITLES)
    site.write("content/vlogs/a.md", front(*lines.split("\n"), *own))
    assert has_caret(only(site, code))


@pytest.mark.parametrize(
    "target", ["../../../etc/passwd", "../../site.yaml", "../../.plein/cache.sqlite"]
)
def test_a_link_does_not_publish_what_lies_outside(site: Site, target: str) -> None:
    site.write("content/news/a.md", front(body=f"[lees]({target})"))
    only(site, "link-outside")


def test_a_picture_that_is_a_link_or_a_pipe_is_no_picture(site: Site, tmp_path: Path) -> None:
    (tmp_path / "geheim.png").write_bytes(photo(form="PNG"))
    site.write("content/news/a.md", front(body="![een](een.png)"))
    (site.root / "content/news/een.png").symlink_to(tmp_path / "geheim.png")
    assert sorted(codes(site)) == ["image-missing", "not-a-plain-file"]


@pytest.mark.parametrize(
    ("name", "form"), [("a.jpg", "JPEG"), ("a.png", "PNG"), ("a.webp", "WEBP")]
)
@pytest.mark.parametrize("place", ["body", "image"])
def test_where_a_photo_was_taken_stays_at_home(
    site: Site, name: str, form: str, place: str
) -> None:
    data = photo(gps=True, form=form)
    assert b"CANARY-OWNER" in data
    site.write(f"content/news/{name}", data)
    lines = (f"image: {name}", "alt: x") if place == "image" else ()
    site.write("content/news/a.md", front(*lines, body="" if lines else f"![x]({name})"))
    site.build()
    made = [one for path, one in site.tree().items() if path.startswith("media/")]
    assert made
    for one in made:
        assert b"CANARY-OWNER" not in one
        assert not Image.open(io.BytesIO(one)).getexif()


def test_an_unused_picture_is_not_published(site: Site) -> None:
    site.write("content/news/los.jpg", photo(gps=True))
    site.post("news/a")
    site.build()
    assert not [path for path in site.tree() if "los" in path]
