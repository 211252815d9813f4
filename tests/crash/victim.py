"""A process that carries deliveries and is killed with -9 at one named step; forked from a server with Django ready."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campaign_site.settings.test")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connections  # noqa: E402
from wagtail.hooks import search_for_hooks  # noqa: E402

from social_publisher.delivery import arm, journal, send, settle, worker  # noqa: E402
from tests.fakes.install import install  # noqa: E402

# What a process does once in its life, so that no victim spends its own on it: whoever makes a picture's size asks for
# hooks, and with them comes the whole desk.
search_for_hooks()


def die() -> None:
    """End like a process whose machine lost power."""
    os.kill(os.getpid(), signal.SIGKILL)


# Every step between arming and settling: what is wrapped, and whether death comes before or after it.
STEPS: dict[str, tuple[Any, str, bool]] = {
    "rows won, nothing written": (arm, "_win", True),
    "attempt written, not committed": (arm, "_mark_armed", True),
    "armed": (worker, "arm", True),
    "about to ask": (journal.Journal, "permit", False),
    "allowed to call": (journal.Journal, "permit", True),
    "picture about to be remembered": (journal.Journal, "uploaded", False),
    "picture remembered": (journal.Journal, "uploaded", True),
    "answered": (send, "_send_part", True),
    "part about to be remembered": (journal.Journal, "part_out", False),
    "part remembered": (journal.Journal, "part_out", True),
    "about to settle": (worker, "settle", False),
    "settled, not committed": (settle, "_feed", True),
    "settled": (worker, "settle", True),
}


def carry_and_die(
    database: str, media: str, fakes: Mapping[str, str], ids: Sequence[int], now: datetime, step: str
) -> None:
    """Carry the ids at `now`; die at the step. With an unknown step, the fakes do the killing."""
    connections["default"].settings_dict["NAME"] = database
    settings.MEDIA_ROOT = media
    install(fakes)
    if step in STEPS:
        owner, name, after = STEPS[step]
        setattr(owner, name, _deadly(getattr(owner, name), after))
    worker.carry(ids, clock=lambda: now)


def _deadly(function: Callable[..., Any], after: bool) -> Callable[..., Any]:
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        if not after:
            die()
        result = function(*args, **kwargs)
        die()
        return result

    return wrapped
