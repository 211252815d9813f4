"""`python -m tests.bench.desk`: how long the desk's screens take, and how many queries, with many posts in the tables.

Every figure is the median of its rounds, of the whole response as the test client gets it. A screen above its bounds
fails the run.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from typing import Any
from urllib.parse import urlencode

from tests.bench.delivery import database, say
from tests.bench.figures import figure

MOST_MS = 300
APPROVERS = {
    "approvals, approver": "/admin/social/approvals/",
    "home, approver": "/admin/",
    "queue, approver": "/admin/social/queue/",
}
MOST_QUERIES = 30
# Wagtail's own panels and menu take most of these.
MOST_AT_HOME = 40


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.desk",
        description=__doc__,
        epilog="Example: python -m tests.bench.desk --posts 50000 --rounds 15",
    )
    parser.add_argument("--posts", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=15, help="requests of each screen")
    return parser.parse_args()


def screens(made: dict[str, Any]) -> dict[str, str]:
    """The address of each screen that is measured, by name."""

    def calendar(**query: Any) -> str:
        return "/admin/social/calendar/?" + urlencode({**query})

    every = {"campaign": made["campaign"].pk, "channel": made["channel"].pk, "person": made["editor"].pk}
    views = ("month", "week", "list", "day")
    return {
        **{f"calendar, {view}": calendar(view=view) for view in views},
        **{f"calendar, {view}, in trouble": calendar(view=view, state="trouble") for view in views},
        **{f"calendar, {view}, every filter": calendar(view=view, **every, state="approved") for view in views},
        **queue(),
        "approvals": "/admin/social/approvals/",
        "home": "/admin/",
        "posts": "/admin/snippets/social_publisher/post/",
        "languages": f"/admin/social/translations/?campaign={made['campaign'].pk}",
        "notices": "/admin/social/notices/",
        "results": "/admin/social/results/",
    }


def queue(when: str = "") -> dict[str, str]:
    """The address of the queue, of its part that changes and of each of its lists, by name."""
    from social_publisher.desk.queue_sections import SECTIONS

    places = {"queue": "", "queue, live": "live/", **{f"queue, {key}": f"list/{key}/" for key in SECTIONS}}
    return {f"{name}{when}": f"/admin/social/queue/{place}" for name, place in places.items()}


def main() -> None:
    """Measure and print. Raises SystemExit when a screen is above its bounds."""
    options = parse()
    with database() as url:
        os.environ.update(DATABASE_URL=url, DJANGO_SETTINGS_MODULE="campaign_site.settings.test")
        import django

        django.setup()
        over = measure(options)
    if over:
        raise SystemExit(f"above {MOST_MS} ms or {MOST_QUERIES} queries: {', '.join(over)}")


def measure(options: argparse.Namespace) -> list[str]:
    """Print each screen's median time and its queries, and return the names of those above the bounds."""
    from django.core.management import call_command
    from django.test import Client
    from django.utils import timezone

    from social_publisher.models import Pause
    from tests.bench.many_posts import fill
    from tests.factories import make_user

    call_command("migrate", verbosity=0)
    say(f"Writing {options.posts:,} posts ...")
    made = fill(options.posts)
    client = Client()
    client.force_login(made["editor"])
    over = measured(client, screens(made), options.rounds)
    approver = Client()
    approver.force_login(make_user("Approvers"))
    over += measured(approver, APPROVERS, options.rounds)
    # Every waiting post is then asked whether something holds it.
    Pause.objects.create(channel=made["channel"], reason="For the measurement.", paused_at=timezone.now())
    return over + measured(client, queue(", a channel paused"), options.rounds)


def measured(client: Any, addresses: dict[str, str], rounds: int) -> list[str]:
    """Print each address's median time and queries; return the names of those above the bounds."""
    over, slowest, most = [], ("", 0.0), ("", 0)
    for name, address in addresses.items():
        milliseconds, queries = look(client, address, rounds)
        slowest = max(slowest, (name, milliseconds), key=lambda one: one[1])
        most = max(most, (name, queries if address != "/admin/" else 0), key=lambda one: one[1])
        say(f"{name:<40} {milliseconds:6.0f} ms {queries:4} queries")
        if milliseconds > MOST_MS or queries > most_queries(address):
            over.append(name)
    figure(f"the slowest of {len(addresses)} screens ({slowest[0]})", slowest[1], "ms", most=MOST_MS, digits=0)
    figure(f"most queries of {len(addresses)} screens ({most[0]})", most[1], most=MOST_QUERIES, digits=0)
    return over


def most_queries(address: str) -> int:
    """How many queries a screen may take."""
    return MOST_AT_HOME if address == "/admin/" else MOST_QUERIES


def look(client: Any, address: str, rounds: int) -> tuple[float, int]:
    """The median milliseconds of a screen and its number of queries, once this process has shown it before."""
    from django.db import connection

    asked: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    assert client.get(address).status_code == 200, address
    with connection.execute_wrapper(note):
        client.get(address)
    taken = []
    for _round in range(rounds):
        started = time.perf_counter()
        client.get(address)
        taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken), len(asked)


if __name__ == "__main__":
    main()
