"""The desk and the ledger as they are after their first steps, made in one.

A new database takes this one instead of them; one that has them counts as having it. What the steps did to rows is left
out, for there are none; triggers and roles come from the steps themselves, in their order.
"""

from __future__ import annotations

import importlib
import uuid

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.fields.json
import django.db.models.functions.datetime
import django.utils.timezone
import modelcluster.fields
import wagtail.models.preview
from django.conf import settings
from django.db import migrations, models

import social_publisher.models.channel
import social_publisher.models.post
import social_publisher.models.rules
import social_publisher.models.short_link
import social_publisher.models.webhook
from media.migrations._together import Together

STEPS = (
    "0001_initial",
    "0002_guards",
    "0003_roles",
    "0004_traffic_threads_uploads",
    "0005_guards_threads",
    "0006_decision_role",
    "0007_queue_indexes",
    "0008_connections_video_price",
    "0009_connection_roles",
    "0010_desk",
    "0012_rules_roles",
    "0013_launch_approval",
    "0014_planning",
    "0015_approving",
    "0016_takedown",
    "0017_calendar",
    "0018_records",
    "0019_record_guards",
    "0020_approval_guards",
    "0021_audit_comes_unsealed",
    "0022_stopped_post",
    "0023_alert_of_correction",
)


def own_statements() -> list[object]:
    """Everything the steps do beyond tables, but for what only changed rows."""
    modules = [importlib.import_module(f"social_publisher.migrations.{step}") for step in STEPS]
    return [
        operation
        for module in modules
        for operation in module.Migration.operations
        if isinstance(operation, migrations.RunSQL | migrations.RunPython) and not operation.elidable
    ]


