from __future__ import annotations

import json
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from campaign_site.translations import catalogues, compiled, exchange
from campaign_site.translations.extract import SCOPES, Message
from campaign_site.translations.tongues import TONGUES

SHOWN = 10


class Command(BaseCommand):
    help = (
        "Keep the texts of the screens translated. "
        "Examples: python manage.py translations --update; "
        "python manage.py translations --check --scope public; "
        "python manage.py translations --export var/texts --language ro; "
        "python manage.py translations --take var/texts/ro.json --language ro"
    )
    requires_migrations_checks = False
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        action = parser.add_mutually_exclusive_group(required=True)
        action.add_argument("--update", action="store_true", help="find the texts in the code and update the .po files")
        action.add_argument("--check", action="store_true", help="say what is missing; fails when anything is")
        action.add_argument("--export", metavar="FOLDER", help="write <language>.json with the missing texts")
        action.add_argument("--take", metavar="FILE", help="read translations from a JSON file; needs --language")
        action.add_argument("--compile", action="store_true", help="compile what changed, as every start does")
        parser.add_argument("--language", choices=sorted(TONGUES), help="one language; without it all")
        parser.add_argument("--scope", choices=SCOPES, default="", help="who meets the texts; without it everybody")

    def handle(self, *args: Any, **options: Any) -> None:
        codes = [options["language"]] if options["language"] else list(TONGUES)
        if options["update"]:
            self.stdout.write(f"{catalogues.update_all()} texts; the .po files are up to date.")
        elif options["check"]:
            self._check(codes, options["scope"])
        elif options["export"]:
            self._export(codes, options["scope"], Path(options["export"]))
        elif options["take"]:
            if not options["language"]:
                raise CommandError("Say which language the file is in, for example --language ro.")
            self._take(options["language"], Path(options["take"]))
        else:
            written = compiled.compile_stale(Path(settings.VAR) / "build" / "locale")
            self.stdout.write(f"{written} catalogues compiled.")

    def _check(self, codes: list[str], scope: str) -> None:
        found = exchange.all_messages()
        total = 0
        for code in codes:
            open_ones = exchange.missing(code, found, scope)
            total += len(open_ones)
            counts = Counter(message.scope for message in open_ones)
            self.stdout.write(f"{code}: " + ", ".join(f"{name} {counts[name]}" for name in SCOPES))
            for message in open_ones[:SHOWN]:
                self.stdout.write(f"    {message.places[0]}: {_short(message)}")
            if len(open_ones) > SHOWN:
                self.stdout.write(f"    and {len(open_ones) - SHOWN} more")
        if total:
            raise CommandError(
                f"{total} translations are missing. Write them out with --export, fill them in, and --take them back."
            )

    def _export(self, codes: list[str], scope: str, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        found = exchange.all_messages()
        for code in codes:
            open_ones = exchange.missing(code, found, scope)
            path = folder / f"{code}.json"
            path.write_text(
                json.dumps(exchange.export(code, open_ones), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
            )
            self.stdout.write(f"{path}: {len(open_ones)} texts")

    def _take(self, code: str, path: Path) -> None:
        try:
            given = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError) as error:
            raise CommandError(f"{path} cannot be read as JSON: {error}") from error
        if not isinstance(given, dict):
            raise CommandError(f"{path} must hold one object: texts and their translations.")
        try:
            count = exchange.take(code, given, exchange.all_messages())
        except exchange.RefusedError as error:
            raise CommandError("Nothing was taken. Correct these:\n" + "\n".join(error.reasons)) from error
        self.stdout.write(f"{code}: {count} texts taken.")


def _short(message: Message) -> str:
    text = " ".join(message.text.split())
    return text if len(text) <= 80 else f"{text[:77]}..."
