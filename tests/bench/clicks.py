"""`python -m tests.bench.clicks`: how long a reader waits for a tracked link at a steady rate, and whether each counts.

A floor is measured in the same run: the same server giving a constant answer to the same clicks.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from campaign_site.launcher.preflight import free_port
from tests.bench.delivery import say
from tests.bench.figures import figure
from tests.support.followers import follow
from tests.support.product import running_product

MOST_MS = 20
# A published post's link, and how many clicks it has.
LINK = """
import json
from social_publisher.models import Delivery
found = Delivery.objects.filter(state="published", short_link__isnull=False).first()
print(json.dumps(f"/go/{found.short_link.code}" if found else ""))
"""
COUNT = """
import json
from django.db.models import Sum
from social_publisher.models import ClickHour
print(json.dumps(ClickHour.objects.aggregate(Sum("count"))["count__sum"] or 0))
"""
CONSTANT = """
def application(environ, start_response):
    start_response("302 Found", [("Location", "https://example.org/"), ("Content-Length", "0")])
    return [b""]
"""


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.clicks",
        description=__doc__,
        epilog="Example: python -m tests.bench.clicks --rate 5000",
    )
    parser.add_argument("--rate", type=int, default=5000, help="clicks a second")
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    return parser.parse_args()


@contextmanager
def constant(folder: Path) -> Iterator[int]:
    """The server, with an application that only answers."""
    (folder / "constant.py").write_text(CONSTANT)
    port, command = free_port(), Path(sys.executable).parent / "granian"
    arguments = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
    arguments += ["--blocking-threads", str(max(2, os.cpu_count() or 2)), "--log-level", "warning"]
    server = subprocess.Popen([command, *arguments, "constant:application"], cwd=folder)
    try:
        time.sleep(3)
        yield port
    finally:
        server.terminate()
        server.wait(20)


def main() -> None:
    """Measure and print. Raises SystemExit when clicks wait too long, or one is not counted."""
    options = parse()
    with running_product() as product:
        # The first posts leave within two minutes of the start.
        while not (path := product.ask(LINK)):
            time.sleep(1)
        with constant(product.folder) as port:
            floor = follow(port, "/", options.rate, options.seconds)
        say(f"floor, a constant answer: p50 {floor.latency(0.5):.1f} ms, p99 {floor.latency(0.99):.1f} ms")
        follow(product.port, path, 100, 1)
        time.sleep(2)
        before, worst, made = product.ask(COUNT), [], 0
        for _round in range(options.rounds):
            found = follow(product.port, path, options.rate, options.seconds)
            made += len(found.clicks)
            rate = len(found.clicks) / (max(at + wait for at, wait in found.clicks) - found.clicks[0][0])
            worst.append(found.latency(0.99))
            say(
                f"{rate:,.0f} clicks a second: p50 {found.latency(0.5):.1f} ms, p99 {worst[-1]:.1f} ms, "
                f"refused {found.refused}"
            )
        time.sleep(2)
        counted = product.ask(COUNT) - before
    say(f"{made:,} clicks made, {counted:,} counted")
    middle = sorted(worst)[len(worst) // 2]
    figure("p99 of a constant answer, the floor", floor.latency(0.99), "ms")
    figure(f"p99 of a click at {options.rate:,} a second", middle, "ms", most=MOST_MS)
    figure("clicks that were not counted", made - counted, most=0, digits=0)
    if counted != made or middle > MOST_MS:
        raise SystemExit(f"p99 {middle:.1f} ms (bound {MOST_MS} ms), {made - counted} clicks not counted")


if __name__ == "__main__":
    main()
