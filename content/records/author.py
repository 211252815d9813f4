from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel

from content.records.localized import LocalizedText


class Author(ClusterableModel):
    """Who signs news: an office, or a person who agreed to be named."""

    class Kind(models.TextChoices):
        OFFICE = "office", _("Office or organisation")
        PERSON = "person", _("Person")

    name = models.CharField(_("name"), max_length=160, unique=True)
    slug = models.SlugField(
        _("address"), max_length=160, unique=True, help_text=_("Stands in the address of the author's news.")
    )
    kind = models.CharField(
        _("kind"),
        max_length=10,
        choices=Kind.choices,
        default=Kind.OFFICE,
        help_text=_("Name a person only if they agreed to it. An office is always right."),
    )
    role = models.CharField(_("role"), max_length=160, blank=True, help_text=_("In the site's first language."))
    about = models.CharField(_("about"), max_length=400, blank=True)

    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("slug"), FieldPanel("kind")]),
        FieldPanel("role"),
        FieldPanel("about"),
        InlinePanel("texts", heading=_("In other languages"), label=_("text")),
    ]

    class Meta:
        ordering = ["name"]
        verbose_name = _("author")
        verbose_name_plural = _("authors")

    def __str__(self) -> str:
        return self.name


class AuthorText(LocalizedText):
    """An author's role and description in another language."""

    author = ParentalKey(Author, on_delete=models.CASCADE, related_name="texts")
    role = models.CharField(_("role"), max_length=160, blank=True)
    about = models.CharField(_("about"), max_length=400, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["author", "language"], name="one_author_text_per_language")]
        verbose_name = _("author's text")
        verbose_name_plural = _("authors' texts")

    def __str__(self) -> str:
        return self.role or self.about
