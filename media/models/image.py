from __future__ import annotations

from typing import Any, NamedTuple

from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import Value
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, get_upload_to

from media.fields import CleanImageField
from media.models.origin import WithPeople
from media.renditions import SITE_SPECS, make_renditions

FOCUS = ("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height")


class Size(NamedTuple):
    """One size of an image that is there to be shown."""

    url: str
    width: int
    height: int


class CampaignImage(WithPeople, AbstractImage):
    """An image with its origin. Originals lose position and camera data the moment they are stored."""

    file: Any = CleanImageField(
        verbose_name=_("file"), upload_to=get_upload_to, width_field="width", height_field="height"
    )
    credit = models.CharField(_("credit"), max_length=255, blank=True, help_text=_("Who made the picture."))
    licence = models.CharField(
        _("licence"),
        max_length=255,
        blank=True,
        help_text=_("Under which terms it may be used, for example CC BY 4.0."),
    )
    decorative = models.BooleanField(
        _("decoration only"),
        default=False,
        help_text=_("It says nothing that the text beside it does not say. It then needs no description."),
    )
    # By spec: focal point key, file, width, height. Triggers keep it; whatever is saved here is overwritten.
    sizes = models.JSONField(editable=False, default=dict, db_default=Value({}, models.JSONField()))

    admin_form_fields = (
        "title",
        "file",
        "description",
        "decorative",
        "credit",
        "licence",
        "people",
        "people_shown",
        "consent_note",
        "consent_until",
        "collection",
        "tags",
        *FOCUS,
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the image; a new file is cleaned first. Its sizes are made after the commit, and made again when the
        file or the point to keep in sight changed."""
        if self.file and not self.file._committed:
            self.file.save(self.file.name, self.file.file, save=False)
        is_new_file, has_new_focus = self._what_is_new()
        if is_new_file:
            self._set_image_file_metadata()
        super().save(*args, **kwargs)
        if is_new_file:
            self.renditions.all().delete()
        elif has_new_focus:
            self.renditions.exclude(focal_point_key="").delete()
        if is_new_file or has_new_focus:
            transaction.on_commit(lambda: make_renditions(self), robust=True)

    @property
    def default_alt_text(self) -> str:
        """What editors' screens suggest. A title, often a file's name, would be worse than none."""
        return "" if self.decorative else self.description

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

    def _what_is_new(self) -> tuple[bool, bool]:
        """Whether the file is another than the one stored, and whether only the point to keep in sight is."""
        stored = type(self).objects.filter(pk=self.pk).values_list("file", *FOCUS).first() if self.pk else None
        if stored is None or stored[0] != self.file.name:
            return bool(self.file), False
        return False, stored[1:] != tuple(getattr(self, name) for name in FOCUS)


class CampaignRendition(AbstractRendition):
    """One size and format of an image."""

    image = models.ForeignKey(CampaignImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
