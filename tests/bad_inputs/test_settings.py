"""site.yaml, the options and the output folder: nothing starts that can't end well."""

from pathlib import Path

import pytest

from tests.bad_inputs.mistakes import front, has_caret, only, paste, text
from tests.conftest import SITE, Site

TWO = "title: T\nurl: https://plein.example\n"
# What stands in site.yaml, the code, the line, and a word that the message must have.
WRONG = [
    ("", "setting-missing", 1, "title"),
    ("title: T\n", "setting-missing", 1, "url"),
    ("url: https://plein.example\ntitle:\n", "setting-missing", 1, "title"),
    ("title: Let op: T\nurl: https://plein.example\n", "yaml-quotes", 1, 'title: "Let op: T"'),
    (TWO + "langage: nl\n", "unknown-setting", 3, "did you mean “language”?"),
    (TWO + "colour: x\n", "unknown-setting", 3, ""),
    (TWO + "title: twee\n", "key-twice", 3, "line 1"),
    (TWO + "language: de\n", "not-an-option", 3, "nl, en"),
    (TWO + "language: [nl]\n", "not-an-option", 3, "nl, en"),
    (TWO + "languages: nl, de\n", "unknown-language", 3, "nl, en"),
    (TWO + "timezone: Amsterdam\n", "unknown-zone", 3, "Europe/Amsterdam"),
    (TWO + "timezone: ../../etc/passwd\n", "unknown-zone", 3, "Europe/Amsterdam"),
    (TWO + "timezone: /etc/localtime\n", "unknown-zone", 3, "Europe/Amsterdam"),
    (TWO + "theme: nope\n", "no-theme", 3, "themes/nope"),
    (TWO + "theme: ../content\n", "no-theme", 3, "default"),
    (TWO + "topics: [a, {b: c}]\n", "not-terms", 3, "finance: Money"),
    (TWO + "languages: [nl, de]\n", "unknown-language", 3, "nl, en"),
    (TWO + "menu:\n  - news\n  - nieuws\n", "not-in-menu", 5, "nieuws"),
    (TWO + "topics: x\n", "not-terms", 3, "finance: Money"),
    (TWO + "topics:\n  a: {naam: x}\n", "unknown-part", 4, "name"),
    (TWO + "topics: {HR: A, hr: B}\n", "term-twice", 3, "HR"),
    (TWO + "topics:\n  HR: A\n  hr: B\n", "term-twice", 5, "HR"),
    (TWO + "locations: {Café: A, cafe: B}\n", "term-twice", 3, "Café"),
    (TWO + 'values: {"!!": A}\n', "slug-unsafe", 3, "letters"),
    (TWO + "topics: {a: A, a: B}\n", "key-twice", 3, "a"),
    (TWO + "branding: {colour: red}\n", "not-a-colour", 3, "#0b5d5b"),
    (TWO + "branding: {colour: #0b5d5b}\n", "yaml-quotes", 3, 'branding: {colour: "#0b5d5b"}'),
    (TWO + "branding:\n  colour: #0b5d5b\n", "text-cut-off", 4, '"#0b5d5b"'),
    (TWO + "branding: {color: '#0b5d5b'}\n", "unknown-part", 3, "colour"),
    (TWO + "branding: rood\n", "yaml-no-pairs", 3, "key: value"),
    (TWO + "list_items: 0\n", "not-a-count", 3, "30"),
    (TWO + "list_items: -3\n", "not-a-count", 3, "30"),
    (TWO + "list_items: ²\n", "not-a-count", 3, "30"),
    (TWO + "feed_items: veel\n", "not-a-count", 3, "30"),
    (TWO + "post_max_kb: 1000000\n", "not-a-count", 3, "30"),
    (TWO + "raw_html: misschien\n", "not-yes-or-no", 3, "yes or no"),
    (TWO + "menu: [niews]\n", "not-in-menu", 3, "news"),
    (TWO + "menu: [news, pages/nergens]\n", "not-in-menu", 3, "pages/nergens"),
    (TWO + "levels: {unknown-topik: warn}\n", "unknown-code", 3, "did you mean “unknown-topic”?"),
    (TWO + "levels: {unknown-topic: warning}\n", "not-an-option", 3, "error, warn, allow"),
    (TWO + "levels: {slug-unsafe: allow}\n", "code-fixed", 3, "slug-unsafe"),
    (TWO + "levels: streng\n", "yaml-no-pairs", 3, "key: value"),
    (TWO + "organisation: [a, b]\n", "not-a-text", 3, '"[a, b]"'),
    ("title: T\nurl: ftp://plein.example\n", "not-a-site-address", 2, "https://"),
    ("title: T\nurl: plein.example\n", "not-a-site-address", 2, "https://"),
    ("title: T\nurl: https://pl ein\n", "not-a-site-address", 2, "https://"),
    ("title: T\nurl: https://[x\n", "not-a-site-address", 2, "https://"),
    ("title: T\nurl: https://plein.example:99999\n", "not-a-site-address", 2, "https://"),
    ("title: T\nurl: https://plein.example/?a=b\n", "not-a-site-address", 2, "https://"),
    ('title: T\nurl: "https://plein.example/\\">"\n', "not-a-site-address", 2, "https://"),
    ("title: T\nurl: https://jan:geheim@plein.example\n", "not-a-site-address", 2, "https://"),
    ("title: {de: x}\nurl: https://plein.example\n", "unknown-part", 1, "nl, en"),
    ("- a\n- b\n", "yaml-no-pairs", 1, "key: value"),
    ('title: "a\\x00b"\nurl: https://plein.example\n', "control-character", 1, "U+0000"),
]


