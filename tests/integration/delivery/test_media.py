"""Pictures, videos and cards as they leave: fitted to each network, uploaded once, waited for, seen by two people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.utils import timezone
from PIL import Image

from content.pages import StandardPage
from media.models import CampaignImage, CampaignVideo
from media.renditions import fitted
from social_publisher.approval.package import build_package
from social_publisher.models import Channel, Circuit, Delivery, Post, Upload
from tests.factories import (
    approve,
    make_campaign,
    make_channel,
    make_delivery,
    make_editor,
    make_image,
    make_post,
    make_video,
)
from tests.fakes.http import FakeNetwork
from tests.fakes.install import connected_channel
from tests.integration.delivery.rig import run
from tests.pages import make_home
from tests.support import samples

pytestmark = pytest.mark.django_db
Serve = Callable[[str], FakeNetwork]


@pytest.fixture(autouse=True)
def own_media_folder(tmp_path: Any, settings: Any) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


def noise(side: int = 2600) -> CampaignImage:
    """A picture that no compression makes small."""
    pixels = Image.effect_noise((side, side), 90).convert("RGB")
    from io import BytesIO

    target = BytesIO()
    pixels.save(target, format="JPEG", quality=95)
    return make_image(title="Noise", file=ImageFile(ContentFile(target.getvalue()), name="noise.jpg"))


def with_video(channel: Channel) -> Delivery:
    post = make_post([channel], video=make_video(), video_alt="Noise")
    approve(post)
    return Delivery.objects.get(post=post)


def test_a_picture_is_the_best_that_the_network_takes() -> None:
    image = noise()
    best, light = fitted(image, 2048, 50_000_000), fitted(image, 2000, 1_000_000)
    assert best.width == 2048
    assert light.width <= 1600
    assert light.file.size <= 1_000_000 < best.file.size
    with Image.open(best.file.path) as opened:
        assert not opened.getexif()


def test_each_network_gets_the_picture_it_takes_and_both_people_see_it(serve: Serve) -> None:
    x, bluesky = serve("x"), serve("bluesky")
    channels = [connected_channel("x", "selec", x.base), connected_channel("bluesky", "selec.example", bluesky.base)]
    post = make_post(channels, image=noise())
    by_network = {parcel.channel.network: parcel.composed.attachments[0] for parcel in build_package(post).parcels}
    assert by_network["x"].width > by_network["bluesky"].width
    assert by_network["bluesky"].size <= 1_000_000
    approval = approve(post)
    seen = {parcel["channel"][0]: parcel["attachments"][0]["sha256"] for parcel in approval.package["parcels"]}
    assert seen == {slug: attachment.sha256 for slug, attachment in by_network.items()}
    assert [run(row).state for row in Delivery.objects.all()] == ["published", "published"]


@pytest.mark.parametrize("slug", ["x", "mastodon", "linkedin", "facebook"])
def test_a_video_is_waited_for_and_uploaded_once(serve: Serve, slug: str) -> None:
    fake = serve(slug)
    delivery = with_video(connected_channel(slug, "selec", fake.base))
    looks = 0
    delivery = run(delivery)
    while delivery.state == "waiting":
        assert "still processing" in delivery.reason
        assert fake.posts == []
        looks += 1
        assert looks < 10
        delivery = run(delivery, delivery.next_at)
    assert delivery.state == "published", delivery.reason
    assert looks > 0
    assert Upload.objects.count() == 1
    assert [item["kind"] for item in fake.posts[0]["media"]] == ["video"]
    assert not Circuit.objects.filter(failures__gt=0).exists()


def test_a_video_and_pictures_do_not_go_together(serve: Serve) -> None:
    post = make_post([make_channel("x")], video=make_video(), video_alt="Noise", image=noise(300))
    assert "mixed-media" in [problem.code for problem in build_package(post).problems(timezone.now())]


def test_a_video_without_a_description_is_not_sent() -> None:
    post = make_post([make_channel("x")], video=make_video())
    assert "no-alt-text" in [problem.code for problem in build_package(post).problems(timezone.now())]


def test_a_changed_video_takes_the_approval_back(django_capture_on_commit_callbacks: Any) -> None:
    delivery = with_video(make_channel("x"))
    video = CampaignVideo.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        video.file = ContentFile(samples.mp4(5), name="other.mp4")
        video.save()
    delivery.refresh_from_db()
    assert delivery.state == "cancelled"
    assert "video was changed" in delivery.reason


@pytest.fixture
def page() -> StandardPage:
    made = StandardPage(title="What to ask", slug="what-to-ask", summary="Three questions.", image=noise(900))
    make_home().add_child(instance=made)
    return made


def announcing(channel: Channel, page: StandardPage, **fields: Any) -> Post:
    return make_post([channel], link_url="", link_page=page.page_ptr, campaign=make_campaign(), **fields)


def test_a_card_shows_the_pages_title_summary_and_picture(serve: Serve, page: StandardPage) -> None:
    fake = serve("bluesky")
    post = announcing(connected_channel("bluesky", "selec.example", fake.base), page)
    approve(post)
    delivery = run(Delivery.objects.get())
    assert delivery.state == "published", delivery.reason
    assert fake.posts[0]["card"]["title"] == "What to ask"
    assert fake.posts[0]["card"]["url"] == delivery.short_link.url
    assert len(fake.uploads) == 1


def test_an_editors_words_come_before_the_pages(serve: Serve, page: StandardPage) -> None:
    channel = connected_channel("bluesky", "selec.example", serve("bluesky").base)
    card = build_package(announcing(channel, page, link_title="Ask", link_description="Now.")).parcels[0].composed.card
    assert card is not None
    assert (card.title, card.description) == ("Ask", "Now.")


def test_a_renamed_page_takes_the_approval_back(
    serve: Serve, page: StandardPage, django_capture_on_commit_callbacks: Any
) -> None:
    approve(announcing(connected_channel("bluesky", "selec.example", serve("bluesky").base), page))
    page.title = "Something nobody approved"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision(user=make_editor()).publish()
    assert Delivery.objects.get().state == "cancelled"


def test_the_price_of_a_post_is_fixed_when_it_is_approved(serve: Serve, settings: Any) -> None:
    settings.PUBLIC_BASE_URL = "https://campaigns.example.org"
    channel = connected_channel("x", "selec", serve("x").base)
    with_link, without = make_delivery(channel), make_delivery(channel, link_url="", text="No link at all.")
    assert (with_link.price, without.price) == (Decimal("0.2000"), Decimal("0.0150"))
    assert make_delivery(make_channel("x")).price is None


def test_a_processed_video_does_not_use_up_its_time(serve: Serve) -> None:
    """A post put off for its video is still held to its latest useful time."""
    fake = serve("x")
    delivery = run(with_video(connected_channel("x", "selec", fake.base)))
    assert delivery.next_at - delivery.due_at < timedelta(minutes=1)
    assert delivery.cut_off_at == delivery.due_at + timedelta(minutes=delivery.post.useful_minutes)
