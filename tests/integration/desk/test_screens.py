from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from social_publisher.approval import service
from social_publisher.approval.package import build_package
from social_publisher.delivery.worker import carry
from social_publisher.engagement.rollup import roll_up_clicks
from social_publisher.models import Approval, Channel, Delivery, Pause, Post
from tests.factories import (
    edit,
    make_approver,
    make_campaign,
    make_channel,
    make_delivery,
    make_editor,
    make_image,
    make_post,
    make_user,
)

pytestmark = pytest.mark.django_db
EDIT, ADD = "wagtailsnippets_social_publisher_post:edit", "wagtailsnippets_social_publisher_post:add"


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def form(post: Post | None = None, **changes: Any) -> dict[str, Any]:
    """What the composer sends."""
    campaign = post.campaign if post else make_campaign()
    channel = post.variants.get().channel if post else make_channel()
    variant = post.variants.get() if post else None
    return {
        "campaign": campaign.pk,
        "text": "Written on the screen.",
        "language": "en",
        "link_page": "",
        "link_url": "https://example.org/",
        "due_at": timezone.localtime(timezone.now() + timedelta(hours=1)).strftime("%Y-%m-%d %H:%M:%S"),
        "useful_minutes": "120",
        "images-TOTAL_FORMS": "0",
        "images-INITIAL_FORMS": "0",
        "images-MIN_NUM_FORMS": "0",
        "images-MAX_NUM_FORMS": "4",
        "variants-TOTAL_FORMS": "1",
        "variants-INITIAL_FORMS": "1" if variant else "0",
        "variants-MIN_NUM_FORMS": "1",
        "variants-MAX_NUM_FORMS": "1000",
        "variants-0-id": variant.pk if variant else "",
        "variants-0-channel": channel.pk,
        "variants-0-text": "",
        "variants-0-offset_minutes": "0",
        "variants-0-ORDER": "1",
        "variants-0-DELETE": "",
        **changes,
    }


def test_an_editor_writes_and_submits_and_another_approves_on_the_screen() -> None:
    editor, approver = make_editor(), make_approver()
    signed_in(editor).post(reverse(ADD), form(**{"action-submit": "1"}))
    post = Post.objects.get()
    assert (post.author, post.workflow_in_progress) == (editor, True)
    address = reverse("social_queue:review", args=[post.pk])
    screen = signed_in(approver).get(address)
    assert "Written on the screen." in screen.content.decode()
    seen = screen.context["form"]["seen"].value()
    signed_in(approver).post(address, {"seen": seen, "approve": "1", "comment": ""})
    assert Approval.objects.get().approver == approver
    assert Delivery.objects.get().state == "waiting"


@pytest.mark.parametrize("language", ["ro", "bg", "el", "tr"])
def test_the_composer_takes_its_time_in_any_language(language: str) -> None:
    editor = make_editor()
    profile = UserProfile.get_for_user(editor)
    profile.preferred_language = language
    profile.save()
    fields = form(due_at="2027-03-04 05:06:07", **{"action-submit": "1"})
    response = signed_in(editor).post(reverse(ADD), fields, follow=True)
    assert f'<html lang="{language}"' in response.content.decode()
    due_at = timezone.localtime(Post.objects.get().due_at)
    assert due_at.strftime("%Y-%m-%d %H:%M:%S") == "2027-03-04 05:06:07"


@pytest.mark.parametrize(("language", "word"), [("sq", "Kalendari"), ("mk", "Календар"), ("cnr", "Kalendar")])
def test_staff_choose_any_language_of_the_site(language: str, word: str) -> None:
    editor = make_editor()
    client = signed_in(editor)
    assert f'<option value="{language}"' in client.get(reverse("wagtailadmin_account")).content.decode()
    UserProfile.objects.update_or_create(user=editor, defaults={"preferred_language": language})
    page = client.get(reverse("social_calendar:index")).content.decode()
    assert f'lang="{language}"' in page
    assert word in page


def test_the_author_sees_no_decision_and_cannot_force_one() -> None:
    author = make_user("Approvers")
    post = make_post(author=author)
    service.submit(post, author)
    client, address = signed_in(author), reverse("social_queue:review", args=[post.pk])
    screen = client.get(address)
    assert 'name="approve"' not in screen.content.decode()
    client.post(address, {"seen": build_package(post).digest, "approve": "1"})
    assert not Approval.objects.exists()


def test_a_superuser_has_no_publish_button_and_cannot_publish() -> None:
    post = make_post()
    client = signed_in(make_user(superuser=True))
    assert "action-publish" not in client.get(reverse(EDIT, args=[post.pk])).content.decode()
    client.post(reverse(EDIT, args=[post.pk]), form(post, **{"action-publish": "1"}))
    post.refresh_from_db()
    assert not post.live
    assert not Delivery.objects.exists()


def test_a_draft_that_cannot_leave_is_kept_and_says_why() -> None:
    client = signed_in(make_editor())
    response = client.post(reverse(ADD), form(text="a" * 700, **{"action-submit": "1"}), follow=True)
    post = Post.objects.get()
    assert post.text == "a" * 700
    assert not post.workflow_in_progress
    assert "Saved as a draft, not submitted." in response.content.decode()
    assert "Shorten it by" in response.content.decode()


