"""A service's own script and style, where they lie on this machine: for copies on the site."""

from importlib.util import find_spec
from pathlib import Path

# By the name of the asset: in which package, where in it.
_FILES = {"isso": {"isso.js": "js/embed.min.js", "isso.css": "css/isso.css"}}


def own_files(provider: str) -> dict[str, Path]:
    """The files of a service by their names as assets; none where it is not installed."""
    names = _FILES.get(provider, {})
    spec = find_spec(provider) if names else None
    folder = Path((spec.submodule_search_locations or [""])[0]) if spec else None
    found = {name: folder / path for name, path in names.items()} if folder else {}
    return {name: file for name, file in found.items() if file.is_file()}
