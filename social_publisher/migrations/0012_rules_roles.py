"""Who sees and changes campaigns' rules and the calendar of blackouts, and which contacts are public.

How strict a campaign is with its posts is for approvers to say, never for those who write them.
"""

from __future__ import annotations

import importlib

from django.db import migrations, models

RULES = ["view_campaignrules", "view_mentionedaccount"]
SEE = [*RULES, "view_blackout"]
CALENDAR = ["add_blackout", "change_blackout", "delete_blackout"]
ROLES = {
    "Editors of posts": SEE,
    "Approvers": [*SEE, *CALENDAR, "add_campaignrules", "change_campaignrules"],
    "Channel managers": [*SEE, *CALENDAR],
    "Analysts": ["view_blackout"],
    "Auditors": SEE,
}


def grant(apps, schema_editor):
    permission = importlib.import_module("social_publisher.migrations.0003_roles")._permission
    for role, codenames in ROLES.items():
        for group in apps.get_model("auth", "Group").objects.filter(name=role):
            group.permissions.add(
                *(permission(apps, "social_publisher", name.split("_", 1)[1], name) for name in codenames)
            )


def revoke(apps, schema_editor):
    for role, codenames in ROLES.items():
        for group in apps.get_model("auth", "Group").objects.filter(name=role):
            held = group.permissions.filter(codename__in=codenames, content_type__app_label="social_publisher")
            group.permissions.remove(*held)


class Migration(migrations.Migration):
    dependencies = [("social_publisher", "0010_desk")]

    operations = [
        migrations.AddField(
            model_name="campaignrules",
            name="public_contacts",
            field=models.TextField(
                blank=True,
                help_text="Hotlines and offices that may be named in posts, one a line. Others count as personal data.",
                verbose_name="public numbers and addresses",
            ),
        ),
        migrations.RunPython(grant, revoke),
    ]
