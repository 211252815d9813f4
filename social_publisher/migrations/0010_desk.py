"""What the desk plans and checks with: rules, slots, series, blackouts, launches, corrections, a third person."""

from __future__ import annotations

import uuid

import django.db.models.deletion
import modelcluster.fields
from django.conf import settings
from django.db import migrations, models

import social_publisher.models.channel
import social_publisher.models.rules


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0001_initial"),
        ("media", "0002_videos"),
        ("social_publisher", "0009_connection_roles"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Blackout",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "name",
                    models.CharField(help_text="What staff see; nothing secret.", max_length=120, verbose_name="name"),
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
            ],
            options={
                "verbose_name": "blackout",
                "verbose_name_plural": "blackouts",
                "ordering": ["starts_at"],
            },
        ),
        migrations.CreateModel(
            name="CampaignRules",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
            ],
            options={
                "verbose_name": "rules of a campaign",
                "verbose_name_plural": "rules of campaigns",
            },
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(help_text="How staff recognise it.", max_length=120, verbose_name="name")),
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
                    models.TextField(help_text="Must fit the shortest network it may leave on.", verbose_name="text"),
                ),
                ("author_name", models.CharField(blank=True, editable=False, max_length=255)),
                ("approver_name", models.CharField(blank=True, editable=False, max_length=255)),
                ("approved_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("digest", models.CharField(blank=True, editable=False, max_length=64)),
            ],
            options={
                "verbose_name": "correction",
                "verbose_name_plural": "corrections",
                "ordering": ["campaign", "name"],
            },
        ),
        migrations.CreateModel(
            name="Launch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("goes_live_at", models.DateTimeField(blank=True, null=True, verbose_name="page goes live at")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("seen_live_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("looked_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("problem", models.TextField(blank=True, editable=False)),
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
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                        help_text="As that network writes it, with the @.", max_length=255, verbose_name="handle"
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
            name="Series",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
            ],
            options={
                "verbose_name": "series",
                "verbose_name_plural": "series",
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="Slot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
            ],
            options={
                "verbose_name": "posting time",
                "verbose_name_plural": "posting times",
                "ordering": ["weekday", "time"],
            },
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
        migrations.AddField(
            model_name="approval",
            name="second_approver",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="approval",
            name="second_approver_name",
            field=models.CharField(blank=True, max_length=255),
        ),
        migrations.AddField(
            model_name="approval",
            name="urgent",
            field=models.BooleanField(
                default=False, help_text="Left at once under break-glass; the approver is who signed it off afterwards."
            ),
        ),
        migrations.AddField(
            model_name="channel",
            name="countries",
            field=models.ManyToManyField(
                blank=True,
                help_text="For blackouts. None: those of the campaign's project.",
                related_name="channels",
                to="content.country",
                verbose_name="countries of its readers",
            ),
        ),
        migrations.AddField(
            model_name="channel",
            name="quiet_from",
            field=models.TimeField(
                blank=True,
                help_text="In its time zone. Nothing should leave then.",
                null=True,
                verbose_name="quiet from",
            ),
        ),
        migrations.AddField(
            model_name="channel",
            name="quiet_until",
            field=models.TimeField(blank=True, null=True, verbose_name="quiet until"),
        ),
        migrations.AddField(
            model_name="post",
            name="from_machine",
            field=models.BooleanField(
                default=False,
                help_text="It does not leave before a person who reads the language has checked it and cleared this.",
                verbose_name="translated by a machine, not checked yet",
            ),
        ),
        migrations.AddField(
            model_name="post",
            name="is_alert",
            field=models.BooleanField(
                default=False,
                help_text="Warns the public of something. A correction must be prepared before it leaves.",
                verbose_name="alert",
            ),
        ),
        migrations.AddField(
            model_name="post",
            name="translation_key",
            field=models.UUIDField(
                db_index=True, default=uuid.uuid4, editable=False, help_text="The same in all translations of a post."
            ),
        ),
        migrations.RunSQL(
            "UPDATE social_publisher_post SET translation_key = gen_random_uuid()",
            migrations.RunSQL.noop,
            elidable=True,
        ),
        migrations.AddField(
            model_name="postimage",
            name="people",
            field=models.CharField(
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
        migrations.AddField(
            model_name="variant",
            name="alt_text",
            field=models.CharField(
                blank=True,
                help_text="What a person who cannot see the picture should know.",
                max_length=1000,
                verbose_name="description of its own picture",
            ),
        ),
        migrations.AddField(
            model_name="variant",
            name="image",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="media.campaignimage",
                verbose_name="own picture",
            ),
        ),
        migrations.AddField(
            model_name="variant",
            name="media",
            field=models.CharField(
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
        migrations.AlterField(
            model_name="alert",
            name="kind",
            field=models.CharField(
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
        migrations.AlterField(
            model_name="approval",
            name="approver_name",
            field=models.CharField(blank=True, max_length=255),
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
                condition=models.Q(("urgent", True), models.Q(("approver_name", ""), _negated=True), _connector="OR"),
                name="only_an_urgent_post_leaves_without_an_approver",
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
        migrations.AddField(
            model_name="blackout",
            name="campaigns",
            field=models.ManyToManyField(
                blank=True,
                help_text="None: all of them.",
                related_name="blackouts",
                to="content.campaign",
                verbose_name="campaigns",
            ),
        ),
        migrations.AddField(
            model_name="blackout",
            name="countries",
            field=models.ManyToManyField(
                blank=True,
                help_text="None: everywhere.",
                related_name="blackouts",
                to="content.country",
                verbose_name="countries",
            ),
        ),
        migrations.AddField(
            model_name="blackout",
            name="created_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="campaignrules",
            name="campaign",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="rules",
                to="content.campaign",
                verbose_name="campaign",
            ),
        ),
        migrations.AddField(
            model_name="correction",
            name="approver",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="correction",
            name="author",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="correction",
            name="campaign",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrections",
                to="content.campaign",
                verbose_name="campaign",
            ),
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
            model_name="launch",
            name="created_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="launch",
            name="page",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="launch",
                to="wagtailcore.page",
                verbose_name="page",
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
            model_name="mentionedaccount",
            name="rules",
            field=modelcluster.fields.ParentalKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="mentions",
                to="social_publisher.campaignrules",
            ),
        ),
        migrations.AddField(
            model_name="series",
            name="campaign",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="series",
                to="content.campaign",
                verbose_name="campaign",
            ),
        ),
        migrations.AddField(
            model_name="series",
            name="created_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
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
        migrations.AddConstraint(
            model_name="post",
            constraint=models.UniqueConstraint(
                fields=("translation_key", "language"), name="one_post_per_translation_language"
            ),
        ),
        migrations.AddField(
            model_name="slot",
            name="channel",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="slots",
                to="social_publisher.channel",
                verbose_name="channel",
            ),
        ),
        migrations.AddIndex(
            model_name="blackout",
            index=models.Index(fields=["ends_at"], name="blackout_end"),
        ),
        migrations.AddConstraint(
            model_name="blackout",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="a_blackout_ends_after_it_starts"
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.UniqueConstraint(fields=("campaign", "name", "language"), name="one_correction_per_name"),
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
        migrations.AddConstraint(
            model_name="mentionedaccount",
            constraint=models.UniqueConstraint(fields=("rules", "network", "handle"), name="one_mention_per_account"),
        ),
        migrations.AddConstraint(
            model_name="series",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="a_series_ends_after_it_starts"
            ),
        ),
        migrations.AddConstraint(
            model_name="slot",
            constraint=models.UniqueConstraint(fields=("channel", "weekday", "time"), name="one_slot_per_moment"),
        ),
        migrations.AddConstraint(
            model_name="slot",
            constraint=models.CheckConstraint(condition=models.Q(("weekday__lte", 6)), name="a_slot_is_on_a_weekday"),
        ),
    ]
