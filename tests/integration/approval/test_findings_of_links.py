"""What stands against a post's links: dead, not public, and those of the site's own pages."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from wagtail.models import Page, PageViewRestriction, Site

from content.pages import HomePage
from social_publisher.approval import outside_links, service
from social_publisher.approval.errors import NotSendableError
from social_publisher.messages.checks import Check
from social_publisher.models import (
    CampaignRules,
    Launch,
    Post,
)
from social_publisher.networks import reader
from social_publisher.networks.reader import Outcome, Seen
from tests.factories import make_campaign, make_post
from tests.integration.approval.test_findings import checks, found, site_page, the

pytestmark = pytest.mark.django_db


class TestLinks:
    def post(self, **fields: Any) -> Post:
        campaign = make_campaign()
        page = site_page(campaign, **fields)
        return make_post(campaign=campaign, link_url="", link_page=page.page_ptr)

    def test_a_page_behind_a_password_is_not_public(self) -> None:
        post = self.post()
        parent = post.link_page.get_parent()
        PageViewRestriction.objects.create(page=parent, restriction_type="password", password="x")
        assert the(post, Check.LINK).blocking

    def test_an_alias_is_as_public_as_what_it_stands_for(self) -> None:
        self.post()
        home = HomePage.objects.get(slug="checks-home")
        alias = Page.objects.get(slug="campaigns").specific.create_alias(update_slug="elsewhere", parent=home)
        PageViewRestriction.objects.create(page_id=alias.alias_of_id, restriction_type="login")
        assert the(make_post(link_url="", link_page=alias.page_ptr), Check.LINK)

    def test_a_page_outside_every_site_has_no_address(self) -> None:
        post = self.post()
        Site.objects.all().delete()
        assert "no address" in the(post, Check.LINK).reason

    def test_a_draft_page_cannot_be_linked_but_by_its_launch(self) -> None:
        post = self.post(live=False)
        assert the(post, Check.CANNOT_LEAVE)
        launch = Launch.objects.create(page_id=post.link_page_id)
        Post.objects.filter(pk=post.pk).update(launch=launch)
        assert checks(Post.objects.get(pk=post.pk)) == set()

    @pytest.mark.parametrize(
        ("seen", "blocking", "words"),
        [
            (Seen(Outcome.GONE, 404), True, "answered 404"),
            (Seen(Outcome.NOT_PUBLIC), True, "private network"),
            (Seen(Outcome.UNTOLD), False, "could not be checked"),
        ],
    )
    def test_an_outside_link_is_looked_at(
        self, monkeypatch: pytest.MonkeyPatch, settings: Any, seen: Seen, blocking: bool, words: str
    ) -> None:
        settings.LOOK_AT_LINKS = True
        asked: list[str] = []

        def look(url: str) -> Seen:
            asked.append(url)
            return seen

        monkeypatch.setattr(reader, "look", look)
        campaign = make_campaign()
        CampaignRules.objects.create(campaign=campaign, is_sensitive=True)
        post = make_post(campaign=campaign, text="See http://other.example.org/a, too.")
        assert found(post) == []
        told = found(post, look=True)
        assert {one.blocking for one in told} == {blocking}
        assert all(words in one.reason for one in told)
        assert sorted(asked) == ["http://other.example.org/a", "https://example.org/smuggling"]
        assert found(post) == told
        assert found(post, look=True) == told
        assert len(asked) == 2

    def test_one_that_opens_is_fine(self, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
        settings.LOOK_AT_LINKS = True
        monkeypatch.setattr(reader, "look", lambda url: Seen(Outcome.OPENS, 200))
        assert found(make_post(), look=True) == []

    def test_nobody_waits_for_a_slow_site(self, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
        settings.LOOK_AT_LINKS = True
        monkeypatch.setattr(outside_links, "LONGEST_WAIT", 0.01)
        answers = threading.Event()

        def look(url: str) -> Seen:
            answers.wait(10)
            return Seen(Outcome.GONE, 404)

        monkeypatch.setattr(reader, "look", look)
        (one,) = found(make_post(), look=True)
        answers.set()
        assert not one.blocking

    def test_submitting_looks_and_refuses_what_is_gone(self, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
        settings.LOOK_AT_LINKS = True
        monkeypatch.setattr(reader, "look", lambda url: Seen(Outcome.GONE, 410))
        post = make_post()
        with pytest.raises(NotSendableError, match="410"):
            service.submit(post, post.author)
