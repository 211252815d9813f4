"""Who submitted a post; and what the database itself holds of an approval in advance: it is a correction's, word for
word, and stays what it is.

Such an approval needs no third person where a campaign asks for one: the correction's own two answer for the words.
"""

from __future__ import annotations

import importlib

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

_before = importlib.import_module("social_publisher.migrations.0015_approving")

# Which approval a guard looks at is told when the transaction ends: the post's row says by then what leaves.
SECOND_LEVEL = """
CREATE OR REPLACE FUNCTION social_publisher_guard_second_level() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.in_advance AND NOT EXISTS (
        SELECT FROM social_publisher_correction AS correction
        JOIN social_publisher_post AS post USING (campaign_id, language, text)
        WHERE post.id = NEW.post_id AND correction.approved_at IS NOT NULL
            AND correction.approver_name = NEW.approver_name AND correction.author_name = NEW.author_name
    ) THEN
        RAISE EXCEPTION 'no correction that was approved says this' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT NEW.urgent AND NOT NEW.in_advance AND NEW.second_approver_name = '' AND EXISTS (
        SELECT 1 FROM social_publisher_approval AS approval
        JOIN social_publisher_post AS post ON post.id = approval.post_id
        JOIN social_publisher_campaignrules AS rules ON rules.campaign_id = post.campaign_id
        WHERE approval.id = NEW.id AND approval.voided_at IS NULL AND rules.second_level
    ) THEN
        RAISE EXCEPTION 'this campaign asks for a second approver' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
"""


def _replacing(statements: str) -> str:
    """Only the function of statements that also make its trigger."""
    end = statements.index("END $$;") + len("END $$;")
    return statements[:end].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)


APPROVAL_BACK = _replacing(_before.APPROVAL)
APPROVAL = APPROVAL_BACK.replace("NEW.urgent, NEW.author_name", "NEW.urgent, NEW.in_advance, NEW.author_name").replace(
    "OLD.urgent, OLD.author_name", "OLD.urgent, OLD.in_advance, OLD.author_name"
)


class Migration(migrations.Migration):
    dependencies = [
        ("social_publisher", "0019_record_guards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            "submission",
            "by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunSQL(SECOND_LEVEL, _replacing(_before.SECOND_LEVEL)),
        migrations.RunSQL(APPROVAL, APPROVAL_BACK),
    ]
