from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document


class CampaignDocument(AbstractDocument):
    """A document of the library, served as an attachment."""

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