@pytest.mark.parametrize(("yaml", "code", "line", "says"), WRONG)
def test_a_mistake_in_the_settings_is_told_at_its_line(
    site: Site, yaml: str, code: str, line: int, says: str
) -> None:
    site.write("site.yaml", yaml)
    found = [item for item in site.problems() if item.code == code]
    assert [(item.span.path, item.span.line) for item in found[:1]] == [("site.yaml", line)]
    assert says in text(found[0])


SEVERAL = """\
title: Let op: T
url: plein
langage: nl
timezone: Amsterdam
list_items: veel
"""


def test_all_mistakes_in_the_settings_come_at_once_and_change_nothing(site: Site) -> None:
    site.post("news/a")
    site.build()
    before = site.tree()
    site.write("site.yaml", SEVERAL)
    done = site.run("build", code=2)
    for code in (
        "yaml-quotes",
        "not-a-site-address",
        "unknown-setting",
        "unknown-zone",
        "not-a-count",
    ):
        assert f"[{code}]" in done.stderr
    assert site.tree() == before


def test_settings_in_another_encoding_or_with_two_versions_get_one_message(site: Site) -> None:
    site.write("site.yaml", SITE.encode("utf-16"))
    only(site, "not-utf8")
    site.write("site.yaml", f"<<<<<<< a\n{SITE}=======\n{SITE}>>>>>>> b\n")
    assert {item.code for item in site.problems()} == {"merge-marker"}


REMARKS = (
    TWO
    + "feed_items: 5 # niet meer\ndescription: Van ons  # voor ons\n"
    + 'branding: {colour: "#0b5d5b"} # groen\n'
)


def test_a_remark_in_the_settings_is_a_remark(site: Site) -> None:
    site.write("site.yaml", REMARKS)
    config = site.config
    assert (config.feed_items, config.description["nl"]) == (5, "Van ons")


def test_but_a_number_behind_a_hash_is_not_lost(site: Site) -> None:
    site.write("site.yaml", TWO + "description: Kamer #5\n")
    item = only(site, "text-cut-off")
    paste(site, item)
    assert site.config.description["nl"] == "Kamer #5"


def test_an_empty_topic_is_called_as_it_is_written(site: Site) -> None:
    site.write("site.yaml", TWO + "topics: {geld: }\n")
    assert site.config.topics["geld"].name["nl"] == "geld"


def test_without_settings_it_is_said_where_to_go(site: Site) -> None:
    (site.root / "site.yaml").unlink()
    assert "[no-config]" in site.run("build", code=2).stderr
    (site.root / "site.yaml").mkdir()
    assert "[no-config]" in site.run("build", code=2).stderr
    assert "[no-config]" in site.run("build", "--config", "nergens.yaml", code=2).stderr


CLOCKS = [
    "gisteren",
    "2026-02-30",
    "01/02/2026",
    "2026-03-29 02:30",
    "1",
    "99999-01-01",
    "2026-01-01 00:00 +99:99",
]


@pytest.mark.parametrize("clock", CLOCKS)
def test_a_clock_that_is_none_is_refused(site: Site, clock: str) -> None:
    done = site.run("build", "--clock", clock, code=2)
    assert done.stderr.startswith("--clock: ")


@pytest.mark.parametrize("epoch", ["gisteren", "-1", "9" * 30, "1e9", ""])
def test_a_wrong_epoch_is_no_crash(site: Site, epoch: str) -> None:
    site.env["SOURCE_DATE_EPOCH"] = epoch
    assert site.run("build", code=None).returncode in (0, 2)


