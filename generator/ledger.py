"""The ledger: every address that was ever published, in a file of the repository.

`plein publish` adds to it, people need not. A line is an address and, behind
tabs, the edition that it leads to (`nl/news/open-day`) with its title, by which
a renamed file is known again; `gone` stands behind an address without a post.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.model import Model, Span
from generator.paths import CONTENT
from generator.problems import UsageError, problem

LEDGER = "addresses.txt"
_GONE = "gone"
_HEADER = (
    "# Addresses are for ever: a link that somebody kept goes on working. plein publish keeps\n"
    "# this list; commit it, and let both lines stand where two people added some.\n"
)


class Line(Model, frozen=True):
    """One published address: the edition behind it (nothing: gone), its title, its line number."""

    address: str
    key: str = ""
    title: str = ""
    number: int = 0


def read(root: Path) -> tuple[Line, ...]:
    """The lines of a project's ledger; what is no line of one is passed over.

    After a merge lines may be out of order, and an address there twice: the
    one with a post behind it counts then.
    """
    try:
        text = (root / LEDGER).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ()
    found: dict[str, Line] = {}
    for number, line in enumerate(text.splitlines(), 1):
        address, _, rest = line.partition("\t")
        key, _, title = rest.partition("\t")
        if address.startswith("/") and address.endswith("/") and key:
            one = Line(address, "" if key == _GONE else key, title, number)
            if one.key or address not in found:
                found[address] = one
    return tuple(found.values())


def without(
    lines: tuple[Line, ...], addresses: Iterable[str], root: Path, languages: tuple[str, ...]
) -> Iterator[Line]:
    """The lines with some addresses gone. Raises UsageError where a post is still there."""
    leaving = {f"/{address.strip('/')}/": address for address in addresses}
    known = {line.address for line in lines}
    for address, typed in leaving.items():
        if address not in known:
            raise UsageError(problem("address-unknown", Span(LEDGER), value=typed))
    for line in lines:
        file = _file_of(line, root, languages) if line.address in leaving else ""
        if file:
            raise UsageError(problem("address-in-use", Span(file), value=line.address))
        yield Line(line.address) if line.address in leaving else line


def _file_of(line: Line, root: Path, languages: tuple[str, ...]) -> str:
    """The file of the entry behind an address, if it has one."""
    id_ = line.key.partition("/")[2]
    endings = (".md", *(f".{lang}.md" for lang in languages))
    names = (f"{CONTENT}/{id_}{part}{end}" for part in ("", "/index") for end in endings if id_)
    return next((name for name in names if (root / name).is_file()), "")


def text_of(lines: Iterable[Line]) -> str:
    """The ledger as text: one line per address, in their order, so that changes merge well."""
    rows = sorted(
        f"{one.address}\t{one.key}\t{one.title}" if one.key else f"{one.address}\t{_GONE}"
        for one in lines
    )
    return _HEADER + "".join(f"{row}\n" for row in rows)
