"""From loose entries to one site: pure in the entries, the settings and the moment."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial
from itertools import chain

import msgspec

from generator.assembly.ahead import Ahead
from generator.assembly.checks import Checker
from generator.assembly.collecting import Before, collect
from generator.assembly.editions import Edition
from generator.assembly.findings import Finding, level_of
from generator.assembly.profiles import Moment, Profile
from generator.assembly.roster import Roster, roster_of
from generator.assembly.site import Site, site_of
from generator.assembly.skeleton import Skeleton, skeleton_of, with_fates
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
    "Roster",
    "Site",
    "Withheld",
    "assemble",
]


class Assembled(Model, frozen=True):
    """A site with the skeleton and the roster that it was made of.

    `profiles` are those that were made, by id, `old` those that the same entries had
    before, and `asked` what each entry asks for by itself; `cards` are those that
    are new, spelled; `before` is what was known, `fresh` the ids of the entries that
    are other than that says; `findings` is all that is wrong between files.
    """

    site: Site
    bones: Skeleton
    roster: Roster
    profiles: dict[str, Profile]
    old: dict[str, Profile]
    asked: dict[str, tuple[Step, ...]]
    cards: dict[str, bytes]
    before: Before
    fresh: frozenset[str]
    findings: tuple[Finding, ...]

    @property
    def until(self) -> datetime | None:
        """The next moment at which something changes by itself; None: never."""
        return min(self.roster.until.values(), default=None)

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

    What of `before` still holds is taken over, and what was made ahead.
    """
    before = before or Before()
    own = collect(library, config, at, before)
    bones = skeleton_of(before.bones, tuple(own.old.values()), own.profiles, config)
    title = partial(own.title, before=before)
    bones, lost = with_fates(bones, library.ledger, own.ids(before), title, config)
    cards = {key: card for one in own.made.values() for key, card in one.cards.items()}
    site = site_of(bones, library, config, lambda key: cards.get(key) or before.card(key))
    checker = Checker(site, bones, own.made.values(), at.now)
    found = {id_: (*one.findings, *checker.check(one)) for id_, one in own.made.items()}
    profiles = {id_: _checked(one.profile, found[id_], config) for id_, one in own.made.items()}
    together = (*(one for some in found.values() for one in some), *checker.check_together(), *lost)
    roster = roster_of(before.roster, own.old.keys(), tuple(profiles.values()))
    return Assembled(
        site, bones, roster, profiles, own.old, own.steps, cards, before, own.fresh, together
    )


def _checked(profile: Profile, found: Iterable[Finding], config: Config) -> Profile:
    sound = all(level_of(one, config) == "allow" for one in found)
    return profile if sound else msgspec.structs.replace(profile, sound=False)
