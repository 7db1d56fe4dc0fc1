"""What is live, waiting or gone, entry by entry."""

from datetime import datetime, tzinfo

from generator.assembly import Site
from generator.assembly.states import Withheld
from generator.calendar import Event, coming
from generator.model import Model
from generator.prepare import Prepared, prepare
from generator.report import when
from generator.store import Store
from generator.work import Work, with_store

_STATUS = {"drafts": "draft", "scheduled": "scheduled", "expired": "expired"}


class Row(Model, frozen=True):
    """One entry in a list: its file, title, and its address or the moment that counts."""

    path: str
    title: str
    url: str = ""
    when: datetime | None = None

    def as_line(self, zone: tzinfo) -> str:
        """The row as text."""
        return "  ".join(
            part for part in (when(self.when, zone), self.path, self.title, self.url) if part
        )

    def as_dict(self) -> dict[str, str]:
        """The row for another program."""
        moment = self.when.isoformat() if self.when else ""
        return {"file": self.path, "title": self.title, "url": self.url, "when": moment}


def entries_in(work: Work, state: str) -> tuple[Row, ...]:
    """The entries in a state of `plein list`: by path, those that are expiring by moment."""
    return with_store(work.project, lambda store: _entries_in(prepare(work, store), state))


def _entries_in(ready: Prepared, state: str) -> tuple[Row, ...]:
    site = ready.site
    if state in _STATUS:
        return tuple(_withheld(one) for one in site.withheld if one.status == _STATUS[state])
    if state == "expiring":
        return tuple(
            Row(one.path, one.title, one.url, one.when)
            for one in coming(site, ready.sight.now)
            if one.what == "expire"
        )
    return tuple(sorted(_published(site, state == "unlisted"), key=lambda row: row.path))


def events_of(work: Work, weeks: int | None) -> tuple[tuple[Event, ...], datetime]:
    """What happens in the coming weeks (None: as far as is known), and the moment it is now."""

    def find(store: Store) -> tuple[tuple[Event, ...], datetime]:
        ready = prepare(work, store)
        return coming(ready.site, ready.sight.now, weeks), ready.sight.now

    return with_store(work.project, find)


def _withheld(one: Withheld) -> Row:
    return Row(one.path, one.title, "", one.when)


def _published(site: Site, unlisted: bool) -> list[Row]:
    return [
        Row(one.entry.path, one.entry.meta.title, site.cards[key].url, one.entry.meta.date)
        for key, one in site.editions.items()
        if not one.fallback and bool(one.entry.meta.unlisted) == unlisted
    ]
