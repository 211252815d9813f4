"""Takedowns and their steps, what accounts posted from elsewhere, and who may do what about them."""

from __future__ import annotations

import importlib

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

ROLES = {
    "Editors of posts": ["correction.view", "correction.add", "correction.change", "takedown.view"],
    "Approvers": [
        "correction.view", "correction.add", "correction.change", "correction.approve",
        "takedown.view", "takedown.add", "foreignpost.view", "foreignpost.change",
    ],
    "Channel managers": [
        "correction.view", "takedown.view", "takedown.add", "foreignpost.view", "foreignpost.change",
    ],
    "Auditors": ["correction.view", "takedown.view", "foreignpost.view"],
}  # fmt: skip


def grant(apps, schema_editor):
    permission = importlib.import_module("social_publisher.migrations.0003_roles")._permission
    for role, names in ROLES.items():
        for group in apps.get_model("auth", "Group").objects.filter(name=role):
            for name in names:
                model, action = name.split(".")
                group.permissions.add(permission(apps, "social_publisher", model, f"{action}_{model}"))


def revoke(apps, schema_editor):
    for role, names in ROLES.items():
        codenames = ["{1}_{0}".format(*name.split(".")) for name in names]
        for group in apps.get_model("auth", "Group").objects.filter(name=role):
            group.permissions.remove(
                *group.permissions.filter(content_type__app_label="social_publisher", codename__in=codenames)
            )


class Migration(migrations.Migration):
    dependencies = [
        ("social_publisher", "0015_approving"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="correction",
            options={
                "ordering": ["campaign", "name"],
                "permissions": [("approve_correction", "Can approve corrections")],
                "verbose_name": "correction",
                "verbose_name_plural": "corrections",
            },
        ),
        migrations.CreateModel(
            name="Takedown",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField(verbose_name="reason")),
                ("by_name", models.CharField(max_length=255)),
                ("at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "correction_post",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrects",
                        to="social_publisher.post",
                    ),
                ),
                (
                    "delivery",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="social_publisher.delivery",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="takedowns",
                        to="social_publisher.post",
                    ),
                ),
                (
                    "with_correction",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="takedowns",
                        to="social_publisher.correction",
                    ),
                ),
            ],
            options={
                "verbose_name": "takedown",
                "verbose_name_plural": "takedowns",
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="TakedownStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Being taken back"),
                            ("recalling", "Being taken back now"),
                            ("by_hand", "To be removed by hand"),
                            ("failed", "Could not be taken back"),
                            ("recalled", "Taken back"),
                            ("removed", "Removed by hand"),
                            ("gone", "Nothing was out"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("words", models.TextField(blank=True, help_text="Why it is in its state, in words for staff.")),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("next_at", models.DateTimeField()),
                ("owner", models.UUIDField(null=True)),
                ("lease_until", models.DateTimeField(null=True)),
                ("changed_at", models.DateTimeField()),
                ("told_at", models.DateTimeField(help_text="When staff were told that it needs them.", null=True)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="takedown_steps",
                        to="social_publisher.delivery",
                    ),
                ),
                (
                    "takedown",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="social_publisher.takedown",
                    ),
                ),
            ],
            options={
                "verbose_name": "step of a takedown",
                "verbose_name_plural": "steps of takedowns",
                "ordering": ["delivery__channel__name"],
            },
        ),
        migrations.CreateModel(
            name="TimelineWatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("read_until", models.DateTimeField()),
                ("looked_at", models.DateTimeField(null=True)),
                ("problem", models.TextField(blank=True)),
                (
                    "channel",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="timeline_watch",
                        to="social_publisher.channel",
                    ),
                ),
            ],
            options={
                "verbose_name": "watch of a timeline",
                "verbose_name_plural": "watches of timelines",
            },
        ),
        migrations.CreateModel(
            name="ForeignPost",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("remote_id", models.CharField(max_length=255)),
                ("url", models.URLField(blank=True, max_length=500)),
                ("words", models.TextField(blank=True)),
                ("posted_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
                ("settled_by_name", models.CharField(blank=True, max_length=255)),
                ("note", models.CharField(blank=True, max_length=255, verbose_name="note")),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="foreign_posts",
                        to="social_publisher.channel",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "post from elsewhere",
                "verbose_name_plural": "posts from elsewhere",
                "ordering": ["-posted_at", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("settled_at", None)), fields=["-posted_at"], name="foreign_post_open"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("channel", "remote_id"), name="one_foreign_post_per_id")
                ],
            },
        ),
        migrations.AddIndex(
            model_name="takedown",
            index=models.Index(condition=models.Q(("done_at", None)), fields=["-at"], name="takedown_open"),
        ),
        migrations.AddConstraint(
            model_name="takedown",
            constraint=models.CheckConstraint(
                condition=models.Q(("correction_post", None), ("with_correction__isnull", False), _connector="OR"),
                name="a_correction_post_has_its_correction",
            ),
        ),
        migrations.AddIndex(
            model_name="takedownstep",
            index=models.Index(
                condition=models.Q(("state__in", ["waiting", "recalling"])),
                fields=["next_at"],
                name="takedown_step_next",
            ),
        ),
        migrations.AddConstraint(
            model_name="takedownstep",
            constraint=models.UniqueConstraint(
                fields=("takedown", "delivery"), name="one_step_per_takedown_and_delivery"
            ),
        ),
        migrations.AddConstraint(
            model_name="takedownstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "recalling"), _negated=True),
                    models.Q(("lease_until__isnull", False), ("owner__isnull", False)),
                    _connector="OR",
                ),
                name="a_step_at_work_has_an_owner",
            ),
        ),
        migrations.AddConstraint(
            model_name="takedownstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_at__isnull", False), ("state__in", ["recalled", "removed", "gone"])),
                    models.Q(("done_at", None), ("state__in", ["waiting", "recalling", "by_hand", "failed"])),
                    _connector="OR",
                ),
                name="a_step_is_done_when_it_is_over",
            ),
        ),
        migrations.RunPython(grant, revoke),
    ]
