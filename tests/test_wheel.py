"""The wheel alone is enough: a fresh machine without a network makes a site and publishes it."""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from importlib import metadata
from pathlib import Path

import pytest

from generator.init import requirements

HOUSE = Path(__file__).parent.parent
# A network of its own, in which there is nothing; not every system lets us.
APART = ("unshare", "--map-root-user", "--net")
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
    """The programs of a fresh environment: the wheel, what it says it needs, and nothing else."""
    place = tmp_path_factory.mktemp("machine") / "venv"
    venv.create(place, with_pip=False, symlinks=True)
    programs = place / "bin"
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python")
    run(*pip, programs / "python", "install", "-q", "--no-deps", "--no-index", wheel, cwd=place)
    own, here = next(place.glob("lib/python*/site-packages")), Path(sysconfig.get_path("purelib"))
    for name in parts_of_what_is_needed():
        (own / name).symlink_to(here / name)
    return programs


def parts_of_what_is_needed() -> set[str]:
    """The folders and files of the packages that Plein needs, as they are installed here."""
    names = (line.partition("==")[0] for line in requirements().splitlines())
    packages = [metadata.distribution(name) for name in names if name != "plein"]
    return {file.parts[0] for one in packages for file in one.files or ()} - {"..", "__pycache__"}


def plein(machine: Path, *args: str, cwd: Path) -> str:
    """What the installed command says, on a machine without a network where that can be had."""
    can = shutil.which(APART[0]) and not subprocess.run((*APART, "true"), check=False).returncode
    return run(*(APART if can else ()), machine / "plein", *args, cwd=cwd)


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
    plein(machine, "build", "--clock", "2026-11-24", cwd=tmp_path)
    page = (tmp_path / "public/nieuws/eerste/index.html").read_text()
    assert "Hallo <strong>allemaal</strong>." in page
    assert list(tmp_path.glob("public/assets/style-*.css"))
    assert plein(machine, "--version", cwd=tmp_path).startswith("plein ")


@pytest.mark.parametrize(("lang", "news"), [("nl", "nieuws"), ("en", "news")])
def test_the_installed_command_begins_a_site_and_publishes_it_without_a_finding(
    machine: Path, tmp_path: Path, lang: str, news: str
) -> None:
    plein(machine, "init", "plein", "--lang", lang, cwd=tmp_path)
    assert (tmp_path / "plein/.github/workflows/publish.yml").is_file()
    plein(machine, "build", "--strict", cwd=tmp_path / "plein")
    plein(machine, "check", "--strict", cwd=tmp_path / "plein")
    plein(machine, "publish", "--strict", cwd=tmp_path / "plein")
    assert (tmp_path / f"live/current/{news}/index.html").is_file()
    assert list(tmp_path.glob("live/current/assets/search/**/*.pf_index"))
