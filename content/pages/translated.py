"""How whole a page's translation is, so that the page can say so, and where."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from content.pages.passages import plain


class TranslationGap(models.Model):
    """A published translation with parts that still stand in the original's language. Written when it is published.

    `texts` are those parts, as plain words in one line each.
    """

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="translation_gap", verbose_name=_("page"))
    missing = models.PositiveIntegerField(_("texts not translated"))
    total = models.PositiveIntegerField(_("texts"))
    language = models.CharField(_("the original's language"), max_length=10, blank=True)
    texts = models.JSONField(_("what is not translated"), default=list)

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
        facts = {"missing": total - translated, "total": total, "language": translation.source.locale.language_code}
        TranslationGap.objects.update_or_create(
            page_id=page.pk, defaults={**facts, "texts": _untranslated(translation)}
        )
    else:
        TranslationGap.objects.filter(page_id=page.pk).delete()


def _untranslated(translation: Any) -> list[str]:
    from wagtail_localize.models import StringSegment

    segments = StringSegment.objects.filter(source_id=translation.source_id)
    open_ones = segments.annotate_translation(translation.target_locale).filter(translation=None)
    return sorted({plain(data) for data in open_ones.values_list("string__data", flat=True)})


def when_published(sender: Any, instance: Any, **kwargs: Any) -> None:
    """The receiver of Wagtail's signal. Copies that wait for translation are no translations."""
    if instance.alias_of_id is None:
        note_gap(instance)
