"""A correction that leaves with a takedown: where the post was, in exactly its approved words, once."""

from __future__ import annotations

import pytest

from social_publisher.approval import service
from social_publisher.delivery.recall import carry_steps
from social_publisher.delivery.takedown import TakedownError, take_down
from social_publisher.delivery.worker import carry
from social_publisher.models import Approval, Correction, Delivery, RehearsalPost, Takedown
from tests.factories import make_approver, make_correction, make_post
from tests.integration.takedown.conftest import Stubborn, published

pytestmark = pytest.mark.django_db


def test_a_correction_leaves_where_the_post_was(network: Stubborn) -> None:
    post, person = published("x", "mastodon"), make_approver()
    correction = make_correction(post.campaign)
    takedown = take_down(post, person, "Wrong.", correction=correction)
    carry_steps()
    said = Delivery.objects.filter(post=takedown.correction_post)
    carry(list(said.values_list("pk", flat=True)))
    assert set(said.values_list("state", flat=True)) == {"published"}
    assert list(RehearsalPost.objects.values_list("text", flat=True)) == [correction.text] * 2
    approval = Approval.objects.get(post=takedown.correction_post)
    assert (approval.author, approval.approver) == (correction.author, correction.approver)
    assert person not in {approval.author, approval.approver}
    service.void_if_changed(takedown.correction_post_id)
    approval.refresh_from_db()
    assert approval.stands


def test_its_author_may_be_the_one_who_takes_down(network: Stubborn) -> None:
    post, author = published("x"), make_approver()
    correction = make_correction(post.campaign, author=author)
    assert take_down(post, author, "Wrong.", correction=correction).correction_post is not None


def test_one_that_stands_no_more_stops_the_takedown_before_it_begins(network: Stubborn) -> None:
    post = published("x")
    correction = make_correction(post.campaign)
    Correction.objects.filter(pk=correction.pk).update(text="Changed.")
    with pytest.raises(TakedownError):
        take_down(post, make_approver(), "Wrong.", correction=correction)
    assert not Takedown.objects.exists()
    assert Approval.objects.get().stands


def test_another_campaigns_correction_is_refused(network: Stubborn) -> None:
    post, other = published("x"), make_post()
    with pytest.raises(TakedownError, match="another campaign"):
        take_down(post, make_approver(), "Wrong.", correction=make_correction(other.campaign))


def test_a_channel_gets_the_same_correction_once(network: Stubborn) -> None:
    post, person = published("x", "mastodon"), make_approver()
    correction, first = make_correction(post.campaign), Delivery.objects.order_by("pk")[0]
    alone = take_down(post, person, "Wrong there.", correction=correction, only=first)
    whole = take_down(post, person, "Wrong everywhere.", correction=correction)
    said = Delivery.objects.filter(post__in=[alone.correction_post, whole.correction_post])
    assert said.count() == len(set(said.values_list("channel", flat=True))) == 2
    another = make_correction(post.campaign)
    Takedown.objects.update(done_at=post.due_at)
    assert take_down(post, person, "And more.", correction=another).correction_post.variants.count() == 2


def test_nothing_is_said_twice_where_every_channel_has_the_correction(network: Stubborn) -> None:
    post, person = published("x"), make_approver()
    correction = make_correction(post.campaign)
    take_down(post, person, "Wrong there.", correction=correction, only=Delivery.objects.get())
    assert take_down(post, person, "Wrong.", correction=correction).correction_post is None
    assert Delivery.objects.exclude(post=post).count() == 1
