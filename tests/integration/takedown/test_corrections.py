"""A correction is approved once, by another person, for exactly its words; nothing else ever leaves under it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from social_publisher.approval import corrections
from social_publisher.approval.errors import ApprovalError, ChangedError, NotSendableError, OwnWorkError
from social_publisher.approval.prepared import approve_prepared, post_correction
from social_publisher.delivery.worker import carry
from social_publisher.models import Alert, Approval, AuditEvent, Blackout, CampaignRules, Correction, Delivery, Post
from tests.factories import (
    approve,
    make_approver,
    make_campaign,
    make_channel,
    make_correction,
    make_editor,
    make_post,
    make_user,
)
from tests.integration.desk.test_screens import signed_in

pytestmark = pytest.mark.django_db
ADD = "wagtailsnippets_social_publisher_correction:add"
EDIT = "wagtailsnippets_social_publisher_correction:edit"
REVIEW = "wagtailsnippets_social_publisher_correction:review"


def seen(correction: Correction) -> str:
    return corrections.digest_of(correction.language, correction.text)


def prepared(correction: Correction, **changes: Any) -> Post:
    """An unapproved post that says the correction, or nearly."""
    values = {"campaign": correction.campaign, "text": correction.text, "language": correction.language, "link_url": ""}
    return make_post([make_channel()], due_at=timezone.now(), **{**values, **changes})


def test_another_person_approves_it_on_the_screens() -> None:
    editor, approver, campaign = make_editor(), make_approver(), make_campaign()
    fields = {"campaign": campaign.pk, "name": "Wrong number", "language": "en", "text": " The number was wrong.\r\n "}
    assert signed_in(editor).post(reverse(ADD), fields).status_code == 302
    correction = Correction.objects.get()
    assert (correction.author, correction.text) == (editor, "The number was wrong.")
    assert not corrections.stands(correction)
    assert Alert.objects.get(correction__name="Wrong number").words.count("Wrong number") == 1
    address = reverse(REVIEW, args=[correction.pk])
    page = signed_in(approver).get(address)
    assert "The number was wrong." in page.content.decode()
    signed_in(approver).post(address, {"seen": page.context["seen"]})
    correction.refresh_from_db()
    assert corrections.stands(correction)
    assert AuditEvent.objects.filter(action="correction.approved", actor=approver).exists()


@pytest.mark.parametrize("superuser", [False, True])
def test_nobody_approves_what_they_wrote_or_changed_last(superuser: bool) -> None:
    person = make_user(superuser=True) if superuser else make_approver()
    correction = make_correction(make_campaign(), author=person, approver=False)
    with pytest.raises(OwnWorkError):
        corrections.approve(correction, person, seen(correction))
    corrections.save(correction, make_editor())
    corrections.approve(correction, person, seen(correction))
    correction.refresh_from_db()
    corrections.save(correction, person)
    assert correction.approved_at is None
    with pytest.raises(OwnWorkError):
        corrections.approve(correction, person, seen(correction))


def test_the_table_itself_refuses_an_author_as_approver() -> None:
    correction = make_correction(make_campaign(), approver=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        Correction.objects.filter(pk=correction.pk).update(approver=correction.author, approver_name="x")


def test_an_editor_does_not_approve() -> None:
    correction, editor = make_correction(make_campaign(), approver=False), make_editor()
    with pytest.raises(ApprovalError):
        corrections.approve(correction, editor, seen(correction))
    signed_in(editor).post(reverse(REVIEW, args=[correction.pk]), {"seen": seen(correction)})
    correction.refresh_from_db()
    assert not corrections.stands(correction)


@pytest.mark.parametrize("change", [{"text": "Our last post was wrong. We are sorry!"}, {"language": "ro"}])
def test_a_change_on_any_path_takes_the_approval_back(change: dict[str, str]) -> None:
    correction = make_correction(make_campaign())
    Correction.objects.filter(pk=correction.pk).update(**change)
    correction.refresh_from_db()
    assert not corrections.stands(correction)
    # Past the screens nobody is its author: it is saved again before anybody approves it.
    with pytest.raises(ChangedError, match="save it again"):
        corrections.approve(correction, make_approver(), seen(correction))


def test_an_edit_on_the_screen_takes_the_approval_back_and_looking_does_not() -> None:
    correction, editor = make_correction(make_campaign()), make_editor()
    fields = {"campaign": correction.campaign_id, "name": correction.name, "language": "en", "text": correction.text}
    signed_in(editor).post(reverse(EDIT, args=[correction.pk]), fields)
    correction.refresh_from_db()
    assert corrections.stands(correction)
    signed_in(editor).post(reverse(EDIT, args=[correction.pk]), {**fields, "name": "Another name"})
    correction.refresh_from_db()
    assert (correction.author, corrections.stands(correction)) == (editor, False)


def test_what_was_seen_is_what_is_approved() -> None:
    correction = make_correction(make_campaign(), approver=False)
    before = seen(correction)
    correction.text = "Something else."
    corrections.save(correction, make_editor())
    with pytest.raises(ChangedError, match="looking at it"):
        corrections.approve(correction, make_approver(), before)


@pytest.mark.parametrize("text", ["a" * 501, "Part one.\n---\nPart two.", "See {link}"])
def test_it_is_one_message_that_fits_every_channel_of_its_campaign(text: str) -> None:
    campaign = make_campaign()
    campaign.channels.set([make_channel("mastodon"), make_channel("facebook")])
    fields = {"campaign": campaign.pk, "name": "Long", "language": "en", "text": text}
    assert signed_in(make_editor()).post(reverse(ADD), fields).status_code == 200
    assert not Correction.objects.exists()


def test_lengths_are_told_as_it_is_typed() -> None:
    address = reverse("wagtailsnippets_social_publisher_correction:lengths")
    answer = signed_in(make_editor()).post(address, {"text": "a" * 290, "campaign": ""}).content.decode()
    assert "Too long for X: 290 of 280" in answer
    assert "290 of 300" in answer
    assert signed_in(make_user("Analysts")).post(address, {"text": ""}).status_code in {302, 403}


def test_a_post_of_exactly_these_words_leaves_under_it() -> None:
    correction = make_correction(make_campaign())
    approval = approve_prepared(prepared(correction), correction)
    assert (approval.author, approval.approver) == (correction.author, correction.approver)
    assert Delivery.objects.get().approval == approval


@pytest.mark.parametrize(
    "changes",
    [
        {"text": "Our last post was wrong. We are sorry"},
        {"language": "ro"},
        {"link_url": "https://example.org/"},
        {"content_warning": "Careful"},
        {"campaign": None},
    ],
)
def test_nothing_but_exactly_these_words_leaves_under_it(changes: dict[str, Any]) -> None:
    correction = make_correction(make_campaign())
    with pytest.raises(ChangedError):
        approve_prepared(prepared(correction, **changes), correction)
    assert not Approval.objects.exists()


def test_nothing_leaves_under_one_that_stands_no_more() -> None:
    correction = make_correction(make_campaign())
    post = prepared(correction, text="Other words.")
    Correction.objects.filter(pk=correction.pk).update(text="Other words.")
    with pytest.raises(ChangedError):
        approve_prepared(post, correction)


def test_an_edit_after_it_left_for_the_ledger_stops_it(django_capture_on_commit_callbacks: Any) -> None:
    correction = make_correction(make_campaign())
    post = post_correction(correction, [make_channel()], timezone.now())
    with django_capture_on_commit_callbacks(execute=True):
        post.text += " Really."
        post.save_revision(user=make_editor())
    assert Delivery.objects.get().state == "cancelled"


def test_it_leaves_only_where_it_fits() -> None:
    correction = make_correction(make_campaign(), text="a" * 290)
    wide, narrow = make_channel("mastodon"), make_channel("x")
    post = post_correction(correction, [wide, narrow], timezone.now())
    assert [variant.channel for variant in post.variants.all()] == [wide]
    with pytest.raises(NotSendableError):
        post_correction(correction, [narrow], timezone.now())


def test_it_leaves_where_a_third_person_is_asked_for_and_in_a_blackout_too() -> None:
    campaign, now = make_campaign(), timezone.now()
    CampaignRules.objects.create(campaign=campaign, second_level=True)
    Blackout.objects.create(
        name="Vote", kind="election", starts_at=now - timedelta(hours=1), ends_at=now + timedelta(1)
    )
    post = post_correction(make_correction(campaign), [make_channel()], now)
    row = Delivery.objects.get(post=post)
    assert carry([row.pk], clock=lambda: row.due_at) == 1
    row.refresh_from_db()
    assert row.state == "published"


def test_the_database_takes_it_where_a_third_person_is_asked_for() -> None:
    campaign = make_campaign()
    CampaignRules.objects.create(campaign=campaign, second_level=True)
    post_correction(make_correction(campaign), [make_channel()], timezone.now())
    connection.check_constraints()


def test_the_database_refuses_an_approval_in_advance_of_other_words() -> None:
    correction = make_correction(make_campaign())
    post = make_post(campaign=correction.campaign, text="Something else.", link_url="")
    with transaction.atomic():
        Approval.objects.create(
            post=post,
            digest="0" * 64,
            package={},
            revision_id_seen=1,
            author=correction.author,
            author_name=correction.author_name,
            approver=correction.approver,
            approver_name=correction.approver_name,
            in_advance=True,
            approved_at=timezone.now(),
        )
        with pytest.raises(IntegrityError, match="no correction"):
            connection.check_constraints()
        transaction.set_rollback(True)


def test_no_approval_becomes_one_in_advance() -> None:
    approve(make_post())
    with pytest.raises(IntegrityError, match="does not change"), transaction.atomic():
        Approval.objects.update(in_advance=True)
