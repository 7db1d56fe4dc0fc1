"""What becomes of a picture: its sizes, its formats, and what is not in it any more."""

import io
import re
import shutil

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser

from generator import encoding
from tests.browsing import served
from tests.conftest import Site


def photo(width: int, height: int, kind: str = "JPEG", **options: object) -> bytes:
    """A picture with something to see in it."""
    image = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    ImageDraw.Draw(image).ellipse((width // 4, height // 4, width // 2, height // 2), fill="teal")
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def moving() -> bytes:
    frames = [Image.new("RGB", (400, 300), colour) for colour in ("red", "lime", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=100, loop=0)
    return out.getvalue()


def media(site: Site) -> dict[str, bytes]:
    """The published pictures by name."""
    found = site.tree()
    return {p.rpartition("/")[2]: data for p, data in found.items() if p.startswith("media/")}


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def test_a_wide_photo_comes_in_sizes_to_choose_from(site: Site) -> None:
    site.write("content/news/a.jpg", photo(2400, 1600))
    site.post("news/p", "![Een cirkel](a.jpg)")
    site.build()
    made = media(site)
    assert {name: opened(data).size for name, data in made.items()} == {
        "a-160.webp": (160, 107), "a-320.webp": (320, 213), "a-640.webp": (640, 427),
        "a-960.webp": (960, 640), "a-1280.webp": (1280, 853), "a-1920.webp": (1920, 1280),
        "a.jpg": (1280, 853),
    }  # fmt: skip
    image = re.search("<img[^>]*>", site.read("nieuws/p/index.html").partition('"prose"')[2])
    assert image
    assert re.search(r'srcset="/media/\w+/a-160.webp 160w, .*a-1920.webp 1920w"', image[0])
    assert 'width="1280" height="853"' in image[0]
    assert 'sizes="' in image[0]


def test_a_small_picture_is_never_blown_up(site: Site) -> None:
    site.write("content/news/a.png", photo(200, 100, "PNG"))
    site.post("news/p", "![Een cirkel](a.png)")
    site.build()
    sizes = {name: opened(data).width for name, data in media(site).items()}
    assert sizes == {"a-160.webp": 160, "a-200.webp": 200, "a.png": 200}


def test_an_animation_keeps_moving(site: Site) -> None:
    site.write("content/news/a.gif", moving())
    site.post("news/p", "![Drie kleuren](a.gif)")
    site.build()
    made = media(site)
    assert list(made) == ["a.gif"]
    assert opened(made["a.gif"]).n_frames == 3
    assert "srcset" not in site.read("nieuws/p/index.html").partition('"prose"')[2]


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "PNG"])
def test_nothing_of_the_camera_is_left_in_any_form(site: Site, kind: str) -> None:
    exif = Image.Exif()
    exif[0x010F] = "GEHEIME CAMERA"
    exif.get_ifd(0x8825)[1] = "N"
    name = f"a.{kind.lower()}"
    site.write(f"content/news/{name}", photo(700, 500, kind, exif=exif))
    site.post("news/p", f"![Een cirkel]({name}) en [groot]({name})")
    site.build()
    made = media(site)
    assert len(made) == 5
    for data in made.values():
        assert b"GEHEIME" not in data
        assert not opened(data).getexif()


def test_a_picture_that_is_only_linked_to_is_whole_and_bare(site: Site) -> None:
    exif = Image.Exif()
    exif[0x010F] = "GEHEIME CAMERA"
    site.write("content/news/a.jpg", photo(2400, 1600, exif=exif))
    site.post("news/p", "[De hele kaart](a.jpg)")
    site.build()
    made = media(site)
    assert {name: opened(data).size for name, data in made.items()} == {"a-full.jpg": (2400, 1600)}
    assert b"GEHEIME" not in made["a-full.jpg"]
    assert "/a-full.jpg" in site.read("nieuws/p/index.html")


def test_a_photo_that_lies_on_its_side_stands_up_in_every_form(site: Site) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    site.write("content/news/a.jpg", photo(800, 400, exif=exif))
    site.post("news/p", "![Een cirkel](a.jpg)")
    site.build()
    assert {opened(data).size for data in media(site).values()} == {
        (160, 320), (320, 640), (400, 800)
    }  # fmt: skip
    assert 'width="400" height="800"' in site.read("nieuws/p/index.html")


def test_colours_of_print_become_colours_of_screens(site: Site) -> None:
    out = io.BytesIO()
    Image.new("CMYK", (400, 300), (0, 200, 200, 0)).save(out, "JPEG")
    site.write("content/news/a.jpg", out.getvalue())
    site.post("news/p", "![Rood](a.jpg)")
    site.build()
    for data in media(site).values():
        red, green, _ = opened(data).convert("RGB").getpixel((10, 10))  # type: ignore[misc]
        assert red > 200 > 100 > green


def test_feeds_carry_one_form_that_every_reader_knows(site: Site) -> None:
    site.write("content/news/a.jpg", photo(2400, 1600))
    site.post("news/p", "![Een cirkel](a.jpg)")
    site.build()
    feed = site.read("feed.xml")
    assert "srcset" not in feed
    assert "a.jpg" in feed


def test_a_picture_is_encoded_once_in_its_life(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[int] = []
    encode = encoding.encode

    def counting(data: bytes, variants: list[object]) -> list[bytes]:
        counted.append(len(variants))
        return encode(data, variants)  # type: ignore[arg-type]

    monkeypatch.setattr(encoding, "encode", counting)
    site.write("content/news/a.jpg", photo(700, 500))
    site.post("news/p", "![Een cirkel](a.jpg)")
    site.post("news/q", "![Een ei](b.jpg)", draft="ja")
    site.write("content/news/b.jpg", photo(500, 700))
    site.build()
    assert counted == [5]
    site.post("news/p", "Anders: ![Een cirkel](a.jpg)")
    site.build()
    assert counted == [5]
    site.write("content/news/c.jpg", photo(300, 300))
    site.post("news/r", "![Een bol](c.jpg)")
    site.build()
    assert counted == [5, 3]
    before = site.tree()
    shutil.rmtree(site.root / "public")
    site.build()
    assert counted == [5, 3], "the folder was new, the cache restored"
    assert site.tree() == before


def test_what_nobody_uses_any_more_is_not_kept(site: Site) -> None:
    site.write("content/news/a.jpg", photo(700, 500))
    site.post("news/p", "![Een cirkel](a.jpg)")
    site.build()
    kept = site.root / ".plein/pictures"
    assert len(list(kept.iterdir())) == 5
    site.post("news/p", "Zonder plaatje.")
    site.build()
    assert not list(kept.iterdir())


def test_damage_in_the_cache_is_never_published(site: Site) -> None:
    site.write("content/news/a.jpg", photo(700, 500))
    site.post("news/p", "![Een cirkel](a.jpg)")
    site.build()
    before = site.tree()
    for file in (site.root / ".plein/pictures").iterdir():
        file.write_bytes(file.read_bytes()[:-20] + b"damage")
    shutil.rmtree(site.root / "public")
    site.build()
    assert site.tree() == before


def test_a_phone_takes_a_small_one_and_what_is_out_of_sight_waits(
    site: Site, browser: Browser
) -> None:
    for name in ("a", "b"):
        site.write(f"content/news/{name}.jpg", photo(2400, 1600, quality=90 + ord(name) % 5))
    long = "\n\n".join(["Een alinea met woorden. " * 40] * 30)
    site.post("news/p", f"![Een cirkel](a.jpg)\n\n{long}\n\n![Nog een](b.jpg)")
    site.build()
    asked: list[str] = []
    with served(site.root / "public", "default-src 'self'") as address:
        page = browser.new_page(viewport={"width": 390, "height": 700})
        page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
        page.goto(f"{address}/nieuws/p/", wait_until="networkidle")
        pictures = [name for name in asked if name.endswith((".webp", ".jpg"))]
        page.close()
    assert pictures == ["a-640.webp"] or pictures == ["a-320.webp", "a-640.webp"]
    assert "b-640.webp" not in pictures
