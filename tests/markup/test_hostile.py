"""Nothing that anybody types runs on a reader's page, holds the site up, or raises."""

import re
import signal
import threading
import time
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.markup import MarkupSettings
from generator.markup.addresses import scheme_of
from generator.markup.allowed import OURS
from generator.markup.conversion import convert
from generator.model import Document
from generator.problems import Problem
from tests.markup.outline import html_of

TAG = re.compile(r"</?[a-z][^<>]*>")


def made(body: str) -> tuple[Document, tuple[Problem, ...]]:
    """The document of a body and its problems."""
    return convert(body, path="x.md", first_line=1, lang="nl", settings=MarkupSettings())


class Reader(HTMLParser):
    """Reads a page as a browser would, and fails on what could run or load."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in OURS, tag
        for name, value in attrs:
            assert not name.startswith("on"), name
            assert name not in ("style", "srcset", "formaction", "action", "srcdoc"), name
            if name in ("href", "src", "cite"):
                assert scheme_of(value or "") in ("", "http", "https", "mailto", "tel"), value

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


def assert_harmless(body: str) -> tuple[Problem, ...]:
    """Nothing in what comes of the body can run; its problems come out.

    And where a tag begins and ends can be seen by its brackets, on which our own patterns rely.
    """
    document, problems = made(body)
    reader, html = Reader(), html_of(document)
    reader.feed(html.replace("\0", ""))
    reader.close()
    assert not {"<", ">"} & {*TAG.sub("", html)}, html
    return problems


RUNS = [
    "<script>alert(1)</script>",
    "a <ScRiPt>alert(1)</sCrIpT> b",
    "<img src=x.jpg alt=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mi xlink:href=javascript:alert(1)>x</mi></math>",
    "<base href=//evil.example>",
    '<meta http-equiv=refresh content="0;url=//evil.example">',
    "<form action=//evil.example><input name=a></form>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<style>@import '//evil.example'</style>",
    "<object data=x.swf></object>",
    "<embed src=x.swf>",
    "<link rel=stylesheet href=//evil.example>",
    "<p style='background:url(//evil.example)'>x</p>",
    "<a href='jav&#x09;ascript:alert(1)'>x</a>",
    "<div\nonclick\n=\n'alert(1)'>x</div>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](<java\tscript:alert(1)>)",
    "[x](&#106;avascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A;alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](vbscript:x)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](file:///etc/passwd)",
    "[x][y]\n\n[y]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "![x](javascript:alert(1))",
    "![x](data:image/svg+xml,<svg/onload=alert(1)>)",
    "x\n{: onclick=alert(1) }",
    "[x](y.md){: onclick=alert(1) style=a }",
]


@pytest.mark.parametrize("payload", RUNS)
def test_what_could_run_is_taken_out_and_the_writer_is_told(payload: str) -> None:
    item, quote = payload.replace("\n", "\n  "), payload.replace("\n", "\n> ")
    for body in (payload, f"tekst\n\n- {item}\n\ntekst", f"> {quote}"):
        problems = assert_harmless(body)
        assert problems, body
        assert "alert" not in html_of(made(body)[0]) or "script" not in payload.lower()[:9]


@pytest.mark.parametrize(
    "body",
    [
        '![a" onerror="alert(1)](x.jpg)',
        '[a](x.md "t\\" onclick=\\"alert(1)")',
        '[a](x.md"onclick="alert(1))',
        "`<script>alert(1)</script>`",
        "```\n</code></pre><script>alert(1)</script>\n```",
        '```x"><script>\na\n```',
        '/// details | </summary><b onclick="x">a\n///',
        "<a title='</a><script>alert(1)</script>'>x",
        "<b title='\n\n<script>alert(1)</script>'>",
        "<!--><script>alert(1)</script>-->",
        "<!-- --!><script>alert(1)</script>",
        "<x-y onclick=alert(1)>",
        "{{<script>alert(1)</script>}}",
        "\x02wzxhzdk:0\x03 \x02klzzwxh:0000\x03 \x0260\x03script>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
        "<textarea></textarea><script>a</script>",
        "*[a]: <script>\n\na",
        "[^<script>]\n\n[^<script>]: a",
    ],
)
def test_tricks_come_to_nothing(body: str) -> None:
    assert_harmless(body)


FRAGMENTS = st.sampled_from(
    [
        "<script>",
        "</script>",
        "<b",
        "onclick=x>",
        "</b>",
        "<!--",
        "-->",
        "<div>",
        "</div>",
        "[",
        "](",
        ")",
        "![",
        "javascript:",
        "data:",
        "http://",
        "#",
        "```",
        "~~~",
        "`",
        "-",
        "*",
        "+",
        "1.",
        ">",
        "|",
        "---",
        "\t",
        "\\",
        '"',
        "'",
        "{:",
        "{{",
        "}}",
        "{%",
        "%}",
        "}",
        "///",
        "decision",
        "[^1]",
        "[^1]:",
        "!!!",
        "&",
        "&#106;",
        ";",
        "<",
        ">",
        "=",
        ":",
        "x",
        "é",
        "\x00",
        "\x02",
        "\x03",
        "\x1d",
        "\u2028",
        "�",
        "<a",
        "href=",
        "src=",
        "https://a.b/",
        "*[x]:",
        "~~",
        "**",
        "__",
    ]
)
BODIES = st.lists(
    FRAGMENTS | st.sampled_from(["\n", "\n\n", "    ", "  ", " "]) | st.text(max_size=3)
)


@settings(max_examples=150, deadline=None)
@given(BODIES)
def test_whatever_is_typed_gives_a_harmless_page(pieces: list[str]) -> None:
    problems = assert_harmless("".join(pieces))
    assert "markdown-failed" not in [item.code for item in problems]


HEAVY = {
    "brackets": "[" * 20_000,
    "open links": "[a](<" * 10_000,
    "lists": "\n".join("  " * depth + "- x" for depth in range(500)),
    "lists on a line": "- " * 500 + "x",
    "quotes": "> " * 500 + "x",
    "emphasis": "*" * 20_000 + "a" + "*" * 20_000,
    "emphasis, mixed": "**a_b " * 5_000,
    "pictures": "![" * 20_000,
    "open tags": "<a " * 20_000,
    "open comments": "<!-- " * 20_000,
    "template marks": "{{" * 20_000,
    "references": "[x][" * 10_000,
    "divs": "<div>\n\n" * 3_000,
    "blocks": "/// details | x\n" * 2_000,
    "fences": "```\n" * 3_001,
}


@pytest.mark.parametrize("body", HEAVY.values(), ids=HEAVY.keys())
def test_hostile_sizes_give_a_result_or_an_error_in_time(body: str) -> None:
    begun = time.process_time()
    _, problems = made(body)
    assert time.process_time() - begun < 2
    assert not [item for item in problems if item.code == "markdown-failed"]


def test_the_clock_is_put_back_and_the_next_post_is_whole() -> None:
    before = signal.getsignal(signal.SIGPROF)
    short = MarkupSettings(seconds=0.05)
    body = HEAVY["open links"]
    document, (problem,) = convert(body, path="x.md", first_line=7, lang="nl", settings=short)
    assert (problem.code, problem.span.line) == ("markdown-too-slow", 7)
    assert document == Document(parts=("",))
    assert signal.getsignal(signal.SIGPROF) is before
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)
    assert html_of(made("*a*")[0]) == "<p><em>a</em></p>"


def test_other_threads_convert_too() -> None:
    results: list[str] = []
    threads = [
        threading.Thread(target=lambda: results.append(html_of(made("- *a*\n- [b](c.md)")[0])))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(results) == {html_of(made("- *a*\n- [b](c.md)")[0])}
