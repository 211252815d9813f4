"""The library as it is after its first steps, made in one.

A new database takes this one instead of them; one that has them counts as having it. What the steps did to rows is left
out, for there are none; triggers and roles come from the steps themselves, in their order.
"""

from __future__ import annotations

import importlib

import django.core.validators
import django.db.models.deletion
import modelcluster.fields
import modelsearch.index
import taggit.managers
import wagtail.images.models
import wagtail.models.media
from django.conf import settings
from django.db import migrations, models

import media.fields
from media.migrations._together import Together

STEPS = (
    "0001_initial",
    "0002_videos",
    "0003_speed",
    "0004_blocks",
    "0005_media",
)


def own_statements() -> list[object]:
    """Everything the steps do beyond tables, but for what only changed rows."""
    modules = [importlib.import_module(f"media.migrations.{step}") for step in STEPS]
    return [
        operation
        for module in modules
        for operation in module.Migration.operations
        if isinstance(operation, migrations.RunSQL | migrations.RunPython) and not operation.elidable
    ]


class Migration(migrations.Migration):
    initial = True

    replaces = [("media", step) for step in STEPS]

    dependencies = [
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        # Not needed, but quicker before ours than after: each renders every model there is.
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
        ("wagtailsearch", "0010_add_text_fields"),
        ("wagtailsearchpromotions", "0008_query_verbose_name"),
        ("wagtailusers", "0015_userprofile_keyboard_shortcuts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="CampaignVideo",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=255, verbose_name="title")),
                        (
                            "file",
                            models.FileField(
                                help_text="MP4 with H.264 and AAC, at most 512 MB.",
                                upload_to="videos",
                                validators=[django.core.validators.FileExtensionValidator(["mp4", "m4v", "mov"])],
                                verbose_name="file",
                            ),
                        ),
                        (
                            "credit",
                            models.CharField(
                                blank=True, help_text="Who made the video.", max_length=255, verbose_name="credit"
                            ),
                        ),
                        (
                            "licence",
                            models.CharField(
                                blank=True,
                                help_text="Under which terms it may be used, for example CC BY 4.0.",
                                max_length=255,
                                verbose_name="licence",
                            ),
                        ),
                        ("width", models.PositiveIntegerField(default=0, editable=False)),
                        ("height", models.PositiveIntegerField(default=0, editable=False)),
                        ("seconds", models.FloatField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "verbose_name": "video",
                        "verbose_name_plural": "videos",
                        "ordering": ["-created_at", "-pk"],
                    },
                    bases=(modelsearch.index.Indexed, models.Model),
                ),
                migrations.CreateModel(
                    name="CampaignDocument",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=255, verbose_name="title")),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                        ("file_size", models.PositiveBigIntegerField(editable=False, null=True)),
                        ("file_hash", models.CharField(blank=True, editable=False, max_length=40)),
                        ("file", media.fields.CheckedDocumentField(upload_to="documents", verbose_name="file")),
                        (
                            "collection",
                            models.ForeignKey(
                                default=wagtail.models.media.get_root_collection_id,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="wagtailcore.collection",
                                verbose_name="collection",
                            ),
                        ),
                        (
                            "tags",
                            taggit.managers.TaggableManager(
                                blank=True,
                                help_text=None,
                                through="taggit.TaggedItem",
                                to="taggit.Tag",
                                verbose_name="tags",
                            ),
                        ),
                        (
                            "uploaded_by_user",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="uploaded by user",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "document",
                        "verbose_name_plural": "documents",
                        "abstract": False,
                    },
                    bases=(modelsearch.index.Indexed, models.Model),
                ),
                migrations.CreateModel(
                    name="CampaignImage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=255, verbose_name="title")),
                        (
                            "description",
                            models.CharField(blank=True, default="", max_length=255, verbose_name="description"),
                        ),
                        ("width", models.IntegerField(editable=False, verbose_name="width")),
                        ("height", models.IntegerField(editable=False, verbose_name="height")),
                        (
                            "created_at",
                            models.DateTimeField(auto_now_add=True, db_index=True, verbose_name="created at"),
                        ),
                        ("focal_point_x", models.PositiveIntegerField(blank=True, null=True)),
                        ("focal_point_y", models.PositiveIntegerField(blank=True, null=True)),
                        ("focal_point_width", models.PositiveIntegerField(blank=True, null=True)),
                        ("focal_point_height", models.PositiveIntegerField(blank=True, null=True)),
                        ("file_size", models.PositiveIntegerField(editable=False, null=True)),
                        ("file_hash", models.CharField(blank=True, db_index=True, editable=False, max_length=40)),
                        (
                            "file",
                            media.fields.CleanImageField(
                                height_field="height",
                                upload_to=wagtail.images.models.get_upload_to,
                                verbose_name="file",
                                width_field="width",
                            ),
                        ),
                        (
                            "credit",
                            models.CharField(
                                blank=True, help_text="Who made the picture.", max_length=255, verbose_name="credit"
                            ),
                        ),
                        (
                            "licence",
                            models.CharField(
                                blank=True,
                                help_text="Under which terms it may be used, for example CC BY 4.0.",
                                max_length=255,
                                verbose_name="licence",
                            ),
                        ),
                        (
                            "decorative",
                            models.BooleanField(
                                default=False,
                                help_text="It says nothing that the text beside it does not say. It then needs no description.",
                                verbose_name="decoration only",
                            ),
                        ),
                        (
                            "people",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("none", "Nobody can be recognised"),
                                    ("agreed", "People can be recognised, and have agreed in writing"),
                                    ("not-agreed", "People can be recognised, and have not agreed"),
                                ],
                                help_text="Without their agreement, a picture of people is not published.",
                                max_length=12,
                                verbose_name="people in it",
                            ),
                        ),
                        (
                            "people_shown",
                            models.CharField(
                                blank=True,
                                help_text="Names or tasks, as far as they are needed to ask again. Only staff see this.",
                                max_length=255,
                                verbose_name="who is in it",
                            ),
                        ),
                        (
                            "consent_note",
                            models.CharField(
                                blank=True,
                                help_text="So that it can be shown when somebody asks. Only staff see this.",
                                max_length=255,
                                verbose_name="where the agreement is kept",
                            ),
                        ),
                        (
                            "consent_until",
                            models.DateField(
                                blank=True,
                                help_text="The last day. Empty if the agreement has no end. Staff are warned 60 days before.",
                                null=True,
                                verbose_name="agreed until",
                            ),
                        ),
                        (
                            "sizes",
                            models.JSONField(
                                db_default=models.Value({}, models.JSONField()), default=dict, editable=False
                            ),
                        ),
                        (
                            "collection",
                            models.ForeignKey(
                                default=wagtail.models.media.get_root_collection_id,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="wagtailcore.collection",
                                verbose_name="collection",
                            ),
                        ),
                        (
                            "tags",
                            taggit.managers.TaggableManager(
                                blank=True,
                                help_text=None,
                                through="taggit.TaggedItem",
                                to="taggit.Tag",
                                verbose_name="tags",
                            ),
                        ),
                        (
                            "uploaded_by_user",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="uploaded by user",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "image",
                        "verbose_name_plural": "images",
                        "abstract": False,
                    },
                    bases=(wagtail.images.models.ImageFileMixin, modelsearch.index.Indexed, models.Model),
                ),
                migrations.CreateModel(
                    name="CampaignRendition",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("filter_spec", models.CharField(db_index=True, max_length=255)),
                        (
                            "file",
                            wagtail.images.models.WagtailImageField(
                                height_field="height",
                                storage=wagtail.images.models.get_rendition_storage,
                                upload_to=wagtail.images.models.get_rendition_upload_to,
                                width_field="width",
                            ),
                        ),
                        ("width", models.IntegerField(editable=False)),
                        ("height", models.IntegerField(editable=False)),
                        ("focal_point_key", models.CharField(blank=True, default="", editable=False, max_length=16)),
                        (
                            "image",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="renditions",
                                to="media.campaignimage",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "rendition",
                        "verbose_name_plural": "renditions",
                        "unique_together": {("image", "filter_spec", "focal_point_key")},
                    },
                    bases=(wagtail.images.models.ImageFileMixin, models.Model),
                ),
                migrations.CreateModel(
                    name="VideoCaptions",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                            "file",
                            models.FileField(
                                help_text="WebVTT (.vtt), with everything that is said and the sounds that matter.",
                                upload_to="captions",
                                validators=[django.core.validators.FileExtensionValidator(["vtt"])],
                                verbose_name="file",
                            ),
                        ),
                        (
                            "video",
                            modelcluster.fields.ParentalKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="captions",
                                to="media.campaignvideo",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "captions",
                        "verbose_name_plural": "captions",
                        "ordering": ["language"],
                        "constraints": [
                            models.UniqueConstraint(fields=("video", "language"), name="one_captions_per_language")
                        ],
                    },
                ),
            ]
        ),
        *own_statements(),
    ]
