"""A desk that has been used for two years: many posts in every state, copied inside the database from one real one."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils import timezone
from wagtail.models import Revision, TaskState, WorkflowState

from social_publisher.models import Approval, Post, Slot
from tests.factories import approve, make_approver, make_campaign, make_channel, make_editor, make_post

CHANNELS = 8
# What waits for a decision at a time.
IN_REVIEW = 100
# Over two years around now, a variant each; every tenth is a draft with newer words and another time than its row.
COPIES = (
    """
INSERT INTO social_publisher_post ({columns}, text, due_at, has_unpublished_changes, latest_revision_id,
    translation_key)
SELECT {columns}, 'Post ' || n || '. ' || repeat('Ask where it comes from. ', 8),
    now() + (n - %(count)s / 2) * interval '1 s' * (63072000.0 / %(count)s), n %% 10 = 0, NULL, gen_random_uuid()
FROM social_publisher_post, generate_series(1, %(count)s) n WHERE id = %(post)s
""",
    """
INSERT INTO social_publisher_variant (post_id, channel_id, sort_order, text, offset_minutes, media, alt_text)
SELECT id, (%(channels)s::bigint[])[1 + (id - %(post)s) %% array_length(%(channels)s::bigint[], 1)], 0, '', 0,
    'shared', ''
FROM social_publisher_post WHERE id > %(post)s
""",
    """
INSERT INTO wagtailcore_revision (content_type_id, base_content_type_id, object_id, created_at, object_str, content,
    user_id)
SELECT content_type_id, base_content_type_id, post.id::text, now(), left(post.text, 60), revision.content
    || jsonb_build_object('pk', post.id, 'due_at', post.due_at + interval '1 h', 'text', 'Newer. ' || post.text,
        'variants', (SELECT jsonb_agg(jsonb_build_object('channel', channel_id, 'sort_order', sort_order))
            FROM social_publisher_variant variant WHERE variant.post_id = post.id)), author_id
FROM social_publisher_post post JOIN wagtailcore_revision revision ON revision.id = %(revision)s
WHERE post.has_unpublished_changes AND post.id > %(post)s
""",
    """
UPDATE social_publisher_post post SET latest_revision_id = revision.id
FROM wagtailcore_revision revision, wagtailcore_revision original
WHERE original.id = %(revision)s AND revision.content_type_id = original.content_type_id
    AND revision.object_id = post.id::text AND post.id > %(post)s
""",
    """
INSERT INTO social_publisher_approval (post_id, digest, package, revision_id_seen, author_id, last_editor_id,
    approver_id, author_name, last_editor_name, approver_name, second_approver_name, urgent, in_advance, comment,
    approved_at, voided_reason)
SELECT post.id, digest, package, 0, approval.author_id, last_editor_id, approver_id, author_name, last_editor_name,
    approver_name, '', false, false, '', now(), ''
FROM social_publisher_post post JOIN social_publisher_approval approval ON approval.post_id = %(post)s
WHERE post.id > %(post)s AND NOT post.has_unpublished_changes AND (post.id - %(post)s) %% 20 <> 5
""",
    """
INSERT INTO social_publisher_delivery (post_id, channel_id, approval_id, state, due_at, next_at, cut_off_at,
    attempts_made, state_changed_at, remote_id, remote_url, reason, parts_out, published_at)
SELECT post.id, variant.channel_id, approval.id,
    CASE WHEN post.due_at > now() THEN 'waiting' WHEN (post.id - %(post)s) %% 50 = 1 THEN 'missed'
        WHEN (post.id - %(post)s) %% 50 = 2 THEN
        'failed' ELSE 'published' END,
    post.due_at, post.due_at, post.due_at + interval '2 h', 1, post.due_at, '', '', '', '[]', post.due_at
FROM social_publisher_post post JOIN social_publisher_variant variant ON variant.post_id = post.id
JOIN social_publisher_approval approval ON approval.post_id = post.id WHERE post.id > %(post)s
""",
)
OWN = {"id", "text", "due_at", "has_unpublished_changes", "latest_revision_id", "live_revision_id", "translation_key"}
FAR = datetime(2090, 1, 1, tzinfo=UTC)


def fill(count: int, *, clean: bool = True) -> dict[str, Any]:
    """Write `count` posts and return the objects that screens are filtered by; `clean` counts and cleans the tables,
    which is not done in a transaction."""
    channels = [make_channel(time_zone="Europe/Bucharest") for _number in range(CHANNELS)]
    times = [(day, time(hour)) for day in range(7) for hour in (9, 17)]
    Slot.objects.bulk_create(Slot(channel=channel, weekday=day, time=at) for channel in channels for day, at in times)
    editor, approver, campaign = make_editor(), make_approver(), make_campaign()
    post = make_post(channels[:1], author=editor, campaign=campaign, due_at=FAR)
    approve(post, approver)
    columns = [field.column for field in Post._meta.concrete_fields if field.column not in OWN]
    values = {
        "count": count,
        "post": post.pk,
        "channels": [channel.pk for channel in channels],
        "revision": post.latest_revision_id,
    }
    with connection.cursor() as cursor:
        for statement in COPIES:
            cursor.execute(statement.replace("{columns}", ", ".join(f'"{column}"' for column in columns)), values)
    waiting = Post.objects.filter(approvals=None, due_at__gte=timezone.now()).exclude(has_unpublished_changes=True)
    _submit([row.pk for row in waiting.order_by("due_at")[:IN_REVIEW]], editor, values["revision"])
    if clean:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")
    assert Approval.objects.count() > count / 2
    assert Revision.objects.count() > count / 11
    return {"editor": editor, "campaign": campaign, "channel": channels[0]}


def _submit(ids: list[int], editor: Any, revision: int) -> None:
    kind, workflow = Post.get_content_type(), Post().get_workflow()
    assert workflow is not None
    states = WorkflowState.objects.bulk_create(
        WorkflowState(
            content_type=kind, base_content_type=kind, object_id=str(pk), workflow=workflow, requested_by=editor
        )
        for pk in ids
    )
    step, states_kind = workflow.workflow_tasks.get().task, ContentType.objects.get_for_model(TaskState)
    tasks = TaskState.objects.bulk_create(
        TaskState(content_type=states_kind, workflow_state=state, task=step, revision_id=revision) for state in states
    )
    for state, task in zip(states, tasks, strict=True):
        state.current_task_state = task
    WorkflowState.objects.bulk_update(states, ["current_task_state"], batch_size=1000)
