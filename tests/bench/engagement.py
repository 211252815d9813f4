"""`python -m tests.bench.engagement`: what results cost with a year of campaigns and millions of readings behind.

Screens are measured with a tenth of the readings, then with all: their ratio says whether they stay flat. The numbers
are rebuilt each time, and a batch of readings is rolled up as collecting does it.
"""

from __future__ import annotations

import argparse
import os
import time
from typing import Any

from tests.bench.delivery import database, say
from tests.bench.desk import look
from tests.bench.figures import figure

MOST_MS, MOST_QUERIES, FLAT = 200, 25, 1.5


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.engagement",
        description=__doc__,
        epilog="Example: python -m tests.bench.engagement --deliveries 20000 --readings 10000000",
    )
    parser.add_argument("--deliveries", type=int, default=20_000)
    parser.add_argument("--readings", type=int, default=10_000_000)
    parser.add_argument("--rounds", type=int, default=15, help="requests of each screen")
    return parser.parse_args()


def main() -> None:
    """Measure and print. Raises SystemExit when something is above its bounds."""
    options = parse()
    with database() as url:
        os.environ.update(DATABASE_URL=url, DJANGO_SETTINGS_MODULE="campaign_site.settings.test")
        import django

        django.setup()
        over = measure(options)
    if over:
        raise SystemExit(f"above {MOST_MS} ms, {MOST_QUERIES} queries or {FLAT} times: {', '.join(over)}")


def measure(options: argparse.Namespace) -> list[str]:
    """Print what everything took; return the names of what is above its bounds."""
    from django.core.management import call_command
    from django.test import Client

    from tests.bench.many_readings import clean, fill, read
    from tests.factories import make_user

    call_command("migrate", verbosity=0)
    say(f"Writing {options.deliveries:,} deliveries ...")
    made = fill(options.deliveries)
    client = Client()
    client.force_login(make_user("Analysts"))
    each = max(options.readings // options.deliveries, 10)
    found = []
    for readings in (each // 10, each):
        say(f"Writing {options.deliveries * readings:,} readings ...")
        read(made["post"], readings, say)
        clean()
        rebuilt()
        clean()
        found.append(screens(client, made["campaign"], options.rounds))
        rolled_up()
    reports(made["campaign"])
    few, many = found
    slowest = max(many, key=lambda name: many[name][0])
    figure(f"the slowest screen ({slowest})", many[slowest][0], "ms", most=MOST_MS, digits=0)
    figure("most queries of a screen", max(asked for _took, asked in many.values()), most=MOST_QUERIES, digits=0)
    growth = max(many[name][0] / few[name][0] for name in few)
    figure("a screen's time with ten times the readings", growth, "times", most=FLAT, digits=2)
    over = [name for name, (took, asked) in many.items() if took > MOST_MS or asked > MOST_QUERIES]
    return over + [f"{name} grows" for name in few if many[name][0] > FLAT * few[name][0]]


def rebuilt() -> None:
    """Write all numbers anew."""
    from social_publisher.engagement.rollup import rebuild

    start = time.perf_counter()
    for _step in rebuild():
        pass
    say(f"numbers rebuilt in {time.perf_counter() - start:.0f} s")


def rolled_up() -> None:
    """One call's worth of fresh readings, as collecting rolls them up."""
    from django.utils import timezone

    from social_publisher.engagement.rollup import roll_up
    from social_publisher.models import Delivery, EngagementSnapshot

    rows = list(Delivery.objects.filter(state="published").order_by("-pk")[:25])
    times = []
    for step in range(5):
        at = timezone.now()
        EngagementSnapshot.objects.bulk_create(
            EngagementSnapshot(delivery=row, taken_at=at, likes=200 + step, impressions=2000) for row in rows
        )
        start = time.perf_counter()
        roll_up([row.pk for row in rows], at)
        times.append(1000 * (time.perf_counter() - start))
    say(f"{'a batch of 25 rolled up':<40} {sorted(times)[2]:6.0f} ms")


def reports(campaign: Any) -> None:
    """What a report of everything takes to gather and to draw, and the evidence to pack."""
    from social_publisher.engagement.periods import Period, today
    from social_publisher.reports.archive import stream
    from social_publisher.reports.collect import report_on
    from social_publisher.reports.formats import Format, made

    start = time.perf_counter()
    report = report_on(campaign, Period(None, today()))
    say(f"{'a report gathered':<40} {1000 * (time.perf_counter() - start):6.0f} ms {len(report.evidence):6} posts")
    for kind in Format:
        start = time.perf_counter()
        size = len(made(report, kind, today()).data)
        say(f"{f'drawn as {kind.value}':<40} {1000 * (time.perf_counter() - start):6.0f} ms {size:10,} bytes")
    start = time.perf_counter()
    size = sum(map(len, stream(campaign)))
    say(f"{'its evidence packed':<40} {1000 * (time.perf_counter() - start):6.0f} ms {size:10,} bytes")


def screens(client: Any, campaign: Any, rounds: int) -> dict[str, tuple[float, int]]:
    """Print each screen's median time and queries, and return them by name."""
    one = f"/admin/social/results/{campaign.pk}/"
    addresses = {
        "campaign, everything": one,
        "campaign, 90 days": f"{one}?period=90",
        "campaign, 7 days": f"{one}?period=7",
        "campaign, page 20 of its posts": f"{one}?page=20",
        "campaign, last hours": f"{one}last-hours/",
        "all campaigns, everything": "/admin/social/results/",
        "all campaigns, 28 days": "/admin/social/results/?period=28",
    }
    found = {}
    for name, address in addresses.items():
        found[name] = took, asked = look(client, address, rounds)
        say(f"{name:<40} {took:6.0f} ms {asked:4} queries")
    return found


if __name__ == "__main__":
    main()
