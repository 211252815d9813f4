"""`make soak`: thousands of deliveries while processes, database and broker are killed and every network fails.

Some posts are threads, some have a picture; every process's wall clock is set forward and back as it works.
Prints deliveries, kills, doubled, lost and left to a person, and ends with 1 on any doubled or lost. The ledger is held
against the fakes' own record, kept in a process that is never killed.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from multiprocessing import forkserver
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import psutil

from campaign_site.launcher.database import FOLDER, EmbeddedDatabase, server_process
from tests.fakes import SLUGS
from tests.fakes.remote import Fakes, running_fakes
from tests.support.redis import Redis, running_redis

ROOT = Path(__file__).resolve().parents[2]
CHANNELS_EACH = 20
PARTS = 3
PROCESSES = ("clock", "clock", "worker1", "worker2", "worker3")
STORM = {
    "ok": 80.0,
    "slow:0.2": 4,
    "slow:2": 1.5,  # longer than the callers wait: a time-out after the request was taken
    "429:1": 3,
    "500-before": 2,
    "500-after": 2,
    "reset-before": 2,
    "reset-after": 3,
    "reset-mid-body": 1.5,
    "malformed": 1,
}
START_DATABASE = "import sys; from pathlib import Path; from campaign_site.launcher.database import EmbeddedDatabase; "
START_DATABASE += "EmbeddedDatabase(Path(sys.argv[1])).start()"


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.soak",
        description=__doc__,
        epilog="Example: python -m tests.soak --deliveries 5000 --seconds 180 --seed 7",
    )
    parser.add_argument("--deliveries", type=int, default=5000)
    parser.add_argument("--seconds", type=int, default=180, help="how long posts come due and things are killed")
    parser.add_argument("--drain", type=int, default=600, help="how long may pass until all is settled")
    parser.add_argument("--seed", type=int, default=0, help="of the storm and the kills; 0 draws one and prints it")
    return parser.parse_args()


class Soak:
    """The processes under test, and what was done to them."""

    def __init__(self, folder: Path, redis: Redis, fakes: Fakes, seed: int) -> None:
        self.folder, self.redis, self.fakes = folder, redis, fakes
        self.chance = random.Random(seed)
        self.kills: Counter[str] = Counter()
        self.processes: list[tuple[str, BaseProcess]] = []
        self.log = folder / "soak.log"
        # Forked from a server that has everything imported: what was killed is back at once, to be killed again.
        self.forked = multiprocessing.get_context("forkserver")
        self.forked.set_forkserver_preload(["tests.soak.process"])
        forkserver.ensure_running()

    def start(self) -> None:
        self.processes = [(name, self._spawn(name)) for name in PROCESSES]

    def _spawn(self, name: str) -> BaseProcess:
        from tests.soak.process import work

        process = self.forked.Process(target=work, args=(name, str(self.log)))
        process.start()
        return process

    def kill_one(self) -> None:
        """Kill a random process with -9 and start another in its place."""
        place = self.chance.randrange(len(self.processes))
        name, process = self.processes[place]
        process.kill()
        process.join()
        self.kills[name.rstrip("123")] += 1
        self.processes[place] = (name, self._spawn(name))

    def restart_database(self) -> None:
        """Stop PostgreSQL as a crash does, and start it again."""
        server = server_process(self.folder / FOLDER)
        assert server is not None, "the database ended by itself"
        server.send_signal(signal.SIGQUIT)
        with contextlib.suppress(psutil.NoSuchProcess):
            server.wait(20)
        subprocess.run([sys.executable, "-c", START_DATABASE, str(self.folder)], cwd=ROOT, check=True)
        self.kills["database"] += 1

    def restart_broker(self) -> None:
        """Kill Redis with -9; it comes back empty."""
        self.redis.kill()
        time.sleep(self.chance.random())
        self.redis.start()
        self.kills["broker"] += 1

    def rage(self, seconds: float) -> None:
        """Kill and restart at random for so long."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            time.sleep(self.chance.uniform(0.3, 2.5))
            draw = self.chance.random()
            if draw < 0.08:
                self.restart_database()
            elif draw < 0.18:
                self.restart_broker()
            else:
                self.kill_one()

    def stop(self) -> None:
        for _name, process in self.processes:
            process.kill()
            process.join()


