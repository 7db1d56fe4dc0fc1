"""Search: the files of its indexes, and for each language which indexes there are."""

import base64
import hashlib
import json
from pathlib import Path

from generator import bundles
from generator.model import Step
from generator.outputs.bench import Bench
from generator.store import Damaged


def make_index(step: Step, bench: Bench) -> bytes:
    """One file of an index; args: where its bundle is kept, and its path in it. Raises Damaged."""
    place, path = step.args
    return _file(bench.root / place, path)


def _file(file: Path, path: str) -> bytes:
    found = bundles.opened(file).get(path)
    if found is None:
        bundles.opened.cache_clear()
        file.unlink(missing_ok=True)
        raise Damaged
    return found


def make_indexes(step: Step, bench: Bench) -> bytes:
    """Where a browser finds the indexes of a language; the program comes with the first.

    Args: the language, where the first is kept, and for each index its folder
    and a name that changes with what is in it.
    """
    _, *leading = step.args[:2]
    pairs = step.args[2:]
    base = f"{bench.ask('setting', 'base_path', '')}/"
    indexes = [
        {"path": base + folder, "version": version}
        for folder, version in zip(pairs[::2], pairs[1::2], strict=True)
    ]
    told: dict[str, object] = {"indexes": indexes}
    if leading:
        digest = hashlib.sha384(_file(bench.root / leading[0], bundles.PROGRAM)).digest()
        told["integrity"] = f"sha384-{base64.b64encode(digest).decode()}"
    return json.dumps(told, indent=1).encode()
