"""What is due is found by looking up single rows, whatever the database believes of how much is due."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from social_publisher.delivery.due import crowd, due
from social_publisher.delivery.leisure import about_to_send

pytestmark = pytest.mark.django_db
POSTS = "social_publisher_post"


def read_whole(plan: Any) -> set[str]:
    """The tables that a plan reads from end to end, outside of questions about one row."""
    if plan.get("Parent Relationship") == "SubPlan":
        return set()
    own = {plan["Relation Name"]} if plan["Node Type"] == "Seq Scan" else set()
    return own.union(*(read_whole(part) for part in plan.get("Plans", [])))


@pytest.mark.parametrize("ask", [due, lambda now: list(crowd(now)), about_to_send])
def test_posts_are_looked_up_and_never_joined(ask: Any) -> None:
    with CaptureQueriesContext(connection) as asked:
        ask(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = off")
        cursor.execute("EXPLAIN (FORMAT JSON) " + asked.captured_queries[-1]["sql"])
        found = cursor.fetchone()[0]
    plan = found[0] if isinstance(found, list) else json.loads(found)[0]
    assert POSTS in json.dumps(plan)
    assert POSTS not in read_whole(plan["Plan"])
