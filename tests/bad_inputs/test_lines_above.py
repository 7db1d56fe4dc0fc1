"""The lines of YAML above a text: what a writer gets wrong, and the line that mends it."""

from itertools import pairwise

import pytest

from tests.bad_inputs.mistakes import codes, front, has_caret, only, paste, text
from tests.conftest import Site
from tests.films import SUBTITLES

WITH_SUBTITLES = "captions: {nl: a.vtt}"

# What is typed, the code, and the title (or other value) that is meant.
MENDED_BY_PASTING = [
    ("title: Let op: nieuw", "yaml-quotes", "Let op: nieuw"),
    ("title: Onderhoud: 12:30", "yaml-quotes", "Onderhoud: 12:30"),
    ("title: Wat: een: dag", "yaml-quotes", "Wat: een: dag"),
    ("title: @jan", "yaml-quotes", "@jan"),
    ("title: %korting", "yaml-quotes", "%korting"),
    ("title: `code`", "yaml-quotes", "`code`"),
    ("title: *Belangrijk*", "yaml-quotes", "*Belangrijk*"),
    ("title: *Belangrijk* nieuws", "yaml-quotes", "*Belangrijk* nieuws"),
    ("title: [Intern] Nieuws", "yaml-quotes", "[Intern] Nieuws"),
    ("title: {Nieuw} ding", "yaml-quotes", "{Nieuw} ding"),
    ("title: - streepje", "yaml-quotes", "- streepje"),
    ("title: ? vraag", "yaml-quotes", "? vraag"),
    ("title: > groter", "yaml-quotes", "> groter"),
    ("title: | pijp", "yaml-quotes", "| pijp"),
    ("title: & zo", "yaml-quotes", "& zo"),
    ('title: "Directie" zegt ja', "yaml-quotes", '"Directie" zegt ja'),
    ('title: "Jan\'s fiets": weg', "yaml-quotes", '"Jan\'s fiets": weg'),
    ("title: Let op: 'nieuw' \"x\"", "yaml-quotes", "Let op: 'nieuw' \"x\""),
    ("title: !belangrijk", "yaml-tag", "!belangrijk"),
    ("title: ! belangrijk", "yaml-tag", "! belangrijk"),
    ("title: &samen werken", "yaml-alias", "&samen werken"),
    ("title: *ster", "yaml-alias", "*ster"),
    ("title: Besluit #5", "text-cut-off", "Besluit #5"),
    ("title: Besluit # 5", "text-cut-off", "Besluit # 5"),
    ('title: "Besluit" #5', "text-cut-off", '"Besluit" #5'),
    ("title: #trots", "text-cut-off", "#trots"),
    ("title: # trots", "text-cut-off", "# trots"),
    ("title: 't Is weer zover", "yaml-unclosed", "'t Is weer zover"),
    ("title: 's-Hertogenbosch opent", "yaml-unclosed", "'s-Hertogenbosch opent"),
    ("title: '25 was een goed jaar", "yaml-unclosed", "'25 was een goed jaar"),
    ('title: "Open dag', "yaml-unclosed", "Open dag"),
    ("title: 'Open dag", "yaml-unclosed", "Open dag"),
    ("title: “Open dag”", "yaml-curly-quote", "Open dag"),
    ("title: „Open dag”", "yaml-curly-quote", "Open dag"),
    ("title: ‘Open dag’", "yaml-curly-quote", "Open dag"),
    (r'title: "C:\temp"', "yaml-backslash", r"C:\temp"),
    (r'title: "C:\nieuw"', "yaml-backslash", r"C:\nieuw"),
    (r'title: "Map \data"', "yaml-backslash", r"Map \data"),
    ("title:Open dag", "yaml-space", "Open dag"),
    ("title:Let op: nieuw", "yaml-space", "Let op: nieuw"),
    ("title: [een, twee]", "not-a-text", "[een, twee]"),
    ("title: {een: twee}", "not-a-text", "{een: twee}"),
]


@pytest.mark.parametrize(("line", "code", "meant"), MENDED_BY_PASTING)
def test_the_proposed_line_mends_the_title(site: Site, line: str, code: str, meant: str) -> None:
    site.write("content/news/a.md", f"---\n{line}\ndate: 2026-11-01\n---\n\nTekst.\n")
    item = only(site, code)
    assert (item.span.path, item.span.line) == ("content/news/a.md", 2)
    assert has_caret(item)
    paste(site, item)
    assert [card.title for card in site.whole().cards.values()] == [meant, meant]


MENDED_ELSEWHERE = [
    ("topics: [geld, mensen", "yaml-unclosed"),
    ("topics:[geld, mensen]", "yaml-space"),
    ("  topics: [geld, mensen]", "yaml-indent"),
]


@pytest.mark.parametrize(("line", "code"), MENDED_ELSEWHERE)
def test_the_proposed_line_mends_a_list(site: Site, line: str, code: str) -> None:
    site.write("content/news/a.md", front(line))
    item = only(site, code)
    paste(site, item)
    assert site.whole().cards["nl/news/a"].topics == ("geld", "mensen")


