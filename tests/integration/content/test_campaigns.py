from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client, override_settings
from django.utils import timezone
from wagtail.models import Locale

from content.blocks import SourcedFigureBlock
from content.pages import CampaignPage, OfficialAccountsPage, PressPage, press_kit
from content.records import Campaign
from content.starter import load_starting_content
from content.visibility import Notice
from media.models import CampaignImage
from media.renditions import KIT, make_renditions
from social_publisher.delivery.worker import carry
from social_publisher.models import Channel, Credential, Delivery
from social_publisher.models.ledger import Event
from social_publisher.networks import registry
from social_publisher.networks.rehearsal import RehearsalNetwork
from social_publisher.rehearsal.store import DatabaseWall
from tests.factories import approve, make_channel, make_image, make_post
from tests.support.queries import queries

pytestmark = pytest.mark.django_db
PATH = "/campaigns/against-smuggling/"
FUNDED = "Funded by PMI IMPACT, the global grant initiative of Philip Morris International."


class Live(RehearsalNetwork):
    """A network the public reads, as far as anybody here can tell."""

    slug = "pretend"
    name = "Pretend"
    capabilities = replace(RehearsalNetwork.capabilities, live=True)


@pytest.fixture(scope="module", autouse=True)
def own_media_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Uploads of these tests stay with them."""
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        yield


@pytest.fixture(scope="module", autouse=True)
def starting_content(own_media_folder: None, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The starting content, loaded once for all tests of this file; each test's own changes are taken back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_starting_content()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def campaign() -> Campaign:
    return Campaign.objects.get()


@pytest.fixture
def live(campaign: Campaign) -> Iterator[Channel]:
    """A connected account on a live network, of the campaign."""
    registry.register(Live(DatabaseWall()))
    channel = make_channel("", network="pretend", handle="selec", profile_url="https://pretend.example/selec")
    Credential.objects.create(channel=channel, secret="", connected_at=timezone.now())
    channel.campaigns.add(campaign)
    yield channel
    registry.remove("pretend")


def publish(campaign: Campaign, *channels: Channel, **fields: Any) -> list[Delivery]:
    """A post of the campaign, approved and sent."""
    text = f"{fields.pop('text', 'Ask where it comes from.')} {FUNDED}"
    post = make_post(list(channels) or [make_channel()], campaign=campaign, text=text, **fields)
    approve(post)
    deliveries = list(post.deliveries.all())
    carry([delivery.pk for delivery in deliveries], clock=lambda: deliveries[0].due_at)
    return list(post.deliveries.all())


def make_kit_sizes() -> None:
    """What storing the campaign's picture makes for its press kit."""
    CampaignImage.objects.get().get_renditions(*(size.spec for size in KIT))


