from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import UploadedFile

from media.unfinished import forget_unfinished


@pytest.mark.django_db
def test_uploads_that_nobody_finished_go_with_their_files() -> None:
    upload = UploadedFile.objects.create(file=ContentFile(b"x", name="a.jpg"))
    storage, name = upload.file.storage, upload.file.name
    assert forget_unfinished(timezone.now() + timedelta(hours=23)) == 0
    assert forget_unfinished(timezone.now() + timedelta(hours=25)) == 1
    assert not storage.exists(name)
