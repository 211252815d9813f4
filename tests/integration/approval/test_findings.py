from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, Site

from content.memory import StampMiddleware
from content.pages import CampaignIndexPage, CampaignPage, HomePage
from content.records import Campaign, Country, Funder, FundingStatement, Grant, Programme, Project
from social_publisher.approval import service
from social_publisher.approval.checks import as_data, findings
from social_publisher.approval.errors import NotSendableError
from social_publisher.approval.package import build_package
from social_publisher.messages.checks import Check, Finding
from social_publisher.models import (
    Blackout,
    CampaignRules,
    Correction,
    Delivery,
    Post,
    PostImage,
    Series,
    Variant,
)
from tests.factories import approve, make_approver, make_campaign, make_channel, make_image, make_post

pytestmark = pytest.mark.django_db
STATEMENT = "Co-funded by the European Union."
PLAIN = "Ask where it comes from."


def found(post: Post, **asked: Any) -> list[Finding]:
    content = post.current()
    return findings(content, build_package(content), timezone.now(), **asked)


def checks(post: Post) -> set[Check]:
    return {one.check for one in found(post)}


def the(post: Post, check: Check) -> Finding:
    (one,) = [one for one in found(post) if one.check is check]
    return one


def funded(**fields: Any) -> Campaign:
    funder = Funder.objects.create(name="European Union", kind="eu")
    programme = Programme.objects.create(funder=funder, name="Internal Security Fund")
    FundingStatement.objects.create(programme=programme, language="en", statement=STATEMENT)
    FundingStatement.objects.create(programme=programme, language="bg", statement="Съфинансирано от ЕС")
    grant = Grant.objects.create(programme=programme, name="Grant")
    return make_campaign(project=Project.objects.create(acronym="ECOFIT", name="Firearms", grant=grant), **fields)


def site_page(campaign: Campaign, **fields: Any) -> CampaignPage:
    """A campaign's page on a site."""
    home = HomePage(title="Home", slug="checks-home")
    Page.objects.get(depth=1).add_child(instance=home)
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "campaigns.example.org", "root_page": home}
    )
    index = CampaignIndexPage(title="Campaigns", slug="campaigns")
    home.add_child(instance=index)
    page = CampaignPage(title="Ask first", slug="ask-first", campaign=campaign, **fields)
    index.add_child(instance=page)
    return page


def country(code: str) -> Country:
    return Country.objects.get_or_create(code=code)[0]


def at(hour: int, minute: int = 0) -> datetime:
    """Tomorrow, in UTC."""
    day = timezone.now().astimezone(UTC) + timedelta(days=1)
    return day.replace(hour=hour, minute=minute, second=0, microsecond=0)


def test_a_plain_post_has_no_findings() -> None:
    assert found(make_post()) == []


@pytest.mark.parametrize(
    ("text", "check", "words"),
    [
        ("Ask first. #stopsmuggling now", Check.HASHTAG_CASE, "capital"),
        ("NEVER BUY THEM", Check.ALL_CAPS, "sentence"),
        ("Look 🚨🚨🚨", Check.EMOJI_RUN, "aloud"),
        ("An illegal immigrant.", Check.AVOIDED_TERM, "irregular migrant"),
        ("Call 0721 123 456.", Check.PERSONAL_DATA, "0721 123 456"),
    ],
)
def test_the_words_are_checked_on_what_leaves(text: str, check: Check, words: str) -> None:
    campaign = make_campaign()
    CampaignRules.objects.create(campaign=campaign, avoided_terms="illegal immigrant: irregular migrant")
    one = the(make_post(campaign=campaign, text=text), check)
    assert words in one.message
    assert one.blocking is (check is Check.AVOIDED_TERM)


def test_what_is_the_same_on_every_channel_is_told_once_and_else_by_channel() -> None:
    x, mastodon = make_channel("x"), make_channel("mastodon")
    post = make_post([x, mastodon], text="NEVER BUY THEM")
    assert [one.channel for one in found(post)] == [""]
    draft = post.current()
    next(variant for variant in draft.variants.all() if variant.channel_id == x.pk).text = PLAIN
    (one,) = findings(draft, build_package(draft), timezone.now())
    assert one.channel == mastodon.name
    assert one.message.startswith(f"{mastodon.name}: ")


def test_names_of_project_and_funder_are_no_capitals() -> None:
    post = make_post(campaign=funded(), text=f"ECOFIT, ECOFIT, ECOFIT. {STATEMENT}")
    assert checks(post) == set()


def test_descriptions_are_checked_for_terms_and_personal_data() -> None:
    post = make_post(image=make_image())
    draft = post.current()
    draft.images.all()[0].alt_text = "A car with the plate B 123 ABC"
    (one,) = findings(draft, build_package(draft), timezone.now())
    assert one.check is Check.PERSONAL_DATA


