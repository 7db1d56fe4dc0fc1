"""An operator publishes to a folder with releases: here, and on a server over ssh."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import filelock
import pytest

from generator.manifest import MANIFEST
from tests.conftest import Site
from tests.publish.servers import sshd


class Live:
    """A site, and the place that it is published to."""

    def __init__(self, site: Site, place: Path, to: str) -> None:
        self.site, self.place, self.to = site, place, to

    def publish(self, *flags: str, code: int = 0) -> str:
        done = self.site.run(
            "publish", "--to", self.to, "--clock", self.site.clock, *flags, code=code
        )
        return done.stdout + done.stderr

    def rollback(self, *args: str, code: int = 0) -> str:
        done = self.site.run("rollback", "--to", self.to, *args, code=code)
        return done.stdout + done.stderr

    def read(self, path: str) -> str:
        return (self.place / "current" / path).read_text()

    def releases(self) -> list[str]:
        return sorted(item.name for item in (self.place / "releases").iterdir() if item.is_dir())


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    with sshd(tmp_path_factory.mktemp("sshd")) as made:
        yield made


ON_A_SERVER_TOO = {
    "test_a_publication_is_what_the_build_made_and_shares_what_did_not_change",
    "test_a_page_that_is_still_open_finds_its_stylesheet",
    "test_what_a_killed_publication_left_is_cleared_away",
    "test_two_at_once_one_works_and_the_other_says_so",
}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every story here; on a server all in the long run, and a few always."""
    if "live" in metafunc.fixturenames:
        always = metafunc.function.__name__ in ON_A_SERVER_TOO
        marks = () if always else (pytest.mark.long,)
        cases = ["here", pytest.param("on a server", marks=marks)]
        metafunc.parametrize("live", cases, indirect=True)


@pytest.fixture
def live(request: pytest.FixtureRequest, site: Site, tmp_path: Path) -> Live:
    place = tmp_path / "srv"
    for name in ("a", "b", "c", "d"):
        site.post(f"news/{name}", f"Tekst van {name}.")
    if request.param == "here":
        return Live(site, place, str(place))
    ssh, host = request.getfixturevalue("server")
    site.env["PLEIN_SSH"] = ssh
    return Live(site, place, f"{host}:{place}")


def same_file(one: Path, other: Path) -> bool:
    return one.stat().st_ino == other.stat().st_ino


def test_a_publication_is_what_the_build_made_and_shares_what_did_not_change(live: Live) -> None:
    assert " nieuw, 0 gewijzigd" in live.publish()
    made = {path: data for path, data in live.site.tree().items() if path != MANIFEST}
    place = live.place / "current"
    files = [file for file in place.rglob("*") if file.is_file()]
    assert {str(one.relative_to(place)): one.read_bytes() for one in files} == made
    live.site.post("news/a", "Een andere tekst.")
    live.publish()
    first, second = (live.place / "releases" / name for name in live.releases())
    assert "Een andere tekst" in live.read("nieuws/a/index.html")
    assert same_file(first / "nieuws/b/index.html", second / "nieuws/b/index.html")
    assert not same_file(first / "nieuws/a/index.html", second / "nieuws/a/index.html")
    assert "Tekst van a" in (first / "nieuws/a/index.html").read_text()


def test_nothing_changed_makes_no_new_release(live: Live) -> None:
    live.publish()
    assert "0 nieuw, 0 gewijzigd, 0 verwijderd" in live.publish()
    assert len(live.releases()) == 1


def test_five_releases_stay_and_an_operator_can_go_back_and_forth(live: Live) -> None:
    for number in range(7):
        live.site.post("news/a", f"Tekst nummer {number}.")
        live.publish()
    assert len(live.releases()) == 5
    assert "nummer 6" in live.read("nieuws/a/index.html")
    live.rollback()
    live.rollback()
    assert "nummer 4" in live.read("nieuws/a/index.html")
    assert "000001-nooit" in live.rollback("000001-nooit", code=2)
    live.publish()
    assert "nummer 6" in live.read("nieuws/a/index.html")
    assert len(live.releases()) == 5


def test_a_page_that_is_still_open_finds_its_stylesheet(live: Live) -> None:
    live.publish()
    (old,) = (live.place / "current").glob("assets/style-*.css")
    live.site.write(
        "site.yaml", (live.site.root / "site.yaml").read_text() + 'branding: {colour: "#102030"}\n'
    )
    live.publish()
    assert (live.place / "current/assets" / old.name).is_file()
    assert len(list((live.place / "current").glob("assets/style-*.css"))) == 2


def test_a_dry_run_says_what_would_change_and_changes_nothing(live: Live) -> None:
    live.publish()
    live.site.post("news/e")
    told = live.publish("--dry-run")
    assert "+ nieuws/e/index.html" in told
    assert len(live.releases()) == 1
    assert not (live.place / "current/nieuws/e").exists()
    shutil.rmtree(live.place)
    assert "0 gewijzigd, 0 verwijderd" in live.publish("--dry-run")
    assert not live.place.exists()
    assert live.rollback("--list") == ""