def html(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200, path
    return str(response.content.decode())


def test_a_published_post_is_on_the_wall_once_with_every_place_it_is_at(campaign: Campaign) -> None:
    first, second = make_channel("x"), make_channel("mastodon")
    publish(campaign, first, second, text="Look behind the price.", image=make_image())
    for path in (PATH, f"{PATH}posts/"):
        page = html(path)
        assert page.count("Look behind the price.") == 1
        assert "Rehearsed for X" in page
        assert "Rehearsed for Mastodon" in page
        assert "post--rehearsal" in page
        assert 'alt="A dark field"' in page
        assert "/go/" not in page


def test_a_live_post_is_not_marked_as_a_rehearsal(campaign: Campaign, live: Channel) -> None:
    publish(campaign, live, make_channel("x"))
    page = html(PATH)
    assert "See it on Pretend" in page
    assert "post--rehearsal" not in page
    assert "<iframe" not in page
    assert not re.search(r"<script(?! type=.application/ld.json)", page)


def test_a_post_that_was_taken_back_is_gone(campaign: Campaign) -> None:
    (delivery,) = publish(campaign, text="Taken back soon.")
    Delivery.objects.move(Event.RECALLED, [delivery.pk], at=timezone.now())
    assert "Taken back soon." not in html(PATH)


def test_a_picture_that_was_replaced_since_is_not_shown_as_the_posts(campaign: Campaign) -> None:
    image = make_image()
    publish(campaign, image=image)
    image.renditions.all().delete()
    assert 'alt="A dark field"' not in html(PATH)


def test_a_content_warning_stands_before_the_words(campaign: Campaign) -> None:
    publish(campaign, text="What happened.", content_warning="Violence")
    page = html(PATH)
    assert page.index("<summary>") < page.index("Violence") < page.index("What happened.")


def test_all_posts_are_paged_and_cost_the_same(campaign: Campaign) -> None:
    channel = make_channel()
    image = make_image()
    for one in CampaignImage.objects.all():
        make_renditions(one)
    publish(campaign, channel, image=image, text="Post number 0")
    before = queries(PATH), queries(f"{PATH}posts/")
    for number in range(1, 8):
        publish(campaign, channel, image=image, text=f"Post number {number}")
    assert (queries(PATH), queries(f"{PATH}posts/")) == before
    page = html(PATH)
    assert "All posts of this campaign" in page
    assert "Post number 7" in page
    assert "Post number 0" not in page
    assert "Post number 0" in html(f"{PATH}posts/")


def test_other_campaigns_posts_stay_with_them(campaign: Campaign) -> None:
    other = Campaign.objects.create(name="Other", code="other", project=campaign.project)
    publish(other, text="Not this one.")
    assert "Not this one." not in html(PATH)


def test_a_campaign_that_is_over_says_so(campaign: Campaign) -> None:
    assert "This campaign is over" not in html(PATH)
    campaign.ends_on = timezone.localdate() - timedelta(days=1)
    campaign.save()
    assert "This campaign is over" in html(PATH)
    assert "Past campaigns" in html("/campaigns/")
    assert "Current campaigns" not in html("/campaigns/")


def test_current_campaigns_come_before_planned_and_past_ones(campaign: Campaign) -> None:
    index = CampaignPage.objects.get().get_parent()
    for status, title in (("past", "An old one"), ("planned", "A coming one")):
        record = Campaign.objects.create(name=title, code=status, project=campaign.project, status=status)
        index.add_child(instance=CampaignPage(title=title, slug=status, campaign=record))
    page = html("/campaigns/")
    assert page.index("Smuggling takes") < page.index("A coming one") < page.index("An old one")
    assert queries("/campaigns/") <= 13


def test_every_number_has_its_source_and_the_page_that_shows_it() -> None:
    for path in ("/", PATH):
        page = html(path)
        assert 'Source: <a href="/projects/fait/">Project FAIT, target</a>' in page
    with pytest.raises(ValidationError):
        SourcedFigureBlock().clean(
            {"value": "5", "label": "things", "source": "", "as_of": None, "page": None, "url": ""}
        )


def test_a_link_leads_to_the_translation_of_its_page() -> None:
    romanian = Locale.objects.get(language_code="ro")
    project = CampaignPage.objects.get().campaign.project.pages.get()
    project.copy_for_translation(romanian, copy_parents=True).save_revision().publish()
    copy = CampaignPage.objects.get().copy_for_translation(romanian, copy_parents=True)
    copy.save_revision().publish()
    assert 'href="/ro/projects/fait/">Project FAIT, target</a>' in html(CampaignPage.objects.get(pk=copy.pk).url)


def test_the_addresses_below_a_campaign_follow_its_language() -> None:
    response = Client().get(f"/ro{PATH}posts/")
    assert response.status_code == 302
    assert response["Location"].endswith(PATH)


def test_the_press_kit_offers_every_size_with_credit_and_description() -> None:
    make_kit_sizes()
    page = html(f"{PATH}press-kit/")
    assert "Funded by PMI IMPACT" in page
    assert "SELEC" in page
    for size in ("1920 × 1920", "1200 × 630", "1080 × 1080", "1080 × 1350", "1080 × 1920"):
        assert size in page


def test_the_press_kit_is_one_file_the_same_each_time() -> None:
    make_kit_sizes()
    first, second = Client().get(f"{PATH}press-kit/download/"), Client().get(f"{PATH}press-kit/download/")
    assert first["Content-Disposition"] == 'attachment; filename="fait-awareness-against-smuggling.zip"'
    data = first.getvalue()
    assert data == second.getvalue()
    with zipfile.ZipFile(BytesIO(data)) as archive:
        names = archive.namelist()
        assert len([name for name in names if name.endswith(".jpg")]) == len(KIT)
        words = archive.read("words.txt").decode()
        about = archive.read("01-a-route-that-takes/about.txt").decode()
    assert FUNDED in words
    assert "Credit: SELEC" in about


def test_a_page_makes_no_picture(campaign: Campaign) -> None:
    """Before its sizes are made, the kit has fewer files; nothing is made for a reader."""
    html(f"{PATH}press-kit/")
    kit = [size.spec for size in KIT]
    assert not CampaignImage.objects.get().renditions.filter(filter_spec__in=kit).exists()


def test_the_accounts_page_lists_what_is_connected_and_live(live: Channel) -> None:
    make_channel("", network="pretend", handle="never_connected")
    make_channel("x", handle="only_rehearsing")
    page = html("/official-accounts/")
    assert '<a href="https://pretend.example/selec" rel="external me">@selec</a>' in page
    assert "never_connected" not in page
    assert f'"sameAs":["{live.profile_url}"]' in page
    assert "only_rehearsing" not in page


def test_without_a_live_account_nobody_speaks_for_us() -> None:
    assert "An account that claims to be ours is not." in html("/official-accounts/")


def test_somebody_can_ask_whether_an_account_or_a_post_is_ours(campaign: Campaign, live: Channel) -> None:
    (delivery,) = publish(campaign, live)
    Delivery.objects.filter(pk=delivery.pk).update(remote_url="https://pretend.example/selec/1")
    for question, expected in (
        ("@selec", "Yes, this account is ours."),
        ("https://www.pretend.example/selec/1/", "Yes, this post is ours."),
        ("https://pretend.example/selec/2", "but we do not know the post"),
        ("@se1ec", "No, this is not one of our accounts"),
        ("<script>", "No, this is not one of our accounts"),
    ):
        response = Client().get("/official-accounts/", {"account": question})
        assert expected in response.content.decode()
        assert 'content="noindex"' in response.content.decode()
        assert not response.cookies


def test_a_rehearsed_post_is_not_vouched_for(campaign: Campaign) -> None:
    (delivery,) = publish(campaign)
    page = Client().get("/official-accounts/", {"account": delivery.remote_url}).content.decode()
    assert "Yes," not in page


def test_the_press_room_shows_a_contact_only_when_there_is_one() -> None:
    assert "Press contact" not in html("/press/")
    page = PressPage.objects.get()
    page.contact_phone = "+00 (0) 12 34"
    page.save_revision().publish()
    assert 'href="tel:+0001234"' in html("/press/")


def test_the_press_room_has_the_kits_the_news_and_words_to_print() -> None:
    page = html("/press/")
    assert f'href="{PATH}press-kit/"' in page
    assert "What ATHENA 2 sets out to do" in page
    assert "eleven member states" in page


@pytest.mark.parametrize("model", [OfficialAccountsPage, PressPage])
def test_there_is_one_a_language(model: Any) -> None:
    assert not model.can_create_at(model.objects.get().get_parent())


def test_a_campaigns_phase_follows_its_last_day() -> None:
    record = Campaign(status="current", ends_on=date(2000, 1, 1))
    assert record.phase == "past"
    assert Campaign(status="planned").phase == "planned"


def test_a_tracked_link_costs_no_more_than_the_page_itself_and_leaves_no_trace_in_it() -> None:
    path = "/campaigns/against-smuggling/"
    tracked = f"{path}?utm_source=mastodon&utm_medium=social&utm_campaign=fait-awareness&fbclid=1"
    assert queries(path) >= queries(tracked) <= 14
    assert "utm_source" not in Client().get(tracked).content.decode()


def test_the_kit_has_the_emblem_beside_the_funders_sentence() -> None:
    notice = Notice("Co-funded by the European Union", "", "en", emblem=True, logo=None)
    with zipfile.ZipFile(press_kit.pack("Words", [], notice)) as archive:
        assert archive.namelist() == ["words.txt", "emblem-of-the-european-union.svg"]
        assert b"<svg" in archive.read("emblem-of-the-european-union.svg")
    for without in (None, replace(notice, emblem=False)):
        with zipfile.ZipFile(press_kit.pack("Words", [], without)) as archive:
            assert archive.namelist() == ["words.txt"]
