"""Writers' Markdown comes out as on GitHub: the build of a page agrees with markdown-it's."""

import difflib

import pytest
from markdown_it import MarkdownIt

from tests.markup.outline import Outline, make, under_title
from tests.markup.posts import Writer

GITHUB = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def difference(post: str) -> str:
    """What is other than on GitHub: the build, or a word, picture, link or code that is lost."""
    ours, theirs = Outline(make(post, smart_quotes=False)), Outline(GITHUB.render(post))
    expected = under_title(theirs.blocks)
    if ours.blocks != expected:
        return "\n".join(
            difflib.unified_diff(expected, ours.blocks, "GitHub", "Plein", lineterm="")
        )
    if [code.split() for code in ours.code] != [code.split() for code in theirs.code]:
        return f"code: {theirs.code} became {ours.code}"
    lost = (theirs.words - ours.words, theirs.images - ours.images, theirs.links - ours.links)
    return "" if not any(lost) else f"lost: {lost}"


def compare(seeds: range) -> list[str]:
    """The posts that come out otherwise."""
    found = []
    for seed in seeds:
        post = Writer(seed).post()
        why = difference(post)
        if why:
            found.append(f"--- post {seed}\n{post}\n--- {why}")
    return found


def test_messy_posts_in_four_languages_have_the_build_that_github_gives_them() -> None:
    different = compare(range(300))
    assert len(different) <= 3, "\n\n".join(different[:3])


@pytest.mark.long
def test_five_thousand_more_posts_do() -> None:
    different = compare(range(10_000, 15_000))
    assert len(different) <= 50, "\n\n".join(different[:3])


CORNERS = {
    "list under a line": "Wat mee:\n- brood\n- kaas",
    "number that is a date": "Wij zijn begonnen in\n1998. Dat was vroeg.",
    "two spaces deep": "- a\n  - b\n    - c",
    "three under a number": "1. a\n   - b\n2. c",
    "other bullet, other list": "- a\n* b\n+ c",
    "starts at four": "4. a\n5. b",
    "loose": "- a\n\n- b",
    "loose inside, tight outside": "- a\n  - b\n\n    c\n- d",
    "fence on the mark's line": "- ```\n  x\n  ```\n- b",
    "fence in a list, two spaces": "- a\n  ```python\n  - geen lijst\n\n  x\n  ```\n- b",
    "fence after a line": "tekst\n```\nx\n```\ntekst",
    "longer fence": "````\n```\nx\n```\n````",
    "tilde fence": "~~~\n```\n~~~",
    "fence never closed": "```\nx\n\ny",
    "fence in a quote": "> ```\n> x\n>\n> y\n> ```\nna",
    "setext of two lines": "een\ntwee\n---\ndrie",
    "rule after a list": "- a\n\n---\n\n- b",
    "hashtag": "#intern is geen kop",
    "seven hashes": "####### geen kop",
    "table under a line": "tekst\n| a | b |\n|---|---|\n| 1 | 2 |",
    "table after a list": "- a\n\n| a | b |\n|---|---|\n| 1 | 2 |",
    "table in a list": "- a\n\n  | a | b |\n  |---|---|\n  | 1 | 2 |",
    "pipe in a cell": "| a | b |\n|---|---|\n| `x\\|y` | z |",
    "short row, long row": "| a | b |\n|---|---|\n| 1 |\n| 1 | 2 | 3 |",
    "lazy line": "- a\nb\n\n> c\nd",
    "quote ends a list": "- a\n> b",
    "lists in a quote": "> - a\n>   - b\n> - c",
    "code by indent": "tekst\n\n    code\n\n        dieper\n\ntekst",
    "no code in a paragraph": "tekst\n    geen code",
    "code in a list": "- a\n\n      code\n- b",
    "html ends at a blank line": "<div>\n*a*\n\n*b*\n</div>",
    "empty item": "- a\n-\n- c",
    "mark, then text below": "-\n  a\n-\n\n  b",
    "definition of a link": "[a]: b.md\n[c]: <d e.md> 'titel'\n\n[a] [c] [x][A]",
    "not a definition": "tekst\n[a]: b",
}


@pytest.mark.parametrize("post", CORNERS.values(), ids=CORNERS.keys())
def test_the_corners_of_lists_fences_and_tables_agree(post: str) -> None:
    assert difference(post) == ""
