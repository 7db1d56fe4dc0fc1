"""The front door of a preview: what goes live when, what does not and why, what will change."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Literal

from generator import manifest
from generator.assembly import Site
from generator.calendar import coming, in_words
from generator.model import Card, Model
from generator.paths import html_path
from generator.report import when
from generator.serve import pages
from generator.words import Say, day_of

_WEEKS = 8
_MOST = 40


class Row(Model, frozen=True):
    """A line in a table: when or why, what it is about, and where it can be looked at."""

    about: str
    what: str
    title: str
    path: str
    url: str
    day: str = ""


class Change(Model, frozen=True):
    """A page that the next publication makes, changes or takes away."""

    what: Literal["new", "changed", "gone"]
    title: str
    url: str


def page(
    site: Site, now: datetime, changes: tuple[Change, ...] | None, chosen: str, say: Say
) -> str:
    """The whole page; `changes` is None where nothing was published from this folder."""
    cards = {one.url: one for one in site.cards.values()}
    shown = cards.get(chosen) or _first(site, changes or (), cards)
    return pages.page(
        "preflight.html",
        say,
        site=site.config.title[site.config.language],
        lang=site.config.language,
        base=site.config.base_path,
        events=tuple(_events(site, now, say)),
        waiting=tuple(_waiting(site, say)),
        changes=changes,
        shown_changes=tuple(one for one in changes or () if one.title)[:_MOST],
        words={name: say(name) for name in ("new", "changed", "gone")},
        card=shown,
        day=_day(site, shown),
        host=site.config.url.partition("//")[2].partition("/")[0],
    )


def _first(site: Site, changes: tuple[Change, ...], cards: dict[str, Card]) -> Card | None:
    """What to show when nobody chose: a change, else the newest post."""
    changed = (cards[one.url] for one in changes if one.url in cards)
    newest = site.lists.get((site.config.language, "all", ""), ())
    return next(changed, newest[0] if newest else None)


def _day(site: Site, card: Card | None) -> str:
    moment = card.date if card else None
    return day_of(moment.astimezone(site.config.zone), site.config.language) if moment else ""


def _events(site: Site, now: datetime, say: Say) -> Iterator[Row]:
    words, lang = in_words(say), site.config.language
    for one in coming(site, now, _WEEKS):
        local = one.when.astimezone(site.config.zone)
        clock = "" if f"{local:%H:%M:%S}" == "23:59:59" else f"{local:%H:%M}"
        day = f"{day_of(local, lang)} {clock}".rstrip()
        yield Row(words[one.what], one.what, one.title, one.path, one.url, day)


def _waiting(site: Site, say: Say) -> Iterator[Row]:
    """The entries that are not published, each with the reason."""
    zone = site.config.zone
    for one in site.editions.values():
        card = site.cards[one.key]
        if card.status != "published" and not one.fallback:
            date = one.entry.meta.publish or one.entry.meta.date
            yield _row(
                card, one.entry.path, date if card.status == "scheduled" else None, site, say
            )
    for gone in site.withheld:
        text = say("expired on {when}").format(when=when(gone.when, zone))
        yield Row(text, gone.status, gone.title, gone.path, "")


def _row(card: Card, path: str, moment: datetime | None, site: Site, say: Say) -> Row:
    text = say("draft")
    if moment:
        text = say("scheduled for {when}").format(when=when(moment, site.config.zone))
    return Row(text, card.status, card.title, path, card.url)


def changes_between(site: Site, old: Path, new: Path) -> tuple[Change, ...] | None:
    """What would change for readers if the folder `new` were published over `old`.

    None where nothing was published into `old`. Pages that belong to no entry
    (lists, feeds, files) have no title.
    """
    before, after = manifest.published(old), manifest.published(new)
    if not before:
        return None
    titles = {
        html_path(one.url.removeprefix(site.config.base_path)): one for one in site.cards.values()
    }
    found = [*_changed(new, before, after, titles), *_gone(old, before, after)]
    return tuple(sorted(found, key=lambda one: (not one.title, one.what != "new", one.url)))


def _changed(
    folder: Path, before: dict[str, str], after: dict[str, str], titles: dict[str, Card]
) -> Iterator[Change]:
    for path in _paths(folder):
        name = manifest.hidden(path)
        if name in after and before.get(name) != after[name]:
            card = titles.get(path)
            title, url = (card.title, card.url) if card else ("", path)
            yield Change("changed" if name in before else "new", title, url)


def _gone(folder: Path, before: dict[str, str], after: dict[str, str]) -> Iterator[Change]:
    for path in _paths(folder):
        name = manifest.hidden(path)
        if name in before and name not in after:
            url = f"/{path.removesuffix('index.html')}"
            yield Change("gone", url if path.endswith("/index.html") else "", url)


def _paths(folder: Path) -> Iterator[str]:
    return (one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file())
