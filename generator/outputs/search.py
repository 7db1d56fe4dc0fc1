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

    Args: the language, where the first is kept, and for each index its folder,
    a name that changes with what is in it, and its file of contents. `files`
    are those that every search needs, so that a browser can ask for all at once.
    """
    lang, *leading = step.args[:2]
    folders, versions, contents = (step.args[at::3] for at in (2, 3, 4))
    needed = [[one] for one in contents]
    base = f"{bench.ask('setting', 'base_path', '')}/"
    indexes = [
        {"path": base + folder, "version": version, "files": files}
        for folder, version, files in zip(folders, versions, needed, strict=True)
    ]
    if not leading:
        return _json({"indexes": indexes})
    needed[0].append(bundles.engine(lang))
    digest = hashlib.sha384(_file(bench.root / leading[0], bundles.PROGRAM)).digest()
    integrity = f"sha384-{base64.b64encode(digest).decode()}"
    return _json({"indexes": indexes, "integrity": integrity})


def _json(value: object) -> bytes:
    return json.dumps(value, indent=1).encode()
