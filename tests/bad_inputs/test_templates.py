"""A theme's templates: what is wrong is told at the template's line, and nothing is published."""

import pytest

from tests.bad_inputs.mistakes import codes, only, text
from tests.conftest import Site

PAGE = "templates/people.html"
WRONG = [
    ("<p>\n{{ pgae.title }}", "template-name", 2, "did you mean “page”?"),
    ("<p>\n\n{{ page.titel }}", "template-name", 3, "did you mean “title”?"),
    ("{{ sitee }}", "template-name", 1, "did you mean “site”?"),
    ("{{ page.zxqv }}", "template-name", 1, "docs"),
    ("{% if pgae %}x{% endif %}", "template-name", 1, "did you mean “page”?"),
    ("{% for x in page.kaarten %}{% endfor %}", "template-name", 1, "kaarten"),
    ("{{ site.lates(3) }}", "template-name", 1, "did you mean “latest”?"),
    ("\n{% if %}", "template-syntax", 2, ""),
    ("{% for x in y %}\n", "template-syntax", 1, ""),
    ("{{ page.title | omgekeerd }}", "template-syntax", 1, "omgekeerd"),
    ("{{ page.title ", "template-syntax", 1, ""),
    ("{% include '_kop.html' %}", "template-missing", 1, ""),
    ("\n{% include '_cards.html' %}", "template-missing", 2, "did you mean “_card.html”?"),
    ("{% extends 'basis.html' %}", "template-missing", 1, ""),
    ("{{ 1 / 0 }}", "template-error", 1, "ZeroDivision"),
    ("{{ date('gisteren') }}", "template-error", 1, ""),
    ("{{ site.latest('veel') }}", "template-error", 1, ""),
    ("{% include 'people.html' %}", "template-error", 1, "Recursion"),
    ("{{ page.__class__.__mro__ }}", "template-name", 1, "__class__"),
    ("{% set page.title = 'x' %}", "template-error", 1, ""),
]


@pytest.mark.parametrize(("template", "code", "line", "says"), WRONG)
def test_a_mistake_in_a_template_is_told_at_its_line(
    site: Site, template: str, code: str, line: int, says: str
) -> None:
    item = only(site.themed(**{PAGE: template}), code)
    assert (item.span.path, item.span.line) == (f"themes/own/{PAGE}", line)
    assert says in text(item)


INCLUDED = "<p>\n{{ card.titel }}\n"


@pytest.mark.parametrize(
    "outer",
    [
        "{% set card = page %}{% include '_own.html' %}",
        "{% set card = page %}\n{% import '_own.html' as own with context %}",
    ],
)
def test_a_mistake_in_an_included_file_is_told_there(site: Site, outer: str) -> None:
    item = only(site.themed(**{PAGE: outer, "templates/_own.html": INCLUDED}), "template-name")
    assert (item.span.path, item.span.line) == ("themes/own/templates/_own.html", 2)


def test_a_mistake_in_a_macro_is_told_where_it_stands(site: Site) -> None:
    macro = "{% macro kop(x) %}\n{{ x.titel }}\n{% endmacro %}"
    page = "{% import '_own.html' as own %}{{ own.kop(page) }}"
    item = only(site.themed(**{PAGE: page, "templates/_own.html": macro}), "template-name")
    assert (item.span.path, item.span.line) == ("themes/own/templates/_own.html", 2)


def test_a_partial_that_asks_for_the_page_says_what_to_give_it(site: Site) -> None:
    partial = "<p>\n{{ page.title }}</p>"
    page = "{{ partial('_own.html', colour='red') }}"
    item = only(site.themed(**{PAGE: page, "templates/_own.html": partial}), "template-no-page")
    assert (item.span.path, item.span.line) == ("themes/own/templates/_own.html", 2)
    assert "title=page.title" in text(item)


def test_a_partial_that_is_not_there_is_told_where_it_is_asked_for(site: Site) -> None:
    item = only(site.themed(**{PAGE: "<p>\n{{ partial('_meny.html') }}"}), "template-missing")
    assert (item.span.path, item.span.line) == (f"themes/own/{PAGE}", 2)
    assert "did you mean “_menu.html”?" in text(item)


def test_mistakes_in_several_templates_come_at_once_and_change_nothing(site: Site) -> None:
    site.post("news/a")
    site.build()
    before = site.tree()
    wrong = {
        PAGE: "{{ pgae }}",
        "templates/decisions.html": "{{ pgae }}",
        "templates/list.html": "{% if %}",
    }
    done = site.themed(**wrong).run("build", code=1)
    for name in wrong:
        assert f"themes/own/{name}:1:" in done.stderr
    assert site.tree() == before


@pytest.mark.parametrize(
    ("name", "data"),
    [
        (PAGE, b"caf\xe9"),
        (PAGE, b"\xff\xfe\x00"),
        ("locales/nl.po", b"caf\xe9"),
        ("locales/nl.po", b"geen catalogus"),
        ("locales/nl.po", b'msgid "x'),
        ("theme.yaml", b"caf\xe9"),
        ("assets/style.css", b"\xff\x00"),
        ("locales/nl.po", b'msgid ""\nmsgstr "Content-Type: text/plain; charset=klingon\\n"\n'),
    ],
)
def test_a_theme_file_that_can_not_be_read_is_named(site: Site, name: str, data: bytes) -> None:
    done = site.themed(**{name: data}).run("build", code=None)
    assert done.returncode in (0, 1, 2)
    assert "Plein zelf" not in done.stderr
    if done.returncode:
        assert f"themes/own/{name}" in done.stderr


def test_a_translation_with_a_wrong_placeholder_is_no_crash(site: Site) -> None:
    po = 'msgid "By {date}"\nmsgstr "Voor {datum} {"\n'
    site.post("news/a", importance="need-to-know", deadline="2026-12-01")
    done = site.themed(**{"locales/nl.po": po}).run("build", "--clock", site.clock, code=1)
    assert "translation-wrong" in done.stderr


def test_a_template_can_not_reach_the_machine(site: Site) -> None:
    for trick in (
        "{{ ''.__class__.__base__.__subclasses__() }}",
        "{{ site._ask }}",
        "{{ url.__globals__ }}",
        "{{ page.__init__ }}",
        "{{ (page|attr('__class__')) }}",
        "{{ site.__class__ }}",
    ):
        found = codes(site.themed(**{PAGE: trick}))
        assert found in (["template-error"], ["template-name"]), trick


def test_links_in_a_theme_that_lead_out_of_it_are_refused(site: Site) -> None:
    site.themed()
    (site.root / "themes/own/templates").mkdir()
    (site.root / "themes/own/templates/people.html").symlink_to("/etc/passwd")
    assert codes(site) == ["not-a-plain-file"]
