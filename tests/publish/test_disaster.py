"""The page on disaster, row by row: each command does what the page promises.

Withdrawing, the guard, locks, full disks and publications that are killed have
tests of their own beside this one.
"""

import re
import shutil

from tests.conftest import Site
from tests.docs.examples import DOCS
from tests.publish.test_releases import Live


def live_of(site: Site) -> Live:
    for name in ("a", "b"):
        site.post(f"news/{name}", f"Tekst van {name}.")
    made = Live(site, site.root.parent / "srv", str(site.root.parent / "srv"))
    made.publish()
    return made


def served(live: Live) -> dict[str, bytes]:
    root = live.place / "current"
    return {
        str(one.relative_to(root)): one.read_bytes() for one in root.rglob("*") if one.is_file()
    }


def test_a_lost_cache_a_lost_server_and_a_lost_checkout_are_one_publication_away(
    site: Site,
) -> None:
    live = live_of(site)
    before = served(live)
    shutil.rmtree(site.root / ".plein")
    assert "0 nieuw, 0 gewijzigd, 0 verwijderd" in live.publish()
    site.write(".plein/cache.sqlite", b"damaged" * 1000)
    assert "0 nieuw, 0 gewijzigd, 0 verwijderd" in live.publish()
    shutil.rmtree(live.place)
    shutil.rmtree(site.root / ".plein")
    shutil.rmtree(site.root / "public")
    live.publish()
    assert served(live) == before


def test_a_site_that_looks_wrong_is_back_at_once_and_right_at_the_next_publication(
    site: Site,
) -> None:
    live = live_of(site)
    before = served(live)
    settings = (site.root / "site.yaml").read_text()
    site.write("site.yaml", settings + 'branding: {colour: "#ff00ff"}\n')
    live.publish()
    live.rollback()
    assert served(live).items() <= {**served(live), **before}.items()
    assert served(live)["index.html"] == before["index.html"]
    site.write("site.yaml", settings)
    assert "0 nieuw, 0 gewijzigd" in live.publish()


def test_a_post_that_was_withdrawn_before_is_no_reason_not_to_go_back(site: Site) -> None:
    live = live_of(site)
    site.post("news/b", draft="yes")
    assert live.publish().count("ingetrokken") == 1
    settings = (site.root / "site.yaml").read_text()
    site.write("site.yaml", settings.replace("Ons Plein", "Fout"))
    assert "ingetrokken" not in live.publish()
    assert "Fout" in live.read("nieuws/b/index.html")
    live.rollback()
    assert "Ons Plein" in live.read("index.html")
    assert "Dit staat hier niet meer" in live.read("nieuws/b/index.html")
    assert "no-earlier-release" in live.rollback(code=2)


def test_who_trusts_nothing_any_more_begins_anew(site: Site) -> None:
    live = live_of(site)
    before = site.tree()
    site.run("build", "--verify", "--clock", site.clock)
    site.write("public/nieuws/a/index.html", "met de hand")
    site.run("build", "--verify", "--clock", site.clock, code=1)
    site.run("clean")
    live.publish()
    assert site.tree() == before


def test_every_command_on_the_page_exists(site: Site) -> None:
    page = (DOCS / "operators/disaster.md").read_text()
    for name in sorted(set(re.findall(r"`plein (\w+)", page))):
        site.run(name, "--help")
