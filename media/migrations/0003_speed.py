"""An image's row tells which sizes of it are there; triggers keep it equal to the table of renditions."""

from __future__ import annotations

from django.db import migrations, models

KEEP = """
CREATE FUNCTION media_keep_sizes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT coalesce(
        jsonb_object_agg(filter_spec, jsonb_build_array(focal_point_key, file, width, height) ORDER BY id),
        '{}'::jsonb
    ) INTO NEW.sizes FROM media_campaignrendition WHERE image_id = NEW.id AND filter_spec LIKE 'format-%';
    RETURN NEW;
END $$;
CREATE TRIGGER keep_sizes BEFORE INSERT OR UPDATE ON media_campaignimage
    FOR EACH ROW EXECUTE FUNCTION media_keep_sizes();

CREATE FUNCTION media_renditions_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE media_campaignimage SET sizes = '{}'::jsonb WHERE id IN (SELECT image_id FROM changed);
    RETURN NULL;
END $$;
CREATE TRIGGER renditions_came AFTER INSERT ON media_campaignrendition
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION media_renditions_changed();
CREATE TRIGGER renditions_changed AFTER UPDATE ON media_campaignrendition
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION media_renditions_changed();
CREATE TRIGGER renditions_went AFTER DELETE ON media_campaignrendition
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION media_renditions_changed();
UPDATE media_campaignimage SET sizes = '{}'::jsonb;
"""

KEEP_BACK = """
DROP TRIGGER renditions_went ON media_campaignrendition;
DROP TRIGGER renditions_changed ON media_campaignrendition;
DROP TRIGGER renditions_came ON media_campaignrendition;
DROP TRIGGER keep_sizes ON media_campaignimage;
DROP FUNCTION media_renditions_changed();
DROP FUNCTION media_keep_sizes();
"""


class Migration(migrations.Migration):
    dependencies = [("media", "0002_videos")]

    operations = [
        migrations.AddField(
            model_name="campaignimage",
            name="sizes",
            field=models.JSONField(db_default=models.Value({}, models.JSONField()), default=dict, editable=False),
        ),
        migrations.RunSQL(KEEP, KEEP_BACK),
    ]
