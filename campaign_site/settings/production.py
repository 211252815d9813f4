"""The public installation. Refuses to start on anything made for development."""

from __future__ import annotations

from urllib.parse import urlsplit

from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

from campaign_site import encrypted_only
from campaign_site.machine.contact import contact_address
from campaign_site.observability import asked_directly
from campaign_site.settings import development
from campaign_site.settings.base import *  # noqa: F403
from campaign_site.settings.base import (
    ALLOWED_HOSTS,
    CELERY_BROKER_URL,
    CREDENTIAL_KEYS,
    DATABASES,
    LOGGING,
    NETWORK_ADDRESSES,
    NETWORKS_ON_LOOPBACK,
    PUBLIC_BASE_URL,
    SECURITY_CONTACTS,
    STORAGES,
    env,
)


def is_here(host: str) -> bool:
    """Whether a host is this machine, or a socket of it."""
    return host in {"", "localhost", "127.0.0.1", "::1"} or host.startswith("/")


DEBUG = False
DEMO_ACCOUNTS = False

SECRET_KEY: str = env.str("SECRET_KEY", "")
if len(SECRET_KEY) < 50 or SECRET_KEY == development.SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is missing, too short or the development one. Set it to at least 50 random characters, "
        'for example from: python -c "import secrets; print(secrets.token_urlsafe(50))"'
    )
# Keys of before, newest first: what was signed with them holds until it ends by itself.
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
if not env.str("DATABASE_URL", ""):
    raise ImproperlyConfigured(
        "DATABASE_URL is not set. Give the address of your PostgreSQL, for example postgresql://user@host/campaigns."
    )
GUESSED = {"password", "change-me", "postgres", "changeme", "secret", "admin", "campaigns"}
if str(DATABASES["default"].get("PASSWORD", "")).lower() in GUESSED:
    raise ImproperlyConfigured(
        "DATABASE_URL holds a password that anybody guesses first. Give the role another one, for example from: "
        'python -c "import secrets; print(secrets.token_urlsafe(32))"'
    )
# Another machine is spoken to by TLS, and shown to be the right one, unless the address says otherwise.
if not is_here(DATABASES["default"].get("HOST", "")):
    DATABASES["default"]["OPTIONS"].setdefault("sslmode", "verify-full")
plain_broker = CELERY_BROKER_URL.startswith(("redis://", "amqp://")) and not is_here(
    urlsplit(CELERY_BROKER_URL).hostname or ""
)
if plain_broker and not env.bool("BROKER_WITHOUT_TLS", False):
    raise ImproperlyConfigured(
        "CELERY_BROKER_URL leads to another machine without TLS. Use rediss:// or amqps://, or set "
        "BROKER_WITHOUT_TLS=true where nobody else is on the way."
    )
if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS must name the site's host names, separated by commas, and not be '*'.")
if not PUBLIC_BASE_URL.startswith("https://"):
    raise ImproperlyConfigured("PUBLIC_BASE_URL must be the site's public address and start with https://.")

try:
    usable = [Fernet(key) for key in CREDENTIAL_KEYS]
except ValueError:
    usable = []
if not usable:
    raise ImproperlyConfigured(
        "CREDENTIAL_KEYS is missing or holds what is no key. Give at least one, for example from: "
        'python -c "from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())"'
    )
if NETWORK_ADDRESSES or NETWORKS_ON_LOOPBACK:
    raise ImproperlyConfigured("NETWORK_ADDRESSES and NETWORKS_ON_LOOPBACK are for tests. Remove them.")

# The public installation is listed; a rehearsal server with these settings turns it off.
SEARCH_ENGINES = env.bool("SEARCH_ENGINES", True)
try:
    for contact in SECURITY_CONTACTS:
        contact_address(contact)
except ValueError as error:
    raise ImproperlyConfigured(f"SECURITY_CONTACTS: {error}.") from error

CSRF_TRUSTED_ORIGINS = [PUBLIC_BASE_URL]
SECURE_REDIRECT_EXEMPT = [*asked_directly.EXEMPT, *encrypted_only.EXEMPT]
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
PROXIES = env.int("PROXIES", 1)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 365 * 24 * 60 * 60)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
LOG_FORMAT = env.str("LOG_FORMAT", "json")
LOGGING["handlers"]["console"]["formatter"] = LOG_FORMAT
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", True)
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
