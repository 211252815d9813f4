"""Writes the audit of records whose every change matters, on whatever path they change."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from wagtail.log_actions import get_active_log_context

from social_publisher.approval.audit import record
from social_publisher.models import Blackout, CampaignIndicator, CampaignReporting, CampaignRules, MentionedAccount

# The record's name in the audit's actions. A mention is part of its campaign's rules.
NOUNS: dict[type[Model], str] = {
    Blackout: "blackout",
    CampaignIndicator: "indicator",
    CampaignReporting: "reporting",
    CampaignRules: "rules",
}
UNWATCHED = {"id", "created_by", "mail_since", "sort_order"}


def connect() -> None:
    """Connect every receiver once."""
    for model, noun in NOUNS.items():
        pre_save.connect(_remember, sender=model, dispatch_uid=f"audit-before-{noun}")
        post_save.connect(_saved, sender=model, dispatch_uid=f"audit-{noun}")
        post_delete.connect(_deleted, sender=model, dispatch_uid=f"audit-delete-{noun}")
    for through in (Blackout.countries.through, Blackout.campaigns.through):
        m2m_changed.connect(_related, sender=through, dispatch_uid=f"audit-{through.__name__}")
    pre_save.connect(_remember, sender=MentionedAccount, dispatch_uid="audit-before-mention")
    post_save.connect(_mention_saved, sender=MentionedAccount, dispatch_uid="audit-mention")
    post_delete.connect(_mention_deleted, sender=MentionedAccount, dispatch_uid="audit-delete-mention")


def _values(instance: Model) -> dict[str, Any]:
    """The record's own fields as plain data."""
    fields = [field for field in instance._meta.concrete_fields if field.name not in UNWATCHED]
    return {field.attname: _plain(getattr(instance, field.attname)) for field in fields}


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, (bool, int, str, list)):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _write(instance: Any, verb: str, **data: Any) -> None:
    """In the name of who is signed in on the admin's screen; elsewhere the system's."""
    noun = NOUNS[type(instance)]
    record(f"{noun}.{verb}", instance, get_active_log_context().user, **{noun: instance.pk}, **data)


def _remember(sender: Any, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    saved = sender._default_manager.filter(pk=instance.pk).first() if instance.pk and not raw else None
    instance._before = _values(saved) if saved else None


def _saved(sender: Any, instance: Any, **kwargs: Any) -> None:
    after = _values(sender._default_manager.get(pk=instance.pk))
    before = instance._before
    if before is None:
        _write(instance, "created", values=after)
    elif changed := {name: [before[name], after[name]] for name in after if before[name] != after[name]}:
        _write(instance, "changed", changed=changed)


def _deleted(sender: Any, instance: Any, **kwargs: Any) -> None:
    _write(instance, "deleted", values=_values(instance))


def _related(sender: Any, instance: Any, action: str, reverse: bool, model: Any, pk_set: Any, **kwargs: Any) -> None:
    """Countries and campaigns of a blackout, from either side."""
    verb = {"post_add": "added", "post_remove": "removed", "pre_clear": "removed"}.get(action)
    if verb is None:
        return
    ids = pk_set
    if ids is None:
        name = next(field.name for field in Blackout._meta.many_to_many if field.remote_field.through is sender)
        ids = getattr(instance, "blackouts" if reverse else name).values_list("pk", flat=True)
    others = list(model._default_manager.filter(pk__in=ids))
    pairs = [(other, instance) for other in others] if reverse else [(instance, other) for other in others]
    by_blackout: dict[Any, list[str]] = {}
    for blackout, other in pairs:
        by_blackout.setdefault(blackout, []).append(str(getattr(other, "code", other)))
    for blackout, names in by_blackout.items():
        _write(blackout, "changed", **{verb: sorted(names)})


def _mention_saved(sender: Any, instance: Any, **kwargs: Any) -> None:
    before, after = instance._before, _values(instance)
    if before is None:
        _write(instance.rules, "changed", added=[_mention(after)])
    elif before != after:
        _write(instance.rules, "changed", removed=[_mention(before)], added=[_mention(after)])


def _mention_deleted(sender: Any, instance: Any, **kwargs: Any) -> None:
    _write(instance.rules, "changed", removed=[_mention(_values(instance))])


def _mention(values: dict[str, Any]) -> str:
    return f"{values['network']}: {values['handle']}"
