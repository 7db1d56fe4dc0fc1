"""Real servers on this machine for as long as a test needs them: nginx, Apache, Caddy, sshd."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SBIN = f"{os.environ['PATH']}:/usr/sbin"
NGINX, SSHD = shutil.which("nginx", path=SBIN), shutil.which("sshd", path=SBIN)
APACHE, CADDY = shutil.which("apache2", path=SBIN), shutil.which("caddy", path=SBIN)
MODULES = Path("/usr/lib/apache2/modules")
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")


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
load_module {brotli};
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
    text = NGINX_CONF.format(folder=folder, port=port, server=server, http=http, brotli=BROTLI)
    (folder / "nginx.conf").write_text(text)
    assert NGINX, "nginx is missing: .ci/system"
    with running(port, NGINX, "-p", folder, "-c", folder / "nginx.conf"):
        yield f"http://127.0.0.1:{port}"


APACHE_MODULES = (
    "mpm_event", "unixd", "authn_core", "authz_core", "auth_openidc", "mime", "dir", "alias",
    "headers", "rewrite", "setenvif", "proxy", "proxy_http", "authz_user",
)  # fmt: skip
APACHE_CONF = """
ServerRoot {folder}
ServerName localhost
PidFile {folder}/pid
DefaultRuntimeDir {folder}
ErrorLog {folder}/error.log
Listen 127.0.0.1:{port}
TypesConfig /etc/mime.types
{modules}
DirectoryIndex index.html
{site}
"""


@contextmanager
def readable() -> Iterator[Path]:
    """A folder that any user of this machine can read, as a site must be that Apache serves."""
    with tempfile.TemporaryDirectory(prefix="plein-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@contextmanager
def apache(folder: Path, site: str) -> Iterator[str]:
    """Apache with a configuration's text, in which `{port}` is its port; its address.

    It refuses to serve as root, so its folder is one that `nobody` can use.
    """
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o777)
    port = free_port()
    there = [name for name in APACHE_MODULES if (MODULES / f"mod_{name}.so").is_file()]
    modules = "\n".join(f"LoadModule {name}_module {MODULES}/mod_{name}.so" for name in there)
    text = APACHE_CONF.format(folder=folder, port=port, modules=modules, site=site)
    (folder / "apache.conf").write_text(text.replace("{port}", str(port)))
    assert APACHE, "apache2 is missing: .ci/system"
    other = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
    as_nobody = other if os.geteuid() == 0 else ()
    with running(port, *as_nobody, APACHE, "-X", "-f", folder / "apache.conf"):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def caddy(folder: Path, block: str) -> Iterator[str]:
    """Caddy with the inside of a site's block; its address."""
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    head = "{\n  admin off\n  auto_https off\n}\n"
    text = f"{head}http://127.0.0.1:{port} {{\n{block}\n}}\n"
    (folder / "Caddyfile").write_text(text)
    assert CADDY, "caddy is missing: .ci/system"
    env = {**os.environ, "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    config = ("--config", folder / "Caddyfile", "--adapter", "caddyfile")
    with running(port, CADDY, "run", *config, env=env):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def sshd(folder: Path, more: str = "", ours: str = "") -> Iterator[tuple[str, str]]:
    """An ssh server for this user: the ssh command that reaches it, and its host as in a target.

    `more` are lines of its configuration, `ours` of the user's; what it does stands in `log` in
    the folder.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("host", "user"):
        subprocess.run(
            ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True
        )
    (folder / "authorized").write_text((folder / "user.pub").read_text())
    port = free_port()
    (folder / "sshd_config").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nPidFile {folder}/pid\n"
        f"AuthorizedKeysFile {folder}/authorized\nStrictModes no\nUsePAM no\n{more}"
    )
    (folder / "ssh_config").write_text(
        f"Host plein-server\n  HostName 127.0.0.1\n  Port {port}\n  IdentityFile {folder}/user\n"
        f"  StrictHostKeyChecking no\n  UserKnownHostsFile {folder}/known\n  LogLevel ERROR\n{ours}"
    )
    Path("/run/sshd").mkdir(exist_ok=True)
    assert SSHD, "sshd is missing: .ci/system"
    with running(port, SSHD, "-D", "-f", folder / "sshd_config", "-E", folder / "log"):
        yield f"ssh -F {folder}/ssh_config", "plein-server"
