"""The roles of the desk as groups, and the two-person workflow for posts.

Reversing removes the workflow's assignment and leaves groups and permissions, since staff may be in them.
"""

from __future__ import annotations

from django.db import migrations

VIEW = ["post.view", "delivery.view", "engagementsnapshot.view", "channel.view"]
WRITE = [*VIEW, "post.add", "post.change"]

ROLES = {
    "Editors of posts": WRITE,
    "Approvers": [*WRITE, "pause.add"],
    "Channel managers": [*VIEW, "channel.add", "channel.change", "pause.add"],
    "Analysts": ["delivery.view", "engagementsnapshot.view"],
    "Auditors": [*VIEW, "auditevent.view"],
}
CONTENT = {
    "Editors of posts": ["campaign.view", "project.view", "campaign.change", "project.change"],
    "Approvers": ["campaign.view", "project.view"],
}
TASK = "Second person's approval"
WORKFLOW = "Two people for every post"


def create(apps, schema_editor):
    group_model = apps.get_model("auth", "Group")
    for role, names in ROLES.items():
        group, _created = group_model.objects.get_or_create(name=role)
        group.permissions.add(_permission(apps, "wagtailadmin", "admin", "access_admin", "Can access Wagtail admin"))
        for name in names:
            model, action = name.split(".")
            group.permissions.add(_permission(apps, "social_publisher", model, f"{action}_{model}"))
        for name in CONTENT.get(role, []):
            model, action = name.split(".")
            group.permissions.add(_permission(apps, "content", model, f"{action}_{model}"))
    _library(apps, "Editors of posts")
    _library(apps, "Approvers")
    _workflow(apps, group_model.objects.get(name="Approvers"))


def _permission(apps, app, model, codename, name=""):
    """Django makes permissions after all migrations; the ones needed here are made now, under the names it uses."""
    content_type, _created = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=app, model=model
    )
    permission, _created = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": name or codename.replace("_", " ").capitalize()}
    )
    return permission


def _library(apps, role):
    """Whoever writes posts may add and choose pictures."""
    group = apps.get_model("auth", "Group").objects.get(name=role)
    root = apps.get_model("wagtailcore", "Collection").objects.get(depth=1)
    link = apps.get_model("wagtailcore", "GroupCollectionPermission").objects
    for action in ("add", "choose"):  # Wagtail keeps the rights on any image model under its own
        permission = _permission(apps, "wagtailimages", "image", f"{action}_image")
        link.get_or_create(group=group, collection=root, permission=permission)


def _workflow(apps, approvers):
    content_types = apps.get_model("contenttypes", "ContentType").objects
    task_type, _created = content_types.get_or_create(app_label="social_publisher", model="postapprovaltask")
    post_type, _created = content_types.get_or_create(app_label="social_publisher", model="post")
    task = apps.get_model("social_publisher", "PostApprovalTask").objects.create(name=TASK, content_type=task_type)
    task.groups.add(approvers)
    workflow = apps.get_model("wagtailcore", "Workflow").objects.create(name=WORKFLOW)
    apps.get_model("wagtailcore", "WorkflowTask").objects.create(workflow=workflow, task_id=task.pk, sort_order=0)
    apps.get_model("wagtailcore", "WorkflowContentType").objects.create(content_type=post_type, workflow=workflow)


def remove(apps, schema_editor):
    apps.get_model("wagtailcore", "WorkflowContentType").objects.filter(workflow__name=WORKFLOW).delete()
    apps.get_model("wagtailcore", "Workflow").objects.filter(name=WORKFLOW).update(active=False)


class Migration(migrations.Migration):
    dependencies = [
        ("social_publisher", "0002_guards"),
        ("content", "0001_initial"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtailadmin", "0006_formstate"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(create, remove)]
