"""Golden sites: small folders of sources, and to the letter what comes of them.

`pytest --update-golden` writes what comes now; read the difference before you commit it.
`keep.txt` says of which outputs the bytes are kept; of all others only the name.
"""

import shutil
from pathlib import Path

import pytest

from generator.manifest import MANIFEST
from tests.conftest import Site

HERE = Path(__file__).parent
SITES = sorted(file.parent.name for file in HERE.glob("*/keep.txt"))
BROKEN = HERE / "broken"


def copied(name: str, root: Path) -> Site:
    """A golden site where it can be built, with the plain theme."""
    shutil.copytree(HERE / name / "source", root)
    shutil.copytree(HERE / "theme", root / "themes/theme")
    return Site(root)


def outputs(site: Site, name: str) -> dict[str, str]:
    """What is held against the golden files: all names, and the bytes of those to keep."""
    tree = site.tree()
    kept = (HERE / name / "keep.txt").read_text(encoding="utf-8").split()
    texts = {path: data.decode() for path, data in tree.items()
             if any(Path("/", path).match(f"/{pattern}") for pattern in kept)}  # fmt: skip
    names = [path for path in tree if path != MANIFEST]
    return {"names.txt": "\n".join(names) + "\n", **texts}


def hold(made: dict[str, str], folder: Path, update: bool) -> None:
    """Compares texts with the files of a folder, or writes them there."""
    if update:
        shutil.rmtree(folder, ignore_errors=True)
        for path, text in made.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
    golden = {str(file.relative_to(folder)): file.read_text(encoding="utf-8")
              for file in sorted(folder.rglob("*")) if file.is_file()}  # fmt: skip
    assert sorted(made) == sorted(golden)
    for path, text in golden.items():
        assert made[path] == text, f"{folder.parent.name}: {path} is other than the golden one"


@pytest.mark.parametrize("name", SITES)
def test_a_golden_site_comes_out_as_it_was(name: str, tmp_path: Path, update_golden: bool) -> None:
    site = copied(name, tmp_path / "site")
    assert site.build().problems == ()
    hold(outputs(site, name), HERE / name / "expected", update_golden)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_broken_site_is_explained_to_its_writer(
    lang: str, tmp_path: Path, update_golden: bool
) -> None:
    site = copied("broken", tmp_path / "site")
    settings = site.root / "site.yaml"
    settings.write_text(settings.read_text().replace("language: nl", f"language: {lang}"))
    done = site.run("build", "--clock", site.clock, code=1)
    assert not (site.root / "public").exists()
    hold({"messages.txt": done.stderr}, BROKEN / f"expected-{lang}", update_golden)


def test_a_theme_of_its_own_replaces_one_block_and_inherits_the_rest(site: Site) -> None:
    site.person("jan")
    site.post("news/a")
    site.post("kudos/b", to="jan")
    site.build()
    before = site.tree()
    shutil.copytree(HERE / "child", site.root / "themes/child")
    settings = site.root / "site.yaml"
    settings.write_text(f"{settings.read_text()}theme: child\n")
    site.build()
    after = site.tree()
    assert before.keys() == after.keys()
    own = b"Gemaakt door de vormgevers van Gemeente Voorbeeld"
    for path, data in after.items():
        if path.endswith(".html") and b'<footer class="foot"' in before[path]:
            assert own in data, path
            assert b"<header" in data, path
        elif not path.endswith(".html") and path != MANIFEST:
            assert data == before[path], path
    assert "Applaus!" in site.read("complimenten/b/index.html")
    assert "Applaus!" not in site.read("nieuws/a/index.html")
