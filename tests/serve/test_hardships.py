"""What happens to a laptop: it sleeps, its disk is full, its system can watch no more."""

import re
import shutil
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from generator import clock
from generator.serve import preview as previewing
from generator.serve.opening import address_in_network
from generator.work import Options, Project
from tests.conftest import SITE, Site
from tests.serve.conftest import Preview

Start = Callable[..., Preview]
ZONE = ZoneInfo("Europe/Amsterdam")
# A space of its own for limits: what is used up there is used up for nobody else.
OWN_LIMITS = ("unshare", "--user", "--map-root-user")


def in_english(site: Site) -> None:
    site.write("site.yaml", SITE.replace("language: nl", "language: en"))


def can(*command: str) -> bool:
    """Whether this machine lets us do that."""
    return bool(shutil.which(command[0])) and not subprocess.run(command, check=False).returncode


@pytest.mark.skipif(not can(*OWN_LIMITS, "true"), reason="no limits of one's own on this machine")
@pytest.mark.parametrize(
    ("lang", "words"),
    [("nl", "kan niet meer bestanden volgen"), ("en", "can follow no more files")],
)
def test_where_the_system_can_watch_no_more_it_looks_by_itself_and_says_so(
    site: Site, start: Start, lang: str, words: str
) -> None:
    if lang == "en":
        in_english(site)
    site.post("news/eerste", "Een.")
    limit = 'echo 0 > /proc/sys/user/max_inotify_watches; exec "$@"'
    preview = start(within=(*OWN_LIMITS, "sh", "-c", limit, "sh"))
    preview.says(words)
    place = "/nieuws/eerste/" if lang == "nl" else "/news/eerste/"
    preview.shows(place, "Een.")
    site.post("news/eerste", "Twee.")
    preview.shows(place, "Twee.")


@pytest.fixture
def small_disk(site: Site) -> Iterator[Site]:
    """The site on a disk of a few megabytes."""
    small = ("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(site.root))
    if not can(*small):
        pytest.skip("this machine lets nobody make a disk")
    site.write("site.yaml", SITE)
    site.post("news/eerste", "Een.")
    yield site
    subprocess.run(["umount", "--lazy", str(site.root)], check=True)


def fill(file: Path) -> None:
    """Fill a disk to its last block."""
    with file.open("wb", buffering=0) as stream:
        try:
            while stream.write(bytes(4096)):
                pass
        except OSError:
            return


def test_a_full_disk_is_told_and_when_there_is_room_it_goes_on(
    small_disk: Site, start: Start
) -> None:
    preview = start()
    preview.shows("/nieuws/eerste/", "Een.")
    filler = small_disk.root / "vakantiefilm"
    fill(filler)
    post = small_disk.root / "content/news/eerste.md"
    post.write_text(post.read_text().replace("Een.", "Twee."))
    preview.until(lambda: "de schijf weigert" in preview.state()["trouble"], "the trouble", 20)
    assert "Een." in preview.ask("/nieuws/eerste/")[1]
    filler.unlink()
    preview.until(lambda: "Twee." in preview.ask("/nieuws/eerste/")[1], "room again", 20)
    preview.until(lambda: preview.state()["trouble"] == "", "no trouble", 20)


def test_a_laptop_that_slept_is_up_to_date_when_it_wakes(site: Site, start: Start) -> None:
    soon = datetime.now(ZONE).replace(microsecond=0) + timedelta(seconds=6)
    site.post("news/eerste", "Een.")
    site.post("news/straks", "Het is zover.", date=f'"{soon:%Y-%m-%d %H:%M:%S}"')
    preview = start("--as-published", clock="")
    preview.shows("/nieuws/eerste/", "Een.")
    preview.process.send_signal(signal.SIGSTOP)
    site.post("news/eerste", "In de trein geschreven.")
    preview.until(lambda: datetime.now(ZONE) > soon + timedelta(seconds=1), "its time", 30)
    preview.process.send_signal(signal.SIGCONT)
    preview.shows("/nieuws/straks/", "Het is zover.")
    preview.shows("/nieuws/eerste/", "In de trein geschreven.")


def test_two_previews_of_one_folder_both_follow(site: Site, start: Start) -> None:
    site.post("news/eerste", "Een.")
    one, other = start(), start()
    assert one.port != other.port
    for text in ("Een.", "Twee.", "Drie.", "Vier."):
        site.post("news/eerste", text)
        for preview in (one, other):
            preview.shows("/nieuws/eerste/", text)
    site.write("content/news/tweede.md", "---\ntitel: Mis\n---\n")
    for preview in (one, other):
        preview.until(lambda: "titel" in preview.state()["trouble"], "the mistake")  # noqa: B023
    site.post("news/tweede", "Goed.")
    for preview in (one, other):
        preview.until(lambda: preview.state()["trouble"] == "", "it is mended")  # noqa: B023
        assert preview.process.poll() is None
    assert not [line for line in (*one.said, *other.said) if "Traceback" in line]


@pytest.mark.parametrize(("lang", "words"), [("nl", "is al in gebruik"), ("en", "is in use")])
def test_a_port_in_use_is_told_and_the_next_one_taken(
    site: Site, start: Start, lang: str, words: str
) -> None:
    if lang == "en":
        in_english(site)
    site.post("news/eerste", "Een.")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        preview = start("--port", str(port))
        assert preview.port > port
        preview.says(words)
        preview.says(str(port))


@pytest.mark.parametrize(("lang", "words"), [("nl", "Op je telefoon"), ("en", "On your phone")])
def test_a_phone_in_the_network_gets_an_address_and_a_code(
    site: Site, start: Start, lang: str, words: str
) -> None:
    own = address_in_network()
    if not own:
        pytest.skip("this machine is in no network")
    if lang == "en":
        in_english(site)
    site.post("news/eerste", "Voor op je telefoon.")
    preview = start("--lan")
    preview.says(words)
    found = re.search(r"http://([\d.]+):(\d+)/", "".join(preview.said[1:3]))
    assert found
    assert found.groups() == (own, str(preview.port))
    preview.says("█")
    place = "/nieuws/eerste/" if lang == "nl" else "/news/eerste/"
    preview.shows(place, "Voor op je telefoon.")
    assert preview.ask(place, at=own)[0] == 200
    assert preview.ask(place, at=own, Host="evil.example")[0] == 403
    assert preview.ask("/_plein/events", at=own, Origin="https://evil.example")[0] == 403


def test_a_clock_that_jumps_is_followed_both_ways(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Jumping(datetime):
        at = 9

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime(2026, 11, 24, cls.at, tzinfo=ZONE).astimezone(tz)

    jumping = SimpleNamespace(time=lambda: Jumping.now().timestamp())
    monkeypatch.setattr(clock, "time", jumping)
    monkeypatch.setattr(previewing, "datetime", Jumping)
    site.post("news/eerste", "Een.")
    site.post("news/straks", "Het is zover.", date="2026-11-24 12:00")
    made = previewing.Preview(Project(site.root), Options(), True, "", str)
    page = made.folder / "nieuws/straks/index.html"
    for hour, is_there in ((9, False), (13, True), (10, False), (10, False), (12, True)):
        Jumping.at = hour
        made.refresh(lambda done: None)
        assert page.is_file() is is_there, hour
