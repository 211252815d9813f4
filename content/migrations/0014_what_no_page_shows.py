"""Readers who search or write, and staff who look after links, change nothing that a page shows: no stamp for that."""

from __future__ import annotations

from django.db import migrations

TABLES = (
    "contactmessage", "contactsalt", "contactsender", "linktarget", "linktarget_pages", "pagereview",
    "scheduledpublication", "searchentry", "searchtally", "searchwaiting", "searchword", "searchwords",
)  # fmt: skip
DROP = "".join(f"DROP TRIGGER IF EXISTS content_changed ON content_{table};\n" for table in TABLES)


class Migration(migrations.Migration):
    dependencies = [("content", "0013_pages_are_told")]

    # Backwards there is nothing to do: the older release puts the triggers back after its own migrations.
    operations = [migrations.RunSQL(DROP, migrations.RunSQL.noop)]
