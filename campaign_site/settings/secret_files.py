"""Secrets from files, as containers and systemd hand them over: NAME_FILE says where NAME stands."""

from __future__ import annotations

from collections.abc import MutableMapping
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

NAMES = (
    "SECRET_KEY", "SECRET_KEY_FALLBACKS", "CREDENTIAL_KEYS", "DATABASE_URL", "OWNER_DATABASE_URL",
    "CELERY_BROKER_URL", "METRICS_KEY", "EMAIL_HOST_PASSWORD", "OIDC_CLIENT_SECRET", "SENTRY_DSN",
)  # fmt: skip


def read(environment: MutableMapping[str, str]) -> None:
    """Fill in what stands in files. A name that is set itself is left alone. Raises ImproperlyConfigured."""
    for name in NAMES:
        place = environment.get(f"{name}_FILE", "")
        if not place or environment.get(name):
            continue
        try:
            environment[name] = Path(place).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise ImproperlyConfigured(f"{name}_FILE is {place}, which cannot be read: {error}.") from error
        if not environment[name]:
            raise ImproperlyConfigured(f"{name}_FILE is {place}, which is empty.")
