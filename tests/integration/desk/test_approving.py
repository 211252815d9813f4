"""Reviewing, approving several at once, and sending at once, on their screens."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from social_publisher.approval import service
from social_publisher.approval.waiting import count_waiting, is_approver, waiting_for
from social_publisher.delivery import pausing
from social_publisher.desk.status import standing
from social_publisher.models import Approval, BreakGlass, CampaignRules, Delivery, Post, ReviewOpening
from tests.factories import (
    approve,
    digest_of,
    edit,
    make_alert,
    make_approver,
    make_campaign,
    make_editor,
    make_post,
    make_user,
    send_at_once,
    submitted,
)
from tests.integration.desk.test_screens import signed_in

pytestmark = pytest.mark.django_db
INDEX = "social_approvals:index"


def review(client: Client, post: Post) -> Any:
    return client.get(reverse("social_queue:review", args=[post.pk]))


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_the_review_shows_what_is_new_since_the_last_approval() -> None:
    post = make_post(text="Ask where it comes from.")
    approve(post)
    edit(post, "Ask who earns from it.")
    service.submit(Post.objects.get(pk=post.pk), post.author)
    html = review(signed_in(make_approver()), post).content.decode()
    assert '<ins><span class="w-sr-only">added: </span>who earns from it.' in html
    assert '<del><span class="w-sr-only">removed: </span>where it comes from.' in html
    assert "Wrote it" in html


@pytest.mark.parametrize("button", ["request_changes", "reject"])
def test_a_no_without_a_comment_is_asked_for_one_beside_the_field(button: str) -> None:
    post = submitted()
    client = signed_in(make_approver())
    answer = client.post(reverse("social_queue:review", args=[post.pk]), {"seen": digest_of(post), button: "1"})
    assert "the author has to know why" in answer.content.decode()
    assert Post.objects.get(pk=post.pk).workflow_in_progress


@pytest.mark.parametrize(
    ("button", "told"), [("request_changes", "can change it and submit it again"), ("reject", "It is a draft again")]
)
def test_a_no_is_told_for_what_it_is(button: str, told: str) -> None:
    post = submitted()
    fields = {"seen": digest_of(post), button: "1", "comment": "Name the source."}
    answer = signed_in(make_approver()).post(reverse("social_queue:review", args=[post.pk]), fields, follow=True)
    assert told in answer.content.decode()
    assert not Post.objects.get(pk=post.pk).workflow_in_progress


def test_what_was_written_stays_where_the_post_changed_meanwhile() -> None:
    post, client = submitted(), signed_in(make_approver())
    seen = review(client, post).context["form"]["seen"].value()
    edit(post, "Something else.")
    fields = {"seen": seen, "approve": "1", "comment": "Name the source."}
    answer = client.post(reverse("social_queue:review", args=[post.pk]), fields)
    assert not Approval.objects.exists()
    form = answer.context["form"]
    assert (form["seen"].value(), form["comment"].value()) == (digest_of(post), "Name the source.")
    assert "Something else." in answer.content.decode()


def test_several_are_approved_only_as_they_were_opened() -> None:
    opened, unopened, changed = (submitted(text=f"{word}.") for word in ("Opened", "Unopened", "Changed"))
    client = signed_in(make_approver())
    review(client, opened)
    review(client, changed)
    edit(changed, "Changed since.")
    html = client.get(reverse(INDEX)).content.decode()
    for badge in ("Opened", "Not opened yet", "Changed since you opened it"):
        assert f">{badge}</span>" in html
    ids = [opened.pk, unopened.pk, changed.pk]
    answer = words(client.post(reverse(INDEX), {"post": ids}, follow=True))
    assert "Approved: “Opened.”." in answer
    assert "“Unopened.” is not approved. You have not opened it yet." in answer
    assert "“Changed since.” is not approved. It has changed since you opened it." in answer
    assert Approval.objects.get().post == opened


def test_nothing_ticked_or_not_waiting_any_more_is_said() -> None:
    client, post = signed_in(make_approver()), submitted()
    assert "Tick the posts" in words(client.post(reverse(INDEX), follow=True))
    service.approve(post, make_approver(), digest_of(post))
    assert "does not wait for you any more" in words(client.post(reverse(INDEX), {"post": [post.pk, "x"]}, follow=True))


def test_an_editor_neither_decides_nor_opens_for_deciding() -> None:
    post, editor = submitted(), make_editor()
    client = signed_in(editor)
    review(client, post)
    assert not ReviewOpening.objects.exists()
    assert "Your role does not approve posts." in client.get(reverse(INDEX)).content.decode()
    assert (is_approver(editor), count_waiting(editor), waiting_for(editor, 10)) == (False, 0, [])


def test_what_waits_is_nobodys_own_and_told_in_the_menu() -> None:
    approver = make_approver()
    submitted(author=approver)
    submitted(text="In the row.")
    post = submitted(text="Somebody else wrote this.")
    client = signed_in(approver)
    assert "To approve (2)" in client.get(reverse(INDEX)).content.decode()
    assert post in [row.post for row in waiting_for(approver, 10)]
    assert "To approve" not in signed_in(make_editor()).get(reverse(INDEX)).content.decode()


def test_a_superuser_is_asked_too() -> None:
    submitted()
    assert count_waiting(make_user(superuser=True)) == 1


def test_the_list_asks_the_database_the_same_however_long_it_is(django_assert_max_num_queries: Any) -> None:
    approver = make_approver()
    for _number in range(4):
        submitted()
    with django_assert_max_num_queries(5):
        assert len(waiting_for(approver, 50)) == 4


def test_two_of_three_is_told_on_every_screen() -> None:
    campaign = make_campaign()
    CampaignRules.objects.create(campaign=campaign, second_level=True)
    post, first, second = submitted(campaign=campaign), make_approver(), make_approver()
    assert "0 of 2 approved." in review(signed_in(second), post).content.decode()
    fields = {"seen": digest_of(post), "approve": "1"}
    answer = signed_in(first).post(reverse("social_queue:review", args=[post.pk]), fields, follow=True)
    assert "the first of two" in answer.content.decode()
    assert count_waiting(first) == 0
    assert "You have approved it. It needs one more person." in review(signed_in(first), post).content.decode()
    html = review(signed_in(second), post).content.decode()
    assert "1 of 2 approved." in html
    assert first.username in html
    assert "1 of 2 approved" in signed_in(second).get(reverse(INDEX)).content.decode()
    assert standing(Post.objects.get(pk=post.pk)).word == "1 of 2 approved"
    signed_in(second).post(reverse("social_queue:review", args=[post.pk]), fields)
    assert Approval.objects.get().second_approver == second


def test_ticking_says_of_the_first_of_two_that_one_more_is_needed() -> None:
    campaign = make_campaign()
    CampaignRules.objects.create(campaign=campaign, second_level=True)
    post, first = submitted(campaign=campaign), make_approver()
    client = signed_in(first)
    review(client, post)
    answer = client.post(reverse(INDEX), {"post": post.pk}, follow=True).content.decode()
    assert "the first of two" in answer
    assert "Approved: " not in answer


def glass_fields(post: Post, **changes: str) -> dict[str, str]:
    return {
        "seen": digest_of(post),
        "reason": "A poisoned batch is on sale today.",
        "confirmation": post.campaign.code,
        **changes,
    }


def test_an_alert_is_sent_at_once_undone_or_signed_off() -> None:
    post, sender, second = make_alert(), make_approver(), make_approver()
    client = signed_in(sender)
    address = reverse("social_approvals:break_glass", args=[post.pk])
    assert reverse("social_approvals:break_glass", args=[post.pk]) in review(client, post).content.decode()
    assert f"Type {post.campaign.code} to confirm" in client.get(address).content.decode()
    answer = client.post(address, glass_fields(post), follow=True)
    assert "Undo: do not send it" in answer.content.decode()
    assert "You sent it, wrote it or edited it last." in answer.content.decode()
    sent = reverse("social_approvals:sent", args=[BreakGlass.objects.get().pk])
    assert standing(Post.objects.get(pk=post.pk)).word == "Not signed off"
    other = signed_in(second)
    assert "Not signed off" in other.get(reverse(INDEX)).content.decode()
    other.post(sent, {"sign": "1", "comment": "Right."})
    assert Approval.objects.get().approver == second
    assert "Not signed off" not in other.get(reverse(INDEX)).content.decode()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"reason": "Because."}, "at least 20 characters"),
        ({"confirmation": "yes"}, "exactly so"),
        ({"seen": "0" * 64}, "changed while you were looking"),
    ],
)
def test_sending_at_once_asks_for_reason_and_confirmation(changes: dict[str, str], told: str) -> None:
    post = make_alert()
    address = reverse("social_approvals:break_glass", args=[post.pk])
    answer = signed_in(make_approver()).post(address, glass_fields(post, **changes), follow=True)
    assert told in answer.content.decode()
    assert not Approval.objects.exists()


def test_what_is_no_alert_has_no_such_button() -> None:
    post = make_post()
    client = signed_in(make_approver())
    assert "send at once" not in review(client, post).content.decode()
    html = client.get(reverse("social_approvals:break_glass", args=[post.pk])).content.decode()
    assert "Only an alert can be sent" in html
    assert 'name="confirmation"' not in html


def test_an_undone_alert_says_so() -> None:
    broken = send_at_once(make_alert())
    client = signed_in(make_approver())
    answer = client.post(reverse("social_approvals:sent", args=[broken.pk]), {"undo": "1"}, follow=True)
    assert "Undone. Nothing of it left." in answer.content.decode()
    assert Delivery.objects.get().state == "cancelled"


def test_an_editor_can_neither_undo_nor_sign() -> None:
    broken = send_at_once(make_alert())
    client, address = signed_in(make_editor()), reverse("social_approvals:sent", args=[broken.pk])
    html = client.get(address).content.decode()
    assert 'name="undo"' not in html
    assert 'name="sign"' not in html
    for button in ("undo", "sign", "object"):
        client.post(address, {button: "1", "comment": "x"})
    broken.refresh_from_db()
    assert (broken.undone_at, broken.signed_off_at, Delivery.objects.get().state) == (None, None, "waiting")


def test_an_objection_needs_its_comment_and_offers_the_way_out() -> None:
    broken = send_at_once(make_alert())
    client, address = signed_in(make_approver()), reverse("social_approvals:sent", args=[broken.pk])
    assert "others have to act on it" in client.post(address, {"object": "1"}).content.decode()
    answer = client.post(address, {"object": "1", "comment": "Wrong figure."}, follow=True).content.decode()
    assert "objects:" in answer
    assert "Take it back or correct it" in answer


def test_a_pause_says_that_it_holds_an_alert() -> None:
    post = make_alert()
    pausing.pause(reason="Account incident", user=None, channel=post.variants.get().channel)
    html = signed_in(make_approver()).get(reverse("social_approvals:break_glass", args=[post.pk])).content.decode()
    assert "is paused: Account incident. It waits there until somebody resumes it." in html


def test_what_was_changed_since_is_shown_as_it_was_sent() -> None:
    broken = send_at_once(make_alert(text="As it was sent."), now=timezone.now())
    edit(Post.objects.get(), "As it is now.")
    html = signed_in(make_approver()).get(reverse("social_approvals:sent", args=[broken.pk])).content.decode()
    assert "As it was sent." in html
