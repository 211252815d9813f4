"""Django finds the models of this room here; they live in `records`, `pages` and `search`."""

from __future__ import annotations

from content.contact.models import *  # noqa: F403
from content.pages import *  # noqa: F403
from content.publishing.models import *  # noqa: F403
from content.records import *  # noqa: F403
from content.report.models import *  # noqa: F403
from content.search.models import *  # noqa: F403
