"""Who is told of what, and how they chose to be."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from social_publisher.approval import sealing, service
from social_publisher.delivery import pausing
from social_publisher.delivery.due import mark_missed
from social_publisher.delivery.worker import carry
from social_publisher.models import Alert, Delivery, Notice, NoticeChoice, Post
from social_publisher.models.ledger import Event
from social_publisher.notices.choices import Choice, all_choices, choose
from social_publisher.notices.fan_out import about, fan_out, raise_from_audit
from social_publisher.notices.inbox import KEPT, mark_read, prune, recent_notices, unread_count
from social_publisher.notices.webhooks import body_of
from tests.factories import (
    approve,
    edit,
    make_approver,
    make_campaign,
    make_channel,
    make_correction,
    make_delivery,
    make_editor,
    make_post,
    make_user,
)

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def tell(kind: str, **about: Any) -> Alert:
    Alert.objects.tell(kind, timezone.now(), "Because.", **about)
    assert fan_out(timezone.now()) == 1
    return Alert.objects.order_by("-pk")[0]


def told(alert: Alert) -> set[Any]:
    return {notice.person for notice in alert.notices.select_related("person")}


@pytest.fixture
def staff() -> dict[str, Any]:
    roles = {"approver": "Approvers", "manager": "Channel managers", "auditor": "Auditors", "analyst": "Analysts"}
    people = {name: make_user(role) for name, role in roles.items()}
    gone = make_approver()
    gone.is_active = False
    gone.save()
    return {**people, "author": make_editor(), "editor": make_editor(), "stranger": make_user("Moderators")}


AUDIENCE = {
    "to_approve": {"approver"},
    "rejected": {"author", "editor"},
    "published": {"author", "editor"},
    "refused": {"author", "editor", "approver", "manager"},
    "unknown": {"author", "editor", "approver", "manager"},
    "missed": {"author", "editor", "approver", "manager"},
    "needs_person": {"author", "editor", "approver", "manager"},
    "stopped": {"author", "editor", "approver", "manager"},
    "stuck": {"approver", "manager"},
    "channel_paused": {"approver", "manager"},
    "expiring": {"approver", "manager"},
    "protection": {"approver", "manager"},
    "foreign_post": {"approver", "manager"},
    "gone": {"author", "editor", "approver", "manager"},
    "launch": {"author", "editor", "approver", "manager"},
    "takedown": {"author", "editor", "approver", "manager"},
    "break_glass": {"author", "editor", "approver", "manager", "auditor"},
    "unsigned": {"approver", "manager"},
}


def test_each_kind_is_told_to_those_it_concerns(staff: dict[str, Any]) -> None:
    post = make_post(author=staff["author"])
    post.current().save_revision(user=staff["editor"])
    post = Post.objects.get(pk=post.pk)
    on_channel = {"channel_paused", "expiring", "foreign_post", "protection"}
    names = {person.pk: name for name, person in staff.items()}
    for kind in Alert.Kind.values:
        alert = tell(kind, **({"channel": make_channel()} if kind in on_channel else {"post": post}))
        assert {names[person.pk] for person in told(alert)} == AUDIENCE[kind], kind


def test_a_correction_leads_whoever_may_approve_it_to_its_review() -> None:
    author, other = make_approver(), make_approver()
    correction = make_correction(make_campaign(), author=author, approver=False)
    fan_out(timezone.now())
    notice = Notice.objects.get()
    assert (notice.person, notice.about) == (other, str(correction))
    assert notice.url == reverse("wagtailsnippets_social_publisher_correction:review", args=[correction.pk])
    make_correction(correction.campaign, author=author)
    assert fan_out(timezone.now()) == 0, "an approved correction waits for nobody"


@pytest.mark.parametrize("what", ["channel", "campaign", "everything"])
def test_whoever_pauses_has_the_others_told_once_what_and_why(what: str) -> None:
    manager, approver = make_user("Channel managers"), make_approver()
    scope: dict[str, Any] = {
        "channel": {"channel": make_channel(name="Sofia")},
        "campaign": {"campaign": make_campaign()},
    }
    for _again in range(2):
        pausing.pause(reason="The account was lost.", user=approver, **scope.get(what, {}))
    assert fan_out(timezone.now()) == 1
    notice = Notice.objects.get(person=manager)
    assert notice.kind == "channel_paused"
    assert f"The account was lost. ({approver.username})" in notice.words
    told = {"channel": "Sofia", "campaign": str(scope["campaign"]["campaign"]), "everything": "Everything is paused"}
    assert told[what] in f"{notice.about} {notice.words}"


def test_nobody_is_asked_to_approve_their_own_work() -> None:
    author, editor, other = make_approver(), make_user(superuser=True), make_approver()
    post = make_post(author=author)
    post.current().save_revision(user=editor)
    assert told(tell("to_approve", post=Post.objects.get(pk=post.pk))) == {other}


def test_a_notice_leads_where_the_person_can_see_to_it(staff: dict[str, Any]) -> None:
    delivery = make_delivery(author=staff["author"])
    Alert.objects.raise_for("needs_person", [delivery.pk], NOW, "The answer did not come.")
    fan_out(NOW)
    urls = {notice.person: notice.url for notice in Notice.objects.select_related("person")}
    assert urls[staff["approver"]] == f"/admin/social/queue/decide/{delivery.pk}/"
    assert urls[staff["author"]] == f"/admin/snippets/social_publisher/post/edit/{delivery.post_id}/"
    assert (
        tell("to_approve", post=delivery.post).notices.first().url == f"/admin/social/queue/review/{delivery.post_id}/"
    )
    channel = tell("expiring", channel=delivery.channel)
    urls = {notice.person: notice.url for notice in channel.notices.select_related("person")}
    assert urls[staff["manager"]] == f"/admin/snippets/social_publisher/channel/edit/{delivery.channel_id}/"
    assert urls[staff["approver"]] == "/admin/social/queue/"


def test_each_person_is_told_as_they_chose(staff: dict[str, Any]) -> None:
    author = staff["author"]
    choose(author, {"rejected": Choice(False, "off"), "published": Choice(True, "digest")})
    choose(staff["editor"], {"rejected": Choice(False, "at_once")})
    choose(staff["auditor"], {"break_glass": Choice(False, "off")})
    post = make_post(author=author)
    post.current().save_revision(user=staff["editor"])
    post = Post.objects.get(pk=post.pk)
    alert = tell("rejected", post=post)
    assert [(notice.person, notice.shown, notice.mail) for notice in alert.notices.all()] == [
        (staff["editor"], False, "at_once")
    ]
    published = tell("published", post=post).notices.get(person=author)
    assert (published.shown, published.mail) == (True, "digest")
    glass = tell("break_glass", post=post).notices.get(person=staff["auditor"])
    assert (glass.shown, glass.mail) == (True, "off")
    choose(author, {kind: Choice(True, "at_once") for kind in ("rejected",)})
    assert not NoticeChoice.objects.filter(person=author, kind="rejected").exists()
    assert all_choices(author)["published"] == Choice(True, "digest")


def test_what_the_ledger_publishes_is_told_once_from_the_audit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "SETTLED", "true")
    delivery, lost = make_delivery(), make_delivery()
    carry([delivery.pk], clock=lambda: delivery.due_at)
    assert raise_from_audit(NOW) == 0  # not sealed yet
    lease = {"lease_until": lost.due_at}
    Delivery.objects.move(Event.ARM, [lost.pk], at=NOW, owner=lost.post.translation_key, **lease)
    Delivery.objects.move(Event.LOST, [lost.pk], at=NOW)
    sealing.seal_all()
    assert raise_from_audit(NOW) == 2
    assert raise_from_audit(NOW) == 0
    assert set(Alert.objects.values_list("kind", "delivery")) == {("published", delivery.pk), ("unknown", lost.pk)}
    fan_out(NOW)
    assert Notice.objects.get(kind="published").person == delivery.post.author


def test_an_alert_is_fanned_out_once() -> None:
    make_approver()
    late = make_delivery()
    mark_missed(late.cut_off_at)
    assert fan_out(NOW) == 1
    count = Notice.objects.count()
    assert (fan_out(NOW), Notice.objects.count()) == (0, count)


def test_publications_wait_for_everything_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("social_publisher.notices.fan_out.BATCH", 2)
    post = make_post()
    for kind in ("published", "published", "published", "rejected"):
        Alert.objects.tell(kind, timezone.now(), "", post=post)
    fan_out(NOW)
    assert Notice.objects.filter(kind="rejected").count() == 1
    assert Alert.objects.filter(told_at=None, kind="published").count() == 2


def test_a_batch_costs_the_same_however_large(django_assert_max_num_queries: Any) -> None:
    posts = [make_post() for _number in range(4)]
    for _number in range(3):
        make_approver()
    for post in posts:
        for kind in ("refused", "to_approve", "break_glass"):
            Alert.objects.tell(kind, NOW, "", post=post)
    with django_assert_max_num_queries(14):
        assert fan_out(NOW) == 12


def test_reading_counts_down_and_touches_nobody_elses() -> None:
    one, other = make_approver(), make_approver()
    post = make_post()
    service.submit(post, post.author)
    Alert.objects.all().delete()  # what submitting told
    for _number in range(3):
        tell("to_approve", post=post)
    assert (unread_count(one), unread_count(other)) == (3, 3)
    newest = recent_notices(one, 2)
    assert [notice.about for notice in newest] == [str(post)] * 2
    assert mark_read(other, NOW, pk=newest[0].pk) == 0
    assert mark_read(one, NOW, pk=newest[0].pk) == 1
    assert mark_read(one, NOW, up_to=newest[1].pk) == 2
    assert (unread_count(one), unread_count(other)) == (0, 3)


def test_old_ones_are_forgotten() -> None:
    make_approver()
    tell("to_approve", post=make_post())
    assert prune(timezone.now()) == 0
    assert prune(timezone.now() + KEPT) > 0
    assert not Alert.objects.exists()
    assert not Notice.objects.exists()


def test_a_notice_names_the_post_in_the_words_it_is_about() -> None:
    post = make_post(text="Ask where it comes from.")
    approve(post)
    edit(Post.objects.get(pk=post.pk), "Ask who earns from it.", post.author)
    post = Post.objects.get(pk=post.pk)
    assert about(Alert(kind="to_approve", post=post)) == "Ask who earns from it."
    assert about(Alert(kind="published", post=post)) == "Ask where it comes from."


def test_a_webhook_does_not_tell_a_draft_that_has_become_another_campaigns() -> None:
    post = make_post(text="Ask where it comes from.")
    approve(post)
    content = Post.objects.get(pk=post.pk).current()
    content.text, content.campaign = "A victim is safe.", make_campaign()
    content.save_revision(user=post.author)
    alert = Alert.objects.create(kind="to_approve", post=Post.objects.get(pk=post.pk), created_at=timezone.now())
    assert "A victim is safe." not in body_of(alert)
