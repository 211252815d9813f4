"""Blocks as a reader gets them."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.specimen import make_specimen

pytestmark = pytest.mark.django_db


def test_specimen() -> None:
    page = make_specimen()
    html = Client().get(page.url).content.decode()
    open("/tmp/brief/specimen.html", "w").write(html)
