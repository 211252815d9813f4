#!/usr/bin/env python3
"""Django's command line, on the development settings unless told otherwise."""

from __future__ import annotations

import os
import sys

# What changes tables runs as their owner, where OWNER_DATABASE_URL names one; everything else as DATABASE_URL says.
OF_THE_OWNER = {"prepare", "migrate", "restore", "backup", "database_role"}


def main() -> None:
    from django.core.exceptions import ImproperlyConfigured

    from campaign_site.settings import secret_files

    try:
        secret_files.read(os.environ)
    except ImproperlyConfigured as error:
        sys.exit(f"Cannot start: {error}")
    owner = os.environ.get("OWNER_DATABASE_URL")
    if owner and len(sys.argv) > 1 and sys.argv[1] in OF_THE_OWNER:
        os.environ["DATABASE_URL"] = owner
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campaign_site.settings.development")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
