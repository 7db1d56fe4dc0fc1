"""`why` names what changed, `--verify` finds what does not belong."""

import shutil

from generator import fingerprint
from generator.manifest import MANIFEST, entry_of
from tests.conftest import NOW, Site
from tests.exactness.world import change, furnish, picture

CLOCK = ("--clock", NOW)


def why(site: Site, subject: str) -> str:
    """The first line of the explanation: the reason."""
    return site.run("why", subject, *CLOCK).stdout.splitlines()[0]


def hub(site: Site) -> Site:
    """The hub in English, so that Plein explains itself in English."""
    (furnish(site).root / "content/news/b.en.md").unlink()
    change(site, "site.yaml", lambda text: text.replace("language: nl", "language: en"))
    site.build()
    return site


def test_a_page_that_is_up_to_date(site: Site) -> None:
    hub(site)
    assert why(site, "/news/c/") == "/news/c/index.html: up to date"
    assert why(site, "https://plein.voorbeeld.example/news/c/").endswith(": up to date")


def test_a_page_that_was_never_made(site: Site) -> None:
    hub(site).post("news/nieuw")
    assert why(site, "/news/nieuw/") == "/news/nieuw/index.html: not made yet"


def test_an_edited_body(site: Site) -> None:
    change(hub(site), "content/news/a/index.md", lambda text: text.replace("Tweede", "Derde"))
    assert why(site, "/news/a/").endswith("this changed: the text of en/news/a")
    assert why(site, "/news/").endswith(": up to date")


def test_the_title_of_a_card_in_a_list(site: Site) -> None:
    change(hub(site), "content/news/c.md", lambda text: text.replace("Titel", "Andere titel"))
    assert why(site, "/topics/geld/").endswith("this changed: the list en topic geld 0")
    assert why(site, "/news/c/").endswith("this changed: what lists show of en/news/c")


def test_a_template_and_the_partial_that_it_includes(site: Site) -> None:
    hub(site).write("themes/own/templates/_note.html", "<p>Anders</p>")
    assert why(site, "/kudos/dank/").endswith("this changed: the template entry-kudos.html")
    assert why(site, "/news/c/").endswith(": up to date")


def test_a_setting(site: Site) -> None:
    change(hub(site), "site.yaml", lambda text: text.replace("Our Square", "The Square"))
    assert why(site, "/").endswith("this changed: the setting title en")


def test_a_picture(site: Site) -> None:
    hub(site).write("content/people/jan.png", picture("white"))
    assert why(site, "/people/jan/").endswith("this changed: what lists show of en/people/jan")


def test_an_output_that_somebody_changed(site: Site) -> None:
    hub(site).write("public/news/c/index.html", "gehackt")
    assert why(site, "/news/c/").endswith("the file on disk is not what was written")


def test_all_that_comes_from_a_file(site: Site) -> None:
    change(hub(site), "content/news/c.md", lambda text: text.replace("Tekst", "Meer tekst"))
    said = site.run("why", "content/news/c.md", *CLOCK).stdout
    for output in (
        "/news/c/index.html",
        "/nl/nieuws/c/index.html",
        "/oud/c/index.html",
        "/feed.xml",
    ):
        assert f"{output}: " in said


def test_a_post_that_is_not_published_yet(site: Site) -> None:
    hub(site).post("news/straks", publish="2026-12-01 09:00")
    site.post("news/klad", draft="yes")
    assert why(site, "/news/klad/") == "content/news/klad.md: draft"
    for subject in (
        "content/news/straks.md",
        "/news/straks/",
        str(site.root / "content/news/straks.md"),
    ):
        assert why(site, subject) == "content/news/straks.md: scheduled for 2026-12-01 09:00"


def test_a_file_as_the_shell_completes_it(site: Site) -> None:
    hub(site)
    for subject in ("public/news/c/index.html", str(site.root / "public/news/c/index.html")):
        assert why(site, subject) == "/news/c/index.html: up to date"
    said = site.run("why", str(site.root / "content/news/c.md"), *CLOCK).stdout
    assert "/news/c/index.html: up to date" in said


def test_an_address_that_nobody_has(site: Site) -> None:
    said = hub(site).run("why", "/newz/c/", *CLOCK, code=2).stderr
    assert "/news/c/" in said


def test_asking_why_changes_nothing(site: Site) -> None:
    hub(site).post("news/nieuw")
    before = site.tree()
    site.run("why", "/news/nieuw/", *CLOCK)
    assert site.tree() == before
    assert "news/nieuw/index.html" in site.build().written


def test_verify_is_content_with_a_fresh_site(site: Site) -> None:
    hub(site).run("build", "--verify", *CLOCK)


def test_verify_finds_what_somebody_changed_or_took(site: Site) -> None:
    hub(site).write("public/news/c/index.html", "gehackt")
    (site.root / "public/robots.txt").unlink()
    site.write("public/vreemd.html", "vreemd")
    before = site.tree()
    done = site.run("build", "--verify", *CLOCK, code=1)
    said = done.stdout + done.stderr
    assert all(name in said for name in ("news/c/index.html", "robots.txt"))
    assert "vreemd" not in said, "what somebody else put there is none of our business"
    assert (said.count("verify-differs"), said.count("verify-missing")) == (1, 1)
    assert site.tree() == before


def test_where_no_site_is_there_is_nothing_to_verify(site: Site) -> None:
    hub(site)
    shutil.rmtree(site.root / "public")
    said = site.run("build", "--verify", *CLOCK, code=1).stderr
    assert said.count("verify-") == said.count("verify-nothing") == 1


def test_verify_finds_what_should_have_gone(site: Site) -> None:
    old = hub(site).tree()["news/c/index.html"]
    (site.root / "content/news/c.md").unlink()
    site.run("build", *CLOCK)
    manifest = (site.root / "public" / MANIFEST).read_text()
    line = entry_of("news/c/index.html", fingerprint.of_bytes(old))
    site.write("public/news/c/index.html", old.decode())
    site.write(f"public/{MANIFEST}", f"{manifest}{line}\n")
    said = site.run("build", "--verify", *CLOCK, code=1).stderr
    assert "public/news/c/index.html" in said
    assert said.count("verify-extra") == 1


def test_verify_finds_a_build_that_was_forgotten(site: Site) -> None:
    change(hub(site), "content/news/a/index.md", lambda text: text.replace("Tweede", "Derde"))
    said = site.run("build", "--verify", *CLOCK, code=1).stderr
    assert "news/a/index.html" in said
    assert "robots.txt" not in said
