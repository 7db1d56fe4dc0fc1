"""A real browser, and a folder that is served as a careful organisation would serve it."""

import functools
import http.server
import io
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CHROMIUM = "/usr/bin/chromium"
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
]  # fmt: skip


class Handler(http.server.SimpleHTTPRequestHandler):
    """Files with a policy, and no chatter."""

    def __init__(self, *args: object, policy: str, directory: str) -> None:
        self.policy = policy
        super().__init__(*args, directory=directory)  # type: ignore[arg-type]

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", self.policy)
        super().end_headers()

    def send_head(self) -> io.BytesIO | io.BufferedReader | None:
        """A part of a file where a browser asks for one, as it does to jump in a film."""
        wanted = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        file = Path(self.translate_path(self.path))
        if not wanted or not file.is_file():
            return super().send_head()  # type: ignore[return-value]
        data = file.read_bytes()
        first, last = int(wanted[1]), min(int(wanted[2] or len(data)), len(data) - 1)
        self.send_response(206)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Range", f"bytes {first}-{last}/{len(data)}")
        self.send_header("Content-Length", str(last - first + 1))
        self.send_header("Accept-Ranges", "bytes")
        self.end_headers()
        return io.BytesIO(data[first : last + 1])

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served(
    folder: Path, policy: str, port: int = 0, handler: type[Handler] = Handler
) -> Iterator[str]:
    """The address at which a folder is served under a content security policy; port 0 is any."""
    made = functools.partial(handler, directory=str(folder), policy=policy)
    with http.server.ThreadingHTTPServer(("127.0.0.1", port), made) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
