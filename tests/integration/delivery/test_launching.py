"""The posts of a launch leave only after a reader has been seen to get its page."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
from django.urls import reverse
from django.utils import timezone

from content.pages import NewsPage
from social_publisher.approval import launches
from social_publisher.approval.errors import ApprovalError
from social_publisher.approval.launched import page_version
from social_publisher.approval.package import build_package
from social_publisher.delivery import pausing
from social_publisher.delivery.arm import arm
from social_publisher.delivery.due import due, mark_missed
from social_publisher.delivery.journal import Journal, Permit
from social_publisher.delivery.launching import look_at_launches
from social_publisher.delivery.worker import carry
from social_publisher.messages.sighting import Answer
from social_publisher.models import Alert, Approval, Delivery, Launch, Pause, Post, RehearsalPost
from tests.factories import approve, make_channel, make_post, make_user
from tests.pages import as_reader, make_news, page_editor

pytestmark = pytest.mark.django_db
Commits = Callable[..., AbstractContextManager[Any]]


@pytest.fixture
def commits(django_capture_on_commit_callbacks: Commits) -> Callable[[], AbstractContextManager[Any]]:
    return lambda: django_capture_on_commit_callbacks(execute=True)


class Rig:
    """A page with a post in a launch, its people, and a clock."""

    def __init__(self, commits: Callable[[], AbstractContextManager[Any]], *, minutes: int = 5, **fields: Any) -> None:
        self.commits = commits
        self.editor, self.approver = page_editor(), page_editor(approves=True)
        self.page = make_news(live=False, user=self.editor, **fields)
        self.launch = launches.open_launch(self.page, self.editor)
        self.now = timezone.now() + timedelta(minutes=minutes)
        self.post = self.add_post()

    def add_post(self) -> Post:
        post = make_post(
            [make_channel("bluesky")], author=self.editor, link_page=self.page.page_ptr, link_url="", due_at=self.now
        )
        Post.objects.filter(pk=post.pk).update(launch=self.launch)
        return Post.objects.get(pk=post.pk)

    def approve(self) -> None:
        with self.commits():
            launches.submit(Launch.objects.get(), self.editor)
        launch = Launch.objects.get()
        posts = {post.pk: build_package(post.current()).digest for post in launches.undecided(launch)}
        with self.commits():
            launches.approve(launch, self.approver, launches.Seen(page_version(launch).digest, posts))

    def look(self, fetch: Callable[[str], Answer] = as_reader, now: datetime | None = None) -> int:
        return look_at_launches(now or self.now, fetch)

    def carry(self, now: datetime | None = None) -> int:
        moment = now or self.now + timedelta(seconds=1)
        return carry([row.pk for row in due(moment)], clock=lambda: moment)

    def edit(self, title: str = "Another title", user: Any = None) -> Any:
        page = NewsPage.objects.get().get_latest_revision_as_object()
        page.title = title
        with self.commits():
            return page.save_revision(user=user or self.editor)

    def unpublish(self) -> None:
        with self.commits():
            NewsPage.objects.get().unpublish()


@pytest.fixture
def rig(commits: Callable[[], AbstractContextManager[Any]]) -> Rig:
    return Rig(commits)


def missing(url: str) -> Answer:
    return Answer(404, "text/html", "")


def test_approved_posts_leave_once_their_page_is_seen_live(rig: Rig) -> None:
    rig.approve()
    assert NewsPage.objects.get().live
    assert (due(rig.now), rig.carry()) == ([], 0)
    assert list(Delivery.objects.held()) == list(Delivery.objects.all())
    assert rig.look(missing) == 0
    assert "404" in Launch.objects.get().problem
    assert rig.carry() == 0
    assert rig.look() == 1
    assert rig.carry() == 1
    assert RehearsalPost.objects.get().text


def test_publishing_the_approved_version_takes_nothing_back(rig: Rig) -> None:
    rig.approve()
    assert Approval.objects.get().stands
    assert build_package(Post.objects.get().current()).digest == Approval.objects.get().digest
    rig.look()
    assert build_package(Post.objects.get().current()).digest == Approval.objects.get().digest


def test_a_page_goes_live_at_its_time_with_the_look_and_not_before(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    at = (timezone.now() + timedelta(minutes=1)).replace(microsecond=0)
    launches.set_go_live(rig.launch, at, rig.editor)
    rig.approve()
    page = NewsPage.objects.get()
    assert (page.live, page.latest_revision.approved_go_live_at) == (False, at)
    assert rig.look(now=at - timedelta(seconds=1)) == 0
    assert not NewsPage.objects.get().live
    monkeypatch.setattr("django.utils.timezone.now", lambda: at)
    with rig.commits():
        assert rig.look(now=at) == 1
    assert NewsPage.objects.get().live
    assert Approval.objects.get().stands
    assert rig.carry() == 1


def test_a_changed_page_takes_the_whole_launch_back(rig: Rig) -> None:
    launches.set_go_live(rig.launch, timezone.now() + timedelta(minutes=1), rig.editor)
    rig.approve()
    rig.edit()
    launch = Launch.objects.get()
    assert (launch.approved_at, launch.revision, launch.approver_name) == (None, None, "")
    assert not Approval.objects.get().stands
    assert Delivery.objects.get().state == "cancelled"
    assert not NewsPage.objects.get().revisions.exclude(approved_go_live_at=None).exists()
    assert Alert.objects.filter(kind=Alert.Kind.LAUNCH, post=rig.post).exists()


def test_a_draft_that_is_overwritten_in_place_takes_it_back_too(rig: Rig) -> None:
    launches.set_go_live(rig.launch, timezone.now() + timedelta(minutes=1), rig.editor)
    rig.approve()
    page = NewsPage.objects.get().get_latest_revision_as_object()
    page.title = "Overwritten by autosave"
    with rig.commits():
        page.save_revision(user=rig.editor, overwrite_revision=page.latest_revision)
    assert not Approval.objects.get().stands
    assert Launch.objects.get().approved_at is None


def test_a_draft_after_the_page_is_live_changes_nothing(rig: Rig) -> None:
    rig.approve()
    rig.look()
    rig.edit("For tomorrow")
    assert Approval.objects.get().stands
    assert rig.carry() == 1


def test_a_newer_version_published_before_the_posts_leave_takes_them_back(rig: Rig) -> None:
    rig.approve()
    rig.look()
    revision = rig.edit("Not what was approved")
    with rig.commits():
        revision.publish()
    assert rig.carry() == 0
    assert not Approval.objects.get().stands


def test_a_page_taken_down_holds_what_has_not_left_until_it_is_back(rig: Rig) -> None:
    rig.approve()
    rig.look()
    rig.unpublish()
    assert rig.carry() == 0
    assert rig.look() == 0
    with rig.commits():
        NewsPage.objects.get().latest_revision.publish()
    assert rig.carry() == 0
    assert rig.look() == 1
    assert rig.carry(rig.now + timedelta(minutes=2)) == 1


def test_a_page_hidden_behind_every_signal_is_caught_at_arming(rig: Rig) -> None:
    rig.approve()
    rig.look()
    NewsPage.objects.update(live=False)
    assert rig.carry() == 0
    assert not RehearsalPost.objects.exists()


def test_the_last_question_before_the_call_asks_for_the_page(rig: Rig) -> None:
    rig.approve()
    rig.look()
    owner = uuid4()
    (armed,) = arm([Delivery.objects.get().pk], owner, rig.now)
    journal = Journal(armed, owner, lambda: rig.now)
    assert journal.permit() is Permit.GO
    rig.unpublish()
    assert journal.permit() is Permit.HELD
    Launch.objects.all().delete()
    assert journal.permit() is Permit.HELD


def test_a_late_page_is_told_once_and_its_posts_are_missed_at_their_cut_off(rig: Rig) -> None:
    rig.approve()
    early, late = rig.now + timedelta(seconds=119), rig.now + timedelta(minutes=2)
    rig.look(missing, early)
    assert not Alert.objects.exists()
    rig.look(missing, late)
    rig.look(missing, late + timedelta(seconds=2))
    alert = Alert.objects.get()
    assert (alert.kind, alert.post) == (Alert.Kind.LAUNCH, rig.post)
    assert "404" in alert.words
    assert mark_missed(Delivery.objects.get().cut_off_at) == 1
    assert rig.look(now=Delivery.objects.get().cut_off_at) == 0


def test_a_server_that_does_not_answer_is_a_problem_and_no_crash(rig: Rig) -> None:
    def silent(url: str) -> Answer:
        raise httpx.ReadTimeout("slow")

    rig.approve()
    assert rig.look(silent) == 0
    assert "ReadTimeout" in Launch.objects.get().problem


def test_no_address_but_this_sites_is_fetched(rig: Rig, settings: Any) -> None:
    rig.approve()
    asked: list[str] = []

    def fetch(url: str) -> Answer:
        asked.append(url)
        return as_reader(url)

    settings.PUBLIC_BASE_URL = "https://elsewhere.example"
    assert rig.look(fetch) == 0
    assert asked == []
    assert "no address on this site" in Launch.objects.get().problem


def test_nothing_is_looked_at_before_the_page_is_due(rig: Rig) -> None:
    launches.set_go_live(rig.launch, rig.now, rig.editor)
    rig.approve()
    asked: list[str] = []
    look_at_launches(rig.now - timedelta(seconds=1), lambda url: asked.append(url) or missing(url))  # type: ignore[func-returns-value]
    assert (asked, Launch.objects.get().looked_at) == ([], None)


def test_the_queue_says_what_a_held_post_waits_for(rig: Rig, client: Any) -> None:
    rig.approve()
    rig.look(missing)
    client.force_login(make_user(superuser=True))
    shown = client.get(reverse("social_queue:index"))
    assert "Waits for its page to be live." in shown.content.decode()
    held = {row for part in shown.context["parts"] if part.section.key == "held" for row, _badge in part.rows}
    assert held == set(Delivery.objects.held())


def test_other_posts_are_not_held(rig: Rig) -> None:
    rig.approve()
    assert Delivery.objects.unheld().count() == 0
    other = make_post()
    approve(other)
    assert [row.post_id for row in Delivery.objects.unheld()] == [other.pk]


EVENTS = ("approve", "publish", "see", "miss", "carry", "edit", "unpublish", "pause", "resume", "repost")


@pytest.mark.parametrize("seed", range(4))
def test_no_order_of_events_lets_a_post_leave_before_its_page_is_seen(
    seed: int, commits: Callable[[], AbstractContextManager[Any]]
) -> None:
    chance, rig = random.Random(seed), Rig(commits)
    staff = make_user("Approvers")
    for _step in range(12):
        before = RehearsalPost.objects.count()
        event = chance.choice(EVENTS)
        _happen(rig, event, staff)
        rig.carry()
        if RehearsalPost.objects.count() > before:
            page, launch = NewsPage.objects.get(), Launch.objects.get()
            assert page.live
            assert launch.seen_live_at is not None
            assert page.live_revision_id == launch.revision_id
            assert not Pause.objects.filter(lifted_at=None).exists()
            break
    for row in Delivery.objects.filter(state="published"):
        assert row.approval.stands


def _happen(rig: Rig, event: str, staff: Any) -> None:
    page = NewsPage.objects.get()
    try:
        if event == "approve":
            rig.approve()
        elif event == "publish":
            with rig.commits():
                page.latest_revision.publish()
        elif event in {"see", "miss"}:
            rig.look(as_reader if event == "see" else missing)
        elif event == "edit":
            rig.edit(f"Title {random.random()}")
        elif event == "unpublish" and page.live:
            rig.unpublish()
        elif event == "pause":
            pausing.pause(reason="Test", user=staff)
        elif event == "resume":
            pausing.resume(user=staff)
        elif event == "repost":
            content = Post.objects.get().current()
            content.text = f"Text {random.random()}"
            with rig.commits():
                content.save_revision(user=rig.editor)
    except ApprovalError:
        return


def test_one_page_that_cannot_be_looked_at_holds_back_no_other(rig: Rig) -> None:
    rig.approve()
    Launch.objects.update(goes_live_at=timezone.now() - timedelta(minutes=1))
    asked = []

    def fetch(url: str) -> Answer:
        asked.append(url)
        raise LookupError("unknown encoding: mystery")

    assert rig.look(fetch) == 0
    launch = Launch.objects.get()
    assert asked
    assert (launch.looked_at, "LookupError" in launch.problem) == (rig.now, True)
