"""Profiles made ahead: while workers convert many files, this process has time for them."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cached_property

from generator import fingerprint
from generator.assembly.profiles import Made, Moment, id_of, profile_of
from generator.comments.talk import Talk
from generator.config import Config
from generator.entries import Loaded
from generator.load import Library
from generator.reading import Face


class Ahead:
    """Makes the profile of an entry as soon as all its files (of these paths) are converted.

    One that names other files has to wait: what is known of those hangs on every entry.
    """

    def __init__(self, paths: tuple[str, ...], config: Config, at: Moment, talk: Talk) -> None:
        self._paths, self._config, self._at, self._talk = paths, config, at, talk
        self._faces: dict[str, dict[str, Face]] = defaultdict(dict)
        self._facts: dict[str, bytes] = {}
        self.made: dict[str, Made] = {}

    @cached_property
    def _ids(self) -> dict[str, str]:
        found = ((path, id_of(path, self._config)) for path in sorted(self._paths))
        return {path: id_ for path, id_ in found if id_}

    @cached_property
    def _counts(self) -> Counter[str]:
        """Of how many files each entry consists."""
        return Counter(self._ids.values())

    def learn(self, facts: Mapping[str, bytes], faces: Mapping[str, Face]) -> None:
        """Take note of what some files gave, by path."""
        for path, face in faces.items():
            id_ = self._ids[path]
            own = self._faces[id_]
            own[path] = face
            self._facts[path] = facts[path]
            if len(own) == self._counts[id_]:
                self._make(id_, self._faces.pop(id_))

    def _make(self, id_: str, faces: dict[str, Face]) -> None:
        paths = tuple(sorted(faces))
        facts = {path: self._facts.pop(path) for path in paths}
        if any(one.pictures or one.files for one in faces.values()):
            return
        loaded = {path: fingerprint.decode(data, Loaded) for path, data in facts.items()}
        made = profile_of(id_, paths, self._library(loaded, faces), self._config, self._at)
        if not made.profile.beside:
            self.made[id_] = made

    def _library(self, loaded: dict[str, Loaded], faces: dict[str, Face]) -> Library:
        """A library in which only these files are."""
        nothing = frozenset[str]()
        return Library({}, loaded, {}, {}, nothing, {}, {}, faces, talk=self._talk)
