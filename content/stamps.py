"""Puts the trigger that renews the stamp on every table whose rows a public page shows."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import connections

# Whole rooms, so that a new record needs no thought; and of Wagtail what a page's address and visibility hang on.
ROOMS = ("content", "media", "taggit")
# Of them, what readers do, what staff look after and what search keeps for itself: no page shows it.
NOT_SHOWN = {
    "contactmessage", "contactsalt", "contactsender", "linktarget", "linktarget_pages", "pagereview",
    "scheduledpublication", "searchentry", "searchtally", "searchwaiting", "searchword", "searchwords",
}  # fmt: skip
WAGTAIL = ("page", "site", "locale", "pageviewrestriction")
PAGES = "wagtailcore_page"
# A draft changes these columns of a page's row and nothing that a reader sees.
OF_DRAFTS = (
    "draft_title",
    "has_unpublished_changes",
    "latest_revision_created_at",
    "latest_revision_id",
    "locked",
    "locked_at",
    "locked_by_id",
)

INSTALL = """
DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY[TABLES] LOOP
        IF to_regclass(name) IS NOT NULL AND NOT EXISTS (
            SELECT FROM pg_trigger WHERE tgrelid = to_regclass(name) AND tgname = 'content_changed'
        ) THEN
            EXECUTE format('CREATE TRIGGER content_changed AFTER INSERT OR UPDATE%s OR DELETE OR TRUNCATE ON %I '
                'FOR EACH STATEMENT EXECUTE FUNCTION content_changed()',
                CASE name WHEN 'PAGES' THEN ' OF COLUMNS' ELSE '' END, name);
        END IF;
    END LOOP;
END $$
"""


def tables() -> list[str]:
    """The tables that count as content, those between two models included."""
    models = [model for room in ROOMS for model in apps.get_app_config(room).get_models(include_auto_created=True)]
    models = [model for model in models if model._meta.model_name not in NOT_SHOWN]
    models += [apps.get_model("wagtailcore", name) for name in WAGTAIL]
    return sorted({model._meta.db_table for model in models if model._meta.managed})


def install(using: str = "default", **_signal: Any) -> None:
    """Put the trigger where it is missing. Runs after every `migrate`."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT to_regproc('content_changed') IS NOT NULL")
        if cursor.fetchone()[0]:
            columns = [field.column for field in apps.get_model("wagtailcore", "page")._meta.local_concrete_fields]
            seen = ", ".join(column for column in columns if column not in OF_DRAFTS)
            named = ", ".join(f"'{name}'" for name in tables())
            cursor.execute(INSTALL.replace("TABLES", named).replace("PAGES", PAGES).replace("COLUMNS", seen))
