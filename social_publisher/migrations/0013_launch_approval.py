"""Who approved a launch's page, and which version of it. Reversible; what it adds is lost on the way back."""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q


def person():
    return models.ForeignKey(
        editable=False,
        null=True,
        on_delete=django.db.models.deletion.SET_NULL,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("social_publisher", "0012_rules_roles"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            "launch",
            "revision",
            models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="wagtailcore.revision",
            ),
        ),
        migrations.AddField("launch", "revision_author", person()),
        migrations.AddField("launch", "approver", person()),
        migrations.AddField("launch", "approver_name", models.CharField(blank=True, editable=False, max_length=255)),
        migrations.AddField("launch", "approved_at", models.DateTimeField(blank=True, editable=False, null=True)),
        migrations.AddField("launch", "late_told_at", models.DateTimeField(blank=True, editable=False, null=True)),
        migrations.AddConstraint(
            "launch",
            models.CheckConstraint(
                condition=~Q(approver=F("revision_author")), name="launch_approver_is_not_the_pages_author"
            ),
        ),
        migrations.AddConstraint(
            "launch",
            models.CheckConstraint(
                condition=Q(approved_at=None) | ~Q(approver_name=""), name="an_approved_launch_names_its_approver"
            ),
        ),
    ]
