import uuid

import django.core.validators
import django.db.models.deletion
import django.db.models.fields.json
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import social_publisher.models.webhook


class Migration(migrations.Migration):
    dependencies = [
        ("social_publisher", "0017_calendar"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditReader",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=30, unique=True)),
                ("place", models.BigIntegerField(default=0)),
            ],
            options={
                "verbose_name": "reader of the audit",
                "verbose_name_plural": "readers of the audit",
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("channel_paused", "A channel was paused"),
                            ("expiring", "A channel's permission ends soon"),
                            ("refused", "A network refused a post"),
                            ("stopped", "A changed post was stopped"),
                            ("missed", "A post was missed"),
                            ("needs_person", "A post needs a person"),
                            ("stuck", "A post is stuck"),
                            ("to_approve", "A post waits for approval"),
                            ("rejected", "A post was sent back"),
                            ("published", "A post was published"),
                            ("unknown", "It is not known whether a post is out"),
                            ("break_glass", "A post left without a second person"),
                            ("unsigned", "An urgent post still lacks its sign-off"),
                            ("takedown", "A post is being taken back"),
                            ("launch", "A page was not live in time for its posts"),
                            ("foreign_post", "An account posted something this system did not send"),
                        ],
                        max_length=20,
                    ),
                ),
                ("about", models.CharField(blank=True, help_text="The post or channel it is about.", max_length=255)),
                ("words", models.TextField(blank=True)),
                ("url", models.CharField(help_text="The screen to go to.", max_length=500)),
                ("shown", models.BooleanField(default=True)),
                (
                    "mail",
                    models.CharField(
                        choices=[("at_once", "At once"), ("digest", "In the daily summary"), ("off", "Never")],
                        default="off",
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                ("mailed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "notice",
                "verbose_name_plural": "notices",
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="NoticeChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("channel_paused", "A channel was paused"),
                            ("expiring", "A channel's permission ends soon"),
                            ("refused", "A network refused a post"),
                            ("stopped", "A changed post was stopped"),
                            ("missed", "A post was missed"),
                            ("needs_person", "A post needs a person"),
                            ("stuck", "A post is stuck"),
                            ("to_approve", "A post waits for approval"),
                            ("rejected", "A post was sent back"),
                            ("published", "A post was published"),
                            ("unknown", "It is not known whether a post is out"),
                            ("break_glass", "A post left without a second person"),
                            ("unsigned", "An urgent post still lacks its sign-off"),
                            ("takedown", "A post is being taken back"),
                            ("launch", "A page was not live in time for its posts"),
                            ("foreign_post", "An account posted something this system did not send"),
                        ],
                        max_length=20,
                    ),
                ),
                ("shown", models.BooleanField(default=True)),
                (
                    "mail",
                    models.CharField(
                        choices=[("at_once", "At once"), ("digest", "In the daily summary"), ("off", "Never")],
                        max_length=10,
                    ),
                ),
            ],
            options={
                "verbose_name": "choice of notices",
                "verbose_name_plural": "choices of notices",
            },
        ),
        migrations.CreateModel(
            name="NoticeProfile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "digest_hour",
                    models.PositiveSmallIntegerField(
                        default=8, validators=[django.core.validators.MaxValueValidator(23)]
                    ),
                ),
                ("mail_after", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "person's notices",
                "verbose_name_plural": "persons' notices",
            },
        ),
        migrations.CreateModel(
            name="Webhook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "name",
                    models.CharField(
                        help_text="How staff recognise it.", max_length=120, unique=True, verbose_name="name"
                    ),
                ),
                (
                    "url",
                    models.URLField(
                        help_text="Takes the calls; it begins with https://.", max_length=500, verbose_name="address"
                    ),
                ),
                ("secret", models.TextField(editable=False)),
                (
                    "kinds",
                    models.JSONField(
                        default=list,
                        validators=[social_publisher.models.webhook.validate_kinds],
                        verbose_name="tells of",
                    ),
                ),
                ("active", models.BooleanField(default=True, verbose_name="in use")),
                ("made_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "webhook",
                "verbose_name_plural": "webhooks",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="WebhookCall",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("kind", models.CharField(help_text="The alert's kind, or “test”.", max_length=20)),
                ("body", models.TextField()),
                (
                    "status",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("done", "Delivered"), ("failed", "Given up")],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("created_at", models.DateTimeField()),
                ("next_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("words", models.CharField(blank=True, help_text="What came of the last try.", max_length=255)),
            ],
            options={
                "verbose_name": "webhook call",
                "verbose_name_plural": "webhook calls",
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.RemoveIndex(
            model_name="auditevent",
            name="audit_action",
        ),
        migrations.AddField(
            model_name="auditevent",
            name="hash",
            field=models.CharField(blank=True, db_default="", editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name="auditevent",
            name="place",
            field=models.BigIntegerField(editable=False, null=True),
        ),
        migrations.AlterField(
            model_name="auditevent",
            name="actor",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="auditevent",
            name="at",
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
        ),
        migrations.AddIndex(
            model_name="alert",
            index=models.Index(fields=["told_at"], name="alert_told"),
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["at", "id"], name="audit_at"),
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(
                fields=["action", "at"], name="audit_of", opclasses=["varchar_pattern_ops", "timestamptz_ops"]
            ),
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(
                condition=models.Q(("actor__isnull", False)), fields=["actor", "at"], name="audit_actor"
            ),
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(
                django.db.models.fields.json.KeyTransform("post", "data"),
                models.F("at"),
                condition=models.Q(("data__has_key", "post")),
                name="audit_post",
            ),
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(condition=models.Q(("place", None)), fields=["id"], name="audit_unsealed"),
        ),
        migrations.AddConstraint(
            model_name="auditevent",
            constraint=models.UniqueConstraint(fields=("place",), name="one_entry_a_place"),
        ),
        migrations.AddConstraint(
            model_name="auditevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("hash", ""), ("place", None)),
                    models.Q(("hash__regex", "^[0-9a-f]{64}$"), ("place__gt", 0)),
                    _connector="OR",
                ),
                name="a_sealed_entry_has_place_and_hash",
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="alert",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="notices", to="social_publisher.alert"
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="noticechoice",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="notice_choices", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="noticeprofile",
            name="person",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="notice_profile", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="webhook",
            name="made_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="webhookcall",
            name="alert",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="social_publisher.alert"
            ),
        ),
        migrations.AddField(
            model_name="webhookcall",
            name="webhook",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="calls", to="social_publisher.webhook"
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("shown", True)), fields=["person", "-created_at", "-id"], name="notice_shown"
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("read_at", None), ("shown", True)), fields=["person"], name="notice_unread"
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("mailed_at", None), models.Q(("mail", "off"), _negated=True)),
                fields=["person", "created_at"],
                name="notice_unmailed",
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["created_at"], name="notice_age"),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(fields=("person", "alert"), name="told_once"),
        ),
        migrations.AddConstraint(
            model_name="noticechoice",
            constraint=models.UniqueConstraint(fields=("person", "kind"), name="one_choice_per_kind"),
        ),
        migrations.AddIndex(
            model_name="webhookcall",
            index=models.Index(condition=models.Q(("status", "waiting")), fields=["next_at"], name="webhook_call_next"),
        ),
        migrations.AddIndex(
            model_name="webhookcall",
            index=models.Index(fields=["webhook", "-created_at", "-id"], name="webhook_call_last"),
        ),
        migrations.AddIndex(
            model_name="webhookcall",
            index=models.Index(fields=["created_at"], name="webhook_call_age"),
        ),
    ]
