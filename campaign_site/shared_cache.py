"""The cache of one process, but for what all processes have to know at once.

django-allauth keeps used codes and wrong tries in Django's cache. A second process that does not know them would take a
code twice and let somebody guess twice as often, so these names are kept in the database, as JSON.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.db import connection
from django.utils import timezone

from content.process_cache import ProcessCache

SHARED = "allauth"
# Nothing of these is worth knowing after a day.
LONGEST = timedelta(days=1)
# In one statement, so that of two processes that add the same name one is told that it was there.
ADD = """
INSERT INTO campaign_site_sharedvalue (key, value, until) VALUES (%(key)s, %(value)s, %(until)s)
ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value, until = EXCLUDED.until
WHERE campaign_site_sharedvalue.until <= %(now)s RETURNING key
"""
SET = """
INSERT INTO campaign_site_sharedvalue (key, value, until) VALUES (%(key)s, %(value)s, %(until)s)
ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value, until = EXCLUDED.until
"""
GET = "SELECT value FROM campaign_site_sharedvalue WHERE key = %(key)s AND until > %(now)s"
DELETE = "DELETE FROM campaign_site_sharedvalue WHERE key = %(key)s OR until <= %(now)s"


class SharedCache(ProcessCache):
    """Names that begin with SHARED are the installation's, all others the process's own."""

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        if not str(key).startswith(SHARED):
            return super().get(key, default, version)
        rows = self._ask(GET, key)
        return json.loads(rows[0][0]) if rows else default

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        if not str(key).startswith(SHARED):
            super().set(key, value, timeout, version)
        else:
            self._ask(SET, key, value, timeout)

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        if not str(key).startswith(SHARED):
            return bool(super().add(key, value, timeout, version))
        return bool(self._ask(ADD, key, value, timeout))

    def delete(self, key: Any, version: int | None = None) -> bool:
        """Forget this one, and what is over."""
        if not str(key).startswith(SHARED):
            return super().delete(key, version)
        self._ask(DELETE, key)
        return True

    def _ask(self, statement: str, key: Any, value: Any = None, timeout: Any = DEFAULT_TIMEOUT) -> list[Any]:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        now = timezone.now()
        lasts = LONGEST if seconds is None else min(timedelta(seconds=seconds), LONGEST)
        values: dict[str, Any] = {"key": str(key)[:255], "value": json.dumps(value), "now": now, "until": now + lasts}
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return list(cursor.fetchall()) if cursor.description else []
