"""How editors save a file, as seen from the disk."""

import os
from pathlib import Path

POST = "---\ntitle: Titel\ndate: 2026-11-01\n---\n\n{}\n"


def beside(file: Path, *names: str) -> list[Path]:
    """Files in the same folder, named after a file."""
    return [file.with_name(name.format(file.name)) for name in names]


def in_place(file: Path, text: str) -> None:
    file.write_text(text)


def by_rename(file: Path, text: str) -> None:
    """As vim and many others: write beside it, then move over it."""
    aside = file.with_name(f"{file.name}.tmp.1234")
    aside.write_text(text)
    aside.replace(file)


def with_backup(file: Path, text: str) -> None:
    """As vim with a backup: move the old one away, write a new one, delete the old one."""
    old = file.with_name(f"{file.name}~")
    file.rename(old)
    (file.parent / "4913").write_text("")
    (file.parent / "4913").unlink()
    file.write_text(text)
    old.unlink()


def truncated_first(file: Path, text: str) -> None:
    """As VS Code: empty it, then write in pieces."""
    with file.open("w") as stream:
        stream.flush()
        for part in (text[:10], text[10:]):
            stream.write(part)
            stream.flush()
            os.fsync(stream.fileno())


def deleted_first(file: Path, text: str) -> None:
    file.unlink()
    file.write_text(text)


def through_a_hidden_file(file: Path, text: str) -> None:
    """As gedit and Kate: a hidden file with a random name, on disk for sure, then over it."""
    aside = file.with_name(f".goutputstream-{text.__hash__() & 0xFFFF:04X}")
    with aside.open("w") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    aside.replace(file)


def as_jetbrains(file: Path, text: str) -> None:
    """A new file beside it; the old one steps aside, the new one takes its place."""
    fresh, old = (
        file.with_name(f"{file.name}___jb_tmp___"),
        file.with_name(f"{file.name}___jb_old___"),
    )
    fresh.write_text(text)
    file.rename(old)
    fresh.rename(file)
    old.unlink()


def as_word(file: Path, text: str) -> None:
    """As office programs: a lock file, a temporary one, the old one renamed and thrown away."""
    lock, fresh, old = (
        file.with_name(name) for name in (f"~${file.name}", "~WRD0001.tmp", "~WRL0002.tmp")
    )
    lock.write_text("collega")
    fresh.write_text(text)
    file.rename(old)
    fresh.rename(file)
    old.unlink()
    lock.unlink()


def with_a_swap_file(file: Path, text: str) -> None:
    """As vim and Emacs while somebody types: their own notes beside it, then a save in place."""
    swap, notes, lock = (
        file.with_name(name) for name in (f".{file.name}.swp", f"#{file.name}#", f".#{file.name}")
    )
    lock.symlink_to("collega@laptop.1234")
    swap.write_bytes(b"b0VIM 9.0")
    notes.write_text(text[:20])
    file.write_text(text)
    for one in (notes, swap, lock):
        one.unlink()


PATTERNS = (
    in_place, by_rename, with_backup, truncated_first, deleted_first,
    through_a_hidden_file, as_jetbrains, as_word, with_a_swap_file,
)  # fmt: skip
