"""`python -m tests.bench.site`: what public pages cost, on the server and on a telephone.

On the server: the CPU of each kind of page against a Wagtail page at the same address whose `serve()` returns a
constant, measured in turns in the same run; warm, as pages are between two changes of content, and cold, as the first
one after a change is. On the telephone: Chromium at 1.6 Mbit/s, 150 ms and a four times slower CPU, with an empty
cache, against the product as `make run` starts it. What is above its bounds fails the run.
"""

from __future__ import annotations

import argparse
import gzip
import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.bench.delivery import database, say
from tests.bench.figures import figure

MOST_RATIO = 1.6
MOST_QUERIES = 14
MOST_HOME_BYTES = 60_000
MOST_HOME_REQUESTS = 12
MOST_REQUESTS_BEFORE_LCP = 3
MOST_LCP_MS = {True: 1_000, False: 600}  # with a hero picture, and without
MOST_CLS = 0.02


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.site",
        description=__doc__,
        epilog="Example: python -m tests.bench.site --only server --rounds 50",
    )
    parser.add_argument("--only", choices=["server", "telephone"], help="one half of it")
    parser.add_argument("--rounds", type=int, default=40, help="requests of each page")
    return parser.parse_args()


def main() -> None:
    """Measure and print. Raises SystemExit when a page is above its bounds."""
    options = parse()
    over: list[str] = []
    if options.only != "telephone":
        over += measure_server(options.rounds)
    if options.only != "server":
        from tests.bench.telephone import measure_telephone

        over += measure_telephone()
    if over:
        raise SystemExit("above its bounds: " + "; ".join(over))


def measure_server(rounds: int) -> list[str]:
    """Print each kind of page's cost and return what is above its bounds."""
    with database() as url, tempfile.TemporaryDirectory() as media:
        os.environ.update(DATABASE_URL=url, DJANGO_SETTINGS_MODULE="campaign_site.settings.test")
        import django
        from django.conf import settings

        django.setup()
        settings.MEDIA_ROOT = Path(media)
        from django.core.management import call_command

        from content.starter import load_starting_content
        from tests.support.public import one_of_each, pages

        say("Preparing tables and starting content ...")
        call_command("migrate", verbosity=0)
        load_starting_content()
        say(f"{'page':<28} {'constant':>8} {'warm':>8} {'ratio':>6} {'cold':>8} {'queries':>8} {'cold':>5} {'gzip':>9}")
        costs = {name: measure_page(name, page, rounds) for name, page in one_of_each(pages()).items()}
    return judge(costs)


def judge(costs: dict[str, tuple[float, int]]) -> list[str]:
    """Print the worst of them, and return what is above its bounds."""
    dearest, widest = max(costs, key=lambda name: costs[name][0]), max(costs, key=lambda name: costs[name][1])
    figure(f"the dearest page ({dearest}), of a constant answer", costs[dearest][0], "times", most=MOST_RATIO, digits=2)
    figure(f"most queries of a warm page ({widest})", costs[widest][1], most=MOST_QUERIES, digits=0)
    over = [f"{name}: {ratio:.2f} times the constant page" for name, (ratio, _) in costs.items() if ratio > MOST_RATIO]
    return over + [f"{name}: {queries} queries" for name, (_, queries) in costs.items() if queries > MOST_QUERIES]


def measure_page(name: str, page: Any, rounds: int) -> tuple[float, int]:
    """Print what one page costs; return how many times a constant answer, and its queries once warm."""
    from django.test import Client

    client, address = Client(), page.get_url()
    cold_queries, cold = asked(client, address, page), once_cold(client, address, page)
    queries = asked(client, address)
    constants, warm = [], []
    for _round in range(rounds):
        with constant(type(page)):
            constants.append(cpu(client, address))
        warm.append(cpu(client, address))
    base, cost = statistics.median(constants), statistics.median(warm)
    size = len(gzip.compress(client.get(address).content))
    say(
        f"{name:<28} {base:5.1f} ms {cost:5.1f} ms {cost / base:6.2f} {cold:5.0f} ms "
        f"{queries:8} {cold_queries:5} {size:7} B"
    )
    return cost / base, queries


@contextmanager
def constant(kind: Any) -> Iterator[None]:
    """A kind of page whose `serve` returns a constant."""
    from django.http import HttpResponse

    own = vars(kind).get("serve")
    kind.serve = lambda page, request, *args, **kwargs: HttpResponse("constant")
    try:
        yield
    finally:
        del kind.serve
        if own is not None:
            kind.serve = own


def cpu(client: Any, address: str) -> float:
    """Milliseconds of this process's CPU for one request."""
    started = time.process_time()
    response = client.get(address)
    spent = (time.process_time() - started) * 1000
    assert response.status_code == 200, address
    return spent


def once_cold(client: Any, address: str, page: Any) -> float:
    """The first request after a change of content."""
    page.save()
    return cpu(client, address)


def asked(client: Any, address: str, changed: Any = None) -> int:
    """How many queries a page takes; after a change of content where `changed` is given."""
    from django.db import connection

    count = 0

    def note(execute: Any, *rest: Any) -> Any:
        nonlocal count
        count += 1
        return execute(*rest)

    if changed is not None:
        client.get(address)
        changed.save()
    with connection.execute_wrapper(note):
        assert client.get(address).status_code == 200, address
    return count


if __name__ == "__main__":
    main()
