"""Opens a preview: on which port, under which names, with what behind each address."""

import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from urllib.parse import urlsplit

from generator import addresses, policy
from generator.config import Config
from generator.serve import pages, preflight
from generator.serve.preview import Preview, as_published
from generator.serve.server import Front, Server
from generator.serve.watching import Watcher

_LOOPBACK, _EVERYWHERE = "127.0.0.1", "0.0.0.0"  # noqa: S104 - only when --lan asks for it
_PORTS_TRIED = 20


def open_server(front: Front, port: int, everywhere: bool) -> Server:
    """A server on the port, or on the next one that is free. Raises OSError if none is."""
    host = _EVERYWHERE if everywhere else _LOOPBACK
    for one in range(port, min(port + _PORTS_TRIED, 65535)):
        with suppress(OSError):
            return Server((host, one), front)
    return Server((host, port), front)


def start(server: Server) -> None:
    """Answer requests from now on, in a thread of its own."""
    threading.Thread(target=server.serve_forever, daemon=True, name="server").start()


def front_of(preview: Preview, config: Config, watcher: Watcher, hosts: frozenset[str]) -> Front:
    """What stands behind each address of a preview."""
    say = preview.say
    labels: Mapping[str, str] = {"hide": say("Hide"), "show": say("Show")}
    return Front(
        folder=preview.folder,
        base_path=config.base_path,
        hub=preview.hub,
        labels=labels,
        waiting=pages.page("waiting.html", say, lang=config.language),
        preflight=lambda query: _preflight(preview, config, watcher, query.get("page", "")),
        policy=lambda address: policy.header(config, search=_is_search(address, config)),
        hosts=hosts,
    )


def _is_search(address: str, config: Config) -> bool:
    """Whether an address is that of a search page, whatever is searched for."""
    path = urlsplit(address).path
    places = (addresses.section(config, lang, "search") for lang in config.languages)
    return any(path == f"{config.base_path}{place}" for place in places)


def _preflight(preview: Preview, config: Config, watcher: Watcher, chosen: str) -> str:
    """The page on what is to come; the site as it would be published is made for it."""
    say = preview.say
    made: list[str] = []

    def work() -> None:
        whole = preview.whole_site()
        if whole is None:
            return
        attempt, output = as_published(preview.project, preview.options)
        root = preview.project.root
        public, fresh = root / config.output, root / output if attempt.result else None
        changes = preflight.changes_between(whole[0], public, fresh) if fresh else None
        made.append(preflight.page(*whole, changes, chosen, say))

    preview.ask(work, watcher)
    return made[0] if made else pages.page("waiting.html", say, lang=config.language)


def address_in_network() -> str:
    """The address under which other devices see this machine; empty where there is none."""
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        # Nothing is sent: it only asks the system which way it would go.
        probe.connect(("192.0.2.1", 9))
        return str(probe.getsockname()[0])
    return ""
