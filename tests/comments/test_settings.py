"""comments in site.yaml: every mistake at its line, and what a browser may then meet."""

import pytest

from generator import policy, sight
from generator.comments.providers import PROVIDERS
from tests.conftest import SITE, Site

ISSO = "comments:\n  provider: isso\n  endpoint: https://reacties.voorbeeld.example\n"
WRONG = [
    ("comments: {provider: disqus}\n", "not-an-option"),
    ("comments: {provider: isso}\n", "comments-incomplete"),
    ("comments: {provider: giscus}\n", "comments-incomplete"),
    (ISSO + "  repo: a/b\n", "comments-other-service"),
    (ISSO + "  servr: x\n", "unknown-part"),
    (
        "comments: {provider: discourse, endpoint: 'https://a.example', reader: 'https://a.example'}\n",
        "comments-no-reader",
    ),
    (ISSO + "  consent: soms\n", "not-an-option"),
    (ISSO + "  close_after_days: 0\n", "not-a-count"),
    (ISSO + "  integrity: nee\n", "not-an-integrity"),
    (ISSO + "  roles: {management: [jan@voorbeeld.example]}\n", "comments-role-unverified"),
    ("comments: {provider: isso, endpoint: 'javascript:alert(1)'}\n", "not-a-service"),
    ("comments: {provider: isso, endpoint: 'https://a.example; script-src *'}\n", "not-a-service"),
    ("comments: {provider: isso, endpoint: 'https://a.example:99999'}\n", "not-a-service"),
    ("comments: {provider: isso, endpoint: 'https://a\\nb'}\n", "not-a-service"),
]
SERVICES = {
    name: f"comments:\n  provider: {name}\n"
    + ("  endpoint: https://reacties.voorbeeld.example/dienst\n" if one.endpoint else "")
    + "".join(f"  {option}: waarde-{option}\n" for option in one.options)
    for name, one in PROVIDERS.items()
}


@pytest.mark.parametrize(("lines", "code"), WRONG)
def test_a_mistake_is_told(site: Site, lines: str, code: str) -> None:
    site.write("site.yaml", SITE + lines)
    assert code in [item.code for item in site.problems()]


def test_a_role_is_fine_behind_the_gateway(site: Site) -> None:
    roles = "  identity: verified\n  roles: {management: [jan@voorbeeld.example]}\n"
    site.write("site.yaml", SITE + ISSO + roles)
    assert site.problems() == ()


@pytest.mark.parametrize("name", SERVICES)
def test_a_browser_may_meet_the_service_and_nobody_else(site: Site, name: str) -> None:
    site.write("site.yaml", SITE + SERVICES[name])
    found = policy.directives(site.config)
    allowed = {source for sources in found.values() for source in sources} - {"'self'", "'none'"}
    own = {"https://giscus.app"} if name == "giscus" else {"https://reacties.voorbeeld.example"}
    assert allowed == (own if PROVIDERS[name].hosts else set())
    assert not any("'none'" in sources and len(sources) > 1 for sources in found.values())


# What Isso documents as the mark of the thread, and where its client comes from; and a link.
SHAPES = {
    "isso": ('data-isso-id="/news/soep"', "/assets/isso-", "/dienst/", 'data-isso-lang="nl"'),
    "link": ('class="button" href="https://reacties.voorbeeld.example/dienst"',),
}


@pytest.mark.parametrize("name", SHAPES)
def test_the_embed_is_as_the_service_documents_it(site: Site, name: str) -> None:
    site.write("site.yaml", SITE + SERVICES[name])
    site.post("news/soep", title="\"Soep <b> & 'brood'\"")
    site.build()
    page = site.read("nieuws/soep/index.html")
    assert [part for part in SHAPES[name] if part not in page] == []
    outside = page.split("<template", 1)[0]
    assert "reacties.voorbeeld.example/dienst/" not in outside


def test_where_isso_is_not_installed_its_script_comes_from_the_service_and_is_pinned(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sight, "own_files", lambda _provider: {})
    site.write("site.yaml", SITE + SERVICES["isso"] + "  integrity: sha384-abc\n  language: de\n")
    site.post("news/soep")
    site.build()
    page = site.read("nieuws/soep/index.html")
    assert "/dienst/js/embed.min.js" in page
    assert 'integrity="sha384-abc" crossorigin="anonymous"' in page
    assert 'data-isso-lang="de"' in page


def test_an_organisation_brings_its_own_service_in_its_theme(site: Site) -> None:
    site.write("site.yaml", SITE + "theme: eigen\n" + SERVICES["own"])
    site.write("themes/eigen/theme.yaml", "name: eigen\nextends: default\ncontract: 1\n")
    embed = '<div data-comments-ready="praat-plein" id="{{ card.thread }}"></div>\n'
    site.write("themes/eigen/templates/_comments-own.html", embed)
    site.post("news/soep")
    site.build()
    assert 'id="/news/soep"' in site.read("nieuws/soep/index.html")


def test_translations_share_a_conversation_and_a_rename_keeps_it(site: Site) -> None:
    site.write("site.yaml", SITE + ISSO)
    site.post("news/soep", id="2026-soep")
    site.post("news/soep.en", title="Soup", date="2026-11-01")
    site.build()
    mark = 'data-isso-id="/2026-soep"'
    assert mark in site.read("nieuws/soep/index.html")
    assert mark in site.read("en/news/soep/index.html")
    for end in ("", ".en"):
        (site.root / f"content/news/soep{end}.md").rename(site.root / f"content/news/snert{end}.md")
    site.build()
    assert mark in site.read("nieuws/snert/index.html")


def test_conversations_close_by_themselves_and_a_post_may_say_otherwise(site: Site) -> None:
    site.write("site.yaml", SITE + ISSO + "  close_after_days: 30\n")
    site.post("news/oud", date="2026-10-01")
    site.post("news/toch", date="2026-10-01", comments="open")
    site.post("news/nieuw", date="2026-11-20")
    site.person("jan")
    site.build()
    state = {name: site.read(f"nieuws/{name}/index.html") for name in ("oud", "toch", "nieuw")}
    assert 'data-state="closed"' in state["oud"]
    assert 'data-state="open"' in state["toch"]
    assert 'data-state="open"' in state["nieuw"]
    assert 'id="comments"' not in site.read("mensen/jan/index.html")
    site.clock = "2026-12-21 12:00"
    site.build()
    assert 'data-state="closed"' in site.read("nieuws/nieuw/index.html")
    assert site.run("build", "--verify", "--clock", site.clock)
