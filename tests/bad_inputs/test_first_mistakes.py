"""What a newcomer ran into: each cost them minutes, and would have cost a site."""

import shutil

import pytest

from tests.conftest import SITE, Site


def test_a_checkout_without_content_publishes_nothing_at_all(site: Site) -> None:
    site.post("news/a")
    site.build()
    before = site.tree()
    shutil.rmtree(site.root / "content")
    for flags in ((), ("--keep-going",), ("--strict",)):
        assert "no-content" in site.run("build", *flags, code=2).stderr
    assert site.tree() == before


def test_a_translation_into_a_language_that_the_site_lacks_is_no_second_post(site: Site) -> None:
    site.post("news/a")
    site.post("news/a.fr")
    (found,) = site.problems()
    assert (found.code, found.span.path) == ("wrong-language", "content/news/a.fr.md")


def test_a_must_read_that_is_over_before_it_begins_is_noticed(site: Site) -> None:
    site.post("news/a", importance="need-to-know", action="Lees", deadline="2026-10-01")
    (found,) = site.problems()
    assert (found.code, found.span.line) == ("deadline-too-early", 6)


def test_after_cleaning_a_folder_with_somebody_s_file_it_can_be_built_again(site: Site) -> None:
    site.post("news/a")
    site.build()
    site.write("public/.nojekyll", "")
    site.run("build", "--verify", "--clock", site.clock)
    site.run("clean")
    site.run("clean")
    site.build()
    assert site.read(".nojekyll") == ""


def test_what_is_typed_is_not_shown_as_a_place_in_a_file(site: Site) -> None:
    assert site.run("why", "/nergens/", code=2).stderr.startswith("/nergens/: ")


def test_an_address_without_its_beginning_is_recognised(site: Site) -> None:
    site.post("news/a", "[nu](www.nu.example) en [mail](jan@plein.example)")
    found = [dict(one.args)["guess"] for one in site.problems()]
    assert found == ["https://www.nu.example", "mailto:jan@plein.example"]


def test_a_title_for_a_colleague_is_a_name(site: Site) -> None:
    site.post("people/jan", title="Jan", date="")
    assert "bedoel je “name”?" in site.run("build", code=1).stderr


def test_a_first_name_is_enough_to_guess_a_colleague(site: Site) -> None:
    site.person("marjan-hoekstra")
    site.person("jan-smit")
    site.person("jan-visser")
    site.post("news/a", authors="[marjan]")
    site.post("news/b", authors="[jan]")
    assert [dict(one.args)["guess"] for one in site.problems()] == ["marjan-hoekstra", ""]


FOLDER = "2026-09-17-verbouwing-sluishuis"


@pytest.mark.parametrize("typed", ["2026-09-17-verbouwing-sluis.md", FOLDER, "/nieuws/sluishuis/"])
def test_a_link_to_a_post_in_a_folder_is_guessed_by_the_folder_s_name(
    site: Site, typed: str
) -> None:
    site.post(f"news/{FOLDER}/index")
    site.post("news/2026-08-27-learning-dutch")
    site.post("news/a", f"[Lees]({typed})")
    assert [dict(one.args)["guess"] for one in site.problems()] == [f"{FOLDER}/index.md"]


def test_a_topic_is_recognised_by_the_name_that_readers_see(site: Site) -> None:
    site.write("site.yaml", SITE.replace("{geld:", "{loopbaan: Werk en loopbaan, geld:"))
    site.post("news/a", topics="[werk en loopbaan]")
    assert [dict(one.args)["guess"] for one in site.problems()] == ["loopbaan"]
