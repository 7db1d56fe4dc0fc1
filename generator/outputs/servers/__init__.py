"""What a web server has to know of a site, in a file in its own words.

The policy, what a browser may keep, the page for addresses that are not there,
where old addresses lead, and which texts are there in compressed form.
"""

from collections.abc import Callable

from generator.comments.providers import PROVIDERS
from generator.model import Step
from generator.outputs.bench import Bench
from generator.outputs.servers.apache import apache
from generator.outputs.servers.briefing import FILES, REDIRECTS, Briefing
from generator.outputs.servers.caddy import caddy
from generator.outputs.servers.hosts import headers_file, iis, redirects_file
from generator.outputs.servers.nginx import nginx

_WRITERS: dict[str, Callable[[Briefing], str]] = {
    FILES["nginx"]: nginx,
    FILES["apache"]: apache,
    FILES["caddy"]: caddy,
    FILES["netlify"]: headers_file,
    FILES["iis"]: iis,
    REDIRECTS: redirects_file,
}


def files_for(server: str) -> tuple[str, ...]:
    """The files that are written for a server."""
    return (FILES[server], *((REDIRECTS,) if server == "netlify" else ()))


def make_server(step: Step, bench: Bench) -> bytes:
    """A file for a server; its path tells which."""
    languages = bench.ask("setting", "languages", "")
    base = bench.ask("setting", "base_path", "")
    old = bench.ask("old_addresses")
    briefing = Briefing(
        policy=bench.ask("policy", ""),
        search_policy=bench.ask("policy", "search"),
        base=base,
        search=tuple(
            bench.ask("place", one, "search").removeprefix(base).strip("/") for one in languages
        ),
        moved=tuple((one, to) for one, to in old if to),
        gone=tuple(one for one, to in old if not to),
        languages=tuple(languages[1:]),
        compressed=bench.ask("setting", "compress", ""),
        popup=PROVIDERS[bench.ask("setting", "comments", "").provider].popup,
    )
    return _WRITERS[step.path](briefing).encode()
