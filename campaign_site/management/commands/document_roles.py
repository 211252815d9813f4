from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

FILE = settings.BASE_DIR / "docs" / "operations" / "roles.md"
ROLES = ("Editors of posts", "Approvers", "Channel managers", "Analysts", "Auditors")
HEAD = """# What each role may do

Roles are groups that the tables' migrations make; a person can have several. Administrators (superusers) may do
everything but approve their own work: who wrote or last edited a post never approves it, whatever their role. Rights
over pages are Wagtail's own groups' and are given by part of the page tree. This list is written by
`manage.py document_roles` from the groups themselves.

"""
ACTS = {"view": "see", "add": "add", "change": "change", "delete": "delete", "publish": "publish"}


def table() -> str:
    """Every permission of the roles, by what it is about."""
    rows: dict[str, dict[str, list[str]]] = {}
    with override("en"):
        for role in ROLES:
            permissions = Group.objects.get(name=role).permissions.select_related("content_type")
            for permission in permissions.order_by("content_type__app_label", "content_type__model", "codename"):
                verb = permission.codename.partition("_")[0]
                model = permission.content_type.model_class()
                about = str(model._meta.verbose_name) if model else permission.content_type.model
                act = ACTS.get(verb, permission.codename.replace("_", " "))
                rows.setdefault(about, {}).setdefault(role, []).append(act)
    lines = ["| | " + " | ".join(ROLES) + " |", "|---" * (len(ROLES) + 1) + "|"]
    for about, given in sorted(rows.items(), key=lambda row: row[0].lower()):
        cells = [", ".join(sorted(set(given.get(role, [])), key=_order)) for role in ROLES]
        lines.append(f"| {about} | " + " | ".join(cells) + " |")
    return HEAD + "\n".join(lines) + "\n"


def _order(act: str) -> tuple[int, str]:
    acts = list(ACTS.values())
    return (acts.index(act) if act in acts else len(acts), act)


class Command(BaseCommand):
    help = "Write docs/operations/roles.md from the groups. Example: python manage.py document_roles"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--check", action="store_true", help="only say whether it is up to date")

    def handle(self, *args: Any, **options: Any) -> None:
        text = table()
        if not options["check"]:
            FILE.write_text(text, encoding="utf-8")
        elif not FILE.exists() or FILE.read_text(encoding="utf-8") != text:
            raise CommandError(
                "docs/operations/roles.md is not what the groups say. Run: python manage.py document_roles"
            )
