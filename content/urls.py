"""Public addresses of this room that are no pages."""

from __future__ import annotations

from django.urls import path

from content.contact.views import send

urlpatterns = [path("contact-message/<int:page_id>/", send, name="contact-send")]
