"""Caddy: directives for inside a site's block."""

from collections.abc import Iterator

from generator.outputs.servers.briefing import (
    CACHE,
    CSP,
    FILES,
    FOR_EVER,
    FRESH,
    HIDDEN,
    KEPT,
    TYPES,
    Briefing,
    always,
)


def caddy(briefing: Briefing) -> str:
    """Headers, old addresses, and the pages for what is gone or was never there."""
    lines = [
        f"# Inside the block of the site:  import /srv/intranet/current/{FILES['caddy']}",
        "# After a publication: caddy reload",
        *_either("search", _under(briefing, briefing.search)),
        f'header @plein_search {CSP} "{briefing.search_policy}"',
        f'header @plein_no_search {CSP} "{briefing.policy}"',
        *_either("kept", _under(briefing, KEPT)),
        f'header @plein_kept {CACHE} "{FOR_EVER}"',
        f'header @plein_no_kept {CACHE} "{FRESH}"',
        *(f'header {name} "{value}"' for name, value in always(briefing).items()),
        *(line for pair in TYPES.items() for line in _type(*pair)),
        *(f"handle {briefing.base}/{name} {{\n  error 404\n}}" for name in HIDDEN),
        *(f"handle {old} {{\n  redir * {new} permanent\n}}" for old, new in briefing.moved),
        *(f"handle {old} {{\n  error 410\n}}" for old in briefing.gone),
        *_errors(briefing),
    ]
    return "\n".join(lines) + "\n"


def _either(name: str, paths: str) -> tuple[str, str]:
    """Matchers for some paths and for all others."""
    return f"@plein_{name} path {paths}", f"@plein_no_{name} not path {paths}"


def _type(ending: str, type_: str) -> tuple[str, str]:
    """The content type of files with an ending."""
    name = f"@plein_{ending.removeprefix('.')}"
    return f"{name} path *{ending}", f"header {name} Content-Type {type_}"


def _under(briefing: Briefing, folders: tuple[str, ...]) -> str:
    return " ".join(f"{briefing.base}/{one}/*" for one in folders)


def _errors(briefing: Briefing) -> Iterator[str]:
    """Pages for two errors and no other: a sign-on that is out of order must not show a page."""
    yield "handle_errors {"
    for code, page in (("404", f"{briefing.base}/404.html"), ("410", "{path}index.html")):
        yield f"  @plein_{code} expression `{{err.status_code}} == {code}`"
        yield f"  handle @plein_{code} {{\n    rewrite * {page}\n    file_server\n  }}"
    yield "}"
