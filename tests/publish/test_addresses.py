"""A link that a colleague kept goes on working, whatever writers do to files."""

import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.conftest import Site
from tests.publish.servers import nginx


class Published:
    """A site with a ledger, and what becomes of it."""

    def __init__(self, site: Site) -> None:
        self.site = site

    def publish(self, code: int = 0) -> str:
        done = self.site.run("publish", "--to", "../live", "--clock", self.site.clock, code=code)
        return done.stdout + done.stderr

    def ledger(self) -> list[str]:
        lines = (self.site.root / "addresses.txt").read_text().splitlines()
        return [line for line in lines if not line.startswith("#")]

    def releases(self) -> list[Path]:
        return sorted(
            one for one in (self.site.root.parent / "live/releases").iterdir() if one.is_dir()
        )


@pytest.fixture
def published(site: Site) -> Published:
    site.post("news/a", "Iets geheims over vissen.", title="Over vissen")
    site.post("news/b", title="Over vogels")
    made = Published(site)
    made.publish()
    return made


def test_the_ledger_has_every_address_and_changes_only_with_them(published: Published) -> None:
    assert published.ledger() == [
        "/en/news/a/\ten/news/a\tOver vissen",
        "/en/news/b/\ten/news/b\tOver vogels",
        "/nieuws/a/\tnl/news/a\tOver vissen",
        "/nieuws/b/\tnl/news/b\tOver vogels",
    ]
    file = published.site.root / "addresses.txt"
    before = file.stat().st_mtime_ns
    published.site.post("news/a", "Andere tekst.", title="Over vissen")
    published.publish()
    assert file.stat().st_mtime_ns == before


def test_a_renamed_post_leaves_a_redirect_by_itself_for_ever(published: Published) -> None:
    site = published.site
    (site.root / "content/news/a.md").rename(site.root / "content/news/vissen.md")
    published.publish()
    assert 'url=/nieuws/vissen/"' in site.read("nieuws/a/index.html")
    site.post("news/vissen", title="Een nieuwe titel")
    (site.root / "content/news/vissen.md").rename(site.root / "content/news/baars.md")
    published.publish(code=1)
    site.post("news/baars", title="Over vissen")
    published.publish()
    for old in ("a", "vissen"):
        assert 'url=/nieuws/baars/"' in site.read(f"nieuws/{old}/index.html")


def test_another_slug_leaves_a_redirect_too(published: Published) -> None:
    published.site.post("news/a", title="Heel iets anders", slug="kabeljauw")
    published.publish()
    assert 'url=/nieuws/kabeljauw/"' in published.site.read("nieuws/a/index.html")


def test_a_deleted_post_is_an_error_with_the_remedies(published: Published) -> None:
    site = published.site
    (site.root / "content/news/a.md").unlink()
    told = published.publish(code=1)
    assert "addresses.txt:5:1" in told
    assert "plein withdraw /nieuws/a/" in told
    assert "vissen" in (published.site.root.parent / "live/current/nieuws/a/index.html").read_text()
    site.run("withdraw", "/nieuws/a/", "/en/news/a/")
    published.publish()
    assert "Dit staat hier niet meer" in site.read("nieuws/a/index.html")
    assert "/nieuws/a/\tgone" in published.ledger()


def test_a_post_that_replaces_another_takes_its_address(published: Published) -> None:
    (published.site.root / "content/news/a.md").unlink()
    published.site.post("news/c", title="Alles over vissen", aliases="[/nieuws/a/, /en/news/a/]")
    published.publish()
    assert 'url=/nieuws/c/"' in published.site.read("nieuws/a/index.html")