def test_a_decision_with_a_colon_is_mended_in_its_list(site: Site) -> None:
    site.write("content/meetings/a.md", front("open_questions:", "  - Wie: Jan of Els?"))
    item = only(site, "not-a-text")
    file = site.root / item.span.path
    paste(site, item)
    lines = file.read_text(encoding="utf-8")
    assert '\n- "Wie: Jan of Els?"\n' in lines
    assert site.build().problems == ()


AS_TYPED = [
    "2026",
    "1.10",
    "0123",
    "no",
    "yes",
    "null",
    "~",
    "12:30:45",
    "1e3",
    "0x1F",
    "C:\\temp",
    "= 3",
    "een “krul” binnenin",
    "'s' is een letter",
    '"af"',
    "é 😀",
    "a\tb",
    "Q&A",
    "50%",
    "A/B",
]


@pytest.mark.parametrize("typed", AS_TYPED)
def test_a_title_is_the_text_as_typed(site: Site, typed: str) -> None:
    site.write("content/news/a.md", front(f"title: {typed}"))
    meant = typed.strip('"') if typed.startswith('"') else typed
    meant = meant.replace("\t", " ")
    if typed.startswith("'"):
        assert codes(site) == ["yaml-quotes"]
    else:
        assert site.whole().cards["nl/news/a"].title == meant


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [
        ("12:30", 750),
        ("1:02:03", 3723),
        ("0:45", 45),
        ("90", 90),
        ("45 s", 45),
        ("12 min", 720),
        ("2 uur", 7200),
    ],
)
def test_a_duration_is_minutes_and_seconds(site: Site, typed: str, seconds: int) -> None:
    site.write("content/vlogs/a.vtt", SUBTITLES)
    site.write(
        "content/vlogs/a.md",
        front("video: https://video.example/a.mp4", WITH_SUBTITLES, f"duration: {typed}"),
    )
    assert site.whole().cards["nl/vlogs/a"].duration_seconds == seconds


@pytest.mark.parametrize(
    "typed", ["lang", "12:99", "1:2:3:4", "-5", "²", "9" * 30, "9" * 20 + ":00:00", "5 weken"]
)
def test_what_is_no_duration_is_refused(site: Site, typed: str) -> None:
    site.write("content/vlogs/a.vtt", SUBTITLES)
    site.write(
        "content/vlogs/a.md",
        front("video: https://video.example/a.mp4", WITH_SUBTITLES, f"duration: {typed}"),
    )
    assert has_caret(only(site, "not-a-duration"))


@pytest.mark.parametrize("typed", ["Ja", "ja", "yes", "TRUE", "aan", "on", "1"])
def test_yes_in_two_languages(site: Site, typed: str) -> None:
    site.write("content/news/a.md", front(f"draft: {typed}"))
    assert [one.status for one in site.build().withheld] == ["draft"]


@pytest.mark.parametrize("typed", ["nee", "Nee", "no", "uit", "false", "0"])
def test_no_in_two_languages(site: Site, typed: str) -> None:
    site.write("content/news/a.md", front(f"draft: {typed}"))
    assert site.build().withheld == ()


@pytest.mark.parametrize("typed", ["misschien", "ja hoor", "[ja]", "2"])
def test_maybe_is_not_guessed(site: Site, typed: str) -> None:
    site.write("content/news/a.md", front(f"draft: {typed}"))
    assert has_caret(only(site, "not-yes-or-no"))


KEYS = [
    ("datum", "date"),
    ("tittle", "title"),
    ("Title", "title"),
    ("titel", "title"),
    ("tags", "topics"),
    ("auteur", "authors"),
    ("samenvatting", "summary"),
    ("sumary", "summary"),
    ("verloopt", "expires"),
    ("onderwerpen", "topics"),
    ("locatie", "locations"),
    ("afbeelding", "image"),
    ("concept", "draft"),
]


@pytest.mark.parametrize(("typed", "meant"), KEYS)
def test_a_mistyped_or_dutch_key_is_recognised(site: Site, typed: str, meant: str) -> None:
    lines = {"title": "Titel", "date": "2026-11-01"}
    lines.pop(meant, None)
    rest = "".join(f"{key}: {value}\n" for key, value in lines.items())
    site.write("content/news/a.md", f"---\n{rest}{typed}: 2026-11-01\n---\n\nTekst.\n")
    item = only(site, "unknown-key")
    assert text(item).endswith(f"did you mean “{meant}”?")


def test_an_unknown_key_that_looks_like_nothing_has_a_way_out(site: Site) -> None:
    site.write("content/news/a.md", front("zxqv: 1"))
    assert "extra:" in text(only(site, "unknown-key"))


@pytest.mark.parametrize("key", ["to", "duration", "host", "decisions"])
def test_a_key_of_another_kind_is_not_taken_for_a_slip(site: Site, key: str) -> None:
    site.write("content/news/a.md", front(f"{key}: jan"))
    assert "did you mean" not in text(only(site, "unknown-key"))


