"""A page and its posts are decided on together, by somebody who made neither."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, WorkflowPage

from content.pages import NewsPage
from social_publisher.approval import launches, service
from social_publisher.approval.errors import ApprovalError, ChangedError, NotSendableError, OwnWorkError
from social_publisher.approval.launched import page_version
from social_publisher.approval.package import build_package
from social_publisher.models import Approval, AuditEvent, Delivery, Launch, Post
from social_publisher.models.ledger import Event
from tests.factories import make_channel, make_editor, make_post, make_user
from tests.pages import make_news, page_editor

pytestmark = pytest.mark.django_db


def launched(editor: Any, posts: int = 2, **page: Any) -> Launch:
    """A launch of a page that is not live, with posts, nothing submitted yet."""
    launch = launches.open_launch(make_news(live=False, user=editor, **page), editor)
    for _number in range(posts):
        post = make_post([make_channel()], author=editor, link_page=launch.page, link_url="")
        Post.objects.filter(pk=post.pk).update(launch=launch)
    return Launch.objects.get()


def seen(launch: Launch) -> launches.Seen:
    digests = {post.pk: build_package(post.current()).digest for post in launches.undecided(launch)}
    return launches.Seen(page_version(Launch.objects.get(pk=launch.pk)).digest, digests)


@pytest.fixture
def editor() -> Any:
    return page_editor()


@pytest.fixture
def approver() -> Any:
    return page_editor(approves=True)


@pytest.mark.parametrize("workflow", [True, False], ids=["with the page's workflow", "without one"])
def test_page_and_posts_are_approved_together(workflow: bool, editor: Any, approver: Any) -> None:
    if not workflow:
        WorkflowPage.objects.all().delete()
    launch = launched(editor)
    launches.submit(launch, editor)
    assert NewsPage.objects.get().workflow_in_progress == workflow
    assert launches.approve(launch, approver, seen(launch), "Fine.")
    launch = Launch.objects.get()
    page = NewsPage.objects.get()
    assert page.live
    assert (launch.revision, launch.approver, launch.approver_name) == (
        page.live_revision,
        approver,
        approver.username,
    )
    assert Approval.objects.filter(approver=approver).count() == 2
    assert Delivery.objects.filter(state="waiting").count() == 2
    assert Delivery.objects.held().count() == 2
    assert AuditEvent.objects.filter(action="launch.approved", actor=approver).exists()


def test_it_is_all_or_nothing(editor: Any, approver: Any) -> None:
    launch = launched(editor)
    launches.submit(launch, editor)
    first, second = seen(launch).digests
    what = seen(launch)
    with pytest.raises(ChangedError):
        launches.approve(launch, approver, launches.Seen(what.version, {**what.digests, second: "0" * 64}))
    with pytest.raises(ChangedError):
        launches.approve(launch, approver, launches.Seen(what.version, {first: what.digests[first]}))
    assert not Approval.objects.exists()
    assert not NewsPage.objects.get().live


def test_the_page_that_was_seen_is_the_page_that_is_approved(editor: Any, approver: Any) -> None:
    launch = launched(editor)
    launches.submit(launch, editor)
    before = seen(launch)
    page = NewsPage.objects.get().get_latest_revision_as_object()
    page.title = "Changed while the approver was reading"
    page.save_revision(user=editor)
    with pytest.raises(ChangedError):
        launches.approve(launch, approver, before)
    assert not NewsPage.objects.get().live


def test_who_edited_the_page_last_approves_neither_it_nor_its_posts(editor: Any, approver: Any) -> None:
    launch = launched(editor)
    page = NewsPage.objects.get().get_latest_revision_as_object()
    page.save_revision(user=approver)
    launches.submit(launch, editor)
    with pytest.raises(OwnWorkError):
        launches.approve(launch, approver, seen(launch))
    post = Post.objects.order_by("pk").first()
    with pytest.raises(OwnWorkError):
        service.approve(post, approver, build_package(post.current()).digest)


def test_who_began_the_page_approves_it_not_even_after_somebody_else_edited_it(editor: Any, approver: Any) -> None:
    launch = launched(editor)
    Page.objects.filter(pk=launch.page_id).update(owner=approver)
    launch = Launch.objects.get(pk=launch.pk)
    assert "wrote or edited this page" in launches.why_not(launch, approver)
    with pytest.raises(OwnWorkError):
        launches.approve(launch, approver, seen(launch))


def test_a_superuser_who_wrote_a_post_cannot_approve_the_launch(editor: Any) -> None:
    superuser = make_user(superuser=True)
    launch = launched(editor, posts=1)
    own = make_post([make_channel()], author=superuser, link_page=launch.page, link_url="")
    Post.objects.filter(pk=own.pk).update(launch=launch)
    launches.submit(launch, editor)
    with pytest.raises(OwnWorkError):
        launches.approve(launch, superuser, seen(launch))
    assert not Approval.objects.exists()


def test_the_database_refuses_an_approval_by_the_pages_author(editor: Any) -> None:
    launch = launched(editor, posts=0)
    with pytest.raises(IntegrityError, match="launch_approver_is_not_the_pages_author"), transaction.atomic():
        Launch.objects.filter(pk=launch.pk).update(revision_author=editor, approver=editor, approver_name="x")
    with pytest.raises(IntegrityError, match="an_approved_launch_names_its_approver"), transaction.atomic():
        Launch.objects.filter(pk=launch.pk).update(approved_at=timezone.now())


def test_whoever_may_not_publish_the_page_cannot_approve_the_launch(editor: Any) -> None:
    launch = launched(editor)
    launches.submit(launch, editor)
    for person in (make_user("Approvers"), make_editor()):
        with pytest.raises(ApprovalError):
            launches.approve(launch, person, seen(launch))
    assert not NewsPage.objects.get().live


def test_posts_approved_singly_are_held_and_the_rest_is_approved_with_the_page(editor: Any, approver: Any) -> None:
    launch = launched(editor)
    launches.submit(launch, editor)
    single = Post.objects.order_by("pk").first()
    service.approve(single, make_user("Approvers"), build_package(single.current()).digest)
    assert Delivery.objects.unheld().count() == 0
    assert launches.approve(launch, approver, seen(launch))
    assert Approval.objects.filter(voided_at=None).count() == 2


def test_it_is_sent_back_as_a_whole_and_submitted_again(editor: Any, approver: Any) -> None:
    launch = launched(editor)
    launches.submit(launch, editor)
    launches.request_changes(launch, approver, "Another title, please.")
    assert not any(post.workflow_in_progress for post in Post.objects.all())
    assert not NewsPage.objects.get().workflow_in_progress
    launches.submit(launch, editor)
    assert launches.approve(launch, approver, seen(launch))


def test_posts_that_would_be_missed_are_not_submitted(editor: Any) -> None:
    launch = launched(editor)
    launches.set_go_live(launch, timezone.now() + timedelta(days=1), editor)
    with pytest.raises(NotSendableError, match="would be missed"):
        launches.submit(Launch.objects.get(), editor)
    assert not any(post.workflow_in_progress for post in Post.objects.all())


def test_only_a_post_s_own_people_put_it_up_again_after_the_page_changed(editor: Any, approver: Any) -> None:
    launch = launched(editor)
    launches.submit(launch, editor)
    page = NewsPage.objects.get().get_latest_revision_as_object()
    page.title = "Another title"
    page.save_revision(user=editor)
    with pytest.raises(ApprovalError, match="submit it again"):
        launches.submit(launch, approver)
    launches.submit(launch, editor)
    assert launches.approve(launch, approver, seen(launch))


def test_a_page_without_anything_unpublished_is_no_launch(editor: Any) -> None:
    with pytest.raises(ApprovalError, match="live already"):
        launches.open_launch(make_news(user=editor), editor)


def test_a_newer_version_of_a_live_page_is_launched_too(editor: Any, approver: Any) -> None:
    page = make_news(user=editor)
    draft = page.get_latest_revision_as_object()
    draft.title = "The second phase begins"
    revision = draft.save_revision(user=editor)
    launch = launches.open_launch(page, editor)
    assert page_version(launch).revision == revision
    post = make_post([make_channel("bluesky")], author=editor, link_page=page.page_ptr, link_url="")
    Post.objects.filter(pk=post.pk).update(launch=launch)
    card = build_package(Post.objects.get().current()).parcels[0].composed.card
    assert card is not None
    assert card.title == "The second phase begins"
    launches.submit(launch, editor)
    launches.approve(launch, approver, seen(launch))
    assert NewsPage.objects.get().live_revision == revision
    assert build_package(Post.objects.get().current()).digest == Approval.objects.get().digest


def test_no_link_is_opened_in_the_transaction_that_submits(editor: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    launch, depth, outside = launched(editor), [], len(connection.savepoint_ids)
    monkeypatch.setattr(
        "social_publisher.approval.checks.look_at_links", lambda *_: depth.append(len(connection.savepoint_ids))
    )
    launches.submit(launch, editor)
    assert depth == [outside] * 2


def test_the_page_is_locked_before_its_launch_on_every_way(editor: Any, approver: Any) -> None:
    launch = launched(editor)
    launches.submit(launch, editor)
    orders = []
    for step in (
        lambda: launches.approve(launch, approver, seen(launch)),
        lambda: launches.set_go_live(launch, None, editor),
    ):
        with CaptureQueriesContext(connection) as asked:
            step()
        locks = [row["sql"] for row in asked if "UPDATE" in row["sql"]]
        orders.append(
            next(name for sql in locks for name in ("wagtailcore_page", "publisher_launch") if f'{name}"' in sql[:400])
        )
    assert orders == ["wagtailcore_page"] * 2


@pytest.mark.django_db(transaction=True)
def test_a_post_is_added_while_page_and_launch_are_locked(editor: Any) -> None:
    """Who adds one may hold locks on its other posts: waiting for the launch here could go on for ever."""
    launch = launched(editor, posts=1)
    failures = list[BaseException]()

    def add() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '2s'")
            make_post(author=editor, link_page=launch.page, link_url="", launch=launch)
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    with transaction.atomic():
        launches.set_go_live(launch, None, editor)
        launches.note_page(launch.page_id)
        other = threading.Thread(target=add)
        other.start()
        other.join(20)
    assert not failures
    assert launch.posts.count() == 2


def test_a_launch_is_not_over_while_a_post_may_still_be_tried_again(editor: Any, approver: Any) -> None:
    launch = launched(editor, posts=1)
    launches.submit(launch, editor)
    launches.approve(launch, approver, seen(launch))
    Launch.objects.update(seen_live_at=timezone.now())
    row, now = Delivery.objects.get(), timezone.now()
    Delivery.objects.move(Event.ARM, [row.pk], at=now, owner=uuid4(), lease_until=now)
    Delivery.objects.move(Event.LOST, [row.pk], at=now)
    assert not launches.is_over(Launch.objects.get())
