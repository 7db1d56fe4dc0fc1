"""nginx: directives for inside `server { … }`."""

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
    pattern,
)

# Nothing is called so: it makes nginx go on to a named location, after the sign-on.
_NOTHING = "/.plein-nothing"
# nginx's own list of content types leaves these out.
_UNKNOWN = (".vtt", ".webmanifest")


def nginx(briefing: Briefing) -> str:
    """Headers by conditions that only set a variable: a location would forget the other headers."""
    search = pattern(briefing, briefing.search)
    lines = [
        f"# Inside server {{ … }}:  include /srv/intranet/current/{FILES['nginx']};",
        "# After a publication: nginx -s reload",
        f'set $plein_policy "{briefing.policy}";',
        f'if ($uri ~ "{search}") {{ set $plein_policy "{briefing.search_policy}"; }}',
        f'set $plein_cache "{FRESH}";',
        f'if ($uri ~ "{pattern(briefing, KEPT)}") {{ set $plein_cache "{FOR_EVER}"; }}',
        f"add_header {CSP} $plein_policy always;",
        f"add_header {CACHE} $plein_cache;",
        *(f'add_header {name} "{value}" always;' for name, value in always(briefing).items()),
        *(("gzip_static on;", "gzip_vary on;") if briefing.compressed else ()),
        f"error_page 404 {briefing.base}/404.html;",
        *(_type(ending, TYPES[ending]) for ending in _UNKNOWN),
        *(f"location = {briefing.base}/{name} {{ return 404; }}" for name in HIDDEN),
        *_old_addresses(briefing),
    ]
    return "\n".join(lines) + "\n"


def _old_addresses(briefing: Briefing) -> Iterator[str]:
    """A redirect or 410 for each, but only for who may read: `return` would answer anybody."""
    if briefing.moved or briefing.gone:
        yield "absolute_redirect off;"
        yield "location @plein_moved { return 301 $plein_to; }"
        yield "location @plein_gone { error_page 410 $plein_to; return 410; }"
    for old, new in briefing.moved:
        yield _leading(old, new, "@plein_moved")
    for old in briefing.gone:
        yield _leading(old, f"{old}index.html", "@plein_gone")


def _type(ending: str, type_: str) -> str:
    """The content type of files with an ending, without forgetting those of all others."""
    return f"location ~ \\{ending}$ {{ types {{ }} default_type {type_}; }}"


def _leading(old: str, to: str, name: str) -> str:
    return f'location = {old} {{ set $plein_to "{to}"; try_files {_NOTHING} {name}; }}'
