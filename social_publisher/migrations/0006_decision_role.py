"""Who decides on a delivery that nothing else can settle: approvers and channel managers."""

from __future__ import annotations

import importlib

from django.db import migrations

ROLES = ("Approvers", "Channel managers")


def grant(apps, schema_editor):
    permission = importlib.import_module("social_publisher.migrations.0003_roles")._permission
    for group in apps.get_model("auth", "Group").objects.filter(name__in=ROLES):
        group.permissions.add(permission(apps, "social_publisher", "delivery", "change_delivery"))


def revoke(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name__in=ROLES):
        group.permissions.remove(
            *group.permissions.filter(codename="change_delivery", content_type__app_label="social_publisher")
        )


class Migration(migrations.Migration):
    dependencies = [("social_publisher", "0005_guards_threads")]

    operations = [migrations.RunPython(grant, revoke)]
