"""The library's forms: one for every way a picture comes in or is corrected."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from media.cleaning import clean_image
from media.facts import People

logger = logging.getLogger(__name__)

FACTS = ("description", "credit", "licence", "people")


def refusing(opens: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """What opening a picture raises becomes a refusal: the library raises many things for files made to harm it."""

    def opened(data: Any) -> Any:
        try:
            return opens(data)
        except ValidationError:
            raise
        except Exception as error:
            logger.info("a picture was refused: %s", type(error).__name__)
            raise ValidationError(
                _("This file is damaged, or not what its name says. Save it again and upload that.")
            ) from error

    return opened


class ImageForm(BaseImageForm):
    """Asks what readers and lawyers will ask. Pictures that come in together are asked for one by one, afterwards."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("credit", "licence", "people"):
            if name in self.fields:
                self.fields[name].required = True
        if "file" in self.fields:
            self.fields["file"].to_python = refusing(self.fields["file"].to_python)
        helps = {
            "description": _("What a person who cannot see it should know, in one or two sentences."),
            "file": _("JPEG, PNG, WebP, AVIF or GIF; 2,560 pixels wide is enough. Where it was taken is left out."),
        }
        for name, text in helps.items():
            if name in self.fields:
                self.fields[name].help_text = text

    def clean_file(self) -> Any:
        """Clean a new picture here already, so that what is wrong with it is said in the form."""
        file = self.cleaned_data["file"]
        return clean_image(file, file.name) if "file" in self.changed_data else file

    def clean(self) -> dict[str, Any]:
        """What is needed depends on what is shown."""
        cleaned: dict[str, Any] = super().clean()
        if not cleaned.get("decorative") and not (cleaned.get("description") or "").strip():
            self.add_error(
                "description", ValidationError(_("Say what the picture shows, or mark it as decoration."), "required")
            )
        if cleaned.get("people") == People.AGREED and not (cleaned.get("consent_note") or "").strip():
            self.add_error("consent_note", ValidationError(_("Write where their agreement is kept."), "required"))
        return cleaned

    class Meta(BaseImageForm.Meta):
        widgets = {
            **BaseImageForm.Meta.widgets,
            "people": forms.RadioSelect,
            "consent_until": AdminDateInput,
        }


class DocumentForm(BaseDocumentForm):
    """Says what is taken, and what becomes of it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"].help_text = _(
                "PDF, Word, Excel, OpenDocument, CSV, text or ZIP, without macros or scripts. Authors' names leave "
                "office files; look into a PDF's properties yourself."
            )
        if "collection" in self.fields:
            self.fields["collection"].help_text = _(
                "A collection may be private: Settings, Collections says who may fetch what is in it."
            )