def test_a_key_that_stands_there_twice_names_both_lines(site: Site) -> None:
    site.write("content/news/a.md", front("summary: een", "summary: twee"))
    item = only(site, "key-twice")
    assert item.span.line == 5
    assert "line 4" in text(item)


INVISIBLE = [
    ("\tsummary: x", "yaml-tab", 1, "U+0009"),
    ("topics:\n\t- geld", "yaml-tab", 1, "U+0009"),
    ("summary:\u00a0x", "yaml-hard-space", 9, "U+00A0"),
    ("summary:\u200bx", "yaml-hard-space", 9, "U+200B"),
    ("summary: “x”", "yaml-curly-quote", 10, "U+201C"),
    ("summary: a\x07b", "control-character", 11, "U+0007"),
    ("summary: a\x00b", "control-character", 11, "U+0000"),
    ("summary: a\ufffeb", "control-character", 11, "U+FFFE"),
]


@pytest.mark.parametrize(("lines", "code", "column", "named"), INVISIBLE)
def test_a_character_that_nobody_sees_is_named(
    site: Site, lines: str, code: str, column: int, named: str
) -> None:
    site.write("content/news/a.md", front(*lines.split("\n")))
    item = only(site, code)
    assert (item.span.column, named in text(item)) == (column, True)


@pytest.mark.parametrize(
    ("typed", "named"), [(r"a\x00b", "U+0000"), (r"a\u0007b", "U+0007"), (r"a\u0085b", "U+0085")]
)
def test_a_control_character_can_be_spelled_and_is_still_seen(
    site: Site, typed: str, named: str
) -> None:
    site.write("content/news/a.md", front(f'title: "{typed}"'))
    assert named in text(only(site, "control-character"))


@pytest.mark.parametrize("typed", [r"Caf\u00e9", r"Caf\xe9"])
def test_a_letter_that_a_program_spelled_is_the_letter(site: Site, typed: str) -> None:
    site.write("content/news/a.md", front(f'title: "{typed}"'))
    assert site.whole().cards["nl/news/a"].title == "Café"


LINES_THAT_DO_NOT_FIT = [
    (("summary: een", "twee"), "yaml-no-colon", 5),
    (("zomaar",), "yaml-no-colon", 4),
    (("- geld",), "yaml-syntax", 4),
]


@pytest.mark.parametrize(("lines", "code", "line"), LINES_THAT_DO_NOT_FIT)
def test_a_line_that_does_not_fit_is_pointed_at(
    site: Site, lines: tuple[str, ...], code: str, line: int
) -> None:
    site.write("content/news/a.md", front(*lines))
    item = only(site, code)
    assert item.span.line == line


def test_all_mistakes_of_a_file_come_at_once(site: Site) -> None:
    site.write(
        "content/news/a.md",
        front(
            "title: Let op: a",
            "summary: Besluit #5",
            "topics: [geld",
            "datum: x",
            "draft: misschien",
            "expires: 2026-02-30",
            "slug: ../x",
        ),
    )
    assert sorted(codes(site)) == [
        "date-impossible",
        "not-yes-or-no",
        "slug-unsafe",
        "text-cut-off",
        "unknown-key",
        "yaml-quotes",
        "yaml-unclosed",
    ]


def test_a_missing_title_is_told_at_its_place(site: Site) -> None:
    site.write("content/news/a.md", "---\ndate: 2026-11-01\ntitle:\n---\n\nTekst.\n")
    assert only(site, "key-missing").span.line == 3


def test_an_empty_list_where_names_must_stand_is_missing(site: Site) -> None:
    site.write("content/kudos/a.md", front("to: []"))
    assert codes(site) == ["key-missing"]


DANGEROUS = [
    '!!python/object/apply:os.system ["touch pwned"]',
    "!!python/object/new:subprocess.Popen [[touch, pwned]]",
    "!!binary aGk=",
    "{<<: *x}",
    "&x [*x]",
    "&a [&b [*a, *b], *a]",
    "[" * 3000,
    "[" * 3000 + "]" * 3000,
    "{a: " * 3000 + "}" * 3000,
    "\n" + "\n".join("  " * n + "a:" for n in range(1, 400)),
    "\n  - " + "- " * 3000 + "x",
]


@pytest.mark.parametrize("value", DANGEROUS, ids=range(len(DANGEROUS)))
def test_nothing_runs_and_nothing_explodes(site: Site, value: str) -> None:
    site.write("content/news/a.md", front(f"extra: {value}"))
    done = site.run("build", code=1)
    assert "content/news/a.md:" in done.stderr
    assert not (site.root / "pwned").exists()


def test_a_bomb_of_aliases_is_refused_at_its_first_line(site: Site) -> None:
    levels = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    names = "abcdefghijklmnopqrstuvwxyz"
    levels += [f"{n}: &{n} [{', '.join([f'*{m}'] * 9)}]" for m, n in pairwise(names)]
    site.write("content/news/a.md", front("extra:", *(f"  {line}" for line in levels)))
    found = codes(site)
    assert set(found) == {"yaml-alias"}
    assert len(found) <= 26
