"""Reads what the site has, and stores a plan: every row or none."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page
from wagtail.models import Site as WagtailSite

from campaign_site.machine.reading import readable
from campaign_site.machine.redirects.plan import Plan, Planned, Site, Target, plan
from campaign_site.machine.redirects.table import Row, TableError, old_path

LOCK = 0x5ED1


def look(rows: Sequence[Row]) -> Plan:
    """What an import of these rows would do now."""
    return plan(rows, _site())


def store(rows: Sequence[Row]) -> Plan:
    """Import the rows, all or none, as they are judged now. Raises TableError if one is refused."""
    with transaction.atomic():
        # Two imports at once could make a chain that neither of them sees.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        found = look(rows)
        if not found.can_be_stored:
            raise TableError(_("Nothing was imported, because rows were refused. Correct them and try again."))
        # What leads to an address that now leads elsewhere itself cannot be: a page is there, or the row is refused.
        Redirect.objects.filter(site=None, old_path__in=[row.old for row in found.stored]).delete()
        Redirect.objects.bulk_create([_redirect(row) for row in found.stored], batch_size=1000)
    return found


def _redirect(row: Planned) -> Redirect:
    return Redirect(
        old_path=row.old, redirect_page_id=row.target.page_id, redirect_link=row.target.link, is_permanent=True
    )


def _site() -> Site:
    hosts = set(WagtailSite.objects.values_list("hostname", flat=True)) | {urlsplit(settings.PUBLIC_BASE_URL).hostname}
    redirects = Redirect.objects.filter(site=None).values_list("old_path", "redirect_page_id", "redirect_link")
    return Site(
        pages=_pages(),
        redirects={old: Target(page_id, link) for old, page_id, link in redirects},
        hosts=frozenset(str(host) for host in hosts if host),
    )


def _pages() -> dict[str, int]:
    """Every public page by the path it is at."""
    shown = readable(Page).filter(depth__gte=2).only("pk", "url_path", "path", "depth", "locale__language_code")
    found: dict[str, int] = {}
    for page in shown.order_by("path"):
        parts = page.get_url_parts()
        if parts and parts[2]:
            found[old_path(parts[2])] = page.pk
    return found
