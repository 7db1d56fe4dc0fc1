"""The list of a release's files, beside it: how it is known that the release is whole."""

from generator.model import Model, Span
from generator.problems import DiskError, problem

_GONE = "gone"


class Listing(Model, frozen=True):
    """The files of a release by path, each with its fingerprint.

    `gone` are the pages of posts that were withdrawn by then: they only say so.
    """

    files: dict[str, str] = {}
    gone: frozenset[str] = frozenset()


def as_text(one: Listing) -> str:
    """One line per file, by path: its fingerprint and its path; then one per page that is gone."""
    lines = (*sorted(one.files.items()), *((path, _GONE) for path in sorted(one.gone)))
    return "".join(f"{print_} {path}\n" for path, print_ in lines)


def from_text(text: str, shown: str) -> Listing:
    """What a text lists. Raises DiskError when the text is no such list."""
    lines = text.splitlines()
    pairs = [line.partition(" ") for line in lines]
    if any(not path for _, _, path in pairs):
        raise DiskError(problem("release-damaged", Span(shown)))
    return Listing(
        files={path: print_ for print_, _, path in pairs if print_ != _GONE},
        gone=frozenset(path for print_, _, path in pairs if print_ == _GONE),
    )
