"""What every environment shares. Every value that differs between installations is read from the environment."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from environs import Env

from campaign_site.launcher.database import embedded_database_url
from campaign_site.settings import broker_tls, secret_files
from campaign_site.settings.languages import LANGUAGES
from campaign_site.sign_in import settings as sign_in
from campaign_site.translations.compiled import folders as compiled_folders

secret_files.read(os.environ)
env = Env()

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR = Path(env.str("VAR", str(BASE_DIR / "var"))).resolve()

DEBUG = False
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", [])
PUBLIC_BASE_URL: str = env.str("PUBLIC_BASE_URL", "http://127.0.0.1:8000").rstrip("/")

# Keys that encrypt what opens the accounts on the networks: newest first, separated by commas. Without any, an own one
# is made in the data folder. `manage.py rotate_credentials` encrypts everything anew after a new key was put first.
CREDENTIAL_KEYS: list[str] = env.list("CREDENTIAL_KEYS", [])
CREDENTIAL_KEYS_FILE = VAR / "credential-keys"

# Public keys (age1…) that backups are encrypted for; the secret ones are kept elsewhere.
BACKUP_RECIPIENTS: list[str] = env.list("BACKUP_RECIPIENTS", [])

# The networks' own addresses, where they are not the real ones; for tests, as JSON by network. Development only.
NETWORK_ADDRESSES: dict[str, str] = dict(env.json("NETWORK_ADDRESSES", {}))
# Servers of networks with many servers may be on this machine or in a private network; for tests.
NETWORKS_ON_LOOPBACK = env.bool("NETWORKS_ON_LOOPBACK", False)
# Outside links of posts are opened before they are submitted, to see whether they work. An installation without a way
# out turns it off.
LOOK_AT_LINKS = env.bool("LOOK_AT_LINKS", True)
FACEBOOK_GRAPH_VERSION = env.str("FACEBOOK_GRAPH_VERSION", "")
LINKEDIN_VERSION = env.str("LINKEDIN_VERSION", "")
# What X charges for a post, in US dollars: docs.x.com, pricing.
X_PRICE_POST = env.decimal("X_PRICE_POST", Decimal("0.015"))
X_PRICE_POST_WITH_LINK = env.decimal("X_PRICE_POST_WITH_LINK", Decimal("0.20"))
# Whether accounts on X are looked through for posts made elsewhere: X charges for each post that is read.
X_READ_OWN_POSTS = env.bool("X_READ_OWN_POSTS", False)

INSTALLED_APPS = [
    "campaign_site",
    "social_publisher",
    "content",
    "media",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.contrib.redirects",
    "wagtail.contrib.search_promotions",
    "wagtail.sites",
    "campaign_site.sign_in.apps.PeopleConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.humanize",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "wagtail.api.v2",
    *sign_in.APPS,
]

MIDDLEWARE = [
    "campaign_site.observability.middleware.RequestIdMiddleware",
    "campaign_site.page_cache.middleware.KeepMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "campaign_site.security.PolicyMiddleware",
    "campaign_site.encrypted_only.EncryptedOnlyMiddleware",
    "campaign_site.observability.asked_directly.AskedDirectlyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "campaign_site.compression.TextCompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "campaign_site.observability.refusals.RefusalsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "campaign_site.sign_in.language.ChosenLanguageMiddleware",
    "campaign_site.sign_in.second_factor.SecondFactorMiddleware",
    "campaign_site.sign_in.presence.PresenceMiddleware",
    "campaign_site.costly.CostlyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "social_publisher.engagement.site_counting.CountingMiddleware",
    "content.memory.StampMiddleware",
    "content.pages.refusal.RefusalMiddleware",
    "campaign_site.machine.robots.RobotsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "axes.middleware.AxesMiddleware",
]

# Whole pages kept for anonymous readers by each process of the site, in MB; 0 turns it off.
PAGE_CACHE_MB = env.int("PAGE_CACHE_MB", 64)

CACHES = {"default": {"BACKEND": "campaign_site.shared_cache.SharedCache"}}

ROOT_URLCONF = "campaign_site.urls"
WSGI_APPLICATION = "campaign_site.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "campaign_site.context.site",
            ],
        },
    },
]

# One database from laptop to cluster. Without DATABASE_URL the embedded server under VAR is used.
DATABASES: dict[str, Any] = {
    "default": {
        **env.dj_db_url("DATABASE_URL", embedded_database_url(VAR)),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
}
# The role that site, clocks and workers connect as, where it is not the owner's: `prepare` gives it what it needs.
RUN_ROLE = env.str("RUN_ROLE", "")
# Every question is short: compiling it takes longer than answering. A server that is away is noticed within seconds.
DATABASES["default"]["OPTIONS"] = {
    "connect_timeout": 5,
    "options": "-c jit=off",
    **DATABASES["default"].get("OPTIONS", {}),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Sign-in. Outside development every member of staff needs a second factor.
SECOND_FACTOR_REQUIRED = False
# The organisation's own sign-in asks for a second factor itself: where its token says so, it is not asked for again.
OIDC_HAS_SECOND_FACTOR = env.bool("OIDC_HAS_SECOND_FACTOR", False)
# The value of the token's `acr` that says so, where `amr` does not; the sign-in is asked for it.
OIDC_SECOND_FACTOR_ACR: str = env.str("OIDC_SECOND_FACTOR_ACR", "")
# Before an account is connected, records are exported or a post leaves without a second person, whoever it is shows
# once more that they are there.
CONFIRM_AGAIN = True
# Whoever did nothing for so long, or showed who they are so long ago, shows it again; 0 turns it off.
SESSION_IDLE_MINUTES = env.int("SESSION_IDLE_MINUTES", 60)
SESSION_HOURS = env.int("SESSION_HOURS", 12)
SIGN_IN_LOCK_MINUTES = env.int("SIGN_IN_LOCK_MINUTES", 15)
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = sign_in.providers(env)
globals().update(sign_in.read(env))
AUTHENTICATION_BACKENDS = sign_in.BACKENDS
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
VALIDATORS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"{VALIDATORS}.UserAttributeSimilarityValidator"},
    {"NAME": f"{VALIDATORS}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{VALIDATORS}.CommonPasswordValidator"},
    {"NAME": "campaign_site.sign_in.passwords.GuessesValidator"},
]
# Nobody sets a password for somebody else, and nobody changes the address that their own is reset by.
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
LOGIN_URL = "wagtailadmin_login"
WAGTAIL_FRONTEND_LOGIN_URL = LOGIN_URL
LOGIN_REDIRECT_URL = "wagtailadmin_home"

# Languages: interface and content share one list; English has no prefix, so its addresses are the short ones.
LANGUAGE_CODE = "en"
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
# Wagtail offers its staff only the languages it is translated into itself; the desk speaks all of these.
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.str("TIME_ZONE", "Europe/Bucharest")
FORMAT_MODULE_PATH = ["campaign_site.formats"]
# Compiled from the .po files of the rooms at every start (campaign_site.translations).
LOCALE_PATHS = compiled_folders(VAR / "build" / "locale")
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False

STATICFILES_FINDERS = [
    "campaign_site.design.finders.DesignFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# A drawing is XML: its charset is told, as that of text is.
WHITENOISE_MIMETYPES = {".svg": 'image/svg+xml; charset="utf-8"'}
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"

WAGTAIL_SITE_NAME = "SELEC campaigns"
WAGTAILADMIN_BASE_URL = PUBLIC_BASE_URL
# "localtime" is the machine's own zone, which no browser knows.
WAGTAIL_USER_TIME_ZONES = sorted(available_timezones() - {"localtime"})
WAGTAIL_FINISH_WORKFLOW_ACTION = "social_publisher.approval.finish.finish_workflow"
WAGTAILIMAGES_IMAGE_MODEL = "media.CampaignImage"
WAGTAILDOCS_DOCUMENT_MODEL = "media.CampaignDocument"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp", "avif"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 60_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "media.forms.ImageForm"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "odt", "ods", "csv", "txt", "zip"]
DOCUMENT_MOST_BYTES = env.int("DOCUMENT_MOST_MB", 50) * 1024 * 1024
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "media.forms.DocumentForm"
# Every document is an attachment. Its type follows from the list above, not from what the machine knows.
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []
WAGTAILDOCS_CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv",
    "txt": "text/plain",
    "zip": "application/zip",
}
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# What readers search for is counted by day, without anything about them, and forgotten after so many days.
SEARCH_TALLY_DAYS = env.int("SEARCH_TALLY_DAYS", 90)

# Pages that nobody published or read again for so many months stand in the content report.
REVIEW_MONTHS = env.int("REVIEW_MONTHS", 12)

# No process of ours calls a host that staff did not configure.
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILEMBEDS_FINDERS: list[dict[str, Any]] = []

# Seconds are shown and entered: a post is due at a second, not in a minute.
WAGTAIL_DATETIME_FORMAT = "%Y-%m-%d %H:%M:%S"

EMAIL_BACKEND = env.str("EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST = env.str("EMAIL_HOST", "localhost")
EMAIL_PORT = env.int("EMAIL_PORT", 25 if EMAIL_HOST == "localhost" else 587)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", "")
# Another machine takes mail encrypted or not at all.
EMAIL_USE_SSL = env.bool("EMAIL_USE_SSL", EMAIL_PORT == 465)
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", EMAIL_HOST != "localhost" and not EMAIL_USE_SSL)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "noreply@localhost")

# The contact form. How many proxies stand before the site says which part of X-Forwarded-For to believe.
PROXIES = env.int("PROXIES", 0)
CONTACT_MESSAGES_PER_HOUR = env.int("CONTACT_MESSAGES_PER_HOUR", 5)

# How often a minute each process of the site answers what costs much; 0 is without a bound.
COSTLY: dict[str, int] = {
    "search": env.int("SEARCHES_A_MINUTE", 60),
    "programs": env.int("PROGRAMS_A_MINUTE", 240),
    "files": env.int("FILES_A_MINUTE", 20),
}

# The only hosts of networks, webhooks, links and pictures, as name or .name-it-belongs-to. Empty: any public one.
OUTGOING_HOSTS: list[str] = env.list("OUTGOING_HOSTS", [])

# Delivery. Durations are in seconds.
# A broker's address chooses Celery's workers instead of the clock's own threads.
CELERY_BROKER_URL: str = env.str("CELERY_BROKER_URL", "")
TRANSPORTS = "social_publisher.delivery.transports"
DELIVERY_TRANSPORT = env.str(
    "DELIVERY_TRANSPORT",
    f"{TRANSPORTS}.celery.CeleryTransport" if CELERY_BROKER_URL else f"{TRANSPORTS}.thread_pool.ThreadPoolTransport",
)
DELIVERY_WORKERS = env.int("DELIVERY_WORKERS", 8)
DELIVERY_LEASE = env.int("DELIVERY_LEASE", 20)
DELIVERY_PATIENCE = env.int("DELIVERY_PATIENCE", 15 * 60)
DELIVERY_CUT_OFF = env.int("DELIVERY_CUT_OFF", 2 * 60 * 60)
ENGAGEMENT_INTERVAL = env.int("ENGAGEMENT_INTERVAL", 15)
# Clicks and reads are counted in memory and written this often, in seconds; 0 writes each at once.
COUNT_SECONDS = env.float("COUNT_SECONDS", 0.5)
# The most that reading counts may cost in a month on a network that charges, in US dollars a channel.
READING_BUDGET = env.str("READING_BUDGET", "10.00")
# What Prometheus sends as `Authorization: Bearer …` to read /metrics; without it there is no such address.
METRICS_KEY = env.str("METRICS_KEY", "")

# Where faults and traces go, if anywhere: campaign_site.observability.telemetry.
SENTRY_DSN = env.str("SENTRY_DSN", "")
OTEL_EXPORTER_OTLP_ENDPOINT = env.str("OTEL_EXPORTER_OTLP_ENDPOINT", "")
OTEL_SERVICE_NAME = env.str("OTEL_SERVICE_NAME", "campaigns")

# A message is worth nothing by itself: it is not kept, not confirmed and not repeated. The ledger is the truth.
CELERY_TASK_DEFAULT_QUEUE = "deliveries"
CELERY_TASK_DEFAULT_DELIVERY_MODE = "transient"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_CONNECTION_TIMEOUT = 2
# By TLS a broker shows who it is; BROKER_AUTHORITY is a file with the certificate of an authority that is not public.
CELERY_BROKER_USE_SSL = broker_tls.options(CELERY_BROKER_URL, env.str("BROKER_AUTHORITY", ""))
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = (
    {"socket_connect_timeout": 2, "socket_timeout": 5, "socket_keepalive": True}
    if CELERY_BROKER_URL.startswith("redis")
    else {}
)

# Policies of the public site; the admin's own, looser one is set by path in campaign_site.security.
CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
# What is said to somebody once may name colleagues: it stays on the server.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

# httpx would log every address it calls, and some networks put a token into theirs; axes where staff sign in from.
QUIET = (
    "apscheduler",
    "axes",
    "django_tasks",
    "wagtail",
    "httpx",
    "httpcore",
    "urllib3",
    "requests_oauthlib",
    "authlib",
    "pikepdf",
)
# "plain" for people, "json" for machines: one object a line.
LOG_FORMAT = env.str("LOG_FORMAT", "plain")
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"ids": {"()": "campaign_site.observability.logs.IdsFilter"}},
    "formatters": {
        "plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"},
        "json": {"()": "campaign_site.observability.logs.Lines"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT, "filters": ["ids"]}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
    "loggers": {name: {"level": "WARNING"} for name in QUIET},
}

# For programs. Whether search engines may list this installation; off on a laptop and on a rehearsal server.
SEARCH_ENGINES = env.bool("SEARCH_ENGINES", False)
# Whom to tell of a weakness (/.well-known/security.txt): mail addresses, or addresses with https:// or tel:, separated
# by commas. Without any the file is not there.
SECURITY_CONTACTS: list[str] = env.list("SECURITY_CONTACTS", [])
SECURITY_POLICY_URL: str = env.str("SECURITY_POLICY_URL", "")
SECURITY_LANGUAGES: list[str] = env.list("SECURITY_LANGUAGES", ["en"])
# Cards for shared links are drawn when a page is published; without, by the first who asks for one.
CARDS_AT_PUBLISH = env.bool("CARDS_AT_PUBLISH", True)
WAGTAILAPI_LIMIT_MAX = 100

SITE_OWNER = _("Southeast European Law Enforcement Center")
