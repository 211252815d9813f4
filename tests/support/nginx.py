"""An nginx before a site process, by the example of deploy/nginx with this machine's ports, folders and certificate."""

from __future__ import annotations

import os
import re
import shutil
import signal
import ssl
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from campaign_site.launcher.preflight import free_port
from tests.support import tls

EXAMPLE = Path(__file__).resolve().parents[2] / "deploy" / "nginx"
FRAME = """
pid {folder}/pid;
error_log {folder}/error.log;
{user}
worker_processes 1;
events {{ worker_connections 256; }}
http {{
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    types {{ text/css css; text/javascript js; image/svg+xml svg; text/plain txt; application/json json; }}
    {example}
}}
"""


@contextmanager
def running_nginx(site_port: int, static: Path | None = None) -> Iterator[tuple[int, ssl.SSLContext]]:
    """Start it; gives its port, and what believes its certificate. It leaves nothing behind."""
    folder = Path(tempfile.mkdtemp(prefix="campaign-nginx-"))
    folder.chmod(0o755)
    port, shown = free_port(), tls.certificate(folder / "certificate", *tls.HERE)
    conf = folder / "nginx.conf"
    user = "user root;" if os.geteuid() == 0 else ""
    conf.write_text(FRAME.format(folder=folder, user=user, example=_example(folder, port, site_port, shown, static)))
    command = ["nginx", "-c", str(conf), "-e", str(folder / "error.log")]
    # In the background: it comes back when its ports are open.
    done = subprocess.run(command, capture_output=True, text=True, timeout=30)
    assert done.returncode == 0, done.stderr
    server = psutil.Process(int((folder / "pid").read_text()))
    try:
        yield port, ssl.create_default_context(cafile=str(shown.authority))
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def _example(folder: Path, port: int, site_port: int, shown: tls.Certificate, static: Path | None) -> str:
    text = (EXAMPLE / "campaigns.conf").read_text()
    changes = {
        "127.0.0.1:8000": f"127.0.0.1:{site_port}",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{port} ssl http2;",
        "listen 80;": f"listen 127.0.0.1:{free_port()};",
        "server_name campaigns.example.org;": "server_name localhost 127.0.0.1;",
        "/etc/nginx/snippets/campaigns-proxy.conf": str(EXAMPLE / "campaigns-proxy.conf"),
        "/var/cache/nginx/campaigns": str(folder / "cache"),
        "/var/log/nginx/campaigns.log": str(folder / "access.log"),
        "/srv/campaigns/var/static/": f"{static or folder}/",
    }
    for here, there in changes.items():
        assert here in text, here
        text = text.replace(here, there)
    text = re.sub(r"ssl_certificate .*;", f"ssl_certificate {shown.chain};", text)
    return re.sub(r"ssl_certificate_key .*;", f"ssl_certificate_key {shown.chain};", text)
