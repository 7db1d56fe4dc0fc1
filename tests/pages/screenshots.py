"""`make screenshots`: each type of page of the demo as readers see it, and the README's pictures.

The pages go into `.screenshots/`, for whoever has to look at them all.
"""

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, sync_playwright

from generator import policy
from generator.config import load_config
from tests.browsing import CHROMIUM, QUIET, served
from tests.pages.places import PLACES

ROOT = Path(__file__).parents[2]
IMAGES, ALL = ROOT / "docs/images", ROOT / ".screenshots"
WIDTHS, SCHEMES = (390, 1280), ("light", "dark")
PHONE, DESK = (390, 844), (1280, 900)
PAPER, LINE = "#ece5d8", "#4a4238"
# What stands in the README, from left to right: address, size of the window, scheme.
README = {
    "demo.webp": (("/", DESK, "light"), ("/", PHONE, "light"),
                  ("/nieuws/2026-11-10-kluisje-leeg/", PHONE, "dark")),
    "pages.webp": (("/vlogs/2026-11-12-klaar-voor-de-storm/", PHONE, "light"),
                   ("/vragen/2026-11-12-natte-jas/", PHONE, "light"),
                   ("/overleg/2026-11-17-mt-winter/", PHONE, "dark"),
                   ("/zoeken/?q=dijk", PHONE, "light")),
}  # fmt: skip


def shot(browser: Browser, url: str, size: tuple[int, int], scheme: str, whole: bool) -> bytes:
    """A page as a PNG: what fits in the window, or the whole of it."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme=scheme,  # type: ignore[arg-type]
        device_scale_factor=1 if whole else 2,
    )
    page = context.new_page()
    page.goto(url)
    page.wait_for_load_state("networkidle")
    made = page.screenshot(full_page=whole)
    context.close()
    return made


def take_all(browser: Browser, where: str) -> Iterator[Path]:
    """Every type of page, on a phone and on a desk, light and dark."""
    ALL.mkdir(exist_ok=True)
    paths = [path for paths in PLACES.values() for path in paths]
    for path, width, scheme in product(paths, WIDTHS, SCHEMES):
        name = path.strip("/").replace("/", "-") or "home"
        file = ALL / f"{name}-{width}-{scheme}.png"
        file.write_bytes(shot(browser, where + path, (width, 900), scheme, whole=True))
        yield file


def compose(browser: Browser, where: str, name: str) -> None:
    """One of the README's pictures: some windows side by side on paper."""
    frames = []
    for path, size, scheme in README[name]:
        with TemporaryDirectory() as folder:
            file = Path(folder, "shot.png")
            file.write_bytes(shot(browser, where + path, size, scheme, whole=False))
            frames.append(framed(Image.open(file), height=1240))
    width = sum(one.width for one in frames) + 60 * (len(frames) + 1)
    sheet = Image.new("RGB", (width, 1360), PAPER)
    left = 60
    for one in frames:
        sheet.paste(one, (left, 60), one)
        left += one.width + 60
    sheet.resize((1440, round(1360 * 1440 / width))).save(IMAGES / name, quality=80, method=6)


def framed(picture: Image.Image, height: int) -> Image.Image:
    """A window of a height, with round corners and a line about it."""
    width = round(picture.width * height / picture.height)
    small = picture.convert("RGBA").resize((width, height))
    mask = Image.new("L", small.size)
    box = (0, 0, width - 1, height - 1)
    ImageDraw.Draw(mask).rounded_rectangle(box, 36, fill=255)
    ImageDraw.Draw(small).rounded_rectangle(box, 36, outline=LINE, width=5)
    small.putalpha(mask)
    return small


def main() -> None:
    """All of it, from the demo as `make build` left it."""
    header = policy.header(load_config(ROOT / "site.yaml", "site.yaml"), search=True)
    with served(ROOT / "public", header) as where, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        for name in README:
            compose(browser, where, name)
        for file in take_all(browser, where):
            print(file.relative_to(ROOT))


if __name__ == "__main__":
    main()
