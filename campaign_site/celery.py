"""The Celery application: workers of the distributed transport. `python -m celery -A campaign_site.celery worker`."""

from __future__ import annotations

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campaign_site.settings.production")

# Celery closes the database connection around every task unless told how many tasks may share it.
TASKS_A_CONNECTION = 1000

app = Celery("campaign_site", include=["social_publisher.delivery.transports.celery"])
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf["CELERY_DB_REUSE_MAX"] = TASKS_A_CONNECTION
