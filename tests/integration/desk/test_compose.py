"""What the composer asks while somebody types, and how a post begins."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from content.records import Campaign
from social_publisher.models import (
    AuditEvent,
    CampaignRules,
    Channel,
    Correction,
    MentionedAccount,
    Post,
    ShortLink,
    Variant,
)
from tests.factories import approve, make_campaign, make_channel, make_editor, make_image, make_post, make_user
from tests.integration.desk.test_screens import ADD, EDIT, form, signed_in
from tests.pages import make_news

pytestmark = pytest.mark.django_db


def asked(fields: dict[str, Any], name: str = "preview", user: Any = None) -> Any:
    return signed_in(user or make_editor()).post(reverse(f"social_compose:{name}"), fields)


def shown(**fields: Any) -> str:
    """The preview of what is typed."""
    response = asked(fields)
    assert response.status_code == 200
    return str(response.content.decode())


def on(*channels: Channel, **changes: Any) -> dict[str, Any]:
    """What the composer sends with these channels ticked."""
    fields = form() | {"variants-TOTAL_FORMS": len(channels), "variants-INITIAL_FORMS": "0"}
    for place, channel in enumerate(channels):
        row = {"channel": channel.pk, "media": "shared", "offset_minutes": "0", "ORDER": place + 1}
        fields |= {f"variants-{place}-{name}": value for name, value in row.items()}
    return fields | changes


def test_each_channel_is_counted_by_its_networks_rule() -> None:
    x, mastodon = make_channel("x"), make_channel("mastodon")
    html = shown(**on(x, mastodon, text="a" * 300, link_url=""))
    assert "300 of 280" in html
    assert "300 of 500" in html
    assert f'data-compose-part="count-{x.pk}" data-fits="no" data-told="{x}: 20 too long."' in html
    assert f'data-compose-part="count-{mastodon.pk}" data-fits="yes"' in html


def test_the_link_that_is_not_made_yet_counts_as_it_will(settings: Any) -> None:
    settings.PUBLIC_BASE_URL = "https://selec.org"
    html = shown(**on(make_channel("x"), text="Ask.", link_url="https://example.org/"))
    assert "29 of 280" in html
    assert "https://selec.org/go/xxxxxxxxxx" in html


def test_a_channels_own_text_picture_and_time_are_shown() -> None:
    image = make_image()
    own = {"text": "Own words.", "media": "own", "image": image.pk, "alt_text": "A navy field", "offset_minutes": "90"}
    html = shown(**on(make_channel(), **{f"variants-0-{name}": value for name, value in own.items()}))
    assert "Own words." in html
    assert 'alt="A navy field"' in html
    assert "Written on the screen." not in html


def test_an_own_picture_that_is_not_chosen_yet_is_asked_for() -> None:
    channel = make_channel("x")
    html = shown(**on(channel, **{"variants-0-media": "own", "variants-0-image": ""}))
    assert "own picture is missing. Choose one." in html
    assert f'data-compose-part="count-{channel.pk}"' in html


def test_what_the_network_charges_is_told_for_each_channel_and_in_all() -> None:
    channels = [make_channel(network="x", rehearses="", account_id=str(number)) for number in range(2)]
    html = shown(**on(*channels, link_url=""))
    assert html.count("0.015 US dollars") == 2
    assert "Costs 0.030 US dollars in all." in html


def test_a_thread_is_shown_part_by_part() -> None:
    html = shown(**on(make_channel("x"), text="One.\r\n---\r\nTwo.", link_url=""))
    assert "Part 1 of 2: 4 of 280" in html
    assert "Join the parts again" in html


def test_markup_in_a_text_is_shown_and_not_obeyed() -> None:
    html = shown(**on(make_channel(), text="<script>alert(1)</script> #Ask <b>"))
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "<b>#Ask</b>" in html


def test_where_the_link_leads_is_shown_with_its_parameters() -> None:
    campaign = make_campaign()
    CampaignRules.objects.create(campaign=campaign, utm_content="spring")
    html = shown(**on(make_channel("x"), campaign=campaign.pk))
    assert "utm_source=x&amp;utm_medium=social" in html
    assert f"utm_campaign={campaign.code}&amp;utm_content=spring" in html


def test_nothing_is_saved_and_a_saved_posts_link_is_kept() -> None:
    post = make_post()
    before = (post.latest_revision_id, Variant.objects.count(), ShortLink.objects.count())
    html = shown(**on(make_channel(), text="Typed, not saved."), post=post.pk)
    assert "Typed, not saved." in html
    post.refresh_from_db()
    assert (post.latest_revision_id, Variant.objects.count(), ShortLink.objects.count()) == before
    assert post.text != "Typed, not saved."


def test_rows_that_are_gone_or_not_saved_yet_are_read_all_the_same() -> None:
    channel = make_channel()
    html = shown(**on(channel, **{"variants-0-id": "987654", "variants-INITIAL_FORMS": "1"}))
    assert "Written on the screen." in html


def test_an_unfinished_picture_hides_nothing_else() -> None:
    row = {"image": "", "alt_text": "", "people": "none", "id": "", "ORDER": "1", "DELETE": ""}
    fields = {f"images-0-{name}": value for name, value in row.items()} | {"images-TOTAL_FORMS": "1"}
    assert "Written on the screen." in shown(**on(make_channel(), due_at="no time", **fields))


@pytest.mark.parametrize(
    "garbage",
    [
        {},
        {"post": "9" * 30},
        {"post": "none"},
        {"variants-TOTAL_FORMS": "many"},
        {"variants-TOTAL_FORMS": "1", "variants-INITIAL_FORMS": "1", "images-TOTAL_FORMS": "0", "text": "\x00"},
    ],
)
def test_garbage_is_answered_in_words(garbage: dict[str, str]) -> None:
    response = asked(garbage, user=make_user(superuser=True))
    assert response.status_code == 400
    assert "data-compose-trouble" in response.content.decode()


def test_without_a_campaign_it_says_so() -> None:
    assert "Choose a campaign to see what leaves." in shown(**on(make_channel(), campaign=""))


def test_only_who_may_write_is_answered_about_a_post_that_is_there() -> None:
    post = make_post()
    channel = post.variants.get().channel
    fields = {**on(channel), "post": post.pk, "channel": channel.pk, "split": "1"}
    for role in ("Editors of posts", "Auditors", "Analysts"):
        for name in ("preview", "thread"):
            answered = asked(fields, name, make_user(role)).status_code == 200
            assert answered == (role == "Editors of posts"), f"{name} to {role}"


def test_reading_it_is_refused() -> None:
    assert signed_in(make_editor()).get(reverse("social_compose:preview")).status_code == 405


def test_a_text_is_split_for_its_channel_and_joined_again() -> None:
    channel, sentence = make_channel("x"), "Ask where it comes from. "
    fields = {**on(channel, text=sentence * 20), "channel": channel.pk}
    answer = asked({**fields, "split": "1"}, "thread").json()
    assert answer["told"] == "2 parts."
    assert answer["text"].count("\n---\n") == 1
    joined = asked({**fields, "text": answer["text"], "join": "1"}, "thread").json()
    assert joined["text"] == (sentence * 20).strip()


def test_splitting_for_a_channel_that_is_not_ticked_is_refused() -> None:
    assert asked({**on(make_channel()), "channel": "0", "split": "1"}, "thread").status_code == 404


def test_ten_channels_are_previewed_within_forty_queries(django_assert_max_num_queries: Any) -> None:
    user = make_editor()
    fields = on(*[make_channel() for _number in range(10)])
    client = signed_in(user)
    client.post(reverse("social_compose:preview"), fields)
    with django_assert_max_num_queries(40):
        client.post(reverse("social_compose:preview"), fields)


def test_a_new_post_begins_with_its_campaign() -> None:
    current, past = make_campaign(status="current"), make_campaign(status="past")
    html = signed_in(make_editor()).get(reverse(ADD)).content.decode()
    assert "Which campaign is it for?" in html
    assert html.index(f"?campaign={current.pk}") < html.index(f"?campaign={past.pk}")
    assert "Which campaign is it for?" in signed_in(make_editor()).get(f"{reverse(ADD)}?campaign=0").content.decode()


def campaign_with_everything() -> tuple[Campaign, Channel]:
    campaign = make_campaign(language="ro", hashtag="#StopContrabanda")
    rules = CampaignRules.objects.create(campaign=campaign, hashtags="#SELEC", is_sensitive=True, second_level=True)
    MentionedAccount.objects.create(rules=rules, network="x", handle="@selec")
    romanian, english = make_channel("x", language="ro"), make_channel("mastodon")
    campaign.channels.set([romanian, english])
    return campaign, romanian


def test_the_campaign_brings_what_it_has() -> None:
    campaign, romanian = campaign_with_everything()
    screen = signed_in(make_editor()).get(f"{reverse(ADD)}?campaign={campaign.pk}")
    post = screen.context["form"].instance
    assert post.text == "\n\n#StopContrabanda #SELEC"
    assert post.language == "ro"
    assert [variant.channel for variant in post.variants.all()] == [romanian]


def test_a_changed_campaign_offers_its_own_things() -> None:
    campaign, romanian = campaign_with_everything()
    correction = Correction.objects.create(campaign=campaign, name="Wrong number", text="Sorry.", approved_at=None)
    approved = {"approved_at": timezone.now(), "approver_name": "A", "language": "ro"}
    Correction.objects.create(campaign=campaign, name="Wrong place", text="Sorry.", **approved)
    html = shown(**on(romanian, campaign=campaign.pk))
    for words in ("Insert #SELEC", "It is sensitive", "A third person approves", "Mention @selec", "Wrong place"):
        assert words in html
    assert str(correction) not in html


def test_only_an_approved_correction_of_the_campaign_can_be_chosen() -> None:
    post = make_post()
    other = Correction.objects.create(campaign=post.campaign, name="Not approved", text="Sorry.")
    client = signed_in(make_editor())
    html = client.post(reverse(EDIT, args=[post.pk]), form(post, is_alert="on", correction=other.pk)).content.decode()
    assert "Select a valid choice" in html


def test_a_form_with_an_error_comes_back_with_everything_typed() -> None:
    channel = make_channel()
    fields = on(channel, text="Kept.", link_url="nowhere at all", **{"variants-0-text": "Kept too."})
    html = signed_in(make_editor()).post(reverse(ADD), fields).content.decode()
    assert not Post.objects.exists()
    assert ">\nKept.</textarea>" in html
    assert ">\nKept too.</textarea>" in html


def test_a_language_that_another_translation_has_is_refused_in_words() -> None:
    first = make_post()
    second = make_post(language="ro", translation_key=first.translation_key)
    html = signed_in(make_editor()).post(reverse(EDIT, args=[second.pk]), form(second, language="en")).content.decode()
    assert "has a translation in this language already" in html


def test_earlier_versions_are_compared_and_opened_again() -> None:
    post = make_post(image=make_image())
    first = post.latest_revision_id
    post.save_revision(user=post.author)
    client = signed_in(make_editor())
    for name, more in (("compare", [first, Post.objects.get().latest_revision_id]), ("revert", [first])):
        address = reverse(f"wagtailsnippets_social_publisher_post:revisions_{name}", args=[post.pk, *more])
        assert client.get(address).status_code == 200


def test_a_card_the_network_reads_itself_is_shown_where_nothing_is_attached() -> None:
    page = make_news(title="A route is closed", summary="Three states.")
    mastodon, bluesky = make_channel("mastodon"), make_channel("bluesky")
    linked = {"link_url": "", "link_page": page.pk}
    html = shown(**on(mastodon, bluesky, **linked))
    assert html.count("<strong>A route is closed</strong>") == 2
    assert html.count("The network reads it from the page.") == 1
    assert f"/cards/{page.pk}/" in html
    outside = shown(**on(mastodon, link_url="https://example.org/smuggling"))
    assert "only that site knows them" in outside
    assert "<small>example.org</small>" in outside
    assert "only that site knows them" not in shown(**on(mastodon, link_url=""))


def test_a_new_draft_is_on_the_record() -> None:
    editor = make_editor()
    signed_in(editor).post(f"{reverse(ADD)}?campaign={make_campaign().pk}", form())
    event = AuditEvent.objects.get(action="post.drafted")
    assert event.data.pop("request")
    assert (event.actor, event.data) == (editor, {"post": Post.objects.get().pk})


def test_only_a_draft_is_saved_by_itself() -> None:
    """A letter typed by a slip takes nobody's approval back."""
    author = make_editor()
    draft, approved = make_post([make_channel()], author=author), make_post([make_channel()], author=author)
    approve(approved)
    client = signed_in(author)
    told = [
        client.get(reverse("wagtailsnippets_social_publisher_post:edit", args=[post.pk])).context["autosave_enabled"]
        for post in (draft, approved)
    ]
    assert told == [True, False]
