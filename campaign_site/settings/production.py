"""The public installation. Refuses to start on anything made for development."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from campaign_site.settings import development
from campaign_site.settings.base import *  # noqa: F403
from campaign_site.settings.base import ALLOWED_HOSTS, PUBLIC_BASE_URL, STORAGES, env

DEBUG = False
DEMO_ACCOUNTS = False

SECRET_KEY: str = env.str("SECRET_KEY", "")
if len(SECRET_KEY) < 50 or SECRET_KEY == development.SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is missing, too short or the development one. Set it to at least 50 random characters, "
        'for example from: python -c "import secrets; print(secrets.token_urlsafe(50))"'
    )
if not env.str("DATABASE_URL", ""):
    raise ImproperlyConfigured(
        "DATABASE_URL is not set. Give the address of your PostgreSQL, for example postgresql://user@host/campaigns."
    )
if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS must name the site's host names, separated by commas, and not be '*'.")
if not PUBLIC_BASE_URL.startswith("https://"):
    raise ImproperlyConfigured("PUBLIC_BASE_URL must be the site's public address and start with https://.")

CSRF_TRUSTED_ORIGINS = [PUBLIC_BASE_URL]
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 365 * 24 * 60 * 60)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
