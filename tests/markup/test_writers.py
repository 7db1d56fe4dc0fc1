"""What writers type, and what their readers get."""

import pytest
from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.preprocessors import NormalizeWhitespace
from markdown.treeprocessors import InlineProcessor, UnescapeTreeprocessor

from generator.markup import MarkupSettings
from generator.markup.conversion import convert
from generator.markup.converter import Converter
from generator.markup.inline import _NEEDS
from generator.markup.text import of_document
from generator.model import Decision, Document, Heading
from tests.markup.outline import html_of, make
from tests.markup.posts import Writer


def document(body: str, lang: str = "nl") -> Document:
    """The document of a body that has no problems."""
    settings = MarkupSettings()
    made, problems = convert(body, path="x.md", first_line=1, lang=lang, settings=settings)
    assert problems == ()
    return made


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("- [ ] bellen\n- [x] mailen", 'aria-label="Klaar"> mailen</li>'),
        ("Zin[^1].\n\n[^1]: Noot met\n\n    - een lijst", "<ul>\n<li>een lijst</li>\n</ul>"),
        ("VvE\n:   Vereniging\n\n    - met lijst", "<dt>VvE</dt>\n<dd>\n<p>Vereniging</p>\n<ul>"),
        ("| | |\n|---|---|\n| a | b |", "<table>\n<tbody>\n<tr>\n<td>a</td>"),
        ("| | B |\n|---|---|\n| a | b |", "<tr>\n<td></td>\n<th>B</th>"),
        ("CAO\n\n: Afspraken", "<dt>CAO</dt>\n<dd>Afspraken</dd>"),
        ("De HR.\n\n*[HR]: Personeel", 'De <abbr title="Personeel">HR</abbr>.'),
        ("!!! tip\n    - a\n\n    - b", "<li>\n<p>b</p>\n</li>\n</ul>\n</div>"),
        ('!!! warning "Pas op"\n    tekst', '<p class="admonition-title">Pas op</p>'),
        ("> [!NOTE]\n> tekst", '<div class="admonition note">'),
        ("```c++ title='x'\nx\n```", '<pre><code class="language-c++">x\n</code></pre>'),
        ("## Wie {#wie}", '<h2 id="wie">Wie</h2>'),
        ("~~weg~~ a\\\nb", "<del>weg</del> a<br>\nb"),
        ("Zie https://example.org/a_b_c.", '<a href="https://example.org/a_b_c">'),
        ("www.example.org", '<a href="http://www.example.org">'),
        ("<jan@example.org>", '<a href="mailto:jan@example.org">jan@example.org</a>'),
        ("Mail ana.b+c@voorbeeld.example.", '<a href="mailto:ana.b+c@voorbeeld.example">ana.b'),
        ("Een @naam of a@b is geen adres", "<p>Een @naam of a@b is geen adres</p>"),
        ("[a@b.example](https://c.example)", '<p><a href="https://c.example">a@b.example</a></p>'),
        ("`a@b.example`", "<code>a@b.example</code>"),
        ("a&#1;b&#x1F;c&#65534;d", "<p>abcd</p>"),
        ("Vul <naam> in", "Vul &lt;naam&gt; in"),
        ("|a|b|\n|-|-:|\n|1|2|", '<td class="align-right">2</td>'),
        (
            "{{ x }} {% if %} {{< yt id >}} {{<b>}}",
            "{{ x }} {% if %} {{&lt; yt id &gt;}} {{&lt;b&gt;}}",
        ),
        ("# Kop {{ page.title }}", ">Kop {{ page.title }}</h2>"),
        ("a ]]> b & c &copy;", "a ]]&gt; b &amp; c ©"),
        ("<details><summary>x</summary>\n\n**y**\n\n</details>", "<strong>y</strong>"),
    ],
)
def test_it_comes_out_as_meant(typed: str, shown: str) -> None:
    assert shown in html_of(document(typed))


