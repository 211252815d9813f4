"""One rush: everybody at once, the launch in the middle, and what came of it."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.load.people import Editor, Reader, Seen
from tests.support.followers import Followed, follow
from tests.support.product import Product

# Posts on five channels, all due at one moment; and the link that readers follow meanwhile.
LAUNCH = """
import json
from datetime import timedelta
from django.utils import timezone
from social_publisher.models import Channel, Delivery
from tests.support.bulk import approved
channels = list(Channel.objects.filter(network="rehearsal"))
Channel.objects.update(min_interval=0)  # what is due at once is meant to leave at once
ids = approved([timezone.now() + timedelta(seconds={ahead})] * {posts}, channels)
print(json.dumps({{"ids": ids, "link": Delivery.objects.get(pk=ids[0]).short_link.code}}))
"""
CAMPAIGN = "from content.records import Campaign; print(Campaign.objects.order_by('pk')[0].pk)"
OUTCOME = """
import json
from social_publisher.models import Delivery
rows = Delivery.objects.filter(pk__in={ids}).values_list("state", "due_at", "published_at")
print(json.dumps([[state, (out - due).total_seconds() if out else None] for state, due, out in rows]))
"""
# Memory is looked at this often, in seconds; the beginning, while caches fill, says nothing.
LOOK = 2.0


@dataclass(frozen=True, slots=True)
class Mix:
    """How much of everything. Rates are a second, for all of a kind together."""

    seconds: float = 300.0
    readers: int = 4
    reads: float = 40.0
    clicks: int = 50
    editors: int = 3
    editing: float = 1.5
    posts: int = 200

    @property
    def launch_at(self) -> float:
        """Seconds after the beginning when the posts are due: everybody has come, and stays a while."""
        return self.seconds * 0.4


@dataclass
class Found:
    """What came of it. Memory in MB by process, from after the beginning to the end."""

    seen: Seen
    clicks: Followed
    lateness: list[float]
    not_out: list[str]
    memory: dict[str, list[float]] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)

    def growth(self, name: str) -> float:
        """How much more memory a process has in the last quarter than in the first, in MB (medians)."""
        looks = self.memory[name]
        quarter = max(len(looks) // 4, 1)
        return statistics.median(looks[-quarter:]) - statistics.median(looks[:quarter])


def rush(product: Product, mix: Mix, say: Callable[[str], None]) -> Found:
    """Let everybody come, and tell what they met."""
    leave, seen = threading.Event(), Seen()
    passwords, campaign = product.passwords(), product.ask(CAMPAIGN)
    people: list[threading.Thread] = [
        Reader(product.base, mix.reads / mix.readers, leave, seen, number) for number in range(mix.readers)
    ]
    people += [
        Editor(product.base, passwords["editor"], campaign, mix.editing / mix.editors, leave, seen)
        for _editor in range(mix.editors)
    ]
    launch = product.ask(LAUNCH.format(ahead=mix.launch_at, posts=mix.posts))
    said = len(product.output)
    say(f"{mix.posts} posts are due in {mix.launch_at:.0f} s; readers, clicks and editors come for {mix.seconds:.0f} s")
    watching = Memory(product, leave, after=mix.seconds / 5)
    for person in (*people, watching):
        person.start()
    clicked = follow(product.port, f"/go/{launch['link']}", mix.clicks, mix.seconds, connections=4)
    leave.set()
    for person in (*people, watching):
        person.join(60)
    rows = wait_for(product, launch["ids"], 30)
    complaints = complaints_of(product, said)
    late = [seconds for state, seconds in rows if state == "published"]
    not_out = [state for state, _seconds in rows if state != "published"]
    return Found(seen, clicked, late, not_out, watching.looks, complaints)


def wait_for(product: Product, ids: list[int], seconds: float) -> list[Any]:
    """The launch's deliveries, when all have left or the time is over."""
    until = time.monotonic() + seconds
    while True:
        rows: list[Any] = product.ask(OUTCOME.format(ids=ids))
        if all(state == "published" for state, _late in rows) or time.monotonic() > until:
            return rows
        time.sleep(1)


def complaints_of(product: Product, said: int) -> list[str]:
    """Errors in the product's own log since it had said so much."""
    lines = product.output[said:].splitlines()
    return [line[:300] for line in lines if " ERROR " in line or "Traceback" in line][:20]


class Memory(threading.Thread):
    """Looks at what each process of the product holds for itself."""

    def __init__(self, product: Product, leave: threading.Event, after: float) -> None:
        super().__init__(daemon=True)
        self.product, self.leave, self.after = product, leave, after
        self.looks: dict[str, list[float]] = {}

    def run(self) -> None:
        """Site and clock; the database's processes come and go."""
        self.leave.wait(self.after)
        kinds = {"site": "granian", "clock": "clock"}
        while not self.leave.is_set():
            processes = self.product.processes()
            for name, mark in kinds.items():
                held = [one.memory_full_info().uss for one in processes if mark in " ".join(one.cmdline())]
                if held:
                    self.looks.setdefault(name, []).append(sum(held) / 1024**2)
            self.leave.wait(LOOK)
