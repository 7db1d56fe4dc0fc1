"""The list of a release's files, beside it: how it is known that the release is whole."""

from generator.model import Span
from generator.problems import DiskError, problem


def as_text(files: dict[str, str]) -> str:
    """One line per file, by path: its fingerprint and its path."""
    return "".join(f"{print_} {path}\n" for path, print_ in sorted(files.items()))


def from_text(text: str, shown: str) -> dict[str, str]:
    """The files by path. Raises DiskError when the text is no such list."""
    lines = text.splitlines()
    pairs = [line.partition(" ") for line in lines]
    if any(not path for _, _, path in pairs):
        raise DiskError(problem("release-damaged", Span(shown)))
    return {path: print_ for print_, _, path in pairs}
