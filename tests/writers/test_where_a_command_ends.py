"""How a command ends: with its code, and with all that it had to say, or that it could not."""

import subprocess
import sys

import pytest

from tests.conftest import Site
from tests.exactness.world import furnish


def plein(site: Site, command: str) -> subprocess.CompletedProcess[str]:
    line = f"{sys.executable} -m generator {command}"
    return subprocess.run(
        line, shell=True, cwd=site.root, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_a_build_is_fine_where_nobody_can_hear_it(site: Site, closed: str) -> None:
    furnish(site)
    assert plein(site, f"build {closed}").returncode == 0


def test_what_can_not_be_written_is_no_success(site: Site) -> None:
    furnish(site)
    done = plein(site, "--version >/dev/full")
    assert done.returncode != 0
    assert "No space left on device" in done.stderr


def test_the_code_is_that_of_what_went_wrong(site: Site) -> None:
    furnish(site)
    assert plein(site, "build").returncode == 0
    site.write("content/news/d.md", "---\ntitle: D\ntopics: [onbekend]\n---\n\nTekst.\n")
    assert plein(site, "build").returncode == 1
    assert plein(site, "bouw").returncode == 2
