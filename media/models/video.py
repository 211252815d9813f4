from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.validators import FileExtensionValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.search import index

from media.models.origin import WithPeople
from media.video import MAX_BYTES, clean_video

EXTENSIONS = ["mp4", "m4v", "mov"]


class CampaignVideo(WithPeople, index.Indexed, ClusterableModel):
    """A video for posts and pages, as every network takes it. What was in the file beside picture and sound is left
    out at once."""

    title = models.CharField(_("title"), max_length=255)
    file = models.FileField(
        _("file"),
        upload_to="videos",
        validators=[FileExtensionValidator(EXTENSIONS)],
        help_text=_("MP4 with H.264 and AAC, at most 512 MB."),
    )
    credit = models.CharField(_("credit"), max_length=255, blank=True, help_text=_("Who made the video."))
    licence = models.CharField(
        _("licence"),
        max_length=255,
        blank=True,
        help_text=_("Under which terms it may be used, for example CC BY 4.0."),
    )
    width = models.PositiveIntegerField(editable=False, default=0)
    height = models.PositiveIntegerField(editable=False, default=0)
    seconds = models.FloatField(editable=False, default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    panels = [
        FieldPanel("title"),
        FieldPanel("file"),
        FieldRowPanel([FieldPanel("credit"), FieldPanel("licence")]),
        MultiFieldPanel(
            [
                FieldPanel("people"),
                FieldPanel("people_shown"),
                FieldRowPanel([FieldPanel("consent_note"), FieldPanel("consent_until")]),
            ],
            heading=_("People in it"),
        ),
        InlinePanel(
            "captions",
            heading=_("Captions"),
            label=_("captions"),
            help_text=_("A page shows a video only with captions, unless nobody speaks in it."),
        ),
    ]
    search_fields = [index.SearchField("title"), index.AutocompleteField("title")]

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("video")
        verbose_name_plural = _("videos")

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the video; a file that did not come through a form is cleaned too, also one that was stored already."""
        if self.file and (self._has_new_file or not self.seconds) and not getattr(self, "_is_clean", False):
            self._take()
        super().save(*args, **kwargs)
        self._is_clean = False

    def clean(self) -> None:
        """Read a new file, so that what is wrong with it is said in the form."""
        super().clean()
        if self._has_new_file and PurePath(self.file.name or "").suffix.lower().lstrip(".") in EXTENSIONS:
            if self.file.size > MAX_BYTES:
                raise ValidationError({"file": _("This video is heavier than 512 MB. Make it smaller.")})
            try:
                self._take()
            except ValidationError as error:
                raise ValidationError({"file": error}) from error

    @property
    def _has_new_file(self) -> bool:
        return bool(self.file) and not self.file._committed  # type: ignore[attr-defined]

    def _take(self) -> None:
        name = f"{PurePath(self.file.name or self.title).stem}.mp4"
        cleaned = clean_video(self.file.file)
        self.file = File(cleaned.content, name)
        self.width, self.height, self.seconds = cleaned.width, cleaned.height, cleaned.seconds
        self._is_clean = True
