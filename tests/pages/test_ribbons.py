"""What a preview shows of posts that are not live: on their page and wherever their card is."""

from generator.assembly import Audience
from tests.conftest import Site


def test_a_scheduled_post_says_when_it_goes_live(site: Site) -> None:
    site.post("news/later", date="2026-11-20", publish="2026-12-07 09:00")
    site.build(audience=Audience(future=True))
    for page in ("nieuws/index.html", "nieuws/later/index.html"):
        assert "Ingepland voor 7 december 2026, 09:00" in site.read(page)
