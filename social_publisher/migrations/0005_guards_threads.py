"""A thread that stopped half-way needs a person; and what an attempt remembers is a list of parts.

The pairs are those of `ledger.TRANSITIONS` when this migration was written; a test keeps the newest guard equal.
"""

from __future__ import annotations

import importlib

from django.db import migrations

GUARD = """
CREATE OR REPLACE FUNCTION social_publisher_guard_delivery() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state = OLD.state THEN
        RETURN NEW;
    END IF;
    IF (OLD.state, NEW.state) NOT IN (
        ('waiting', 'armed'), ('waiting', 'missed'), ('waiting', 'cancelled'), ('waiting', 'needs_person'),
        ('armed', 'published'), ('armed', 'failed'), ('armed', 'waiting'), ('armed', 'unknown'),
        ('unknown', 'published'), ('unknown', 'waiting'), ('unknown', 'needs_person'),
        ('needs_person', 'published'), ('needs_person', 'waiting'),
        ('failed', 'waiting'), ('failed', 'cancelled'), ('missed', 'cancelled'),
        ('waiting', 'published'), ('cancelled', 'published'), ('missed', 'published'), ('failed', 'published'),
        ('published', 'recalled')
    ) THEN
        RAISE EXCEPTION 'a delivery does not go from % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""

PARTS = """
UPDATE social_publisher_attempt SET payload = (payload - 'text' - 'attachments') || jsonb_build_object(
    'created_at', to_jsonb(armed_at),
    'parts', jsonb_build_array(jsonb_build_object(
        'text', payload -> 'text', 'attachments', payload -> 'attachments',
        'key', idempotency_key::text, 'record_key', record_key)))
WHERE NOT payload ? 'parts';
"""

PARTS_BACK = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM social_publisher_attempt WHERE jsonb_array_length(payload -> 'parts') > 1) THEN
        RAISE EXCEPTION 'threads have been sent: what is out of them cannot be kept by the older tables';
    END IF;
END $$;
UPDATE social_publisher_attempt SET payload = (payload - 'parts' - 'created_at') || jsonb_build_object(
    'text', payload -> 'parts' -> 0 -> 'text', 'attachments', payload -> 'parts' -> 0 -> 'attachments')
WHERE payload ? 'parts';
"""

# The function as it was, from the migration that made it.
_before = importlib.import_module("social_publisher.migrations.0002_guards").MOVES
GUARD_BACK = _before[: _before.index("CREATE TRIGGER")].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


class Migration(migrations.Migration):
    dependencies = [("social_publisher", "0004_traffic_threads_uploads")]

    operations = [
        migrations.RunSQL(GUARD, GUARD_BACK),
        migrations.RunSQL(PARTS, PARTS_BACK),
    ]