def test_public_contacts_are_no_personal_data() -> None:
    campaign = make_campaign()
    CampaignRules.objects.create(campaign=campaign, public_contacts="021 303 60 09\npress@example.org")
    assert checks(make_post(campaign=campaign, text="+40 21 303 60 09, press@example.org")) == set()


def test_what_the_network_would_not_take_blocks_whatever_the_rules_say() -> None:
    campaign = make_campaign()
    CampaignRules.objects.create(campaign=campaign, blocking_checks=[])
    post = make_post(campaign=campaign, text="a " * 300)
    one = the(post, Check.CANNOT_LEAVE)
    assert one.blocking
    assert "Shorten" in one.reason


def test_a_missing_description_blocks_always() -> None:
    post = make_post(image=make_image())
    draft = post.current()
    draft.images.all()[0].alt_text = ""
    (one,) = findings(draft, build_package(draft), timezone.now())
    assert (one.check, one.blocking) == (Check.ALT_TEXT, True)


def test_an_unchecked_translation_blocks_always() -> None:
    campaign = make_campaign()
    CampaignRules.objects.create(campaign=campaign, blocking_checks=[])
    assert the(make_post(campaign=campaign, from_machine=True), Check.UNREVIEWED_TRANSLATION).blocking


@pytest.mark.parametrize(("blocking", "expected"), [(["all_caps"], True), ([], False)])
def test_the_rules_say_what_blocks(blocking: list[str], expected: bool) -> None:
    campaign = make_campaign()
    CampaignRules.objects.create(campaign=campaign, blocking_checks=blocking)
    assert the(make_post(campaign=campaign, text="NEVER BUY THEM"), Check.ALL_CAPS).blocking is expected


def test_on_a_sensitive_campaign_everything_blocks() -> None:
    campaign = make_campaign()
    CampaignRules.objects.create(campaign=campaign, blocking_checks=[], is_sensitive=True)
    assert the(make_post(campaign=campaign, text="NEVER BUY THEM"), Check.ALL_CAPS).blocking


def test_people_who_have_not_agreed_are_not_shown() -> None:
    post = make_post(image=make_image())
    PostImage.objects.filter(post=post).update(people=PostImage.People.RECOGNISABLE)
    draft = post.current()
    draft.images.all()[0].people = PostImage.People.RECOGNISABLE
    (one,) = findings(draft, build_package(draft), timezone.now())
    assert (one.check, one.blocking) == (Check.FACES, True)
    draft.variants.all()[0].media = Variant.Media.NONE
    assert findings(draft, build_package(draft), timezone.now()) == []


class TestFunding:
    def test_a_funded_campaigns_post_lacks_its_statement(self) -> None:
        one = the(make_post(campaign=funded()), Check.FUNDING_STATEMENT)
        assert one.blocking
        assert STATEMENT in one.fix

    @pytest.mark.parametrize(
        ("language", "text"),
        [
            ("en", f"{PLAIN} {STATEMENT}"),
            ("en", f"{PLAIN}\nco-funded by  the European union"),
            ("bg", "Попитай. Съфинансирано от ЕС."),
            ("ro", f"Întreabă. {STATEMENT}"),
        ],
    )
    def test_the_statement_stands_in_its_text(self, language: str, text: str) -> None:
        channel = make_channel(language=language)
        assert checks(make_post([channel], campaign=funded(), text=text, language=language)) == set()

    def test_another_languages_statement_is_not_enough(self) -> None:
        post = make_post(campaign=funded(), text=f"Попитай. {STATEMENT}", language="bg")
        assert "Съфинансирано" in the(post, Check.FUNDING_STATEMENT).fix

    def test_a_page_that_shows_it_is_enough(self) -> None:
        campaign = funded()
        page = site_page(campaign)
        assert checks(make_post(campaign=campaign, link_url="", link_page=page.page_ptr)) == set()

    def test_a_page_of_another_programme_is_not_and_the_campaigns_is_offered(self) -> None:
        campaign = funded()
        page = site_page(campaign)
        home = HomePage.objects.get(slug="checks-home")
        one = the(make_post(campaign=campaign, link_url="", link_page=home.page_ptr), Check.FUNDING_STATEMENT)
        assert page.title in one.fix

    def test_without_a_funder_nothing_is_asked(self) -> None:
        assert checks(make_post()) == set()


