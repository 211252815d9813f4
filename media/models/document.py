from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from django.core.exceptions import SuspiciousFileOperation, ValidationError
from django.utils.text import get_valid_filename
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document

from media.fields import CheckedDocumentField
from media.files import checked_document


class CampaignDocument(AbstractDocument):
    """A document of the library, served as an attachment. Its bytes are checked however it comes in.

    In a collection with a restriction it is private: only the view that asks who is there has its file.
    """

    file = CheckedDocumentField(upload_to="documents", verbose_name=_("file"))

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    @property
    def filename(self) -> str:
        """The name it is downloaded by and asked for: letters, digits, points and dashes, whatever is stored."""
        try:
            return get_valid_filename(PurePosixPath(self.file.name or "").name)
        except SuspiciousFileOperation:
            return "document"

    def clean(self) -> None:
        """Look at a new file, so that what is wrong with it is said in the form."""
        super().clean()
        if self._has_new_file:
            try:
                checked_document(self.file.file, self.file.name or "")
            except ValidationError as error:
                raise ValidationError({"file": error}) from error

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the document. What is written down of a new file is that of the file that is kept."""
        if self._has_new_file:
            self.file.save(self.file.name or "", self.file.file, save=False)
            self._set_document_file_metadata()
        super().save(*args, **kwargs)

    @property
    def _has_new_file(self) -> bool:
        return bool(self.file) and not self.file._committed  # type: ignore[attr-defined]
