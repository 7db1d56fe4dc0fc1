"""A feed has the whole text, and it looks the same wherever it is read."""

from io import BytesIO

from PIL import Image

from tests.conftest import Site
from tests.feeds.conftest import Reader
from tests.feeds.rules import CONTENT, Addresses, check, etree

HOST = "https://plein.voorbeeld.example"


def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (4, 3), "teal").save(out, "PNG")
    return out.getvalue()


def test_the_full_text_has_absolute_addresses_everywhere(site: Site, reader: Reader) -> None:
    site.person("jan")
    site.write("content/news/a/foto.png", picture())
    site.write("content/news/a/plan.pdf", b"%PDF-1.4")
    site.post(
        "news/a/index",
        "Zie [Jan](../../people/jan.md), ![de sluis](foto.png), [plan](plan.pdf), [kop](#kop), "
        "[buiten](https://x.example/?a=1&b=2), [zonder](//x.example/y), <mailto:a@b.example>.\n\n"
        'Noot[^1].\n\n## Kop\n\nEinde `<a href="#geen">`.\n\n[^1]: De noot.',
    )
    site.build()
    check("feed.xml", reader.bytes(""))
    text = reader.text()
    addresses = Addresses(text).found
    page = f"{HOST}/nieuws/a/"
    assert {f"{HOST}/mensen/jan/", f"{page}#kop", f"{page}#fn:1", f"{page}#fnref:1"} < {*addresses}
    assert {"https://x.example/?a=1&b=2", "https://x.example/y"} < {*addresses}
    files = [one for one in addresses if one.startswith(f"{HOST}/media/")]
    assert len(files) == 2
    for file in files:
        assert (site.root / "public" / file.removeprefix(f"{HOST}/")).is_file()
    assert 'Einde <code>&lt;a href="#geen"&gt;</code>' in text
    assert "De noot." in text


HARD = [
    "a ]]> b",
    "a & b &amp; c &lt;d&gt;",
    "`<![CDATA[ x ]]>`",
    "€ é 😀 \u2028 \ufffd",
    "```\n</content></entry>]]>\n```",
    "a &#1; b &#xB; c &#xFFFF; d",
    "\ufffe\uffff \U0001fffe",
    "<b title='&quot;]]>'>x</b>",
]


def test_what_is_hard_for_xml_comes_through(site: Site, reader: Reader) -> None:
    for number, body in enumerate(HARD):
        hard = {"title": '"AT&T ]]> <b>"', "summary": '"a & b <i>]]>"'}
        site.post(f"news/{number}", f"begin {body} einde", **hard)
    site.build()
    for path, data in reader.everything().items():
        check(path, data)
    assert reader.titles() == ["AT&T ]]> <b>"] * len(HARD)
    assert {entry.summary for entry in reader.rss().entries} == {"a & b <i>]]>"}
    for at, body in enumerate(HARD):
        assert "begin" in reader.text(at=at), body
        assert "einde" in reader.text(at=at), body


def test_rss_has_a_summary_and_the_content_beside_it(site: Site, reader: Reader) -> None:
    site.post("news/a", "Eerste **zin**.\n\nTweede alinea.")
    site.build()
    item = etree.fromstring(reader.bytes("")).find("channel/item")
    assert item.findtext("description") == "Eerste zin."
    assert "<strong>zin</strong>" in item.findtext(CONTENT)
    assert "Tweede alinea." in item.findtext(CONTENT)


def test_a_post_without_text_has_its_summary_as_text_and_never_as_html(
    site: Site, reader: Reader
) -> None:
    site.post("news/a", "", summary='"1 < 2 <script>alert(1)</script>"')
    site.post("news/b", "", title="Alleen een titel")
    site.build()
    for path, data in reader.everything().items():
        check(path, data)
    assert reader.text(at=0) == "<p>1 &lt; 2 &lt;script&gt;alert(1)&lt;/script&gt;</p>"
    assert reader.text(at=1) == "<p>Alleen een titel</p>"


def test_what_a_kind_adds_to_the_text_is_in_the_feed_as_well(lively: Site, reader: Reader) -> None:
    lively.build()
    decisions = reader.text("overleg")
    assert "Loods mag" in decisions
    assert "Nat" in decisions
    assert "Droog" in decisions
    assert "Wie betaalt?" in decisions
    question = reader.text("vragen")
    assert "Natte jas &amp; nu?" in question
    assert "Haken kopen" in question
    assert "Jan" in reader.text("complimenten")
    must = reader.text("moet-je-weten")
    assert "Trek het aan" in must
    assert "1 december 2026" in must
    assert "December 1, 2026" in reader.text("en/need-to-know") or "1 December" in reader.text(
        "en/need-to-know"
    )


def test_authors_and_topics_are_named_as_people_know_them(lively: Site, reader: Reader) -> None:
    lively.build()
    rss, atom = reader.rss("onderwerpen/geld"), reader.atom("onderwerpen/geld")
    item = reader.json("onderwerpen/geld")["items"][0]
    assert rss.entries[0].author == atom.entries[0].author == item["authors"][0]["name"] == "Jan"
    assert rss.entries[0].tags[0].term == atom.entries[0].tags[0].term == item["tags"][0] == "Geld"
    assert reader.json("en/topics/geld")["items"][0]["tags"] == ["Money"]
    assert rss.feed.title == atom.feed.title == "Ons Plein: Geld"
    assert reader.json("en/topics/geld")["title"] == "Our Square: Money"


def test_a_post_that_nobody_signed_is_the_organisations_in_every_feed(
    site: Site, reader: Reader
) -> None:
    site.post("news/a", topics="geld")
    site.build()
    for folder in ("", "nieuws", "onderwerpen/geld", "en/news"):
        assert reader.atom(folder).entries[0].author == "Gemeente Voorbeeld"
        assert "authors" not in reader.json(folder)["items"][0]
