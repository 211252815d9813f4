from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from content.records import Campaign
from social_publisher.approval.audit import record
from social_publisher.reports.archive import stream


class Command(BaseCommand):
    help = (
        "Write a campaign's evidence into one ZIP: posts as they left, media, receipts, approvals, the audit's "
        "entries, the numbers. Example: python manage.py export_archive fait --to evidence-fait.zip"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", metavar="CODE", help="the campaign's code, as it stands in tracked links")
        parser.add_argument("--to", metavar="FILE", required=True, help="where to write it; nothing is overwritten")

    def handle(self, *args: Any, **options: Any) -> str:
        """Pack, with a line of progress now and then. A file that could not be finished is removed."""
        campaign = Campaign.objects.filter(code=options["code"]).first()
        if campaign is None:
            known = ", ".join(Campaign.objects.values_list("code", flat=True)) or "none yet"
            raise CommandError(f"There is no campaign “{options['code']}”. There is: {known}.")
        target = Path(options["to"])
        try:
            with target.open("xb") as file:
                record("archive.made", campaign, campaign=campaign.pk)
                for piece in stream(campaign, lambda done, of: self.stderr.write(f"{done:,} of {of:,} posts")):
                    file.write(piece)
        except FileExistsError as error:
            raise CommandError(f"{target} is there already. Choose another name.") from error
        except OSError as error:
            target.unlink(missing_ok=True)
            raise CommandError(f"The archive could not be written: {error}") from error
        return f"Written: {target}, {target.stat().st_size:,} bytes."
