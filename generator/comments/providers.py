"""The services that can bring comments, as data: what they need, and whom a browser then meets.

How a service is embedded stands in the theme, in `_comments-isso.html` and its like.
"""

from generator.model import Model


class Provider(Model, frozen=True):
    """One service.

    `hosts` are, per directive of the content security policy, the places that it
    loads from; `{endpoint}` is the one in site.yaml. `options` are the keys that
    it must be told, `optional` those that it may be told. `gate` says that
    Plein's own gateway can stand before it, so that names can be trusted.
    `popup` says that one signs in there in a window of its own, which has to
    tell the page that it is done.
    """

    hosts: dict[str, tuple[str, ...]] = {}
    options: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    endpoint: bool = True
    gate: bool = False
    popup: bool = False


_OWN = ("{endpoint}",)
_GISCUS = ("https://giscus.app",)
PROVIDERS: dict[str, Provider] = {
    "none": Provider(endpoint=False),
    "link": Provider(),
    "isso": Provider(
        {"script-src": _OWN, "style-src": _OWN, "connect-src": _OWN, "img-src": _OWN}, gate=True
    ),
    "remark42": Provider(
        {"script-src": _OWN, "frame-src": _OWN, "connect-src": _OWN},
        options=("site_id",),
        popup=True,
    ),
    "waline": Provider({"connect-src": _OWN}),
    "comentario": Provider(
        {"script-src": _OWN, "style-src": _OWN, "connect-src": _OWN, "img-src": _OWN}, popup=True
    ),
    "giscus": Provider(
        {"script-src": _GISCUS, "style-src": _GISCUS, "frame-src": _GISCUS},
        options=("repo", "repo_id", "category", "category_id"),
        endpoint=False,
    ),
    "discourse": Provider({"script-src": _OWN, "frame-src": _OWN}),
    "own": Provider(
        {
            "script-src": _OWN,
            "style-src": _OWN,
            "connect-src": _OWN,
            "img-src": _OWN,
            "frame-src": _OWN,
        },
        popup=True,
    ),
}


def hosts_of(provider: str, endpoint: str) -> dict[str, tuple[str, ...]]:
    """Per directive, the origins that a service needs; `endpoint` is where it runs."""
    origin = "/".join(endpoint.split("/")[:3])
    return {
        directive: tuple(source.format(endpoint=origin) for source in sources)
        for directive, sources in PROVIDERS[provider].hosts.items()
    }
