"""Apache: an `.htaccess`, read by itself where that is allowed."""

import re
from collections.abc import Iterator

from generator import packing
from generator.outputs.servers.briefing import (
    CACHE,
    CSP,
    FOR_EVER,
    FRESH,
    HIDDEN,
    KEPT,
    TYPES,
    Briefing,
    always,
    pattern,
)

_ENDINGS = "|".join(ending.removeprefix(".") for ending in packing.TEXTS)


def apache(briefing: Briefing) -> str:
    """Headers, old addresses and compressed texts; for Apache 2.4.10 or newer."""
    lines = [
        "# With AllowOverride FileInfo and Options FollowSymLinks for this folder.",
        f"ErrorDocument 404 {briefing.base}/404.html",
        *(f"AddType {type_} {ending}" for ending, type_ in TYPES.items()),
        "<IfModule mod_headers.c>",
        f'Header always set {CSP} "{briefing.policy}"',
        f'Header always set {CSP} "{briefing.search_policy}" {_where(briefing, briefing.search)}',
        f'Header set {CACHE} "{FRESH}"',
        f'Header set {CACHE} "{FOR_EVER}" {_where(briefing, KEPT)}',
        *(f'Header always set {name} "{value}"' for name, value in always(briefing).items()),
        "</IfModule>",
        *(f'RedirectMatch 404 "^{re.escape(briefing.base)}/{re.escape(name)}$"' for name in HIDDEN),
        *(f'RedirectMatch 301 "^{re.escape(old)}$" "{new}"' for old, new in briefing.moved),
        *(f'RedirectMatch 410 "^{re.escape(old)}$"' for old in briefing.gone),
        *_gone_pages(briefing),
        *(_compressed() if briefing.compressed else ()),
    ]
    return "\n".join(lines) + "\n"


def _where(briefing: Briefing, folders: tuple[str, ...]) -> str:
    return f'"expr=%{{REQUEST_URI}} =~ m#{pattern(briefing, folders)}#"'


def _gone_pages(briefing: Briefing) -> Iterator[str]:
    """What is shown for all that is gone, in each language: the page of one of them."""
    found: dict[str, str] = {}
    for old in briefing.gone:
        first = old.removeprefix(f"{briefing.base}/").partition("/")[0]
        found.setdefault(first if first in briefing.languages else "", old)
    for lang, old in sorted(found.items()):
        line = f"ErrorDocument 410 {old}index.html"
        where = f'<If "%{{REQUEST_URI}} =~ m#^{re.escape(briefing.base)}/{lang}/#">'
        yield f"{where}\n{line}\n</If>" if lang else line


def _compressed() -> Iterator[str]:
    """A text in compressed form, where the browser takes that and it is there."""
    yield "<IfModule mod_rewrite.c>\nRewriteEngine On"
    for name, ending in packing.ENDING_OF.items():
        yield f'RewriteCond "%{{HTTP:Accept-Encoding}}" "\\b{name}\\b"'
        yield f'RewriteCond "%{{REQUEST_FILENAME}}{ending}" -f'
        yield f'RewriteRule "^(.+\\.({_ENDINGS}))$" "$1{ending}" [L]'
    yield "</IfModule>"
    for name, ending in packing.ENDING_OF.items():
        yield f'<FilesMatch "\\.({_ENDINGS})\\{ending}$">'
        yield f"RemoveType {ending}\nAddEncoding {name} {ending}\n</FilesMatch>"
    yield f'<FilesMatch "\\.({_ENDINGS})(\\.br|\\.gz)?$">'
    yield "<IfModule mod_headers.c>\nHeader append Vary Accept-Encoding\n</IfModule>\n</FilesMatch>"
