"""The wheel alone is enough: installed on a fresh machine it builds a site in an empty folder."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent
POST = "---\ntitle: Eerste bericht\ndate: 2026-11-01\n---\n\nHallo **allemaal**.\n"


def run(*command: str | Path, cwd: Path) -> str:
    """What a command prints; it must end well."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        list(map(str, command)), cwd=cwd, env=env, capture_output=True, text=True, timeout=120,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check")
    run(*pip, "wheel", "--no-deps", "--no-build-isolation", "-q", "-w", folder, HOUSE, cwd=folder)
    return next(folder.glob("plein-*.whl"))


@pytest.fixture(scope="module")
def machine(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a fresh environment with the wheel; what it needs is here already."""
    place = tmp_path_factory.mktemp("machine") / "venv"
    venv.create(place, with_pip=False, symlinks=True)
    programs = place / "bin"
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python")
    run(*pip, programs / "python", "install", "-q", "--no-deps", "--no-index", wheel, cwd=place)
    own = next(place.glob("lib/python*/site-packages"))
    (own / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return programs


def test_the_wheel_carries_the_package_and_its_theme_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    themes = HOUSE / "themes"
    files = {f"generator/themes/{file.relative_to(themes)}" for file in themes.rglob("*")
             if file.is_file()}  # fmt: skip
    assert files <= set(names)
    assert "generator/locales/nl.po" in names
    assert {name.split("/")[0].partition("-")[0] for name in names} == {"generator", "plein"}
    assert not [name for name in names if "__pycache__" in name]


def test_the_installed_command_builds_a_site_in_an_empty_folder(
    machine: Path, tmp_path: Path
) -> None:
    ask = "import generator; print(generator.__file__)"
    here = run(machine / "python", "-c", ask, cwd=tmp_path)
    assert Path(here.strip()).is_relative_to(machine.parent)
    site = "title: Plein\nurl: https://plein.example\n"
    (tmp_path / "site.yaml").write_text(site)
    (tmp_path / "content/news").mkdir(parents=True)
    (tmp_path / "content/news/eerste.md").write_text(POST)
    run(machine / "plein", "build", "--clock", "2026-11-24", cwd=tmp_path)
    page = (tmp_path / "public/nieuws/eerste/index.html").read_text()
    assert "Hallo <strong>allemaal</strong>." in page
    assert list(tmp_path.glob("public/assets/style-*.css"))
    assert run(machine / "plein", "--version", cwd=tmp_path).startswith("plein ")


def test_the_installed_command_begins_a_site_that_builds_without_a_finding(
    machine: Path, tmp_path: Path
) -> None:
    run(machine / "plein", "init", "plein", "--lang", "nl", cwd=tmp_path)
    assert (tmp_path / "plein/.github/workflows/publish.yml").is_file()
    run(machine / "plein", "build", "--strict", cwd=tmp_path / "plein")
    assert (tmp_path / "plein/public/nieuws/index.html").is_file()
