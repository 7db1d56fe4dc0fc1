"""`plein check`: advice at its line, on texts, files, links and the finished pages."""

import json
import shutil
from pathlib import Path

import pytest
from jsonschema import Draft4Validator
from sarif_pydantic import Sarif

from tests.bad_inputs.mistakes import photo
from tests.conftest import NOW, Site

CLOCK = ("--clock", NOW)
HOUSE = Path(__file__).parents[2]


def check(site: Site, *args: str, code: int | None = None) -> list[tuple[str, int, str]]:
    """File, line and code of each finding."""
    done = site.run("check", "--format", "json", *CLOCK, *args, code=code)
    return [(one["file"], one["line"], one["code"]) for one in json.loads(done.stdout)]


def codes(site: Site, *args: str) -> list[str]:
    return [code for _, _, code in check(site, *args)]


def level(site: Site, code: str, wanted: str) -> None:
    site.write(
        "site.yaml", (site.root / "site.yaml").read_text() + f"levels: {{{code}: {wanted}}}\n"
    )


# A body and what is found in it: the line of the file (the body begins at 7) and the code.
BODIES = {
    "### Te diep": [(7, "heading-jump")],
    "## Goed\n\n#### Te diep\n\n#### Ook zo diep": [(9, "heading-jump")],
    "# Eerst\n\n### Dan\n\nEn\n--\n\n### Weer": [(9, "heading-jump")],
    "```\n### In code\n```\n\n## Goed\n\n### Dieper\n\n## Terug": [],
    "Lees [hier](https://a.example) meer, of [Klik hier!](https://b.example).": [
        (7, "link-vague"), (7, "link-vague")],
    "[het rooster](https://a.example) en `[hier](x)` en \\[hier](y)": [],
    "<a href=\"https://a.example\">read more</a>": [(7, "link-vague")],
    "• appel\n• peer": [(7, "list-mark"), (8, "list-mark")],
    "Een – tussen twee.\n– Zei Jan.": [],
    "-appel\n-peer": [(7, "list-no-space"), (8, "list-no-space")],
    "-12 graden was het.": [],
    "1. een\n  - onder een": [(8, "list-flat")],
    "1. een\n   - onder een\n\n- twee\n  - diep\n\n- drie": [],
    "- een\n- twee\n\n Een alinea.": [],
    "```yaml\n1. een\n  - onder\n```": [],
    "[Kijk](http://127.0.0.1:8000/nieuws/a/) of http://localhost:8000/": [
        (7, "link-to-preview"), (7, "link-to-preview")],
}  # fmt: skip


@pytest.mark.parametrize("body", BODIES)
def test_a_text_is_read_as_its_readers_will(body: str, site: Site) -> None:
    site.post("news/a", body, summary="Kort.")
    expected = [("content/news/a.md", line, code) for line, code in BODIES[body]]
    assert check(site, code=0) == expected


def test_pictures_are_described_by_what_there_is_to_see(site: Site) -> None:
    picture = (HOUSE / "content/people/henk-tolsma/portret.jpg").read_bytes()
    site.write("content/news/a/IMG_1234.jpg", picture)
    body = "![IMG_1234](IMG_1234.jpg) ![Foto van een dijk](IMG_1234.jpg) ![Een dijk](IMG_1234.jpg)"
    site.post("news/a/index", body, image="IMG_1234.jpg")
    assert codes(site) == ["image-alt-missing", "alt-file-name", "alt-opening"]


def test_a_picture_on_top_may_be_an_ornament(site: Site) -> None:
    picture = (HOUSE / "content/people/henk-tolsma/portret.jpg").read_bytes()
    site.write("content/news/a/krul.jpg", picture)
    for empty in ("''", '""'):
        site.post("news/a/index", image="krul.jpg", alt=empty)
        assert codes(site) == []
    site.post("news/a/index", "Tekst.", image="krul.jpg\nalt:")
    assert codes(site) == ["image-alt-missing"]