@pytest.mark.parametrize(
    ("lang", "typed", "shown"),
    [
        ("nl", "'s ochtends, 't is 'n \"mooi\" uur", "’s ochtends, ’t is ’n “mooi” uur"),
        ("nl", "zo'n *'ja'* uit '90...", "zo’n <em>‘ja’</em> uit ’90…"),
        ("nl", 'code `"x"` -- en "`y`"', 'code <code>"x"</code> – en “<code>y</code>”'),
        ("en", "don't say 'yes', said \"he\"", "don’t say ‘yes’, said “he”"),
        ("de", 'er sagt "ja"', "er sagt „ja“"),
        ("fr", 'l\'été, "oui"', "l’été, «\u202foui\u202f»"),
    ],
)
def test_quotes_are_those_of_the_language(lang: str, typed: str, shown: str) -> None:
    assert shown in make(typed, lang)


def test_the_pages_title_stays_the_only_h1_and_anchors_are_stable() -> None:
    toc = document("# Één\n\n## Wat & hoe?\n\n## Wat, hoe\n\nStraße\n===\n").toc
    assert toc == (
        Heading(level=2, anchor="een", title="Één"),
        Heading(level=3, anchor="wat-hoe", title="Wat & hoe?"),
        Heading(level=3, anchor="wat-hoe-2", title="Wat, hoe"),
        Heading(level=2, anchor="strasse", title="Straße"),
    )
    assert document("### Laag\n\n## Hoog").toc[0].level == 3


def test_the_lead_is_the_first_paragraph_or_what_stands_above_the_mark() -> None:
    assert document("## Kop\n\n- lijst\n\nEerste *alinea*.\n\nTweede").lead == "Eerste alinea."
    assert document("- alleen\n- lijst").lead == "alleen lijst"
    marked = document("Een.\n\nTwee <b>vet</b>.\n\n<!--more-->\n\nDrie")
    assert marked.lead == "Een. Twee vet."
    assert "more" not in html_of(marked)


def test_decisions_are_collected_and_stand_on_the_page() -> None:
    body = "/// decision | Wij stoppen met *papier*\nOmdat het kan.\n\n- echt\n///\n\nKlaar"
    made = document(body)
    anchor = "besluit-wij-stoppen-met-papier"
    text = "Wij stoppen met papier"
    assert made.decisions == (Decision(text=text, why="Omdat het kan. echt", anchor=anchor),)
    assert anchor in made.anchors
    assert f'<section class="decision" id="{anchor}">' in html_of(made)
    assert document("/// decision | Stop\n///", "en").decisions[0].anchor == "decision-stop"


def test_blocks_hold_other_blocks_and_code_with_slashes() -> None:
    body = "//// details | Meer\n/// action | Bel Jan\n```\n///\n```\n///\n////\n\nna"
    html = html_of(document(body))
    assert "<details>\n<summary>Meer</summary>\n<aside " in html
    assert "<code>///\n</code>" in html
    assert html.endswith("</details>\n<p>na</p>")


def test_text_for_search_has_all_words_apart() -> None:
    body = "# Kop\n- a\n- b\n\n| c | d |\n|---|---|\n| e | `f` |\n\n"
    body += "```\ng h\n```\n\n![foto](x.jpg)i<br>j"
    assert of_document(document(body)) == "Kop a b c d e f g h foto i j"


def test_what_looks_like_a_tag_in_a_description_can_be_found() -> None:
    made = document("Zie ![1 `<b>` 2](x.jpg) *hier*.")
    assert of_document(made) == "Zie 1 <b> 2 hier."


def test_a_title_has_the_words_of_raw_html_and_nothing_of_its_tags() -> None:
    made = document("## Druk <kbd title='a > b'>Ctrl</kbd>&nbsp;&lt;nu&gt;\n\n5&nbsp;km&shy;teller")
    assert made.toc[0].title == "Druk Ctrl <nu>"
    assert made.lead == "5 km\u00adteller"


