"""Who sees and changes campaigns' indicators and who gets their reports: those who answer for the numbers."""

from __future__ import annotations

import importlib

from django.db import migrations

SEE = ["view_campaignreporting"]
ANSWER = [*SEE, "add_campaignreporting", "change_campaignreporting"]
ROLES = {
    "Editors of posts": SEE,
    "Approvers": ANSWER,
    "Channel managers": SEE,
    "Analysts": ANSWER,
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
    dependencies = [("social_publisher", "0029_reporting")]

    operations = [migrations.RunPython(grant, revoke)]
