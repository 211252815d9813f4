"""A contact's address. Needs no Django, so that settings can refuse a wrong one at the start."""

from __future__ import annotations


def contact_address(contact: str) -> str:
    """A contact as an address: a bare mail address gets its scheme. Raises ValueError for anything else."""
    text = contact.strip()
    if "@" in text and ":" not in text:
        text = f"mailto:{text}"
    if not text.startswith(("https://", "mailto:", "tel:")) or any(character.isspace() for character in text):
        raise ValueError(f"{contact!r} is no contact: give a mail address, or one that begins with https:// or tel:")
    return text
