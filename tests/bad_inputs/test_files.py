"""Files that are not what they should be: encodings, fences, characters, links, pipes, sizes."""

import os
from pathlib import Path

import pytest

from tests.bad_inputs.mistakes import codes, front, has_caret, only, text
from tests.conftest import Site

GOOD = "---\ntitle: Titel\ndate: 2026-11-01\n---\n\nCafé.\n"


def with_bytes(site: Site, data: bytes) -> Site:
    site.write("content/news/a.md", data)
    return site


SAFE = {
    "a byte-order mark": b"\xef\xbb\xbf" + GOOD.encode(),
    "Windows line ends": GOOD.replace("\n", "\r\n").encode(),
    "old Mac line ends": GOOD.replace("\n", "\r").encode(),
    "mixed line ends": GOOD.replace("\n", "\r\n", 3).encode(),
    "both": b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode(),
    "spaces after the fence": GOOD.replace("---\n", "---  \n").encode(),
    "no line end at the end": GOOD.rstrip("\n").encode(),
    "a line separator": GOOD.replace("Titel", "Ti\u2028tel").encode(),
    "a next-line character": GOOD.replace("Café", "Ca\u0085fé").encode(),
}


@pytest.mark.parametrize("name", SAFE)
def test_how_a_file_was_saved_makes_no_difference(site: Site, name: str) -> None:
    result = with_bytes(site, SAFE[name]).build()
    assert result.problems == ()
    assert "\r" not in site.read("nieuws/a/index.html")


ENCODINGS = {
    "utf-16": ("UTF-16", 0),
    "utf-16-le": ("UTF-16", 0),
    "utf-16-be": ("UTF-16", 0),
    "cp1252": ("Windows-1252", GOOD.index("é")),
    "latin-1": ("Windows-1252", GOOD.index("é")),
}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_another_encoding_is_named_with_the_byte(site: Site, encoding: str) -> None:
    name, offset = ENCODINGS[encoding]
    shown = text(only(with_bytes(site, GOOD.encode(encoding)), "not-utf8"))
    assert name in shown
    assert f"byte {offset}" in shown
    assert "UTF-8" in shown.rpartition("\n")[2]


def test_the_place_of_a_wrong_byte_is_shown(site: Site) -> None:
    item = only(with_bytes(site, GOOD.encode("cp1252")), "not-utf8")
    assert (item.span.line, item.span.column, has_caret(item)) == (6, 4, True)


@pytest.mark.parametrize(
    "data", [b"\xff" * 100, b"\x89PNG\r\n\x1a\n" + bytes(range(256)), b"\xff\xfe", b"\x80"]
)
def test_what_is_no_text_at_all_gets_one_message(site: Site, data: bytes) -> None:
    assert codes(with_bytes(site, data)) == ["not-utf8"]


@pytest.mark.parametrize(
    ("char", "named"),
    [
        ("\x00", "U+0000"),
        ("\x07", "U+0007"),
        ("\x1b", "U+001B"),
        ("\x0c", "U+000C"),
        ("\x9f", "U+009F"),
    ],
)
@pytest.mark.parametrize("place", ["Titel", "Café"])
def test_a_control_character_is_named_wherever_it_is(
    site: Site, char: str, named: str, place: str
) -> None:
    item = only(
        with_bytes(site, GOOD.replace(place, f"{place}{char}").encode()), "control-character"
    )
    assert named in text(item)
    assert has_caret(item)


FENCES = {
    "one hyphen too many": ("----\ntitle: T\ndate: 2026-11-01\n----\n\nx\n", "fence-wrong", 1),
    "one too few": ("--\ntitle: T\n--\n\nx\n", "fence-wrong", 1),
    "dashes by Word": ("—\ntitle: T\n—\n\nx\n", "fence-wrong", 1),
    "stars": ("***\ntitle: T\n***\n\nx\n", "fence-wrong", 1),
    "a space before it": (" ---\ntitle: T\n---\n\nx\n", "fence-wrong", 1),
    "empty lines above it": (f"\n\n{GOOD}", "fence-wrong", 3),
    "a second byte-order mark": (f"\ufeff\ufeff{GOOD}", "fence-wrong", 1),
    "text above it": (f"# Kop\n\n{GOOD}", "no-front-matter", 1),
    "no fence": ("title: T\ndate: 2026-11-01\n\nx\n", "no-front-matter", 1),
    "only text": ("Hallo allemaal.\n", "no-front-matter", 1),
    "nothing": ("", "no-front-matter", 1),
    "never closed": ("---\ntitle: T\ndate: 2026-11-01\n\nTekst.\n", "front-matter-open", 1),
    "a rule in the body": (
        "---\ntitle: T\ndate: 2026-11-01\n\nEen alinea.\n\n---\n\nMeer.\n",
        "front-matter-open",
        1,
    ),
    "a rule below a list": ("---\ntitle: T\n\n# Kop\n- een\n\n---\n\nx\n", "front-matter-open", 1),
    "only a fence": ("---", "front-matter-open", 1),
}


