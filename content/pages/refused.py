from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.models import Page


class RefusedError(ValidationError):
    """A page that is not published, with the reasons and what to do; `RefusalMiddleware` shows it to staff."""

    page: Page

    def __init__(self, page: Page, message: Any, **options: Any) -> None:
        super().__init__(message, **options)
        self.page = page
