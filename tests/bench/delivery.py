"""`make bench-delivery`: how fast, how punctual and how idle delivery is, on two clock processes and a no-op network.

The floor is measured in the same run: two processes that claim rows of a bare table in batches and do nothing else.
Every figure is the median of its rounds.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psutil
import psycopg

from tests.bench.figures import figure

ROOT = Path(__file__).resolve().parents[2]
CHANNELS = 8
LEAST_PER_SECOND, MOST_LATE_MS, MOST_IDLE = 2_000, 25, 1.0
FLOOR_BATCH = 100
FLOOR = """
import sys, psycopg
claim = ("UPDATE bench_floor SET state = 'armed' WHERE id IN (SELECT id FROM bench_floor WHERE state = 'waiting' "
         "ORDER BY id LIMIT {batch} FOR UPDATE SKIP LOCKED) RETURNING id")
with psycopg.connect(sys.argv[1], autocommit=True) as link:
    sys.stdin.readline()
    while ids := [row[0] for row in link.execute(claim).fetchall()]:
        link.execute("UPDATE bench_floor SET state = 'published' WHERE id = ANY(%s)", [ids])
"""


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.delivery",
        description=__doc__,
        epilog="Example: python -m tests.bench.delivery --burst 10000 --waiting 0 100000 1000000 --rounds 3",
    )
    parser.add_argument("--burst", type=int, default=10_000, help="deliveries due at once")
    parser.add_argument("--waiting", type=int, nargs="+", default=[0, 100_000, 1_000_000], help="rows that wait")
    parser.add_argument("--seconds", type=int, default=20, help="length of a trickle and of an idle measurement")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of each measurement")
    parser.add_argument("--json", type=Path, help="write the figures here too")
    return parser.parse_args()


def main() -> None:
    """Measure and print."""
    options = parse()
    with database() as url:
        os.environ.update(DATABASE_URL=url, DJANGO_SETTINGS_MODULE="campaign_site.settings.test")
        import django

        django.setup()
        figures = measure(options, url)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2))


@contextmanager
def database() -> Iterator[str]:
    """An embedded PostgreSQL of its own, with its usual, durable settings."""
    from campaign_site.launcher.database import EmbeddedDatabase

    folder = Path(tempfile.mkdtemp(prefix="campaign-bench-"))
    folder.chmod(0o755)
    os.environ["VAR"] = str(folder)
    server = EmbeddedDatabase(folder)
    try:
        yield server.start()
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def measure(options: argparse.Namespace, url: str) -> dict[str, Any]:
    from django.core.management import call_command

    from social_publisher.models import Channel
    from tests.bench.noop import install
    from tests.support.bulk import waiting_far_ahead

    say("Preparing the database ...")
    call_command("migrate", verbosity=0)
    install()
    channels = [
        Channel.objects.create(name=f"Noop {number}", handle=f"noop{number}", network="noop", min_interval=0)
        for number in range(CHANNELS)
    ]
    figures: dict[str, Any] = {}
    floors = [floor(url, options.burst) for _round in range(options.rounds)]
    figures["floor_per_second"] = statistics.median(floors)
    say(f"floor, claim and settle of a bare row in batches: {figures['floor_per_second']:,.0f}/s")
    bursts = []
    for _round in range(options.rounds):
        bursts.append(burst(channels, options.burst))
        say(f"  burst of {options.burst:,}: {bursts[-1]:,.0f}/s")
    figures["burst_per_second"] = statistics.median(bursts)
    share = figures["burst_per_second"] / figures["floor_per_second"]
    figure("posts a second", figures["burst_per_second"], least=LEAST_PER_SECOND, digits=0)
    figure("of what the database can claim and settle", 100 * share, "%")
    say(f"burst: {figures['burst_per_second']:,.0f}/s, {share:.0%} of the floor")
    say("Waiting until all of that is sealed and told ...")
    settle_in()
    there = 0
    for waiting in sorted(options.waiting):
        if waiting > there:
            say(f"Adding {waiting - there:,} waiting deliveries ...")
            waiting_far_ahead(waiting - there, channels[0])
            catch_up()
            there = waiting
        rounds = [trickle(channels, options.seconds) for _round in range(options.rounds)]
        p50, p99 = (statistics.median(values) for values in zip(*rounds, strict=True))
        figures[f"trickle_{waiting}"] = {"p50_ms": p50, "p99_ms": p99}
        say(f"trickle of 10/s with {waiting:,} waiting: late by {p50:.1f} ms (p50), {p99:.1f} ms (p99)")
        settle_in()
        clock, in_database = idle(options.seconds)
        figures[f"idle_{waiting}"] = {"clock": clock, "database": in_database}
        behind = f"with {waiting:,} waiting"
        figure(f"p99 of lateness {behind}", p99, "ms", most=MOST_LATE_MS)
        figure(f"an idle clock {behind}", 100 * clock, "% of a core", most=MOST_IDLE, digits=2)
        figure(f"the database under it {behind}", 100 * in_database, "% of a core", most=MOST_IDLE, digits=2)
        say(f"idle with {waiting:,} waiting: a clock {clock:.2%} of a core, the database {in_database:.2%}")
    compare(figures, sorted(options.waiting))
    return figures


def compare(figures: dict[str, Any], waiting: list[int]) -> None:
    """How much later posts leave with the most waiting than with the fewest."""
    few, many = (figures[f"trickle_{waiting[place]}"]["p50_ms"] for place in (0, -1))
    if len(waiting) > 1:
        figure(f"lateness with {waiting[-1]:,} waiting, of that with {waiting[0]:,}", many / few, "times", most=1.2)


def floor(url: str, count: int) -> float:
    """Rows a second of two processes that claim and settle a bare row in batches."""
    with psycopg.connect(url, autocommit=True) as link:
        link.execute("DROP TABLE IF EXISTS bench_floor")
        link.execute("CREATE TABLE bench_floor (id bigint PRIMARY KEY, state text NOT NULL)")
        link.execute("CREATE INDEX ON bench_floor (id) WHERE state = 'waiting'")
        link.execute("INSERT INTO bench_floor SELECT n, 'waiting' FROM generate_series(1, %s) n", [count])
        command = [sys.executable, "-c", FLOOR.replace("{batch}", str(FLOOR_BATCH)), url]
        workers = [subprocess.Popen(command, stdin=subprocess.PIPE, text=True) for _worker in range(2)]
        time.sleep(1)
        started = time.perf_counter()
        for worker in workers:
            worker.communicate("\n")
        return count / (time.perf_counter() - started)


@contextmanager
def clocks(count: int = 2) -> Iterator[list[psutil.Process]]:
    """Clock processes, running and settled in."""
    with tempfile.TemporaryFile() as log:
        command = [sys.executable, "-m", "tests.bench.clock"]
        environment = {**os.environ, "LOG_LEVEL": "WARNING", "ENGAGEMENT_INTERVAL": "3600"}
        processes = [
            subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log) for _process in range(count)
        ]
        try:
            time.sleep(8)
            if any(process.poll() is not None for process in processes):
                log.seek(0)
                raise SystemExit(log.read().decode())
            yield [psutil.Process(process.pid) for process in processes]
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                process.wait(60)


def burst(channels: list[Any], count: int) -> float:
    """Deliveries a second when all are due at one moment."""
    from social_publisher.models import Delivery
    from tests.support.bulk import approved

    with clocks():
        due_at = datetime.now(UTC) + timedelta(seconds=15 + count / 1000)
        ids = []
        for start in range(0, count, 2000):
            ids += approved([due_at] * min(2000, count - start), channels)
        rows = Delivery.objects.filter(pk__gte=min(ids), pk__lte=max(ids))
        assert datetime.now(UTC) < due_at, "the machine is too slow to prepare the burst in time"
        wait_until(lambda: rows.filter(state="published").count() == count, 300)
        last = rows.order_by("-state_changed_at").values_list("state_changed_at", flat=True)[0]
        return float(count / (last - due_at).total_seconds())


def trickle(channels: list[Any], seconds: int) -> tuple[float, float]:
    """p50 and p99 of how late, in ms, the network was called, at ten posts a second."""
    from social_publisher.models import Delivery
    from tests.support.bulk import approved

    with clocks():
        start = datetime.now(UTC) + timedelta(seconds=4)
        ids = approved([start + timedelta(milliseconds=100 * place) for place in range(seconds * 10)], channels)
        rows = Delivery.objects.filter(pk__in=ids)
        wait_until(lambda: rows.filter(state="published").count() == len(ids), seconds + 60)
        late = sorted(
            (called - due).total_seconds() * 1000 for called, due in rows.values_list("published_at", "due_at")
        )
        return statistics.median(late), late[int(len(late) * 0.99) - 1]


def catch_up() -> None:
    """Seal and read what the added rows left in the audit, and have the tables cleaned and counted, at once: nobody
    adds a million at a time in production, where all of that goes on beside."""
    from django.db import connection

    from social_publisher.approval.sealing import seal_all
    from social_publisher.notices.fan_out import behind, raise_from_audit

    seal_all()
    while behind().exists():
        raise_from_audit(datetime.now(UTC))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
        cursor.execute("CHECKPOINT")


def settle_in() -> None:
    """Let the clocks seal, read and tell what the last posts left to do, so that what is measured next is not that."""
    from social_publisher.clock.jobs import interval_jobs
    from social_publisher.clock.looking import Look

    look = Look(interval_jobs(lambda: None))
    with clocks():
        wait_until(lambda: not look.waiting(datetime.now(UTC)), 1800)


def idle(seconds: int) -> tuple[float, float]:
    """Shares of a core of one clock and of the database while nothing is due, with two clocks running."""
    with clocks() as processes:
        time.sleep(5)
        servers = [process for process in psutil.process_iter(["name"]) if "postgres" in (process.info["name"] or "")]
        before = spent(processes), spent(servers)
        time.sleep(seconds)
        after = spent(processes), spent(servers)
        return (after[0] - before[0]) / seconds / len(processes), (after[1] - before[1]) / seconds


def spent(processes: list[psutil.Process]) -> float:
    """CPU seconds these processes have used."""
    total = 0.0
    for process in processes:
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system
    return total


def wait_until(done: Any, seconds: float) -> None:
    """Look every half second. Raises SystemExit when it takes too long."""
    deadline = time.monotonic() + seconds
    while not done():
        if time.monotonic() > deadline:
            raise SystemExit("not all were delivered in time")
        time.sleep(0.5)


def say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    main()
