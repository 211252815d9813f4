"""A laptop: everything works with no account, no server and no secret. Never for the public."""

from __future__ import annotations

from campaign_site.settings.base import *  # noqa: F403
from campaign_site.settings.base import VAR, env

DEBUG = env.bool("DEBUG", False)
SECRET_KEY = "development-only-not-a-secret"  # noqa: S105
ALLOWED_HOSTS = ["*"]
DEMO_ACCOUNTS = True
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
# Browsers count 127.0.0.1 as a safe place; passkeys can be tried there.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
