"""Whether anything waits for the leader: one statement for all jobs that are wanted within seconds.

Each of these jobs asking by itself would keep an idle clock and its database busy, all at the same moment.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from social_publisher.clock.jobs import Job
from social_publisher.delivery.due import crowd

# Stands in the prepared statement for the time of each look.
MOMENT = datetime.max.replace(tzinfo=UTC)


class Look:
    """Looks on behalf of some jobs. The statement is made once, from the same queries that the jobs begin with."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        questions = [(job.name, waits) for job in jobs for waits in job.waits]
        self._names = [name for name, _waits in questions]
        self._patient = {job.name for job in jobs if job.gives_way}
        self._values: list[Any] = []
        parts = []
        for find in (crowd, *(waits for _name, waits in questions)):
            sql, values = find(MOMENT).values("pk")[:1].query.sql_with_params()
            # Not EXISTS: for that the database forgets the order, and with it the index that has the first row at once.
            parts.append(f"({sql}) IS NOT NULL")
            self._values += values
        self._sql = f"SELECT {', '.join(parts)}"

    def waiting(self, now: datetime) -> list[str]:
        """The names of the jobs that have something to do now, each once. One query."""
        with connection.cursor() as cursor:
            cursor.execute(self._sql, [now if value == MOMENT else value for value in self._values])
            crowded, *answers = cursor.fetchone()
        found = dict.fromkeys(name for name, there in zip(self._names, answers, strict=True) if there)
        return [name for name in found if not (crowded and name in self._patient)]

    def wake(self, now: datetime, run: Callable[[str], object]) -> None:
        """Run the jobs that have something to do."""
        for name in self.waiting(now):
            run(name)
