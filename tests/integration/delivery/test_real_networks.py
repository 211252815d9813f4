"""What delivery and a real network's module do together when something goes wrong in between."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from social_publisher.delivery.recover import settle_unknown
from social_publisher.delivery.worker import carry
from social_publisher.models import Channel, Circuit, Credential, Delivery, Pause, RateBudget, Upload
from tests.factories import approve, make_channel, make_delivery, make_image, make_post, make_video
from tests.fakes.http import FakeNetwork
from tests.fakes.install import connected_channel
from tests.integration.delivery.rig import run, settle_fully

pytestmark = pytest.mark.django_db
Serve = Callable[[str], FakeNetwork]
WORDS = {"text": "We are live now.", "link_url": ""}


@pytest.fixture(autouse=True)
def own_media_folder(tmp_path: Any, settings: Any) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


def soon(channel: Channel, **fields: Any) -> Delivery:
    """A delivery due now: the fakes' clock is the wall's."""
    return make_delivery(channel, due_at=timezone.now(), **fields)


def with_video(channel: Channel) -> Delivery:
    video = make_video()
    post = make_post([channel], video=video, video_alt="Noise", due_at=timezone.now())
    approve(post)
    return Delivery.objects.get(post=post)


def test_the_same_words_of_another_post_prove_nothing(serve: Serve) -> None:
    fake = serve("mastodon")
    channel = connected_channel("mastodon", "selec", fake.base)
    first = run(soon(channel, **WORDS))
    second = soon(channel, **WORDS)
    fake.fail("500-before")
    assert run(second).state == "unknown"
    assert settle_fully(timezone.now() + timedelta(minutes=1)) == 1
    second.refresh_from_db()
    assert second.state == "waiting"
    assert run(second, second.next_at + timedelta(seconds=1)).state == "published"
    assert first.remote_id != second.remote_id
    assert len(fake.posts) == 2


def test_a_refused_repetition_of_another_post_is_a_refusal(serve: Serve) -> None:
    fake = serve("linkedin")
    channel = connected_channel("linkedin", "selec", fake.base)
    assert run(soon(channel, **WORDS)).state == "published"
    second = run(soon(channel, **WORDS))
    assert (second.state, "another post" in second.reason) == ("failed", True)
    assert len(fake.posts) == 1


def test_a_refused_repetition_of_itself_is_its_proof(serve: Serve) -> None:
    fake = serve("linkedin")
    delivery = soon(connected_channel("linkedin", "selec", fake.base))
    fake.fail("500-after")
    run(delivery)
    Delivery.objects.filter(pk=delivery.pk).update(state="unknown")
    Delivery.objects.move("absent", [delivery.pk], at=timezone.now(), next_at=timezone.now())
    assert run(delivery, timezone.now() + timedelta(seconds=5)).state == "published"
    assert len(fake.posts) == 1


def test_what_is_put_off_holds_up_no_other_post_of_its_channel(serve: Serve) -> None:
    fake = serve("linkedin")
    channel = connected_channel("linkedin", "selec", fake.base, min_interval=3600)
    video, other = with_video(channel), soon(channel)
    assert run(video).state == "waiting"
    assert run(other, video.due_at + timedelta(seconds=2)).state == "published"
    # Looks at a video are no posts of the day.
    (used,) = RateBudget.objects.get(key=f"channel:{channel.pk}").used.values()
    assert sum(used.values()) == 1


def test_a_video_is_looked_at_often_enough(serve: Serve) -> None:
    delivery = with_video(connected_channel("x", "selec", serve("x").base))
    Delivery.objects.filter(pk=delivery.pk).update(attempts_made=0)
    run(delivery)
    for _look in range(3):
        wait = delivery.next_at - delivery.due_at
        assert wait <= timedelta(minutes=3)
        if run(delivery, delivery.next_at).state == "published":
            break
    assert not Circuit.objects.filter(failures__gt=0).exists()


def test_an_upload_that_is_gone_is_made_again(serve: Serve) -> None:
    fake = serve("bluesky")
    delivery = soon(connected_channel("bluesky", "selec.example", fake.base), image=make_image())
    fake.fail("429:1")
    assert run(delivery).state == "waiting"
    fake.blobs.clear()  # type: ignore[attr-defined]
    assert run(delivery, delivery.next_at).state == "waiting"
    assert not Upload.objects.exists()
    assert run(delivery, delivery.next_at).state == "published"
    assert not Circuit.objects.filter(failures__gt=0).exists()


def test_one_picture_with_two_descriptions_is_two_uploads(serve: Serve) -> None:
    from social_publisher.models import PostImage

    fake = serve("mastodon")
    image = make_image()
    post = make_post([connected_channel("mastodon", "selec", fake.base)], due_at=timezone.now())
    post.images = [PostImage(image=image, alt_text="The left side"), PostImage(image=image, alt_text="The right side")]
    post.save()
    post.save_revision(user=post.author)
    approve(post)
    assert run(Delivery.objects.get()).state == "published"
    assert [media["alt"] for media in fake.posts[0]["media"]] == ["The left side", "The right side"]


def test_a_closed_account_holds_up_no_questions_of_others(serve: Serve) -> None:
    fake = serve("x")
    closed, open_one = (connected_channel("x", handle, fake.base) for handle in ("closed", "open"))
    fake.fail("500-after", "500-after")
    deliveries = [run(soon(channel)) for channel in (closed, open_one)]
    assert [row.state for row in deliveries] == ["unknown", "unknown"]
    closed.credential.delete()
    Channel.objects.filter(pk=closed.pk).update(account_id="1")
    settle_unknown(timezone.now() + timedelta(minutes=5))
    assert Delivery.objects.get(pk=deliveries[1].pk).state == "published"


def test_questions_wait_for_a_permission_that_is_being_renewed(serve: Serve) -> None:
    """After a long outage what opens the account has ended; that is no lost permission."""
    fake = serve("x")
    delivery = soon(connected_channel("x", "selec", fake.base))
    fake.fail("500-after")
    assert run(delivery).state == "unknown"
    Credential.objects.update(expires_at=timezone.now() - timedelta(minutes=1), renews=True)
    fake.control({"revoke": True})
    settle_unknown(timezone.now() + timedelta(minutes=5))
    assert Delivery.objects.get().state == "unknown"
    assert not Pause.objects.exists()
    fake.control({"revoke": False})
    Credential.objects.update(expires_at=timezone.now() + timedelta(hours=2))
    settle_unknown(timezone.now() + timedelta(minutes=6))
    assert Delivery.objects.get().state == "published"


def test_after_a_lost_permission_the_rest_of_a_batch_is_not_tried(serve: Serve) -> None:
    fake = serve("mastodon")
    channel = connected_channel("mastodon", "selec", fake.base)
    rows = [soon(channel, text=f"Number {number}.") for number in range(4)]
    fake.control({"revoke": True})
    carry([row.pk for row in rows], clock=lambda: rows[-1].due_at + timedelta(seconds=1))
    assert [path for method, path in fake.calls if method == "POST"] == ["/api/v1/statuses"]
    assert Pause.objects.filter(channel=channel).exists()
    assert set(Delivery.objects.values_list("state", flat=True)) == {"waiting"}


def test_a_page_of_maintenance_fails_no_post(serve: Serve) -> None:
    assert run(make_delivery(make_channel("x"))).state == "published"
    import httpx

    from social_publisher.networks.errors import TemporaryError
    from social_publisher.networks.facebook.graph import checked

    with pytest.raises(TemporaryError):
        checked(httpx.Response(403, html="<h1>Back soon</h1>"), [])
