"""Edits in random order: after each, the site is as if it were built for the first time."""

import shutil
import tempfile
from collections.abc import Callable
from itertools import cycle
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from generator import fingerprint, scan
from generator.ledger import LEDGER, Line, text_of
from generator.ledger import read as read_ledger
from generator.problems import PleinError
from generator.result import Result, Told
from generator.vlogs import renditions
from tests.conftest import Site
from tests.exactness.edits import (
    BODIES,
    DATES,
    FILES,
    KEYS,
    KINDS,
    NAMES,
    SETTING_LINES,
    THEME_FILES,
)
from tests.exactness.world import (
    LEAN_THEME,
    OWN_THEME,
    SETTINGS,
    assert_same,
    built,
    furnish,
    picture,
    post,
    remembered,
    site_remembered,
    twin_of,
)
from tests.films import SUBTITLES, film

NUMBER = st.integers(0, 40)
TOLD = Told.__struct_fields__


class Hub(RuleBasedStateMachine):
    """Writers, a theme's author, an operator, a vandal and the clock, one at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="plein-"))
        self.site = furnish(Site(self.folder / "site"))
        # What the vandal left in the output and Plein need not restore or remove.
        self.strange: dict[str, bytes] = {}
        self.failures = 0
        # Every other time somebody waits for the pages.
        self.waiting = cycle((None, lambda problems: None))
        self.trust_s, scan.YOUNG_NS = scan.YOUNG_NS, 0
        self.check()

    def teardown(self) -> None:
        try:
            if not self.failures:
                self.site.build()
                again = self.site.build()
                assert (again.written, again.removed, again.rendered) == ((), (), 0)
        finally:
            scan.YOUNG_NS = self.trust_s
            shutil.rmtree(self.folder)

    # -- what writers do --

    @rule(kind=st.sampled_from(KINDS), name=st.sampled_from(NAMES), n=NUMBER)
    def add_a_post(self, kind: str, name: str, n: int) -> None:
        keys = {
            "questions": "question: Wat?\n",
            "kudos": "to: jan\n",
            "vlogs": "video: https://v.example/x.mp4\ncaptions: {pending: 2027-12-31}\n",
        }
        text = post(f"Nummer {n}", DATES[n % len(DATES)], BODIES[n % 5])
        if kind == "people":
            text = f"---\nname: Nummer {n}\n---\n"
        self.write(f"content/{kind}/{name}.md", text.replace("title", f"{keys.get(kind, '')}title"))
        self.check()

    @rule(n=NUMBER, body=st.sampled_from(BODIES))
    def edit_a_body(self, n: int, body: str) -> None:
        def edit(text: str) -> str:
            return f"{text.rpartition('---')[0]}---\n{body}\n"

        self.edit_one(n, edit)

    @rule(n=NUMBER, pair=st.sampled_from(KEYS))
    def edit_a_key(self, n: int, pair: tuple[str, str]) -> None:
        self.edit_one(n, lambda text: _with_key(text, *pair))

    @rule(n=NUMBER, date=st.sampled_from(DATES))
    def edit_a_date(self, n: int, date: str) -> None:
        self.edit_one(n, lambda text: _with_key(text, "date", date))

    @rule(n=NUMBER, to=NUMBER)
    def link_to_another(self, n: int, to: int) -> None:
        target = "/" + self.posts()[to % len(self.posts())].removeprefix("content/")
        self.edit_one(n, lambda text: f"{text}\n[Zie ook]({target})\n")

    @rule(n=NUMBER)
    def delete_a_post(self, n: int) -> None:
        (self.site.root / self.posts()[n % len(self.posts())]).unlink()
        self.check()

    @rule(n=NUMBER, kind=st.sampled_from([*KINDS, ""]), name=st.sampled_from([*NAMES, ""]))
    def rename_or_move(self, n: int, kind: str, name: str) -> None:
        old = PurePosixPath(self.posts()[n % len(self.posts())])
        folder = f"content/{kind or old.parts[1]}"
        self.rename(str(old), f"{folder}/{name or old.name.partition('.')[0]}.md")
        self.check()

    @rule(n=NUMBER, other=NUMBER)
    def swap_two_files(self, n: int, other: int) -> None:
        one, two = self.posts()[n % len(self.posts())], self.posts()[other % len(self.posts())]
        if one != two:
            self.rename(one, "tussen")
            self.rename(two, one)
            self.rename("tussen", two)
        self.check()

    @rule(n=NUMBER, other=NUMBER)
    def swap_two_slugs(self, n: int, other: int) -> None:
        posts = self.posts()
        one, two = posts[n % len(posts)], posts[other % len(posts)]
        for path, slug in ((one, Path(two).stem), (two, Path(one).stem)):
            self.change(path, lambda text, slug=slug: _with_key(text, "slug", slug))  # type: ignore[misc]
        self.check()

    @rule(n=NUMBER, lang=st.sampled_from(["nl", "en"]))
    def translate(self, n: int, lang: str) -> None:
        path = self.posts()[n % len(self.posts())]
        text = (self.site.root / path).read_bytes()
        self.write(f"{path.removesuffix('.md').removesuffix('.en')}.{lang}.md", text)
        self.check()

    @rule(
        n=NUMBER,
        broken=st.sampled_from(["---\ntitle: [\n---\n", "---\n", "\xff", "---\ntitel: x\n---\n"]),
    )
    def break_a_post(self, n: int, broken: str) -> None:
        self.write(self.posts()[n % len(self.posts())], broken.encode("latin-1"))
        self.check()

    @rule(
        path=st.sampled_from(FILES),
        content=st.sampled_from(["red", "green", "wide", "", "geen beeld"]),
    )
    def change_a_file(self, path: str, content: str) -> None:
        file = self.site.root / "content" / path
        if content:
            data = content.encode() if " " in content else _drawn(content)
            if path.endswith(".vtt") and " " not in content:
                data = SUBTITLES.replace("Hallo", content).encode()
            elif path.endswith(".mp4") and " " not in content:
                data = film(note=content.encode())
            self.write(f"content/{path}", data)
        elif file.exists():
            file.unlink()
        self.check()

    @rule(note=st.sampled_from(["een", "twee"]), broken=st.booleans())
    def a_film_is_made_fit_for_the_web(self, note: str, broken: bool) -> None:
        film_ = self.site.root / "content/vlogs/film.mp4"
        data = film(width=426, height=240, note=note.encode())
        if film_.is_file():
            prints = scan.hash_file(film_), fingerprint.of_bytes(data)
            name = renditions.name_of(*prints, len(data), (426, 240))
            self.write(f"{renditions.FOLDER}/{name}", data[:-1] if broken else data)
        self.check()

    # -- what the theme's author and the operator do --

    @rule(one=st.sampled_from(THEME_FILES), theme=st.sampled_from(["own", "lean"]))
    def write_a_theme_file(self, one: tuple[str, str], theme: str) -> None:
        self.write(f"themes/{theme}/{one[0]}", one[1])
        self.check()

    @rule(one=st.sampled_from(THEME_FILES), theme=st.sampled_from(["own", "own", "lean"]))
    def take_a_theme_file_away(self, one: tuple[str, str], theme: str) -> None:
        (self.site.root / "themes" / theme / one[0]).unlink(missing_ok=True)
        self.check()

    @rule(name=st.sampled_from(["own", "lean"]))
    def theme_as_it_was(self, name: str) -> None:
        for path, text in (OWN_THEME if name == "own" else LEAN_THEME).items():
            self.write(f"themes/{name}/{path}", text)
        self.check()

    @rule(lines=st.sampled_from(SETTING_LINES))
    def change_a_setting(self, lines: tuple[str, str]) -> None:
        self.change("site.yaml", lambda text: text.replace(*lines))
        self.check()

    @rule()
    def settings_as_they_were(self) -> None:
        self.write("site.yaml", SETTINGS)
        self.check()

    @rule(
        now=st.sampled_from(
            ["2026-11-24 12:00", "2026-12-01 09:00", "2026-12-25", "2026-11-01 00:00"]
        )
    )
    def time_passes(self, now: str) -> None:
        self.site.clock = now
        self.check()

    @rule()
    def what_is_published_is_remembered(self) -> None:
        outcome = built(self.site, addresses=True)
        if isinstance(outcome, Result) and outcome.addresses:
            self.write(LEDGER, outcome.addresses.ledger)
        self.check()

    @rule(n=NUMBER)
    def an_address_is_withdrawn(self, n: int) -> None:
        lines = list(read_ledger(self.site.root))
        if lines:
            lines[n % len(lines)] = Line(lines[n % len(lines)].address)
            self.write(LEDGER, text_of(lines))
        self.check()

    @rule()
    def everything_is_checked_out_anew(self) -> None:
        for path in self.sources():
            self.write(path, (self.site.root / path).read_bytes())
        self.check()

    @rule()
    def nothing_happens(self) -> None:
        self.check()

    # -- what a vandal does --

    @rule(n=st.integers(0, 400), how=st.sampled_from(["change", "cut", "delete", "same size"]))
    def vandalise_an_output(self, n: int, how: str) -> None:
        paths = sorted(path for path in self.site.tree() if not path.startswith(".plein"))
        if paths:
            self.vandalise(paths[n % len(paths)], how)
        self.check()

    @rule(path=st.sampled_from(["vreemd/hallo.txt", "nieuws/notitie.txt", "robots.txt.bak"]))
    def leave_a_foreign_file(self, path: str) -> None:
        # A folder in which Plein built nothing yet is somebody else's, and is refused.
        if (self.site.root / "public/.plein-manifest").exists():
            self.strange[path] = b"van een ander"
            self.site.write(f"public/{path}", self.strange[path])
        self.check()

    @rule(what=st.sampled_from([".plein", ".plein/cache.sqlite", "public"]))
    def delete_what_was_made(self, what: str) -> None:
        target = self.site.root / what
        if what == "public":
            self.strange.clear()
        shutil.rmtree(target, ignore_errors=True) if target.is_dir() else target.unlink(
            missing_ok=True
        )
        self.check()

    # -- what they are made of --

    def vandalise(self, path: str, how: str) -> None:
        file = self.site.root / "public" / path
        old = file.read_bytes()
        new = {"change": old + b"!", "cut": old[:-3], "same size": old[:-1] + b"~"}.get(how)
        if new is None:
            file.unlink()
            self.strange.pop(path, None)
        elif new != old:
            file.write_bytes(new)
            self.strange[path] = new

    def posts(self) -> list[str]:
        return sorted(path for path in self.sources() if path.endswith(".md")) or [
            "content/news/x.md"
        ]

    def sources(self) -> list[str]:
        root = self.site.root
        files = [
            *(root / "content").rglob("*"),
            *(root / "themes").rglob("*"),
            root / "site.yaml",
            root / LEDGER,
        ]
        return [str(file.relative_to(root)) for file in files if file.is_file()]

    def write(self, path: str, text: str | bytes) -> None:
        folder = (self.site.root / path).parent
        if not any(one.is_file() for one in (folder, *folder.parents)):
            self.site.write(path, text)

    def change(self, path: str, edit: Callable[[str], str]) -> None:
        file = self.site.root / path
        if file.is_file():
            file.write_bytes(edit(file.read_bytes().decode("latin-1")).encode("latin-1"))

    def edit_one(self, n: int, edit: Callable[[str], str]) -> None:
        def encoded(text: str) -> str:
            raw = text.encode("latin-1").decode("utf-8", "replace")
            return edit(raw).encode().decode("latin-1")

        self.change(self.posts()[n % len(self.posts())], encoded)
        self.check()

    def rename(self, old: str, new: str) -> None:
        source, target = self.site.root / old, self.site.root / new
        if source.is_file() and not target.is_dir():
            target.parent.mkdir(parents=True, exist_ok=True)
            source.rename(target)

    # -- what must hold after every step --

    def check(self) -> None:
        before = self.site.tree()
        outcome = built(self.site, early=next(self.waiting))
        twin = twin_of(self.site, self.folder / "twin")
        clean = built(twin)
        if isinstance(clean, Result):
            assert isinstance(outcome, Result), outcome
            self.compare(twin.tree())
            assert remembered(self.site) == remembered(twin)
            assert site_remembered(self.site) == site_remembered(twin)
            assert outcome.outputs == clean.outputs
            assert {key: getattr(outcome, key) for key in TOLD} == {
                key: getattr(clean, key) for key in TOLD
            }
            self.failures = 0
            self.keep()
        else:
            assert isinstance(outcome, PleinError)
            assert (type(outcome), outcome.problems) == (type(clean), clean.problems)
            assert self.site.tree() == before
            self.failures += 1
            self.mend()

    def compare(self, clean: dict[str, bytes]) -> None:
        self.strange = {path: data for path, data in self.strange.items() if path not in clean}
        assert_same(self.site.tree(), {**clean, **self.strange})
        empty = [
            f for f in (self.site.root / "public").rglob("*") if f.is_dir() and not any(f.iterdir())
        ]
        assert empty == []

    def keep(self) -> None:
        """Remember the sources and the moment, to go back to when they stay broken."""
        self.good_clock = self.site.clock
        twin_of(self.site, self.folder / "kept")

    def mend(self) -> None:
        if self.failures < 2:
            return
        for name in ("content", "themes"):
            shutil.rmtree(self.site.root / name, ignore_errors=True)
            shutil.copytree(self.folder / "kept" / name, self.site.root / name)
        (self.site.root / LEDGER).unlink(missing_ok=True)
        for name in ("site.yaml", LEDGER):
            if (self.folder / "kept" / name).is_file():
                shutil.copy(self.folder / "kept" / name, self.site.root)
        self.site.clock = self.good_clock
        self.failures = 0


def _drawn(colour: str) -> bytes:
    """A picture of one colour; a wide one is published in several sizes."""
    return picture("blue", 400) if colour == "wide" else picture(colour)


def _with_key(text: str, key: str, value: str) -> str:
    """A post with another value for a key; without it, when the value is empty."""
    lines = [line for line in text.split("\n") if not line.startswith(f"{key}:")]
    return "\n".join([lines[0], *([f"{key}: {value}"] if value else []), *lines[1:]])


def run(machine: type[Hub] = Hub, **options: Any) -> None:
    quiet = {"deadline": None, "suppress_health_check": list(HealthCheck), "database": None}
    run_state_machine_as_test(machine, settings=settings(**quiet, **options))  # type: ignore[no-untyped-call]


def test_a_few_random_edits_leave_no_trace_of_the_past() -> None:
    run(derandomize=True, max_examples=3, stateful_step_count=10, phases=[Phase.generate])


@pytest.mark.long
@pytest.mark.parametrize("number", range(20))
def test_a_thousand_sequences_of_edits_leave_no_trace_of_the_past(number: int) -> None:
    """Fifty at a time, so that a night's work can be divided; each fifty is the same every time."""
    machine = seed(number)(type("Hub", (Hub,), {}))
    run(machine, max_examples=50, stateful_step_count=20, phases=[Phase.generate])
