from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from media.cleaning import clean_image
from media.renditions import make_renditions


class CampaignImage(AbstractImage):
    """An image with its origin. Originals lose position and camera data the moment they are stored."""

    credit = models.CharField(_("credit"), max_length=255, blank=True, help_text=_("Who made the picture."))
    licence = models.CharField(
        _("licence"),
        max_length=255,
        blank=True,
        help_text=_("Under which terms it may be used, for example CC BY 4.0."),
    )

    admin_form_fields = (*Image.admin_form_fields, "credit", "licence")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the image; a new file is cleaned first and its renditions are made after the commit."""
        is_new_file = bool(self.file) and not self.file._committed
        if is_new_file:
            self.file.file = clean_image(self.file.file)
            self._set_image_file_metadata()
        super().save(*args, **kwargs)
        if is_new_file:
            transaction.on_commit(lambda: make_renditions(self), robust=True)


class CampaignRendition(AbstractRendition):
    """One size and format of an image."""

    image = models.ForeignKey(CampaignImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
