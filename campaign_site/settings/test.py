"""The tests: fast hashing, mail in memory, files in a folder of the run. The test runner gives DATABASE_URL."""

from __future__ import annotations

from campaign_site.settings.base import *  # noqa: F403
from campaign_site.settings.base import VAR

SECRET_KEY = "test-only-not-a-secret"  # noqa: S105
ALLOWED_HOSTS = ["*"]
DEMO_ACCOUNTS = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = VAR / "test-media"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
# A test's transaction is its own: nothing is written beside it.
COUNT_SECONDS = 0.0
# Tests open no address outside.
LOOK_AT_LINKS = False
# Nothing is drawn beside a test; the first who asks for a card has it drawn.
CARDS_AT_PUBLISH = False
SEARCH_ENGINES = True
# Tests of other things sign in by force, and are believed.
CONFIRM_AGAIN = False
AXES_ENABLED = False
SESSION_IDLE_MINUTES = SESSION_HOURS = 0
# Tests of other things ask as often as they like.
COSTLY = {}
