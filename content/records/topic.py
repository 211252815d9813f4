from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel

from content.records.localized import LocalizedText, in_language


class Topic(ClusterableModel):
    """What news is about, beyond one project. Readers find all news of a topic at one address."""

    name = models.CharField(_("name"), max_length=80, unique=True, help_text=_("In the site's first language."))
    slug = models.SlugField(
        _("address"), max_length=80, unique=True, help_text=_("Stands in the topic's address; never change it.")
    )
    about = models.CharField(
        _("about"), max_length=300, blank=True, help_text=_("One sentence, shown above the topic's news.")
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("about"),
        InlinePanel("names", heading=_("In other languages"), label=_("name")),
    ]

    class Meta:
        ordering = ["name"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self) -> str:
        return self.name

    @property
    def text(self) -> str:
        """The name in the active language, else as entered."""
        found = in_language(self.names.all())
        return found.text if found else self.name


class TopicName(LocalizedText):
    """A topic's name in another language."""

    topic = ParentalKey(Topic, on_delete=models.CASCADE, related_name="names")
    text = models.CharField(_("name"), max_length=80)
    about = models.CharField(_("about"), max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "language"], name="one_topic_name_per_language")]
        verbose_name = _("topic name")
        verbose_name_plural = _("topic names")

    def __str__(self) -> str:
        return self.text