def test_raw_html_can_be_switched_off() -> None:
    html = make("<b>x</b>\n\n<script>y</script>\n\n<!-- more -->\n\nz", raw_html=False)
    assert html == ("<p>&lt;b&gt;x&lt;/b&gt;</p>\n<p>&lt;script&gt;y&lt;/script&gt;</p>\n<p>z</p>")


def test_the_same_text_gives_the_same_document_whatever_came_before() -> None:
    first = document("a [x][r][^1]\n\n[r]: b.md\n\n[^1]: noot\n\n*[a]: A\n\n# Kop")
    document("[x][r] [^2]\n\n[r]: c.md\n\n[^2]: anders\n\n# Kop")
    assert document("a [x][r][^1]\n\n[r]: b.md\n\n[^1]: noot\n\n*[a]: A\n\n# Kop") == first
    assert "<abbr" not in html_of(document("a"))
    assert document("") == Document(parts=("",))


def by_the_library() -> Converter:
    """A converter in which Python-Markdown takes all the steps that ours pass over."""
    slow = Converter("nl", True, True)
    md, walker = slow.md, slow.md.parser
    lists = md.treeprocessors["attr_list"]
    md.preprocessors.register(NormalizeWhitespace(md), "normalize_whitespace", 30)
    md.treeprocessors.register(InlineProcessor(md), "inline", 20)
    md.treeprocessors.register(UnescapeTreeprocessor(md), "unescape", 0)
    lists.run = lambda doc: AttrListTreeprocessor.run(lists, doc)  # type: ignore[method-assign, arg-type, assignment]
    walker._text = lambda parent, text: walker.parseBlocks(parent, [text])  # type: ignore[attr-defined]
    return slow


# What makes each pattern match of which FastInline looks for a part first.
ODD = {
    "backtick": "`a` ``b`c``",
    "template": "{{ a }} {% b %}",
    "script": "a <script>b</script> c",
    "escape": "\\*a\\* \\\\ \\_",
    "line_end": "a\\\nb",
    "footnote": "a[^1] b[^2]\n\n[^1]: c *d*\n\n[^2]: e",
    "reference": '[a][b] [c] [b]\n\n[b]: x.md "T"\n[c]: <y.md>',
    "link": '[a](b.md "t") [c](<d e.md>) [*f*](g.md)',
    "image_link": '![a](b.jpg) ![*c*](d.jpg "e")',
    "image_reference": "![a][b]\n\n[b]: c.jpg",
    "short_reference": "[a]\n\n[a]: b.md",
    "short_image_ref": "![a]\n\n[a]: b.jpg",
    "autolink": "<https://a.example/b_c_d>",
    "automail": "<a@b.example>",
    "linebreak": "a  \nb",
    "html": "a <b>c *d*</b> <i>e",
    "address": "zie https://a.example/b*c*d en www.e.example.",
    "mail": "mail a.b@c.example!",
    "entity": "a &amp; b &#38; c &nbsp; d",
    "em_strong": "*a* **b** _c_ __d__ ~~e~~ ***f*** *g **h** i*",
}
MORE = (
    "a  \nb\t*c*\n   \n    code\n\n{ los }\n   ",
    "a {.b}\n\n## Kop {#k}\n\n*c*{.d} *e*{: .f }\n\n- g {.h}\n",
    "De HR en de OR.\n*[HR]: Personeel\n*[OR]: Raad\n\n> *[X]: y\n",
)


def test_skipping_what_has_nothing_to_do_changes_no_html() -> None:
    assert ODD.keys() == _NEEDS.keys()
    fast, slow = Converter("nl", True, True), by_the_library()
    for post in (*ODD.values(), *MORE, *(Writer(seed).post() for seed in range(60))):
        assert fast.html(post) == slow.html(post)
