"""Public pages show posts, accounts and results: whoever keeps whole pages is told when these change."""

from __future__ import annotations

from django.db import migrations

TOLD = """
CREATE FUNCTION social_publisher_shown() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('content_changed', '');
    RETURN NULL;
END $$;
CREATE FUNCTION social_publisher_not_shown() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('content_changed', 'withdrawn');
    RETURN NULL;
END $$;
CREATE TRIGGER shown_on_page AFTER UPDATE OF state ON social_publisher_delivery FOR EACH ROW
    WHEN (NEW.state = 'published' AND OLD.state <> 'published') EXECUTE FUNCTION social_publisher_shown();
CREATE TRIGGER not_shown_on_page AFTER UPDATE OF state ON social_publisher_delivery FOR EACH ROW
    WHEN (OLD.state = 'published' AND NEW.state <> 'published') EXECUTE FUNCTION social_publisher_not_shown();
CREATE TRIGGER shown_on_page AFTER UPDATE OF handle, network, rehearses, profile_url, account_name, language
    ON social_publisher_channel FOR EACH STATEMENT EXECUTE FUNCTION social_publisher_shown();
CREATE TRIGGER shown_on_page AFTER INSERT OR DELETE
    ON social_publisher_channel_campaigns FOR EACH STATEMENT EXECUTE FUNCTION social_publisher_shown();
CREATE TRIGGER shown_on_page AFTER INSERT OR UPDATE OR DELETE
    ON social_publisher_campaignreporting FOR EACH STATEMENT EXECUTE FUNCTION social_publisher_not_shown();
CREATE TRIGGER shown_on_page AFTER INSERT OR UPDATE OR DELETE
    ON social_publisher_campaignindicator FOR EACH STATEMENT EXECUTE FUNCTION social_publisher_shown();
"""

TOLD_BACK = """
DROP TRIGGER shown_on_page ON social_publisher_campaignindicator;
DROP TRIGGER shown_on_page ON social_publisher_campaignreporting;
DROP TRIGGER shown_on_page ON social_publisher_channel_campaigns;
DROP TRIGGER shown_on_page ON social_publisher_channel;
DROP TRIGGER not_shown_on_page ON social_publisher_delivery;
DROP TRIGGER shown_on_page ON social_publisher_delivery;
DROP FUNCTION social_publisher_not_shown();
DROP FUNCTION social_publisher_shown();
"""


class Migration(migrations.Migration):
    dependencies = [("social_publisher", "0030_reporting_roles")]

    operations = [migrations.RunSQL(TOLD, TOLD_BACK)]
