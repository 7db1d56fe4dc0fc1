"""What is wrong between the files of a site: each entry held against those that it names."""

from collections.abc import Iterable, Iterator
from datetime import datetime

import msgspec

from generator.assembly.findings import (
    Finding,
    check_completed,
    check_delegates,
    check_ids,
    check_menu,
)
from generator.assembly.links import check_links
from generator.assembly.profiles import Made
from generator.assembly.site import Site, people_of
from generator.assembly.skeleton import Skeleton
from generator.assembly.vlogs import check_captions, check_chapters, check_video
from generator.lazily import Lazily
from generator.model import Entry, Person


class Checker:
    """Checks the entries of a site at a moment; of those that are `made` the versions are known."""

    def __init__(self, site: Site, bones: Skeleton, made: Iterable[Made], now: datetime) -> None:
        self.site, self.bones, self.now = site, bones, now
        known, others = {x.path: x for one in made for x in one.complete}, site.directory.entries
        entries = Lazily(others, lambda path: known.get(path) or others[path])
        self.directory = msgspec.structs.replace(site.directory, entries=entries)
        self.people = people_of(site.library, site.config)
        self.delegates = Lazily(self.people, self._delegates_of)

    def _delegates_of(self, name: str) -> tuple[str, ...]:
        """For whom somebody may write."""
        paths = self.bones.versions(f"people/{name}")
        entries = (self.directory.entries[path] for path in paths)
        details = [one.details for one in entries if isinstance(one.details, Person)]
        return details[-1].on_behalf_of if details else ()

    def check(self, made: Made) -> Iterator[Finding]:
        """Everything that is wrong with the files of an entry."""
        for entry in made.raw:
            yield from check_ids(entry, self.people, self.site.config)
            yield from self._check_vlog(entry)
        for entry in made.complete:
            yield from self._check_complete(entry)
        out = [one for one in made.complete if one.path in self.directory.included]
        for entry in out[:1]:
            yield from check_captions(entry, self.now)

    def _check_vlog(self, entry: Entry) -> Iterator[Finding]:
        if entry.path in self.directory.included:
            yield from check_video(entry, self.site.library, self.site.config)
            yield from check_chapters(entry, self.site.library)

    def _check_complete(self, entry: Entry) -> Iterator[Finding]:
        is_out = entry.path in self.directory.included
        if is_out or not entry.meta.draft:
            yield from check_completed(entry, self.site.config.zone)
        yield from check_delegates(entry, self.delegates)
        if is_out:
            yield from check_links(entry, self.directory)

    def check_together(self) -> Iterator[Finding]:
        """What is wrong with all entries together."""
        living = {name for name in self.site.config.menu if self.bones.versions(name)}
        yield from check_menu(living, self.site.config)
        yield from _check_feed_ids(self.bones)


def _check_feed_ids(bones: Skeleton) -> Iterator[Finding]:
    """Two entries under one name: feeds and comments would take them for the same."""
    # Under its own id no entry is another's.
    if not bones.names:
        return
    first: dict[tuple[str, str], str] = {}
    for path, id_, lang in zip(bones.files, bones.owners, bones.langs, strict=True):
        own = bones.names.get(path, "")
        name = own or id_
        other = first.setdefault((name, lang), path)
        if path != other:
            here, there = (path, other) if own else (other, path)
            yield Finding(here, "id-twice", "id", name, (("other", there),))