def test_a_much_smaller_site_goes_out_only_when_that_is_meant(live: Live) -> None:
    for number in range(200):
        live.site.write(f"content/static/folders/k{number}.html", f"Folder {number}")
    live.publish()
    shutil.rmtree(live.site.root / "content/static")
    assert "publish-smaller" in live.publish(code=1)
    assert (live.place / "current/folders/k3.html").is_file()
    live.publish("--yes")
    assert not (live.place / "current/folders/k3.html").exists()


def test_an_error_in_content_publishes_nothing(live: Live) -> None:
    live.publish()
    live.site.post("news/a", topics="onbekend")
    assert "unknown-topic" in live.publish(code=1)
    assert "Tekst van a" in live.read("nieuws/a/index.html")


def test_what_a_killed_publication_left_is_cleared_away(live: Live) -> None:
    live.publish()
    half = live.place / "releases/.new-000002-abc"
    half.mkdir()
    (half / "x.html").write_text("half")
    (live.place / "releases/000009-zonder").mkdir()
    (live.place / "releases/000010-zonder.files").write_text("abc x.html\n")
    live.site.post("news/a", "Nieuw.")
    live.publish()
    assert [name[:6] for name in live.releases()] == ["000001", "000002"]
    assert not list((live.place / "releases").glob("*zonder*"))


def test_two_at_once_one_works_and_the_other_says_so(live: Live) -> None:
    live.publish()
    with filelock.FileLock(live.place / ".publish.lock"):
        assert "publish-busy" in live.publish(code=3)
    live.publish()


def test_drafts_never_reach_the_real_site_by_a_flag(live: Live) -> None:
    with (live.site.root / "site.yaml").open("a") as file:
        file.write(f"publish: {{to: '{live.to}', keep: 3}}\n")
    assert "publish-unpublished" in live.site.run("publish", "--drafts", code=2).stderr
    live.site.run("publish", "--clock", live.site.clock)
    assert len(live.releases()) == 1


def test_a_place_that_is_none_or_holds_the_site_itself_is_refused(site: Site) -> None:
    site.post("news/a")
    before = site.tree(".")
    for to in (".", "content", "content/x", "public", "folder:public", "folder:..", "/", "themes"):
        assert "place-dangerous" in site.run("publish", "--to", to, code=2).stderr, to
    for to in ("ftp://x/y", "server:folder", "robin@server:", "s3://", "https://x.example/"):
        assert "place-unknown" in site.run("publish", "--to", to, code=2).stderr, to
    assert site.tree(".") == before


def connections(site: Site, folder: Path, more: str = "", ours: str = "") -> int:
    """How often a publication to a server connects; nothing of it goes on when it is over."""
    with sshd(folder, more, ours) as (ssh, host):
        site.env["PLEIN_SSH"] = ssh
        live = Live(site, folder / "srv", f"{host}:{folder}/srv")
        live.publish()
        assert "Tekst." in live.read("nieuws/a/index.html")
        # A connection that stays behind its process is called so.
        assert subprocess.run(["pgrep", "-f", r"^ssh: .*/plein-.*mux"], check=False).returncode == 1
    return (folder / "log").read_text().count("Accepted publickey")


@pytest.mark.parametrize(
    ("more", "ours", "once"),
    [
        ("", "", True),
        ("", "  ControlMaster yes\n  ControlPersist yes\n", True),
        ("MaxSessions 1\n", "", False),
        ("", "  ControlPath none\n", True),
    ],
)
def test_a_publication_connects_once_where_the_server_lets_it(
    site: Site, tmp_path: Path, more: str, ours: str, once: bool
) -> None:
    site.post("news/a", "Tekst.")
    assert (connections(site, tmp_path / "ssh", more, ours) == 1) == once


def test_who_shares_a_connection_already_goes_on_with_that(site: Site, tmp_path: Path) -> None:
    site.post("news/a", "Tekst.")
    own = f"  ControlMaster auto\n  ControlPersist 20\n  ControlPath {tmp_path}/own\n"
    with sshd(tmp_path / "ssh", ours=own) as (ssh, host):
        subprocess.run([*ssh.split(), host, "true"], check=True)
        site.env["PLEIN_SSH"] = ssh
        Live(site, tmp_path / "srv", f"{host}:{tmp_path}/srv").publish()
        assert (tmp_path / "ssh/log").read_text().count("Accepted publickey") == 1
        subprocess.run([*ssh.split(), "-O", "exit", host], check=True, capture_output=True)


@pytest.mark.parametrize("folder", ["with blanks", "long" * 30])
def test_where_no_connection_can_be_shared_each_step_has_its_own(
    site: Site, tmp_path: Path, folder: str
) -> None:
    site.post("news/a", "Tekst.")
    (tmp_path / folder).mkdir()
    site.env["TMPDIR"] = str(tmp_path / folder)
    assert connections(site, tmp_path / "ssh") > 1


def test_a_server_that_is_not_there_is_named(site: Site) -> None:
    site.post("news/a")
    site.env["PLEIN_SSH"] = "ssh -o ConnectTimeout=2"
    done = site.run("publish", "--to", "nobody@127.0.0.2:/srv/x", code=4)
    assert "publish-refused" in done.stderr
