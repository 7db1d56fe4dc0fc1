"""Every example in the docs is done, as a reader would do it, and gives what the page says."""

import re
from pathlib import Path

import pytest

from generator.report import as_text
from tests.conftest import NOW, Site
from tests.docs.examples import DOCS, PAGES, Command, File, blocks, sample, steps

_LINES_MAX = 150
_TIMELESS = ("clean", "completion")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(DOCS)))
def test_the_examples_of_a_page_do_what_it_says(page: Path, site: Site) -> None:
    done = list(steps(page))
    code = 0
    for step in done:
        if isinstance(step, File):
            _write(site, step)
        elif step.words == ("echo", "$?"):
            assert step.matches(str(code)), f"exit code {code}"
        else:
            code = _run(site, step)
    if any(isinstance(step, File) for step in done):
        left = site.problems()
        assert not left, "\n".join(as_text(one, str) for one in left)


def _write(site: Site, file: File) -> None:
    site.write(file.path, file.text)
    for path in file.media():
        if not (site.root / path).exists():
            site.write(path, sample(path))


def _run(site: Site, command: Command) -> int:
    plein, *words = command.words
    assert plein == "plein", command
    if "--clock" not in words and words[0] not in _TIMELESS and not words[0].startswith("-"):
        words += ["--clock", NOW]
    done = site.run(*words, code=None)
    seen = done.stderr + done.stdout
    assert command.matches(seen), f"$ {' '.join(command.words)}\n{seen}"
    return done.returncode


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(DOCS)))
def test_a_page_is_short_and_its_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= _LINES_MAX
    for _, _, block in blocks(page):
        text = text.replace(block, "")
    text = re.sub(r"`[^`\n]*`", "", text)
    for target in (part.partition(")")[0] for part in text.split("](")[1:]):
        file, _, anchor = target.partition("#")
        assert target.startswith("https://") or (page.parent / file).exists(), target
        assert not anchor or f"# {anchor}" in (page.parent / file).read_text(encoding="utf-8")


def test_what_writers_read_exists_in_both_languages() -> None:
    names = {page.name.split(".")[0] for page in (DOCS / "writers").glob("*.md")}
    for name in names:
        for lang in ("nl", "en"):
            assert (DOCS / "writers" / f"{name}.{lang}.md").is_file()


def test_the_blocks_that_theme_makers_are_told_of_exist() -> None:
    text = (DOCS / "theme-makers" / "start.md").read_text(encoding="utf-8")
    for template in ("base", "entry"):
        told = re.search(rf"`{template}\.html` (?:are: |are )(`.*?)\.(?:\s|$)", text)
        assert told, template
        source = (DOCS.parent / "themes/default/templates" / f"{template}.html").read_text("utf-8")
        for name in re.findall(r"`(\w+)`", told[1]):
            assert re.search(rf"{{% block {name} %}}", source), name
