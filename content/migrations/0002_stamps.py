"""A stamp that changes with every change of content, so that what processes remember is never out of date.

It is spread over some rows, so that two people who save at the same time rarely wait for each other; the values are
random, so that a change that was taken back leaves no stamp that comes again.
"""

from __future__ import annotations

from django.db import migrations

STAMP = """
CREATE TABLE content_stamp (shard smallint PRIMARY KEY, value uuid NOT NULL);
INSERT INTO content_stamp SELECT shard, gen_random_uuid() FROM generate_series(0, 15) AS shard;
CREATE FUNCTION content_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE content_stamp SET value = gen_random_uuid() WHERE shard = pg_backend_pid() % 16;
    RETURN NULL;
END $$;
"""

STAMP_BACK = """
DROP FUNCTION content_changed() CASCADE;
DROP TABLE content_stamp;
"""


class Migration(migrations.Migration):
    dependencies = [("content", "0001_initial")]

    operations = [migrations.RunSQL(STAMP, STAMP_BACK)]
