"""Demo sign-ins, named by role. Development only: the passwords are random and stand in a file of the data folder."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction

ROLES = (
    ("editor", ("Editors of posts", "Editors"), False),
    ("approver", ("Approvers", "Moderators"), False),
    ("channel-manager", ("Channel managers",), False),
    ("analyst", ("Analysts",), False),
    ("auditor", ("Auditors",), False),
    ("administrator", (), True),
)
FILE = "demo-accounts.txt"
# Reserved for addresses that lead nowhere (RFC 2606).
NOWHERE = "demo.invalid"


def create_demo_accounts(folder: Path) -> dict[str, Any]:
    """Create an account a role, with its groups, and write the passwords to a file only its owner reads,
    once the accounts are committed."""
    users, lines = {}, []
    for name, groups, superuser in ROLES:
        password = "-".join(secrets.token_hex(2) for _part in range(4))
        user = get_user_model().objects.create_user(
            name,
            email=f"{name}@{NOWHERE}",
            password=password,
            first_name=name.replace("-", " ").capitalize(),
            last_name="(demo)",
            is_staff=superuser,
            is_superuser=superuser,
        )
        user.groups.set(Group.objects.filter(name__in=groups))
        users[name] = user
        lines.append(f"{name:<16} {password}")
    transaction.on_commit(lambda: _write(folder, lines))
    return users


def _write(folder: Path, lines: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder / FILE, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write("\n".join(lines) + "\n")