@pytest.mark.parametrize("name", FENCES)
def test_a_fence_that_is_wrong_gets_one_message_at_its_line(site: Site, name: str) -> None:
    data, code, line = FENCES[name]
    item = only(with_bytes(site, data.encode()), code)
    assert item.span.line == line


def test_an_empty_block_misses_its_title_and_its_date(site: Site) -> None:
    assert codes(with_bytes(site, b"---\n---\n")) == ["date-missing", "key-missing"]


MERGE = "<<<<<<< HEAD\n{0}\n=======\n{1}\n>>>>>>> feature\n"


@pytest.mark.parametrize(
    "data",
    [
        GOOD + MERGE.format("a", "b"),
        "---\n" + MERGE.format("title: a", "title: b") + "date: 2026-11-01\n---\n\nx\n",
        MERGE.format(GOOD, GOOD),
        GOOD + MERGE.format("a\n||||||| base\nc", "b"),
        GOOD + MERGE.format("a", "b").replace("\n", "\r\n"),
    ],
    ids=range(5),
)
def test_two_versions_that_git_put_together_are_seen(site: Site, data: str) -> None:
    with_bytes(site, data.encode())
    assert codes(site) == ["merge-marker", "merge-marker"]


def test_a_heading_underlined_with_equals_signs_is_no_merge(site: Site) -> None:
    assert codes(with_bytes(site, (GOOD + "\nKop\n=======\n").encode())) == []


SCRATCH = [
    "~$brief.md",
    ".a.md.swp",
    ".#a.md",
    "#a.md#",
    "a.md~",
    "a.md.bak",
    "a.md.tmp",
    ".DS_Store",
    "Thumbs.db",
    "4913",
]


@pytest.mark.parametrize("name", SCRATCH)
def test_what_an_editor_leaves_behind_is_not_looked_at(site: Site, name: str) -> None:
    site.post("news/a")
    site.write(f"content/news/{name}", b"CANARY \xff\x00")
    site.write(f"content/static/{name}", b"CANARY \xff\x00")
    site.build()
    assert not [path for path, data in site.tree().items() if b"CANARY" in data or name in path]


STRAYS = [
    ("content/x.md", "not-in-a-folder", "content/news"),
    ("content/nieuws/x.md", "not-in-a-folder", "content/news"),
    ("content/news/x.MD", "not-a-post-name", "x.md"),
    ("content/news/x.markdown", "not-a-post-name", "x.md"),
    ("content/news/x.md.txt", "not-a-post-name", "x.md"),
]


@pytest.mark.parametrize(("path", "code", "says"), STRAYS)
def test_a_post_that_would_be_overlooked_is_not(
    site: Site, path: str, code: str, says: str
) -> None:
    site.write(path, GOOD)
    item = only(site, code)
    assert item.span.path == path
    assert says in text(item)


def test_a_link_out_of_the_folder_is_not_followed(site: Site, tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret/x.md").write_text(GOOD.replace("Titel", "CANARY"))
    (site.root / "content/news").mkdir(parents=True)
    for place, target in {
        "news/a.md": "secret/x.md",
        "secret": "secret",
        "news/b.md": "nowhere",
    }.items():
        (site.root / "content" / place).symlink_to(tmp_path / target)
    done = site.run("build", code=1)
    assert done.stderr.count("[not-a-plain-file]") == 3
    assert "CANARY" not in done.stderr
    assert not (site.root / "public").exists()


def test_links_in_a_circle_and_pipes_do_not_hang(site: Site) -> None:
    (site.root / "content/news").mkdir(parents=True)
    (site.root / "content/news/round").symlink_to(site.root / "content")
    (site.root / "content/news/self.md").symlink_to("self.md")
    os.mkfifo(site.root / "content/news/pipe.md")
    os.mkfifo(site.root / "content/news/pipe.jpg")
    assert codes(site) == ["not-a-plain-file"] * 4


def test_a_name_that_is_no_text_is_named(site: Site) -> None:
    (site.root / "content/news").mkdir(parents=True)
    (site.root / "content/news").joinpath(os.fsdecode(b"caf\xe9.md")).write_bytes(GOOD.encode())
    done = site.run("build", code=1)
    assert "not-a-plain-file" in done.stderr


def test_a_post_of_ten_megabytes_is_refused(site: Site) -> None:
    with_bytes(site, GOOD.encode() + b"woord " * 1_700_000)
    shown = text(only(site, "post-too-large"))
    assert "10200 kB" in shown
    assert "post_max_kb" in shown


def test_front_matter_without_end_stays_readable(site: Site) -> None:
    site.write("content/news/a.md", front(*("a: b" for _ in range(20_000))))
    found = codes(site)
    assert 2 < len(found) <= 102


def test_a_very_long_line_is_not_printed_whole(site: Site) -> None:
    site.write("content/news/a.md", front("title: Let op: " + "x" * 100_000))
    done = site.run("build", code=1)
    assert len(done.stderr) < 1000
