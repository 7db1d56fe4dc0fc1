"""Problems and references point at the place in the file where the writer typed it."""

import pytest

from generator.markup import MarkupSettings
from generator.markup.conversion import convert
from generator.messages.markdown import MARKDOWN
from generator.model import Hole
from generator.problems import Problem


def problems_of(body: str) -> tuple[Problem, ...]:
    """The problems of a body that begins at line 10 of its file."""
    settings = MarkupSettings()
    return convert(body, path="news/x.md", first_line=10, lang="nl", settings=settings)[1]


def holes_of(body: str) -> list[Hole]:
    """The holes of a body that begins at line 10 of its file."""
    settings = MarkupSettings()
    made = convert(body, path="x.md", first_line=10, lang="nl", settings=settings)[0]
    assert [part for part in made.parts if isinstance(part, int)] == list(range(len(made.holes)))
    return list(made.holes)


def test_each_reference_into_the_site_is_a_hole_at_its_place() -> None:
    body = (
        "[Jan](../people/jan.md#contact) ![f](foto%20een.jpg)\n"
        "`[nee](code.md)` [Jan](../people/jan.md)\n"
        '- <a href="x.md">x</a> <img src=\'y.jpg\' alt="y">\n'
        "\n```\n[nee](jan2.md)\n```\n\n[r]\n\n[r]: /news/r.md\n\n"
        "[ver](https://example.org) [a](<b c.md>)"
    )
    assert [(hole.kind, hole.target, hole.anchor) for hole in holes_of(body)] == [
        ("link", "../people/jan.md", "contact"),
        ("image", "foto een.jpg", ""),
        ("link", "../people/jan.md", ""),
        ("link", "x.md", ""),
        ("image", "y.jpg", ""),
        ("link", "/news/r.md", ""),
        ("link", "b c.md", ""),
    ]
    places = [(hole.line, hole.column, hole.length) for hole in holes_of(body)]
    assert places[:4] == [(10, 7, 24), (10, 38, 14), (11, 24, 16), (12, 12, 4)]
    assert places[4:] == [(12, 34, 5), (20, 6, 10), (22, 33, 6)]


def test_equal_references_each_have_their_own_place() -> None:
    assert [hole.line for hole in holes_of("[a](x.md)\n\n`[a](x.md)`\n\n> [b](x.md)")] == [10, 14]


def test_a_hole_stands_for_the_whole_attribute_and_no_text_can_fake_one() -> None:
    settings = MarkupSettings()
    made, _ = convert('[a](b.md "t")', path="x", first_line=1, lang="nl", settings=settings)
    assert made.parts == ("<p><a ", 0, ' title="t">a</a></p>')
    fake = 'plein0123-0 href="plein-0" <a href="plein-0">x</a>'
    assert [hole.target for hole in holes_of(fake)] == ["plein-0"]


@pytest.mark.parametrize(
    ("body", "code", "line", "marked"),
    [
        ("a\n<script>x</script>", "html-removed", 11, "<script>"),
        ("`<script>`\n\n<p onclick='x'>a", "html-attribute-removed", 12, "onclick"),
        ('a <b style="x">b</b>', "html-attribute-removed", 10, "style"),
        ("> - <iframe src=x></iframe>", "html-removed", 10, "<iframe src=x>"),
        ("a\n\n[x](javascript:a)", "link-scheme", 12, "javascript:a"),
        ("[x][y]\n\n[y]: VBScript:a", "link-scheme", 12, "VBScript:a"),
        ("# Een\n\n[x](#tween)\n\n## Twee", "anchor-missing", 12, "#tween"),
        ("![a](https://example.org/a.png)", "image-remote", 10, "https://example.org/a.png"),
        ("![a](file:///c/a.png)", "image-scheme", 10, "file:///c/a.png"),
        ("b\n![](a.png)", "image-no-alt", 11, "a.png"),
        ("[](a.md)", "link-no-text", 10, "a.md"),
        ("a <b>b", "html-open", 10, "<b"),
        ("a[^x]", "footnote-missing", 10, "[^x]"),
        ("a\n[b][c]", "reference-missing", 11, "[b][c]"),
        ("a\n\n<!-- b", "comment-open", 12, "<!-- b"),
        ("/// beslis | a\n///", "block-unknown", 10, "/// beslis | a"),
        ("a\n\n/// action | a\nb", "block-open", 12, "/// action | a"),
    ],
)
def test_a_problem_stands_at_its_line(body: str, code: str, line: int, marked: str) -> None:
    (found,) = problems_of(body)
    excerpt = body.split("\n")[line - 10]
    start = found.span.column - 1
    assert (found.code, found.span.path, found.span.line) == (code, "news/x.md", line)
    assert found.excerpt == excerpt
    assert excerpt[start : start + found.span.length] == marked
    assert set(dict(found.args)) >= set(_placeholders(code))


def _placeholders(code: str) -> list[str]:
    message = MARKDOWN[code]
    return [piece.split("}")[0] for piece in (message.text + message.hint).split("{")[1:]]


def test_a_wrong_anchor_or_block_comes_with_what_was_meant() -> None:
    (anchor,) = problems_of("## Rooster zomer\n\n[x](#rooster-zomr)")
    assert dict(anchor.args)["guess"] == "rooster-zomer"
    (block,) = problems_of("/// desicion | x\n///")
    assert dict(block.args)["guess"] == "decision"


def test_what_is_right_has_no_problems() -> None:
    body = (
        "# Een\n\n[top](#) [een](#een) [noot][^1] <b>vet</b><br> <!-- stil --> `<script>`\n\n"
        '<a id="oud"></a>[oud](#oud)\n\n[^1]: noot\n\n        <script>code</script>'
    )
    assert [item.code for item in problems_of(body)] == []
