"""What the database itself does for the record: it refuses every change of the audit but the seal, and writes down what
becomes of each delivery. And who reads the audit and looks after webhooks.

Left out of the audit are the moves between waiting and armed: they stand in the attempts, and would double its size.
"""

from __future__ import annotations

import importlib

from django.db import migrations

SEALED_ONCE = """
CREATE OR REPLACE FUNCTION social_publisher_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    sealed social_publisher_auditevent;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        sealed := OLD;
        sealed.place := NEW.place;
        sealed.hash := NEW.hash;
        IF OLD.place IS NULL AND NEW.place IS NOT NULL AND sealed *= NEW THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'the audit is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON social_publisher_auditevent
    FOR EACH STATEMENT EXECUTE FUNCTION social_publisher_refuse_change();
"""

SEALED_ONCE_BACK = """
DROP TRIGGER never_emptied ON social_publisher_auditevent;
CREATE OR REPLACE FUNCTION social_publisher_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
"""

# One function a kind of statement, since each sees other transition tables. No join: its plan would be kept for good, and
# be made for as few or as many rows as the first statement happened to change. A window finds each row's earlier state.
DELIVERIES = """
CREATE FUNCTION social_publisher_note_states() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM after_rows WHERE state <> 'armed') THEN
        RETURN NULL;
    END IF;
    INSERT INTO social_publisher_auditevent (actor_id, actor_name, action, subject, data)
    SELECT actor.id, actor.name, 'delivery.' || state, social_publisher_delivery_name(post_id, channel_id),
        jsonb_strip_nulls(jsonb_build_object('delivery', d.id, 'post', post_id, 'channel', channel_id, 'from', was,
            'to', state, 'url', nullif(remote_url, ''), 'reason', nullif(reason, '')))
    FROM social_publisher_actor() AS actor, (
        SELECT *, lag(state) OVER (PARTITION BY id ORDER BY is_after) AS was FROM (
            SELECT id, post_id, channel_id, state, remote_url, reason, true AS is_after FROM after_rows
            UNION ALL SELECT id, post_id, channel_id, state, '', '', false FROM before_rows
        ) AS rows
    ) AS d
    WHERE is_after AND state <> was AND state <> 'armed' AND NOT (was = 'armed' AND state = 'waiting');
    RETURN NULL;
END $$;
CREATE FUNCTION social_publisher_note_rows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO social_publisher_auditevent (actor_id, actor_name, action, subject, data)
    SELECT actor.id, actor.name, 'delivery.' || CASE TG_OP WHEN 'INSERT' THEN state ELSE 'deleted' END,
        social_publisher_delivery_name(post_id, channel_id),
        jsonb_build_object('delivery', d.id, 'post', post_id, 'channel', channel_id,
            CASE TG_OP WHEN 'INSERT' THEN 'to' ELSE 'from' END, state)
    FROM social_publisher_actor() AS actor, these_rows AS d;
    RETURN NULL;
END $$;
CREATE FUNCTION social_publisher_actor(OUT id bigint, OUT name text) STABLE LANGUAGE sql AS $$
    SELECT nullif(current_setting('campaign.actor_id', true), '')::bigint,
        coalesce(nullif(current_setting('campaign.actor_name', true), ''), 'system')
$$;
CREATE FUNCTION social_publisher_delivery_name(bigint, bigint) RETURNS text STABLE LANGUAGE sql AS $$
    SELECT (SELECT left(line, 60) || CASE WHEN length(line) > 60 THEN '…' ELSE '' END
            FROM social_publisher_post, split_part(btrim(text, E' \\t\\r\\n'), E'\\n', 1) AS line WHERE id = $1)
        || ' → ' || (SELECT name FROM social_publisher_channel WHERE id = $2)
$$;
CREATE TRIGGER note_new AFTER INSERT ON social_publisher_delivery REFERENCING NEW TABLE AS these_rows
    FOR EACH STATEMENT EXECUTE FUNCTION social_publisher_note_rows();
CREATE TRIGGER note_gone AFTER DELETE ON social_publisher_delivery REFERENCING OLD TABLE AS these_rows
    FOR EACH STATEMENT EXECUTE FUNCTION social_publisher_note_rows();
CREATE TRIGGER note_state AFTER UPDATE ON social_publisher_delivery
    REFERENCING OLD TABLE AS before_rows NEW TABLE AS after_rows
    FOR EACH STATEMENT EXECUTE FUNCTION social_publisher_note_states();
"""

DELIVERIES_BACK = """
DROP TRIGGER note_state ON social_publisher_delivery;
DROP TRIGGER note_gone ON social_publisher_delivery;
DROP TRIGGER note_new ON social_publisher_delivery;
DROP FUNCTION social_publisher_note_states();
DROP FUNCTION social_publisher_note_rows();
DROP FUNCTION social_publisher_actor();
DROP FUNCTION social_publisher_delivery_name(bigint, bigint);
"""

ROLES = {
    "Channel managers": [("social_publisher", "webhook", f"{action}_webhook") for action in ("view", "add", "change")]
}


def grant(apps, schema_editor):
    permission = importlib.import_module("social_publisher.migrations.0003_roles")._permission
    for role, names in ROLES.items():
        for group in apps.get_model("auth", "Group").objects.filter(name=role):
            group.permissions.add(*(permission(apps, *name) for name in names))


def revoke(apps, schema_editor):
    for role, names in ROLES.items():
        for group in apps.get_model("auth", "Group").objects.filter(name=role):
            codenames = [codename for _app, _model, codename in names]
            group.permissions.remove(*group.permissions.filter(codename__in=codenames))


class Migration(migrations.Migration):
    dependencies = [("social_publisher", "0018_records")]

    operations = [
        migrations.RunSQL(SEALED_ONCE, SEALED_ONCE_BACK),
        migrations.RunSQL(DELIVERIES, DELIVERIES_BACK),
        migrations.RunPython(grant, revoke),
    ]
