"""The screens of the desk's benchmark, with few posts: each answers, within its number of queries."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from social_publisher.approval.waiting import count_waiting
from tests.bench.desk import APPROVERS, look, most_queries, queue, screens
from tests.bench.many_posts import fill
from tests.factories import make_user
from tests.integration.desk.test_screens import signed_in

pytestmark = pytest.mark.django_db


def test_every_screen_stays_within_its_queries() -> None:
    made: dict[str, Any] = fill(60, clean=False)
    approver = make_user("Approvers")
    assert count_waiting(approver) > 0
    people: list[tuple[Client, dict[str, str]]] = [
        (signed_in(made["editor"]), {**screens(made), **queue()}),
        (signed_in(approver), APPROVERS),
    ]
    over = {
        name: queries
        for client, addresses in people
        for name, address in addresses.items()
        if (queries := look(client, address, 1)[1]) > most_queries(address)
    }
    assert over == {}
