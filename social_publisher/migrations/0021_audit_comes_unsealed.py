"""A new entry of the audit comes without its place in the chain, whoever writes it: only the sealer gives places."""

from __future__ import annotations

from django.db import migrations

UNSEALED = """
CREATE TRIGGER comes_unsealed BEFORE INSERT ON social_publisher_auditevent
    FOR EACH ROW WHEN (NEW.place IS NOT NULL OR NEW.hash <> '') EXECUTE FUNCTION social_publisher_refuse_change();
"""
UNSEALED_BACK = "DROP TRIGGER comes_unsealed ON social_publisher_auditevent;"


class Migration(migrations.Migration):
    dependencies = [("social_publisher", "0020_approval_guards")]

    operations = [migrations.RunSQL(UNSEALED, UNSEALED_BACK)]
