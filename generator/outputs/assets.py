"""A theme's own files, with the organisation's colours, named by their content."""

import base64
import hashlib
from pathlib import Path, PurePosixPath

from generator import fingerprint
from generator.config import Config
from generator.theme import ThemeFile

_TOKENS = {"colour": "--brand", "accent": "--accent"}


def asset_path(name: str, files: tuple[ThemeFile, ...], config: Config) -> str:
    """Where an asset goes: `assets/style-3f2a91c0.css`; it can be kept for ever."""
    pure = PurePosixPath(name)
    parts = (file.fingerprint for file in files)
    print_ = fingerprint.of_parts((*parts, *_branding(name, config)))
    return f"assets/{pure.with_name(f'{pure.stem}-{print_[:8]}{pure.suffix}')}"


def asset_bytes(name: str, files: tuple[ThemeFile, ...], config: Config) -> bytes:
    """The bytes of an asset; the stylesheet ends with the organisation's own colours."""
    data = b"\n".join(Path(file.file).read_bytes() for file in files)
    own = "".join(f"{part};" for part in _branding(name, config))
    return data + f"\n:root{{{own}}}\n".encode() if own else data


def integrity(name: str, files: tuple[ThemeFile, ...], config: Config) -> str:
    """What a browser checks an asset's bytes by: `sha384-…`."""
    digest = hashlib.sha384(asset_bytes(name, files, config)).digest()
    return f"sha384-{base64.b64encode(digest).decode()}"


def _branding(name: str, config: Config) -> tuple[str, ...]:
    if name != "style.css":
        return ()
    colours = [
        f"{token}:{config.branding[key]}"
        for key, token in _TOKENS.items()
        if config.branding.get(key)
    ]
    font = config.branding.get("font", "")
    return (*colours, f"--font:{font}") if font else tuple(colours)
