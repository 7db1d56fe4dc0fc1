"""An organisation's own look: what a build says when it does not work out."""

import re

import pytest
from playwright.sync_api import Browser

from generator import policy
from generator.assembly.branding import contrast, darkened
from tests.browsing import served
from tests.conftest import SITE, Site
from tests.pages.test_accessible import violations


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("accent", ["", "#c35100"])
def test_browsers_without_relative_colours_have_contrast_too(
    site: Site, browser: Browser, scheme: str, accent: str
) -> None:
    site.write("site.yaml", SITE + (f'branding: {{accent: "{accent}"}}\n' if accent else ""))
    site.post("news/let-op", "Lees dit.", importance="need-to-know", action="Doen",
              deadline="2099-12-01")  # fmt: skip
    site.build()
    (style,) = (site.root / "public/assets").glob("style-*.css")
    text = style.read_text()
    assert "oklch(from" in text
    style.write_text(text.replace("color: oklch(from red l c h)", "color: nothing"))
    with served(site.root / "public", policy.header(site.config)) as where:
        # A stylesheet with other bytes than were built would be refused.
        page = (site.root / "public/index.html").read_text()
        (site.root / "public/index.html").write_text(re.sub(r' integrity="[^"]*"', "", page))
        assert violations(browser, where + "/", 390, scheme) == []


def test_a_light_colour_gets_a_darker_one_that_would_do(site: Site) -> None:
    site.write("site.yaml", SITE + 'branding: {colour: "#ffcc00", accent: "#8a1c1c"}\n')
    (found,) = site.problems()
    assert (found.code, found.span.line) == ("colour-too-light", 12)
    better = dict(found.args)["guess"]
    assert contrast(better) >= 4.5 > contrast("#ffcc00")
    site.write("site.yaml", SITE + f'branding: {{colour: "{better}"}}\n')
    assert site.problems() == ()


@pytest.mark.parametrize("colour", ["#ffffff", "#00ff00", "#ff69b4", "#777777", "#0b5d5b"])
def test_what_is_proposed_is_readable_and_no_darker_than_needed(colour: str) -> None:
    assert 4.5 <= contrast(darkened(colour)) <= max(5.0, contrast(colour))


def test_a_logo_that_is_not_there(site: Site) -> None:
    site.write("site.yaml", SITE + "branding: {logo: beeld.svg}\n")
    assert [one.code for one in site.problems()] == ["logo-missing"]
    site.write("content/static/beeld.svg", "<svg/>")
    assert site.problems() == ()
    assert 'src="/beeld.svg"' in site.read("index.html")


def test_a_mistyped_template_is_noticed(site: Site) -> None:
    site.write("site.yaml", SITE + "theme: eigen\n")
    site.write("themes/eigen/theme.yaml", "name: eigen\nextends: default\ncontract: 1\n")
    site.write("themes/eigen/templates/entry-nieuws.html", '{% extends "entry.html" %}')
    (found,) = site.problems()
    assert (found.code, found.span.path) == (
        "template-unused", "themes/eigen/templates/entry-nieuws.html",
    )  # fmt: skip
    assert dict(found.args)["guess"] == "entry-news.html"


def test_a_mistyped_block_is_noticed(site: Site) -> None:
    site.write("site.yaml", SITE + "theme: eigen\n")
    site.write("themes/eigen/theme.yaml", "name: eigen\nextends: default\ncontract: 1\n")
    page = "themes/eigen/templates/entry-news.html"
    blocks = "{% block {} %}<p>{% block eigen %}x{% endblock %}</p>{% endblock %}"
    for name in ("content", "main", "hoofd", "contnet"):
        text = '{% extends "entry.html" %}\n  ' + blocks.replace("{}", name) + "\n"
        site.write(page, text)
        found = [(one.code, one.span.path, one.span.line, one.span.column)
                 for one in site.problems()]  # fmt: skip
        is_there = name in ("content", "main")
        assert found == ([] if is_there else [("block-unused", page, 2, 12)])
    (item,) = site.problems()
    assert dict(item.args)["guess"] == "content"
    # The page of another theme may have any blocks, and so may one that stands by itself.
    site.write(page, "{% block los %}x{% endblock %}")
    assert site.problems() == ()
