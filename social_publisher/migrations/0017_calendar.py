"""The calendar's feeds, and the plan: what lists show of each post's newest content, kept by the database itself."""

from __future__ import annotations

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

# A draft's content is its newest revision's; a post without one is its row. Channels stand in the editor's order.
KEEP = """
CREATE FUNCTION social_publisher_plan(posts bigint[]) RETURNS void LANGUAGE sql AS $$
INSERT INTO social_publisher_plan AS plan
    (post_id, due_at, campaign_id, language, opening, channel_ids, author_id, editor_id, saved_at)
SELECT post.id,
    CASE WHEN draft.content IS NULL THEN post.due_at ELSE (draft.content->>'due_at')::timestamptz END,
    COALESCE((draft.content->>'campaign')::bigint, post.campaign_id),
    COALESCE(draft.content->>'language', post.language),
    left(COALESCE(draft.content->>'text', post.text), 200),
    CASE WHEN draft.content IS NULL
        THEN ARRAY(SELECT channel_id FROM social_publisher_variant WHERE post_id = post.id ORDER BY sort_order, id)
        ELSE ARRAY(SELECT (item->>'channel')::bigint
            FROM jsonb_array_elements(COALESCE(draft.content->'variants', '[]')) WITH ORDINALITY AS row (item, place)
            ORDER BY (item->>'sort_order')::int NULLS LAST, place)
    END,
    post.author_id,
    COALESCE(revision.user_id, post.author_id),
    COALESCE(revision.created_at, post.created_at)
FROM social_publisher_post post
LEFT JOIN wagtailcore_revision revision ON revision.id = post.latest_revision_id
LEFT JOIN LATERAL (SELECT revision.content WHERE post.has_unpublished_changes) draft ON true
WHERE post.id = ANY(posts)
ON CONFLICT (post_id) DO UPDATE SET
    (due_at, campaign_id, language, opening, channel_ids, author_id, editor_id, saved_at)
    = (EXCLUDED.due_at, EXCLUDED.campaign_id, EXCLUDED.language, EXCLUDED.opening, EXCLUDED.channel_ids,
        EXCLUDED.author_id, EXCLUDED.editor_id, EXCLUDED.saved_at)
WHERE (plan.*) IS DISTINCT FROM (EXCLUDED.*);
$$;

CREATE FUNCTION social_publisher_plan_posts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM social_publisher_plan(ARRAY(SELECT id FROM changed));
    RETURN NULL;
END $$;
CREATE FUNCTION social_publisher_plan_variants() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM social_publisher_plan(ARRAY(SELECT DISTINCT post_id FROM changed));
    RETURN NULL;
END $$;
CREATE FUNCTION social_publisher_plan_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM social_publisher_plan USING changed WHERE post_id = changed.id;
    RETURN NULL;
END $$;

CREATE TRIGGER plan_on_insert AFTER INSERT ON social_publisher_post REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION social_publisher_plan_posts();
CREATE TRIGGER plan_on_update AFTER UPDATE ON social_publisher_post REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION social_publisher_plan_posts();
CREATE TRIGGER plan_on_delete AFTER DELETE ON social_publisher_post REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION social_publisher_plan_gone();
CREATE TRIGGER plan_on_insert AFTER INSERT ON social_publisher_variant REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION social_publisher_plan_variants();
CREATE TRIGGER plan_on_update AFTER UPDATE ON social_publisher_variant REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION social_publisher_plan_variants();
CREATE TRIGGER plan_on_delete AFTER DELETE ON social_publisher_variant REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION social_publisher_plan_variants();

SELECT social_publisher_plan(ARRAY(SELECT id FROM social_publisher_post));
"""

KEEP_BACK = """
DROP TRIGGER plan_on_insert ON social_publisher_post;
DROP TRIGGER plan_on_update ON social_publisher_post;
DROP TRIGGER plan_on_delete ON social_publisher_post;
DROP TRIGGER plan_on_insert ON social_publisher_variant;
DROP TRIGGER plan_on_update ON social_publisher_variant;
DROP TRIGGER plan_on_delete ON social_publisher_variant;
DROP FUNCTION social_publisher_plan_posts();
DROP FUNCTION social_publisher_plan_variants();
DROP FUNCTION social_publisher_plan_gone();
DROP FUNCTION social_publisher_plan(bigint[]);
"""


def _loose(to: str, **options: object) -> models.ForeignKey:
    return models.ForeignKey(
        to, on_delete=django.db.models.deletion.DO_NOTHING, db_constraint=False, null=True, related_name="+", **options
    )


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0001_initial"),
        ("social_publisher", "0016_takedown"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("secret_sha256", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("last_read_on", models.DateField(blank=True, help_text="In UTC; no finer than the day.", null=True)),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendar_feed",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={"verbose_name": "calendar feed", "verbose_name_plural": "calendar feeds"},
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                (
                    "post",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="plan",
                        serialize=False,
                        to="social_publisher.post",
                    ),
                ),
                ("due_at", models.DateTimeField(null=True)),
                ("language", models.CharField(max_length=10)),
                ("opening", models.CharField(max_length=200)),
                (
                    "channel_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                ("saved_at", models.DateTimeField()),
                ("author", _loose(settings.AUTH_USER_MODEL)),
                ("campaign", _loose("content.campaign")),
                ("editor", _loose(settings.AUTH_USER_MODEL)),
            ],
            options={
                "verbose_name": "plan",
                "verbose_name_plural": "plans",
                "ordering": ["due_at", "post"],
                "indexes": [models.Index(fields=["due_at", "post"], name="plan_due")],
            },
        ),
        migrations.RunSQL(KEEP, KEEP_BACK),
    ]
