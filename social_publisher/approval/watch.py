"""Puts on the audit what happens on screens that are not ours: sign-ins, people, roles, workflows, edits."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import models
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from wagtail.models import (
    GroupCollectionPermission,
    GroupPagePermission,
    Revision,
    Workflow,
    WorkflowContentType,
    WorkflowTask,
)
from wagtail.signals import task_submitted, workflow_cancelled

from social_publisher.approval.audit import record
from social_publisher.models import Approval, Channel, Post, PostApprovalTask, Webhook

TYPED = 150
LONGEST = 200
BEFORE = "_before_this_save"
# What is never told: secrets, and what changes by itself.
UNTOLD = {"password", "secret", "last_login", "picture", "settings"}


def connect() -> None:
    """Connect every receiver once."""
    people = get_user_model()
    watched: dict[type[models.Model], str] = {
        people: "person",
        Group: "role",
        GroupPagePermission: "role-permission",
        GroupCollectionPermission: "role-permission",
        Workflow: "workflow",
        WorkflowTask: "workflow-step",
        WorkflowContentType: "workflow-use",
        PostApprovalTask: "workflow-task",
        Channel: "channel",
        Webhook: "webhook",
    }
    for model, noun in watched.items():
        Watch(model, noun)
    for field, action in (
        (people.groups.field, "roles"),
        (people._meta.get_field("user_permissions"), "permissions"),
        (Group._meta.get_field("permissions"), "permissions"),
        (PostApprovalTask._meta.get_field("groups"), "roles"),
    ):
        Links(field.remote_field.through, watched[field.model], action)
    user_logged_in.connect(_signed_in, dispatch_uid="audit-signed-in")
    user_logged_out.connect(_signed_out, dispatch_uid="audit-signed-out")
    user_login_failed.connect(_refused, dispatch_uid="audit-sign-in-failed")
    post_save.connect(_revision_saved, sender=Revision, dispatch_uid="audit-revision")
    post_delete.connect(_post_deleted, sender=Post, dispatch_uid="audit-post-deleted")
    task_submitted.connect(_submitted, dispatch_uid="audit-submitted")
    workflow_cancelled.connect(_withdrawn, dispatch_uid="audit-withdrawn")


class Watch:
    """Records what is added, changed and removed of one model, with the values before and after."""

    def __init__(self, model: type[models.Model], noun: str) -> None:
        self.noun = noun
        self.names = [field.attname for field in model._meta.concrete_fields if field.name not in UNTOLD]
        self.has_password = any(field.name == "password" for field in model._meta.concrete_fields)
        for signal, receiver in ((pre_save, self.before), (post_save, self.saved), (post_delete, self.deleted)):
            signal.connect(receiver, sender=model, weak=False, dispatch_uid=f"audit-{model._meta.label}")

    def before(self, sender: Any, instance: Any, raw: bool, update_fields: Any = None, **kwargs: Any) -> None:
        """Remember the row as it was, where this save can change what is told."""
        names = [name for name in self.names if update_fields is None or _field(sender, name) in update_fields]
        if self.has_password and (update_fields is None or "password" in update_fields):
            names.append("password")
        known = None if raw or instance.pk is None or not names else sender._default_manager.filter(pk=instance.pk)
        setattr(instance, BEFORE, known and known.values(*names).first())

    def saved(self, sender: Any, instance: Any, created: bool, raw: bool, **kwargs: Any) -> None:
        """Record what is new or differs."""
        before: dict[str, Any] = getattr(instance, BEFORE, None) or {}
        if created and not raw:
            record(f"{self.noun}.added", instance, **{f"{self.noun}_id": instance.pk})
        changed = {name: getattr(instance, name) for name, value in before.items() if getattr(instance, name) != value}
        # Django renews old password hashes at sign-in by itself; then no password was given.
        hash_renewed = kwargs.get("update_fields") == {"password"} and instance._password is None
        if changed.pop("password", None) is not None and not hash_renewed:
            record("person.password-changed", instance, person_id=instance.pk)
        if changed:
            told = {name: [_plain(before[name]), _plain(value)] for name, value in changed.items()}
            record(f"{self.noun}.changed", instance, changed=told, **{f"{self.noun}_id": instance.pk})

    def deleted(self, sender: Any, instance: Any, **kwargs: Any) -> None:
        """Record the end of it."""
        record(f"{self.noun}.removed", instance, **{f"{self.noun}_id": instance.pk})


class Links:
    """Records what is given to and taken from people and roles, from either side."""

    def __init__(self, through: Any, noun: str, action: str) -> None:
        self.noun, self.action = noun, action
        m2m_changed.connect(self.changed, sender=through, weak=False, dispatch_uid=f"audit-{through._meta.label}")

    def changed(
        self, sender: Any, instance: Any, action: str, reverse: bool, model: Any, pk_set: Any, **kwargs: Any
    ) -> None:
        """Record the names of what was added or removed."""
        if action == "pre_clear":
            names = _related(sender, instance, model)
        elif action in {"post_add", "post_remove"} and pk_set:
            names = [str(row) for row in model._default_manager.filter(pk__in=pk_set)]
        else:
            return
        what = "added" if action == "post_add" else "removed"
        kind = f"{model._meta.model_name}.{self.noun}-{self.action}" if reverse else f"{self.noun}.{self.action}"
        if names:
            record(f"{kind}-changed", instance, **{what: sorted(names)})


def _related(through: Any, instance: Any, model: Any) -> list[str]:
    """The names of everything an instance is about to lose."""
    own, other = (
        next(field for field in through._meta.fields if isinstance(instance, field.related_model or ())),
        next(field for field in through._meta.fields if field.related_model is model),
    )
    ids = through._default_manager.filter(**{own.name: instance}).values(other.attname)
    return [str(row) for row in model._default_manager.filter(pk__in=ids)]


def _field(model: Any, attname: str) -> str:
    return str(model._meta.get_field(attname).name)


def _plain(value: Any) -> Any:
    """A value as the record keeps it: short and of a plain type."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, list | dict):
        return _plain(repr(value))
    return str(value)[:LONGEST]