def test_what_nobody_needs_any_more_is_named(site: Site) -> None:
    picture = (HOUSE / "content/people/henk-tolsma/portret.jpg").read_bytes()
    site.post("news/a/index", "![Henk](henk.jpg) en [het plan](plan.pdf)")
    site.post("news/klad/index", "![Straks](straks.jpg)", draft="yes")
    for name in ("a/henk.jpg", "a/over.jpg", "klad/straks.jpg"):
        site.write(f"content/news/{name}", picture)
    site.write("content/news/a/plan.pdf", b"%PDF-1.7 plan")
    site.write("content/news/Verslag.docx", b"PK")
    site.write("content/static/logo.png", picture)
    assert check(site, code=0) == [
        ("content/news/Verslag.docx", 1, "word-file"),
        ("content/news/a/over.jpg", 1, "file-unused"),
    ]


def test_need_to_know_ends_and_stays_rare(site: Site) -> None:
    for number in range(9):
        must = {"importance": "need-to-know"} if number < 3 else {}
        site.post(f"news/b{number}.nl", date=f"2026-11-0{number + 1}", **must,
                  **({"deadline": "2026-12-01"} if number else {}) if must else {})  # fmt: skip
        site.post(f"news/b{number}.en", date="")
    assert check(site, code=0) == [
        ("content/news/b0.nl.md", 4, "must-read-endless"),
        ("content/news/b2.nl.md", 4, "must-read-overused"),
    ]


def test_a_language_is_not_forgotten(site: Site) -> None:
    site.post("news/moet", importance="need-to-know", deadline="2026-12-01")
    site.post("news/gewoon")
    site.post("news/twee.nl", updated="2026-11-20")
    site.post("news/twee.en", updated="2026-11-10")
    assert codes(site) == ["untranslated-important", "translation-behind"]
    level(site, "untranslated", "warn")
    assert "untranslated" in codes(site)


def test_pages_and_hidden_posts_can_be_reached(site: Site) -> None:
    level(site, "untranslated-important", "allow")
    for name in ("menu", "gelinkt", "los"):
        site.post(f"pages/{name}", "[Elders](gelinkt.md)" if name == "menu" else "Tekst.", date="")
    site.post("news/verborgen", unlisted="yes")
    settings = (site.root / "site.yaml").read_text()
    site.write("site.yaml", f"{settings}menu: [news, pages/menu]\n")
    assert check(site, code=0) == [
        ("content/news/verborgen.md", 1, "nothing-leads-here"),
        ("content/pages/los.md", 1, "nothing-leads-here"),
    ]


def test_names_that_look_alike(site: Site) -> None:
    settings = (site.root / "site.yaml").read_text()
    names = {"geld": "Geld", "werkplek": "Plek", "werkplekken": "Plekjes", "x1": "A1", "x2": "A2"}
    better = "topics:\n" + "\n".join(f"  {name}: {words}" for name, words in names.items())
    lines = [better if line.startswith("topics") else line for line in settings.splitlines()]
    site.write("site.yaml", "\n".join(lines) + "\n")
    assert check(site, code=0) == [("site.yaml", 10, "terms-alike")]


def test_a_date_in_two_places(site: Site) -> None:
    site.post("news/2026-11-03-a", date="2026-11-04")
    site.post("news/2026-11-05-b/index", date="2026-11-05 23:30")
    site.post("news/2026-11-06-c", date="")
    assert check(site, code=0) == [("content/news/2026-11-03-a.md", 3, "date-differs")]


def test_addresses_of_the_own_site_are_looked_up_on_the_finished_pages(site: Site) -> None:
    own = "https://plein.voorbeeld.example"
    site.post("news/b", "## Waarom zo\n\nTekst. [Boven](#top)")
    body = (
        f"[goed]({own}/nieuws/b/#waarom-zo)\n\n[weg]({own}/nieuws/c/)\n\n[mis]({own}/nieuws/b/#nee)"
    )
    site.post("news/a", body, summary="Kort.")
    assert check(site, code=1) == [
        ("content/news/a.md", 9, "page-link-missing"),
        ("content/news/a.md", 11, "page-anchor-missing"),
    ]


def test_a_link_that_a_theme_gets_wrong(site: Site) -> None:
    site.post("news/a")
    site.write("themes/own/theme.yaml", "name: own\nextends: default\ncontract: 1\n")
    site.write("themes/own/templates/not-found.html", '<!doctype html><a href="/weg/">Weg</a>')
    site.write("site.yaml", (site.root / "site.yaml").read_text() + "theme: own\n")
    assert check(site, code=1) == [("site.yaml", 1, "page-link-missing")]


