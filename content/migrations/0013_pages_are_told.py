"""Every change of content is told to whoever keeps whole pages; what is not to be seen any more is told as such."""

from __future__ import annotations

from django.db import migrations

TOLD = """
CREATE OR REPLACE FUNCTION content_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE free bigint;
BEGIN
    SELECT shard INTO free FROM content_stamp ORDER BY shard FOR UPDATE SKIP LOCKED LIMIT 1;
    IF FOUND THEN
        UPDATE content_stamp SET value = gen_random_uuid() WHERE shard = free;
    ELSE
        INSERT INTO content_stamp (value) VALUES (gen_random_uuid());
    END IF;
    PERFORM pg_notify('content_changed', '');
    RETURN NULL;
END $$;
CREATE FUNCTION content_withdrawn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('content_changed', 'withdrawn');
    RETURN NULL;
END $$;
CREATE TRIGGER content_withdrawn AFTER UPDATE OF live, url_path ON wagtailcore_page FOR EACH ROW
    WHEN (OLD.live AND (NOT NEW.live OR NEW.url_path <> OLD.url_path)) EXECUTE FUNCTION content_withdrawn();
CREATE TRIGGER content_deleted AFTER DELETE ON wagtailcore_page FOR EACH ROW EXECUTE FUNCTION content_withdrawn();
CREATE TRIGGER content_withdrawn AFTER INSERT OR UPDATE ON wagtailcore_pageviewrestriction
    FOR EACH STATEMENT EXECUTE FUNCTION content_withdrawn();
"""

TOLD_BACK = """
DROP TRIGGER content_withdrawn ON wagtailcore_pageviewrestriction;
DROP TRIGGER content_deleted ON wagtailcore_page;
DROP TRIGGER content_withdrawn ON wagtailcore_page;
DROP FUNCTION content_withdrawn();
CREATE OR REPLACE FUNCTION content_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE free bigint;
BEGIN
    SELECT shard INTO free FROM content_stamp ORDER BY shard FOR UPDATE SKIP LOCKED LIMIT 1;
    IF FOUND THEN
        UPDATE content_stamp SET value = gen_random_uuid() WHERE shard = free;
    ELSE
        INSERT INTO content_stamp (value) VALUES (gen_random_uuid());
    END IF;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0012_who_entered_an_indicator"),
        ("wagtailcore", "0001_squashed_0016_change_page_url_path_to_text_field"),
    ]

    operations = [migrations.RunSQL(TOLD, TOLD_BACK)]
