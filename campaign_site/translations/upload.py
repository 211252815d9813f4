"""The way in for a page's words as a PO file: only what is one gets to wagtail-localize."""

from __future__ import annotations

import logging
import re

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST
from wagtail.admin.auth import require_admin_access
from wagtail_localize.views.edit_translation import upload_pofile

logger = logging.getLogger(__name__)

# The words of the longest page are a tenth of it.
MOST_BYTES = 2_000_000
_TEXT = r'"(?:[^"\\]|\\.)*"[ \t]*'
_LINE = re.compile(rf"[ \t]*(?:#.*)?|(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)[ \t]+)?{_TEXT}")
_HEAD = re.compile(rf'(?:[ \t]*(?:#.*)?\n)*msgid ""\nmsgstr ""\n((?:{_TEXT}\n)+)')
_NUMBER, _LETTERS = '"X-WagtailLocalize-TranslationID: ', "charset=utf-8"
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# What no reader of PO files takes.
_NONE = b"\xff"


@require_admin_access
@require_POST
def upload(request: HttpRequest, translation_id: int) -> HttpResponseBase:
    """wagtail-localize's view. It says of a file that is none that it is none, in the person's language."""
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile) or not _is_po(file):
        logger.warning("a translation file was refused")
        request.FILES["file"] = SimpleUploadedFile("none.po", _NONE)
    response: HttpResponseBase = upload_pofile(request, translation_id)
    return response


def _is_po(file: UploadedFile) -> bool:
    """Whether a file is what its name has to say: text in UTF-8, of a PO file's lines alone, for some translation."""
    if not (file.name or "").lower().endswith(".po") or not file.size or file.size > MOST_BYTES:
        return False
    try:
        text = file.read().decode("utf-8")
    except UnicodeDecodeError:
        return False
    finally:
        file.seek(0)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    head = _HEAD.match(text)
    if head is None or _CONTROLS.search(text) or not all(_LINE.fullmatch(line) for line in text.split("\n")):
        return False
    return _NUMBER in head[1] and _LETTERS in head[1].lower()
