"""Uploads whose facts were never given. They wait outside the library, uncleaned, and are not to stay."""

from __future__ import annotations

from datetime import datetime, timedelta

from wagtail.models import UploadedFile

KEPT = timedelta(days=1)


def forget_unfinished(now: datetime) -> int:
    """Delete uploads that waited for a day, with their files. Returns how many."""
    old = [upload for upload in UploadedFile.objects.iterator() if _is_old(upload, now)]
    for upload in old:
        upload.file.delete(save=False)
        upload.delete()
    return len(old)


def _is_old(upload: UploadedFile, now: datetime) -> bool:
    """The row does not say when it came; its file does. Without a file it is of no use to anybody."""
    try:
        came: datetime = upload.file.storage.get_modified_time(upload.file.name)
    except FileNotFoundError:
        return True
    return came < now - KEPT
