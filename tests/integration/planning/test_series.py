from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db import connection

from media.models import CampaignImage
from social_publisher.approval import service
from social_publisher.approval.errors import ApprovalError, ChangedError, OwnWorkError
from social_publisher.approval.package import build_package
from social_publisher.models import Alert, Approval, AuditEvent, CampaignRules, Delivery, Occurrence, Post, Series
from social_publisher.planning import series as planning
from social_publisher.planning.errors import PlanningError
from tests.factories import make_approver, make_channel, make_editor, make_image, make_post, picture_bytes

pytestmark = pytest.mark.django_db
# Well before the change of clocks of 28 March.
NOW = datetime(2027, 3, 1, 8, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def make_series(post: Post | None = None, user: Any = None, **fields: Any) -> Series:
    """Weekly on Mondays at 10:00 in Sofia for four weeks, unless said otherwise."""
    post = post or make_post([make_channel()], due_at=NOW + timedelta(hours=1))
    values: dict[str, Any] = {
        "every": "week",
        "time": time(10),
        "time_zone": "Europe/Sofia",
        "starts_on": date(2027, 3, 8),
        "ends_on": date(2027, 3, 31),
    }
    return planning.begin(Series(**{**values, **fields}), post, user or post.author, NOW)


def seen(series: Series) -> dict[int, str]:
    return {post.pk: build_package(post.current()).digest for post in planning.upcoming(series)}


def test_the_source_is_the_first_and_the_others_are_copies_as_drafts() -> None:
    series = make_series(make_post([make_channel()], image=make_image()))
    posts = planning.upcoming(series)
    assert [post.current().due_at.astimezone(UTC).day for post in posts] == [8, 15, 22, 29]
    assert series.source == posts[0]
    assert {post.text for post in posts} == {"Ask where it comes from."}
    assert {post.author for post in posts} == {posts[0].author}
    assert len({post.translation_key for post in posts}) == 4
    assert [post.images.count() + post.variants.count() for post in posts] == [2] * 4
    assert not Approval.objects.exists()
    assert not any(post.live or post.workflow_in_progress for post in posts)


def test_local_time_stays_when_clocks_change() -> None:
    series = make_series()
    assert [post.current().due_at.hour for post in planning.upcoming(series)] == [8, 8, 8, 7]


def test_a_time_that_clocks_skip_is_moved_and_said() -> None:
    moved = Series(
        every="day",
        time=time(3, 30),
        time_zone="Europe/Sofia",
        starts_on=date(2027, 3, 27),
        ends_on=date(2027, 3, 29),
    )
    assert [(item.due_at.hour, item.moved) for item in planning.planned(moved, NOW)] == [
        (1, False),
        (1, True),
        (0, False),
    ]


def test_no_more_are_made_than_the_horizon_shows() -> None:
    daily = make_series(every="day", ends_on=date(2029, 1, 1))
    assert len(planning.upcoming(daily)) == planning.MOST
    monthly = make_series(every="month", ends_on=date(2029, 1, 1))
    assert len(planning.upcoming(monthly)) == 3


def test_the_horizon_moves_on_and_each_day_is_made_once() -> None:
    series = make_series(every="month", ends_on=date(2029, 1, 1))
    later = NOW + timedelta(days=31)
    assert planning.extend_all(NOW) == 0
    assert planning.extend_all(later) == 1
    assert planning.extend_all(later) == 0
    assert Occurrence.objects.filter(series=series).count() == 4
    assert Alert.objects.get().kind == Alert.Kind.TO_APPROVE


def test_what_the_job_makes_of_a_submitted_series_waits_for_approval_and_no_more() -> None:
    series = make_series(every="month", ends_on=date(2029, 1, 1))
    planning.submit(series, series.source.author)
    planning.approve(series, make_approver(), seen(series))
    planning.extend_all(NOW + timedelta(days=31))
    made = Post.objects.filter(series=series).latest("pk")
    assert made.workflow_in_progress
    assert made.author == made.last_editor == series.source.author
    assert Approval.objects.count() == 3


def test_a_deleted_occurrence_is_not_made_again() -> None:
    series = make_series()
    planning.upcoming(series)[2].delete()
    assert planning.extend_all(NOW) == 0
    assert len(planning.upcoming(series)) == 3


def test_a_series_is_approved_as_one_by_a_second_person() -> None:
    series = make_series()
    assert planning.submit(series, series.source.author) == (4, [])
    approver = make_approver()
    assert planning.approve(series, approver, seen(series)) == 4
    assert {approval.approver for approval in Approval.objects.all()} == {approver}
    assert Delivery.objects.filter(state="waiting").count() == 4
    assert len(set(Delivery.objects.values_list("short_link", flat=True))) == 4
    assert AuditEvent.objects.filter(action="post.approved").count() == 4


def test_whoever_wrote_it_approves_none_of_it() -> None:
    approver = make_approver()
    series = make_series(make_post(author=approver))
    planning.submit(series, approver)
    with pytest.raises(OwnWorkError):
        planning.approve(series, approver, seen(series))


def test_whoever_made_the_series_of_anothers_post_approves_none_of_it() -> None:
    approver = make_approver()
    series = make_series(make_post(author=make_editor()), approver)
    planning.submit(series, approver)
    with pytest.raises(OwnWorkError):
        planning.approve(series, approver, seen(series))


def test_one_that_changed_stops_the_whole_approval() -> None:
    series = make_series()
    planning.submit(series, series.source.author)
    looked = seen(series)
    last = planning.upcoming(series)[-1].current()
    last.text = "Changed meanwhile."
    last.save_revision(user=series.source.author)
    with pytest.raises(ChangedError):
        planning.approve(series, make_approver(), looked)
    assert not Approval.objects.exists()


def test_posts_of_another_series_are_not_approved_with_it() -> None:
    series, other = make_series(), make_series()
    for one in (series, other):
        planning.submit(one, one.source.author)
    with pytest.raises(ApprovalError):
        planning.approve(series, make_approver(), {**seen(series), **seen(other)})


def test_ending_stops_all_that_has_not_left() -> None:
    series = make_series()
    planning.submit(series, series.source.author)
    first = planning.upcoming(series)[0]
    service.approve(first, make_approver(), seen(series)[first.pk])
    editor = make_editor()
    assert planning.end(series, editor, NOW) == 4
    assert Delivery.objects.get().state == "cancelled"
    assert f"ended by {editor.username}" in Delivery.objects.get().reason
    assert not any(post.workflow_in_progress for post in planning.upcoming(series))
    assert planning.extend_all(NOW + timedelta(days=31)) == 0
    with pytest.raises(PlanningError):
        planning.end(series, editor, NOW)


def test_what_is_out_stays_out_when_the_series_ends() -> None:
    series = make_series()
    planning.submit(series, series.source.author)
    planning.approve(series, make_approver(), seen(series))
    out = Delivery.objects.order_by("due_at").first()
    Delivery.objects.filter(pk=out.pk).update(state="armed", owner=uuid4(), lease_until=NOW)
    planning.end(series, make_editor(), NOW)
    assert sorted(Delivery.objects.values_list("state", flat=True)) == ["armed", "cancelled", "cancelled", "cancelled"]


def test_a_new_text_replaces_the_others_and_voids_what_was_approved(django_capture_on_commit_callbacks: Any) -> None:
    series, editor = make_series(), make_editor()
    planning.submit(series, series.source.author)
    planning.approve(series, make_approver(), seen(series))
    second = planning.upcoming(series)[1].current()
    second.text = "Better words."
    second.save_revision(user=editor)
    with django_capture_on_commit_callbacks(execute=True):
        assert planning.replace(series, second, editor) == 3
    posts = planning.upcoming(series)
    assert {post.current().text for post in posts} == {"Better words."}
    assert [post.current().due_at.day for post in posts] == [8, 15, 22, 29]
    assert {post.last_editor for post in posts} == {editor}
    assert {delivery.state for delivery in Delivery.objects.exclude(post=second)} == {"cancelled"}
    series.refresh_from_db()
    assert series.source_id == second.pk


def test_a_replaced_occurrence_is_approved_again_and_leaves_as_replaced(
    django_capture_on_commit_callbacks: Any,
) -> None:
    series, editor = make_series(), make_editor()
    planning.submit(series, series.source.author)
    planning.approve(series, make_approver(), seen(series))
    source = Post.objects.get(pk=series.source_id).current()
    source.text = "Better words."
    source.save_revision(user=editor)
    with django_capture_on_commit_callbacks(execute=True):
        planning.replace(series, source, editor)
    assert planning.submit(series, editor) == (3, [])
    last = planning.upcoming(series)[-1]
    service.approve(last, make_approver(), build_package(last.current()).digest)
    last.refresh_from_db()
    assert last.text == "Better words."
    assert last.variants.count() == 1


def test_a_series_needs_a_day_ahead_and_an_end_after_its_start() -> None:
    with pytest.raises(PlanningError, match="lies ahead"):
        make_series(starts_on=date(2027, 1, 1), ends_on=date(2027, 2, 1))
    with pytest.raises(PlanningError, match="before the start"):
        make_series(ends_on=date(2027, 3, 1))


def test_a_post_is_repeated_once_and_not_when_it_is_out() -> None:
    series = make_series()
    with pytest.raises(PlanningError):
        make_series(series.source)


def test_a_picture_changed_since_it_was_submitted_is_not_submitted_in_its_writers_name() -> None:
    series = make_series(make_post([make_channel()], image=make_image()), ends_on=date(2027, 12, 31))
    planning.submit(series, series.created_by)
    image = CampaignImage.objects.get()
    image.file = ImageFile(ContentFile(picture_bytes("red")), name="red.png")
    image.save()
    image.renditions.all().delete()
    (made,) = planning.extend(series.pk, NOW + timedelta(weeks=1))
    assert not Post.objects.get(pk=made.pk).workflow_in_progress


def test_whoever_changed_a_picture_and_submitted_it_approves_no_copy_of_it() -> None:
    series = make_series(make_post([make_channel()], image=make_image()), ends_on=date(2027, 12, 31))
    approver, other = make_approver(), make_approver()
    image = CampaignImage.objects.get()
    image.file = ImageFile(ContentFile(picture_bytes("red")), name="red.png")
    image.save()
    planning.submit(series, approver)
    (made,) = planning.extend(series.pk, NOW + timedelta(weeks=1))
    post = Post.objects.get(pk=made.pk)
    assert post.workflow_in_progress
    assert (post.author, post.submission.by) == (series.created_by, approver)
    with pytest.raises(OwnWorkError):
        service.approve(post, approver, build_package(post.current()).digest)
    assert service.approve(post, other, build_package(post.current()).digest)


def test_the_first_of_two_approves_no_series_alone() -> None:
    series, first, second = make_series(), make_approver(), make_approver()
    CampaignRules.objects.create(campaign=series.source.campaign, second_level=True)
    planning.submit(series, series.created_by)
    assert planning.approve(series, first, seen(series)) == 0
    assert not AuditEvent.objects.filter(action="series.approved").exists()
    assert planning.approve(series, second, seen(series)) == 4


@pytest.mark.parametrize("way", ["submit", "extend"])
def test_no_link_is_opened_while_the_series_is_locked(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    series = make_series(ends_on=date(2027, 12, 31))
    if way == "extend":
        planning.submit(series, series.created_by)
    depth, outside = [], len(connection.savepoint_ids)
    monkeypatch.setattr(
        "social_publisher.approval.checks.look_at_links", lambda *_: depth.append(len(connection.savepoint_ids))
    )
    if way == "submit":
        planning.submit(series, series.created_by)
    else:
        planning.extend(series.pk, NOW + timedelta(weeks=1))
    assert set(depth) == {outside}
