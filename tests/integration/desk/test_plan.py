"""The plan shows each post's newest content, whichever way it was written."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from content.records import Campaign
from social_publisher.models import Plan, Post, Variant
from tests.factories import approve, make_approver, make_campaign, make_channel, make_post

pytestmark = pytest.mark.django_db
LATER = timezone.now().replace(microsecond=0) + timedelta(days=3)


def test_a_draft_is_planned_as_its_newest_revision_says() -> None:
    first, second, campaign, other = make_channel(), make_channel(), make_campaign(), make_approver()
    post = make_post([first])
    draft = post.current()
    draft.due_at, draft.text, draft.language, draft.campaign = LATER, "Newer words.", "ro", campaign
    draft.variants = [Variant(channel=second), Variant(channel=first)]
    draft.save_revision(user=other)
    plan = Plan.objects.get(post=post)
    assert (plan.due_at, plan.opening, plan.language, plan.campaign) == (LATER, "Newer words.", "ro", campaign)
    assert plan.channel_ids == [second.pk, first.pk]
    assert (plan.author, plan.editor) == (post.author, other)
    assert Post.objects.get(pk=post.pk).due_at != LATER


def test_an_approved_post_is_planned_as_its_row_says() -> None:
    channel = make_channel()
    post = make_post([channel])
    approve(post)
    post.refresh_from_db()
    plan = Plan.objects.get(post=post)
    assert (plan.due_at, plan.channel_ids) == (post.due_at, [channel.pk])
    Post.objects.filter(pk=post.pk).update(due_at=LATER)
    Variant.objects.filter(post=post).delete()
    plan.refresh_from_db()
    assert (plan.due_at, plan.channel_ids) == (LATER, [])


def test_rows_written_in_bulk_are_planned_and_go_with_their_posts() -> None:
    campaign, channel = make_campaign(), make_channel()
    posts = Post.objects.bulk_create(Post(campaign=campaign, text="é" * 300, due_at=LATER) for _number in range(3))
    Variant.objects.bulk_create(Variant(post=post, channel=channel, sort_order=0) for post in posts)
    assert list(Plan.objects.values_list("due_at", "opening", "channel_ids")) == [(LATER, "é" * 200, [channel.pk])] * 3
    posts[0].delete()
    Post.objects.filter(pk=posts[1].pk).delete()
    assert [plan.post_id for plan in Plan.objects.all()] == [posts[2].pk]


def test_a_draft_without_a_time_has_none() -> None:
    post = make_post()
    draft = post.current()
    draft.due_at = None
    draft.save_revision(clean=False)
    assert Plan.objects.get(post=post).due_at is None


def test_a_restored_revision_is_what_is_planned() -> None:
    post = make_post(text="First words.")
    first = post.latest_revision
    draft = post.current()
    draft.text = "Second words."
    draft.save_revision(user=post.author)
    first.as_object().save_revision(user=post.author)
    assert Plan.objects.get(post=post).opening == "First words."


def test_it_holds_neither_its_people_nor_its_campaign() -> None:
    post, campaign = make_post(), make_campaign()
    draft = post.current()
    draft.campaign = campaign
    draft.save_revision(user=make_approver())
    Plan.objects.get(post=post).editor.delete()
    Campaign.objects.get(pk=campaign.pk).delete()
    assert Plan.objects.get(post=post).opening == post.text
