"""A small site that tests can write into and build, in-process and by the real command."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from generator.assembly import Audience
from generator.assembly import Site as Assembled
from generator.build import build
from generator.config import Config
from generator.problems import PleinError, Problem
from generator.result import Result
from generator.work import Options, Project, settings
from tests.browsing import CHROMIUM, QUIET

NOW = "2026-11-24 12:00"
SITE = """\
title: {nl: Ons Plein, en: Our Square}
organisation: Gemeente Voorbeeld
url: https://plein.voorbeeld.example
language: nl
languages: [nl, en]
timezone: Europe/Amsterdam
topics: {geld: {nl: Geld, en: Money}, mensen: {nl: Mensen, en: People}}
locations: {noord: Noord, zuid: Zuid}
values: {moed: {nl: Moed, en: Courage}}
series: {rondje: Rondje langs de velden}
search: no
"""


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-golden`: write what comes out now as what has to come out."""
    parser.addoption("--update-golden", action="store_true", help="rewrite the golden files")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether the golden files are to be rewritten."""
    return bool(request.config.getoption("--update-golden"))


@dataclass
class Site:
    """A folder with a site in it, and what a writer and an operator do to it."""

    root: Path
    clock: str = NOW
    env: dict[str, str] = field(default_factory=dict)

    def write(self, path: str, text: str | bytes) -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    def post(self, path: str, body: str = "Tekst.", **keys: str) -> Path:
        """A post with a title and date unless given: `site.post("news/a", topics="geld")`."""
        lines = {"title": f"Titel van {path}", "date": "2026-11-01", **keys}
        front = "".join(f"{key}: {value}\n" for key, value in lines.items() if value)
        return self.write(f"content/{path}.md", f"---\n{front}---\n\n{body}\n")

    def themed(self, **files: str | bytes) -> "Site":
        """The same in a theme of its own, which has these files; the rest is the default one."""
        self.write("site.yaml", f"{SITE}theme: own\n")
        self.write("themes/own/theme.yaml", "extends: default\ncontract: 1\n")
        for name, data in files.items():
            self.write(f"themes/own/{name}", data)
        return self

    def person(self, name: str, **keys: str) -> Path:
        return self.post(f"people/{name}", "Hallo.", title="", date="", name=name.title(), **keys)

    def build(self, **options: object) -> Result:
        audience = options.pop("audience", Audience())
        early = options.pop("early", None)
        chosen = {"clock": self.clock, "workers": 1, **options}
        return build(Project(self.root), Options(audience=audience, **chosen), early=early)  # type: ignore[arg-type]

    def whole(self, **options: object) -> Assembled:
        """The site itself after a build, to be asked anything."""
        found = self.build(whole=True, **options).site
        assert found
        return found

    @property
    def config(self) -> Config:
        """The settings of the site, as a build has them."""
        return settings(Project(self.root), Options())

    def problems(self, **options: object) -> tuple[Problem, ...]:
        """All findings of a build, whether it succeeds or not."""
        try:
            return self.build(**options).problems
        except PleinError as error:
            return error.problems

    def run(self, *args: str, code: int | None = 0) -> subprocess.CompletedProcess[str]:
        """The real command, in a process of its own."""
        done = subprocess.run(
            [sys.executable, "-m", "generator", *args],
            cwd=self.root, env={**os.environ, "LANG": "C.UTF-8", **self.env},
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        if code is not None:
            assert done.returncode == code, done.stdout + done.stderr
        assert "Traceback" not in done.stderr, done.stderr
        return done

    def read(self, path: str) -> str:
        return (self.root / "public" / path).read_text(encoding="utf-8")

    def tree(self, folder: str = "public") -> dict[str, bytes]:
        """Every file below a folder with its bytes."""
        root = self.root / folder
        return {
            str(f.relative_to(root)): f.read_bytes() for f in sorted(root.rglob("*")) if f.is_file()
        }


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """An empty site with settings."""
    made = Site(tmp_path / "site")
    made.write("site.yaml", SITE)
    (made.root / "content").mkdir()
    return made


@pytest.fixture
def new_site(tmp_path: Path) -> Callable[[str], Site]:
    """More sites, by name."""

    def make(name: str) -> Site:
        made = Site(tmp_path / name)
        made.write("site.yaml", SITE)
        (made.root / "content").mkdir()
        return made

    return make


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A copy of the demo, so that a test leaves nothing beside it; nobody changes it."""
    root, house = tmp_path_factory.mktemp("demo"), Path(__file__).parent.parent
    shutil.copytree(house / "content", root / "content")
    shutil.copy(house / "site.yaml", root)
    return Site(root)


@pytest.fixture(scope="session")
def result(demo: Site) -> Result:
    """What came of building the demo."""
    return demo.build(strict=True, whole=True)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's own browser."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield opened
        opened.close()