def test_what_is_still_to_come_is_checked_too(site: Site) -> None:
    site.post("news/straks", "[kapot](weg.md)", publish="2026-12-01")
    site.post("news/klad", "[kapot](weg.md) en [straks](straks.md)", draft="yes")
    site.post("news/linkt", "[straks](straks.md)", publish="2026-11-28")
    site.post("vlogs/klad", draft="yes")
    found = check(site, code=1)
    assert ("content/news/straks.md", 7, "link-missing") in found
    assert ("content/news/klad.md", 7, "link-missing") in found
    assert ("content/vlogs/klad.md", 1, "draft-unfinished") in found
    # Live on 28 November, with a link to what is not there before December.
    assert ("content/news/linkt.md", 7, "link-unpublished") in found
    assert site.build().problems == ()


def test_everything_that_a_build_finds_is_there_and_nothing_is_written(site: Site) -> None:
    site.write("content/news/a.md", "---\ntitel: x\ntopics: gelt\n---\n\n![](weg.jpg)\n")
    site.post("news/b")
    built = [(one.span.path, one.span.line, one.code) for one in site.problems()]
    assert set(built) <= set(check(site, code=1))
    assert not (site.root / "public").exists()


def test_a_site_that_is_built_is_not_made_again(site: Site) -> None:
    site.post("news/a", "[weg](https://plein.voorbeeld.example/weg/)")
    site.build()
    before = site.tree()
    assert codes(site) == ["page-link-missing"]
    assert site.tree() == before


def test_strict_counts_advice_as_errors(site: Site) -> None:
    site.post("news/a", "[hier](https://a.example)")
    assert codes(site) == ["link-vague"]
    check(site, "--strict", code=1)
    level(site, "link-vague", "error")
    check(site, code=1)


def test_a_line_allows_what_it_gives_a_reason_for(site: Site) -> None:
    body = """\
<!-- plein: allow heading-jump because the form asks for it -->
### Formulier

[hier](https://a.example) <!-- plein: allow link-vague omdat het een citaat is -->

[hier](https://a.example) staat er zonder.
"""
    site.post("news/2026-11-02-a", body, summary="Kort.")
    assert check(site) == [("content/news/2026-11-02-a.md", 12, "link-vague"),
                           ("content/news/2026-11-02-a.md", 3, "date-differs")][::-1]  # fmt: skip
    assert "plein:" not in (site.build() and site.read("nieuws/2026-11-02-a/index.html"))
    text = (site.root / "content/news/2026-11-02-a.md").read_text()
    why = "# plein: allow date-differs because it was moved\ndate:"
    site.write("content/news/2026-11-02-a.md", text.replace("date:", why))
    assert codes(site) == ["link-vague"]


def test_a_build_goes_by_what_a_line_allows(site: Site) -> None:
    picture = (HOUSE / "content/people/henk-tolsma/portret.jpg").read_bytes()
    site.write("content/news/a/henk.jpg", picture)
    site.post("news/a/index", "![](henk.jpg)")
    assert [one.code for one in site.build().problems] == ["image-no-alt"]
    allowed = "![](henk.jpg) <!-- plein: allow image-no-alt because it is only an ornament -->"
    site.post("news/a/index", allowed)
    assert site.build(strict=True).problems == ()
    assert codes(site) == []


def test_an_error_can_not_be_allowed_and_a_remark_must_make_sense(site: Site) -> None:
    body = """\
[kapot](weg.md) <!-- plein: allow link-missing because later -->

[hier](https://a.example) <!-- plein: allow link-vague -->

Tekst. <!-- plein: allow heading-jump because it was so once -->

Tekst. <!-- plein: allow heading-jumb because of a slip -->
"""
    site.post("news/a", body, summary="Kort.")
    assert [(line, code) for _, line, code in check(site, code=1)] == [
        (7, "link-missing"), (7, "allow-unknown"), (9, "allow-no-reason"),
        (11, "allow-unused"), (13, "allow-unknown"),
    ]  # fmt: skip


