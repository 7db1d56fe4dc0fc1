"""From loose entries to one site: pure in the entries, the settings and the moment."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain
from operator import attrgetter

import msgspec

from generator.assembly.ahead import Ahead
from generator.assembly.checks import Checker
from generator.assembly.editions import Edition
from generator.assembly.findings import Finding, level_of
from generator.assembly.profiles import Before, Moment, Profile, collect
from generator.assembly.site import Site, site_of
from generator.assembly.skeleton import Skeleton, skeleton_of
from generator.assembly.states import Audience, Withheld
from generator.config import Config
from generator.load import Library
from generator.model import Model, Step

__all__ = [
    "Ahead",
    "Assembled",
    "Audience",
    "Before",
    "Edition",
    "Finding",
    "Moment",
    "Profile",
    "Site",
    "Withheld",
    "assemble",
]


class Assembled(Model, frozen=True):
    """A site with the skeleton and the profiles that it was made of, by id.

    `asked` are the steps that each entry asks for by itself; `cards` are those that
    are new, spelled; `before` is what was known, `fresh` the ids of the entries that
    are other than that says; `findings` is all that is wrong between files.
    """

    site: Site
    bones: Skeleton
    profiles: dict[str, Profile]
    asked: dict[str, tuple[Step, ...]]
    cards: dict[str, bytes]
    before: Before
    fresh: frozenset[str]
    findings: tuple[Finding, ...]

    @property
    def since(self) -> datetime | None:
        """The last moment at which something changed by itself; None: never."""
        return max(filter(None, map(attrgetter("since"), self.profiles.values())), default=None)

    @property
    def until(self) -> datetime | None:
        """The next moment at which something changes by itself; None: never."""
        return min(filter(None, map(attrgetter("until"), self.profiles.values())), default=None)

    def steps(self) -> Iterator[Step]:
        """What the entries ask for by themselves."""
        return chain.from_iterable(self.asked.values())


def assemble(
    library: Library,
    config: Config,
    at: Moment,
    before: Before | None = None,
) -> Assembled:
    """The site at a moment for an audience, and everything that is wrong between its files.

    Profiles and cards of `before` that still hold are taken over, and what was made ahead.
    """
    before = before or Before()
    own = collect(library, config, at, before)
    bones, lost = skeleton_of(own.profiles, library, config)
    cards = {key: card for one in own.made.values() for key, card in one.cards.items()}
    site = site_of(bones, library, config, lambda key: cards.get(key) or before.card(key))
    checker = Checker(site, own.profiles, own.made.values(), at.now)
    found = {id_: (*one.findings, *checker.check(one)) for id_, one in own.made.items()}
    checked = {id_: _with_findings(own.profiles[id_], some, config) for id_, some in found.items()}
    together = (*(one for some in found.values() for one in some), *checker.check_together(), *lost)
    profiles = own.profiles | checked
    return Assembled(site, bones, profiles, own.steps, cards, before, own.fresh, together)


def _with_findings(profile: Profile, found: Iterable[Finding], config: Config) -> Profile:
    sound = all(level_of(one, config) == "allow" for one in found)
    return profile if sound else msgspec.structs.replace(profile, sound=False)
