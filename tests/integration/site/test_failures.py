"""A full disk: nothing is half stored, and whoever sent something is told what is wrong and who can mend it."""

from __future__ import annotations

import errno
import os
from typing import Any

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from psycopg.errors import DiskFull

from campaign_site.errors import trouble_of
from media.models import CampaignDocument, CampaignImage
from social_publisher.delivery.worker import carry
from tests.factories import make_delivery, make_user
from tests.support.samples import jpeg

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing more can be written below the folder of uploads."""

    def refused(self: FileSystemStorage, name: str, content: Any) -> str:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), name)

    monkeypatch.setattr(FileSystemStorage, "_save", refused)


@pytest.fixture
def editor() -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(make_user(superuser=True))
    return client


def test_an_upload_to_a_full_disk_is_refused_in_words_and_leaves_nothing(full: None, editor: Client) -> None:
    picture = SimpleUploadedFile("dark.jpg", jpeg(), "image/jpeg")
    facts = {"description": "A dark field", "credit": "SELEC", "licence": "CC BY 4.0", "people": "none"}
    form = {"title": "Dark", "file": picture, "collection": 1, **facts}
    answer = editor.post(reverse("wagtailimages:add"), form)
    assert answer.status_code == 503
    assert "the disk is full" in answer.content.decode()
    document = SimpleUploadedFile("notes.txt", b"Notes", "text/plain")
    answer = editor.post(reverse("wagtaildocs:add"), {"title": "Notes", "file": document, "collection": 1})
    assert answer.status_code == 503
    assert not CampaignImage.objects.exists()
    assert not CampaignDocument.objects.exists()


def test_readers_and_the_clock_go_on_while_the_disk_is_full(full: None) -> None:
    assert Client().get("/health/ready").status_code == 200
    delivery = make_delivery()
    carry([delivery.pk], clock=lambda: delivery.due_at)
    delivery.refresh_from_db()
    assert delivery.state == "published"


def test_what_the_trouble_is_is_found_among_the_causes() -> None:
    def raised(error: Exception, cause: Exception | None = None) -> BaseException:
        try:
            raise error from cause
        except Exception as told:
            return told

    assert trouble_of(raised(OperationalError("could not extend file"), DiskFull())) == "disk"
    assert trouble_of(raised(ValueError("wrapped"), OperationalError("gone"))) == "database"
    assert trouble_of(raised(OSError(errno.ENOSPC, "No space left on device"))) == "disk"
    assert trouble_of(raised(OSError(errno.EACCES, "Permission denied"))) == ""
    assert trouble_of(raised(ValueError("a fault of ours"))) == ""
    assert trouble_of(None) == ""