def test_fix_puts_right_what_can_be_meant_in_one_way_and_shows_it(site: Site) -> None:
    above = "---\r\ntitel: Let op: dicht\r\ndatum: 24 december 2026\r\n---\r\n\r\n"
    broken = f"{above}• melk\r\n• thee\r\n\r\n1. een\r\n  - twee\r\n"
    site.write("content/news/a.md", broken)
    done = site.run("check", "--fix", *CLOCK, code=0)
    mended = (site.root / "content/news/a.md").read_bytes().decode()
    assert mended == (
        '---\r\ntitle: "Let op: dicht"\r\ndate: 2026-12-24\r\n---\r\n\r\n'
        "- melk\r\n- thee\r\n\r\n1. een\r\n   - twee\r\n"
    )
    assert "content/news/a.md:2  [yaml-quotes]\n  - title: Let op: dicht\n" in done.stderr
    assert site.run("check", "--fix", *CLOCK, code=0).stderr == ""


def test_fix_begins_with_the_settings(site: Site) -> None:
    settings = (site.root / "site.yaml").read_text()
    broken = settings.replace("title: {nl: Ons Plein, en: Our Square}", "titel: Ons Plein: van ons")
    site.write("site.yaml", broken.replace("timezone: Europe/Amsterdam", "tijdzone: Europe/Paris"))
    site.post("news/a", "• melk\n• thee", summary="Kort.")
    done = site.run("check", "--fix", *CLOCK, code=0)
    mended = (site.root / "site.yaml").read_text()
    assert mended.splitlines()[0] == 'title: "Ons Plein: van ons"'
    assert "timezone: Europe/Paris\n" in mended
    assert "site.yaml:1  [unknown-setting]\n  - titel: " in done.stderr
    assert "- melk" in (site.root / "content/news/a.md").read_text()


def test_fix_leaves_settings_alone_that_are_not_sure(site: Site) -> None:
    settings = (site.root / "site.yaml").read_text() + "them: eigen\ntitel: Twee\n"
    site.write("site.yaml", settings)
    done = site.run("check", "--fix", *CLOCK, code=2)
    assert (site.root / "site.yaml").read_text() == settings
    assert "bedoel je “theme”?" in done.stderr
    assert "bedoel je “title”?" in done.stderr


def test_fix_never_makes_a_new_mistake(site: Site) -> None:
    site.write(
        "content/news/a.md", "---\ntitle: x\ndate: 2026-11-01\ntopics: geld\ntags: geld\n---\n"
    )
    site.run("check", "--fix", *CLOCK, code=1)
    assert "tags: geld" in (site.root / "content/news/a.md").read_text()


def test_fix_leaves_alone_what_is_not_sure(site: Site) -> None:
    text = (
        "---\ntitle: x\ndate: 01/02/2026\ntopics: gelt\ntittle: y\n---\n\n[x](weg.md)\n\n### Diep\n"
    )
    site.write("content/news/a.md", text)
    site.run("check", "--fix", *CLOCK, code=1)
    assert (site.root / "content/news/a.md").read_text() == text


def test_a_person_sees_the_line_and_how_much_was_looked_at(site: Site) -> None:
    site.post("news/a", "[hier](https://a.example)", summary="Kort.")
    done = site.run("check", *CLOCK)
    assert "“hier” zegt niet waar deze link heen gaat" in done.stderr
    assert done.stdout.startswith("Teksten: 1, ")
    assert "1 waarschuwing." in done.stdout


def test_the_demo_comes_through_without_a_remark(tmp_path: Path) -> None:
    shutil.copytree(HOUSE / "content", tmp_path / "content")
    shutil.copy(HOUSE / "site.yaml", tmp_path)
    assert check(Site(tmp_path), "--strict", code=0) == []


