from __future__ import annotations

from typing import Any, NamedTuple

from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import Value
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, Image

from media.cleaning import clean_image
from media.renditions import SITE_SPECS, make_renditions

FOCUS = ("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height")


class Size(NamedTuple):
    """One size of an image that is there to be shown."""

    url: str
    width: int
    height: int


class CampaignImage(AbstractImage):
    """An image with its origin. Originals lose position and camera data the moment they are stored."""

    credit = models.CharField(_("credit"), max_length=255, blank=True, help_text=_("Who made the picture."))
    licence = models.CharField(
        _("licence"),
        max_length=255,
        blank=True,
        help_text=_("Under which terms it may be used, for example CC BY 4.0."),
    )
    # By spec: focal point key, file, width, height. Triggers keep it; whatever is saved here is overwritten.
    sizes = models.JSONField(editable=False, default=dict, db_default=Value({}, models.JSONField()))

    admin_form_fields = (*Image.admin_form_fields, "credit", "licence")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the image; a new file is cleaned first. Its sizes are made after the commit, and made again when the
        file or the point to keep in sight changed."""
        is_new_file = bool(self.file) and not self.file._committed
        has_new_focus = self.pk is not None and not is_new_file and self._has_new_focus()
        if is_new_file:
            self.file.file = clean_image(self.file.file)
            self._set_image_file_metadata()
        super().save(*args, **kwargs)
        if is_new_file:
            self.renditions.all().delete()
        elif has_new_focus:
            self.renditions.exclude(focal_point_key="").delete()
        if is_new_file or has_new_focus:
            transaction.on_commit(lambda: make_renditions(self), robust=True)

    @property
    def has_all_sizes(self) -> bool:
        """Whether every size the site shows is there."""
        return all(self.size(spec) is not None for spec in SITE_SPECS)

    def size(self, spec: str) -> Size | None:
        """The size made by a spec of the site, if it is there; no query."""
        found = self.sizes.get(spec)
        if found is None or found[0] != self._focal_point_key(spec):
            return None
        _key, name, width, height = found
        return Size(default_storage.url(name), width, height)

    def _focal_point_key(self, spec: str) -> str:
        """Part of a size's identity where it is cropped; the same for every such spec."""
        if "|fill-" not in spec:
            return ""
        focus = tuple(getattr(self, name) for name in FOCUS)
        known: tuple[Any, str] | None = getattr(self, "_known_focus", None)
        if known is None or known[0] != focus:
            known = self._known_focus = (focus, Filter(spec).get_cache_key(self))
        return known[1]

    def _has_new_focus(self) -> bool:
        stored = type(self).objects.filter(pk=self.pk).values_list(*FOCUS).first()
        return stored is not None and stored != tuple(getattr(self, name) for name in FOCUS)


class CampaignRendition(AbstractRendition):
    """One size and format of an image."""

    image = models.ForeignKey(CampaignImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