@pytest.mark.parametrize(
    "address", ["nergens", "javascript:alert(1)", "https://", "//x.example", 'https://x"><']
)
def test_another_address_has_to_be_one(site: Site, address: str) -> None:
    done = site.run("build", "--base-url", address, code=2)
    assert "[not-a-site-address]" in done.stderr


DANGEROUS = [
    "/",
    ".",
    "..",
    "~",
    "content",
    "content/",
    "content/news",
    "content/../content",
    "themes",
    "themes/x",
    ".plein",
    ".plein/x",
    "public/../content",
    "/tmp/..",
    "/usr",
]


@pytest.mark.parametrize("by", ["option", "setting"])
@pytest.mark.parametrize("output", DANGEROUS)
def test_an_output_that_could_do_harm_is_refused_and_nothing_is_deleted(
    site: Site, output: str, by: str
) -> None:
    site.post("news/a")
    site.write("themes/x/theme.yaml", "contract: 1\n")
    output = str(Path.home()) if output == "~" else output
    before = site.tree(".")
    args = ["-o", output]
    if by == "setting":
        site.write("site.yaml", SITE + f"output: {output}\n")
        before = site.tree(".")
        args = []
    done = site.run("build", *args, code=2)
    assert "[output-dangerous]" in done.stderr or "[output-not-ours]" in done.stderr
    assert {
        path: data for path, data in site.tree(".").items() if not path.startswith(".plein/")
    } == before


def test_an_output_by_a_symbolic_link_is_judged_by_where_it_leads(site: Site) -> None:
    site.post("news/a")
    (site.root / "uit").symlink_to("content")
    before = site.tree("content")
    assert "[output-dangerous]" in site.run("build", "-o", "uit", code=2).stderr
    assert site.tree("content") == before


def test_a_folder_with_files_of_others_is_left_alone(site: Site) -> None:
    site.post("news/a")
    site.write("public/vakantie.jpg", b"CANARY")
    assert "[output-not-ours]" in site.run("build", code=2).stderr
    assert site.tree() == {"vakantie.jpg": b"CANARY"}


def test_a_file_that_somebody_put_between_ours_is_kept(site: Site) -> None:
    site.post("news/a")
    site.build()
    site.write("public/nieuws/eigen.txt", b"CANARY")
    site.post("news/b")
    site.build()
    site.run("clean")
    assert site.tree().keys() - {".plein-manifest"} == {"nieuws/eigen.txt"}
    assert site.read("nieuws/eigen.txt") == "CANARY"
    site.run("build")


def test_a_page_of_ours_that_somebody_changed_is_not_deleted(site: Site) -> None:
    site.post("news/a")
    site.build()
    site.write("public/nieuws/a/index.html", "van een ander")
    (site.root / "content/news/a.md").unlink()
    site.build()
    assert site.read("nieuws/a/index.html") == "van een ander"


def test_mistakes_in_a_theme_s_settings_are_told_at_their_line(site: Site) -> None:
    site.write("site.yaml", SITE + "theme: own\n")
    for yaml, code, line in [
        ("extends: nergens\ncontract: 1\n", "no-theme", 1),
        ("contract: 1\nextends: own\n", "no-theme", 2),
        ("extends: default\ncontract: 2\n", "other-contract", 2),
        ("extends: default\n", "other-contract", 1),
        ("extends: default\ncontract: 1\nauteur: ik\n", "unknown-part", 3),
        ("extends: Let op: x\ncontract: 1\n", "yaml-quotes", 1),
    ]:
        site.write("themes/own/theme.yaml", yaml)
        item = only(site, code)
        assert (item.span.path, item.span.line) == ("themes/own/theme.yaml", line)


def test_free_topics_that_differ_in_capitals_only_name_both_posts(site: Site) -> None:
    site.write("site.yaml", SITE + "levels: {unknown-topic: allow}\n")
    site.post("news/a", topics="HR")
    site.post("news/b", topics="hr")
    found = site.problems()
    assert {item.code for item in found} == {"address-twice"}
    shown = "\n".join(text(item) for item in found)
    assert "content/news/a.md" in shown
    assert "content/news/b.md" in shown


def test_an_unknown_topic_makes_no_other_message(site: Site) -> None:
    site.write("content/news/a.md", front("topics: Geld"))
    item = only(site, "unknown-topic")
    assert has_caret(item)
    assert "did you mean “geld”?" in text(item)
