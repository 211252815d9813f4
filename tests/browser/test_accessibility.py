"""The desk's screens: axe finds nothing, contrast included, at two widths; nothing scrolls sideways."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SignIn
from tests.browser.look import look

# Screens that no other test here looks at on its way.
DESK = {
    "dashboard": ("social/results/1/", "editor"),
    "results": ("social/results/", "editor"),
    "posts": ("snippets/social_publisher/post/", "editor"),
    "composer-campaigns": ("snippets/social_publisher/post/add/", "editor"),
    "composer": ("snippets/social_publisher/post/add/?campaign=1", "editor"),
    "composer-saved": ("snippets/social_publisher/post/edit/1/", "editor"),
    "launches": ("social/launches/", "editor"),
    "series": ("social/planning/series/", "editor"),
    "corrections": ("snippets/social_publisher/correction/", "editor"),
    "takedowns": ("social/takedown/", "editor"),
    "queue": ("social/queue/", "approver"),
    "queue-section": ("social/queue/list/next/", "approver"),
    "pause-everything": ("social/queue/pause/everything/", "approver"),
    "review": ("social/queue/review/1/", "approver"),
    "rules": ("snippets/social_publisher/campaignrules/", "administrator"),
    "rules-add": ("snippets/social_publisher/campaignrules/add/", "administrator"),
    "blackouts": ("snippets/social_publisher/blackout/", "administrator"),
    "blackouts-add": ("snippets/social_publisher/blackout/add/", "administrator"),
    "channels": ("snippets/social_publisher/channel/", "administrator"),
    "channel": ("snippets/social_publisher/channel/edit/1/", "administrator"),
    "webhooks": ("social/webhooks/", "administrator"),
}


@pytest.mark.parametrize("name", DESK)
def test_desk_screens(sign_in: SignIn, shots: Path, name: str) -> None:
    path, role = DESK[name]
    page = sign_in(role)
    answer = page.goto(f"/admin/{path}")
    assert answer is not None
    assert answer.ok
    look(page, shots, name)


WIDER = """
() => [...document.querySelectorAll('details[open] :is(input, select, textarea)')].filter(
  (field) => field.checkVisibility() && field.offsetWidth > field.parentElement.offsetWidth
).map((field) => field.name)
"""


def test_fields_in_details_keep_to_their_columns(sign_in: SignIn) -> None:
    page = sign_in("auditor")
    page.goto("/admin/social/record/?text=x")
    expect(page.get_by_label("Number of a post")).to_be_visible()
    assert page.evaluate(WIDER) == []
