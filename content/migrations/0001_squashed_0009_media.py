"""Records and pages as they are after their first steps, made in one.

A new database takes this one instead of them; one that has them counts as having it. What the steps did to rows is left
out, for there are none; triggers and roles come from the steps themselves, in their order.
"""

from __future__ import annotations

import importlib

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import modelcluster.fields
import wagtail.fields
from django.conf import settings
from django.db import migrations, models

import content.blocks.languages
import content.calendars.zones
import content.contact.models
import content.pages.routed
import content.records.languages
from media.migrations._together import Together

STEPS = (
    "0001_initial",
    "0002_stamps",
    "0003_projects",
    "0004_campaigns",
    "0005_blocks",
    "0006_news",
    "0007_service",
    "0008_search",
    "0009_media",
)


def own_statements() -> list[object]:
    """Everything the steps do beyond tables, but for what only changed rows."""
    modules = [importlib.import_module(f"content.migrations.{step}") for step in STEPS]
    return [
        operation
        for module in modules
        for operation in module.Migration.operations
        if isinstance(operation, migrations.RunSQL | migrations.RunPython) and not operation.elidable
    ]


class Migration(migrations.Migration):
    initial = True

    replaces = [("content", step) for step in STEPS]

    dependencies = [
        ("media", "0005_media"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailsearchpromotions", "0008_query_verbose_name"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="StandardPage",
                    fields=[
                        (
                            "page_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to="wagtailcore.page",
                            ),
                        ),
                        (
                            "summary",
                            models.TextField(
                                blank=True,
                                help_text="One or two sentences; shown in lists and shared links.",
                                max_length=400,
                                verbose_name="summary",
                            ),
                        ),
                        (
                            "image_alt",
                            models.CharField(
                                blank=True,
                                help_text="What the picture shows, in words. Empty if it is decoration.",
                                max_length=255,
                                verbose_name="image description",
                            ),
                        ),
                        (
                            "body",
                            wagtail.fields.StreamField(
                                [
                                    ("heading", 0),
                                    ("subheading", 1),
                                    ("paragraph", 2),
                                    ("quote", 7),
                                    ("fact", 10),
                                    ("steps", 15),
                                    ("accordion", 20),
                                    ("figure", 25),
                                    ("gallery", 27),
                                    ("video", 33),
                                    ("outside_video", 38),
                                    ("statistics", 46),
                                    ("chart", 54),
                                    ("table", 58),
                                    ("timeline", 64),
                                    ("map", 68),
                                    ("action", 74),
                                    ("downloads", 81),
                                    ("people", 88),
                                    ("partners", 91),
                                    ("related", 94),
                                    ("posts", 97),
                                ],
                                blank=True,
                                block_lookup={
                                    0: ("content.blocks.text.HeadingBlock", (), {}),
                                    1: ("content.blocks.text.SubheadingBlock", (), {}),
                                    2: ("content.blocks.text.ParagraphBlock", (), {}),
                                    3: (
                                        "wagtail.blocks.TextBlock",
                                        (),
                                        {
                                            "help_text": "Exactly as they were said or written, without quotation marks.",
                                            "label": "Words",
                                        },
                                    ),
                                    4: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"help_text": "Who said it, or where it is written.", "label": "Source"},
                                    ),
                                    5: (
                                        "wagtail.blocks.URLBlock",
                                        (),
                                        {"label": "Address of the source", "required": False},
                                    ),
                                    6: (
                                        "wagtail.blocks.ChoiceBlock",
                                        [],
                                        {
                                            "choices": content.blocks.languages.language_choices,
                                            "help_text": "Only if they are not in the page's language: screen readers then say them right.",
                                            "label": "Language of the words",
                                            "required": False,
                                        },
                                    ),
                                    7: (
                                        "wagtail.blocks.StructBlock",
                                        [[("text", 3), ("source", 4), ("source_url", 5), ("language", 6)]],
                                        {},
                                    ),
                                    8: (
                                        "wagtail.blocks.TextBlock",
                                        (),
                                        {
                                            "help_text": "One or two sentences that can stand alone.",
                                            "label": "Fact",
                                            "max_length": 300,
                                        },
                                    ),
                                    9: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Where this is known from.",
                                            "label": "Source",
                                            "max_length": 200,
                                        },
                                    ),
                                    10: (
                                        "wagtail.blocks.StructBlock",
                                        [[("text", 8), ("source", 9), ("source_url", 5)]],
                                        {},
                                    ),
                                    11: ("wagtail.blocks.CharBlock", (), {"label": "What to do", "max_length": 160}),
                                    12: ("content.blocks.text.ParagraphBlock", (), {"label": "How", "required": False}),
                                    13: ("wagtail.blocks.StructBlock", [[("title", 11), ("text", 12)]], {}),
                                    14: ("wagtail.blocks.ListBlock", (13,), {"label": "Steps", "min_num": 2}),
                                    15: ("wagtail.blocks.StructBlock", [[("steps", 14)]], {}),
                                    16: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Often a question. It is always seen.",
                                            "label": "Title",
                                            "max_length": 160,
                                        },
                                    ),
                                    17: (
                                        "content.blocks.text.ParagraphBlock",
                                        (),
                                        {"help_text": "Seen when the title is opened.", "label": "Text"},
                                    ),
                                    18: ("wagtail.blocks.StructBlock", [[("title", 16), ("text", 17)]], {}),
                                    19: ("wagtail.blocks.ListBlock", (18,), {"label": "Parts", "min_num": 2}),
                                    20: ("wagtail.blocks.StructBlock", [[("parts", 19)]], {}),
                                    21: ("content.blocks.choosers.PictureBlock", (), {"label": "Image"}),
                                    22: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "What a person who cannot see the picture should know. Not its file name, and not its caption.",
                                            "label": "Description",
                                            "max_length": 300,
                                            "required": False,
                                        },
                                    ),
                                    23: (
                                        "wagtail.blocks.BooleanBlock",
                                        (),
                                        {
                                            "help_text": "The page says everything without the picture.",
                                            "label": "Only decoration",
                                            "required": False,
                                        },
                                    ),
                                    24: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Shown under the picture to everybody.",
                                            "label": "Caption",
                                            "required": False,
                                        },
                                    ),
                                    25: (
                                        "wagtail.blocks.StructBlock",
                                        [[("image", 21), ("alt_text", 22), ("decorative", 23), ("caption", 24)]],
                                        {},
                                    ),
                                    26: (
                                        "wagtail.blocks.ListBlock",
                                        (25,),
                                        {"label": "Pictures", "max_num": 12, "min_num": 2},
                                    ),
                                    27: ("wagtail.blocks.StructBlock", [[("pictures", 26)]], {}),
                                    28: (
                                        "content.blocks.choosers.VideoChooserBlock",
                                        (),
                                        {
                                            "help_text": "Captions are uploaded with the video, one WebVTT file a language.",
                                            "label": "Video",
                                        },
                                    ),
                                    29: ("wagtail.blocks.CharBlock", (), {"label": "Title", "max_length": 120}),
                                    30: (
                                        "content.blocks.choosers.PictureBlock",
                                        (),
                                        {
                                            "help_text": "Shown before the video is played. It is not described.",
                                            "label": "Still picture",
                                            "required": False,
                                        },
                                    ),
                                    31: (
                                        "wagtail.blocks.BooleanBlock",
                                        (),
                                        {
                                            "help_text": "There is no speech and no sound that matters. Captions are not needed then; the text is.",
                                            "label": "Nobody speaks",
                                            "required": False,
                                        },
                                    ),
                                    32: (
                                        "content.blocks.text.ParagraphBlock",
                                        (),
                                        {
                                            "help_text": "Everything that is said, and what is to be seen where it matters.",
                                            "label": "The video as text",
                                            "required": False,
                                        },
                                    ),
                                    33: (
                                        "wagtail.blocks.StructBlock",
                                        [
                                            [
                                                ("video", 28),
                                                ("title", 29),
                                                ("poster", 30),
                                                ("silent", 31),
                                                ("transcript", 32),
                                            ]
                                        ],
                                        {},
                                    ),
                                    34: (
                                        "wagtail.blocks.URLBlock",
                                        (),
                                        {"help_text": "The page of the video on the other site.", "label": "Address"},
                                    ),
                                    35: (
                                        "wagtail.blocks.TextBlock",
                                        (),
                                        {
                                            "help_text": "So that readers who do not go there know it too.",
                                            "label": "What it says",
                                            "max_length": 600,
                                        },
                                    ),
                                    36: (
                                        "wagtail.blocks.ChoiceBlock",
                                        [],
                                        {
                                            "choices": content.blocks.languages.language_choices,
                                            "label": "Spoken language",
                                            "required": False,
                                        },
                                    ),
                                    37: (
                                        "wagtail.blocks.BooleanBlock",
                                        (),
                                        {
                                            "help_text": "Look at the video on the other site.",
                                            "label": "It has captions",
                                            "required": False,
                                        },
                                    ),
                                    38: (
                                        "wagtail.blocks.StructBlock",
                                        [
                                            [
                                                ("title", 29),
                                                ("url", 34),
                                                ("summary", 35),
                                                ("language", 36),
                                                ("captioned", 37),
                                            ]
                                        ],
                                        {},
                                    ),
                                    39: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "As it is to be read, with its unit: for example 12 tonnes.",
                                            "label": "Number",
                                            "max_length": 24,
                                        },
                                    ),
                                    40: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "What it counts", "max_length": 160},
                                    ),
                                    41: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Who published it, and where: for example the title of a report.",
                                            "label": "Source",
                                            "max_length": 200,
                                        },
                                    ),
                                    42: (
                                        "wagtail.blocks.DateBlock",
                                        (),
                                        {"help_text": "Of when the number is.", "label": "Date"},
                                    ),
                                    43: (
                                        "wagtail.blocks.ChoiceBlock",
                                        [],
                                        {
                                            "choices": [
                                                ("day", "Day, month and year"),
                                                ("month", "Month and year"),
                                                ("year", "Only the year"),
                                            ],
                                            "help_text": "Choose what is known. Parts that are not known are not shown.",
                                            "label": "Shown as",
                                        },
                                    ),
                                    44: (
                                        "wagtail.blocks.StructBlock",
                                        [
                                            [
                                                ("value", 39),
                                                ("label", 40),
                                                ("source", 41),
                                                ("source_url", 5),
                                                ("date", 42),
                                                ("precision", 43),
                                            ]
                                        ],
                                        {},
                                    ),
                                    45: (
                                        "wagtail.blocks.ListBlock",
                                        (44,),
                                        {"label": "Numbers", "max_num": 6, "min_num": 1},
                                    ),
                                    46: ("wagtail.blocks.StructBlock", [[("numbers", 45)]], {}),
                                    47: (
                                        "wagtail.blocks.ChoiceBlock",
                                        [],
                                        {
                                            "choices": [("bars", "Bars: to compare"), ("lines", "Lines: over time")],
                                            "label": "Kind",
                                        },
                                    ),
                                    48: ("wagtail.blocks.CharBlock", (), {"label": "Words", "required": False}),
                                    49: ("wagtail.blocks.DecimalBlock", (), {"label": "Numbers", "required": False}),
                                    50: (
                                        "wagtail.contrib.typed_table_block.blocks.TypedTableBlock",
                                        [[("text", 48), ("number", 49)]],
                                        {
                                            "help_text": "The caption is the chart's title. The first column names the rows; add up to four columns of numbers.",
                                            "label": "Numbers",
                                        },
                                    ),
                                    51: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "For example: cases, euro.",
                                            "label": "Unit",
                                            "max_length": 40,
                                            "required": False,
                                        },
                                    ),
                                    52: (
                                        "wagtail.blocks.TextBlock",
                                        (),
                                        {
                                            "help_text": "The chart in words: what a reader should see in it. Shown with the chart.",
                                            "label": "What it shows",
                                            "max_length": 500,
                                        },
                                    ),
                                    53: (
                                        "wagtail.blocks.DateBlock",
                                        (),
                                        {"help_text": "Of when the numbers are.", "label": "Date"},
                                    ),
                                    54: (
                                        "wagtail.blocks.StructBlock",
                                        [
                                            [
                                                ("kind", 47),
                                                ("table", 50),
                                                ("unit", 51),
                                                ("summary", 52),
                                                ("source", 41),
                                                ("source_url", 5),
                                                ("date", 53),
                                                ("precision", 43),
                                            ]
                                        ],
                                        {},
                                    ),
                                    55: (
                                        "wagtail.contrib.typed_table_block.blocks.TypedTableBlock",
                                        [[("text", 48), ("number", 49)]],
                                        {
                                            "help_text": "The first column names the rows. Numbers in columns of numbers are lined up.",
                                            "label": "Table",
                                        },
                                    ),
                                    56: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Who published it, and where: for example the title of a report.",
                                            "label": "Source",
                                            "max_length": 200,
                                            "required": False,
                                        },
                                    ),
                                    57: (
                                        "wagtail.blocks.DateBlock",
                                        (),
                                        {"help_text": "Of when the numbers are.", "label": "Date", "required": False},
                                    ),
                                    58: (
                                        "wagtail.blocks.StructBlock",
                                        [
                                            [
                                                ("table", 55),
                                                ("source", 56),
                                                ("source_url", 5),
                                                ("date", 57),
                                                ("precision", 43),
                                            ]
                                        ],
                                        {},
                                    ),
                                    59: ("wagtail.blocks.DateBlock", (), {"label": "Date"}),
                                    60: ("wagtail.blocks.CharBlock", (), {"label": "What happened", "max_length": 160}),
                                    61: (
                                        "wagtail.blocks.TextBlock",
                                        (),
                                        {"label": "More about it", "max_length": 500, "required": False},
                                    ),
                                    62: (
                                        "wagtail.blocks.StructBlock",
                                        [[("date", 59), ("precision", 43), ("title", 60), ("text", 61)]],
                                        {},
                                    ),
                                    63: ("wagtail.blocks.ListBlock", (62,), {"label": "Entries", "min_num": 2}),
                                    64: ("wagtail.blocks.StructBlock", [[("entries", 63)]], {}),
                                    65: (
                                        "wagtail.snippets.blocks.SnippetChooserBlock",
                                        ("content.Country",),
                                        {"label": "Country"},
                                    ),
                                    66: ("wagtail.blocks.ListBlock", (65,), {"label": "Countries", "min_num": 1}),
                                    67: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "What these countries have in common.",
                                            "label": "Caption",
                                            "max_length": 200,
                                        },
                                    ),
                                    68: ("wagtail.blocks.StructBlock", [[("countries", 66), ("caption", 67)]], {}),
                                    69: ("wagtail.blocks.CharBlock", (), {"label": "What to do", "max_length": 120}),
                                    70: ("wagtail.blocks.TextBlock", (), {"label": "Why and how", "max_length": 400}),
                                    71: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Says where the link leads.",
                                            "label": "Link text",
                                            "max_length": 80,
                                            "required": False,
                                        },
                                    ),
                                    72: (
                                        "content.blocks.links.PageLinkBlock",
                                        (),
                                        {"label": "Page of this site", "required": False},
                                    ),
                                    73: (
                                        "wagtail.blocks.URLBlock",
                                        (),
                                        {"label": "Or an outside address", "required": False},
                                    ),
                                    74: (
                                        "wagtail.blocks.StructBlock",
                                        [[("title", 69), ("text", 70), ("link_text", 71), ("page", 72), ("url", 73)]],
                                        {},
                                    ),
                                    75: ("wagtail.documents.blocks.DocumentChooserBlock", (), {"label": "Document"}),
                                    76: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Empty: the title from the library.",
                                            "label": "Title",
                                            "max_length": 200,
                                            "required": False,
                                        },
                                    ),
                                    77: (
                                        "wagtail.blocks.ChoiceBlock",
                                        [],
                                        {
                                            "choices": content.blocks.languages.language_choices,
                                            "help_text": "The language the document is in.",
                                            "label": "Language",
                                            "required": False,
                                        },
                                    ),
                                    78: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "What is in it", "max_length": 300, "required": False},
                                    ),
                                    79: (
                                        "wagtail.blocks.StructBlock",
                                        [[("document", 75), ("title", 76), ("language", 77), ("text", 78)]],
                                        {},
                                    ),
                                    80: ("wagtail.blocks.ListBlock", (79,), {"label": "Documents", "min_num": 1}),
                                    81: ("wagtail.blocks.StructBlock", [[("documents", 80)]], {}),
                                    82: ("wagtail.blocks.CharBlock", (), {"label": "Name", "max_length": 120}),
                                    83: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "Role", "max_length": 160, "required": False},
                                    ),
                                    84: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "Organisation", "max_length": 160, "required": False},
                                    ),
                                    85: (
                                        "content.blocks.choosers.PictureBlock",
                                        (),
                                        {
                                            "help_text": "Only with the person's consent. The name describes it.",
                                            "label": "Portrait",
                                            "required": False,
                                        },
                                    ),
                                    86: (
                                        "wagtail.blocks.StructBlock",
                                        [[("name", 82), ("role", 83), ("organisation", 84), ("photo", 85)]],
                                        {},
                                    ),
                                    87: ("wagtail.blocks.ListBlock", (86,), {"label": "People", "min_num": 1}),
                                    88: ("wagtail.blocks.StructBlock", [[("people", 87)]], {}),
                                    89: ("content.blocks.choosers.PartnerChooserBlock", (), {"label": "Partner"}),
                                    90: ("wagtail.blocks.ListBlock", (89,), {"label": "Partners", "min_num": 1}),
                                    91: ("wagtail.blocks.StructBlock", [[("partners", 90)]], {}),
                                    92: ("content.blocks.links.PageLinkBlock", (), {"label": "Page"}),
                                    93: (
                                        "wagtail.blocks.ListBlock",
                                        (92,),
                                        {"label": "Pages", "max_num": 8, "min_num": 1},
                                    ),
                                    94: ("wagtail.blocks.StructBlock", [[("pages", 93)]], {}),
                                    95: (
                                        "wagtail.snippets.blocks.SnippetChooserBlock",
                                        ("content.Campaign",),
                                        {"label": "Campaign"},
                                    ),
                                    96: (
                                        "wagtail.blocks.IntegerBlock",
                                        (),
                                        {"default": 3, "label": "At most so many", "max_value": 12, "min_value": 1},
                                    ),
                                    97: ("wagtail.blocks.StructBlock", [[("campaign", 95), ("number", 96)]], {}),
                                },
                                verbose_name="text",
                            ),
                        ),
                        ("in_footer", models.BooleanField(default=False, verbose_name="link from every page's footer")),
                        (
                            "image",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="media.campaignimage",
                                verbose_name="image",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "standard page",
                        "verbose_name_plural": "standard pages",
                    },
                    bases=("wagtailcore.page", models.Model),
                ),
                migrations.CreateModel(
                    name="Author",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=160, unique=True, verbose_name="name")),
                        (
                            "slug",
                            models.SlugField(
                                help_text="Stands in the address of the author's news.",
                                max_length=160,
                                unique=True,
                                verbose_name="address",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("office", "Office or organisation"), ("person", "Person")],
                                default="office",
                                help_text="Name a person only if they agreed to it. An office is always right.",
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                blank=True,
                                help_text="In the site's first language.",
                                max_length=160,
                                verbose_name="role",
                            ),
                        ),
                        ("about", models.CharField(blank=True, max_length=400, verbose_name="about")),
                    ],
                    options={
                        "verbose_name": "author",
                        "verbose_name_plural": "authors",
                        "ordering": ["name"],
                    },
                ),
                migrations.CreateModel(
                    name="Campaign",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=255, unique=True, verbose_name="name")),
                        (
                            "code",
                            models.SlugField(
                                help_text="Stands in every tracked link as utm_campaign; never change it.",
                                max_length=60,
                                unique=True,
                                verbose_name="code",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("planned", "Planned campaign"),
                                    ("current", "Current campaign"),
                                    ("past", "Past campaign"),
                                ],
                                default="planned",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("goal", models.TextField(blank=True, verbose_name="goal")),
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
                                verbose_name="main language",
                            ),
                        ),
                        (
                            "hashtag",
                            models.CharField(
                                blank=True,
                                help_text="With the #, each word capitalised so that screen readers can speak it.",
                                max_length=60,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^#\\w+$", "A hashtag is # followed by letters and digits, without spaces."
                                    )
                                ],
                                verbose_name="hashtag",
                            ),
                        ),
                        ("starts_on", models.DateField(blank=True, null=True, verbose_name="starts on")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="ends on")),
                    ],
                    options={
                        "verbose_name": "campaign",
                        "verbose_name_plural": "campaigns",
                        "ordering": ["name"],
                    },
                ),
                migrations.CreateModel(
                    name="ContactSalt",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day", models.DateField(unique=True)),
                        ("salt", models.BinaryField()),
                    ],
                    options={
                        "verbose_name": "day's secret",
                        "verbose_name_plural": "days' secrets",
                    },
                ),
                migrations.CreateModel(
                    name="Country",
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
                                help_text="Two letters, ISO 3166-1.", max_length=2, unique=True, verbose_name="ISO code"
                            ),
                        ),
                        ("selec_member", models.BooleanField(default=False, verbose_name="SELEC member state")),
                        ("eu_member", models.BooleanField(default=False, verbose_name="EU member state")),
                    ],
                    options={
                        "verbose_name": "country",
                        "verbose_name_plural": "countries",
                        "ordering": ["code"],
                    },
                ),
                migrations.CreateModel(
                    name="Funder",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=255, unique=True, verbose_name="name")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("eu", "European Union"),
                                    ("public", "Other public body"),
                                    ("private", "Private"),
                                ],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("description", models.TextField(blank=True, verbose_name="description")),
                        ("website", models.URLField(blank=True, verbose_name="website")),
                    ],
                    options={
                        "verbose_name": "funder",
                        "verbose_name_plural": "funders",
                        "ordering": ["name"],
                    },
                ),
                migrations.CreateModel(
                    name="SearchWaiting",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("page_id", models.BigIntegerField()),
                    ],
                ),
                migrations.CreateModel(
                    name="SearchWords",
                    fields=[
                        ("language", models.CharField(max_length=10, primary_key=True, serialize=False)),
                        ("stale", models.BooleanField(default=True)),
                    ],
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
                            "name",
                            models.CharField(
                                help_text="In the site's first language.",
                                max_length=160,
                                unique=True,
                                verbose_name="name",
                            ),
                        ),
                        (
                            "slug",
                            models.SlugField(
                                help_text="Stands in the series' address; never change it.",
                                max_length=80,
                                unique=True,
                                verbose_name="address",
                            ),
                        ),
                        (
                            "parts",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="How many there will be. Leave it empty if that is open.",
                                null=True,
                                verbose_name="number of parts",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "series",
                        "verbose_name_plural": "series",
                        "ordering": ["name"],
                    },
                ),
                migrations.CreateModel(
                    name="Theme",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "code",
                            models.SlugField(
                                help_text="Stands in addresses of filtered lists; never change it.",
                                max_length=60,
                                unique=True,
                                verbose_name="code",
                            ),
                        ),
                        (
                            "name",
                            models.CharField(
                                help_text="In the site's main language.",
                                max_length=120,
                                unique=True,
                                verbose_name="name",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "theme",
                        "verbose_name_plural": "themes",
                        "ordering": ["name"],
                    },
                ),
                migrations.CreateModel(
                    name="Topic",
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
                                help_text="In the site's first language.",
                                max_length=80,
                                unique=True,
                                verbose_name="name",
                            ),
                        ),
                        (
                            "slug",
                            models.SlugField(
                                help_text="Stands in the topic's address; never change it.",
                                max_length=80,
                                unique=True,
                                verbose_name="address",
                            ),
                        ),
                        (
                            "about",
                            models.CharField(
                                blank=True,
                                help_text="One sentence, shown above the topic's news.",
                                max_length=300,
                                verbose_name="about",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "topic",
                        "verbose_name_plural": "topics",
                        "ordering": ["name"],
                    },
                ),
                migrations.CreateModel(
                    name="AccessibilityPage",
                    fields=[
                        (
                            "standardpage_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to="content.standardpage",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("full", "This site meets the standard in full."),
                                    (
                                        "partial",
                                        "This site meets the standard in part, with the exceptions named here.",
                                    ),
                                    ("not", "This site does not meet the standard yet. What is missing is named here."),
                                ],
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "method",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("self", "We tested the site ourselves."),
                                    ("outside", "An outside organisation tested the site."),
                                ],
                                max_length=10,
                                verbose_name="how it was tested",
                            ),
                        ),
                        ("prepared_on", models.DateField(blank=True, null=True, verbose_name="statement prepared on")),
                        (
                            "reviewed_on",
                            models.DateField(blank=True, null=True, verbose_name="statement last reviewed on"),
                        ),
                        (
                            "feedback_email",
                            models.EmailField(blank=True, max_length=254, verbose_name="email address for feedback"),
                        ),
                        (
                            "feedback_phone",
                            models.CharField(blank=True, max_length=40, verbose_name="telephone number for feedback"),
                        ),
                        (
                            "answer_within",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="Only what is kept to in practice.",
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(365),
                                ],
                                verbose_name="answered within, days",
                            ),
                        ),
                        (
                            "enforcement_body",
                            models.CharField(
                                blank=True,
                                help_text="Where people turn who are not content with our answer.",
                                max_length=200,
                                verbose_name="enforcement body",
                            ),
                        ),
                        ("enforcement_url", models.URLField(blank=True, verbose_name="enforcement body's page")),
                    ],
                    options={
                        "verbose_name": "accessibility statement",
                        "verbose_name_plural": "accessibility statements",
                    },
                    bases=("content.standardpage",),
                ),
                migrations.CreateModel(
                    name="ContactPage",
                    fields=[
                        (
                            "standardpage_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to="content.standardpage",
                            ),
                        ),
                        ("postal_address", models.TextField(blank=True, max_length=400, verbose_name="postal address")),
                        ("phone", models.CharField(blank=True, max_length=40, verbose_name="telephone number")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="public email address")),
                        (
                            "topics",
                            wagtail.fields.StreamField(
                                [("topic", 3)],
                                blank=True,
                                block_lookup={
                                    0: ("wagtail.blocks.CharBlock", (), {"label": "Topic", "max_length": 120}),
                                    1: ("wagtail.blocks.EmailBlock", (), {"label": "email address"}),
                                    2: (
                                        "wagtail.blocks.ListBlock",
                                        (1,),
                                        {
                                            "default": [],
                                            "help_text": "Without an address, messages are kept here and nobody is mailed.",
                                            "label": "Sent by mail to",
                                            "min_num": 0,
                                        },
                                    ),
                                    3: ("wagtail.blocks.StructBlock", [[("label", 0), ("recipients", 2)]], {}),
                                },
                                verbose_name="topics",
                            ),
                        ),
                        (
                            "keep_days",
                            models.PositiveSmallIntegerField(
                                default=180,
                                help_text="The page says so, and they are deleted then. At most 730.",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(730),
                                ],
                                verbose_name="messages are kept for, days",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "contact page",
                        "verbose_name_plural": "contact pages",
                    },
                    bases=("content.standardpage",),
                ),
                migrations.CreateModel(
                    name="OfficialAccountsPage",
                    fields=[
                        (
                            "standardpage_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to="content.standardpage",
                            ),
                        ),
                        (
                            "checks",
                            wagtail.fields.StreamField(
                                [("check", 2)],
                                blank=True,
                                block_lookup={
                                    0: ("wagtail.blocks.CharBlock", (), {"label": "In few words", "max_length": 120}),
                                    1: (
                                        "wagtail.blocks.TextBlock",
                                        (),
                                        {"label": "Explanation", "max_length": 400, "required": False},
                                    ),
                                    2: ("wagtail.blocks.StructBlock", [[("title", 0), ("text", 1)]], {}),
                                },
                                verbose_name="how to check a post",
                            ),
                        ),
                        (
                            "never",
                            wagtail.fields.StreamField(
                                [("never", 2)],
                                blank=True,
                                block_lookup={
                                    0: ("wagtail.blocks.CharBlock", (), {"label": "In few words", "max_length": 120}),
                                    1: (
                                        "wagtail.blocks.TextBlock",
                                        (),
                                        {"label": "Explanation", "max_length": 400, "required": False},
                                    ),
                                    2: ("wagtail.blocks.StructBlock", [[("title", 0), ("text", 1)]], {}),
                                },
                                verbose_name="what we never do",
                            ),
                        ),
                        (
                            "fakes",
                            wagtail.fields.StreamField(
                                [("step", 2)],
                                blank=True,
                                block_lookup={
                                    0: ("wagtail.blocks.CharBlock", (), {"label": "In few words", "max_length": 120}),
                                    1: (
                                        "wagtail.blocks.TextBlock",
                                        (),
                                        {"label": "Explanation", "max_length": 400, "required": False},
                                    ),
                                    2: ("wagtail.blocks.StructBlock", [[("title", 0), ("text", 1)]], {}),
                                },
                                verbose_name="how to report a fake",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "official accounts",
                        "verbose_name_plural": "official accounts",
                    },
                    bases=("content.standardpage",),
                ),
                migrations.CreateModel(
                    name="PressPage",
                    fields=[
                        (
                            "standardpage_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to="content.standardpage",
                            ),
                        ),
                        (
                            "contact_name",
                            models.CharField(
                                blank=True,
                                help_text="A person or an office.",
                                max_length=160,
                                verbose_name="press contact",
                            ),
                        ),
                        ("contact_email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                        (
                            "contact_phone",
                            models.CharField(
                                blank=True,
                                help_text="With the country's code.",
                                max_length=40,
                                verbose_name="telephone",
                            ),
                        ),
                        (
                            "contact_note",
                            models.CharField(
                                blank=True,
                                help_text="For example hours and languages.",
                                max_length=255,
                                verbose_name="note",
                            ),
                        ),
                        (
                            "boilerplate",
                            wagtail.fields.RichTextField(
                                blank=True,
                                help_text="A paragraph that others may print as it stands.",
                                verbose_name="about the organisation",
                            ),
                        ),
                        (
                            "pictures",
                            wagtail.fields.StreamField(
                                [("picture", 3)],
                                blank=True,
                                block_lookup={
                                    0: ("wagtail.images.blocks.ImageChooserBlock", (), {"label": "Picture"}),
                                    1: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "What it shows, for people who cannot see it.",
                                            "label": "Description",
                                            "max_length": 400,
                                        },
                                    ),
                                    2: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "Caption", "max_length": 255, "required": False},
                                    ),
                                    3: (
                                        "wagtail.blocks.StructBlock",
                                        [[("image", 0), ("alt_text", 1), ("caption", 2)]],
                                        {},
                                    ),
                                },
                                verbose_name="pictures of the organisation",
                            ),
                        ),
                        (
                            "downloads",
                            wagtail.fields.StreamField(
                                [("download", 3)],
                                blank=True,
                                block_lookup={
                                    0: ("wagtail.documents.blocks.DocumentChooserBlock", (), {"label": "Document"}),
                                    1: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Empty: the document's own title.",
                                            "label": "Title",
                                            "max_length": 160,
                                            "required": False,
                                        },
                                    ),
                                    2: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "What it is for", "max_length": 200, "required": False},
                                    ),
                                    3: (
                                        "wagtail.blocks.StructBlock",
                                        [[("document", 0), ("title", 1), ("note", 2)]],
                                        {},
                                    ),
                                },
                                verbose_name="downloads",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "press room",
                        "verbose_name_plural": "press rooms",
                    },
                    bases=("content.standardpage",),
                ),
                migrations.CreateModel(
                    name="ReportPage",
                    fields=[
                        (
                            "standardpage_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to="content.standardpage",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "how-to-report page",
                        "verbose_name_plural": "how-to-report pages",
                    },
                    bases=("content.standardpage",),
                ),
                migrations.CreateModel(
                    name="CampaignIndexPage",
                    fields=[
                        (
                            "page_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to="wagtailcore.page",
                            ),
                        ),
                        (
                            "summary",
                            models.TextField(
                                blank=True,
                                help_text="One or two sentences; shown in lists and shared links.",
                                max_length=400,
                                verbose_name="summary",
                            ),
                        ),
                        (
                            "image_alt",
                            models.CharField(
                                blank=True,
                                help_text="What the picture shows, in words. Empty if it is decoration.",
                                max_length=255,
                                verbose_name="image description",
                            ),
                        ),
                        (
                            "image",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="media.campaignimage",
                                verbose_name="image",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "campaign list",
                        "verbose_name_plural": "campaign lists",
                    },
                    bases=("wagtailcore.page",),
                ),
                migrations.CreateModel(
                    name="CampaignPage",
                    fields=[
                        (
                            "page_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to="wagtailcore.page",
                            ),
                        ),
                        (
                            "summary",
                            models.TextField(
                                blank=True,
                                help_text="One or two sentences; shown in lists and shared links.",
                                max_length=400,
                                verbose_name="summary",
                            ),
                        ),
                        (
                            "image_alt",
                            models.CharField(
                                blank=True,
                                help_text="What the picture shows, in words. Empty if it is decoration.",
                                max_length=255,
                                verbose_name="image description",
                            ),
                        ),
                        (
                            "body",
                            wagtail.fields.StreamField(
                                [
                                    ("heading", 0),
                                    ("subheading", 1),
                                    ("paragraph", 2),
                                    ("quote", 7),
                                    ("fact", 10),
                                    ("steps", 15),
                                    ("accordion", 20),
                                    ("figure", 25),
                                    ("gallery", 27),
                                    ("video", 33),
                                    ("outside_video", 38),
                                    ("statistics", 46),
                                    ("chart", 54),
                                    ("table", 58),
                                    ("timeline", 64),
                                    ("map", 68),
                                    ("action", 74),
                                    ("downloads", 81),
                                    ("people", 88),
                                    ("partners", 91),
                                    ("related", 94),
                                    ("posts", 97),
                                ],
                                blank=True,
                                block_lookup={
                                    0: ("content.blocks.text.HeadingBlock", (), {}),
                                    1: ("content.blocks.text.SubheadingBlock", (), {}),
                                    2: ("content.blocks.text.ParagraphBlock", (), {}),
                                    3: (
                                        "wagtail.blocks.TextBlock",
                                        (),
                                        {
                                            "help_text": "Exactly as they were said or written, without quotation marks.",
                                            "label": "Words",
                                        },
                                    ),
                                    4: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"help_text": "Who said it, or where it is written.", "label": "Source"},
                                    ),
                                    5: (
                                        "wagtail.blocks.URLBlock",
                                        (),
                                        {"label": "Address of the source", "required": False},
                                    ),
                                    6: (
                                        "wagtail.blocks.ChoiceBlock",
                                        [],
                                        {
                                            "choices": content.blocks.languages.language_choices,
                                            "help_text": "Only if they are not in the page's language: screen readers then say them right.",
                                            "label": "Language of the words",
                                            "required": False,
                                        },
                                    ),
                                    7: (
                                        "wagtail.blocks.StructBlock",
                                        [[("text", 3), ("source", 4), ("source_url", 5), ("language", 6)]],
                                        {},
                                    ),
                                    8: (
                                        "wagtail.blocks.TextBlock",
                                        (),
                                        {
                                            "help_text": "One or two sentences that can stand alone.",
                                            "label": "Fact",
                                            "max_length": 300,
                                        },
                                    ),
                                    9: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Where this is known from.",
                                            "label": "Source",
                                            "max_length": 200,
                                        },
                                    ),
                                    10: (
                                        "wagtail.blocks.StructBlock",
                                        [[("text", 8), ("source", 9), ("source_url", 5)]],
                                        {},
                                    ),
                                    11: ("wagtail.blocks.CharBlock", (), {"label": "What to do", "max_length": 160}),
                                    12: ("content.blocks.text.ParagraphBlock", (), {"label": "How", "required": False}),
                                    13: ("wagtail.blocks.StructBlock", [[("title", 11), ("text", 12)]], {}),
                                    14: ("wagtail.blocks.ListBlock", (13,), {"label": "Steps", "min_num": 2}),
                                    15: ("wagtail.blocks.StructBlock", [[("steps", 14)]], {}),
                                    16: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Often a question. It is always seen.",
                                            "label": "Title",
                                            "max_length": 160,
                                        },
                                    ),
                                    17: (
                                        "content.blocks.text.ParagraphBlock",
                                        (),
                                        {"help_text": "Seen when the title is opened.", "label": "Text"},
                                    ),
                                    18: ("wagtail.blocks.StructBlock", [[("title", 16), ("text", 17)]], {}),
                                    19: ("wagtail.blocks.ListBlock", (18,), {"label": "Parts", "min_num": 2}),
                                    20: ("wagtail.blocks.StructBlock", [[("parts", 19)]], {}),
                                    21: ("content.blocks.choosers.PictureBlock", (), {"label": "Image"}),
                                    22: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "What a person who cannot see the picture should know. Not its file name, and not its caption.",
                                            "label": "Description",
                                            "max_length": 300,
                                            "required": False,
                                        },
                                    ),
                                    23: (
                                        "wagtail.blocks.BooleanBlock",
                                        (),
                                        {
                                            "help_text": "The page says everything without the picture.",
                                            "label": "Only decoration",
                                            "required": False,
                                        },
                                    ),
                                    24: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Shown under the picture to everybody.",
                                            "label": "Caption",
                                            "required": False,
                                        },
                                    ),
                                    25: (
                                        "wagtail.blocks.StructBlock",
                                        [[("image", 21), ("alt_text", 22), ("decorative", 23), ("caption", 24)]],
                                        {},
                                    ),
                                    26: (
                                        "wagtail.blocks.ListBlock",
                                        (25,),
                                        {"label": "Pictures", "max_num": 12, "min_num": 2},
                                    ),
                                    27: ("wagtail.blocks.StructBlock", [[("pictures", 26)]], {}),
                                    28: (
                                        "content.blocks.choosers.VideoChooserBlock",
                                        (),
                                        {
                                            "help_text": "Captions are uploaded with the video, one WebVTT file a language.",
                                            "label": "Video",
                                        },
                                    ),
                                    29: ("wagtail.blocks.CharBlock", (), {"label": "Title", "max_length": 120}),
                                    30: (
                                        "content.blocks.choosers.PictureBlock",
                                        (),
                                        {
                                            "help_text": "Shown before the video is played. It is not described.",
                                            "label": "Still picture",
                                            "required": False,
                                        },
                                    ),
                                    31: (
                                        "wagtail.blocks.BooleanBlock",
                                        (),
                                        {
                                            "help_text": "There is no speech and no sound that matters. Captions are not needed then; the text is.",
                                            "label": "Nobody speaks",
                                            "required": False,
                                        },
                                    ),
                                    32: (
                                        "content.blocks.text.ParagraphBlock",
                                        (),
                                        {
                                            "help_text": "Everything that is said, and what is to be seen where it matters.",
                                            "label": "The video as text",
                                            "required": False,
                                        },
                                    ),
                                    33: (
                                        "wagtail.blocks.StructBlock",
                                        [
                                            [
                                                ("video", 28),
                                                ("title", 29),
                                                ("poster", 30),
                                                ("silent", 31),
                                                ("transcript", 32),
                                            ]
                                        ],
                                        {},
                                    ),
                                    34: (
                                        "wagtail.blocks.URLBlock",
                                        (),
                                        {"help_text": "The page of the video on the other site.", "label": "Address"},
                                    ),
                                    35: (
                                        "wagtail.blocks.TextBlock",
                                        (),
                                        {
                                            "help_text": "So that readers who do not go there know it too.",
                                            "label": "What it says",
                                            "max_length": 600,
                                        },
                                    ),
                                    36: (
                                        "wagtail.blocks.ChoiceBlock",
                                        [],
                                        {
                                            "choices": content.blocks.languages.language_choices,
                                            "label": "Spoken language",
                                            "required": False,
                                        },
                                    ),
                                    37: (
                                        "wagtail.blocks.BooleanBlock",
                                        (),
                                        {
                                            "help_text": "Look at the video on the other site.",
                                            "label": "It has captions",
                                            "required": False,
                                        },
                                    ),
                                    38: (
                                        "wagtail.blocks.StructBlock",
                                        [
                                            [
                                                ("title", 29),
                                                ("url", 34),
                                                ("summary", 35),
                                                ("language", 36),
                                                ("captioned", 37),
                                            ]
                                        ],
                                        {},
                                    ),
                                    39: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "As it is to be read, with its unit: for example 12 tonnes.",
                                            "label": "Number",
                                            "max_length": 24,
                                        },
                                    ),
                                    40: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "What it counts", "max_length": 160},
                                    ),
                                    41: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Who published it, and where: for example the title of a report.",
                                            "label": "Source",
                                            "max_length": 200,
                                        },
                                    ),
                                    42: (
                                        "wagtail.blocks.DateBlock",
                                        (),
                                        {"help_text": "Of when the number is.", "label": "Date"},
                                    ),
                                    43: (
                                        "wagtail.blocks.ChoiceBlock",
                                        [],
                                        {
                                            "choices": [
                                                ("day", "Day, month and year"),
                                                ("month", "Month and year"),
                                                ("year", "Only the year"),
                                            ],
                                            "help_text": "Choose what is known. Parts that are not known are not shown.",
                                            "label": "Shown as",
                                        },
                                    ),
                                    44: (
                                        "wagtail.blocks.StructBlock",
                                        [
                                            [
                                                ("value", 39),
                                                ("label", 40),
                                                ("source", 41),
                                                ("source_url", 5),
                                                ("date", 42),
                                                ("precision", 43),
                                            ]
                                        ],
                                        {},
                                    ),
                                    45: (
                                        "wagtail.blocks.ListBlock",
                                        (44,),
                                        {"label": "Numbers", "max_num": 6, "min_num": 1},
                                    ),
                                    46: ("wagtail.blocks.StructBlock", [[("numbers", 45)]], {}),
                                    47: (
                                        "wagtail.blocks.ChoiceBlock",
                                        [],
                                        {
                                            "choices": [("bars", "Bars: to compare"), ("lines", "Lines: over time")],
                                            "label": "Kind",
                                        },
                                    ),
                                    48: ("wagtail.blocks.CharBlock", (), {"label": "Words", "required": False}),
                                    49: ("wagtail.blocks.DecimalBlock", (), {"label": "Numbers", "required": False}),
                                    50: (
                                        "wagtail.contrib.typed_table_block.blocks.TypedTableBlock",
                                        [[("text", 48), ("number", 49)]],
                                        {
                                            "help_text": "The caption is the chart's title. The first column names the rows; add up to four columns of numbers.",
                                            "label": "Numbers",
                                        },
                                    ),
                                    51: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "For example: cases, euro.",
                                            "label": "Unit",
                                            "max_length": 40,
                                            "required": False,
                                        },
                                    ),
                                    52: (
                                        "wagtail.blocks.TextBlock",
                                        (),
                                        {
                                            "help_text": "The chart in words: what a reader should see in it. Shown with the chart.",
                                            "label": "What it shows",
                                            "max_length": 500,
                                        },
                                    ),
                                    53: (
                                        "wagtail.blocks.DateBlock",
                                        (),
                                        {"help_text": "Of when the numbers are.", "label": "Date"},
                                    ),
                                    54: (
                                        "wagtail.blocks.StructBlock",
                                        [
                                            [
                                                ("kind", 47),
                                                ("table", 50),
                                                ("unit", 51),
                                                ("summary", 52),
                                                ("source", 41),
                                                ("source_url", 5),
                                                ("date", 53),
                                                ("precision", 43),
                                            ]
                                        ],
                                        {},
                                    ),
                                    55: (
                                        "wagtail.contrib.typed_table_block.blocks.TypedTableBlock",
                                        [[("text", 48), ("number", 49)]],
                                        {
                                            "help_text": "The first column names the rows. Numbers in columns of numbers are lined up.",
                                            "label": "Table",
                                        },
                                    ),
                                    56: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Who published it, and where: for example the title of a report.",
                                            "label": "Source",
                                            "max_length": 200,
                                            "required": False,
                                        },
                                    ),
                                    57: (
                                        "wagtail.blocks.DateBlock",
                                        (),
                                        {"help_text": "Of when the numbers are.", "label": "Date", "required": False},
                                    ),
                                    58: (
                                        "wagtail.blocks.StructBlock",
                                        [
                                            [
                                                ("table", 55),
                                                ("source", 56),
                                                ("source_url", 5),
                                                ("date", 57),
                                                ("precision", 43),
                                            ]
                                        ],
                                        {},
                                    ),
                                    59: ("wagtail.blocks.DateBlock", (), {"label": "Date"}),
                                    60: ("wagtail.blocks.CharBlock", (), {"label": "What happened", "max_length": 160}),
                                    61: (
                                        "wagtail.blocks.TextBlock",
                                        (),
                                        {"label": "More about it", "max_length": 500, "required": False},
                                    ),
                                    62: (
                                        "wagtail.blocks.StructBlock",
                                        [[("date", 59), ("precision", 43), ("title", 60), ("text", 61)]],
                                        {},
                                    ),
                                    63: ("wagtail.blocks.ListBlock", (62,), {"label": "Entries", "min_num": 2}),
                                    64: ("wagtail.blocks.StructBlock", [[("entries", 63)]], {}),
                                    65: (
                                        "wagtail.snippets.blocks.SnippetChooserBlock",
                                        ("content.Country",),
                                        {"label": "Country"},
                                    ),
                                    66: ("wagtail.blocks.ListBlock", (65,), {"label": "Countries", "min_num": 1}),
                                    67: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "What these countries have in common.",
                                            "label": "Caption",
                                            "max_length": 200,
                                        },
                                    ),
                                    68: ("wagtail.blocks.StructBlock", [[("countries", 66), ("caption", 67)]], {}),
                                    69: ("wagtail.blocks.CharBlock", (), {"label": "What to do", "max_length": 120}),
                                    70: ("wagtail.blocks.TextBlock", (), {"label": "Why and how", "max_length": 400}),
                                    71: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Says where the link leads.",
                                            "label": "Link text",
                                            "max_length": 80,
                                            "required": False,
                                        },
                                    ),
                                    72: (
                                        "content.blocks.links.PageLinkBlock",
                                        (),
                                        {"label": "Page of this site", "required": False},
                                    ),
                                    73: (
                                        "wagtail.blocks.URLBlock",
                                        (),
                                        {"label": "Or an outside address", "required": False},
                                    ),
                                    74: (
                                        "wagtail.blocks.StructBlock",
                                        [[("title", 69), ("text", 70), ("link_text", 71), ("page", 72), ("url", 73)]],
                                        {},
                                    ),
                                    75: ("wagtail.documents.blocks.DocumentChooserBlock", (), {"label": "Document"}),
                                    76: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Empty: the title from the library.",
                                            "label": "Title",
                                            "max_length": 200,
                                            "required": False,
                                        },
                                    ),
                                    77: (
                                        "wagtail.blocks.ChoiceBlock",
                                        [],
                                        {
                                            "choices": content.blocks.languages.language_choices,
                                            "help_text": "The language the document is in.",
                                            "label": "Language",
                                            "required": False,
                                        },
                                    ),
                                    78: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "What is in it", "max_length": 300, "required": False},
                                    ),
                                    79: (
                                        "wagtail.blocks.StructBlock",
                                        [[("document", 75), ("title", 76), ("language", 77), ("text", 78)]],
                                        {},
                                    ),
                                    80: ("wagtail.blocks.ListBlock", (79,), {"label": "Documents", "min_num": 1}),
                                    81: ("wagtail.blocks.StructBlock", [[("documents", 80)]], {}),
                                    82: ("wagtail.blocks.CharBlock", (), {"label": "Name", "max_length": 120}),
                                    83: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "Role", "max_length": 160, "required": False},
                                    ),
                                    84: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "Organisation", "max_length": 160, "required": False},
                                    ),
                                    85: (
                                        "content.blocks.choosers.PictureBlock",
                                        (),
                                        {
                                            "help_text": "Only with the person's consent. The name describes it.",
                                            "label": "Portrait",
                                            "required": False,
                                        },
                                    ),
                                    86: (
                                        "wagtail.blocks.StructBlock",
                                        [[("name", 82), ("role", 83), ("organisation", 84), ("photo", 85)]],
                                        {},
                                    ),
                                    87: ("wagtail.blocks.ListBlock", (86,), {"label": "People", "min_num": 1}),
                                    88: ("wagtail.blocks.StructBlock", [[("people", 87)]], {}),
                                    89: ("content.blocks.choosers.PartnerChooserBlock", (), {"label": "Partner"}),
                                    90: ("wagtail.blocks.ListBlock", (89,), {"label": "Partners", "min_num": 1}),
                                    91: ("wagtail.blocks.StructBlock", [[("partners", 90)]], {}),
                                    92: ("content.blocks.links.PageLinkBlock", (), {"label": "Page"}),
                                    93: (
                                        "wagtail.blocks.ListBlock",
                                        (92,),
                                        {"label": "Pages", "max_num": 8, "min_num": 1},
                                    ),
                                    94: ("wagtail.blocks.StructBlock", [[("pages", 93)]], {}),
                                    95: (
                                        "wagtail.snippets.blocks.SnippetChooserBlock",
                                        ("content.Campaign",),
                                        {"label": "Campaign"},
                                    ),
                                    96: (
                                        "wagtail.blocks.IntegerBlock",
                                        (),
                                        {"default": 3, "label": "At most so many", "max_value": 12, "min_value": 1},
                                    ),
                                    97: ("wagtail.blocks.StructBlock", [[("campaign", 95), ("number", 96)]], {}),
                                },
                                verbose_name="text",
                            ),
                        ),
                        (
                            "key_messages",
                            wagtail.fields.StreamField(
                                [("message", 2)],
                                blank=True,
                                block_lookup={
                                    0: ("wagtail.blocks.CharBlock", (), {"label": "Message", "max_length": 120}),
                                    1: ("wagtail.blocks.TextBlock", (), {"label": "Explanation", "max_length": 400}),
                                    2: ("wagtail.blocks.StructBlock", [[("title", 0), ("text", 1)]], {}),
                                },
                                verbose_name="key messages",
                            ),
                        ),
                        (
                            "figures",
                            wagtail.fields.StreamField(
                                [("figure", 6)],
                                blank=True,
                                block_lookup={
                                    0: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "As readers see it, for example 120 or 4.2 million.",
                                            "label": "Number",
                                            "max_length": 24,
                                        },
                                    ),
                                    1: ("wagtail.blocks.CharBlock", (), {"label": "What it counts", "max_length": 160}),
                                    2: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Who says so: the publisher and the title, or the record.",
                                            "label": "Source",
                                            "max_length": 160,
                                        },
                                    ),
                                    3: ("wagtail.blocks.DateBlock", (), {"label": "As of", "required": False}),
                                    4: (
                                        "wagtail.blocks.PageChooserBlock",
                                        (),
                                        {"label": "Page of this site that shows it", "required": False},
                                    ),
                                    5: (
                                        "wagtail.blocks.URLBlock",
                                        (),
                                        {"label": "Or the source's address", "required": False},
                                    ),
                                    6: (
                                        "wagtail.blocks.StructBlock",
                                        [
                                            [
                                                ("value", 0),
                                                ("label", 1),
                                                ("source", 2),
                                                ("as_of", 3),
                                                ("page", 4),
                                                ("url", 5),
                                            ]
                                        ],
                                        {},
                                    ),
                                },
                                help_text="Each with its source. A number nobody stands for is left out.",
                                verbose_name="numbers",
                            ),
                        ),
                        (
                            "actions",
                            wagtail.fields.StreamField(
                                [("action", 5)],
                                blank=True,
                                block_lookup={
                                    0: ("wagtail.blocks.CharBlock", (), {"label": "What to do", "max_length": 120}),
                                    1: ("wagtail.blocks.TextBlock", (), {"label": "Why and how", "max_length": 400}),
                                    2: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Says where the link leads.",
                                            "label": "Link text",
                                            "max_length": 80,
                                            "required": False,
                                        },
                                    ),
                                    3: (
                                        "content.blocks.links.PageLinkBlock",
                                        (),
                                        {"label": "Page of this site", "required": False},
                                    ),
                                    4: (
                                        "wagtail.blocks.URLBlock",
                                        (),
                                        {"label": "Or an outside address", "required": False},
                                    ),
                                    5: (
                                        "wagtail.blocks.StructBlock",
                                        [[("title", 0), ("text", 1), ("link_text", 2), ("page", 3), ("url", 4)]],
                                        {},
                                    ),
                                },
                                verbose_name="calls to act",
                            ),
                        ),
                        (
                            "downloads",
                            wagtail.fields.StreamField(
                                [("download", 3)],
                                blank=True,
                                block_lookup={
                                    0: ("wagtail.documents.blocks.DocumentChooserBlock", (), {"label": "Document"}),
                                    1: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Empty: the document's own title.",
                                            "label": "Title",
                                            "max_length": 160,
                                            "required": False,
                                        },
                                    ),
                                    2: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "What it is for", "max_length": 200, "required": False},
                                    ),
                                    3: (
                                        "wagtail.blocks.StructBlock",
                                        [[("document", 0), ("title", 1), ("note", 2)]],
                                        {},
                                    ),
                                },
                                help_text="For everybody.",
                                verbose_name="downloads",
                            ),
                        ),
                        (
                            "kit",
                            wagtail.fields.StreamField(
                                [("picture", 3)],
                                blank=True,
                                block_lookup={
                                    0: ("wagtail.images.blocks.ImageChooserBlock", (), {"label": "Picture"}),
                                    1: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "What it shows, for people who cannot see it.",
                                            "label": "Description",
                                            "max_length": 400,
                                        },
                                    ),
                                    2: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "Caption", "max_length": 255, "required": False},
                                    ),
                                    3: (
                                        "wagtail.blocks.StructBlock",
                                        [[("image", 0), ("alt_text", 1), ("caption", 2)]],
                                        {},
                                    ),
                                },
                                help_text="Each is offered in the shapes of the networks, cut around the picture's focal point.",
                                verbose_name="press kit: pictures",
                            ),
                        ),
                        (
                            "campaign",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pages",
                                to="content.campaign",
                                verbose_name="campaign",
                            ),
                        ),
                        (
                            "image",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="media.campaignimage",
                                verbose_name="image",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "campaign page",
                        "verbose_name_plural": "campaign pages",
                    },
                    bases=(content.pages.routed.RoutedPage, "wagtailcore.page", models.Model),
                ),
                migrations.CreateModel(
                    name="ContactMessage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "reference",
                            models.CharField(
                                default=content.contact.models.new_reference,
                                max_length=8,
                                unique=True,
                                verbose_name="reference",
                            ),
                        ),
                        ("form_id", models.UUIDField(editable=False, unique=True)),
                        ("topic", models.CharField(blank=True, max_length=160, verbose_name="topic")),
                        ("text", models.TextField(verbose_name="message")),
                        ("name", models.CharField(blank=True, max_length=120, verbose_name="name")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
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
                                max_length=10,
                                verbose_name="language of the page",
                            ),
                        ),
                        ("received_at", models.DateTimeField(verbose_name="received at")),
                        ("delete_on", models.DateField(verbose_name="deleted on")),
                        ("handled", models.BooleanField(default=False, verbose_name="dealt with")),
                        ("recipients", models.JSONField(blank=True, default=list, verbose_name="sent by mail to")),
                        ("mail_at", models.DateTimeField(blank=True, null=True, verbose_name="next mail attempt")),
                        ("mail_attempts", models.PositiveSmallIntegerField(default=0, verbose_name="mail attempts")),
                        ("mailed_at", models.DateTimeField(blank=True, null=True, verbose_name="sent by mail at")),
                    ],
                    options={
                        "verbose_name": "message from a reader",
                        "verbose_name_plural": "messages from readers",
                        "ordering": ["-received_at"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("mail_at__isnull", False)),
                                fields=["mail_at"],
                                name="contact_mail_due",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContactSender",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("digest", models.CharField(max_length=64)),
                        ("hour", models.DateTimeField()),
                        ("count", models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        "verbose_name": "sender's count",
                        "verbose_name_plural": "senders' counts",
                        "constraints": [
                            models.UniqueConstraint(fields=("digest", "hour"), name="one_count_per_sender_and_hour")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EventIndexPage",
                    fields=[
                        (
                            "page_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to="wagtailcore.page",
                            ),
                        ),
                        (
                            "summary",
                            models.TextField(
                                blank=True,
                                help_text="One or two sentences; shown in lists and shared links.",
                                max_length=400,
                                verbose_name="summary",
                            ),
                        ),
                        (
                            "image_alt",
                            models.CharField(
                                blank=True,
                                help_text="What the picture shows, in words. Empty if it is decoration.",
                                max_length=255,
                                verbose_name="image description",
                            ),
                        ),
                        (
                            "image",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="media.campaignimage",
                                verbose_name="image",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "event list",
                        "verbose_name_plural": "event lists",
                    },
                    bases=(content.pages.routed.RoutedPage, "wagtailcore.page"),
                ),
                migrations.CreateModel(
                    name="HomePage",
                    fields=[
                        (
                            "page_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to="wagtailcore.page",
                            ),
                        ),
                        (
                            "summary",
                            models.TextField(
                                blank=True,
                                help_text="One or two sentences; shown in lists and shared links.",
                                max_length=400,
                                verbose_name="summary",
                            ),
                        ),
                        (
                            "image_alt",
                            models.CharField(
                                blank=True,
                                help_text="What the picture shows, in words. Empty if it is decoration.",
                                max_length=255,
                                verbose_name="image description",
                            ),
                        ),
                        (
                            "headline",
                            models.CharField(
                                blank=True,
                                help_text="The large line at the top. Empty: the title.",
                                max_length=120,
                                verbose_name="headline",
                            ),
                        ),
                        (
                            "figures",
                            wagtail.fields.StreamField(
                                [("figure", 6)],
                                blank=True,
                                block_lookup={
                                    0: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "As readers see it, for example 120 or 4.2 million.",
                                            "label": "Number",
                                            "max_length": 24,
                                        },
                                    ),
                                    1: ("wagtail.blocks.CharBlock", (), {"label": "What it counts", "max_length": 160}),
                                    2: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Who says so: the publisher and the title, or the record.",
                                            "label": "Source",
                                            "max_length": 160,
                                        },
                                    ),
                                    3: ("wagtail.blocks.DateBlock", (), {"label": "As of", "required": False}),
                                    4: (
                                        "wagtail.blocks.PageChooserBlock",
                                        (),
                                        {"label": "Page of this site that shows it", "required": False},
                                    ),
                                    5: (
                                        "wagtail.blocks.URLBlock",
                                        (),
                                        {"label": "Or the source's address", "required": False},
                                    ),
                                    6: (
                                        "wagtail.blocks.StructBlock",
                                        [
                                            [
                                                ("value", 0),
                                                ("label", 1),
                                                ("source", 2),
                                                ("as_of", 3),
                                                ("page", 4),
                                                ("url", 5),
                                            ]
                                        ],
                                        {},
                                    ),
                                },
                                help_text="At most four, each with its source.",
                                verbose_name="numbers",
                            ),
                        ),
                        (
                            "campaign",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="content.campaignpage",
                                verbose_name="current campaign",
                            ),
                        ),
                        (
                            "image",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="media.campaignimage",
                                verbose_name="image",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "home page",
                        "verbose_name_plural": "home pages",
                    },
                    bases=("wagtailcore.page",),
                ),
                migrations.CreateModel(
                    name="Hotline",
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
                                help_text="As the service calls itself.",
                                max_length=200,
                                verbose_name="name of the service",
                            ),
                        ),
                        (
                            "name_language",
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
                                verbose_name="language of the name",
                            ),
                        ),
                        (
                            "number",
                            models.CharField(
                                blank=True,
                                help_text="As people dial it, for example +386 1 234 56 78 or a short number.",
                                max_length=40,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^\\+?[0-9][0-9 ()/.-]{1,38}$", "Write digits and spaces, with + for abroad."
                                    )
                                ],
                                verbose_name="telephone number",
                            ),
                        ),
                        ("form_url", models.URLField(blank=True, max_length=500, verbose_name="web form")),
                        (
                            "languages",
                            models.JSONField(
                                blank=True,
                                default=list,
                                help_text="In which the service answers.",
                                verbose_name="languages",
                            ),
                        ),
                        (
                            "around_the_clock",
                            models.BooleanField(default=False, verbose_name="open day and night, every day"),
                        ),
                        (
                            "cost",
                            models.CharField(
                                blank=True,
                                choices=[("free", "Free of charge"), ("normal", "The price of a normal call")],
                                max_length=10,
                                verbose_name="cost of the call",
                            ),
                        ),
                        (
                            "anonymous",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("yes", "You do not have to give your name"),
                                    ("no", "You will be asked for your name"),
                                ],
                                max_length=10,
                                verbose_name="name of the caller",
                            ),
                        ),
                        (
                            "source_url",
                            models.URLField(
                                help_text="The page of the authority where these facts stand.",
                                max_length=500,
                                verbose_name="source",
                            ),
                        ),
                        (
                            "verified_on",
                            models.DateField(blank=True, editable=False, null=True, verbose_name="checked on"),
                        ),
                        (
                            "expires_on",
                            models.DateField(
                                blank=True,
                                help_text="The last day it is shown; 180 days after the check, if you leave it empty. At most one year.",
                                null=True,
                                verbose_name="hidden after",
                            ),
                        ),
                        (
                            "country",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="hotlines",
                                to="content.country",
                                verbose_name="country",
                            ),
                        ),
                        (
                            "verified_by",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="checked by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "hotline",
                        "verbose_name_plural": "hotlines",
                        "ordering": ["country__code", "name"],
                    },
                ),
                migrations.CreateModel(
                    name="LinkTarget",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("url", models.TextField(unique=True, verbose_name="address")),
                        ("host", models.CharField(max_length=255, verbose_name="server")),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("unseen", "not looked at yet"),
                                    ("opens", "opens"),
                                    ("gone", "there is nothing"),
                                    ("not public", "the public cannot open it"),
                                    ("untold", "no answer"),
                                ],
                                default="unseen",
                                max_length=10,
                                verbose_name="seen",
                            ),
                        ),
                        ("status", models.PositiveIntegerField(default=0, verbose_name="HTTP status")),
                        ("failures", models.PositiveIntegerField(default=0, verbose_name="times in a row")),
                        ("looked_at", models.DateTimeField(null=True, verbose_name="looked at")),
                        ("next_look_at", models.DateTimeField(db_index=True, verbose_name="next look")),
                        (
                            "pages",
                            models.ManyToManyField(related_name="+", to="wagtailcore.page", verbose_name="pages"),
                        ),
                    ],
                    options={
                        "verbose_name": "linked address",
                        "verbose_name_plural": "linked addresses",
                    },
                ),
                migrations.CreateModel(
                    name="NewsIndexPage",
                    fields=[
                        (
                            "page_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to="wagtailcore.page",
                            ),
                        ),
                        (
                            "summary",
                            models.TextField(
                                blank=True,
                                help_text="One or two sentences; shown in lists and shared links.",
                                max_length=400,
                                verbose_name="summary",
                            ),
                        ),
                        (
                            "image_alt",
                            models.CharField(
                                blank=True,
                                help_text="What the picture shows, in words. Empty if it is decoration.",
                                max_length=255,
                                verbose_name="image description",
                            ),
                        ),
                        (
                            "image",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="media.campaignimage",
                                verbose_name="image",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "news list",
                        "verbose_name_plural": "news lists",
                    },
                    bases=(content.pages.routed.RoutedPage, "wagtailcore.page"),
                ),
                migrations.CreateModel(
                    name="PageReview",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reviewed_at", models.DateTimeField(verbose_name="read again at")),
                        (
                            "page",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="wagtailcore.page",
                                verbose_name="page",
                            ),
                        ),
                        (
                            "reviewed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "page read again",
                        "verbose_name_plural": "pages read again",
                    },
                ),
                migrations.CreateModel(
                    name="Partner",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=255, unique=True, verbose_name="name")),
                        ("short_name", models.CharField(blank=True, max_length=60, verbose_name="short name")),
                        ("website", models.URLField(blank=True, verbose_name="website")),
                        (
                            "country",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="partners",
                                to="content.country",
                                verbose_name="country",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "partner",
                        "verbose_name_plural": "partners",
                        "ordering": ["name"],
                    },
                ),
                migrations.CreateModel(
                    name="Programme",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=255, unique=True, verbose_name="name")),
                        (
                            "period",
                            models.CharField(
                                blank=True, help_text="For example 2014-2020.", max_length=20, verbose_name="period"
                            ),
                        ),
                        (
                            "funds",
                            models.CharField(
                                blank=True,
                                help_text="For example ERDF, IPA, ENI.",
                                max_length=100,
                                verbose_name="funds",
                            ),
                        ),
                        (
                            "shows_eu_emblem",
                            models.BooleanField(
                                default=False,
                                help_text="The emblem always stands together with the statement.",
                                verbose_name="shows the EU emblem",
                            ),
                        ),
                        (
                            "funder",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="programmes",
                                to="content.funder",
                                verbose_name="funder",
                            ),
                        ),
                        (
                            "logo",
                            models.ForeignKey(
                                blank=True,
                                help_text="The programme's own logo, where the programme asks for it. It is never shown larger than the emblem.",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="media.campaignimage",
                                verbose_name="logo",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "programme",
                        "verbose_name_plural": "programmes",
                        "ordering": ["name"],
                    },
                ),
                migrations.CreateModel(
                    name="Grant",
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
                                help_text="How staff recognise this grant.", max_length=255, verbose_name="name"
                            ),
                        ),
                        ("call", models.CharField(blank=True, max_length=100, verbose_name="call")),
                        ("reference", models.CharField(blank=True, max_length=100, verbose_name="grant reference")),
                        (
                            "total_cost",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="total cost"
                            ),
                        ),
                        (
                            "contribution",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=14,
                                null=True,
                                verbose_name="funder's contribution",
                            ),
                        ),
                        (
                            "currency",
                            models.CharField(
                                default="EUR",
                                help_text="Three letters, ISO 4217.",
                                max_length=3,
                                verbose_name="currency",
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="grants",
                                to="content.programme",
                                verbose_name="programme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "grant",
                        "verbose_name_plural": "grants",
                        "ordering": ["name"],
                    },
                ),
                migrations.CreateModel(
                    name="Project",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("acronym", models.CharField(blank=True, max_length=40, verbose_name="acronym")),
                        ("name", models.CharField(max_length=255, unique=True, verbose_name="name")),
                        (
                            "alternative_name",
                            models.CharField(
                                blank=True,
                                help_text="Another heading under which registers list it.",
                                max_length=255,
                                verbose_name="also listed as",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                blank=True,
                                choices=[("planned", "Planned"), ("running", "Running"), ("closed", "Closed")],
                                help_text="Empty while it is not known.",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("starts_on", models.DateField(blank=True, null=True, verbose_name="starts on")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="ends on")),
                        (
                            "duration_months",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="Known even where the dates are not.",
                                null=True,
                                verbose_name="duration in months",
                            ),
                        ),
                        (
                            "country_role",
                            models.CharField(
                                choices=[
                                    ("covered", "Countries covered"),
                                    ("beneficiary", "Beneficiary countries"),
                                    ("participant", "Participating countries"),
                                ],
                                default="covered",
                                max_length=12,
                                verbose_name="the countries are",
                            ),
                        ),
                        (
                            "countries",
                            modelcluster.fields.ParentalManyToManyField(
                                blank=True, related_name="projects", to="content.country", verbose_name="countries"
                            ),
                        ),
                        (
                            "grant",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="projects",
                                to="content.grant",
                                verbose_name="grant",
                            ),
                        ),
                        (
                            "themes",
                            modelcluster.fields.ParentalManyToManyField(
                                blank=True, related_name="projects", to="content.theme", verbose_name="themes"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "project",
                        "verbose_name_plural": "projects",
                        "ordering": ["acronym", "name"],
                    },
                ),
                migrations.CreateModel(
                    name="NewsPage",
                    fields=[
                        (
                            "page_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to="wagtailcore.page",
                            ),
                        ),
                        (
                            "summary",
                            models.TextField(
                                blank=True,
                                help_text="One or two sentences; shown in lists and shared links.",
                                max_length=400,
                                verbose_name="summary",
                            ),
                        ),
                        (
                            "image_alt",
                            models.CharField(
                                blank=True,
                                help_text="What the picture shows, in words. Empty if it is decoration.",
                                max_length=255,
                                verbose_name="image description",
                            ),
                        ),
                        (
                            "body",
                            wagtail.fields.StreamField(
                                [
                                    ("heading", 0),
                                    ("subheading", 1),
                                    ("paragraph", 2),
                                    ("quote", 7),
                                    ("fact", 10),
                                    ("steps", 15),
                                    ("accordion", 20),
                                    ("figure", 25),
                                    ("gallery", 27),
                                    ("video", 33),
                                    ("outside_video", 38),
                                    ("statistics", 46),
                                    ("chart", 54),
                                    ("table", 58),
                                    ("timeline", 64),
                                    ("map", 68),
                                    ("action", 74),
                                    ("downloads", 81),
                                    ("people", 88),
                                    ("partners", 91),
                                    ("related", 94),
                                    ("posts", 97),
                                ],
                                blank=True,
                                block_lookup={
                                    0: ("content.blocks.text.HeadingBlock", (), {}),
                                    1: ("content.blocks.text.SubheadingBlock", (), {}),
                                    2: ("content.blocks.text.ParagraphBlock", (), {}),
                                    3: (
                                        "wagtail.blocks.TextBlock",
                                        (),
                                        {
                                            "help_text": "Exactly as they were said or written, without quotation marks.",
                                            "label": "Words",
                                        },
                                    ),
                                    4: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"help_text": "Who said it, or where it is written.", "label": "Source"},
                                    ),
                                    5: (
                                        "wagtail.blocks.URLBlock",
                                        (),
                                        {"label": "Address of the source", "required": False},
                                    ),
                                    6: (
                                        "wagtail.blocks.ChoiceBlock",
                                        [],
                                        {
                                            "choices": content.blocks.languages.language_choices,
                                            "help_text": "Only if they are not in the page's language: screen readers then say them right.",
                                            "label": "Language of the words",
                                            "required": False,
                                        },
                                    ),
                                    7: (
                                        "wagtail.blocks.StructBlock",
                                        [[("text", 3), ("source", 4), ("source_url", 5), ("language", 6)]],
                                        {},
                                    ),
                                    8: (
                                        "wagtail.blocks.TextBlock",
                                        (),
                                        {
                                            "help_text": "One or two sentences that can stand alone.",
                                            "label": "Fact",
                                            "max_length": 300,
                                        },
                                    ),
                                    9: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Where this is known from.",
                                            "label": "Source",
                                            "max_length": 200,
                                        },
                                    ),
                                    10: (
                                        "wagtail.blocks.StructBlock",
                                        [[("text", 8), ("source", 9), ("source_url", 5)]],
                                        {},
                                    ),
                                    11: ("wagtail.blocks.CharBlock", (), {"label": "What to do", "max_length": 160}),
                                    12: ("content.blocks.text.ParagraphBlock", (), {"label": "How", "required": False}),
                                    13: ("wagtail.blocks.StructBlock", [[("title", 11), ("text", 12)]], {}),
                                    14: ("wagtail.blocks.ListBlock", (13,), {"label": "Steps", "min_num": 2}),
                                    15: ("wagtail.blocks.StructBlock", [[("steps", 14)]], {}),
                                    16: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Often a question. It is always seen.",
                                            "label": "Title",
                                            "max_length": 160,
                                        },
                                    ),
                                    17: (
                                        "content.blocks.text.ParagraphBlock",
                                        (),
                                        {"help_text": "Seen when the title is opened.", "label": "Text"},
                                    ),
                                    18: ("wagtail.blocks.StructBlock", [[("title", 16), ("text", 17)]], {}),
                                    19: ("wagtail.blocks.ListBlock", (18,), {"label": "Parts", "min_num": 2}),
                                    20: ("wagtail.blocks.StructBlock", [[("parts", 19)]], {}),
                                    21: ("content.blocks.choosers.PictureBlock", (), {"label": "Image"}),
                                    22: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "What a person who cannot see the picture should know. Not its file name, and not its caption.",
                                            "label": "Description",
                                            "max_length": 300,
                                            "required": False,
                                        },
                                    ),
                                    23: (
                                        "wagtail.blocks.BooleanBlock",
                                        (),
                                        {
                                            "help_text": "The page says everything without the picture.",
                                            "label": "Only decoration",
                                            "required": False,
                                        },
                                    ),
                                    24: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Shown under the picture to everybody.",
                                            "label": "Caption",
                                            "required": False,
                                        },
                                    ),
                                    25: (
                                        "wagtail.blocks.StructBlock",
                                        [[("image", 21), ("alt_text", 22), ("decorative", 23), ("caption", 24)]],
                                        {},
                                    ),
                                    26: (
                                        "wagtail.blocks.ListBlock",
                                        (25,),
                                        {"label": "Pictures", "max_num": 12, "min_num": 2},
                                    ),
                                    27: ("wagtail.blocks.StructBlock", [[("pictures", 26)]], {}),
                                    28: (
                                        "content.blocks.choosers.VideoChooserBlock",
                                        (),
                                        {
                                            "help_text": "Captions are uploaded with the video, one WebVTT file a language.",
                                            "label": "Video",
                                        },
                                    ),
                                    29: ("wagtail.blocks.CharBlock", (), {"label": "Title", "max_length": 120}),
                                    30: (
                                        "content.blocks.choosers.PictureBlock",
                                        (),
                                        {
                                            "help_text": "Shown before the video is played. It is not described.",
                                            "label": "Still picture",
                                            "required": False,
                                        },
                                    ),
                                    31: (
                                        "wagtail.blocks.BooleanBlock",
                                        (),
                                        {
                                            "help_text": "There is no speech and no sound that matters. Captions are not needed then; the text is.",
                                            "label": "Nobody speaks",
                                            "required": False,
                                        },
                                    ),
                                    32: (
                                        "content.blocks.text.ParagraphBlock",
                                        (),
                                        {
                                            "help_text": "Everything that is said, and what is to be seen where it matters.",
                                            "label": "The video as text",
                                            "required": False,
                                        },
                                    ),
                                    33: (
                                        "wagtail.blocks.StructBlock",
                                        [
                                            [
                                                ("video", 28),
                                                ("title", 29),
                                                ("poster", 30),
                                                ("silent", 31),
                                                ("transcript", 32),
                                            ]
                                        ],
                                        {},
                                    ),
                                    34: (
                                        "wagtail.blocks.URLBlock",
                                        (),
                                        {"help_text": "The page of the video on the other site.", "label": "Address"},
                                    ),
                                    35: (
                                        "wagtail.blocks.TextBlock",
                                        (),
                                        {
                                            "help_text": "So that readers who do not go there know it too.",
                                            "label": "What it says",
                                            "max_length": 600,
                                        },
                                    ),
                                    36: (
                                        "wagtail.blocks.ChoiceBlock",
                                        [],
                                        {
                                            "choices": content.blocks.languages.language_choices,
                                            "label": "Spoken language",
                                            "required": False,
                                        },
                                    ),
                                    37: (
                                        "wagtail.blocks.BooleanBlock",
                                        (),
                                        {
                                            "help_text": "Look at the video on the other site.",
                                            "label": "It has captions",
                                            "required": False,
                                        },
                                    ),
                                    38: (
                                        "wagtail.blocks.StructBlock",
                                        [
                                            [
                                                ("title", 29),
                                                ("url", 34),
                                                ("summary", 35),
                                                ("language", 36),
                                                ("captioned", 37),
                                            ]
                                        ],
                                        {},
                                    ),
                                    39: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "As it is to be read, with its unit: for example 12 tonnes.",
                                            "label": "Number",
                                            "max_length": 24,
                                        },
                                    ),
                                    40: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "What it counts", "max_length": 160},
                                    ),
                                    41: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Who published it, and where: for example the title of a report.",
                                            "label": "Source",
                                            "max_length": 200,
                                        },
                                    ),
                                    42: (
                                        "wagtail.blocks.DateBlock",
                                        (),
                                        {"help_text": "Of when the number is.", "label": "Date"},
                                    ),
                                    43: (
                                        "wagtail.blocks.ChoiceBlock",
                                        [],
                                        {
                                            "choices": [
                                                ("day", "Day, month and year"),
                                                ("month", "Month and year"),
                                                ("year", "Only the year"),
                                            ],
                                            "help_text": "Choose what is known. Parts that are not known are not shown.",
                                            "label": "Shown as",
                                        },
                                    ),
                                    44: (
                                        "wagtail.blocks.StructBlock",
                                        [
                                            [
                                                ("value", 39),
                                                ("label", 40),
                                                ("source", 41),
                                                ("source_url", 5),
                                                ("date", 42),
                                                ("precision", 43),
                                            ]
                                        ],
                                        {},
                                    ),
                                    45: (
                                        "wagtail.blocks.ListBlock",
                                        (44,),
                                        {"label": "Numbers", "max_num": 6, "min_num": 1},
                                    ),
                                    46: ("wagtail.blocks.StructBlock", [[("numbers", 45)]], {}),
                                    47: (
                                        "wagtail.blocks.ChoiceBlock",
                                        [],
                                        {
                                            "choices": [("bars", "Bars: to compare"), ("lines", "Lines: over time")],
                                            "label": "Kind",
                                        },
                                    ),
                                    48: ("wagtail.blocks.CharBlock", (), {"label": "Words", "required": False}),
                                    49: ("wagtail.blocks.DecimalBlock", (), {"label": "Numbers", "required": False}),
                                    50: (
                                        "wagtail.contrib.typed_table_block.blocks.TypedTableBlock",
                                        [[("text", 48), ("number", 49)]],
                                        {
                                            "help_text": "The caption is the chart's title. The first column names the rows; add up to four columns of numbers.",
                                            "label": "Numbers",
                                        },
                                    ),
                                    51: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "For example: cases, euro.",
                                            "label": "Unit",
                                            "max_length": 40,
                                            "required": False,
                                        },
                                    ),
                                    52: (
                                        "wagtail.blocks.TextBlock",
                                        (),
                                        {
                                            "help_text": "The chart in words: what a reader should see in it. Shown with the chart.",
                                            "label": "What it shows",
                                            "max_length": 500,
                                        },
                                    ),
                                    53: (
                                        "wagtail.blocks.DateBlock",
                                        (),
                                        {"help_text": "Of when the numbers are.", "label": "Date"},
                                    ),
                                    54: (
                                        "wagtail.blocks.StructBlock",
                                        [
                                            [
                                                ("kind", 47),
                                                ("table", 50),
                                                ("unit", 51),
                                                ("summary", 52),
                                                ("source", 41),
                                                ("source_url", 5),
                                                ("date", 53),
                                                ("precision", 43),
                                            ]
                                        ],
                                        {},
                                    ),
                                    55: (
                                        "wagtail.contrib.typed_table_block.blocks.TypedTableBlock",
                                        [[("text", 48), ("number", 49)]],
                                        {
                                            "help_text": "The first column names the rows. Numbers in columns of numbers are lined up.",
                                            "label": "Table",
                                        },
                                    ),
                                    56: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Who published it, and where: for example the title of a report.",
                                            "label": "Source",
                                            "max_length": 200,
                                            "required": False,
                                        },
                                    ),
                                    57: (
                                        "wagtail.blocks.DateBlock",
                                        (),
                                        {"help_text": "Of when the numbers are.", "label": "Date", "required": False},
                                    ),
                                    58: (
                                        "wagtail.blocks.StructBlock",
                                        [
                                            [
                                                ("table", 55),
                                                ("source", 56),
                                                ("source_url", 5),
                                                ("date", 57),
                                                ("precision", 43),
                                            ]
                                        ],
                                        {},
                                    ),
                                    59: ("wagtail.blocks.DateBlock", (), {"label": "Date"}),
                                    60: ("wagtail.blocks.CharBlock", (), {"label": "What happened", "max_length": 160}),
                                    61: (
                                        "wagtail.blocks.TextBlock",
                                        (),
                                        {"label": "More about it", "max_length": 500, "required": False},
                                    ),
                                    62: (
                                        "wagtail.blocks.StructBlock",
                                        [[("date", 59), ("precision", 43), ("title", 60), ("text", 61)]],
                                        {},
                                    ),
                                    63: ("wagtail.blocks.ListBlock", (62,), {"label": "Entries", "min_num": 2}),
                                    64: ("wagtail.blocks.StructBlock", [[("entries", 63)]], {}),
                                    65: (
                                        "wagtail.snippets.blocks.SnippetChooserBlock",
                                        ("content.Country",),
                                        {"label": "Country"},
                                    ),
                                    66: ("wagtail.blocks.ListBlock", (65,), {"label": "Countries", "min_num": 1}),
                                    67: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "What these countries have in common.",
                                            "label": "Caption",
                                            "max_length": 200,
                                        },
                                    ),
                                    68: ("wagtail.blocks.StructBlock", [[("countries", 66), ("caption", 67)]], {}),
                                    69: ("wagtail.blocks.CharBlock", (), {"label": "What to do", "max_length": 120}),
                                    70: ("wagtail.blocks.TextBlock", (), {"label": "Why and how", "max_length": 400}),
                                    71: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Says where the link leads.",
                                            "label": "Link text",
                                            "max_length": 80,
                                            "required": False,
                                        },
                                    ),
                                    72: (
                                        "content.blocks.links.PageLinkBlock",
                                        (),
                                        {"label": "Page of this site", "required": False},
                                    ),
                                    73: (
                                        "wagtail.blocks.URLBlock",
                                        (),
                                        {"label": "Or an outside address", "required": False},
                                    ),
                                    74: (
                                        "wagtail.blocks.StructBlock",
                                        [[("title", 69), ("text", 70), ("link_text", 71), ("page", 72), ("url", 73)]],
                                        {},
                                    ),
                                    75: ("wagtail.documents.blocks.DocumentChooserBlock", (), {"label": "Document"}),
                                    76: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Empty: the title from the library.",
                                            "label": "Title",
                                            "max_length": 200,
                                            "required": False,
                                        },
                                    ),
                                    77: (
                                        "wagtail.blocks.ChoiceBlock",
                                        [],
                                        {
                                            "choices": content.blocks.languages.language_choices,
                                            "help_text": "The language the document is in.",
                                            "label": "Language",
                                            "required": False,
                                        },
                                    ),
                                    78: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "What is in it", "max_length": 300, "required": False},
                                    ),
                                    79: (
                                        "wagtail.blocks.StructBlock",
                                        [[("document", 75), ("title", 76), ("language", 77), ("text", 78)]],
                                        {},
                                    ),
                                    80: ("wagtail.blocks.ListBlock", (79,), {"label": "Documents", "min_num": 1}),
                                    81: ("wagtail.blocks.StructBlock", [[("documents", 80)]], {}),
                                    82: ("wagtail.blocks.CharBlock", (), {"label": "Name", "max_length": 120}),
                                    83: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "Role", "max_length": 160, "required": False},
                                    ),
                                    84: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "Organisation", "max_length": 160, "required": False},
                                    ),
                                    85: (
                                        "content.blocks.choosers.PictureBlock",
                                        (),
                                        {
                                            "help_text": "Only with the person's consent. The name describes it.",
                                            "label": "Portrait",
                                            "required": False,
                                        },
                                    ),
                                    86: (
                                        "wagtail.blocks.StructBlock",
                                        [[("name", 82), ("role", 83), ("organisation", 84), ("photo", 85)]],
                                        {},
                                    ),
                                    87: ("wagtail.blocks.ListBlock", (86,), {"label": "People", "min_num": 1}),
                                    88: ("wagtail.blocks.StructBlock", [[("people", 87)]], {}),
                                    89: ("content.blocks.choosers.PartnerChooserBlock", (), {"label": "Partner"}),
                                    90: ("wagtail.blocks.ListBlock", (89,), {"label": "Partners", "min_num": 1}),
                                    91: ("wagtail.blocks.StructBlock", [[("partners", 90)]], {}),
                                    92: ("content.blocks.links.PageLinkBlock", (), {"label": "Page"}),
                                    93: (
                                        "wagtail.blocks.ListBlock",
                                        (92,),
                                        {"label": "Pages", "max_num": 8, "min_num": 1},
                                    ),
                                    94: ("wagtail.blocks.StructBlock", [[("pages", 93)]], {}),
                                    95: (
                                        "wagtail.snippets.blocks.SnippetChooserBlock",
                                        ("content.Campaign",),
                                        {"label": "Campaign"},
                                    ),
                                    96: (
                                        "wagtail.blocks.IntegerBlock",
                                        (),
                                        {"default": 3, "label": "At most so many", "max_value": 12, "min_value": 1},
                                    ),
                                    97: ("wagtail.blocks.StructBlock", [[("campaign", 95), ("number", 96)]], {}),
                                },
                                verbose_name="text",
                            ),
                        ),
                        (
                            "series_part",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="1 for the first. Every part has another number.",
                                null=True,
                                verbose_name="part",
                            ),
                        ),
                        ("date", models.DateField(default=django.utils.timezone.localdate, verbose_name="date")),
                        (
                            "update_note",
                            models.CharField(
                                blank=True,
                                help_text="After a change that readers should know of: one sentence, shown beside the date of the change.",
                                max_length=200,
                                verbose_name="what changed",
                            ),
                        ),
                        (
                            "image",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="media.campaignimage",
                                verbose_name="image",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="%(class)ss",
                                to="content.project",
                                verbose_name="project",
                            ),
                        ),
                        (
                            "series",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="%(class)ss",
                                to="content.series",
                                verbose_name="series",
                            ),
                        ),
                        (
                            "topics",
                            modelcluster.fields.ParentalManyToManyField(
                                blank=True, related_name="news", to="content.topic", verbose_name="topics"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "news page",
                        "verbose_name_plural": "news pages",
                    },
                    bases=("wagtailcore.page", models.Model),
                ),
                migrations.CreateModel(
                    name="Milestone",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                        (
                            "title",
                            models.CharField(
                                help_text="In the site's main language.", max_length=255, verbose_name="milestone"
                            ),
                        ),
                        ("date", models.DateField(blank=True, null=True, verbose_name="date")),
                        (
                            "precision",
                            models.CharField(
                                choices=[("day", "Day"), ("month", "Month"), ("year", "Year")],
                                default="day",
                                help_text="Readers see the date only as exactly as this.",
                                max_length=5,
                                verbose_name="known to the",
                            ),
                        ),
                        (
                            "project_year",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="1 for the first year. For milestones whose date is not known.",
                                null=True,
                                validators=[django.core.validators.MinValueValidator(1)],
                                verbose_name="year of the project",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                blank=True,
                                choices=[("planned", "Planned"), ("reached", "Reached")],
                                help_text="Empty while nobody has reported it.",
                                max_length=8,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "project",
                            modelcluster.fields.ParentalKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="milestones",
                                to="content.project",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "milestone",
                        "verbose_name_plural": "milestones",
                        "ordering": ["sort_order"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Indicator",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                        (
                            "code",
                            models.SlugField(
                                help_text="A short name that never changes.", max_length=60, verbose_name="code"
                            ),
                        ),
                        ("label", models.CharField(max_length=255, verbose_name="label")),
                        ("baseline", models.IntegerField(blank=True, null=True, verbose_name="baseline")),
                        ("target", models.IntegerField(blank=True, null=True, verbose_name="target")),
                        (
                            "target_is_approximate",
                            models.BooleanField(default=False, verbose_name="the target is approximate"),
                        ),
                        ("actual", models.IntegerField(blank=True, null=True, verbose_name="reached so far")),
                        (
                            "source",
                            models.CharField(
                                blank=True,
                                help_text="Where the reached value comes from.",
                                max_length=255,
                                verbose_name="source",
                            ),
                        ),
                        ("reported_on", models.DateField(blank=True, null=True, verbose_name="as of")),
                        (
                            "project",
                            modelcluster.fields.ParentalKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="indicators",
                                to="content.project",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "indicator",
                        "verbose_name_plural": "indicators",
                        "ordering": ["sort_order"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="EventPage",
                    fields=[
                        (
                            "page_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to="wagtailcore.page",
                            ),
                        ),
                        (
                            "summary",
                            models.TextField(
                                blank=True,
                                help_text="One or two sentences; shown in lists and shared links.",
                                max_length=400,
                                verbose_name="summary",
                            ),
                        ),
                        (
                            "image_alt",
                            models.CharField(
                                blank=True,
                                help_text="What the picture shows, in words. Empty if it is decoration.",
                                max_length=255,
                                verbose_name="image description",
                            ),
                        ),
                        (
                            "body",
                            wagtail.fields.StreamField(
                                [
                                    ("heading", 0),
                                    ("subheading", 1),
                                    ("paragraph", 2),
                                    ("quote", 7),
                                    ("fact", 10),
                                    ("steps", 15),
                                    ("accordion", 20),
                                    ("figure", 25),
                                    ("gallery", 27),
                                    ("video", 33),
                                    ("outside_video", 38),
                                    ("statistics", 46),
                                    ("chart", 54),
                                    ("table", 58),
                                    ("timeline", 64),
                                    ("map", 68),
                                    ("action", 74),
                                    ("downloads", 81),
                                    ("people", 88),
                                    ("partners", 91),
                                    ("related", 94),
                                    ("posts", 97),
                                ],
                                blank=True,
                                block_lookup={
                                    0: ("content.blocks.text.HeadingBlock", (), {}),
                                    1: ("content.blocks.text.SubheadingBlock", (), {}),
                                    2: ("content.blocks.text.ParagraphBlock", (), {}),
                                    3: (
                                        "wagtail.blocks.TextBlock",
                                        (),
                                        {
                                            "help_text": "Exactly as they were said or written, without quotation marks.",
                                            "label": "Words",
                                        },
                                    ),
                                    4: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"help_text": "Who said it, or where it is written.", "label": "Source"},
                                    ),
                                    5: (
                                        "wagtail.blocks.URLBlock",
                                        (),
                                        {"label": "Address of the source", "required": False},
                                    ),
                                    6: (
                                        "wagtail.blocks.ChoiceBlock",
                                        [],
                                        {
                                            "choices": content.blocks.languages.language_choices,
                                            "help_text": "Only if they are not in the page's language: screen readers then say them right.",
                                            "label": "Language of the words",
                                            "required": False,
                                        },
                                    ),
                                    7: (
                                        "wagtail.blocks.StructBlock",
                                        [[("text", 3), ("source", 4), ("source_url", 5), ("language", 6)]],
                                        {},
                                    ),
                                    8: (
                                        "wagtail.blocks.TextBlock",
                                        (),
                                        {
                                            "help_text": "One or two sentences that can stand alone.",
                                            "label": "Fact",
                                            "max_length": 300,
                                        },
                                    ),
                                    9: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Where this is known from.",
                                            "label": "Source",
                                            "max_length": 200,
                                        },
                                    ),
                                    10: (
                                        "wagtail.blocks.StructBlock",
                                        [[("text", 8), ("source", 9), ("source_url", 5)]],
                                        {},
                                    ),
                                    11: ("wagtail.blocks.CharBlock", (), {"label": "What to do", "max_length": 160}),
                                    12: ("content.blocks.text.ParagraphBlock", (), {"label": "How", "required": False}),
                                    13: ("wagtail.blocks.StructBlock", [[("title", 11), ("text", 12)]], {}),
                                    14: ("wagtail.blocks.ListBlock", (13,), {"label": "Steps", "min_num": 2}),
                                    15: ("wagtail.blocks.StructBlock", [[("steps", 14)]], {}),
                                    16: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Often a question. It is always seen.",
                                            "label": "Title",
                                            "max_length": 160,
                                        },
                                    ),
                                    17: (
                                        "content.blocks.text.ParagraphBlock",
                                        (),
                                        {"help_text": "Seen when the title is opened.", "label": "Text"},
                                    ),
                                    18: ("wagtail.blocks.StructBlock", [[("title", 16), ("text", 17)]], {}),
                                    19: ("wagtail.blocks.ListBlock", (18,), {"label": "Parts", "min_num": 2}),
                                    20: ("wagtail.blocks.StructBlock", [[("parts", 19)]], {}),
                                    21: ("content.blocks.choosers.PictureBlock", (), {"label": "Image"}),
                                    22: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "What a person who cannot see the picture should know. Not its file name, and not its caption.",
                                            "label": "Description",
                                            "max_length": 300,
                                            "required": False,
                                        },
                                    ),
                                    23: (
                                        "wagtail.blocks.BooleanBlock",
                                        (),
                                        {
                                            "help_text": "The page says everything without the picture.",
                                            "label": "Only decoration",
                                            "required": False,
                                        },
                                    ),
                                    24: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Shown under the picture to everybody.",
                                            "label": "Caption",
                                            "required": False,
                                        },
                                    ),
                                    25: (
                                        "wagtail.blocks.StructBlock",
                                        [[("image", 21), ("alt_text", 22), ("decorative", 23), ("caption", 24)]],
                                        {},
                                    ),
                                    26: (
                                        "wagtail.blocks.ListBlock",
                                        (25,),
                                        {"label": "Pictures", "max_num": 12, "min_num": 2},
                                    ),
                                    27: ("wagtail.blocks.StructBlock", [[("pictures", 26)]], {}),
                                    28: (
                                        "content.blocks.choosers.VideoChooserBlock",
                                        (),
                                        {
                                            "help_text": "Captions are uploaded with the video, one WebVTT file a language.",
                                            "label": "Video",
                                        },
                                    ),
                                    29: ("wagtail.blocks.CharBlock", (), {"label": "Title", "max_length": 120}),
                                    30: (
                                        "content.blocks.choosers.PictureBlock",
                                        (),
                                        {
                                            "help_text": "Shown before the video is played. It is not described.",
                                            "label": "Still picture",
                                            "required": False,
                                        },
                                    ),
                                    31: (
                                        "wagtail.blocks.BooleanBlock",
                                        (),
                                        {
                                            "help_text": "There is no speech and no sound that matters. Captions are not needed then; the text is.",
                                            "label": "Nobody speaks",
                                            "required": False,
                                        },
                                    ),
                                    32: (
                                        "content.blocks.text.ParagraphBlock",
                                        (),
                                        {
                                            "help_text": "Everything that is said, and what is to be seen where it matters.",
                                            "label": "The video as text",
                                            "required": False,
                                        },
                                    ),
                                    33: (
                                        "wagtail.blocks.StructBlock",
                                        [
                                            [
                                                ("video", 28),
                                                ("title", 29),
                                                ("poster", 30),
                                                ("silent", 31),
                                                ("transcript", 32),
                                            ]
                                        ],
                                        {},
                                    ),
                                    34: (
                                        "wagtail.blocks.URLBlock",
                                        (),
                                        {"help_text": "The page of the video on the other site.", "label": "Address"},
                                    ),
                                    35: (
                                        "wagtail.blocks.TextBlock",
                                        (),
                                        {
                                            "help_text": "So that readers who do not go there know it too.",
                                            "label": "What it says",
                                            "max_length": 600,
                                        },
                                    ),
                                    36: (
                                        "wagtail.blocks.ChoiceBlock",
                                        [],
                                        {
                                            "choices": content.blocks.languages.language_choices,
                                            "label": "Spoken language",
                                            "required": False,
                                        },
                                    ),
                                    37: (
                                        "wagtail.blocks.BooleanBlock",
                                        (),
                                        {
                                            "help_text": "Look at the video on the other site.",
                                            "label": "It has captions",
                                            "required": False,
                                        },
                                    ),
                                    38: (
                                        "wagtail.blocks.StructBlock",
                                        [
                                            [
                                                ("title", 29),
                                                ("url", 34),
                                                ("summary", 35),
                                                ("language", 36),
                                                ("captioned", 37),
                                            ]
                                        ],
                                        {},
                                    ),
                                    39: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "As it is to be read, with its unit: for example 12 tonnes.",
                                            "label": "Number",
                                            "max_length": 24,
                                        },
                                    ),
                                    40: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "What it counts", "max_length": 160},
                                    ),
                                    41: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Who published it, and where: for example the title of a report.",
                                            "label": "Source",
                                            "max_length": 200,
                                        },
                                    ),
                                    42: (
                                        "wagtail.blocks.DateBlock",
                                        (),
                                        {"help_text": "Of when the number is.", "label": "Date"},
                                    ),
                                    43: (
                                        "wagtail.blocks.ChoiceBlock",
                                        [],
                                        {
                                            "choices": [
                                                ("day", "Day, month and year"),
                                                ("month", "Month and year"),
                                                ("year", "Only the year"),
                                            ],
                                            "help_text": "Choose what is known. Parts that are not known are not shown.",
                                            "label": "Shown as",
                                        },
                                    ),
                                    44: (
                                        "wagtail.blocks.StructBlock",
                                        [
                                            [
                                                ("value", 39),
                                                ("label", 40),
                                                ("source", 41),
                                                ("source_url", 5),
                                                ("date", 42),
                                                ("precision", 43),
                                            ]
                                        ],
                                        {},
                                    ),
                                    45: (
                                        "wagtail.blocks.ListBlock",
                                        (44,),
                                        {"label": "Numbers", "max_num": 6, "min_num": 1},
                                    ),
                                    46: ("wagtail.blocks.StructBlock", [[("numbers", 45)]], {}),
                                    47: (
                                        "wagtail.blocks.ChoiceBlock",
                                        [],
                                        {
                                            "choices": [("bars", "Bars: to compare"), ("lines", "Lines: over time")],
                                            "label": "Kind",
                                        },
                                    ),
                                    48: ("wagtail.blocks.CharBlock", (), {"label": "Words", "required": False}),
                                    49: ("wagtail.blocks.DecimalBlock", (), {"label": "Numbers", "required": False}),
                                    50: (
                                        "wagtail.contrib.typed_table_block.blocks.TypedTableBlock",
                                        [[("text", 48), ("number", 49)]],
                                        {
                                            "help_text": "The caption is the chart's title. The first column names the rows; add up to four columns of numbers.",
                                            "label": "Numbers",
                                        },
                                    ),
                                    51: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "For example: cases, euro.",
                                            "label": "Unit",
                                            "max_length": 40,
                                            "required": False,
                                        },
                                    ),
                                    52: (
                                        "wagtail.blocks.TextBlock",
                                        (),
                                        {
                                            "help_text": "The chart in words: what a reader should see in it. Shown with the chart.",
                                            "label": "What it shows",
                                            "max_length": 500,
                                        },
                                    ),
                                    53: (
                                        "wagtail.blocks.DateBlock",
                                        (),
                                        {"help_text": "Of when the numbers are.", "label": "Date"},
                                    ),
                                    54: (
                                        "wagtail.blocks.StructBlock",
                                        [
                                            [
                                                ("kind", 47),
                                                ("table", 50),
                                                ("unit", 51),
                                                ("summary", 52),
                                                ("source", 41),
                                                ("source_url", 5),
                                                ("date", 53),
                                                ("precision", 43),
                                            ]
                                        ],
                                        {},
                                    ),
                                    55: (
                                        "wagtail.contrib.typed_table_block.blocks.TypedTableBlock",
                                        [[("text", 48), ("number", 49)]],
                                        {
                                            "help_text": "The first column names the rows. Numbers in columns of numbers are lined up.",
                                            "label": "Table",
                                        },
                                    ),
                                    56: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Who published it, and where: for example the title of a report.",
                                            "label": "Source",
                                            "max_length": 200,
                                            "required": False,
                                        },
                                    ),
                                    57: (
                                        "wagtail.blocks.DateBlock",
                                        (),
                                        {"help_text": "Of when the numbers are.", "label": "Date", "required": False},
                                    ),
                                    58: (
                                        "wagtail.blocks.StructBlock",
                                        [
                                            [
                                                ("table", 55),
                                                ("source", 56),
                                                ("source_url", 5),
                                                ("date", 57),
                                                ("precision", 43),
                                            ]
                                        ],
                                        {},
                                    ),
                                    59: ("wagtail.blocks.DateBlock", (), {"label": "Date"}),
                                    60: ("wagtail.blocks.CharBlock", (), {"label": "What happened", "max_length": 160}),
                                    61: (
                                        "wagtail.blocks.TextBlock",
                                        (),
                                        {"label": "More about it", "max_length": 500, "required": False},
                                    ),
                                    62: (
                                        "wagtail.blocks.StructBlock",
                                        [[("date", 59), ("precision", 43), ("title", 60), ("text", 61)]],
                                        {},
                                    ),
                                    63: ("wagtail.blocks.ListBlock", (62,), {"label": "Entries", "min_num": 2}),
                                    64: ("wagtail.blocks.StructBlock", [[("entries", 63)]], {}),
                                    65: (
                                        "wagtail.snippets.blocks.SnippetChooserBlock",
                                        ("content.Country",),
                                        {"label": "Country"},
                                    ),
                                    66: ("wagtail.blocks.ListBlock", (65,), {"label": "Countries", "min_num": 1}),
                                    67: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "What these countries have in common.",
                                            "label": "Caption",
                                            "max_length": 200,
                                        },
                                    ),
                                    68: ("wagtail.blocks.StructBlock", [[("countries", 66), ("caption", 67)]], {}),
                                    69: ("wagtail.blocks.CharBlock", (), {"label": "What to do", "max_length": 120}),
                                    70: ("wagtail.blocks.TextBlock", (), {"label": "Why and how", "max_length": 400}),
                                    71: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Says where the link leads.",
                                            "label": "Link text",
                                            "max_length": 80,
                                            "required": False,
                                        },
                                    ),
                                    72: (
                                        "content.blocks.links.PageLinkBlock",
                                        (),
                                        {"label": "Page of this site", "required": False},
                                    ),
                                    73: (
                                        "wagtail.blocks.URLBlock",
                                        (),
                                        {"label": "Or an outside address", "required": False},
                                    ),
                                    74: (
                                        "wagtail.blocks.StructBlock",
                                        [[("title", 69), ("text", 70), ("link_text", 71), ("page", 72), ("url", 73)]],
                                        {},
                                    ),
                                    75: ("wagtail.documents.blocks.DocumentChooserBlock", (), {"label": "Document"}),
                                    76: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Empty: the title from the library.",
                                            "label": "Title",
                                            "max_length": 200,
                                            "required": False,
                                        },
                                    ),
                                    77: (
                                        "wagtail.blocks.ChoiceBlock",
                                        [],
                                        {
                                            "choices": content.blocks.languages.language_choices,
                                            "help_text": "The language the document is in.",
                                            "label": "Language",
                                            "required": False,
                                        },
                                    ),
                                    78: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "What is in it", "max_length": 300, "required": False},
                                    ),
                                    79: (
                                        "wagtail.blocks.StructBlock",
                                        [[("document", 75), ("title", 76), ("language", 77), ("text", 78)]],
                                        {},
                                    ),
                                    80: ("wagtail.blocks.ListBlock", (79,), {"label": "Documents", "min_num": 1}),
                                    81: ("wagtail.blocks.StructBlock", [[("documents", 80)]], {}),
                                    82: ("wagtail.blocks.CharBlock", (), {"label": "Name", "max_length": 120}),
                                    83: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "Role", "max_length": 160, "required": False},
                                    ),
                                    84: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "Organisation", "max_length": 160, "required": False},
                                    ),
                                    85: (
                                        "content.blocks.choosers.PictureBlock",
                                        (),
                                        {
                                            "help_text": "Only with the person's consent. The name describes it.",
                                            "label": "Portrait",
                                            "required": False,
                                        },
                                    ),
                                    86: (
                                        "wagtail.blocks.StructBlock",
                                        [[("name", 82), ("role", 83), ("organisation", 84), ("photo", 85)]],
                                        {},
                                    ),
                                    87: ("wagtail.blocks.ListBlock", (86,), {"label": "People", "min_num": 1}),
                                    88: ("wagtail.blocks.StructBlock", [[("people", 87)]], {}),
                                    89: ("content.blocks.choosers.PartnerChooserBlock", (), {"label": "Partner"}),
                                    90: ("wagtail.blocks.ListBlock", (89,), {"label": "Partners", "min_num": 1}),
                                    91: ("wagtail.blocks.StructBlock", [[("partners", 90)]], {}),
                                    92: ("content.blocks.links.PageLinkBlock", (), {"label": "Page"}),
                                    93: (
                                        "wagtail.blocks.ListBlock",
                                        (92,),
                                        {"label": "Pages", "max_num": 8, "min_num": 1},
                                    ),
                                    94: ("wagtail.blocks.StructBlock", [[("pages", 93)]], {}),
                                    95: (
                                        "wagtail.snippets.blocks.SnippetChooserBlock",
                                        ("content.Campaign",),
                                        {"label": "Campaign"},
                                    ),
                                    96: (
                                        "wagtail.blocks.IntegerBlock",
                                        (),
                                        {"default": 3, "label": "At most so many", "max_value": 12, "min_value": 1},
                                    ),
                                    97: ("wagtail.blocks.StructBlock", [[("campaign", 95), ("number", 96)]], {}),
                                },
                                verbose_name="text",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("planned", "Takes place as announced"),
                                    ("moved", "Moved to another time or place"),
                                    ("postponed", "Postponed"),
                                    ("cancelled", "Cancelled"),
                                ],
                                default="planned",
                                help_text="Postponed: there is no new date yet. Moved: the new date or place is entered below.",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "status_note",
                            models.CharField(
                                blank=True,
                                help_text="Why, and what people should do now.",
                                max_length=300,
                                verbose_name="note on the status",
                            ),
                        ),
                        (
                            "time_zone",
                            models.CharField(
                                default=content.calendars.zones.default_zone,
                                max_length=64,
                                validators=[content.calendars.zones.validate_zone],
                                verbose_name="time zone",
                            ),
                        ),
                        ("starts_at", models.DateTimeField(blank=True, null=True, verbose_name="starts at")),
                        ("ends_at", models.DateTimeField(blank=True, null=True, verbose_name="ends at")),
                        (
                            "whole_days",
                            models.BooleanField(
                                default=False,
                                help_text="Then no times are shown.",
                                verbose_name="only the days are announced",
                            ),
                        ),
                        ("over_at", models.DateTimeField(db_index=True, editable=False, null=True)),
                        ("sequence", models.PositiveIntegerField(default=0, editable=False)),
                        (
                            "place",
                            models.CharField(
                                blank=True,
                                help_text="The venue and the town, for example.",
                                max_length=255,
                                verbose_name="place",
                            ),
                        ),
                        ("address", models.TextField(blank=True, max_length=400, verbose_name="address")),
                        (
                            "accessibility",
                            models.TextField(
                                blank=True,
                                help_text="Step-free ways, hearing loop, sign language, quiet room, and whom to ask.",
                                max_length=600,
                                verbose_name="accessibility of the place",
                            ),
                        ),
                        (
                            "online_url",
                            models.URLField(
                                blank=True, help_text="Where it can be followed online.", verbose_name="online address"
                            ),
                        ),
                        ("registration_url", models.URLField(blank=True, verbose_name="registration address")),
                        (
                            "registration_deadline",
                            models.DateTimeField(blank=True, null=True, verbose_name="registration closes"),
                        ),
                        (
                            "programme",
                            wagtail.fields.StreamField(
                                [("session", 9)],
                                blank=True,
                                block_lookup={
                                    0: (
                                        "wagtail.blocks.DateBlock",
                                        (),
                                        {
                                            "help_text": "Empty: the event's first day.",
                                            "label": "Day",
                                            "required": False,
                                        },
                                    ),
                                    1: ("wagtail.blocks.TimeBlock", (), {"label": "Starts"}),
                                    2: ("wagtail.blocks.TimeBlock", (), {"label": "Ends", "required": False}),
                                    3: ("wagtail.blocks.CharBlock", (), {"label": "Title", "max_length": 200}),
                                    4: ("wagtail.blocks.TextBlock", (), {"label": "Description", "required": False}),
                                    5: ("wagtail.blocks.CharBlock", (), {"label": "Name", "max_length": 160}),
                                    6: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "For example: chair.",
                                            "label": "Part",
                                            "max_length": 160,
                                            "required": False,
                                        },
                                    ),
                                    7: ("wagtail.blocks.StructBlock", [[("name", 5), ("part", 6)]], {}),
                                    8: (
                                        "wagtail.blocks.ListBlock",
                                        (7,),
                                        {"collapsed": True, "default": [], "label": "Speakers"},
                                    ),
                                    9: (
                                        "wagtail.blocks.StructBlock",
                                        [
                                            [
                                                ("day", 0),
                                                ("starts", 1),
                                                ("ends", 2),
                                                ("title", 3),
                                                ("text", 4),
                                                ("speakers", 8),
                                            ]
                                        ],
                                        {},
                                    ),
                                },
                                verbose_name="programme",
                            ),
                        ),
                        (
                            "speakers",
                            wagtail.fields.StreamField(
                                [("speaker", 4)],
                                blank=True,
                                block_lookup={
                                    0: ("wagtail.blocks.CharBlock", (), {"label": "Name", "max_length": 160}),
                                    1: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "Role", "max_length": 160, "required": False},
                                    ),
                                    2: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "Organisation", "max_length": 200, "required": False},
                                    ),
                                    3: (
                                        "wagtail.blocks.TextBlock",
                                        (),
                                        {"label": "About", "max_length": 600, "required": False},
                                    ),
                                    4: (
                                        "wagtail.blocks.StructBlock",
                                        [[("name", 0), ("role", 1), ("organisation", 2), ("about", 3)]],
                                        {},
                                    ),
                                },
                                verbose_name="speakers",
                            ),
                        ),
                        (
                            "materials",
                            wagtail.fields.StreamField(
                                [("material", 2)],
                                blank=True,
                                block_lookup={
                                    0: ("wagtail.documents.blocks.DocumentChooserBlock", (), {"label": "Document"}),
                                    1: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Empty: the document's own title.",
                                            "label": "Title",
                                            "max_length": 200,
                                            "required": False,
                                        },
                                    ),
                                    2: ("wagtail.blocks.StructBlock", [[("document", 0), ("title", 1)]], {}),
                                },
                                verbose_name="materials",
                            ),
                        ),
                        (
                            "image",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="media.campaignimage",
                                verbose_name="image",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="%(class)ss",
                                to="content.project",
                                verbose_name="project",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "event page",
                        "verbose_name_plural": "event pages",
                    },
                    bases=(content.pages.routed.RoutedPage, "wagtailcore.page", models.Model),
                ),
                migrations.CreateModel(
                    name="Deliverable",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                        (
                            "title",
                            models.CharField(
                                help_text="In the site's main language.", max_length=255, verbose_name="deliverable"
                            ),
                        ),
                        ("description", models.TextField(blank=True, max_length=600, verbose_name="description")),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="due on")),
                        ("delivered_on", models.DateField(blank=True, null=True, verbose_name="delivered on")),
                        (
                            "url",
                            models.URLField(
                                blank=True,
                                help_text="Where a reader finds it, if it is public.",
                                verbose_name="address",
                            ),
                        ),
                        (
                            "project",
                            modelcluster.fields.ParentalKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="deliverables",
                                to="content.project",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "deliverable",
                        "verbose_name_plural": "deliverables",
                        "ordering": ["sort_order"],
                        "abstract": False,
                    },
                ),
                migrations.AddField(
                    model_name="campaign",
                    name="project",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="campaigns",
                        to="content.project",
                        verbose_name="project",
                    ),
                ),
                migrations.CreateModel(
                    name="ProjectIndexPage",
                    fields=[
                        (
                            "page_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to="wagtailcore.page",
                            ),
                        ),
                        (
                            "summary",
                            models.TextField(
                                blank=True,
                                help_text="One or two sentences; shown in lists and shared links.",
                                max_length=400,
                                verbose_name="summary",
                            ),
                        ),
                        (
                            "image_alt",
                            models.CharField(
                                blank=True,
                                help_text="What the picture shows, in words. Empty if it is decoration.",
                                max_length=255,
                                verbose_name="image description",
                            ),
                        ),
                        (
                            "image",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="media.campaignimage",
                                verbose_name="image",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "project list",
                        "verbose_name_plural": "project lists",
                    },
                    bases=("wagtailcore.page",),
                ),
                migrations.CreateModel(
                    name="ProjectLink",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                        (
                            "title",
                            models.CharField(
                                help_text="Say where it leads, in the main language.",
                                max_length=160,
                                verbose_name="link text",
                            ),
                        ),
                        ("url", models.URLField(verbose_name="address")),
                        (
                            "project",
                            modelcluster.fields.ParentalKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="links", to="content.project"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "link",
                        "verbose_name_plural": "links",
                        "ordering": ["sort_order"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ProjectLinkLabel",
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
                        ("text", models.CharField(max_length=160, verbose_name="link text")),
                        (
                            "link",
                            modelcluster.fields.ParentalKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="labels",
                                to="content.projectlink",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "link label",
                        "verbose_name_plural": "link labels",
                    },
                ),
                migrations.CreateModel(
                    name="ProjectPage",
                    fields=[
                        (
                            "page_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to="wagtailcore.page",
                            ),
                        ),
                        (
                            "summary",
                            models.TextField(
                                blank=True,
                                help_text="One or two sentences; shown in lists and shared links.",
                                max_length=400,
                                verbose_name="summary",
                            ),
                        ),
                        (
                            "image_alt",
                            models.CharField(
                                blank=True,
                                help_text="What the picture shows, in words. Empty if it is decoration.",
                                max_length=255,
                                verbose_name="image description",
                            ),
                        ),
                        (
                            "body",
                            wagtail.fields.StreamField(
                                [
                                    ("heading", 0),
                                    ("subheading", 1),
                                    ("paragraph", 2),
                                    ("quote", 7),
                                    ("fact", 10),
                                    ("steps", 15),
                                    ("accordion", 20),
                                    ("figure", 25),
                                    ("gallery", 27),
                                    ("video", 33),
                                    ("outside_video", 38),
                                    ("statistics", 46),
                                    ("chart", 54),
                                    ("table", 58),
                                    ("timeline", 64),
                                    ("map", 68),
                                    ("action", 74),
                                    ("downloads", 81),
                                    ("people", 88),
                                    ("partners", 91),
                                    ("related", 94),
                                    ("posts", 97),
                                ],
                                blank=True,
                                block_lookup={
                                    0: ("content.blocks.text.HeadingBlock", (), {}),
                                    1: ("content.blocks.text.SubheadingBlock", (), {}),
                                    2: ("content.blocks.text.ParagraphBlock", (), {}),
                                    3: (
                                        "wagtail.blocks.TextBlock",
                                        (),
                                        {
                                            "help_text": "Exactly as they were said or written, without quotation marks.",
                                            "label": "Words",
                                        },
                                    ),
                                    4: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"help_text": "Who said it, or where it is written.", "label": "Source"},
                                    ),
                                    5: (
                                        "wagtail.blocks.URLBlock",
                                        (),
                                        {"label": "Address of the source", "required": False},
                                    ),
                                    6: (
                                        "wagtail.blocks.ChoiceBlock",
                                        [],
                                        {
                                            "choices": content.blocks.languages.language_choices,
                                            "help_text": "Only if they are not in the page's language: screen readers then say them right.",
                                            "label": "Language of the words",
                                            "required": False,
                                        },
                                    ),
                                    7: (
                                        "wagtail.blocks.StructBlock",
                                        [[("text", 3), ("source", 4), ("source_url", 5), ("language", 6)]],
                                        {},
                                    ),
                                    8: (
                                        "wagtail.blocks.TextBlock",
                                        (),
                                        {
                                            "help_text": "One or two sentences that can stand alone.",
                                            "label": "Fact",
                                            "max_length": 300,
                                        },
                                    ),
                                    9: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Where this is known from.",
                                            "label": "Source",
                                            "max_length": 200,
                                        },
                                    ),
                                    10: (
                                        "wagtail.blocks.StructBlock",
                                        [[("text", 8), ("source", 9), ("source_url", 5)]],
                                        {},
                                    ),
                                    11: ("wagtail.blocks.CharBlock", (), {"label": "What to do", "max_length": 160}),
                                    12: ("content.blocks.text.ParagraphBlock", (), {"label": "How", "required": False}),
                                    13: ("wagtail.blocks.StructBlock", [[("title", 11), ("text", 12)]], {}),
                                    14: ("wagtail.blocks.ListBlock", (13,), {"label": "Steps", "min_num": 2}),
                                    15: ("wagtail.blocks.StructBlock", [[("steps", 14)]], {}),
                                    16: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Often a question. It is always seen.",
                                            "label": "Title",
                                            "max_length": 160,
                                        },
                                    ),
                                    17: (
                                        "content.blocks.text.ParagraphBlock",
                                        (),
                                        {"help_text": "Seen when the title is opened.", "label": "Text"},
                                    ),
                                    18: ("wagtail.blocks.StructBlock", [[("title", 16), ("text", 17)]], {}),
                                    19: ("wagtail.blocks.ListBlock", (18,), {"label": "Parts", "min_num": 2}),
                                    20: ("wagtail.blocks.StructBlock", [[("parts", 19)]], {}),
                                    21: ("content.blocks.choosers.PictureBlock", (), {"label": "Image"}),
                                    22: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "What a person who cannot see the picture should know. Not its file name, and not its caption.",
                                            "label": "Description",
                                            "max_length": 300,
                                            "required": False,
                                        },
                                    ),
                                    23: (
                                        "wagtail.blocks.BooleanBlock",
                                        (),
                                        {
                                            "help_text": "The page says everything without the picture.",
                                            "label": "Only decoration",
                                            "required": False,
                                        },
                                    ),
                                    24: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Shown under the picture to everybody.",
                                            "label": "Caption",
                                            "required": False,
                                        },
                                    ),
                                    25: (
                                        "wagtail.blocks.StructBlock",
                                        [[("image", 21), ("alt_text", 22), ("decorative", 23), ("caption", 24)]],
                                        {},
                                    ),
                                    26: (
                                        "wagtail.blocks.ListBlock",
                                        (25,),
                                        {"label": "Pictures", "max_num": 12, "min_num": 2},
                                    ),
                                    27: ("wagtail.blocks.StructBlock", [[("pictures", 26)]], {}),
                                    28: (
                                        "content.blocks.choosers.VideoChooserBlock",
                                        (),
                                        {
                                            "help_text": "Captions are uploaded with the video, one WebVTT file a language.",
                                            "label": "Video",
                                        },
                                    ),
                                    29: ("wagtail.blocks.CharBlock", (), {"label": "Title", "max_length": 120}),
                                    30: (
                                        "content.blocks.choosers.PictureBlock",
                                        (),
                                        {
                                            "help_text": "Shown before the video is played. It is not described.",
                                            "label": "Still picture",
                                            "required": False,
                                        },
                                    ),
                                    31: (
                                        "wagtail.blocks.BooleanBlock",
                                        (),
                                        {
                                            "help_text": "There is no speech and no sound that matters. Captions are not needed then; the text is.",
                                            "label": "Nobody speaks",
                                            "required": False,
                                        },
                                    ),
                                    32: (
                                        "content.blocks.text.ParagraphBlock",
                                        (),
                                        {
                                            "help_text": "Everything that is said, and what is to be seen where it matters.",
                                            "label": "The video as text",
                                            "required": False,
                                        },
                                    ),
                                    33: (
                                        "wagtail.blocks.StructBlock",
                                        [
                                            [
                                                ("video", 28),
                                                ("title", 29),
                                                ("poster", 30),
                                                ("silent", 31),
                                                ("transcript", 32),
                                            ]
                                        ],
                                        {},
                                    ),
                                    34: (
                                        "wagtail.blocks.URLBlock",
                                        (),
                                        {"help_text": "The page of the video on the other site.", "label": "Address"},
                                    ),
                                    35: (
                                        "wagtail.blocks.TextBlock",
                                        (),
                                        {
                                            "help_text": "So that readers who do not go there know it too.",
                                            "label": "What it says",
                                            "max_length": 600,
                                        },
                                    ),
                                    36: (
                                        "wagtail.blocks.ChoiceBlock",
                                        [],
                                        {
                                            "choices": content.blocks.languages.language_choices,
                                            "label": "Spoken language",
                                            "required": False,
                                        },
                                    ),
                                    37: (
                                        "wagtail.blocks.BooleanBlock",
                                        (),
                                        {
                                            "help_text": "Look at the video on the other site.",
                                            "label": "It has captions",
                                            "required": False,
                                        },
                                    ),
                                    38: (
                                        "wagtail.blocks.StructBlock",
                                        [
                                            [
                                                ("title", 29),
                                                ("url", 34),
                                                ("summary", 35),
                                                ("language", 36),
                                                ("captioned", 37),
                                            ]
                                        ],
                                        {},
                                    ),
                                    39: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "As it is to be read, with its unit: for example 12 tonnes.",
                                            "label": "Number",
                                            "max_length": 24,
                                        },
                                    ),
                                    40: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "What it counts", "max_length": 160},
                                    ),
                                    41: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Who published it, and where: for example the title of a report.",
                                            "label": "Source",
                                            "max_length": 200,
                                        },
                                    ),
                                    42: (
                                        "wagtail.blocks.DateBlock",
                                        (),
                                        {"help_text": "Of when the number is.", "label": "Date"},
                                    ),
                                    43: (
                                        "wagtail.blocks.ChoiceBlock",
                                        [],
                                        {
                                            "choices": [
                                                ("day", "Day, month and year"),
                                                ("month", "Month and year"),
                                                ("year", "Only the year"),
                                            ],
                                            "help_text": "Choose what is known. Parts that are not known are not shown.",
                                            "label": "Shown as",
                                        },
                                    ),
                                    44: (
                                        "wagtail.blocks.StructBlock",
                                        [
                                            [
                                                ("value", 39),
                                                ("label", 40),
                                                ("source", 41),
                                                ("source_url", 5),
                                                ("date", 42),
                                                ("precision", 43),
                                            ]
                                        ],
                                        {},
                                    ),
                                    45: (
                                        "wagtail.blocks.ListBlock",
                                        (44,),
                                        {"label": "Numbers", "max_num": 6, "min_num": 1},
                                    ),
                                    46: ("wagtail.blocks.StructBlock", [[("numbers", 45)]], {}),
                                    47: (
                                        "wagtail.blocks.ChoiceBlock",
                                        [],
                                        {
                                            "choices": [("bars", "Bars: to compare"), ("lines", "Lines: over time")],
                                            "label": "Kind",
                                        },
                                    ),
                                    48: ("wagtail.blocks.CharBlock", (), {"label": "Words", "required": False}),
                                    49: ("wagtail.blocks.DecimalBlock", (), {"label": "Numbers", "required": False}),
                                    50: (
                                        "wagtail.contrib.typed_table_block.blocks.TypedTableBlock",
                                        [[("text", 48), ("number", 49)]],
                                        {
                                            "help_text": "The caption is the chart's title. The first column names the rows; add up to four columns of numbers.",
                                            "label": "Numbers",
                                        },
                                    ),
                                    51: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "For example: cases, euro.",
                                            "label": "Unit",
                                            "max_length": 40,
                                            "required": False,
                                        },
                                    ),
                                    52: (
                                        "wagtail.blocks.TextBlock",
                                        (),
                                        {
                                            "help_text": "The chart in words: what a reader should see in it. Shown with the chart.",
                                            "label": "What it shows",
                                            "max_length": 500,
                                        },
                                    ),
                                    53: (
                                        "wagtail.blocks.DateBlock",
                                        (),
                                        {"help_text": "Of when the numbers are.", "label": "Date"},
                                    ),
                                    54: (
                                        "wagtail.blocks.StructBlock",
                                        [
                                            [
                                                ("kind", 47),
                                                ("table", 50),
                                                ("unit", 51),
                                                ("summary", 52),
                                                ("source", 41),
                                                ("source_url", 5),
                                                ("date", 53),
                                                ("precision", 43),
                                            ]
                                        ],
                                        {},
                                    ),
                                    55: (
                                        "wagtail.contrib.typed_table_block.blocks.TypedTableBlock",
                                        [[("text", 48), ("number", 49)]],
                                        {
                                            "help_text": "The first column names the rows. Numbers in columns of numbers are lined up.",
                                            "label": "Table",
                                        },
                                    ),
                                    56: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Who published it, and where: for example the title of a report.",
                                            "label": "Source",
                                            "max_length": 200,
                                            "required": False,
                                        },
                                    ),
                                    57: (
                                        "wagtail.blocks.DateBlock",
                                        (),
                                        {"help_text": "Of when the numbers are.", "label": "Date", "required": False},
                                    ),
                                    58: (
                                        "wagtail.blocks.StructBlock",
                                        [
                                            [
                                                ("table", 55),
                                                ("source", 56),
                                                ("source_url", 5),
                                                ("date", 57),
                                                ("precision", 43),
                                            ]
                                        ],
                                        {},
                                    ),
                                    59: ("wagtail.blocks.DateBlock", (), {"label": "Date"}),
                                    60: ("wagtail.blocks.CharBlock", (), {"label": "What happened", "max_length": 160}),
                                    61: (
                                        "wagtail.blocks.TextBlock",
                                        (),
                                        {"label": "More about it", "max_length": 500, "required": False},
                                    ),
                                    62: (
                                        "wagtail.blocks.StructBlock",
                                        [[("date", 59), ("precision", 43), ("title", 60), ("text", 61)]],
                                        {},
                                    ),
                                    63: ("wagtail.blocks.ListBlock", (62,), {"label": "Entries", "min_num": 2}),
                                    64: ("wagtail.blocks.StructBlock", [[("entries", 63)]], {}),
                                    65: (
                                        "wagtail.snippets.blocks.SnippetChooserBlock",
                                        ("content.Country",),
                                        {"label": "Country"},
                                    ),
                                    66: ("wagtail.blocks.ListBlock", (65,), {"label": "Countries", "min_num": 1}),
                                    67: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "What these countries have in common.",
                                            "label": "Caption",
                                            "max_length": 200,
                                        },
                                    ),
                                    68: ("wagtail.blocks.StructBlock", [[("countries", 66), ("caption", 67)]], {}),
                                    69: ("wagtail.blocks.CharBlock", (), {"label": "What to do", "max_length": 120}),
                                    70: ("wagtail.blocks.TextBlock", (), {"label": "Why and how", "max_length": 400}),
                                    71: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Says where the link leads.",
                                            "label": "Link text",
                                            "max_length": 80,
                                            "required": False,
                                        },
                                    ),
                                    72: (
                                        "content.blocks.links.PageLinkBlock",
                                        (),
                                        {"label": "Page of this site", "required": False},
                                    ),
                                    73: (
                                        "wagtail.blocks.URLBlock",
                                        (),
                                        {"label": "Or an outside address", "required": False},
                                    ),
                                    74: (
                                        "wagtail.blocks.StructBlock",
                                        [[("title", 69), ("text", 70), ("link_text", 71), ("page", 72), ("url", 73)]],
                                        {},
                                    ),
                                    75: ("wagtail.documents.blocks.DocumentChooserBlock", (), {"label": "Document"}),
                                    76: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Empty: the title from the library.",
                                            "label": "Title",
                                            "max_length": 200,
                                            "required": False,
                                        },
                                    ),
                                    77: (
                                        "wagtail.blocks.ChoiceBlock",
                                        [],
                                        {
                                            "choices": content.blocks.languages.language_choices,
                                            "help_text": "The language the document is in.",
                                            "label": "Language",
                                            "required": False,
                                        },
                                    ),
                                    78: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "What is in it", "max_length": 300, "required": False},
                                    ),
                                    79: (
                                        "wagtail.blocks.StructBlock",
                                        [[("document", 75), ("title", 76), ("language", 77), ("text", 78)]],
                                        {},
                                    ),
                                    80: ("wagtail.blocks.ListBlock", (79,), {"label": "Documents", "min_num": 1}),
                                    81: ("wagtail.blocks.StructBlock", [[("documents", 80)]], {}),
                                    82: ("wagtail.blocks.CharBlock", (), {"label": "Name", "max_length": 120}),
                                    83: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "Role", "max_length": 160, "required": False},
                                    ),
                                    84: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "Organisation", "max_length": 160, "required": False},
                                    ),
                                    85: (
                                        "content.blocks.choosers.PictureBlock",
                                        (),
                                        {
                                            "help_text": "Only with the person's consent. The name describes it.",
                                            "label": "Portrait",
                                            "required": False,
                                        },
                                    ),
                                    86: (
                                        "wagtail.blocks.StructBlock",
                                        [[("name", 82), ("role", 83), ("organisation", 84), ("photo", 85)]],
                                        {},
                                    ),
                                    87: ("wagtail.blocks.ListBlock", (86,), {"label": "People", "min_num": 1}),
                                    88: ("wagtail.blocks.StructBlock", [[("people", 87)]], {}),
                                    89: ("content.blocks.choosers.PartnerChooserBlock", (), {"label": "Partner"}),
                                    90: ("wagtail.blocks.ListBlock", (89,), {"label": "Partners", "min_num": 1}),
                                    91: ("wagtail.blocks.StructBlock", [[("partners", 90)]], {}),
                                    92: ("content.blocks.links.PageLinkBlock", (), {"label": "Page"}),
                                    93: (
                                        "wagtail.blocks.ListBlock",
                                        (92,),
                                        {"label": "Pages", "max_num": 8, "min_num": 1},
                                    ),
                                    94: ("wagtail.blocks.StructBlock", [[("pages", 93)]], {}),
                                    95: (
                                        "wagtail.snippets.blocks.SnippetChooserBlock",
                                        ("content.Campaign",),
                                        {"label": "Campaign"},
                                    ),
                                    96: (
                                        "wagtail.blocks.IntegerBlock",
                                        (),
                                        {"default": 3, "label": "At most so many", "max_value": 12, "min_value": 1},
                                    ),
                                    97: ("wagtail.blocks.StructBlock", [[("campaign", 95), ("number", 96)]], {}),
                                },
                                verbose_name="text",
                            ),
                        ),
                        (
                            "objectives",
                            wagtail.fields.StreamField(
                                [("objective", 0)],
                                blank=True,
                                block_lookup={0: ("content.blocks.listing.ObjectiveBlock", (), {})},
                                verbose_name="objectives",
                            ),
                        ),
                        (
                            "activities",
                            wagtail.fields.StreamField(
                                [("activity", 2)],
                                blank=True,
                                block_lookup={
                                    0: ("wagtail.blocks.CharBlock", (), {"label": "Title", "max_length": 160}),
                                    1: ("wagtail.blocks.TextBlock", (), {"label": "Description", "required": False}),
                                    2: ("wagtail.blocks.StructBlock", [[("title", 0), ("text", 1)]], {}),
                                },
                                verbose_name="activities",
                            ),
                        ),
                        (
                            "benefits",
                            wagtail.fields.StreamField(
                                [("benefit", 0)],
                                blank=True,
                                block_lookup={0: ("content.blocks.listing.ObjectiveBlock", (), {"label": "Benefit"})},
                                verbose_name="benefits",
                            ),
                        ),
                        (
                            "countries_note",
                            models.CharField(
                                blank=True,
                                help_text="What the list of countries cannot say.",
                                max_length=255,
                                verbose_name="note on countries",
                            ),
                        ),
                        (
                            "image",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="media.campaignimage",
                                verbose_name="image",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pages",
                                to="content.project",
                                verbose_name="project",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "project page",
                        "verbose_name_plural": "project pages",
                    },
                    bases=("wagtailcore.page", models.Model),
                ),
                migrations.CreateModel(
                    name="RelatedNews",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                        (
                            "page",
                            modelcluster.fields.ParentalKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="related_news",
                                to="content.newspage",
                            ),
                        ),
                        (
                            "related",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="content.newspage",
                                verbose_name="news",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "related news",
                        "verbose_name_plural": "related news",
                        "ordering": ["sort_order"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ResourceIndexPage",
                    fields=[
                        (
                            "page_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to="wagtailcore.page",
                            ),
                        ),
                        (
                            "summary",
                            models.TextField(
                                blank=True,
                                help_text="One or two sentences; shown in lists and shared links.",
                                max_length=400,
                                verbose_name="summary",
                            ),
                        ),
                        (
                            "image_alt",
                            models.CharField(
                                blank=True,
                                help_text="What the picture shows, in words. Empty if it is decoration.",
                                max_length=255,
                                verbose_name="image description",
                            ),
                        ),
                        (
                            "image",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="media.campaignimage",
                                verbose_name="image",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "resource list",
                        "verbose_name_plural": "resource lists",
                    },
                    bases=("wagtailcore.page",),
                ),
                migrations.CreateModel(
                    name="ResourcePage",
                    fields=[
                        (
                            "page_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to="wagtailcore.page",
                            ),
                        ),
                        (
                            "summary",
                            models.TextField(
                                blank=True,
                                help_text="One or two sentences; shown in lists and shared links.",
                                max_length=400,
                                verbose_name="summary",
                            ),
                        ),
                        (
                            "image_alt",
                            models.CharField(
                                blank=True,
                                help_text="What the picture shows, in words. Empty if it is decoration.",
                                max_length=255,
                                verbose_name="image description",
                            ),
                        ),
                        (
                            "body",
                            wagtail.fields.StreamField(
                                [
                                    ("heading", 0),
                                    ("subheading", 1),
                                    ("paragraph", 2),
                                    ("quote", 7),
                                    ("fact", 10),
                                    ("steps", 15),
                                    ("accordion", 20),
                                    ("figure", 25),
                                    ("gallery", 27),
                                    ("video", 33),
                                    ("outside_video", 38),
                                    ("statistics", 46),
                                    ("chart", 54),
                                    ("table", 58),
                                    ("timeline", 64),
                                    ("map", 68),
                                    ("action", 74),
                                    ("downloads", 81),
                                    ("people", 88),
                                    ("partners", 91),
                                    ("related", 94),
                                    ("posts", 97),
                                ],
                                blank=True,
                                block_lookup={
                                    0: ("content.blocks.text.HeadingBlock", (), {}),
                                    1: ("content.blocks.text.SubheadingBlock", (), {}),
                                    2: ("content.blocks.text.ParagraphBlock", (), {}),
                                    3: (
                                        "wagtail.blocks.TextBlock",
                                        (),
                                        {
                                            "help_text": "Exactly as they were said or written, without quotation marks.",
                                            "label": "Words",
                                        },
                                    ),
                                    4: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"help_text": "Who said it, or where it is written.", "label": "Source"},
                                    ),
                                    5: (
                                        "wagtail.blocks.URLBlock",
                                        (),
                                        {"label": "Address of the source", "required": False},
                                    ),
                                    6: (
                                        "wagtail.blocks.ChoiceBlock",
                                        [],
                                        {
                                            "choices": content.blocks.languages.language_choices,
                                            "help_text": "Only if they are not in the page's language: screen readers then say them right.",
                                            "label": "Language of the words",
                                            "required": False,
                                        },
                                    ),
                                    7: (
                                        "wagtail.blocks.StructBlock",
                                        [[("text", 3), ("source", 4), ("source_url", 5), ("language", 6)]],
                                        {},
                                    ),
                                    8: (
                                        "wagtail.blocks.TextBlock",
                                        (),
                                        {
                                            "help_text": "One or two sentences that can stand alone.",
                                            "label": "Fact",
                                            "max_length": 300,
                                        },
                                    ),
                                    9: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Where this is known from.",
                                            "label": "Source",
                                            "max_length": 200,
                                        },
                                    ),
                                    10: (
                                        "wagtail.blocks.StructBlock",
                                        [[("text", 8), ("source", 9), ("source_url", 5)]],
                                        {},
                                    ),
                                    11: ("wagtail.blocks.CharBlock", (), {"label": "What to do", "max_length": 160}),
                                    12: ("content.blocks.text.ParagraphBlock", (), {"label": "How", "required": False}),
                                    13: ("wagtail.blocks.StructBlock", [[("title", 11), ("text", 12)]], {}),
                                    14: ("wagtail.blocks.ListBlock", (13,), {"label": "Steps", "min_num": 2}),
                                    15: ("wagtail.blocks.StructBlock", [[("steps", 14)]], {}),
                                    16: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Often a question. It is always seen.",
                                            "label": "Title",
                                            "max_length": 160,
                                        },
                                    ),
                                    17: (
                                        "content.blocks.text.ParagraphBlock",
                                        (),
                                        {"help_text": "Seen when the title is opened.", "label": "Text"},
                                    ),
                                    18: ("wagtail.blocks.StructBlock", [[("title", 16), ("text", 17)]], {}),
                                    19: ("wagtail.blocks.ListBlock", (18,), {"label": "Parts", "min_num": 2}),
                                    20: ("wagtail.blocks.StructBlock", [[("parts", 19)]], {}),
                                    21: ("content.blocks.choosers.PictureBlock", (), {"label": "Image"}),
                                    22: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "What a person who cannot see the picture should know. Not its file name, and not its caption.",
                                            "label": "Description",
                                            "max_length": 300,
                                            "required": False,
                                        },
                                    ),
                                    23: (
                                        "wagtail.blocks.BooleanBlock",
                                        (),
                                        {
                                            "help_text": "The page says everything without the picture.",
                                            "label": "Only decoration",
                                            "required": False,
                                        },
                                    ),
                                    24: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Shown under the picture to everybody.",
                                            "label": "Caption",
                                            "required": False,
                                        },
                                    ),
                                    25: (
                                        "wagtail.blocks.StructBlock",
                                        [[("image", 21), ("alt_text", 22), ("decorative", 23), ("caption", 24)]],
                                        {},
                                    ),
                                    26: (
                                        "wagtail.blocks.ListBlock",
                                        (25,),
                                        {"label": "Pictures", "max_num": 12, "min_num": 2},
                                    ),
                                    27: ("wagtail.blocks.StructBlock", [[("pictures", 26)]], {}),
                                    28: (
                                        "content.blocks.choosers.VideoChooserBlock",
                                        (),
                                        {
                                            "help_text": "Captions are uploaded with the video, one WebVTT file a language.",
                                            "label": "Video",
                                        },
                                    ),
                                    29: ("wagtail.blocks.CharBlock", (), {"label": "Title", "max_length": 120}),
                                    30: (
                                        "content.blocks.choosers.PictureBlock",
                                        (),
                                        {
                                            "help_text": "Shown before the video is played. It is not described.",
                                            "label": "Still picture",
                                            "required": False,
                                        },
                                    ),
                                    31: (
                                        "wagtail.blocks.BooleanBlock",
                                        (),
                                        {
                                            "help_text": "There is no speech and no sound that matters. Captions are not needed then; the text is.",
                                            "label": "Nobody speaks",
                                            "required": False,
                                        },
                                    ),
                                    32: (
                                        "content.blocks.text.ParagraphBlock",
                                        (),
                                        {
                                            "help_text": "Everything that is said, and what is to be seen where it matters.",
                                            "label": "The video as text",
                                            "required": False,
                                        },
                                    ),
                                    33: (
                                        "wagtail.blocks.StructBlock",
                                        [
                                            [
                                                ("video", 28),
                                                ("title", 29),
                                                ("poster", 30),
                                                ("silent", 31),
                                                ("transcript", 32),
                                            ]
                                        ],
                                        {},
                                    ),
                                    34: (
                                        "wagtail.blocks.URLBlock",
                                        (),
                                        {"help_text": "The page of the video on the other site.", "label": "Address"},
                                    ),
                                    35: (
                                        "wagtail.blocks.TextBlock",
                                        (),
                                        {
                                            "help_text": "So that readers who do not go there know it too.",
                                            "label": "What it says",
                                            "max_length": 600,
                                        },
                                    ),
                                    36: (
                                        "wagtail.blocks.ChoiceBlock",
                                        [],
                                        {
                                            "choices": content.blocks.languages.language_choices,
                                            "label": "Spoken language",
                                            "required": False,
                                        },
                                    ),
                                    37: (
                                        "wagtail.blocks.BooleanBlock",
                                        (),
                                        {
                                            "help_text": "Look at the video on the other site.",
                                            "label": "It has captions",
                                            "required": False,
                                        },
                                    ),
                                    38: (
                                        "wagtail.blocks.StructBlock",
                                        [
                                            [
                                                ("title", 29),
                                                ("url", 34),
                                                ("summary", 35),
                                                ("language", 36),
                                                ("captioned", 37),
                                            ]
                                        ],
                                        {},
                                    ),
                                    39: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "As it is to be read, with its unit: for example 12 tonnes.",
                                            "label": "Number",
                                            "max_length": 24,
                                        },
                                    ),
                                    40: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "What it counts", "max_length": 160},
                                    ),
                                    41: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Who published it, and where: for example the title of a report.",
                                            "label": "Source",
                                            "max_length": 200,
                                        },
                                    ),
                                    42: (
                                        "wagtail.blocks.DateBlock",
                                        (),
                                        {"help_text": "Of when the number is.", "label": "Date"},
                                    ),
                                    43: (
                                        "wagtail.blocks.ChoiceBlock",
                                        [],
                                        {
                                            "choices": [
                                                ("day", "Day, month and year"),
                                                ("month", "Month and year"),
                                                ("year", "Only the year"),
                                            ],
                                            "help_text": "Choose what is known. Parts that are not known are not shown.",
                                            "label": "Shown as",
                                        },
                                    ),
                                    44: (
                                        "wagtail.blocks.StructBlock",
                                        [
                                            [
                                                ("value", 39),
                                                ("label", 40),
                                                ("source", 41),
                                                ("source_url", 5),
                                                ("date", 42),
                                                ("precision", 43),
                                            ]
                                        ],
                                        {},
                                    ),
                                    45: (
                                        "wagtail.blocks.ListBlock",
                                        (44,),
                                        {"label": "Numbers", "max_num": 6, "min_num": 1},
                                    ),
                                    46: ("wagtail.blocks.StructBlock", [[("numbers", 45)]], {}),
                                    47: (
                                        "wagtail.blocks.ChoiceBlock",
                                        [],
                                        {
                                            "choices": [("bars", "Bars: to compare"), ("lines", "Lines: over time")],
                                            "label": "Kind",
                                        },
                                    ),
                                    48: ("wagtail.blocks.CharBlock", (), {"label": "Words", "required": False}),
                                    49: ("wagtail.blocks.DecimalBlock", (), {"label": "Numbers", "required": False}),
                                    50: (
                                        "wagtail.contrib.typed_table_block.blocks.TypedTableBlock",
                                        [[("text", 48), ("number", 49)]],
                                        {
                                            "help_text": "The caption is the chart's title. The first column names the rows; add up to four columns of numbers.",
                                            "label": "Numbers",
                                        },
                                    ),
                                    51: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "For example: cases, euro.",
                                            "label": "Unit",
                                            "max_length": 40,
                                            "required": False,
                                        },
                                    ),
                                    52: (
                                        "wagtail.blocks.TextBlock",
                                        (),
                                        {
                                            "help_text": "The chart in words: what a reader should see in it. Shown with the chart.",
                                            "label": "What it shows",
                                            "max_length": 500,
                                        },
                                    ),
                                    53: (
                                        "wagtail.blocks.DateBlock",
                                        (),
                                        {"help_text": "Of when the numbers are.", "label": "Date"},
                                    ),
                                    54: (
                                        "wagtail.blocks.StructBlock",
                                        [
                                            [
                                                ("kind", 47),
                                                ("table", 50),
                                                ("unit", 51),
                                                ("summary", 52),
                                                ("source", 41),
                                                ("source_url", 5),
                                                ("date", 53),
                                                ("precision", 43),
                                            ]
                                        ],
                                        {},
                                    ),
                                    55: (
                                        "wagtail.contrib.typed_table_block.blocks.TypedTableBlock",
                                        [[("text", 48), ("number", 49)]],
                                        {
                                            "help_text": "The first column names the rows. Numbers in columns of numbers are lined up.",
                                            "label": "Table",
                                        },
                                    ),
                                    56: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Who published it, and where: for example the title of a report.",
                                            "label": "Source",
                                            "max_length": 200,
                                            "required": False,
                                        },
                                    ),
                                    57: (
                                        "wagtail.blocks.DateBlock",
                                        (),
                                        {"help_text": "Of when the numbers are.", "label": "Date", "required": False},
                                    ),
                                    58: (
                                        "wagtail.blocks.StructBlock",
                                        [
                                            [
                                                ("table", 55),
                                                ("source", 56),
                                                ("source_url", 5),
                                                ("date", 57),
                                                ("precision", 43),
                                            ]
                                        ],
                                        {},
                                    ),
                                    59: ("wagtail.blocks.DateBlock", (), {"label": "Date"}),
                                    60: ("wagtail.blocks.CharBlock", (), {"label": "What happened", "max_length": 160}),
                                    61: (
                                        "wagtail.blocks.TextBlock",
                                        (),
                                        {"label": "More about it", "max_length": 500, "required": False},
                                    ),
                                    62: (
                                        "wagtail.blocks.StructBlock",
                                        [[("date", 59), ("precision", 43), ("title", 60), ("text", 61)]],
                                        {},
                                    ),
                                    63: ("wagtail.blocks.ListBlock", (62,), {"label": "Entries", "min_num": 2}),
                                    64: ("wagtail.blocks.StructBlock", [[("entries", 63)]], {}),
                                    65: (
                                        "wagtail.snippets.blocks.SnippetChooserBlock",
                                        ("content.Country",),
                                        {"label": "Country"},
                                    ),
                                    66: ("wagtail.blocks.ListBlock", (65,), {"label": "Countries", "min_num": 1}),
                                    67: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "What these countries have in common.",
                                            "label": "Caption",
                                            "max_length": 200,
                                        },
                                    ),
                                    68: ("wagtail.blocks.StructBlock", [[("countries", 66), ("caption", 67)]], {}),
                                    69: ("wagtail.blocks.CharBlock", (), {"label": "What to do", "max_length": 120}),
                                    70: ("wagtail.blocks.TextBlock", (), {"label": "Why and how", "max_length": 400}),
                                    71: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Says where the link leads.",
                                            "label": "Link text",
                                            "max_length": 80,
                                            "required": False,
                                        },
                                    ),
                                    72: (
                                        "content.blocks.links.PageLinkBlock",
                                        (),
                                        {"label": "Page of this site", "required": False},
                                    ),
                                    73: (
                                        "wagtail.blocks.URLBlock",
                                        (),
                                        {"label": "Or an outside address", "required": False},
                                    ),
                                    74: (
                                        "wagtail.blocks.StructBlock",
                                        [[("title", 69), ("text", 70), ("link_text", 71), ("page", 72), ("url", 73)]],
                                        {},
                                    ),
                                    75: ("wagtail.documents.blocks.DocumentChooserBlock", (), {"label": "Document"}),
                                    76: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Empty: the title from the library.",
                                            "label": "Title",
                                            "max_length": 200,
                                            "required": False,
                                        },
                                    ),
                                    77: (
                                        "wagtail.blocks.ChoiceBlock",
                                        [],
                                        {
                                            "choices": content.blocks.languages.language_choices,
                                            "help_text": "The language the document is in.",
                                            "label": "Language",
                                            "required": False,
                                        },
                                    ),
                                    78: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "What is in it", "max_length": 300, "required": False},
                                    ),
                                    79: (
                                        "wagtail.blocks.StructBlock",
                                        [[("document", 75), ("title", 76), ("language", 77), ("text", 78)]],
                                        {},
                                    ),
                                    80: ("wagtail.blocks.ListBlock", (79,), {"label": "Documents", "min_num": 1}),
                                    81: ("wagtail.blocks.StructBlock", [[("documents", 80)]], {}),
                                    82: ("wagtail.blocks.CharBlock", (), {"label": "Name", "max_length": 120}),
                                    83: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "Role", "max_length": 160, "required": False},
                                    ),
                                    84: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "Organisation", "max_length": 160, "required": False},
                                    ),
                                    85: (
                                        "content.blocks.choosers.PictureBlock",
                                        (),
                                        {
                                            "help_text": "Only with the person's consent. The name describes it.",
                                            "label": "Portrait",
                                            "required": False,
                                        },
                                    ),
                                    86: (
                                        "wagtail.blocks.StructBlock",
                                        [[("name", 82), ("role", 83), ("organisation", 84), ("photo", 85)]],
                                        {},
                                    ),
                                    87: ("wagtail.blocks.ListBlock", (86,), {"label": "People", "min_num": 1}),
                                    88: ("wagtail.blocks.StructBlock", [[("people", 87)]], {}),
                                    89: ("content.blocks.choosers.PartnerChooserBlock", (), {"label": "Partner"}),
                                    90: ("wagtail.blocks.ListBlock", (89,), {"label": "Partners", "min_num": 1}),
                                    91: ("wagtail.blocks.StructBlock", [[("partners", 90)]], {}),
                                    92: ("content.blocks.links.PageLinkBlock", (), {"label": "Page"}),
                                    93: (
                                        "wagtail.blocks.ListBlock",
                                        (92,),
                                        {"label": "Pages", "max_num": 8, "min_num": 1},
                                    ),
                                    94: ("wagtail.blocks.StructBlock", [[("pages", 93)]], {}),
                                    95: (
                                        "wagtail.snippets.blocks.SnippetChooserBlock",
                                        ("content.Campaign",),
                                        {"label": "Campaign"},
                                    ),
                                    96: (
                                        "wagtail.blocks.IntegerBlock",
                                        (),
                                        {"default": 3, "label": "At most so many", "max_value": 12, "min_value": 1},
                                    ),
                                    97: ("wagtail.blocks.StructBlock", [[("campaign", 95), ("number", 96)]], {}),
                                },
                                verbose_name="text",
                            ),
                        ),
                        (
                            "series_part",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="1 for the first. Every part has another number.",
                                null=True,
                                verbose_name="part",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("report", "Report"),
                                    ("study", "Study"),
                                    ("guidelines", "Guidelines"),
                                    ("training", "Training material"),
                                    ("leaflet", "Leaflet"),
                                    ("presentation", "Presentation"),
                                    ("other", "Other publication"),
                                ],
                                default="other",
                                max_length=12,
                                verbose_name="type",
                            ),
                        ),
                        (
                            "published_on",
                            models.DateField(
                                blank=True, help_text="The first publication.", null=True, verbose_name="published on"
                            ),
                        ),
                        (
                            "creators",
                            models.TextField(
                                blank=True,
                                help_text="One on each line. A person as Family name, Given name; an organisation by its name.",
                                max_length=1000,
                                verbose_name="authors",
                            ),
                        ),
                        (
                            "publisher",
                            models.CharField(
                                blank=True,
                                help_text="Empty: the owner of this site.",
                                max_length=200,
                                verbose_name="publisher",
                            ),
                        ),
                        (
                            "doi",
                            models.CharField(
                                blank=True, help_text="For example 10.1000/182.", max_length=200, verbose_name="DOI"
                            ),
                        ),
                        ("isbn", models.CharField(blank=True, max_length=20, verbose_name="ISBN")),
                        (
                            "licence",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("cc0", "CC0 1.0"),
                                    ("cc-by", "CC BY 4.0"),
                                    ("cc-by-sa", "CC BY-SA 4.0"),
                                    ("cc-by-nc", "CC BY-NC 4.0"),
                                    ("cc-by-nd", "CC BY-ND 4.0"),
                                    ("cc-by-nc-nd", "CC BY-NC-ND 4.0"),
                                ],
                                help_text="Under which others may use it. Empty: nothing is said.",
                                max_length=12,
                                verbose_name="licence",
                            ),
                        ),
                        (
                            "changes",
                            wagtail.fields.StreamField(
                                [("version", 2)],
                                blank=True,
                                block_lookup={
                                    0: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "As written beside its files.",
                                            "label": "Version",
                                            "max_length": 40,
                                        },
                                    ),
                                    1: ("wagtail.blocks.TextBlock", (), {"label": "What changed", "max_length": 600}),
                                    2: ("wagtail.blocks.StructBlock", [[("version", 0), ("text", 1)]], {}),
                                },
                                verbose_name="what versions changed",
                            ),
                        ),
                        (
                            "image",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="media.campaignimage",
                                verbose_name="image",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="%(class)ss",
                                to="content.project",
                                verbose_name="project",
                            ),
                        ),
                        (
                            "series",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="%(class)ss",
                                to="content.series",
                                verbose_name="series",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "resource page",
                        "verbose_name_plural": "resource pages",
                    },
                    bases=(content.pages.routed.RoutedPage, "wagtailcore.page", models.Model),
                ),
                migrations.CreateModel(
                    name="ResourceFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                        (
                            "language",
                            models.CharField(
                                choices=content.records.languages.document_languages,
                                default="en",
                                max_length=12,
                                verbose_name="language",
                            ),
                        ),
                        (
                            "version",
                            models.CharField(
                                blank=True,
                                help_text="For example 2.1. Empty if there is only one.",
                                max_length=40,
                                verbose_name="version",
                            ),
                        ),
                        ("published_on", models.DateField(blank=True, null=True, verbose_name="version of")),
                        ("pages", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="pages")),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="media.campaigndocument",
                                verbose_name="document",
                            ),
                        ),
                        (
                            "page",
                            modelcluster.fields.ParentalKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="files",
                                to="content.resourcepage",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "file of a resource",
                        "verbose_name_plural": "files of resources",
                        "ordering": ["sort_order"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Result",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                        (
                            "title",
                            models.TextField(
                                help_text="In the site's main language.", max_length=600, verbose_name="result"
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                help_text="Who reported it, and where.", max_length=255, verbose_name="source"
                            ),
                        ),
                        ("reported_on", models.DateField(blank=True, null=True, verbose_name="as of")),
                        ("url", models.URLField(blank=True, verbose_name="address of the source")),
                        (
                            "project",
                            modelcluster.fields.ParentalKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="results",
                                to="content.project",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "result",
                        "verbose_name_plural": "results",
                        "ordering": ["sort_order"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ResultLabel",
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
                        ("text", models.TextField(max_length=600, verbose_name="result")),
                        (
                            "result",
                            modelcluster.fields.ParentalKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="labels", to="content.result"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "result label",
                        "verbose_name_plural": "result labels",
                    },
                ),
                migrations.CreateModel(
                    name="ScheduledPublication",
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
                                    ("begun", "Under way"),
                                    ("refused", "Not published"),
                                    ("untold", "Published, but not everything that follows was done"),
                                ],
                                default="begun",
                                max_length=8,
                                verbose_name="state",
                            ),
                        ),
                        ("reason", models.TextField(blank=True, verbose_name="reason")),
                        ("due_at", models.DateTimeField(verbose_name="due")),
                        ("attempts", models.PositiveIntegerField(default=0, verbose_name="attempts")),
                        ("next_attempt_at", models.DateTimeField(verbose_name="next attempt")),
                        ("begun_at", models.DateTimeField(auto_now_add=True, verbose_name="first attempt")),
                        (
                            "revision",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="wagtailcore.revision"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "scheduled publication",
                        "verbose_name_plural": "scheduled publications",
                        "ordering": ["begun_at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="SearchEntry",
                    fields=[
                        (
                            "page",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="+",
                                serialize=False,
                                to="wagtailcore.page",
                            ),
                        ),
                        ("language", models.CharField(max_length=10)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("news", "News"),
                                    ("event", "Event"),
                                    ("project", "Project"),
                                    ("campaign", "Campaign"),
                                    ("resource", "Publication"),
                                    ("page", "Other page"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "topics",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=255), default=list, size=None
                            ),
                        ),
                        ("date", models.DateField(null=True)),
                        ("title", models.TextField()),
                        ("summary", models.TextField()),
                        ("text", models.TextField()),
                        (
                            "words",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=80), default=list, size=None
                            ),
                        ),
                        (
                            "folded",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=160), default=list, size=None
                            ),
                        ),
                        ("title_vector", django.contrib.postgres.search.SearchVectorField()),
                        ("vector", django.contrib.postgres.search.SearchVectorField()),
                        ("revision", models.BigIntegerField(null=True)),
                        ("published_at", models.DateTimeField(null=True)),
                        ("version", models.SmallIntegerField()),
                        (
                            "project",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="content.project",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="SearchTally",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day", models.DateField(verbose_name="day")),
                        ("language", models.CharField(max_length=10, verbose_name="language")),
                        ("words", models.CharField(max_length=100, verbose_name="words")),
                        ("searches", models.PositiveIntegerField(default=0, verbose_name="searches")),
                        ("misses", models.PositiveIntegerField(default=0, verbose_name="nothing found")),
                    ],
                    options={
                        "verbose_name": "search of a reader",
                        "verbose_name_plural": "searches of readers",
                        "constraints": [
                            models.UniqueConstraint(fields=("day", "language", "words"), name="search_tally_once_a_day")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SearchWord",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("language", models.CharField(max_length=10)),
                        ("word", models.CharField(max_length=80)),
                        ("folded", models.CharField(max_length=160)),
                        ("length", models.SmallIntegerField()),
                        ("pages", models.IntegerField()),
                    ],
                    options={
                        "indexes": [models.Index(fields=["language", "length"], name="search_word_length")],
                        "constraints": [
                            models.UniqueConstraint(fields=("language", "word"), name="search_word_once_a_language")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SeriesName",
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
                        ("text", models.CharField(max_length=160, verbose_name="name")),
                        (
                            "series",
                            modelcluster.fields.ParentalKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="names", to="content.series"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "series name",
                        "verbose_name_plural": "series names",
                    },
                ),
                migrations.CreateModel(
                    name="ThemeLabel",
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
                        ("text", models.CharField(max_length=120, verbose_name="name")),
                        (
                            "theme",
                            modelcluster.fields.ParentalKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="labels", to="content.theme"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "theme label",
                        "verbose_name_plural": "theme labels",
                    },
                ),
                migrations.CreateModel(
                    name="TopicName",
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
                        ("text", models.CharField(max_length=80, verbose_name="name")),
                        ("about", models.CharField(blank=True, max_length=300, verbose_name="about")),
                        (
                            "topic",
                            modelcluster.fields.ParentalKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="names", to="content.topic"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "topic name",
                        "verbose_name_plural": "topic names",
                    },
                ),
                migrations.CreateModel(
                    name="TranslationGap",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("missing", models.PositiveIntegerField(verbose_name="texts not translated")),
                        ("total", models.PositiveIntegerField(verbose_name="texts")),
                        (
                            "page",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="translation_gap",
                                to="wagtailcore.page",
                                verbose_name="page",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "translation gap",
                        "verbose_name_plural": "translation gaps",
                    },
                ),
                migrations.CreateModel(
                    name="AuthorText",
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
                        ("role", models.CharField(blank=True, max_length=160, verbose_name="role")),
                        ("about", models.CharField(blank=True, max_length=400, verbose_name="about")),
                        (
                            "author",
                            modelcluster.fields.ParentalKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="texts", to="content.author"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "author's text",
                        "verbose_name_plural": "authors' texts",
                        "constraints": [
                            models.UniqueConstraint(fields=("author", "language"), name="one_author_text_per_language")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DeliverableLabel",
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
                        ("text", models.CharField(max_length=255, verbose_name="deliverable")),
                        ("description", models.TextField(blank=True, max_length=600, verbose_name="description")),
                        (
                            "deliverable",
                            modelcluster.fields.ParentalKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="labels",
                                to="content.deliverable",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "deliverable label",
                        "verbose_name_plural": "deliverable labels",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("deliverable", "language"), name="one_deliverable_label_per_language"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HotlineText",
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
                            "takes",
                            models.TextField(
                                help_text="What people can report there.", max_length=400, verbose_name="what it takes"
                            ),
                        ),
                        (
                            "hours",
                            models.CharField(
                                blank=True,
                                help_text="In the time of the country. Empty if day and night.",
                                max_length=160,
                                verbose_name="hours",
                            ),
                        ),
                        (
                            "hotline",
                            modelcluster.fields.ParentalKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="texts", to="content.hotline"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "hotline's words",
                        "verbose_name_plural": "hotline's words",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("hotline", "language"), name="one_hotline_text_per_language"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IndicatorLabel",
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
                        ("text", models.CharField(max_length=255, verbose_name="label")),
                        (
                            "indicator",
                            modelcluster.fields.ParentalKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="labels",
                                to="content.indicator",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "indicator label",
                        "verbose_name_plural": "indicator labels",
                        "constraints": [
                            models.UniqueConstraint(fields=("indicator", "language"), name="one_label_per_language")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MilestoneLabel",
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
                        ("text", models.CharField(max_length=255, verbose_name="milestone")),
                        (
                            "milestone",
                            modelcluster.fields.ParentalKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="labels",
                                to="content.milestone",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "milestone label",
                        "verbose_name_plural": "milestone labels",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("milestone", "language"), name="one_milestone_label_per_language"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Byline",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bylines",
                                to="content.author",
                                verbose_name="author",
                            ),
                        ),
                        (
                            "page",
                            modelcluster.fields.ParentalKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="bylines",
                                to="content.newspage",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "byline",
                        "verbose_name_plural": "bylines",
                        "ordering": ["sort_order"],
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(fields=("page", "author"), name="an_author_signs_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FundingStatement",
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
                        ("statement", models.CharField(max_length=500, verbose_name="statement")),
                        (
                            "disclaimer",
                            models.TextField(
                                blank=True,
                                help_text="Where the programme asks for one: whose view the text is.",
                                verbose_name="disclaimer",
                            ),
                        ),
                        (
                            "programme",
                            modelcluster.fields.ParentalKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="statements",
                                to="content.programme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "funding statement",
                        "verbose_name_plural": "funding statements",
                        "constraints": [
                            models.UniqueConstraint(fields=("programme", "language"), name="one_statement_per_language")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Participation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("coordinator", "Coordinator"),
                                    ("partner", "Partner"),
                                    ("beneficiary", "Beneficiary"),
                                    ("associate", "Works with the project"),
                                ],
                                default="partner",
                                max_length=12,
                                verbose_name="role",
                            ),
                        ),
                        (
                            "partner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="participations",
                                to="content.partner",
                                verbose_name="partner",
                            ),
                        ),
                        (
                            "project",
                            modelcluster.fields.ParentalKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="participations",
                                to="content.project",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "participation",
                        "verbose_name_plural": "participations",
                        "ordering": ["sort_order"],
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("project", "partner"), name="one_role_per_partner_and_project"
                            )
                        ],
                    },
                ),
                migrations.AddConstraint(
                    model_name="milestone",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("date__isnull", False), ("project_year__isnull", False), _connector="OR"),
                        name="a_milestone_has_a_time",
                        violation_error_message="Enter the milestone's date, or the year of the project it falls in.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="indicator",
                    constraint=models.UniqueConstraint(fields=("project", "code"), name="one_indicator_per_code"),
                ),
                migrations.AddConstraint(
                    model_name="indicator",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("actual__isnull", True), models.Q(("source", ""), _negated=True), _connector="OR"
                        ),
                        name="a_reached_value_has_a_source",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="projectlink",
                    constraint=models.UniqueConstraint(fields=("project", "url"), name="one_link_per_address"),
                ),
                migrations.AddConstraint(
                    model_name="projectlinklabel",
                    constraint=models.UniqueConstraint(fields=("link", "language"), name="one_link_label_per_language"),
                ),
                migrations.AddConstraint(
                    model_name="resourcefile",
                    constraint=models.UniqueConstraint(
                        fields=("page", "version", "language", "document"), name="a_file_is_named_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="resultlabel",
                    constraint=models.UniqueConstraint(
                        fields=("result", "language"), name="one_result_label_per_language"
                    ),
                ),
                migrations.AddIndex(
                    model_name="scheduledpublication",
                    index=models.Index(fields=["next_attempt_at"], name="scheduled_next_attempt"),
                ),
                migrations.AddIndex(
                    model_name="searchentry",
                    index=django.contrib.postgres.indexes.GinIndex(fields=["vector"], name="search_entry_vector"),
                ),
                migrations.AddIndex(
                    model_name="searchentry",
                    index=models.Index(fields=["language"], name="search_entry_language"),
                ),
                migrations.AddConstraint(
                    model_name="seriesname",
                    constraint=models.UniqueConstraint(
                        fields=("series", "language"), name="one_series_name_per_language"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="themelabel",
                    constraint=models.UniqueConstraint(
                        fields=("theme", "language"), name="one_theme_label_per_language"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="topicname",
                    constraint=models.UniqueConstraint(
                        fields=("topic", "language"), name="one_topic_name_per_language"
                    ),
                ),
            ]
        ),
        *own_statements(),
    ]