def test_a_code_host_gets_sarif(site: Site) -> None:
    site.post("news/één twee", "[hier](https://a.example) [weg](weg.md)", summary="Kort.")
    done = site.run("check", "--format", "sarif", *CLOCK, code=1)
    log = Sarif.model_validate_json(done.stdout)
    (run,) = log.runs
    assert (log.version, run.tool.driver.name) == ("2.1.0", "Plein")
    rules = [rule.id for rule in run.tool.driver.rules or []]
    found = {result.rule_id: result for result in run.results or []}
    assert sorted(found) == rules == ["link-missing", "link-vague"]
    raw = json.loads(done.stdout)["runs"][0]["results"]
    assert [(one["ruleIndex"], one["level"]) for one in raw] == [(1, "warning"), (0, "error")]
    place = raw[0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "content/news/%C3%A9%C3%A9n%20twee.md"
    assert place["region"] == {"startLine": 7, "startColumn": 2, "endColumn": 6}
    assert "bedoel" not in done.stderr


def test_gitlab_gets_a_report_of_code_quality(site: Site) -> None:
    site.post("news/a", "[hier](https://a.example)\n\n[hier](https://a.example) [weg](weg.md)")
    done = site.run("build", "--format", "gitlab", *CLOCK, code=1)
    (found,) = json.loads(done.stdout)
    assert found["location"] == {"path": "content/news/a.md", "lines": {"begin": 8}}
    assert (found["check_name"], found["severity"]) == ("link-missing", "major")
    assert "weg.md" in found["description"]
    checked = json.loads(site.run("check", "--format", "gitlab", *CLOCK, code=1).stdout)
    assert len({one["fingerprint"] for one in checked}) == len(checked) > 2
    site.post("news/a")
    for command in (("build",), ("publish", "--to", "../live")):
        assert json.loads(site.run(*command, "--format", "gitlab", *CLOCK).stdout) == []


# The schema of the standard itself comes with what judges SARIF in Node.
SARIF_SCHEMA = Path(__file__).parents[1] / "tools/node_modules/@microsoft/jest-sarif/lib/schemas"


def test_sarif_is_as_the_standards_own_schema_has_it(site: Site) -> None:
    schema = json.loads((SARIF_SCHEMA / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
    validator = Draft4Validator(schema, format_checker=Draft4Validator.FORMAT_CHECKER)
    site.post("news/één twee", "[hier](https://a.example) [weg](weg.md)\n\n### Diep")
    site.write("content/news/#50%.md", "---\ntitel: [\n---\n\n![](a b.jpg)")
    site.write("content/news/leeg.md", "")
    site.write("content/news/latin.md", b"caf\xe9")
    site.write("content/news/Verslag.docx", b"PK")
    found = json.loads(site.run("check", "--format", "sarif", *CLOCK, code=1).stdout)
    assert len(found["runs"][0]["results"]) >= 8
    assert [error.message for error in validator.iter_errors(found)] == []
    site.write("site.yaml", "title: [")
    broken = json.loads(site.run("check", "--format", "sarif", *CLOCK, code=2).stdout)
    assert [error.message for error in validator.iter_errors(broken)] == []
    for wrong in ({}, {**found, "version": "2"}, {**found, "runs": [{"results": []}]}):
        assert list(validator.iter_errors(wrong))


def test_what_is_scheduled_is_looked_at_as_of_its_own_day(site: Site) -> None:
    site.post("news/eerst", "Lees [dit](dan.md).", date="2026-12-07", summary="Kort.")
    site.post("news/dan", "Lees [dat](eerst.md).", date="2026-12-10", summary="Kort.")
    assert check(site) == [("content/news/eerst.md", 7, "link-unpublished")]


def test_subtitles_of_a_scheduled_vlog_are_looked_at(site: Site) -> None:
    site.write(
        "content/vlogs/straks/index.md",
        "---\ntitle: Straks\ndate: 2026-12-07\nsummary: Kort.\nvideo: https://youtu.be/dQw4w9WgXcQ\n"
        "duration: 1:00\nimage: poster.jpg\nalt: De dijk\ncaptions: {nl: straks.vtt}\n---\n",
    )
    site.write("content/vlogs/straks/poster.jpg", photo())
    cue = "00:0{}.000 --> 00:0{}.000\nWoorden.\n\n"
    site.write(
        "content/vlogs/straks/straks.vtt", "WEBVTT\n\n" + cue.format(1, 5) + cue.format(3, 7)
    )
    assert "captions-overlap" in codes(site)


def test_a_post_that_would_go_live_looking_old(site: Site) -> None:
    late = {"date": "2026-11-20", "publish": "2026-12-07 09:00", "summary": "Kort."}
    site.post("news/straks", **late)
    site.post("news/vandaag", date="2026-12-07", publish="2026-12-07 09:00", summary="Kort.")
    site.post("news/vroeger", date="2026-10-20", publish="2026-10-27 09:00", summary="Kort.")
    assert check(site, code=0) == [("content/news/straks.md", 4, "date-before-publish")]
