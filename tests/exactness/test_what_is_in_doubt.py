"""What one entry changes in the pages of others: nothing of the past stays, nothing is forgotten.

Each story was a mistake, or could have been one: what a page shows, or what is
wrong with it, hangs on something that a rule of doubt might forget.
"""

from collections.abc import Callable

import pytest

from generator.fingerprint import of_bytes
from generator.vlogs import renditions
from tests.conftest import SITE, Site
from tests.exactness.world import picture, twin_of
from tests.films import SUBTITLES, film

_ELSEWHERE = {
    "video": "https://x.example/a.mp4",
    "size": "3 MB",
    "captions": "{pending: 2027-12-31}",
}
_RONDJE = {**_ELSEWHERE, "series": "rondje"}


def exact(site: Site, **options: object) -> None:
    """Build, and hold the problems and (where that worked) the pages against a first build's."""
    mine, twin = site.problems(**options), twin_of(site, site.root.parent / "clean")
    assert mine == twin.problems(**options)
    if any(one.level == "error" for one in mine):
        return
    ours, clean = site.tree(), twin.tree()
    assert ours.keys() == clean.keys()
    assert [path for path in ours if ours[path] != clean[path]] == []


def _delete(site: Site, name: str) -> None:
    (site.root / f"content/news/{name}.md").unlink()


def _expire(site: Site, name: str) -> None:
    site.post(f"news/{name}", date=f"2026-10-0{name[1]}", expires="2026-10-20")


def _hide(site: Site, name: str) -> None:
    site.post(f"news/{name}", date=f"2026-10-0{name[1]}", unlisted="yes")


def _move(site: Site, name: str) -> None:
    file = site.root / f"content/news/{name}.md"
    file.rename(site.write(f"content/kudos/{name}.md", ""))
    file = site.root / f"content/kudos/{name}.md"
    file.write_text(file.read_text(encoding="utf-8").replace("---\n", "---\nto: jan\n", 1))


def _later(site: Site, name: str) -> None:
    site.post(f"news/{name}", date="2026-10-09")


@pytest.mark.parametrize("leave", [_delete, _expire, _hide, _move, _later])
@pytest.mark.parametrize("name", ["p1", "p2", "p3"])
def test_a_post_leaves_its_place_in_a_list(
    site: Site, name: str, leave: Callable[[Site, str], None]
) -> None:
    site.person("jan")
    for day in (1, 2, 3):
        site.post(f"news/p{day}", date=f"2026-10-0{day}", summary="Kort.")
    exact(site)
    leave(site, name)
    exact(site)


def test_the_only_post_comes_and_goes(site: Site) -> None:
    exact(site)
    site.post("news/p1")
    exact(site)
    _delete(site, "p1")
    exact(site)


def test_the_newest_post_expires_by_itself_and_comes_back(site: Site) -> None:
    for day in (1, 2, 3):
        expires = "2026-10-10" if day == 3 else ""
        site.post(f"news/p{day}", date=f"2026-10-0{day}", expires=expires)
    for clock in ("2026-10-05 12:00", "2026-10-15 12:00", "2026-10-05 12:00"):
        site.clock = clock
        exact(site)


def test_what_comes_next_is_told_on_a_vlog_that_no_list_shows(site: Site) -> None:
    site.post("vlogs/one", unlisted="yes", **_RONDJE, date="2026-10-01")
    site.post("vlogs/zero", **_ELSEWHERE, date="2026-09-01")
    exact(site)
    site.post("vlogs/two", **_RONDJE, date="2026-11-01")
    exact(site)
    (site.root / "content/vlogs/two.md").unlink()
    exact(site)


def _with_film(site: Site) -> None:
    """A film that was made fit for the web, and a post that links to it."""
    site.write("site.yaml", f"{SITE}media: {{renditions: yes}}\n")
    data, made = film(), b"small film"
    name = renditions.name_of(of_bytes(data), of_bytes(made), len(made), (640, 360))
    site.write("content/vlogs/film.mp4", data)
    site.write(f"{renditions.FOLDER}/{name}", made)
    site.write("content/vlogs/film.nl.vtt", SUBTITLES)
    site.post("news/a", "Zie [de film](../vlogs/film.mp4).")


def _vlog(site: Site, **more: str) -> None:
    site.post("vlogs/film", video="film.mp4", captions="{nl: film.nl.vtt}", **more)


def test_a_link_leads_to_the_film_as_it_is_published(site: Site) -> None:
    _with_film(site)
    exact(site)
    _vlog(site)
    exact(site)
    (site.root / "content/vlogs/film.md").unlink()
    exact(site)


def test_a_film_whose_vlog_is_broken_and_taken_back(site: Site) -> None:
    _with_film(site)
    _vlog(site)
    site.post("vlogs/zero", **_ELSEWHERE, date="2026-09-01")
    site.build(keep_going=True)
    _vlog(site, draft="yes", topics="nergens")
    site.build(keep_going=True)
    twin = twin_of(site, site.root.parent / "clean")
    twin.build(keep_going=True)
    assert site.tree() == twin.tree()


@pytest.mark.parametrize("content", [picture("blue"), b"geen beeld"])
def test_a_translation_elsewhere_inherits_a_picture_that_another_post_uses(
    site: Site, content: bytes
) -> None:
    site.post("news/x/index", image="pic.png", alt='""')
    site.post("news/x.en", alt='""')
    site.write("content/news/x/pic.png", picture("red"))
    site.write("content/news/pic.png", content)
    exact(site)
    site.post("pages/z", image="../news/pic.png", alt='""', date="")
    exact(site)
    (site.root / "content/pages/z.md").unlink()
    exact(site)


def test_a_second_picture_with_the_same_bytes_becomes_known(site: Site) -> None:
    site.post("vlogs/v", **_ELSEWHERE, transcript="p2.png")
    for name in ("p1", "p2"):
        site.write(f"content/vlogs/{name}.png", picture("red", 2500))
    site.post("pages/w", "![x](../vlogs/p1.png)", date="")
    exact(site)
    site.post("pages/z", "![x](../vlogs/p2.png)", date="")
    exact(site)
