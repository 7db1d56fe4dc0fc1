"""The content security policy of a site: from where its pages may load what."""

from generator.comments.providers import hosts_of
from generator.config import Config

Directives = dict[str, tuple[str, ...]]
_SELF = ("'self'",)
_NOBODY = ("'none'",)


def directives(config: Config, search: bool = False) -> Directives:
    """The sources that each kind of thing may come from; `search` is for the search page.

    Only its own host, unless a setting names another; never anything inline.
    The search page runs its index as WebAssembly, in the browser itself.
    """
    scripts = (*_SELF, "'wasm-unsafe-eval'") if search else _SELF
    found = {
        "default-src": _NOBODY,
        "script-src": scripts,
        "style-src": _SELF,
        "img-src": _SELF,
        "media-src": (*_SELF, *config.media.hosts),
        "font-src": _SELF,
        "connect-src": _SELF,
        "manifest-src": _SELF,
        "worker-src": _SELF,
        "frame-src": config.media.embeds or _NOBODY,
        "frame-ancestors": _SELF,
        "form-action": _SELF,
        "base-uri": _NOBODY,
    }
    more = hosts_of(config.comments.provider, config.comments.endpoint)
    return {name: _with(sources, more.get(name, ())) for name, sources in found.items()}


def _with(sources: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    """Some sources and more; what nobody was allowed is then allowed to those only."""
    return (*(() if more and sources == _NOBODY else sources), *more)


def header(config: Config, search: bool = False) -> str:
    """The value of the header Content-Security-Policy."""
    found = directives(config, search)
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in found.items())
