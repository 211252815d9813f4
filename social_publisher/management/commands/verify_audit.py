from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from social_publisher.approval import chain, sealing
from social_publisher.approval.chain import Check, Entry, Head

EVERY = 20_000


class Command(BaseCommand):
    help = (
        "Check that no sealed entry of the audit was changed, removed, added or moved. Says which link is the first "
        "that does not hold, and then ends with 1. Print the newest seal with --head and keep it somewhere else: with "
        "--expect a cut-off end is found too. Examples: python manage.py verify_audit; python manage.py verify_audit "
        "--expect 1234:9f86d081…; python manage.py verify_audit --file audit.jsonl"
    )
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--head", action="store_true", help="print the newest seal, as place:hash, and end")
        parser.add_argument("--expect", metavar="PLACE:HASH", help="a seal that was printed before and must be there")
        parser.add_argument("--file", metavar="PATH", help="check an export in JSON Lines (- is standard input)")
        parser.add_argument("--gaps", action="store_true", help="the file is of some entries only: gaps are no break")

    def handle(self, *args: Any, **options: Any) -> str:
        """Check, with a line of progress now and then."""
        if options["head"]:
            return str(sealing.head())
        if options["gaps"] and not options["file"]:
            raise CommandError("--gaps goes with --file: the database itself has no gaps.")
        try:
            expected = chain.read_head(options["expect"]) if options["expect"] else None
            if not options["file"]:
                answer = self._check(sealing.entries(), expected, options)
            elif options["file"] == "-":
                answer = self._check(chain.read_lines(sys.stdin), expected, options)
            else:
                with Path(options["file"]).open(encoding="utf-8") as file:
                    answer = self._check(chain.read_lines(file), expected, options)
        except (ValueError, OSError) as error:
            raise CommandError(str(error)) from error
        if answer.broken is not None:
            raise CommandError(f"The chain breaks: {answer.broken}.")
        gaps = f", {answer.gaps} gaps" if answer.gaps else ""
        return f"The chain holds: {answer.sealed} sealed, {answer.unsealed} not sealed yet{gaps}. Head {answer.head}"

    def _check(self, entries: Iterator[Entry], expected: Head | None, options: dict[str, Any]) -> Check:
        answer = Check()
        for number, answer in enumerate(chain.check(entries, expected, may_have_gaps=options["gaps"]), 1):  # noqa: B007
            if options["verbosity"] and number % EVERY == 0:
                self.stderr.write(f"{number} checked …")
        return answer
