"""From a page to drafts, and to a launch, on the screens."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from content.pages import NewsPage
from content.records import Campaign
from social_publisher.approval import launches
from social_publisher.approval.package import build_package
from social_publisher.desk.announce import page_buttons
from social_publisher.models import Approval, CampaignRules, Delivery, Launch, Post
from tests.factories import make_campaign, make_channel, make_editor, make_image, make_user
from tests.pages import make_news, page_editor, translated

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign() -> Any:
    campaign = make_campaign(hashtag="#StopSmuggling")
    CampaignRules.objects.create(campaign=campaign, hashtags="#AskFirst")
    channels = [make_channel("x"), make_channel("bluesky"), make_channel("x", language="ro")]
    campaign.channels.set(channels)
    return campaign


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def announce(page: NewsPage) -> str:
    return reverse("social_announce:page", args=[page.pk])


def test_a_page_and_its_translations_become_one_draft_a_language(campaign: Campaign) -> None:
    page = make_news(project=campaign.project, image=make_image(), image_alt="A road at night")
    romanian = translated(page, "ro", title="O rută este închisă", summary="Trei state.", image_alt="Un drum noaptea")
    client = signed_in(make_editor())
    html = client.get(announce(page)).content.decode()
    assert "Draft these 2 posts" in html
    response = client.post(announce(page), {"campaign": campaign.pk})
    assert response["Location"] == f"{reverse('social_translations:index')}?campaign={campaign.pk}"
    english, other = Post.objects.order_by("pk")
    assert english.text == (
        "A new route is closed\n\nOfficers of three states worked together. The route is closed."
        "\n\n#StopSmuggling #AskFirst"
    )
    assert (english.link_page_id, english.language, english.variants.count()) == (page.pk, "en", 2)
    assert (english.images.get().alt_text, english.due_at) == ("A road at night", None)
    assert (other.link_page_id, other.language, other.text[:19]) == (romanian.pk, "ro", "O rută este închisă")
    assert other.images.get().alt_text == "Un drum noaptea"
    assert english.translation_key == other.translation_key


def test_one_draft_opens_in_the_composer(campaign: Campaign) -> None:
    page = make_news(project=campaign.project)
    response = signed_in(make_editor()).post(announce(page), {"campaign": campaign.pk})
    assert response["Location"] == reverse("wagtailsnippets_social_publisher_post:edit", args=[Post.objects.get().pk])


def test_what_is_announced_already_is_said_and_never_doubled_silently(campaign: Campaign) -> None:
    page = make_news(project=campaign.project)
    client = signed_in(make_editor())
    client.post(announce(page), {"campaign": campaign.pk})
    known = Post.objects.get()
    html = client.get(announce(page)).content.decode()
    assert "Announced already" in html
    assert reverse("wagtailsnippets_social_publisher_post:edit", args=[known.pk]) in html
    client.post(announce(page), {"campaign": campaign.pk})
    assert Post.objects.count() == 1
    translated(page, "ro")
    client.post(announce(page), {"campaign": campaign.pk})
    assert Post.objects.get(language="ro").translation_key == known.translation_key
    client.post(announce(page), {"campaign": campaign.pk, "again": ""})
    assert Post.objects.count() == 4


def test_a_page_of_no_campaign_asks_for_one(campaign: Campaign) -> None:
    page, client = make_news(), signed_in(make_editor())
    assert 'name="campaign"' in client.get(announce(page)).content.decode()
    client.post(announce(page), {"campaign": ""})
    assert not Post.objects.exists()
    client.post(announce(page), {"campaign": campaign.pk})
    assert Post.objects.get().campaign == campaign


def test_a_campaign_of_another_project_is_refused(campaign: Campaign) -> None:
    page = make_news(project=campaign.project)
    signed_in(make_editor()).post(announce(page), {"campaign": make_campaign().pk})
    assert not Post.objects.exists()


def test_without_a_channel_of_its_language_nothing_is_drafted(campaign: Campaign) -> None:
    campaign.channels.filter(language="en").delete()
    page = make_news(project=campaign.project)
    response = signed_in(make_editor()).post(announce(page), {"campaign": campaign.pk}, follow=True)
    assert "speaks English" in response.content.decode()
    assert not Post.objects.exists()


def test_a_pages_menu_offers_what_is_possible(campaign: Campaign) -> None:
    live, draft = make_news(), make_news(NewsPage.objects.get().get_parent(), live=False)

    def labels(page: NewsPage, user: Any) -> list[str]:
        return [button.label for button in page_buttons(page, user)]

    assert labels(live, make_editor()) == ["Announce this"]
    assert labels(draft, make_editor()) == []
    assert labels(draft, page_editor()) == ["Launch with posts"]
    assert labels(live, make_user("Analysts")) == []
    assert list(page_buttons(live.get_parent(), page_editor())) == []
    editor = page_editor()
    html = signed_in(editor).get(reverse("wagtailadmin_pages:edit", args=[live.pk])).content.decode()
    assert announce(live) in html


def test_a_launch_on_the_screens(campaign: Campaign, django_capture_on_commit_callbacks: Any) -> None:
    editor, approver = page_editor(), page_editor(approves=True)
    page = make_news(live=False, user=editor, project=campaign.project)
    client = signed_in(editor)
    assert client.get(announce(page))["Location"] == reverse("social_launches:new", args=[page.pk])
    client.post(reverse("social_launches:new", args=[page.pk]), {"campaign": campaign.pk})
    launch, post = Launch.objects.get(), Post.objects.get()
    assert (post.launch, post.link_page_id, post.language) == (launch, page.pk, "en")
    content = post.current()
    content.due_at = timezone.now() + timedelta(hours=2)
    content.save_revision(user=editor)
    show = reverse("social_launches:show", args=[launch.pk])
    at = timezone.localtime(timezone.now() + timedelta(hours=1)).strftime("%Y-%m-%d %H:%M:%S")
    client.post(show, {"time": "", "goes_live_at": at})
    assert Launch.objects.get().goes_live_at is not None
    client.post(show, {"submit": ""})
    review = reverse("social_launches:review", args=[launch.pk])
    assert 'name="approve"' not in client.get(review).content.decode()
    screen = signed_in(approver).get(review)
    assert 'name="approve"' in screen.content.decode()
    (waiting,) = screen.context["waiting"]
    seen = {
        "version": screen.context["form"]["version"].value(),
        "posts": post.pk,
        f"seen-{post.pk}": waiting["package"].digest,
        "approve": "",
    }
    client.post(review, seen)
    assert not Approval.objects.exists()
    for wrong in ({"comment": "Too long. " * 250}, {"version": "another", "comment": "Name the place."}):
        page_again = signed_in(approver).post(review, {**seen, **wrong}).content.decode()
        assert wrong["comment"].strip() in page_again, "what was written stays"
        assert not Approval.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        signed_in(approver).post(review, seen)
    assert Delivery.objects.held().count() == 2
    assert Launch.objects.get().approver == approver
    assert not NewsPage.objects.get().live
    assert page.title in client.get(reverse("social_launches:index")).content.decode()


def test_strangers_to_the_page_do_not_launch_it_or_see_its_draft(campaign: Campaign) -> None:
    editor, writer = page_editor(), make_editor()
    page = make_news(live=False, user=editor, title="Still secret", project=campaign.project)
    client = signed_in(writer)
    for address in (announce(page), reverse("social_launches:new", args=[page.pk])):
        response = client.get(address, follow=True)
        assert "Still secret" not in response.content.decode()
    client.post(reverse("social_launches:new", args=[page.pk]), {"campaign": campaign.pk})
    assert not Launch.objects.exists()
    launch = launches.open_launch(page, editor)
    show = reverse("social_launches:show", args=[launch.pk])
    client.post(show, {"submit": ""})
    client.post(show, {"time": "", "goes_live_at": ""})
    assert NewsPage.objects.get().revisions.count() == 1


def test_who_edits_pages_but_writes_no_posts_announces_and_launches_nothing(campaign: Campaign) -> None:
    user = make_user("Moderators")
    live = make_news(project=campaign.project)
    draft = make_news(live.get_parent(), live=False, project=campaign.project)
    client = signed_in(user)
    for address in (announce(live), announce(draft), reverse("social_launches:new", args=[draft.pk])):
        assert client.get(address).status_code == 302
        client.post(address, {"campaign": campaign.pk})
    assert not Post.objects.exists()
    assert not Launch.objects.exists()


def test_the_launch_screens_are_flat(campaign: Campaign, django_assert_max_num_queries: Any) -> None:
    editor = page_editor()
    page = make_news(live=False, user=editor, project=campaign.project)
    client = signed_in(editor)
    for _number in range(3):
        client.post(reverse("social_launches:new", args=[page.pk]), {"campaign": campaign.pk})
    address = reverse("social_launches:index")
    client.get(address)
    with django_assert_max_num_queries(25):
        client.get(address)
    assert Launch.objects.get().posts.count() == 3


def test_each_channel_gets_as_much_of_the_page_as_fits_it(campaign: Campaign) -> None:
    summary = "Officers of three states worked together for a year. " * 5
    page = make_news(project=campaign.project, summary=summary.strip())
    mastodon = make_channel("mastodon")
    campaign.channels.add(mastodon)
    client = signed_in(make_editor())
    assert client.get(announce(page)).content.decode().count('class="desk-frame" lang="en"') == 3
    client.post(announce(page), {"campaign": campaign.pk})
    post = Post.objects.get()
    assert summary.strip() in post.text
    own = {variant.channel.source: variant.text for variant in post.variants.all()}
    assert own["mastodon"] == ""
    assert 0 < len(own["x"]) < len(own["bluesky"]) < len(post.text)
    assert {problem.code for problem in build_package(post.current()).problems(timezone.now())} == {"no-time"}