@contextmanager
def database() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="campaign-soak-"))
    folder.chmod(0o755)
    server = EmbeddedDatabase(folder)
    os.environ.update(VAR=str(folder), DATABASE_URL=server.start())
    try:
        yield folder
    finally:
        if (left := server_process(folder / FOLDER)) is not None:
            with contextlib.suppress(psutil.Error):
                left.send_signal(signal.SIGINT)
                left.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    """Run the soak and return the exit code."""
    options = parse()
    seed = options.seed or random.SystemRandom().randrange(1, 10**6)
    print(f"seed {seed}", flush=True)
    with database() as folder, running_redis() as redis, running_fakes() as fakes:
        os.environ.update(
            DJANGO_SETTINGS_MODULE="campaign_site.settings.test",
            CELERY_BROKER_URL=redis.url,
            FAKE_SERVERS=json.dumps(fakes.bases),
            FAKE_TIMEOUT="1",
            FAKE_SETTLING="1.5",
            DELIVERY_LEASE="4",
            LOG_LEVEL="ERROR",
        )
        import django

        django.setup()
        soak = Soak(folder, redis, fakes, seed)
        try:
            return run(soak, options, seed)
        finally:
            soak.stop()


def run(soak: Soak, options: argparse.Namespace, seed: int) -> int:
    from django.core.management import call_command
    from django.utils import timezone

    from social_publisher.models import Pause
    from tests.factories import make_image
    from tests.fakes.install import connected_channel, install
    from tests.support.bulk import approved

    call_command("migrate", verbosity=0)
    install()
    channels = [
        connected_channel(slug, f"{slug}{number}", soak.fakes.bases[slug])
        for number in range(CHANNELS_EACH)
        for slug in SLUGS
    ]
    image = make_image()
    pause = Pause.objects.create(channel=channels[0], reason="soak", paused_at=timezone.now())
    start = datetime.now(UTC) + timedelta(seconds=4 + options.deliveries / 1000)
    step = timedelta(seconds=options.seconds / options.deliveries)
    for first in range(0, options.deliveries, 1000):
        count = min(1000, options.deliveries - first)
        approved([start + step * (first + place) for place in range(count)], channels, image, PARTS)
    soak.fakes.storm(STORM, seed)
    soak.start()
    print(f"{options.deliveries} deliveries; killing for {options.seconds} s ...", flush=True)
    soak.rage((start - datetime.now(UTC)).total_seconds() + options.seconds)
    soak.fakes.storm({})
    from django.db import connection

    connection.close()
    held = ["sent while paused" for _post in soak.fakes.posts(SLUGS[0], handle=channels[0].handle)]
    Pause.objects.filter(pk=pause.pk).update(lifted_at=timezone.now())
    drain(options.drain)
    return report(soak, options.deliveries, held)


def drain(seconds: int) -> None:
    """Wait until nothing is on its way any more, with all processes left in peace."""
    from django.db import DatabaseError, InterfaceError, connection

    from social_publisher.models import Delivery

    told = time.monotonic()
    until = told + seconds
    while time.monotonic() < until:
        try:
            left = Delivery.objects.filter(state__in=["waiting", "armed", "unknown"]).count()
        except (DatabaseError, InterfaceError):
            connection.close()
            continue
        if not left:
            return
        if time.monotonic() > told + 5:
            told = time.monotonic()
            print(f"  {left} not settled yet ...", flush=True)
        time.sleep(0.5)


def report(soak: Soak, count: int, held: list[str]) -> int:
    """Hold the ledger against the networks' own record."""
    from social_publisher.models import Delivery

    there = Counter((post["handle"], post["text"]) for post in soak.fakes.posts())
    states: Counter[str] = Counter()
    doubled, lost, dishonest, messages = 0, 0, list(held), sum(there.values())
    for row in Delivery.objects.select_related("channel").prefetch_related("attempts"):
        states[row.state] += 1
        attempts: list[Any] = list(row.attempts.all())
        texts = [part["text"] for part in attempts[-1].payload["parts"]] if attempts else []
        times = [there[row.channel.handle, text] for text in texts]
        doubled += any(count > 1 for count in times)
        if row.state == "published":
            lost += not times or 0 in times
        elif row.state != "needs_person":
            lost += 1
            dishonest.append(f"{row.pk} on {row.channel}: {row.state}, {times} on the network, {row.reason}")
    for line in dishonest[:20]:
        print(f"  {line}")
    print(f"deliveries         {count}, {messages} messages on the networks, {len(soak.fakes.uploads())} uploads")
    kills = ", ".join(f"{what} {number}" for what, number in sorted(soak.kills.items()))
    print(f"kills              {sum(soak.kills.values())} ({kills})")
    print(f"states             {', '.join(f'{state} {number}' for state, number in sorted(states.items()))}")
    print(f"doubled            {doubled}")
    print(f"lost               {lost}")
    print(f"left to a person   {states['needs_person']}")
    reasons = Delivery.objects.filter(state="needs_person").values_list("channel__network", "reason")
    for (network, reason), number in Counter(reasons).most_common():
        print(f"  {number:>4}  {network}: {reason}")
    return 1 if doubled or lost or dishonest or sum(states.values()) != count else 0


if __name__ == "__main__":
    sys.exit(main())
