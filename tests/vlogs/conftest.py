"""A site with a film, a sound and a player elsewhere, served as an organisation would serve it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from generator import policy
from tests.browsing import served
from tests.conftest import SITE, Site

HOUSE = Path(__file__).parent.parent.parent
FILMS = HOUSE / "content/vlogs"
ELSEWHERE = "https://video.elders.example"
SETTINGS = """\
series:
  rondje: {title: Rondje, rhythm: 4 weeks}
  podcast: {title: Podcast}
media:
  embeds: [https://video.elders.example]
"""


def beside(site: Site, vlog: str, folder: str, *names: str) -> None:
    """Put files of a vlog of the demo beside one of this site."""
    for name in names:
        site.write(f"content/vlogs/{vlog}/{name}", (FILMS / folder / name).read_bytes())


def vlogs(root: Path) -> Site:
    """A site with a vlog of each sort."""
    site = Site(root)
    site.write("site.yaml", SITE.replace("series: {rondje: Rondje langs de velden}\n", SETTINGS))
    site.person("marjan", role="Directeur")
    both = "{nl: vlog.nl.vtt, en: vlog.en.vtt}"
    shown = {"authors": "[marjan]", "image": "poster.jpg", "alt": "Marjan voor een dijk."}
    site.post(
        "vlogs/storm/index", "Na [tien seconden](#t=10s) gaat het over Nellie.", video="vlog.mp4",
        captions=both, chapters='{"0:00": Bij het gemaal, "0:19": Het rooster}', series="rondje",
        **shown,
    )  # fmt: skip
    storm = "2026-11-12-klaar-voor-de-storm"
    beside(site, "storm", storm, "vlog.mp4", "vlog.nl.vtt", "vlog.en.vtt", "poster.jpg")
    site.post(
        "vlogs/or/index", "Zie ook [de storm](../storm/index.md#t=30s).", video="vlog.mp3",
        captions="{nl: vlog.nl.vtt}", series="podcast",
    )  # fmt: skip
    beside(site, "or", "2026-11-20-or-aan-tafel", "vlog.mp3", "vlog.nl.vtt")
    site.post(
        "vlogs/elders/index", video=f"{ELSEWHERE}/w/kijkdit", captions=both, duration="0:38",
        chapters='{"0:19": Het rooster}', **shown,
    )  # fmt: skip
    beside(site, "elders", storm, "vlog.nl.vtt", "vlog.en.vtt", "poster.jpg")
    return site


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the site is served, with the policy that Plein advises."""
    site = vlogs(tmp_path_factory.mktemp("vlogs"))
    site.build(strict=True)
    with served(site.root / "public", policy.header(site.config)) as where:
        yield where
