"""What must be true of a running installation, each with a sentence that says what to do when it is not.

`/health/deep` asks while it runs, `manage.py doctor` whenever somebody wonders.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import get_connection
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from campaign_site.least_privilege import can_alter_record
from campaign_site.observability.certificate import certificate
from social_publisher.clock.leader import LOCK
from social_publisher.connections.protection import unprotected
from social_publisher.models import Channel, Credential, Delivery
from social_publisher.models.ledger import State
from social_publisher.vault import LockedError, unlock

LEAST_FREE = 2 * 1024**3
OVERDUE = timedelta(minutes=2)
# Of this database alone: others on the same server have clocks of their own.
LEADS = """
SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND granted
AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) LIMIT 1
"""
OLDEST = 150_000


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: what it is about, whether all is well, and what was found or is to be done."""

    name: str
    is_well: bool
    words: str


Check = Callable[[], tuple[bool, str]]


def run(checks: dict[str, Check]) -> list[Finding]:
    """Ask each; one that cannot be asked is not well."""
    found = []
    for name, check in checks.items():
        try:
            found.append(Finding(name, *check()))
        except DatabaseError as error:
            found.append(Finding(name, False, f"The database did not answer: {str(error).splitlines()[0]}"))
        except Exception as error:
            found.append(Finding(name, False, f"It could not be looked at ({type(error).__name__}: {error})."))
    return found


def database() -> tuple[bool, str]:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        version = int(cursor.fetchone()[0])
    if version < OLDEST:
        return False, f"PostgreSQL {version // 10000} is too old: install 15 or later."
    return True, f"PostgreSQL {version // 10000} answers."


def tables() -> tuple[bool, str]:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        return False, f"{len(missing)} migrations are missing: run python manage.py prepare."
    return True, "All tables are up to date."


def clock() -> tuple[bool, str]:
    with connection.cursor() as cursor:
        cursor.execute(LEADS, [LOCK])
        leads = cursor.fetchone()
    if not leads:
        return False, "No clock runs, so nothing leaves: start python manage.py clock."
    return True, "A clock leads."


def overdue() -> tuple[bool, str]:
    late = Delivery.objects.due(timezone.now() - OVERDUE).unheld().count()
    if late:
        return False, f"{late} posts wait past their time: look at the clock's log and at Social › Queue."
    return True, "No post waits past its time."


def questions() -> tuple[bool, str]:
    count = Delivery.objects.filter(state=State.NEEDS_PERSON.value).count()
    if count:
        return False, f"{count} posts need a person to say whether they are out: Social › Queue."
    return True, "No open question."


def disk() -> tuple[bool, str]:
    free = shutil.disk_usage(settings.VAR).free
    words = f"{free / 1024**3:.1f} GB are free on the disk of {settings.VAR}."
    return (True, words) if free >= LEAST_FREE else (False, f"Only {words} Make room, or move VAR.")


def media() -> tuple[bool, str]:
    root = Path(settings.MEDIA_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=root) as probe:
        probe.write(b"probe")
    return True, f"Uploads can be written to {root}."


def credentials() -> tuple[bool, str]:
    locked = []
    for credential in Credential.objects.select_related("channel"):
        try:
            unlock(credential.secret)
        except LockedError:
            locked.append(credential.channel.name)
    for factor in Authenticator.objects.select_related("user"):
        try:
            for name in ("secret", "seed"):
                if name in factor.data:
                    unlock(factor.data[name])
        except LockedError:
            locked.append(f"the second factor of {factor.user}")
    if locked:
        return False, f"CREDENTIAL_KEYS does not open: {', '.join(locked)}. Add the old key, or connect them again."
    return True, "Every account's credentials open."


def role() -> tuple[bool, str]:
    with connection.cursor() as cursor:
        may = can_alter_record(cursor)
    if may:
        return False, "This database role may change the record. Set RUN_ROLE and OWNER_DATABASE_URL (docs/deploy.md)."
    return True, "The database role cannot change the record."


def safe_settings() -> tuple[bool, str]:
    if settings.DEBUG or settings.DEMO_ACCOUNTS:
        return False, "These are development settings: set DJANGO_SETTINGS_MODULE=campaign_site.settings.production."
    if not settings.SECOND_FACTOR_REQUIRED:
        return False, "Staff get in with a password alone: remove SECOND_FACTOR_REQUIRED."
    return True, "Production settings, with a second factor."


def address() -> tuple[bool, str]:
    host = urlsplit(settings.PUBLIC_BASE_URL).hostname or ""
    if not settings.PUBLIC_BASE_URL.startswith("https://"):
        return False, f"PUBLIC_BASE_URL is {settings.PUBLIC_BASE_URL}: it has to start with https://."
    if host not in settings.ALLOWED_HOSTS:
        return False, f"ALLOWED_HOSTS lacks {host}, the host of PUBLIC_BASE_URL."
    return True, f"The site's address is {settings.PUBLIC_BASE_URL}."


def mail() -> tuple[bool, str]:
    try:
        with get_connection(fail_silently=False):
            pass
    except Exception as error:
        return False, f"The mail server does not take us ({error}): check EMAIL_HOST and what belongs to it."
    return True, "The mail server takes us."


def backups() -> tuple[bool, str]:
    if not settings.BACKUP_RECIPIENTS:
        return False, "No backup can be made: see docs/operations/backup.md."
    return True, f"Backups are encrypted for {len(settings.BACKUP_RECIPIENTS)} keys."


def people() -> tuple[bool, str]:
    found = get_user_model().objects.filter(is_active=True, is_superuser=True).count()
    if not found:
        return False, "There is no administrator: run python manage.py createsuperuser."
    return True, f"{found} administrators."


def channels() -> tuple[bool, str]:
    broken = [channel.name for channel in Channel.objects.all() if channel.why_closed(timezone.now())]
    if broken:
        return False, f"These accounts let nothing out: {', '.join(broken)}. Connect them again on the desk."
    return True, "Every connected account is open."


def second_factors() -> tuple[bool, str]:
    found = [channel.name for channel, _words in unprotected(timezone.now())]
    if found:
        return False, f"Nobody vouches for the second factor of {', '.join(found)}: look there, then say so."
    return True, "Somebody vouches for every account's second factor."


# What may change from one minute to the next.
RUNNING: dict[str, Check] = {
    "database": database,
    "tables": tables,
    "clock": clock,
    "overdue posts": overdue,
    "disk": disk,
    "uploads": media,
}
ALL: dict[str, Check] = {
    **RUNNING,
    "open questions": questions,
    "accounts": channels,
    "credentials": credentials,
    "second factors": second_factors,
    "database role": role,
    "settings": safe_settings,
    "address": address,
    "certificate": certificate,
    "mail": mail,
    "backups": backups,
    "administrators": people,
}
