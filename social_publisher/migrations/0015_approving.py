"""Two of three, what was opened, break-glass; and what the database itself holds of an approval.

Reversing takes the permissions from the roles and the guards from the tables.
"""

from __future__ import annotations

import importlib

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Who wrote a post is settled by its first draft: nobody becomes somebody else's author to approve their own work.
AUTHOR = """
CREATE FUNCTION social_publisher_guard_author() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the author of a post does not change' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER guard_author BEFORE UPDATE OF author_id ON social_publisher_post
    FOR EACH ROW WHEN (OLD.author_id <> NEW.author_id) EXECUTE FUNCTION social_publisher_guard_author();
"""

AUTHOR_BACK = """
DROP TRIGGER guard_author ON social_publisher_post;
DROP FUNCTION social_publisher_guard_author();
"""

# An approval is written once: it can be taken back, forget a deleted account, and be signed off when it was urgent.
APPROVAL = """
CREATE FUNCTION social_publisher_guard_approval() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    unsigned boolean := OLD.urgent AND OLD.approver_name = '';
BEGIN
    IF (NEW.post_id, NEW.digest, NEW.package, NEW.revision_id_seen, NEW.approved_at, NEW.urgent, NEW.author_name,
        NEW.last_editor_name, NEW.second_approver_name) IS DISTINCT FROM
       (OLD.post_id, OLD.digest, OLD.package, OLD.revision_id_seen, OLD.approved_at, OLD.urgent, OLD.author_name,
        OLD.last_editor_name, OLD.second_approver_name)
       OR COALESCE(NEW.author_id <> OLD.author_id, NEW.author_id IS NOT NULL AND OLD.author_id IS NULL)
       OR COALESCE(NEW.last_editor_id <> OLD.last_editor_id,
                   NEW.last_editor_id IS NOT NULL AND OLD.last_editor_id IS NULL)
       OR COALESCE(NEW.second_approver_id <> OLD.second_approver_id,
                   NEW.second_approver_id IS NOT NULL AND OLD.second_approver_id IS NULL)
       OR NOT unsigned AND NEW.approver_name <> OLD.approver_name
       OR NOT unsigned AND COALESCE(NEW.approver_id <> OLD.approver_id,
                                    NEW.approver_id IS NOT NULL AND OLD.approver_id IS NULL)
       OR OLD.voided_at IS NOT NULL AND NEW.voided_at IS NULL THEN
        RAISE EXCEPTION 'an approval does not change' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_approval BEFORE UPDATE ON social_publisher_approval
    FOR EACH ROW EXECUTE FUNCTION social_publisher_guard_approval();
"""

APPROVAL_BACK = """
DROP TRIGGER guard_approval ON social_publisher_approval;
DROP FUNCTION social_publisher_guard_approval();
"""

# Asked at the end of the transaction, when the approved draft is the post's row and its campaign is known.
SECOND_LEVEL = """
CREATE FUNCTION social_publisher_guard_second_level() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT NEW.urgent AND NEW.second_approver_name = '' AND EXISTS (
        SELECT 1 FROM social_publisher_approval AS approval
        JOIN social_publisher_post AS post ON post.id = approval.post_id
        JOIN social_publisher_campaignrules AS rules ON rules.campaign_id = post.campaign_id
        WHERE approval.id = NEW.id AND approval.voided_at IS NULL AND rules.second_level
    ) THEN
        RAISE EXCEPTION 'this campaign asks for a second approver' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER guard_second_level AFTER INSERT ON social_publisher_approval
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION social_publisher_guard_second_level();
"""

SECOND_LEVEL_BACK = """
DROP TRIGGER guard_second_level ON social_publisher_approval;
DROP FUNCTION social_publisher_guard_second_level();
"""

PERMISSIONS = {
    "break_glass": "Can send an alert without a second person",
    "sign_off": "Can sign off what was sent without a second person",
}


def grant(apps, schema_editor):
    permission = importlib.import_module("social_publisher.migrations.0003_roles")._permission
    for group in apps.get_model("auth", "Group").objects.filter(name="Approvers"):
        for codename, name in PERMISSIONS.items():
            group.permissions.add(permission(apps, "social_publisher", "approval", codename, name))


def revoke(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name="Approvers"):
        group.permissions.remove(*group.permissions.filter(codename__in=PERMISSIONS))


class Migration(migrations.Migration):
    dependencies = [
        ("social_publisher", "0010_desk"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="approval",
            options={
                "ordering": ["-approved_at", "-pk"],
                "permissions": [
                    ("break_glass", "Can send an alert without a second person"),
                    ("sign_off", "Can sign off what was sent without a second person"),
                ],
                "verbose_name": "approval",
                "verbose_name_plural": "approvals",
            },
        ),
        migrations.CreateModel(
            name="BreakGlass",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField()),
                ("findings", models.JSONField(default=list, help_text="What the checks said when it was sent.")),
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
                    models.Index(condition=models.Q(("undone_at", None)), fields=["at"], name="break_glass_open")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("signed_off_by", models.F("by")), _negated=True),
                        name="nobody_signs_off_what_they_sent_alone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("signed_off_at", None), models.Q(("signed_off_name", ""), _negated=True), _connector="OR"
                        ),
                        name="a_sign_off_names_its_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_objection", False),
                            models.Q(("signed_off_at__isnull", False), models.Q(("comment", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="an_objection_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Endorsement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                "constraints": [
                    models.UniqueConstraint(fields=("post", "digest", "person"), name="one_endorsement_per_person")
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewOpening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64)),
                ("opened_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="openings", to="social_publisher.post"
                    ),
                ),
            ],
            options={
                "verbose_name": "opening of a review",
                "verbose_name_plural": "openings of reviews",
                "constraints": [models.UniqueConstraint(fields=("post", "person"), name="one_opening_per_person")],
            },
        ),
        migrations.RunSQL(AUTHOR, AUTHOR_BACK),
        migrations.RunSQL(APPROVAL, APPROVAL_BACK),
        migrations.RunSQL(SECOND_LEVEL, SECOND_LEVEL_BACK),
        migrations.RunPython(grant, revoke),
    ]
