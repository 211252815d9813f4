"""The queue: its sections, its live part, the switch for everything, and the panels on the home screen."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from content.records import Campaign
from social_publisher.approval import service
from social_publisher.delivery import pausing
from social_publisher.delivery.due import due, mark_missed
from social_publisher.delivery.worker import carry
from social_publisher.models import AuditEvent, Delivery, Pause
from tests.factories import make_approver, make_campaign, make_channel, make_delivery, make_editor, make_post, make_user
from tests.support.bulk import approved

pytestmark = pytest.mark.django_db
QUEUE, LIVE, SWITCH = "social_queue:index", "social_queue:live", "social_queue:pause_everything"


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def section(client: Client, key: str) -> list[Delivery]:
    parts = client.get(reverse(QUEUE)).context["parts"]
    return [row for part in parts if part.section.key == key for row, _badge in part.rows]


def test_what_leaves_next_counts_down_and_what_is_held_says_by_what() -> None:
    client, channel = signed_in(make_editor()), make_channel()
    free, held = make_delivery(due_at=timezone.now() + timedelta(minutes=4)), make_delivery(channel)
    pausing.pause(channel=channel, reason="Account incident", user=None)
    assert section(client, "next") == [free]
    assert section(client, "held") == [held]
    html = client.get(reverse(QUEUE)).content.decode()
    assert f'data-at="{timezone.localtime(free.next_at).isoformat()}"' in html
    assert "is paused: Account incident" in html


@pytest.mark.parametrize("scopes", [(), ("channel",), ("campaign",), ("channel", "campaign"), ("everything",)])
def test_the_queue_and_the_worker_agree_on_what_is_held(scopes: tuple[str, ...]) -> None:
    rows = [make_delivery(make_channel(), campaign=make_campaign()) for _number in range(3)]
    for scope in scopes:
        holds = {"channel": rows[0].channel} if scope == "channel" else {}
        holds |= {"campaign": rows[1].post.campaign} if scope == "campaign" else {}
        pausing.pause(**holds, reason="Incident", user=None)
    client = signed_in(make_editor())
    assert set(section(client, "held")) == set(Delivery.objects.held())
    assert set(section(client, "next")) == set(Delivery.objects.unheld())
    assert len(section(client, "held")) == (3 if "everything" in scopes else len(scopes))


def test_a_missed_post_stands_in_its_own_section() -> None:
    delivery = make_delivery()
    mark_missed(delivery.cut_off_at)
    client = signed_in(make_approver())
    assert section(client, "missed") == [delivery]
    assert section(client, "attention") == []


def test_the_live_part_is_sent_again_only_when_something_changed() -> None:
    client, delivery = signed_in(make_editor()), make_delivery(due_at=timezone.now() + timedelta(days=3))
    first = client.get(reverse(LIVE))
    again = client.get(reverse(LIVE), headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    pausing.pause(channel=delivery.channel, reason="Incident", user=None)
    changed = client.get(reverse(LIVE), headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200
    assert 'data-summary="0 wait, 1 held."' in changed.content.decode()


def test_a_section_is_read_page_by_page_with_few_queries(django_assert_max_num_queries: Any) -> None:
    channel = make_channel()
    approved([timezone.now() + timedelta(days=1)] * 120, [channel])
    client = signed_in(make_editor())
    with django_assert_max_num_queries(30):
        html = client.get(reverse(QUEUE)).content.decode()
    assert "120 in all" in html
    with django_assert_max_num_queries(25):
        page = client.get(reverse("social_queue:section", args=["next"]), {"p": "3"})
    assert len(page.context["rows"]) == 20
    assert client.get(reverse("social_queue:section", args=["next"]), {"p": "9"}).status_code == 404
    assert client.get(reverse("social_queue:section", args=["everything"])).status_code == 404


def test_everything_is_paused_with_a_typed_word_and_a_reason_and_holds_what_is_due() -> None:
    delivery, approver = make_delivery(), make_approver()
    client = signed_in(approver)
    client.post(reverse(SWITCH), {"reason": "Account taken over", "confirmation": "pause", "pause": ""})
    pause = Pause.objects.get()
    assert (pause.channel, pause.campaign, pause.reason, pause.paused_by) == (
        None,
        None,
        "Account taken over",
        approver,
    )
    assert due(delivery.due_at) == []
    assert carry([delivery.pk], clock=lambda: delivery.due_at) == 0
    assert "Account taken over" in client.get(reverse(QUEUE)).content.decode()
    assert "1 post came due meanwhile" not in client.get(reverse(SWITCH)).content.decode()
    client.post(reverse(SWITCH), {"resume": ""})
    assert [row.pk for row in due(delivery.due_at)] == [delivery.pk]
    assert set(AuditEvent.objects.values_list("action", flat=True)) >= {"paused", "resumed"}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"reason": "Incident", "confirmation": "yes"}, "Type PAUSE."),
        ({"reason": "", "confirmation": "PAUSE"}, "This field is required."),
        ({}, "This field is required."),
    ],
)
def test_a_stray_click_pauses_nothing_and_loses_nothing(fields: dict[str, str], said: str) -> None:
    client = signed_in(make_approver())
    html = client.post(reverse(SWITCH), {**fields, "pause": ""}).content.decode()
    assert said in html
    assert not Pause.objects.exists()
    assert not fields.get("reason") or 'value="Incident"' in html


def test_the_small_pause_never_pauses_everything() -> None:
    client = signed_in(make_approver())
    client.post(reverse("social_queue:pause"), {"reason": "Incident", "pause": ""})
    assert not Pause.objects.exists()


def test_home_shows_each_role_what_is_theirs() -> None:
    editor, approver = make_editor(), make_approver()
    campaign = make_campaign(status=Campaign.Status.CURRENT)
    post = make_post(author=editor, campaign=campaign, text="Ask who earns.")
    service.submit(post, editor)
    mine = make_post(author=approver, text="My own work.")
    service.submit(mine, approver)
    assert panel(approver, "desk-to-approve") == ["Ask who earns."]
    assert panel(approver, "desk-campaigns") == [str(campaign)]
    make_delivery(text="It leaves soon.")
    assert panel(editor, "desk-next") == ["It leaves soon."]
    assert panel(editor, "desk-to-approve") == []
    assert panel(make_user("Analysts"), "desk-to-approve") == []


def panel(user: Any, name: str) -> list[str]:
    """What a panel of the person's home screen lists."""
    html = signed_in(user).get(reverse("wagtailadmin_home")).content.decode()
    _before, _mark, rest = html.partition(f'id="{name}')
    return re.findall(r'<li><a href="[^"]*">([^<]*)</a>', rest.partition("</ul>")[0])