def test_a_withdrawn_post_is_nowhere_not_even_in_earlier_releases(published: Published) -> None:
    site = published.site
    site.post("news/c")
    published.publish()
    site.post("news/a", "Iets geheims over vissen.", title="Over vissen", draft="yes")
    told = published.publish()
    assert told.count("ingetrokken") == 2
    (left,) = published.releases()
    everything = b"".join(file.read_bytes() for file in left.rglob("*") if file.is_file())
    assert b"geheims" not in everything
    assert b"Over vissen" not in everything
    assert b"Dit staat hier niet meer" in (left / "nieuws/a/index.html").read_bytes()
    site.post("news/a", "Toch niet geheim.", title="Over vissen")
    published.publish()
    assert "Toch niet geheim" in site.read("nieuws/a/index.html")
    assert len(published.releases()) == 2


def test_an_expired_post_leaves_a_page_that_says_so_and_earlier_releases_stay(
    published: Published,
) -> None:
    published.site.post("news/a", title="Over vissen", expires="2026-11-20")
    published.publish()
    assert "Dit staat hier niet meer" in published.site.read("nieuws/a/index.html")
    assert len(published.releases()) == 2


def test_only_a_post_that_is_really_gone_can_be_withdrawn(published: Published) -> None:
    told = published.site.run("withdraw", "/nieuws/a/", code=2).stderr
    assert "content/news/a.md" in told
    assert "address-unknown" in published.site.run("withdraw", "/nieuws/nooit/", code=2).stderr


def test_both_sides_of_a_merge_may_stand(published: Published) -> None:
    file = published.site.root / "addresses.txt"
    lines = file.read_text().splitlines(keepends=True)
    file.write_text("".join([*reversed(lines), "/nieuws/a/\tgone\n", "los\n"]))
    published.publish()
    assert published.ledger() == sorted(published.ledger())
    assert len(published.ledger()) == 4
    assert "Dit staat" not in published.site.read("nieuws/a/index.html")


def test_a_preview_publishes_no_addresses(published: Published) -> None:
    published.site.post("news/geheim", draft="yes")
    published.site.run("publish", "--to", "../preview", "--drafts", "--clock", published.site.clock)
    assert not [line for line in published.ledger() if "geheim" in line]


def test_with_old_addresses_a_build_is_still_what_a_clean_build_makes(
    published: Published,
) -> None:
    site = published.site
    site.post("news/a", title="Over vissen", draft="yes")
    (site.root / "content/news/b.md").rename(site.root / "content/news/vogels.md")
    published.publish()
    assert site.build().rendered == 0
    site.run("build", "--verify", "--clock", site.clock)
    (site.root / "addresses.txt").unlink()
    assert "nieuws/a/index.html" in site.build().removed
    site.run("build", "--verify", "--clock", site.clock)


def status_of(address: str) -> tuple[int, str]:
    """What a server answers, redirects followed: the status and where that was."""
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return answer.status, answer.url
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.url or ""


def test_old_addresses_are_told_to_every_server(published: Published) -> None:
    site = published.site
    site.post("news/b", title="Over vogels", draft="yes")
    site.post("news/a", title="Over vissen", aliases="[/vis/]")
    (site.root / "content/news/a.md").rename(site.root / "content/news/vissen.md")
    published.publish()
    assert "/nieuws/a/ /nieuws/vissen/ 301\n" in site.read("_redirects")
    assert "/nieuws/b/ /nieuws/b/ 410\n" in site.read("_redirects")
    assert 'RedirectMatch 301 "^/vis/$" "/nieuws/vissen/"\n' in site.read(".htaccess")
    assert "handle /nieuws/b/ {\n  error 410\n}\n" in site.read("headers.caddy")
    live = site.root.parent / "live/current"
    with nginx(
        site.root.parent / "nginx", f"root {live}; include {live}/headers.nginx.conf;"
    ) as address:
        assert status_of(f"{address}/nieuws/a/") == (200, f"{address}/nieuws/vissen/")
        assert status_of(f"{address}/vis/") == (200, f"{address}/nieuws/vissen/")
        assert status_of(f"{address}/nieuws/b/")[0] == 410
        assert status_of(f"{address}/nieuws/")[0] == 200
