"""After an edit of one text, every command still answers for the whole site."""

from tests.conftest import Site


def test_lists_and_calendar_answer_after_a_build_that_put_nothing_together(site: Site) -> None:
    for number in range(40):
        site.post(f"news/bericht-{number}", f"Tekst {number}.")
    site.post("news/straks", "Straks.", date="2026-12-01")
    clock = ("--clock", site.clock)
    site.run("build", "--keep-going", *clock)
    site.post("news/bericht-7", "Een andere tekst.")
    built = site.run("build", "--keep-going", *clock)
    assert "41" in built.stdout or "40" in built.stdout
    listed = site.run("list", *clock).stdout
    assert all(f"content/news/bericht-{number}.md" in listed for number in range(40))
    assert "content/news/straks.md" in site.run("list", "scheduled", *clock).stdout
    assert "content/news/straks.md" in site.run("calendar", *clock).stdout
