"""Blocks as a reader gets them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.specimen import make_specimen

pytestmark = pytest.mark.django_db


def test_specimen() -> None:
    page = make_specimen()
    html = Client().get(page.url).content.decode()
    open("/tmp/brief/specimen.html", "w").write(html)
