"""The sending process killed with -9 at every step between arm and settle, on every network's fake.

The fake's own record says what came of it: nothing doubled, nothing lost.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from media.models import CampaignImage
from social_publisher.delivery.due import due
from social_publisher.delivery.recover import expire_leases, settle_unknown
from social_publisher.delivery.worker import carry
from social_publisher.models import Channel, Delivery
from social_publisher.networks import registry
from social_publisher.networks.base import Account, Capabilities
from tests.crash.victim import STEPS, carry_and_die
from tests.factories import approve_unseen, make_campaign, make_image, make_post
from tests.fakes import SLUGS
from tests.fakes.install import connected_channel, install, remove
from tests.fakes.remote import Fakes, running_fakes, texts

pytestmark = [pytest.mark.crash, pytest.mark.django_db(transaction=True)]
CASES = [(slug, False) for slug in SLUGS] + [
    (slug, True) for slug in SLUGS if registry.get(slug).rules(Account("selec")).max_parts > 1
]
# The fake kills its caller as it takes a call, and once it has accepted it.
BY_NETWORK = {"while uploading": "upload/kill-after", "request received": "kill-before", "accepted": "kill-after"}


@pytest.fixture(scope="module")
def fakes() -> Iterator[Fakes]:
    with running_fakes() as running:
        yield running


@pytest.fixture(autouse=True)
def networks(fakes: Fakes) -> Iterator[None]:
    fakes.reset()
    before = install(fakes.bases)
    yield
    remove(before)


@pytest.fixture(autouse=True)
def own_media_folder(tmp_path: Path, settings: object) -> None:
    settings.MEDIA_ROOT = str(tmp_path)  # type: ignore[attr-defined]


def killed(fakes: Fakes, ids: list[int], now: datetime, step: str) -> bool:
    """Run a victim; return whether it was killed. What it has no step for, it survives."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.crash.victim"])
    media, database = str(settings.MEDIA_ROOT), connection.settings_dict["NAME"]
    victim = context.Process(target=carry_and_die, args=(database, media, fakes.bases, ids, now, step))
    victim.start()
    victim.join(30)
    assert victim.exitcode in {0, -signal.SIGKILL}, f"{step}: the victim ended with {victim.exitcode}"
    return victim.exitcode == -signal.SIGKILL


def recover(ids: list[int], now: datetime) -> set[str]:
    """What the clock does in the minutes after, with its own time. Returns the states at the end."""
    rows = Delivery.objects.filter(pk__in=ids)
    for second in range(30, 600, 10):
        moment = now + timedelta(seconds=second)
        expire_leases(moment)
        settle_unknown(moment)
        carry([row.pk for row in due(moment) if row.pk in ids], clock=lambda moment=moment: moment)  # type: ignore[misc]
        if not rows.filter(state__in=["waiting", "armed", "unknown"]).exists():
            break
    return set(rows.values_list("state", flat=True))


def make(channel: Channel, number: int, image: CampaignImage | None) -> tuple[list[int], list[str], datetime]:
    """Two deliveries on one channel, with the picture, else as threads of three; their ids, all their texts, their
    time."""
    ids, expected, at = [], [], None
    for copy in "ab":
        words = [f"Post {number}{copy}, part {part}." for part in range(1 if image else 3)]
        post = make_post(
            [channel],
            text="\n---\n".join(words),
            link_url="",
            image=image,
            campaign=make_campaign(),
            due_at=timezone.now(),
        )
        approve_unseen(post)
        delivery = Delivery.objects.get(post=post)
        ids.append(delivery.pk)
        expected += words
        at = delivery.due_at
    assert at is not None
    return ids, expected, at + timedelta(seconds=1)


@pytest.mark.parametrize(("slug", "thread"), CASES, ids=lambda value: value if isinstance(value, str) else "")
def test_killed_at_every_step(fakes: Fakes, slug: str, thread: bool) -> None:
    capabilities: Capabilities = registry.get(slug).capabilities
    deaths, image = 0, None if thread else make_image()
    for number, step in enumerate([*STEPS, *BY_NETWORK]):
        channel = connected_channel(slug, f"{slug}{number}", fakes.bases[slug])
        ids, expected, now = make(channel, number, image)
        fakes.fail(slug, *([BY_NETWORK[step]] if step in BY_NETWORK else []))
        deaths += killed(fakes, ids, now, step)
        fakes.fail(slug)
        states = recover(ids, now)
        there = texts(fakes.posts(slug, handle=channel.handle))
        assert len(there) == len(set(there)), f"{slug}, {step}: doubled: {there}"
        if capabilities.witness or states == {"published"}:
            assert (states, sorted(there)) == ({"published"}, sorted(expected)), f"{slug}, {step}"
        else:
            assert states <= {"published", "needs_person"}, f"{slug}, {step}"
            assert Delivery.objects.filter(pk__in=ids, state="needs_person").count() == 1, (
                f"{slug}, {step}: one question"
            )
    assert deaths >= 10
