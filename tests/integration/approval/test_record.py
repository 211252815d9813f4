"""Everything that has to be on the audit is on it, whichever way it was done."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.utils import timezone
from wagtail.log_actions import LogContext

from social_publisher.approval import service
from social_publisher.approval.audit import record
from social_publisher.delivery import decide, pausing
from social_publisher.delivery.worker import carry
from social_publisher.models import AuditEvent, Blackout, CampaignRules, Delivery, Post, PostApprovalTask
from social_publisher.models.ledger import Event, State
from tests.factories import (
    approve,
    make_approver,
    make_campaign,
    make_channel,
    make_delivery,
    make_editor,
    make_post,
    make_user,
)

pytestmark = pytest.mark.django_db


def last(action: str) -> AuditEvent:
    return AuditEvent.objects.filter(action=action).order_by("pk").last()


def test_what_becomes_of_a_delivery_is_written_by_the_database() -> None:
    delivery = make_delivery()
    carry([delivery.pk], clock=lambda: delivery.due_at)
    delivery.refresh_from_db()
    told = AuditEvent.objects.filter(action__startswith="delivery.").order_by("pk")
    assert [event.action for event in told] == ["delivery.waiting", "delivery.published"]
    made, published = told
    assert made.actor_name == delivery.approval.approver_name
    assert made.data == {
        "delivery": delivery.pk,
        "post": delivery.post_id,
        "channel": delivery.channel_id,
        "to": "waiting",
    }
    assert (published.actor, published.actor_name) == (None, "system")
    assert published.subject == str(delivery)
    assert published.data["from"] == "armed"
    assert published.data["url"] == delivery.remote_url


def test_each_state_is_written_with_its_reason_and_arming_is_not() -> None:
    delivery = make_delivery()
    now, owner = delivery.due_at, delivery.approval.post.translation_key
    lease = {"lease_until": now + timedelta(minutes=1)}
    Delivery.objects.move(Event.ARM, [delivery.pk], at=now, owner=owner, **lease)
    Delivery.objects.move(Event.PUT_OFF, [delivery.pk], at=now)
    Delivery.objects.move(Event.ARM, [delivery.pk], at=now, owner=owner, **lease)
    Delivery.objects.move(Event.LOST, [delivery.pk], at=now, reason="No answer.")
    Delivery.objects.move(Event.CANNOT_TELL, [delivery.pk], at=now)
    Delivery.objects.move(Event.SEND_AGAIN, [delivery.pk], at=now)
    Delivery.objects.filter(pk=delivery.pk).update(reason="Only words.")
    Delivery.objects.move(Event.TOO_LATE, [delivery.pk], at=now)
    Delivery.objects.filter(pk=delivery.pk).delete()
    told = AuditEvent.objects.filter(data__delivery=delivery.pk).order_by("pk")
    states = ["waiting", "unknown", "needs_person", "waiting", "missed", "deleted"]
    assert [event.action for event in told] == [f"delivery.{state}" for state in states]
    assert told[1].data["reason"] == "No answer."


def test_many_at_once_are_told_apart() -> None:
    post = make_post([make_channel() for _number in range(4)], text=f"\n{'Long words. ' * 9}\nAnd more.")
    approve(post)
    ids = list(Delivery.objects.values_list("pk", flat=True))
    Delivery.objects.move(Event.TOO_LATE, ids[:3], at=timezone.now())
    missed = AuditEvent.objects.filter(action="delivery.missed")
    assert {event.data["delivery"] for event in missed} == set(ids[:3])
    names = {str(delivery) for delivery in Delivery.objects.filter(pk__in=ids[:3])}
    assert {event.subject for event in missed} == names


def test_a_persons_decision_names_the_person_in_what_the_database_writes() -> None:
    delivery, approver = make_delivery(), make_approver()
    Delivery.objects.filter(pk=delivery.pk).update(
        state=State.ARMED.value, owner=delivery.post.translation_key, lease_until=timezone.now()
    )
    Delivery.objects.move(Event.REFUSED, [delivery.pk], at=timezone.now())
    delivery.refresh_from_db()
    decide.send_again(delivery, "Looked at the channel.", approver)
    assert last("delivery.waiting").actor == approver
    service.void(delivery.post, "Wrong.", approver)
    assert last("delivery.cancelled").actor == approver
    Delivery.objects.move(Event.LATE_RECEIPT, [delivery.pk], at=timezone.now(), published_at=timezone.now())
    assert last("delivery.published").actor_name == "system"


def test_submitting_approving_editing_and_withdrawing_are_on_it(django_capture_on_commit_callbacks: Any) -> None:
    post, other = make_post(), make_editor()
    approval = approve(post)
    with django_capture_on_commit_callbacks(execute=True):
        edited = Post.objects.get(pk=post.pk).current()
        edited.text = "Edited."
        edited.save_revision(user=other)
    assert last("post.submitted").actor == post.author
    assert last("post.approved").actor == approval.approver
    edit = last("post.edited-after-approval")
    assert (edit.actor, edit.data["stands"], edit.data["post"]) == (other, True, post.pk)
    assert "Changed after approval" in last("approval.voided").data["reason"]
    fresh = Post.objects.get(pk=post.pk)
    service.submit(fresh, other)
    Post.objects.get(pk=post.pk).current_workflow_state.cancel(user=other)
    assert last("post.withdrawn").actor == other


def test_pausing_and_resuming_are_on_it() -> None:
    channel, person = make_channel(), make_approver()
    pausing.pause(reason="Incident", user=person, channel=channel)
    pausing.resume(user=person, channel=channel)
    assert (last("paused").actor, last("resumed").actor) == (person, person)


def test_signing_in_and_failing_to_and_out_are_on_it_without_what_was_typed() -> None:
    user, client = make_user("Auditors"), Client()
    client.post("/admin/login/", {"login": user.username, "password": "wrong-" * 3})
    client.post("/admin/login/", {"login": user.username, "password": "secret"})
    client.post("/admin/logout/")
    assert last("person.sign-in-failed").subject == user.username
    assert (last("person.signed-in").actor, last("person.signed-out").actor) == (user, user)
    authenticate(username="a" * 500, password="secret")
    assert last("person.sign-in-failed").subject == "a" * 150
    told = repr(list(AuditEvent.objects.values()))
    assert "wrong-" not in told
    assert "127.0.0.1" not in told


def test_accounts_passwords_roles_and_permissions_are_on_it() -> None:
    administrator, user = make_user(superuser=True), make_user()
    with LogContext(user=administrator):
        user.set_password("another secret")
        user.is_superuser = True
        user.save()
        user.groups.set([Group.objects.get(name="Auditors")])
        user.groups.clear()
        Group.objects.get(name="Auditors").permissions.add(Permission.objects.get(codename="add_pause"))
        Group.objects.get(name="Analysts").user_set.add(user)
        PostApprovalTask.objects.get().groups.add(Group.objects.get(name="Analysts"))
    assert last("person.password-changed").actor == administrator
    assert last("person.changed").data["changed"] == {"is_superuser": [False, True]}
    given, taken = AuditEvent.objects.filter(action="person.roles-changed", subject=user.username).order_by("pk")
    assert (given.data, taken.data) == ({"added": ["Auditors"]}, {"removed": ["Auditors"]})
    assert last("role.permissions-changed").subject == "Auditors"
    assert last("user.person-roles-changed").data == {"added": [user.username]}
    assert last("workflow-task.roles-changed").data == {"added": ["Analysts"]}
    assert "another secret" not in repr(list(AuditEvent.objects.values()))
    user.delete()
    assert last("person.removed").subject == user.username


def test_a_renewed_password_hash_is_no_new_password(settings: Any) -> None:
    user = make_user()
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.ScryptPasswordHasher",
        "django.contrib.auth.hashers.MD5PasswordHasher",
    ]
    assert Client().login(username=user.username, password="secret")
    assert not AuditEvent.objects.filter(action="person.password-changed").exists()


def test_rules_blackouts_and_channels_are_on_it_with_before_and_after() -> None:
    rules = CampaignRules.objects.create(campaign=make_campaign())
    rules.second_level = True
    rules.save()
    assert last("rules.changed").data["changed"] == {"second_level": [False, True]}
    rules.save()
    assert AuditEvent.objects.filter(action="rules.changed").count() == 1
    now = timezone.now()
    Blackout.objects.create(name="Vote", kind="election", starts_at=now, ends_at=now + timedelta(days=1)).delete()
    assert last("blackout.created").subject == last("blackout.deleted").subject
    channel = make_channel()
    channel.min_interval = 60
    channel.save()
    assert last("channel.changed").data["changed"] == {"min_interval": [0, 60]}


def test_without_an_actor_it_is_whoever_works_in_the_admin() -> None:
    person = make_editor()
    with LogContext(user=person):
        assert record("tested", "x").actor == person
    assert record("tested", "x").actor_name == "system"
