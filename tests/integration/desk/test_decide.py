from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from social_publisher.approval import service
from social_publisher.delivery.arm import arm
from social_publisher.delivery.decide import DecisionError, confirm, send_again
from social_publisher.delivery.journal import note_part
from social_publisher.delivery.ledger_time import ledger_now
from social_publisher.models import AuditEvent, Delivery
from social_publisher.models.ledger import Event
from social_publisher.networks.base import Receipt
from tests.factories import approve, make_approver, make_channel, make_delivery, make_editor
from tests.integration.desk.test_screens import signed_in

pytestmark = pytest.mark.django_db
URL = "https://network.example/@selec/113"


@pytest.fixture
def delivery() -> Delivery:
    """A post whose outcome nobody can tell."""
    row = make_delivery(make_channel(profile_url="https://network.example/@selec"))
    owner = row.approval.post.pk and "00000000-0000-0000-0000-000000000001"
    Delivery.objects.move(Event.ARM, [row.pk], at=ledger_now(), owner=owner, lease_until=ledger_now())
    Delivery.objects.move(Event.LOST, [row.pk], at=ledger_now())
    Delivery.objects.move(Event.CANNOT_TELL, [row.pk], at=ledger_now(), reason="It cannot be read back.")
    row.refresh_from_db()
    return row


def test_the_queue_leads_to_the_screen_and_the_screen_to_the_channel(delivery: Delivery) -> None:
    client = signed_in(make_approver())
    address = reverse("social_queue:decide", args=[delivery.pk])
    assert address in client.get(reverse("social_queue:index")).content.decode()
    page = client.get(address).content.decode()
    assert "It cannot be read back." in page
    assert 'href="https://network.example/@selec"' in page
    assert 'name="url"' in page
    assert 'name="reason"' in page


def test_it_is_there_takes_its_address(delivery: Delivery) -> None:
    person = make_approver()
    answer = signed_in(person).post(reverse("social_queue:decide", args=[delivery.pk]), {"there": "1", "url": URL})
    assert answer.status_code == 302
    delivery.refresh_from_db()
    assert (delivery.state, delivery.remote_url, delivery.remote_id) == ("published", URL, "113")
    event = AuditEvent.objects.get(action="delivery.confirmed")
    assert (event.actor, event.data["url"]) == (person, URL)


def test_send_again_asks_for_a_reason(delivery: Delivery) -> None:
    client, address = signed_in(make_approver()), reverse("social_queue:decide", args=[delivery.pk])
    assert client.post(address, {"again": "1", "reason": " "}).status_code == 200
    delivery.refresh_from_db()
    assert delivery.state == "needs_person"
    client.post(address, {"again": "1", "reason": "Looked at the channel at noon."})
    delivery.refresh_from_db()
    assert delivery.state == "waiting"
    assert AuditEvent.objects.get(action="delivery.sent-again").data["reason"] == "Looked at the channel at noon."


def test_what_is_no_posts_address_is_said_and_kept(delivery: Delivery) -> None:
    client, address = signed_in(make_approver()), reverse("social_queue:decide", args=[delivery.pk])
    for url in ("", "not an address", "https://network.example", "javascript:alert(1)"):
        assert client.post(address, {"there": "1", "url": url}).status_code == 200, url
        delivery.refresh_from_db()
        assert delivery.state == "needs_person", url


def test_one_address_proves_one_post(delivery: Delivery) -> None:
    other = make_delivery(delivery.channel)
    Delivery.objects.filter(pk=other.pk).update(remote_id="113")
    with pytest.raises(DecisionError, match="another post"):
        confirm(delivery, URL, make_approver())


def test_a_second_decision_is_refused(delivery: Delivery) -> None:
    confirm(delivery, URL, make_approver())
    with pytest.raises(DecisionError, match="decided already"):
        send_again(delivery, "Not there.", make_approver())


@pytest.mark.parametrize(("how", "state"), [("late", "missed"), ("withdrawn", "cancelled")])
def test_what_is_too_late_or_withdrawn_is_freed_for_a_new_approval(delivery: Delivery, how: str, state: str) -> None:
    if how == "late":
        Delivery.objects.filter(pk=delivery.pk).update(cut_off_at=ledger_now() - timedelta(seconds=1))
    else:
        service.void(delivery.post, "Withdrawn.")
    assert not send_again(delivery, "Not there.", make_approver())
    delivery.refresh_from_db()
    assert delivery.state == state
    post = delivery.post
    post.due_at = ledger_now() + timedelta(hours=1)
    post.save_revision(user=post.author)
    approve(post)
    assert Delivery.objects.filter(post=post, state="waiting").count() == 1


def test_a_thread_in_question_goes_on_after_the_part_a_person_found() -> None:
    delivery = make_delivery(make_channel(), text="One.\n---\nTwo.\n---\nThree.")
    assert arm([delivery.pk], uuid4(), delivery.due_at)
    note_part(delivery.pk, 0, Receipt("1", "https://network.example/1", ledger_now()))
    Delivery.objects.move(Event.LOST, [delivery.pk], at=ledger_now())
    Delivery.objects.move(Event.CANNOT_TELL, [delivery.pk], at=ledger_now())
    client, address = signed_in(make_approver()), reverse("social_queue:decide", args=[delivery.pk])
    assert "part 2 of the thread" in client.get(address).content.decode()
    client.post(address, {"there": "1", "url": "https://network.example/2"})
    delivery.refresh_from_db()
    assert (delivery.state, [part["id"] for part in delivery.parts_out]) == ("waiting", ["1", "2"])


def test_a_half_out_thread_may_be_left_as_it_is() -> None:
    delivery = make_delivery(text="One.\n---\nTwo.")
    note_part(delivery.pk, 0, Receipt("1", "https://network.example/1", ledger_now()))
    service.void(delivery.post, "Withdrawn.")
    client, address = signed_in(make_approver()), reverse("social_queue:decide", args=[delivery.pk])
    client.post(address, {"leave": "1"})
    delivery.refresh_from_db()
    assert (delivery.state, delivery.remote_id) == ("published", "1")
    assert AuditEvent.objects.filter(action="delivery.left-half-out").exists()


def test_an_editor_does_not_decide(delivery: Delivery) -> None:
    client, address = signed_in(make_editor()), reverse("social_queue:decide", args=[delivery.pk])
    for answer in (client.get(address), client.post(address, {"there": "1", "url": URL})):
        assert answer.status_code in {302, 403}
    delivery.refresh_from_db()
    assert delivery.state == "needs_person"
