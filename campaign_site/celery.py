"""The Celery application: workers of the distributed transport. `python -m celery -A campaign_site.celery worker`."""

from __future__ import annotations

import os
from typing import Any

from celery import Celery
from celery.signals import worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campaign_site.settings.production")

# Celery closes the database connection around every task unless told how many tasks may share it.
TASKS_A_CONNECTION = 1000

app = Celery("campaign_site", include=["social_publisher.delivery.transports.celery"])
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf["CELERY_DB_REUSE_MAX"] = TASKS_A_CONNECTION


@worker_init.connect
def load_hooks(**_told: Any) -> None:
    """What the first picture asks for is there before one is due, as in a clock, and before the pool forks."""
    from wagtail.hooks import search_for_hooks

    search_for_hooks()
