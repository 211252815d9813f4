from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.validators import FileExtensionValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from media.captions import MAX_BYTES, clean_captions
from media.models.video import CampaignVideo


class VideoCaptions(models.Model):
    """What is said in a video, as text on the screen, in one language."""

    video = ParentalKey(CampaignVideo, on_delete=models.CASCADE, related_name="captions")
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    file = models.FileField(
        _("file"),
        upload_to="captions",
        validators=[FileExtensionValidator(["vtt"])],
        help_text=_("WebVTT (.vtt), with everything that is said and the sounds that matter."),
    )

    panels = [FieldRowPanel([FieldPanel("language"), FieldPanel("file")])]

    class Meta:
        ordering = ["language"]
        constraints = [models.UniqueConstraint(fields=["video", "language"], name="one_captions_per_language")]
        verbose_name = _("captions")
        verbose_name_plural = _("captions")

    def __str__(self) -> str:
        return f"{self.video} ({self.language})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the captions; only cues are kept of the file."""
        if self._has_new_file:
            self._take()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Read a new file, so that what is wrong with it is said in the form."""
        super().clean()
        if self._has_new_file:
            try:
                self._take()
            except ValidationError as error:
                raise ValidationError({"file": error}) from error

    @property
    def _has_new_file(self) -> bool:
        return bool(self.file) and not self.file._committed  # type: ignore[attr-defined]

    def _take(self) -> None:
        self.file.seek(0)
        content = clean_captions(self.file.read(MAX_BYTES + 1))
        name = f"{self.language}.vtt"
        self.file = ContentFile(content, name=name)