class Migration(migrations.Migration):
    initial = True

    replaces = [("social_publisher", step) for step in STEPS]

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("content", "0009_media"),
        ("media", "0005_media"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailadmin", "0006_formstate"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="AuditReader",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=30, unique=True)),
                        ("place", models.BigIntegerField(default=0)),
                    ],
                    options={
                        "verbose_name": "reader of the audit",
                        "verbose_name_plural": "readers of the audit",
                    },
                ),
                migrations.CreateModel(
                    name="Circuit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("service", models.CharField(max_length=200, unique=True)),
                        ("failures", models.PositiveIntegerField(default=0)),
                        ("open_until", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "verbose_name": "circuit",
                        "verbose_name_plural": "circuits",
                    },
                ),
                migrations.CreateModel(
                    name="Post",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("live", models.BooleanField(default=True, editable=False, verbose_name="live")),
                        (
                            "has_unpublished_changes",
                            models.BooleanField(default=False, editable=False, verbose_name="has unpublished changes"),
                        ),
                        (
                            "first_published_at",
                            models.DateTimeField(
                                blank=True, db_index=True, null=True, verbose_name="first published at"
                            ),
                        ),
                        (
                            "last_published_at",
                            models.DateTimeField(editable=False, null=True, verbose_name="last published at"),
                        ),
                        ("go_live_at", models.DateTimeField(blank=True, null=True, verbose_name="go live date/time")),
                        ("expire_at", models.DateTimeField(blank=True, null=True, verbose_name="expiry date/time")),
                        ("expired", models.BooleanField(default=False, editable=False, verbose_name="expired")),
                        ("locked", models.BooleanField(default=False, editable=False, verbose_name="locked")),
                        ("locked_at", models.DateTimeField(editable=False, null=True, verbose_name="locked at")),
                        (
                            "text",
                            models.TextField(
                                help_text="For all channels. The tracked link stands at the end, or where you write {link}.",
                                verbose_name="text",
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                choices=[
                                    ("en", "English"),
                                    ("sq", "Albanian"),
                                    ("bs", "Bosnian"),
                                    ("hr", "Croatian"),
                                    ("sr", "Serbian"),
                                    ("cnr", "Montenegrin"),
                                    ("bg", "Bulgarian"),
                                    ("el", "Greek"),
                                    ("hu", "Hungarian"),
                                    ("ro", "Romanian"),
                                    ("mk", "Macedonian"),
                                    ("tr", "Turkish"),
                                ],
                                default="en",
                                max_length=10,
                                verbose_name="language",
                            ),
                        ),
                        (
                            "link_url",
                            models.URLField(blank=True, max_length=1000, verbose_name="or to an outside address"),
                        ),
                        (
                            "link_title",
                            models.CharField(
                                blank=True,
                                help_text="For networks that show what we write. Empty: the page's own title, or the site's name.",
                                max_length=200,
                                verbose_name="title of the link's card",
                            ),
                        ),
                        (
                            "link_description",
                            models.CharField(
                                blank=True,
                                help_text="Empty: the page's own summary.",
                                max_length=300,
                                verbose_name="text of the link's card",
                            ),
                        ),
                        (
                            "video_alt",
                            models.CharField(
                                blank=True,
                                help_text="What a person who cannot see or hear it should know.",
                                max_length=1000,
                                verbose_name="description of the video",
                            ),
                        ),
                        (
                            "content_warning",
                            models.CharField(
                                blank=True,
                                help_text="What readers are told before they see the rest. Where a network has no warnings, it is the first line.",
                                max_length=200,
                                verbose_name="content warning",
                            ),
                        ),
                        ("due_at", models.DateTimeField(db_index=True, null=True, verbose_name="leaves at")),
                        (
                            "useful_minutes",
                            models.PositiveIntegerField(
                                default=social_publisher.models.post.default_useful_minutes,
                                help_text="If it could not leave by then, it does not leave at all and is shown as missed.",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(10080),
                                ],
                                verbose_name="useful for (minutes)",
                            ),
                        ),
                        (
                            "is_alert",
                            models.BooleanField(
                                default=False,
                                help_text="Warns the public of something. A correction must be prepared before it leaves.",
                                verbose_name="alert",
                            ),
                        ),
                        (
                            "from_machine",
                            models.BooleanField(
                                default=False,
                                help_text="It does not leave before a person who reads the language has checked it and cleared this.",
                                verbose_name="translated by a machine, not checked yet",
                            ),
                        ),
                        (
                            "translation_key",
                            models.UUIDField(
                                db_index=True,
                                default=uuid.uuid4,
                                editable=False,
                                help_text="The same in all translations of a post.",
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "author",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "campaign",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="posts",
                                to="content.campaign",
                                verbose_name="campaign",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "post",
                        "verbose_name_plural": "posts",
                        "ordering": ["-due_at", "-pk"],
                    },
                    bases=(wagtail.models.preview.PreviewableMixin, models.Model),
                ),
                migrations.CreateModel(
                    name="RateBudget",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=200, unique=True)),
                        (
                            "used",
                            models.JSONField(
                                default=dict, help_text="Posts by window length and slot, both in seconds."
                            ),
                        ),
                        (
                            "free_at",
                            models.DateTimeField(blank=True, help_text="When the least interval is over.", null=True),
                        ),
                        (
                            "blocked_until",
                            models.DateTimeField(
                                blank=True, help_text="How long the network asked to wait.", null=True
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "rate budget",
                        "verbose_name_plural": "rate budgets",
                    },
                ),
                migrations.CreateModel(
                    name="RehearsalPost",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, unique=True)),
                        (
                            "key",
                            models.UUIDField(help_text="The sender's idempotency key: one key, one post.", unique=True),
                        ),
                        ("handle", models.CharField(max_length=120)),
                        ("rehearses", models.CharField(max_length=20)),
                        ("text", models.TextField()),
                        ("language", models.CharField(max_length=10)),
                        ("attachments", models.JSONField(default=list)),
                        ("warning", models.CharField(blank=True, max_length=200)),
                        (
                            "card",
                            models.JSONField(
                                blank=True, help_text="Title and description of the link's card.", null=True
                            ),
                        ),
                        (
                            "reply_to",
                            models.UUIDField(
                                blank=True, help_text="The part of the thread before this one.", null=True
                            ),
                        ),
                        ("created_at", models.DateTimeField(db_index=True)),
                    ],
                    options={
                        "verbose_name": "rehearsal post",
                        "verbose_name_plural": "rehearsal posts",
                        "ordering": ["-created_at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="AppRegistration",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("network", models.CharField(max_length=30, verbose_name="network")),
                        ("server", models.CharField(blank=True, max_length=255, verbose_name="server")),
                        ("client_id", models.CharField(max_length=255, verbose_name="client id")),
                        ("secret", models.TextField(editable=False)),
                        ("redirect_uri", models.CharField(editable=False, max_length=500)),
                        ("registered_at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "app registration",
                        "verbose_name_plural": "app registrations",
                        "constraints": [
                            models.UniqueConstraint(fields=("network", "server"), name="one_registration_per_server")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Approval",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("digest", models.CharField(help_text="SHA-256 over everything that leaves.", max_length=64)),
                        ("package", models.JSONField(help_text="What leaves, as it was seen.")),
                        ("revision_id_seen", models.BigIntegerField()),
                        ("author_name", models.CharField(max_length=255)),
                        ("last_editor_name", models.CharField(max_length=255)),
                        ("approver_name", models.CharField(blank=True, max_length=255)),
                        ("second_approver_name", models.CharField(blank=True, max_length=255)),
                        (
                            "urgent",
                            models.BooleanField(
                                default=False,
                                help_text="Left at once under break-glass; the approver is who signed it off afterwards.",
                            ),
                        ),
                        (
                            "in_advance",
                            models.BooleanField(
                                default=False,
                                help_text="Says what a correction says, which another person approved before it was needed.",
                            ),
                        ),
                        ("comment", models.TextField(blank=True)),
                        ("approved_at", models.DateTimeField()),
                        ("voided_at", models.DateTimeField(blank=True, null=True)),
                        ("voided_reason", models.TextField(blank=True)),
                        (
                            "approver",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "author",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "last_editor",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "second_approver",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "approval",
                        "verbose_name_plural": "approvals",
                        "ordering": ["-approved_at", "-pk"],
                        "permissions": [
                            ("break_glass", "Can send an alert without a second person"),
                            ("sign_off", "Can sign off what was sent without a second person"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CalendarFeed",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("secret_sha256", models.CharField(max_length=64, unique=True)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "last_read_on",
                            models.DateField(blank=True, help_text="In UTC; no finer than the day.", null=True),
                        ),
                        (
                            "user",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="calendar_feed",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="user",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "calendar feed",
                        "verbose_name_plural": "calendar feeds",
                    },
                ),
                migrations.CreateModel(
                    name="CampaignRules",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "hashtags",
                            models.CharField(
                                blank=True,
                                help_text="Offered to each new post beside the campaign's own; with the #, separated by spaces.",
                                max_length=300,
                                verbose_name="hashtags",
                            ),
                        ),
                        (
                            "utm_content",
                            models.CharField(
                                blank=True,
                                help_text="Stands in its tracked links beside utm_campaign. Empty: the post's number.",
                                max_length=60,
                                verbose_name="utm_content of its links",
                            ),
                        ),
                        (
                            "avoided_terms",
                            models.TextField(
                                blank=True,
                                help_text="One a line; after a colon the term to use instead. Found as a whole word, in any case.",
                                verbose_name="terms to avoid",
                            ),
                        ),
                        (
                            "public_contacts",
                            models.TextField(
                                blank=True,
                                help_text="Hotlines and offices that may be named in posts, one a line. Others count as personal data.",
                                verbose_name="public numbers and addresses",
                            ),
                        ),
                        (
                            "blocking_checks",
                            models.JSONField(
                                blank=True,
                                default=social_publisher.models.rules.usually_blocking,
                                help_text="The others advise.",
                                validators=[social_publisher.models.rules.validate_checks],
                                verbose_name="checks that block",
                            ),
                        ),
                        (
                            "is_sensitive",
                            models.BooleanField(
                                default=False,
                                help_text="About victims, ongoing operations or health. Every check blocks.",
                                verbose_name="sensitive",
                            ),
                        ),
                        (
                            "second_level",
                            models.BooleanField(
                                default=False,
                                help_text="Posts leave only after two approvers, neither of them the author or the last editor.",
                                verbose_name="a third person approves too",
                            ),
                        ),
                        (
                            "campaign",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rules",
                                to="content.campaign",
                                verbose_name="campaign",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "rules of a campaign",
                        "verbose_name_plural": "rules of campaigns",
                    },
                ),
                migrations.CreateModel(
                    name="Channel",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "name",
                            models.CharField(
                                help_text="How staff recognise it.", max_length=120, unique=True, verbose_name="name"
                            ),
                        ),
                        ("network", models.CharField(default="rehearsal", max_length=30, verbose_name="network")),
                        (
                            "rehearses",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("x", "X"),
                                    ("mastodon", "Mastodon"),
                                    ("bluesky", "Bluesky"),
                                    ("telegram", "Telegram"),
                                    ("facebook", "Facebook"),
                                    ("linkedin", "LinkedIn"),
                                ],
                                help_text="Whose look and limits a rehearsal channel has.",
                                max_length=20,
                                verbose_name="rehearses",
                            ),
                        ),
                        (
                            "handle",
                            models.CharField(
                                help_text="The account's public name, without the @.",
                                max_length=255,
                                verbose_name="handle",
                            ),
                        ),
                        ("profile_url", models.URLField(blank=True, verbose_name="public page")),
                        (
                            "language",
                            models.CharField(
                                choices=[
                                    ("en", "English"),
                                    ("sq", "Albanian"),
                                    ("bs", "Bosnian"),
                                    ("hr", "Croatian"),
                                    ("sr", "Serbian"),
                                    ("cnr", "Montenegrin"),
                                    ("bg", "Bulgarian"),
                                    ("el", "Greek"),
                                    ("hu", "Hungarian"),
                                    ("ro", "Romanian"),
                                    ("mk", "Macedonian"),
                                    ("tr", "Turkish"),
                                ],
                                default="en",
                                max_length=10,
                                verbose_name="language",
                            ),
                        ),
                        (
                            "time_zone",
                            models.CharField(
                                default=social_publisher.models.channel.default_time_zone,
                                help_text="Where its readers are. Times are shown in it beside your own.",
                                max_length=64,
                                validators=[social_publisher.models.channel.validate_time_zone],
                                verbose_name="time zone",
                            ),
                        ),
                        (
                            "min_interval",
                            models.PositiveIntegerField(
                                default=30,
                                help_text="After an outage, what is overdue leaves one by one at this distance. 0 means at once.",
                                validators=[django.core.validators.MaxValueValidator(86400)],
                                verbose_name="least seconds between posts",
                            ),
                        ),
                        (
                            "quiet_from",
                            models.TimeField(
                                blank=True,
                                help_text="In its time zone. Nothing should leave then.",
                                null=True,
                                verbose_name="quiet from",
                            ),
                        ),
                        ("quiet_until", models.TimeField(blank=True, null=True, verbose_name="quiet until")),
                        (
                            "account_id",
                            models.CharField(
                                blank=True, editable=False, help_text="The network's own id of it.", max_length=255
                            ),
                        ),
                        ("account_name", models.CharField(blank=True, editable=False, max_length=255)),
                        ("picture", models.ImageField(blank=True, editable=False, upload_to="channels")),
                        (
                            "settings",
                            models.JSONField(
                                blank=True,
                                default=dict,
                                editable=False,
                                help_text="What the network told about the account: no secret.",
                            ),
                        ),
                        (
                            "campaigns",
                            models.ManyToManyField(
                                blank=True, related_name="channels", to="content.campaign", verbose_name="campaigns"
                            ),
                        ),
                        (
                            "countries",
                            models.ManyToManyField(
                                blank=True,
                                help_text="For blackouts. None: those of the campaign's project.",
                                related_name="channels",
                                to="content.country",
                                verbose_name="countries of its readers",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "channel",
                        "verbose_name_plural": "channels",
                        "ordering": ["name"],
                    },
                ),
                migrations.CreateModel(
                    name="Correction",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "name",
                            models.CharField(help_text="How staff recognise it.", max_length=120, verbose_name="name"),
                        ),
                        (
                            "language",
                            models.CharField(
                                choices=[
                                    ("en", "English"),
                                    ("sq", "Albanian"),
                                    ("bs", "Bosnian"),
                                    ("hr", "Croatian"),
                                    ("sr", "Serbian"),
                                    ("cnr", "Montenegrin"),
                                    ("bg", "Bulgarian"),
                                    ("el", "Greek"),
                                    ("hu", "Hungarian"),
                                    ("ro", "Romanian"),
                                    ("mk", "Macedonian"),
                                    ("tr", "Turkish"),
                                ],
                                default="en",
                                max_length=10,
                                verbose_name="language",
                            ),
                        ),
                        (
                            "text",
                            models.TextField(
                                help_text="Must fit the shortest network it may leave on.", verbose_name="text"
                            ),
                        ),
                        ("author_name", models.CharField(blank=True, editable=False, max_length=255)),
                        ("approver_name", models.CharField(blank=True, editable=False, max_length=255)),
                        ("approved_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("digest", models.CharField(blank=True, editable=False, max_length=64)),
                        (
                            "approver",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "author",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "campaign",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="corrections",
                                to="content.campaign",
                                verbose_name="campaign",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "correction",
                        "verbose_name_plural": "corrections",
                        "ordering": ["campaign", "name"],
                        "permissions": [("approve_correction", "Can approve corrections")],
                    },
                ),
                migrations.CreateModel(
                    name="Credential",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("secret", models.TextField(editable=False)),
                        ("scopes", models.JSONField(blank=True, default=list)),
                        ("expires_at", models.DateTimeField(blank=True, null=True)),
                        ("renews", models.BooleanField(default=False)),
                        ("connected_at", models.DateTimeField()),
                        ("renewed_at", models.DateTimeField(blank=True, null=True)),
                        ("checked_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "warned_at",
                            models.DateTimeField(
                                blank=True, help_text="When staff were told that it ends soon.", null=True
                            ),
                        ),
                        (
                            "problem",
                            models.TextField(
                                blank=True, help_text="Why the last renewal or check failed, in words for staff."
                            ),
                        ),
                        (
                            "channel",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="credential",
                                to="social_publisher.channel",
                            ),
                        ),
                        (
                            "connected_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "credential",
                        "verbose_name_plural": "credentials",
                    },
                ),
                migrations.CreateModel(
                    name="Delivery",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Waiting"),
                                    ("armed", "Leaving now"),
                                    ("published", "Published"),
                                    ("failed", "Refused"),
                                    ("unknown", "Being checked"),
                                    ("needs_person", "Needs a person"),
                                    ("missed", "Missed"),
                                    ("cancelled", "Stopped"),
                                    ("recalled", "Taken back"),
                                ],
                                default="waiting",
                                max_length=12,
                            ),
                        ),
                        ("due_at", models.DateTimeField()),
                        (
                            "next_at",
                            models.DateTimeField(
                                help_text="When it is tried next: the due time, or later after a setback."
                            ),
                        ),
                        ("cut_off_at", models.DateTimeField()),
                        ("owner", models.UUIDField(blank=True, null=True)),
                        ("lease_until", models.DateTimeField(blank=True, null=True)),
                        ("attempts_made", models.PositiveSmallIntegerField(default=0)),
                        ("state_changed_at", models.DateTimeField(auto_now_add=True)),
                        ("remote_id", models.CharField(blank=True, max_length=255)),
                        ("remote_url", models.URLField(blank=True, max_length=500)),
                        ("published_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "price",
                            models.DecimalField(
                                blank=True,
                                decimal_places=4,
                                help_text="What the network charges for it, in US dollars, as it was when it was approved.",
                                max_digits=8,
                                null=True,
                            ),
                        ),
                        (
                            "parts_out",
                            models.JSONField(
                                blank=True,
                                default=list,
                                help_text="Receipts of those parts of a thread that are out, in their order.",
                            ),
                        ),
                        ("engagement_read_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "reason",
                            models.TextField(blank=True, help_text="Why it is in its state, in words for staff."),
                        ),
                        (
                            "approval",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deliveries",
                                to="social_publisher.approval",
                            ),
                        ),
                        (
                            "channel",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deliveries",
                                to="social_publisher.channel",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "delivery",
                        "verbose_name_plural": "deliveries",
                        "ordering": ["due_at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Attempt",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        ("idempotency_key", models.UUIDField(default=uuid.uuid4)),
                        ("record_key", models.CharField(blank=True, max_length=64)),
                        ("digest", models.CharField(max_length=64)),
                        ("payload", models.JSONField()),
                        ("owner", models.UUIDField()),
                        ("armed_at", models.DateTimeField()),
                        ("settled_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "absent_at",
                            models.DateTimeField(
                                blank=True, help_text="When it was first not found on the network.", null=True
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("open", "Under way"),
                                    ("published", "Published"),
                                    ("released", "Held before sending"),
                                    ("temporary", "Put off by the network"),
                                    ("refused", "Refused by the network"),
                                    ("unknown", "No answer"),
                                    ("absent", "Surely not on the network"),
                                ],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("words", models.TextField(blank=True, help_text="The network's own words, without secrets.")),
                        ("receipt", models.JSONField(blank=True, null=True)),
                        (
                            "delivery",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attempts",
                                to="social_publisher.delivery",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "attempt",
                        "verbose_name_plural": "attempts",
                        "ordering": ["delivery", "number"],
                    },
                ),
                migrations.CreateModel(
                    name="Alert",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("channel_paused", "A channel was paused"),
                                    ("expiring", "A channel's permission ends soon"),
                                    ("refused", "A network refused a post"),
                                    ("stopped", "An approved post was stopped"),
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
                        ("words", models.TextField(blank=True)),
                        ("created_at", models.DateTimeField()),
                        ("told_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "channel",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="alerts",
                                to="social_publisher.channel",
                            ),
                        ),
                        (
                            "correction",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="alerts",
                                to="social_publisher.correction",
                            ),
                        ),
                        (
                            "delivery",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="alerts",
                                to="social_publisher.delivery",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "alert",
                        "verbose_name_plural": "alerts",
                        "ordering": ["created_at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="EngagementSnapshot",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("taken_at", models.DateTimeField()),
                        ("impressions", models.PositiveBigIntegerField(blank=True, null=True)),
                        ("likes", models.PositiveBigIntegerField(blank=True, null=True)),
                        ("reposts", models.PositiveBigIntegerField(blank=True, null=True)),
                        ("replies", models.PositiveBigIntegerField(blank=True, null=True)),
                        ("quotes", models.PositiveBigIntegerField(blank=True, null=True)),
                        ("bookmarks", models.PositiveBigIntegerField(blank=True, null=True)),
                        ("clicks", models.PositiveBigIntegerField(blank=True, null=True)),
                        (
                            "delivery",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="snapshots",
                                to="social_publisher.delivery",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "engagement snapshot",
                        "verbose_name_plural": "engagement snapshots",
                        "ordering": ["taken_at"],
                    },
                ),
                migrations.CreateModel(
                    name="ForeignPost",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                    },
                ),
                migrations.CreateModel(
                    name="HeldImport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                    name="Launch",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("goes_live_at", models.DateTimeField(blank=True, null=True, verbose_name="page goes live at")),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("approver_name", models.CharField(blank=True, editable=False, max_length=255)),
                        ("approved_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("seen_live_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("looked_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("problem", models.TextField(blank=True, editable=False)),
                        ("late_told_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "approver",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "page",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="launch",
                                to="wagtailcore.page",
                                verbose_name="page",
                            ),
                        ),
                        (
                            "revision",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="wagtailcore.revision",
                            ),
                        ),
                        (
                            "revision_author",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "launch package",
                        "verbose_name_plural": "launch packages",
                        "ordering": ["-created_at"],
                    },
                ),
                migrations.CreateModel(
                    name="MentionedAccount",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "network",
                            models.CharField(
                                choices=[
                                    ("x", "X"),
                                    ("mastodon", "Mastodon"),
                                    ("bluesky", "Bluesky"),
                                    ("telegram", "Telegram"),
                                    ("facebook", "Facebook"),
                                    ("linkedin", "LinkedIn"),
                                ],
                                max_length=20,
                                verbose_name="network",
                            ),
                        ),
                        (
                            "handle",
                            models.CharField(
                                help_text="As that network writes it, with the @.",
                                max_length=255,
                                verbose_name="handle",
                            ),
                        ),
                        (
                            "rules",
                            modelcluster.fields.ParentalKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="mentions",
                                to="social_publisher.campaignrules",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "mentioned account",
                        "verbose_name_plural": "mentioned accounts",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Notice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("channel_paused", "A channel was paused"),
                                    ("expiring", "A channel's permission ends soon"),
                                    ("refused", "A network refused a post"),
                                    ("stopped", "An approved post was stopped"),
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
                        (
                            "about",
                            models.CharField(blank=True, help_text="The post or channel it is about.", max_length=255),
                        ),
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
                        (
                            "alert",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notices",
                                to="social_publisher.alert",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
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
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("channel_paused", "A channel was paused"),
                                    ("expiring", "A channel's permission ends soon"),
                                    ("refused", "A network refused a post"),
                                    ("stopped", "An approved post was stopped"),
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
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notice_choices",
                                to=settings.AUTH_USER_MODEL,
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
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "digest_hour",
                            models.PositiveSmallIntegerField(
                                default=8, validators=[django.core.validators.MaxValueValidator(23)]
                            ),
                        ),
                        ("mail_after", models.DateTimeField(blank=True, null=True)),
                        (
                            "person",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notice_profile",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "person's notices",
                        "verbose_name_plural": "persons' notices",
                    },
                ),
                migrations.CreateModel(
                    name="Pause",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reason", models.CharField(max_length=255, verbose_name="reason")),
                        ("paused_at", models.DateTimeField()),
                        ("lifted_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "campaign",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pauses",
                                to="content.campaign",
                            ),
                        ),
                        (
                            "channel",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pauses",
                                to="social_publisher.channel",
                            ),
                        ),
                        (
                            "lifted_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "paused_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "pause",
                        "verbose_name_plural": "pauses",
                        "ordering": ["-paused_at"],
                    },
                ),
                migrations.CreateModel(
                    name="Plan",
                    fields=[
                        (
                            "post",
                            models.OneToOneField(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                primary_key=True,
                                related_name="plan",
                                serialize=False,
                                to="social_publisher.post",
                            ),
                        ),
                        ("due_at", models.DateTimeField(null=True)),
                        ("language", models.CharField(max_length=10)),
                        ("opening", models.CharField(max_length=200)),
                        (
                            "channel_ids",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(), default=list, size=None
                            ),
                        ),
                        ("saved_at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "plan",
                        "verbose_name_plural": "plans",
                        "ordering": ["due_at", "post"],
                    },
                ),
                migrations.AddField(
                    model_name="post",
                    name="correction",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="social_publisher.correction",
                        verbose_name="correction, should it prove wrong",
                    ),
                ),
                migrations.AddField(
                    model_name="post",
                    name="latest_revision",
                    field=models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="latest revision",
                    ),
                ),
                migrations.AddField(
                    model_name="post",
                    name="launch",
                    field=models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="posts",
                        to="social_publisher.launch",
                    ),
                ),
                migrations.AddField(
                    model_name="post",
                    name="link_page",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtailcore.page",
                        verbose_name="link to a page of this site",
                    ),
                ),
                migrations.AddField(
                    model_name="post",
                    name="live_revision",
                    field=models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="live revision",
                    ),
                ),
                migrations.AddField(
                    model_name="post",
                    name="locked_by",
                    field=models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="locked_%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="locked by",
                    ),
                ),
                migrations.AddField(
                    model_name="post",
                    name="video",
                    field=models.ForeignKey(
                        blank=True,
                        help_text="Instead of pictures.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="media.campaignvideo",
                        verbose_name="video",
                    ),
                ),
                migrations.CreateModel(
                    name="Endorsement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("digest", models.CharField(max_length=64)),
                        ("person_name", models.CharField(max_length=255)),
                        ("at", models.DateTimeField()),
                        ("comment", models.TextField(blank=True)),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="endorsements",
                                to="social_publisher.post",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "first approval of two",
                        "verbose_name_plural": "first approvals of two",
                        "ordering": ["at", "pk"],
                    },
                ),
                migrations.AddField(
                    model_name="delivery",
                    name="post",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="social_publisher.post",
                    ),
                ),
                migrations.AddField(
                    model_name="approval",
                    name="post",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approvals",
                        to="social_publisher.post",
                    ),
                ),
                migrations.AddField(
                    model_name="alert",
                    name="post",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="alerts",
                        to="social_publisher.post",
                    ),
                ),
                migrations.CreateModel(
                    name="PostApprovalTask",
                    fields=[
                        (
                            "task_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to="wagtailcore.task",
                            ),
                        ),
                        (
                            "groups",
                            models.ManyToManyField(
                                help_text="Pages/snippets at this step in a workflow will be moderated or approved by these groups of users",
                                to="auth.group",
                                verbose_name="groups",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "second person's approval",
                        "verbose_name_plural": "second person's approvals",
                    },
                    bases=("wagtailcore.task",),
                ),
                migrations.CreateModel(
                    name="PostImage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                        (
                            "alt_text",
                            models.CharField(
                                help_text="What a person who cannot see the picture should know.",
                                max_length=1000,
                                verbose_name="description",
                            ),
                        ),
                        (
                            "people",
                            models.CharField(
                                choices=[
                                    ("none", "Nobody who can be recognised"),
                                    ("consent", "Recognisable, and they have agreed in writing"),
                                    ("recognisable", "Recognisable, without their agreement"),
                                ],
                                default="none",
                                max_length=12,
                                verbose_name="people in it",
                            ),
                        ),
                        (
                            "image",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="media.campaignimage",
                                verbose_name="image",
                            ),
                        ),
                        (
                            "post",
                            modelcluster.fields.ParentalKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="images",
                                to="social_publisher.post",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "image of a post",
                        "verbose_name_plural": "images of a post",
                        "ordering": ["sort_order"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="RehearsalLike",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(auto_now_add=True)),
                        (
                            "post",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="likes",
                                to="social_publisher.rehearsalpost",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "rehearsal like",
                        "verbose_name_plural": "rehearsal likes",
                    },
                ),
                migrations.CreateModel(
                    name="ReviewOpening",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("digest", models.CharField(max_length=64)),
                        ("opened_at", models.DateTimeField()),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="openings",
                                to="social_publisher.post",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "opening of a review",
                        "verbose_name_plural": "openings of reviews",
                    },
                ),
                migrations.CreateModel(
                    name="Series",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "every",
                            models.CharField(
                                choices=[
                                    ("day", "Every day"),
                                    ("weekday", "Monday to Friday"),
                                    ("week", "Every week"),
                                    ("fortnight", "Every two weeks"),
                                    ("month", "Every month"),
                                ],
                                default="week",
                                max_length=10,
                                verbose_name="comes",
                            ),
                        ),
                        ("time", models.TimeField(verbose_name="at")),
                        (
                            "time_zone",
                            models.CharField(
                                default=social_publisher.models.channel.default_time_zone,
                                max_length=64,
                                validators=[social_publisher.models.channel.validate_time_zone],
                                verbose_name="time zone",
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="first on")),
                        ("ends_on", models.DateField(verbose_name="last on or before")),
                        ("ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "campaign",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="series",
                                to="content.campaign",
                                verbose_name="campaign",
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                editable=False,
                                help_text="The occurrence that later ones are copies of.",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="social_publisher.post",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "series",
                        "verbose_name_plural": "series",
                        "ordering": ["-created_at"],
                    },
                ),
                migrations.AddField(
                    model_name="post",
                    name="series",
                    field=models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="posts",
                        to="social_publisher.series",
                    ),
                ),
                migrations.CreateModel(
                    name="Occurrence",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                    },
                ),
                migrations.CreateModel(
                    name="ShortLink",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "code",
                            models.CharField(
                                default=social_publisher.models.short_link.new_code, max_length=10, unique=True
                            ),
                        ),
                        ("url", models.URLField(max_length=300)),
                        ("target_url", models.URLField(blank=True, max_length=1000)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "channel",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="short_links",
                                to="social_publisher.channel",
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="short_links",
                                to="social_publisher.post",
                            ),
                        ),
                        (
                            "target_page",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="wagtailcore.page",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "short link",
                        "verbose_name_plural": "short links",
                    },
                ),
                migrations.AddField(
                    model_name="delivery",
                    name="short_link",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="social_publisher.shortlink",
                    ),
                ),
                migrations.CreateModel(
                    name="ClickHour",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("hour", models.DateTimeField()),
                        ("language", models.CharField(blank=True, max_length=10)),
                        ("count", models.PositiveIntegerField(default=0)),
                        (
                            "short_link",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="clicks",
                                to="social_publisher.shortlink",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "clicks in an hour",
                        "verbose_name_plural": "clicks in an hour",
                    },
                ),
                migrations.CreateModel(
                    name="Slot",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "weekday",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (0, "Monday"),
                                    (1, "Tuesday"),
                                    (2, "Wednesday"),
                                    (3, "Thursday"),
                                    (4, "Friday"),
                                    (5, "Saturday"),
                                    (6, "Sunday"),
                                ],
                                verbose_name="weekday",
                            ),
                        ),
                        ("time", models.TimeField(help_text="In the channel's time zone.", verbose_name="time")),
                        (
                            "channel",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="slots",
                                to="social_publisher.channel",
                                verbose_name="channel",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "posting time",
                        "verbose_name_plural": "posting times",
                        "ordering": ["weekday", "time"],
                    },
                ),
                migrations.CreateModel(
                    name="Submission",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("digest", models.CharField(max_length=64)),
                        ("submitted_at", models.DateTimeField()),
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
                            "post",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="submission",
                                to="social_publisher.post",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "submission",
                        "verbose_name_plural": "submissions",
                    },
                ),
                migrations.CreateModel(
                    name="Takedown",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                        (
                            "words",
                            models.TextField(blank=True, help_text="Why it is in its state, in words for staff."),
                        ),
                        ("tries", models.PositiveSmallIntegerField(default=0)),
                        ("next_at", models.DateTimeField()),
                        ("owner", models.UUIDField(null=True)),
                        ("lease_until", models.DateTimeField(null=True)),
                        ("changed_at", models.DateTimeField()),
                        (
                            "told_at",
                            models.DateTimeField(help_text="When staff were told that it needs them.", null=True),
                        ),
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
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                    name="Upload",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sha256", models.CharField(max_length=64)),
                        ("remote_id", models.TextField()),
                        ("kept_until", models.DateTimeField(blank=True, null=True)),
                        ("uploaded_at", models.DateTimeField()),
                        (
                            "delivery",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="uploads",
                                to="social_publisher.delivery",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "upload",
                        "verbose_name_plural": "uploads",
                    },
                ),
                migrations.CreateModel(
                    name="Variant",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                        (
                            "text",
                            models.TextField(
                                blank=True, help_text="Leave empty to use the shared text.", verbose_name="own text"
                            ),
                        ),
                        (
                            "offset_minutes",
                            models.PositiveIntegerField(
                                default=0,
                                validators=[django.core.validators.MaxValueValidator(10080)],
                                verbose_name="minutes later",
                            ),
                        ),
                        (
                            "media",
                            models.CharField(
                                choices=[
                                    ("shared", "The post's pictures or video"),
                                    ("own", "A picture of its own"),
                                    ("none", "No picture"),
                                ],
                                default="shared",
                                max_length=10,
                                verbose_name="pictures",
                            ),
                        ),
                        (
                            "alt_text",
                            models.CharField(
                                blank=True,
                                help_text="What a person who cannot see the picture should know.",
                                max_length=1000,
                                verbose_name="description of its own picture",
                            ),
                        ),
                        (
                            "channel",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="variants",
                                to="social_publisher.channel",
                                verbose_name="channel",
                            ),
                        ),
                        (
                            "image",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="media.campaignimage",
                                verbose_name="own picture",
                            ),
                        ),
                        (
                            "post",
                            modelcluster.fields.ParentalKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="variants",
                                to="social_publisher.post",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "channel of a post",
                        "verbose_name_plural": "channels of a post",
                        "ordering": ["sort_order"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Webhook",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "name",
                            models.CharField(
                                help_text="How staff recognise it.", max_length=120, unique=True, verbose_name="name"
                            ),
                        ),
                        (
                            "url",
                            models.URLField(
                                help_text="Takes the calls; it begins with https://.",
                                max_length=500,
                                verbose_name="address",
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
                        (
                            "made_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
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
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                        (
                            "alert",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="social_publisher.alert",
                            ),
                        ),
                        (
                            "webhook",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="calls",
                                to="social_publisher.webhook",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "webhook call",
                        "verbose_name_plural": "webhook calls",
                        "ordering": ["-created_at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="AuditEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                        ("actor_name", models.CharField(max_length=255)),
                        ("action", models.CharField(max_length=60)),
                        ("subject", models.CharField(max_length=255)),
                        ("data", models.JSONField(default=dict)),
                        ("place", models.BigIntegerField(editable=False, null=True)),
                        ("hash", models.CharField(blank=True, db_default="", editable=False, max_length=64)),
                        (
                            "actor",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "audit entry",
                        "verbose_name_plural": "audit entries",
                        "ordering": ["-at", "-pk"],
                        "indexes": [
                            models.Index(fields=["at", "id"], name="audit_at"),
                            models.Index(
                                fields=["action", "at"],
                                name="audit_of",
                                opclasses=["varchar_pattern_ops", "timestamptz_ops"],
                            ),
                            models.Index(
                                condition=models.Q(("actor__isnull", False)), fields=["actor", "at"], name="audit_actor"
                            ),
                            models.Index(
                                django.db.models.fields.json.KeyTransform("post", "data"),
                                models.F("at"),
                                condition=models.Q(("data__has_key", "post")),
                                name="audit_post",
                            ),
                            models.Index(condition=models.Q(("place", None)), fields=["id"], name="audit_unsealed"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("place",), name="one_entry_a_place"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("hash", ""), ("place", None)),
                                    models.Q(("hash__regex", "^[0-9a-f]{64}$"), ("place__gt", 0)),
                                    _connector="OR",
                                ),
                                name="a_sealed_entry_has_place_and_hash",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Blackout",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "name",
                            models.CharField(
                                help_text="What staff see; nothing secret.", max_length=120, verbose_name="name"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("election", "Election"),
                                    ("mourning", "Mourning"),
                                    ("operation", "Live operation"),
                                    ("holiday", "Public holiday"),
                                    ("other", "Other"),
                                ],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("starts_at", models.DateTimeField(verbose_name="from")),
                        ("ends_at", models.DateTimeField(verbose_name="until")),
                        (
                            "campaigns",
                            models.ManyToManyField(
                                blank=True,
                                help_text="None: all of them.",
                                related_name="blackouts",
                                to="content.campaign",
                                verbose_name="campaigns",
                            ),
                        ),
                        (
                            "countries",
                            models.ManyToManyField(
                                blank=True,
                                help_text="None: everywhere.",
                                related_name="blackouts",
                                to="content.country",
                                verbose_name="countries",
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "blackout",
                        "verbose_name_plural": "blackouts",
                        "ordering": ["starts_at"],
                        "indexes": [models.Index(fields=["ends_at"], name="blackout_end")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                                name="a_blackout_ends_after_it_starts",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BreakGlass",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reason", models.TextField()),
                        (
                            "findings",
                            models.JSONField(default=list, help_text="What the checks said when it was sent."),
                        ),
                        ("by_name", models.CharField(max_length=255)),
                        ("at", models.DateTimeField()),
                        ("undo_until", models.DateTimeField()),
                        ("undone_at", models.DateTimeField(blank=True, null=True)),
                        ("signed_off_name", models.CharField(blank=True, max_length=255)),
                        ("signed_off_at", models.DateTimeField(blank=True, null=True)),
                        ("is_objection", models.BooleanField(default=False)),
                        ("comment", models.TextField(blank=True)),
                        (
                            "approval",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="break_glass",
                                to="social_publisher.approval",
                            ),
                        ),
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
                            "signed_off_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "post sent without a second person",
                        "verbose_name_plural": "posts sent without a second person",
                        "ordering": ["-at", "-pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("undone_at", None)), fields=["at"], name="break_glass_open"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("signed_off_by", models.F("by")), _negated=True),
                                name="nobody_signs_off_what_they_sent_alone",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("signed_off_at", None),
                                    models.Q(("signed_off_name", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="a_sign_off_names_its_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_objection", False),
                                    models.Q(
                                        ("signed_off_at__isnull", False), models.Q(("comment", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="an_objection_says_why",
                            ),
                        ],
                    },
                ),
                migrations.AddConstraint(
                    model_name="channel",
                    constraint=models.UniqueConstraint(fields=("network", "handle"), name="one_channel_per_account"),
                ),
                migrations.AddConstraint(
                    model_name="channel",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("account_id", ""), _negated=True),
                        fields=("network", "account_id"),
                        name="one_channel_per_account_id",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="channel",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("quiet_from", None), ("quiet_until", None)),
                            models.Q(("quiet_from__isnull", False), ("quiet_until__isnull", False)),
                            _connector="OR",
                        ),
                        name="quiet_hours_begin_and_end",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="correction",
                    constraint=models.UniqueConstraint(
                        fields=("campaign", "name", "language"), name="one_correction_per_name"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="correction",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("approver", models.F("author")), _negated=True),
                        name="correction_approver_is_not_its_author",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="correction",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("approved_at", None), models.Q(("approver_name", ""), _negated=True), _connector="OR"
                        ),
                        name="an_approved_correction_names_its_approver",
                    ),
                ),
                migrations.AddIndex(
                    model_name="credential",
                    index=models.Index(
                        condition=models.Q(("renews", True)), fields=["expires_at"], name="credential_expiry"
                    ),
                ),
                migrations.AddIndex(
                    model_name="attempt",
                    index=models.Index(
                        condition=models.Q(("outcome", "open")), fields=["armed_at"], name="attempt_open"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="attempt",
                    constraint=models.UniqueConstraint(fields=("delivery", "number"), name="attempts_are_numbered"),
                ),
                migrations.AddConstraint(
                    model_name="engagementsnapshot",
                    constraint=models.UniqueConstraint(fields=("delivery", "taken_at"), name="one_snapshot_per_moment"),
                ),
                migrations.AddIndex(
                    model_name="foreignpost",
                    index=models.Index(
                        condition=models.Q(("settled_at", None)), fields=["-posted_at"], name="foreign_post_open"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="foreignpost",
                    constraint=models.UniqueConstraint(fields=("channel", "remote_id"), name="one_foreign_post_per_id"),
                ),
                migrations.AddConstraint(
                    model_name="launch",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("approver", models.F("revision_author")), _negated=True),
                        name="launch_approver_is_not_the_pages_author",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="launch",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("approved_at", None), models.Q(("approver_name", ""), _negated=True), _connector="OR"
                        ),
                        name="an_approved_launch_names_its_approver",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="mentionedaccount",
                    constraint=models.UniqueConstraint(
                        fields=("rules", "network", "handle"), name="one_mention_per_account"
                    ),
                ),
                migrations.AddIndex(
                    model_name="notice",
                    index=models.Index(
                        condition=models.Q(("shown", True)),
                        fields=["person", "-created_at", "-id"],
                        name="notice_shown",
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
                migrations.AddConstraint(
                    model_name="pause",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("campaign", None), ("channel", None), _connector="OR"),
                        name="a_pause_has_one_scope",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pause",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("lifted_at", None)),
                        fields=("campaign", "channel"),
                        name="one_standing_pause_per_scope",
                        nulls_distinct=False,
                    ),
                ),
                migrations.AddField(
                    model_name="plan",
                    name="author",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="plan",
                    name="campaign",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="content.campaign",
                    ),
                ),
                migrations.AddField(
                    model_name="plan",
                    name="editor",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddConstraint(
                    model_name="endorsement",
                    constraint=models.UniqueConstraint(
                        fields=("post", "digest", "person"), name="one_endorsement_per_person"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="approval",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("approver", models.F("author")), _negated=True),
                        name="approver_is_not_the_author",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="approval",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("approver", models.F("last_editor")), _negated=True),
                        name="approver_is_not_the_last_editor",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="approval",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("second_approver", models.F("author")), _negated=True),
                            models.Q(("second_approver", models.F("last_editor")), _negated=True),
                            models.Q(("second_approver", models.F("approver")), _negated=True),
                        ),
                        name="second_approver_is_a_third_person",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="approval",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("urgent", True), models.Q(("approver_name", ""), _negated=True), _connector="OR"
                        ),
                        name="only_an_urgent_post_leaves_without_an_approver",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="approval",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)), fields=("post",), name="one_standing_approval_per_post"
                    ),
                ),
                migrations.AddIndex(
                    model_name="alert",
                    index=models.Index(
                        condition=models.Q(("told_at", None)), fields=["created_at"], name="alert_untold"
                    ),
                ),
                migrations.AddIndex(
                    model_name="alert",
                    index=models.Index(fields=["told_at"], name="alert_told"),
                ),
                migrations.AddConstraint(
                    model_name="reviewopening",
                    constraint=models.UniqueConstraint(fields=("post", "person"), name="one_opening_per_person"),
                ),
                migrations.AddConstraint(
                    model_name="series",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="a_series_ends_after_it_starts",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="post",
                    constraint=models.UniqueConstraint(
                        fields=("translation_key", "language"), name="one_post_per_translation_language"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="occurrence",
                    constraint=models.UniqueConstraint(
                        fields=("series", "day"), name="one_occurrence_per_day_of_a_series"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="shortlink",
                    constraint=models.UniqueConstraint(
                        fields=("post", "channel"), name="one_short_link_per_post_and_channel"
                    ),
                ),
                migrations.AddIndex(
                    model_name="delivery",
                    index=models.Index(
                        condition=models.Q(("state__in", ["waiting", "armed"])),
                        fields=["next_at"],
                        name="delivery_next",
                    ),
                ),
                migrations.AddIndex(
                    model_name="delivery",
                    index=models.Index(
                        condition=models.Q(("state", "waiting")), fields=["cut_off_at"], name="delivery_cut_off"
                    ),
                ),
                migrations.AddIndex(
                    model_name="delivery",
                    index=models.Index(
                        condition=models.Q(("state", "armed")), fields=["lease_until"], name="delivery_lease"
                    ),
                ),
                migrations.AddIndex(
                    model_name="delivery",
                    index=models.Index(fields=["state", "due_at"], name="delivery_state"),
                ),
                migrations.AddIndex(
                    model_name="delivery",
                    index=models.Index(
                        condition=models.Q(("state__in", ["failed", "missed", "unknown", "needs_person", "cancelled"])),
                        fields=["state", "-state_changed_at"],
                        name="delivery_troubled",
                    ),
                ),
                migrations.AddIndex(
                    model_name="delivery",
                    index=models.Index(
                        condition=models.Q(("state", "published")), fields=["published_at"], name="delivery_published"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="delivery",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state", "cancelled"), _negated=True),
                        fields=("post", "channel"),
                        name="one_delivery_per_post_and_channel",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="delivery",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "armed"), _negated=True),
                            models.Q(("lease_until__isnull", False), ("owner__isnull", False)),
                            _connector="OR",
                        ),
                        name="an_armed_delivery_has_an_owner",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="delivery",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), _negated=True),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="a_published_delivery_has_a_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="clickhour",
                    constraint=models.UniqueConstraint(
                        fields=("short_link", "hour", "language"), name="one_count_per_hour"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="slot",
                    constraint=models.UniqueConstraint(
                        fields=("channel", "weekday", "time"), name="one_slot_per_moment"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="slot",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("weekday__lte", 6)), name="a_slot_is_on_a_weekday"
                    ),
                ),
                migrations.AddIndex(
                    model_name="takedown",
                    index=models.Index(condition=models.Q(("done_at", None)), fields=["-at"], name="takedown_open"),
                ),
                migrations.AddConstraint(
                    model_name="takedown",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("correction_post", None), ("with_correction__isnull", False), _connector="OR"
                        ),
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
                migrations.AddConstraint(
                    model_name="upload",
                    constraint=models.UniqueConstraint(fields=("delivery", "sha256"), name="one_upload_per_picture"),
                ),
                migrations.AddConstraint(
                    model_name="variant",
                    constraint=models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("post", "channel"),
                        name="one_variant_per_post_and_channel",
                    ),
                ),
                migrations.AddIndex(
                    model_name="webhookcall",
                    index=models.Index(
                        condition=models.Q(("status", "waiting")), fields=["next_at"], name="webhook_call_next"
                    ),
                ),
                migrations.AddIndex(
                    model_name="webhookcall",
                    index=models.Index(fields=["webhook", "-created_at", "-id"], name="webhook_call_last"),
                ),
                migrations.AddIndex(
                    model_name="webhookcall",
                    index=models.Index(fields=["created_at"], name="webhook_call_age"),
                ),
                migrations.AddIndex(
                    model_name="plan",
                    index=models.Index(fields=["due_at", "post"], name="plan_due"),
                ),
            ]
        ),
        *own_statements(),
    ]