class TestRepeated:
    text = "Cheap cigarettes fund organised crime so ask where they come from"

    def earlier(self, **fields: Any) -> Delivery:
        post = make_post([make_channel()], text=self.text, **fields)
        approve(post)
        return Delivery.objects.get(post=post)

    def test_nearly_the_same_words_on_the_same_channel_are_told(self) -> None:
        row = self.earlier()
        post = make_post([row.channel, make_channel()], text=self.text.replace("Cheap", "Illicit"))
        one = the(post, Check.NEAR_DUPLICATE)
        assert (one.channel, one.blocking) == (row.channel.name, False)
        assert "Cheap cigarettes" in one.reason

    def test_a_channels_own_text_is_what_counts(self) -> None:
        row = self.earlier()
        Variant.objects.filter(post=row.post).update(text="Entirely other words for this channel, no doubt.")
        assert checks(make_post([row.channel], text=self.text)) == set()

    def test_other_channels_old_and_stopped_posts_do_not_count(self) -> None:
        assert checks(make_post(text=self.text)) == set()
        row = self.earlier()
        Delivery.objects.filter(pk=row.pk).update(due_at=timezone.now() - timedelta(days=31))
        assert checks(make_post([row.channel], text=self.text)) == set()
        stopped = self.earlier()
        service.void(stopped.post, "Stopped.")
        assert checks(make_post([stopped.channel], text=self.text)) == set()

    def test_the_post_itself_and_its_series_do_not_count(self) -> None:
        row = self.earlier()
        assert checks(row.post) == set()
        today = timezone.localdate()
        series = Series.objects.create(
            campaign=row.post.campaign, time=time(9), starts_on=today, ends_on=today + timedelta(days=9)
        )
        again = make_post([row.channel], text=self.text, campaign=row.post.campaign)
        Post.objects.filter(pk__in=[row.post_id, again.pk]).update(series=series)
        assert checks(Post.objects.get(pk=again.pk)) == set()


class TestCorrection:
    def alert(self, approved: bool, campaign: Campaign | None = None) -> Post:
        ours = make_campaign()
        fields = {"approver": make_approver(), "approver_name": "A", "approved_at": timezone.now()} if approved else {}
        correction = Correction.objects.create(campaign=campaign or ours, name="Wrong", text="It was wrong.", **fields)
        return make_post(campaign=ours, is_alert=True, correction=correction)

    def test_an_alert_needs_an_approved_one(self) -> None:
        assert the(make_post(is_alert=True), Check.NO_CORRECTION).blocking
        assert the(self.alert(approved=False), Check.NO_CORRECTION).blocking
        assert checks(self.alert(approved=True)) == set()

    def test_another_campaigns_is_none(self) -> None:
        assert the(self.alert(approved=True, campaign=make_campaign()), Check.NO_CORRECTION)


def test_submitting_tells_everything_that_blocks_and_advice_stops_nothing() -> None:
    campaign = funded()
    post = make_post(campaign=campaign, text="NEVER BUY THEM", is_alert=True)
    with pytest.raises(NotSendableError) as refused:
        service.submit(post, post.author)
    assert STATEMENT in str(refused.value)
    assert "correction" in str(refused.value)
    assert "Capitals" not in str(refused.value)
    assert not post.workflow_in_progress
    advised = make_post(text="NEVER BUY THEM")
    assert service.submit(advised, advised.author)


def test_approving_refuses_what_has_come_between() -> None:
    post = make_post(due_at=at(10))
    service.submit(post, post.author)
    Blackout.objects.create(name="Mourning", kind="mourning", starts_at=at(8), ends_at=at(20))
    fresh = Post.objects.get(pk=post.pk)
    with pytest.raises(NotSendableError, match="Mourning"):
        service.approve(fresh, make_approver(), build_package(fresh.current()).digest)
    assert not Delivery.objects.exists()


def test_findings_are_plain_data_for_screens() -> None:
    data = as_data(found(make_post(text="NEVER BUY THEM")))
    assert data[0] | {"reason": "", "fix": ""} == {
        "check": "all_caps", "reason": "", "fix": "", "blocking": False, "channel": "",
    }  # fmt: skip


@pytest.fixture
def many() -> Callable[[int], Post]:
    """A post with everything to look at, on so many channels."""

    def make(count: int) -> Post:
        campaign = funded()
        page = site_page(campaign)
        CampaignRules.objects.create(campaign=campaign, avoided_terms="mule: courier")
        Blackout.objects.create(name="Elections", kind="election", starts_at=at(8), ends_at=at(20))
        channels = [make_channel(kind) for kind in ["x", "mastodon", "bluesky", "facebook", "linkedin", "telegram"]]
        return make_post(channels[:count], campaign=campaign, link_url="", link_page=page.page_ptr, due_at=at(10))

    return make


@pytest.mark.parametrize("count", [1, 6])
def test_five_queries_whatever_the_number_of_channels(many: Callable[[int], Post], count: int) -> None:
    post = many(count).current()
    package = build_package(post)

    def asked(_request: HttpRequest) -> HttpResponse:
        assert findings(post, package, timezone.now())  # from here on the request knows where sites begin
        with CaptureQueriesContext(connection) as queries:
            findings(post, package, timezone.now())
        assert len(queries) <= 5
        return HttpResponse()

    StampMiddleware(asked)(RequestFactory().get("/"))