def test_editing_an_approved_post_stops_it_and_says_why(django_capture_on_commit_callbacks: Any) -> None:
    delivery = make_delivery()
    post, editor = delivery.post, make_editor()
    client = signed_in(editor)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse(EDIT, args=[post.pk]), form(post, text="Edited after approval."))
    delivery.refresh_from_db()
    assert delivery.state == "cancelled"
    screen = client.get(reverse(EDIT, args=[post.pk])).content.decode()
    assert f"Changed after approval, last saved by {editor.username}." in screen
    assert (
        f"Changed after approval, last saved by {editor.username}."
        in client.get(reverse("social_queue:index")).content.decode()
    )


def test_a_paused_channel_is_shown_with_its_reason_and_resumed() -> None:
    delivery, approver = make_delivery(), make_approver()
    client = signed_in(approver)
    client.post(
        reverse("social_queue:pause"), {"channel": delivery.channel_id, "reason": "Account incident", "pause": ""}
    )
    screen = client.get(reverse("social_queue:index")).content.decode()
    assert "is paused: Account incident" in screen
    client.post(reverse("social_queue:pause"), {"channel": delivery.channel_id, "resume": ""})
    assert Pause.objects.get().lifted_by == approver


def test_a_pause_needs_a_reason() -> None:
    client, channel = signed_in(make_approver()), make_channel()
    fields = {"channel": channel.pk, "reason": " ", "pause": ""}
    response = client.post(reverse("social_queue:pause"), fields, follow=True)
    assert "Say why" in response.content.decode()
    assert not Pause.objects.exists()


def test_the_dashboard_shows_what_came_back() -> None:
    delivery = make_delivery()
    carry([delivery.pk], clock=lambda: delivery.due_at)
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    Client(headers={"user-agent": agent}).get(f"/go/{delivery.short_link.code}")
    roll_up_clicks(timezone.now())
    client = signed_in(make_user("Analysts"))
    html = client.get(reverse("social_results:campaign", args=[delivery.post.campaign_id])).content.decode()
    assert '<svg class="chart"' in html
    assert str(delivery.channel) in html
    assert '<td class="desk-number">1</td><td class="desk-number">n/a</td>' in html


def test_a_picture_is_reviewed_with_its_description() -> None:
    post = make_post(image=make_image())
    service.submit(post, post.author)
    html = signed_in(make_approver()).get(reverse("social_queue:review", args=[post.pk])).content.decode()
    assert 'alt="A dark field"' in html


def test_a_live_channel_asks_for_its_handle(monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from social_publisher.networks import registry

    network = registry.get("rehearsal")
    monkeypatch.setattr(network, "capabilities", replace(network.capabilities, live=True))
    client = signed_in(make_user("Channel managers"))
    fields = {"name": "Live", "network": "rehearsal", "rehearses": "x", "handle": "selec", "language": "en"}
    fields |= {"time_zone": "Europe/Sofia", "min_interval": "30"}
    address = reverse("wagtailsnippets_social_publisher_channel:add")
    assert "Type its handle to confirm" in client.post(address, fields).content.decode()
    assert not Channel.objects.exists()
    client.post(address, {**fields, "confirmation": "selec"})
    assert Channel.objects.get().handle == "selec"


def test_strangers_see_the_sign_in() -> None:
    post = make_post()
    for name, arguments in (("social_queue:index", []), ("social_queue:review", [post.pk]), (EDIT, [post.pk])):
        response = Client().get(reverse(name, args=arguments))
        assert response.status_code == 302
        assert response["Location"].startswith("/admin/login/")


def test_the_list_shows_and_finds_what_a_post_says_now() -> None:
    post = make_post(text="Ask where it comes from.")
    edit(post, "Ask who earns from it.", post.author)
    client, address = signed_in(make_editor()), reverse("wagtailsnippets_social_publisher_post:list")
    html = client.get(address).content.decode()
    assert re.search(r"<a [^>]*>\s*(?:<[^>]*>\s*)*Ask who earns from it.", html)
    assert not re.search(r"<a [^>]*>\s*(?:<[^>]*>\s*)*Ask where it comes from.", html)
    assert "Ask who earns from it." in client.get(address, {"q": "earns"}).content.decode()
    later = make_post(text="Ask again.", due_at=post.due_at + timedelta(days=9))
    for order, first in (("plan__due_at", post), ("-plan__due_at", later)):
        assert next(iter(client.get(address, {"ordering": order}).context["object_list"])) == first


def test_the_list_is_narrowed_to_the_days_posts_leave_on() -> None:
    post = make_post()
    later = make_post(text="Ask again.", due_at=post.due_at + timedelta(days=9))
    client, address = signed_in(make_editor()), reverse("wagtailsnippets_social_publisher_post:list")
    day, end = (timezone.localdate(one.due_at).isoformat() for one in (post, later))

    def found(**asked: str) -> set[Post]:
        return set(client.get(address, asked).context["object_list"])

    assert found(last=day) == {post}
    assert found(first=end) == {later}
    assert found(first=day, last=end) == {post, later}
    html = client.get(address).content.decode()
    assert "Leaves up to this day" in html
    assert "is less than" not in html
