"""What a file of the library may be, decided on its bytes and never on its name alone."""

from __future__ import annotations

from media.files.documents import checked_document

__all__ = ["checked_document"]
