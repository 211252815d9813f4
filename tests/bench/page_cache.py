"""`python -m tests.bench.page_cache`: what a kept page costs, beside nginx sending the same bytes from a file.

All in one run, in turns: nginx with the compressed page as a file; the product as `make run` starts it; nginx before
the product as in deploy/nginx. `wrk` asks, over 64 connections, on this machine. Needs nginx and wrk; on a Debian they
are installed.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from campaign_site.launcher.preflight import free_port
from tests.bench.delivery import say
from tests.bench.figures import figure
from tests.support.debian import install
from tests.support.product import ROOT, running_product

LEAST_OF_FILE = 0.5
LEAST_OF_FILE_THROUGH_NGINX = 0.75
MOST_MICROSECONDS = 30.0
MOST_P99_MS = 5.0
CONNECTIONS = 64
NGINX = """
worker_processes {workers};
pid {folder}/nginx.pid;
error_log {folder}/error.log;
daemon off;
{user}
events {{ worker_connections 1024; }}
http {{
    access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; default_type "text/html; charset=utf-8";
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    {http}
}}
"""
FILE = """
    server {{ listen 127.0.0.1:{port}; location = /page {{ alias {folder}/page.br; add_header Content-Encoding br; }} }}
"""


@dataclass(frozen=True, slots=True)
class Round:
    """Requests a second, the 99th percentile in ms, and microseconds of CPU of the server a request."""

    rate: float
    p99: float
    cpu: float


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.page_cache",
        description=__doc__,
        epilog="Example: python -m tests.bench.page_cache --seconds 5 --rounds 5",
    )
    parser.add_argument("--seconds", type=int, default=5, help="of each round")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--path", default="/projects/", help="the page that is asked for")
    return parser.parse_args()


def main() -> None:
    """Measure and print. Raises SystemExit when the page costs more than it may."""
    options = parse()
    for program in ("nginx", "wrk"):
        if not shutil.which(program):
            install(program, program)
        if not shutil.which(program):
            raise SystemExit(f"{program} is not installed, and this is no Debian on which I could install it")
    folder = Path(tempfile.mkdtemp(prefix="campaign-nginx-"))
    folder.chmod(0o755)
    try:
        with running_product() as product:
            page = fetch(f"{product.base}{options.path}")
            (folder / "page.br").write_bytes(page)
            say(f"{options.path}: {len(page):,} bytes of brotli, over {CONNECTIONS} connections")
            site = [process for process in product.processes() if "granian" in " ".join(process.cmdline())]
            with (
                nginx(folder / "file", FILE, page=folder) as (file_port, file_server),
                nginx(folder / "proxy", example(product.port), page=folder) as (proxy_port, proxy_server),
            ):
                targets = {
                    "file": (f"http://127.0.0.1:{file_port}/page", file_server),
                    "site": (f"{product.base}{options.path}", lambda: site),
                    "nginx before the site": (f"http://127.0.0.1:{proxy_port}{options.path}", proxy_server),
                }
                measured = measure(targets, options.seconds, options.rounds)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    over = judge(measured)
    if over:
        raise SystemExit("above its bounds: " + "; ".join(over))


def judge(measured: dict[str, Round]) -> list[str]:
    """Print the ratios, and return what is not as it should be."""
    file, site, proxy = (measured[name] for name in ("file", "site", "nginx before the site"))
    say(
        f"site: {site.rate / file.rate:.2f} of nginx with a file (at least {LEAST_OF_FILE}), "
        f"{site.cpu:.1f} µs of CPU a hit (at most {MOST_MICROSECONDS}), p99 {site.p99:.1f} ms (at most {MOST_P99_MS})"
    )
    say(f"nginx before the site: {proxy.rate / file.rate:.2f} (at least {LEAST_OF_FILE_THROUGH_NGINX})")
    figure("a kept page, of nginx with a file", site.rate / file.rate, "times", least=LEAST_OF_FILE, digits=2)
    figure("CPU a hit", site.cpu, "µs", most=MOST_MICROSECONDS)
    figure(f"p99 at {CONNECTIONS} connections", site.p99, "ms", most=MOST_P99_MS)
    through = proxy.rate / file.rate
    figure("nginx before the site, of nginx with a file", through, "times", least=LEAST_OF_FILE_THROUGH_NGINX, digits=2)
    checks = {
        "site's rate": site.rate >= LEAST_OF_FILE * file.rate,
        "site's CPU": site.cpu <= MOST_MICROSECONDS,
        "site's p99": site.p99 <= MOST_P99_MS,
        "nginx before the site": proxy.rate >= LEAST_OF_FILE_THROUGH_NGINX * file.rate,
    }
    return [name for name, is_met in checks.items() if not is_met]


def measure(
    targets: dict[str, tuple[str, Callable[[], list[psutil.Process]]]], seconds: int, rounds: int
) -> dict[str, Round]:
    """Medians of some rounds each, in turns."""
    found: dict[str, list[Round]] = {name: [] for name in targets}
    for number in range(rounds + 1):
        for name, (address, servers) in targets.items():
            before = spent(servers())
            rate, p99, count = ask(address, seconds)
            cpu = (spent(servers()) - before) / count * 1e6
            if number:
                found[name].append(Round(rate, p99, cpu))
    for name, them in found.items():
        middle = found[name] = [
            Round(*(statistics.median(getattr(one, part) for one in them) for part in ("rate", "p99", "cpu")))
        ]
        say(f"{name:<22} {middle[0].rate:>9,.0f}/s  p99 {middle[0].p99:5.1f} ms  {middle[0].cpu:5.1f} µs")
    return {name: them[0] for name, them in found.items()}


def ask(address: str, seconds: int) -> tuple[float, float, int]:
    """Let wrk ask for some seconds: requests a second, p99 in ms, requests. Raises SystemExit when one was refused."""
    command = ["wrk", "-t", "1", "-c", str(CONNECTIONS), "-d", f"{seconds}s", "--latency"]
    said = subprocess.run([*command, "-H", "Accept-Encoding: br", address], capture_output=True, text=True, check=True)
    if "Non-2xx" in said.stdout or "Socket errors" in said.stdout:
        raise SystemExit(f"{address} refused:\n{said.stdout}")
    p99, unit = re.findall(r"99%\s+([0-9.]+)(us|ms|s)", said.stdout)[0]
    count = int(re.findall(r"(\d+) requests in", said.stdout)[0])
    rate = float(re.findall(r"Requests/sec:\s+([0-9.]+)", said.stdout)[0])
    return rate, float(p99) * {"us": 0.001, "ms": 1.0, "s": 1000.0}[unit], count


def fetch(address: str) -> bytes:
    """The compressed page."""
    request = urllib.request.Request(address, headers={"Accept-Encoding": "br"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        assert answer.headers["Content-Encoding"] == "br"
        return bytes(answer.read())


def spent(processes: list[psutil.Process]) -> float:
    """CPU seconds of processes."""
    return sum(sum(process.cpu_times()[:2]) for process in processes if process.is_running())


@contextmanager
def nginx(folder: Path, http: str, page: Path) -> Iterator[tuple[int, Callable[[], list[psutil.Process]]]]:
    """An nginx of its own on a free port, with one worker; gives the port and its processes."""
    folder.mkdir()
    port = free_port()
    conf = folder / "nginx.conf"
    user = "user root;" if os.geteuid() == 0 else ""
    inside = http.format(port=port, folder=page, own=folder)
    conf.write_text(NGINX.format(folder=folder, http=inside, user=user, workers=1))
    server = subprocess.Popen(["nginx", "-c", str(conf), "-e", str(folder / "error.log")])
    try:
        time.sleep(1)
        assert server.poll() is None, (folder / "error.log").read_text()
        master = psutil.Process(server.pid)
        yield port, lambda: [master, *master.children()]
    finally:
        server.terminate()
        server.wait(20)


def example(site_port: int) -> str:
    """The example of deploy/nginx on this machine's ports and folders, without TLS, as a template."""
    folder = ROOT / "deploy" / "nginx"
    conf = (folder / "campaigns.conf").read_text()
    proxy = (folder / "campaigns-proxy.conf").read_text()
    upper, server = conf[: conf.index("server {\n    listen 80")], conf[conf.rindex("    location / {") :]
    upper = upper.replace("/var/cache/nginx/campaigns", "OWN/cache").replace("127.0.0.1:8000", f"127.0.0.1:{site_port}")
    server = server.replace("include /etc/nginx/snippets/campaigns-proxy.conf;", proxy)
    text = f"{upper}\nserver {{\n    listen 127.0.0.1:PORT;\n{server}"
    return text.replace("{", "{{").replace("}", "}}").replace("PORT", "{port}").replace("OWN", "{own}")


if __name__ == "__main__":
    main()
