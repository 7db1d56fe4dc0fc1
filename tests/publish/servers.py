"""Real servers on this machine for as long as a test needs them: nginx, sshd, an object store."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SBIN = f"{os.environ['PATH']}:/usr/sbin"
NGINX, SSHD = shutil.which("nginx", path=SBIN), shutil.which("sshd", path=SBIN)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def wait_for(port: int) -> None:
    """Until somebody listens on a port."""
    for _ in range(200):
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"nobody listens on {port}")


@contextmanager
def running(port: int, *command: str | Path, **more: object) -> Iterator[None]:
    """A server process that stays in the foreground, until the block ends."""
    with subprocess.Popen(
        list(map(str, command)), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **more
    ) as process:  # type: ignore[call-overload]
        try:
            wait_for(port)
            yield
        finally:
            process.terminate()


NGINX_CONF = """
daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;
events {{}}
http {{
  include /etc/nginx/mime.types;
  access_log off;
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
  uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  {http}
  server {{
    listen 127.0.0.1:{port};
    {server}
  }}
}}
"""
PLAIN = "root {root}; location / {{ index index.html; }}"


@contextmanager
def nginx(folder: Path, server: str, http: str = "") -> Iterator[str]:
    """nginx with a `server` block's text; its address."""
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    text = NGINX_CONF.format(folder=folder, port=port, server=server, http=http)
    (folder / "nginx.conf").write_text(text)
    assert NGINX, "nginx is missing: .ci/system"
    with running(port, NGINX, "-p", folder, "-c", folder / "nginx.conf"):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def sshd(folder: Path) -> Iterator[tuple[str, str]]:
    """An ssh server for this user: the ssh command that reaches it, and its host as in a target."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("host", "user"):
        subprocess.run(
            ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True
        )
    (folder / "authorized").write_text((folder / "user.pub").read_text())
    port = free_port()
    (folder / "sshd_config").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nPidFile {folder}/pid\n"
        f"AuthorizedKeysFile {folder}/authorized\nStrictModes no\nUsePAM no\n"
    )
    (folder / "ssh_config").write_text(
        f"Host plein-server\n  HostName 127.0.0.1\n  Port {port}\n  IdentityFile {folder}/user\n"
        f"  StrictHostKeyChecking no\n  UserKnownHostsFile {folder}/known\n  LogLevel ERROR\n"
    )
    Path("/run/sshd").mkdir(exist_ok=True)
    assert SSHD, "sshd is missing: .ci/system"
    with running(port, SSHD, "-D", "-f", folder / "sshd_config"):
        yield f"ssh -F {folder}/ssh_config", "plein-server"
