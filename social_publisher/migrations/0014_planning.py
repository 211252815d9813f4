"""Days of series and their posts, and rows held between looking at a file and importing it."""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("social_publisher", "0013_launch_approval"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="series",
            name="source",
            field=models.ForeignKey(
                editable=False,
                help_text="The occurrence that later ones are copies of.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="social_publisher.post",
            ),
        ),
        migrations.CreateModel(
            name="HeldImport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=255)),
                ("rows", models.JSONField()),
                ("held_at", models.DateTimeField()),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="held_import",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "held import",
                "verbose_name_plural": "held imports",
            },
        ),
        migrations.CreateModel(
            name="Occurrence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(help_text="In the series' time zone.", verbose_name="day")),
                (
                    "post",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="occurrence",
                        to="social_publisher.post",
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="occurrences",
                        to="social_publisher.series",
                    ),
                ),
            ],
            options={
                "verbose_name": "occurrence",
                "verbose_name_plural": "occurrences",
                "ordering": ["day"],
                "constraints": [
                    models.UniqueConstraint(fields=("series", "day"), name="one_occurrence_per_day_of_a_series")
                ],
            },
        ),
    ]
