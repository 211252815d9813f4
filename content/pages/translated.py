"""How whole a page's translation is, so that the page can say so."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class TranslationGap(models.Model):
    """A published translation with parts that still stand in the original's language. Written when it is published."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="translation_gap", verbose_name=_("page"))
    missing = models.PositiveIntegerField(_("texts not translated"))
    total = models.PositiveIntegerField(_("texts"))

    class Meta:
        verbose_name = _("translation gap")
        verbose_name_plural = _("translation gaps")

    def __str__(self) -> str:
        return f"{self.page_id}: {self.missing}/{self.total}"


def note_gap(page: Any) -> None:
    """Write down how much of the page's translation is missing, or that nothing is."""
    from wagtail_localize.models import Translation

    translation = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale_id=page.locale_id, enabled=True
    ).first()
    if translation is None or translation.source.locale_id == page.locale_id:
        TranslationGap.objects.filter(page_id=page.pk).delete()
        return
    total, translated = translation.get_progress()
    if total > translated:
        TranslationGap.objects.update_or_create(
            page_id=page.pk, defaults={"missing": total - translated, "total": total}
        )
    else:
        TranslationGap.objects.filter(page_id=page.pk).delete()


def when_published(sender: Any, instance: Any, **kwargs: Any) -> None:
    """The receiver of Wagtail's signal. Copies that wait for translation are no translations."""
    if instance.alias_of_id is None:
        note_gap(instance)