def _signed_in(sender: Any, user: Any, **kwargs: Any) -> None:
    record("person.signed-in", user, user)


def _signed_out(sender: Any, user: Any = None, **kwargs: Any) -> None:
    if user is not None:
        record("person.signed-out", user, user)


def _refused(sender: Any, credentials: Any, **kwargs: Any) -> None:
    """With the name as it was typed, and nothing else that was typed."""
    typed = str(credentials.get(get_user_model().USERNAME_FIELD) or "")
    record("person.sign-in-failed", typed[:TYPED])


def _revision_saved(sender: Any, instance: Revision, created: bool, raw: bool, **kwargs: Any) -> None:
    """An edit of what was approved before; the autosave that goes on in the same revision is the same edit."""
    if raw or not created or instance.content_type.model_class() is not Post:
        return
    approval = Approval.objects.filter(post_id=int(instance.object_id)).order_by("-pk").first()
    if approval is not None:
        record(
            "post.edited-after-approval",
            Post.objects.get(pk=instance.object_id),
            instance.user,
            revision=instance.pk,
            approval=approval.pk,
            stands=approval.stands,
        )


def _post_deleted(sender: Any, instance: Post, **kwargs: Any) -> None:
    record("post.deleted", instance)


def _submitted(sender: Any, instance: Any, user: Any = None, **kwargs: Any) -> None:
    post = instance.workflow_state.content_object
    if isinstance(post, Post):
        record("post.submitted", post, user)


def _withdrawn(sender: Any, instance: Any, user: Any = None, **kwargs: Any) -> None:
    if isinstance(instance.content_object, Post):
        record("post.withdrawn", instance.content_object, user)
