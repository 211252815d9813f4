"""What the database itself holds: the ledger's allowed moves, the audit's append-only rule, and the clock's wake-up.

The pairs are those of `ledger.TRANSITIONS` when this migration was written; a test keeps the two equal. A change of the
transitions needs a migration of its own that replaces the function.
"""

from __future__ import annotations

from django.db import migrations

MOVES = """
CREATE FUNCTION social_publisher_guard_delivery() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state = OLD.state THEN
        RETURN NEW;
    END IF;
    IF (OLD.state, NEW.state) NOT IN (
        ('waiting', 'armed'), ('waiting', 'missed'), ('waiting', 'cancelled'),
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
CREATE TRIGGER guard_state BEFORE UPDATE OF state ON social_publisher_delivery
    FOR EACH ROW EXECUTE FUNCTION social_publisher_guard_delivery();
"""

MOVES_BACK = """
DROP TRIGGER guard_state ON social_publisher_delivery;
DROP FUNCTION social_publisher_guard_delivery();
"""

APPEND_ONLY = """
CREATE FUNCTION social_publisher_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON social_publisher_auditevent
    FOR EACH ROW EXECUTE FUNCTION social_publisher_refuse_change();
"""

APPEND_ONLY_BACK = """
DROP TRIGGER append_only ON social_publisher_auditevent;
DROP FUNCTION social_publisher_refuse_change();
"""

NOTIFY = """
CREATE FUNCTION social_publisher_wake_clock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NOTIFY delivery_changed;
    RETURN NULL;
END $$;
CREATE TRIGGER wake_on_insert AFTER INSERT ON social_publisher_delivery
    FOR EACH STATEMENT EXECUTE FUNCTION social_publisher_wake_clock();
CREATE TRIGGER wake_on_waiting AFTER UPDATE OF state, next_at ON social_publisher_delivery
    FOR EACH ROW WHEN (NEW.state = 'waiting') EXECUTE FUNCTION social_publisher_wake_clock();
CREATE TRIGGER wake_on_pause AFTER INSERT OR UPDATE OR DELETE ON social_publisher_pause
    FOR EACH STATEMENT EXECUTE FUNCTION social_publisher_wake_clock();
"""

NOTIFY_BACK = """
DROP TRIGGER wake_on_pause ON social_publisher_pause;
DROP TRIGGER wake_on_waiting ON social_publisher_delivery;
DROP TRIGGER wake_on_insert ON social_publisher_delivery;
DROP FUNCTION social_publisher_wake_clock();
"""


class Migration(migrations.Migration):
    dependencies = [("social_publisher", "0001_initial")]

    operations = [
        migrations.RunSQL(MOVES, MOVES_BACK),
        migrations.RunSQL(APPEND_ONLY, APPEND_ONLY_BACK),
        migrations.RunSQL(NOTIFY, NOTIFY_BACK),
    ]
