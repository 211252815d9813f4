"""Who connects accounts, and who may use videos."""

from __future__ import annotations

import importlib

from django.db import migrations

ROLES = {
    "Channel managers": [
        ("social_publisher", "credential", "add_credential"),
        ("social_publisher", "appregistration", "add_appregistration"),
    ],
    "Editors of posts": [("media", "campaignvideo", f"{action}_campaignvideo") for action in ("view", "add", "change")],
    "Approvers": [("media", "campaignvideo", f"{action}_campaignvideo") for action in ("view", "add", "change")],
}


def grant(apps, schema_editor):
    permission = importlib.import_module("social_publisher.migrations.0003_roles")._permission
    for role, names in ROLES.items():
        for group in apps.get_model("auth", "Group").objects.filter(name=role):
            group.permissions.add(*(permission(apps, *name) for name in names))


def revoke(apps, schema_editor):
    for role, names in ROLES.items():
        for group in apps.get_model("auth", "Group").objects.filter(name=role):
            codenames = [codename for _app, _model, codename in names]
            group.permissions.remove(*group.permissions.filter(codename__in=codenames))


class Migration(migrations.Migration):
    dependencies = [("social_publisher", "0008_connections_video_price"), ("media", "0002_videos")]

    operations = [migrations.RunPython(grant, revoke)]
