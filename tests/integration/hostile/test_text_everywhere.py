"""Every text that anybody words, wherever it is shown again: it stays a text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from contextlib import suppress
from email import message_from_bytes, policy
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4
from zipfile import ZipFile

import pikepdf
import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.views import View
from openpyxl import load_workbook
from pypdf import PdfReader
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from content.contact import mail as contact
from content.contact.models import ContactMessage
from content.records import Campaign
from social_publisher.models import Alert, CampaignReporting
from social_publisher.notices.fan_out import fan_out
from social_publisher.notices.mail import mail_due
from social_publisher.reports.monthly import mail_monthly
from tests.factories import make_user
from tests.integration.hostile import addresses, looking
from tests.integration.hostile.conftest import World
from tests.integration.hostile.world import MAILS, hostile, put, written_fields
from tests.integration.site.test_headers import WAGTAIL
from tests.support.hostile import HEADERS, MARK, MARKUP, is_alive_address

pytestmark = pytest.mark.xdist_group("starting_content")
# Wagtail's own: a drawing in several roots, and a script of words.
NO_PAGE = re.compile(r"^/admin/(sprite|jsi18n)/")
KNOWN_HEADERS = {
    *("Content-Type", "MIME-Version", "Content-Transfer-Encoding", "Subject", "From", "To", "Reply-To"),
    *("Date", "Message-ID"),
}


def signed_in() -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(make_user(superuser=True))
    return client


def seen(client: Client, paths: Iterable[str], least: int = 0) -> dict[str, list[str]]:
    """What is wrong at these addresses; `least` is how many of them have to show something of the corpus."""
    found, shown = {}, 0
    for path in paths:
        answer = client.get(path)
        shown += not answer.streaming and answer.status_code == 200 and MARK.encode() in answer.content
        if not NO_PAGE.match(path) and not WAGTAIL.search(path) and (faults := looking.faults(answer)):
            found[path] = faults
    assert shown >= least
    return found


def test_the_fields_are_found_and_filled(world: World) -> None:
    assert world.refused == {}
    fields = [field for fields in written_fields().values() for field in fields]
    assert len(fields) > 230
    assert min(put[word] for word in MARKUP) >= 10, "everything of the corpus stands somewhere, and often"


def test_every_screen_of_the_desk_shows_it_as_text(world: World) -> None:
    paths = addresses.screens(world.things).values()
    assert len(paths) > 300
    assert seen(signed_in(), paths, 150) == {}


def test_every_public_address_tells_it_as_text(world: World) -> None:
    paths = addresses.public()
    assert len(paths) > 120
    assert seen(Client(raise_request_exception=False), paths, 60) == {}


@pytest.mark.parametrize("path", ["/no/such/<x-hx9>/", '/"onclick=hx9()', "/admin/<x-hx9>/", "/go/<x-hx9>"])
def test_so_do_refusals(world: World, path: str) -> None:
    assert seen(Client(raise_request_exception=False), [path]) == {}


def report(campaign: Campaign, kind: str, language: str = "en") -> bytes:
    form = {"about": f"campaign-{campaign.pk}", "language": language, "format": kind}
    answer = signed_in().post(reverse("social_results:report"), form)
    assert answer.headers["Content-Disposition"].startswith("attachment"), "it was made"
    return bytes(answer.content)


@pytest.fixture
def campaign(world: World) -> Campaign:
    return Campaign.objects.get(pk=world.things["campaign"])


def test_a_documents_source_takes_no_orders(campaign: Campaign) -> None:
    """Typst sets it: a text is data to it, and no program of the file is anybody's but its own."""
    Campaign.objects.filter(pk=campaign.pk).update(goal='#read("/etc/passwd") #hx9 $hx9$ @hx9 <hx9> *a* `b` ]')
    data = report(campaign, "pdf")
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)
    assert '#read("/etc/passwd") #hx9 $hx9$ @hx9 <hx9> *a* `b` ]' in " ".join(text.split())
    assert "root:" not in text
    with pikepdf.open(BytesIO(data)) as file:
        things = [thing for thing in file.objects if isinstance(thing, pikepdf.Dictionary)]
    assert not [thing for thing in things if {"/JS", "/Launch", "/EF"} & set(thing.keys())]
    assert not [str(thing["/URI"]) for thing in things if "/URI" in thing and is_alive_address(str(thing["/URI"]))]


def cells_of(data: bytes) -> list[Any]:
    return [cell for sheet in load_workbook(BytesIO(data)) for row in sheet.iter_rows() for cell in row]


def cells_that_run(data: bytes) -> list[Any]:
    """What of a workbook is a formula or a link, or would be a formula in the CSV file that somebody makes of it."""
    texts = [cell for cell in cells_of(data) if cell.data_type != "n"]
    found = [cell.value for cell in texts if cell.data_type == "f" or cell.hyperlink]
    return found + [cell.value for cell in texts if str(cell.value).startswith((*looking.FORMULAS, "\t", "\r", "\n"))]


def test_a_spreadsheet_has_no_formula_and_no_link(campaign: Campaign) -> None:
    data = report(campaign, "xlsx", "ro")
    assert any(MARK in str(cell.value) for cell in cells_of(data))
    assert cells_that_run(data) == []


def test_no_cell_of_a_table_is_a_formula(campaign: Campaign) -> None:
    with ZipFile(BytesIO(report(campaign, "csv"))) as packed:
        tables = {name: packed.read(name) for name in packed.namelist()}
    tables["activities"] = report(campaign, "activities")
    tables["record"] = looking.body(signed_in().post(reverse("social_audit:csv")))
    tables |= {"template": looking.body(signed_in().get(reverse("social_planning:template", args=["csv"])))}
    assert len(tables) > 5
    assert sum(MARK.encode() in data for data in tables.values()) > 2
    assert {name: found for name, data in tables.items() if (found := looking.of_table(data))} == {}


def exports(things: dict[str, Any]) -> list[str]:
    """The addresses of lists that are saved as a table, ours and Wagtail's."""
    found = []
    for path in addresses.screens(things).values():
        with suppress(Resolver404):
            view = getattr(resolve(urlsplit(path).path).func, "view_class", View)
            if issubclass(view, SpreadsheetExportMixin) and not path.endswith("/results/"):
                found.append(path)
    return found


def test_no_list_that_is_saved_has_a_formula(world: World) -> None:
    client, told, lists = signed_in(), 0, exports(world.things)
    assert {reverse("wagtailsnippets_social_publisher_post:list"), reverse("reader-searches")} <= set(lists)
    for path in lists:
        for kind in ("csv", "xlsx"):
            answer = client.get(path, {"export": kind})
            data = looking.body(answer)
            assert answer.status_code == 200, path
            if kind == "csv":
                assert looking.of_table(data) == [], path
                told += MARK.encode() in data
            else:
                assert cells_that_run(data) == [], path
    assert told > 3


def test_the_evidence_is_whole_and_its_names_lead_nowhere(world: World, campaign: Campaign) -> None:
    answer = signed_in().post(reverse("social_results:archive", args=[campaign.pk]))
    with ZipFile(BytesIO(looking.body(answer))) as packed:
        names, parts = packed.namelist(), {name: packed.read(name) for name in packed.namelist()}
    assert not [name for name in names if name.startswith(("/", "\\")) or ".." in name or MARK in name]
    for name, data in parts.items():
        lines = data.decode().splitlines() if name.endswith(".jsonl") else []
        for line in [*lines, *([data.decode()] if name.endswith(".json") else [])]:
            json.loads(line)
    assert any(MARK.encode() in data for data in parts.values())


# --- Mail -----------------------------------------------------------------------------------------------------------


def letters() -> list[Any]:
    """What left, as the mail server gets it, read again."""
    return [message_from_bytes(one.message().as_bytes(), policy=policy.default) for one in mail.outbox]


def of_letters() -> list[str]:
    """What is in a mail that must not be: another header, another receiver, another kind of content."""
    found = [f"the header {name}" for one in letters() for name in one if name not in KNOWN_HEADERS]
    found += [f"to {one['To']}" for one in letters() if "Bcc" in one or len(one["To"].addresses) > 1]
    parts = [part for one in letters() for part in one.walk() if not part.is_multipart()]
    kinds = {"text/plain", "application/pdf"}
    return found + [
        part.get_content_type()
        for part in parts
        if part.get_content_type() not in kinds and "sheet" not in part.get_content_type()
    ]


def test_a_notice_is_mailed_as_plain_text(world: World) -> None:
    now = timezone.now()
    get_user_model().objects.filter(email__gt="").update(is_active=False)
    person = make_user("Approvers")
    person.__class__.objects.filter(pk=person.pk).update(
        email="approver@example.org", first_name=hostile("person", 100)
    )
    for kind in Alert.Kind.values:
        Alert.objects.tell(kind, now, hostile(kind), post_id=world.things["post"])
    fan_out(now)
    assert mail_due(now) > 0
    assert any(MARK in one.body for one in mail.outbox)
    assert of_letters() == []


def written(number: int, **fields: Any) -> ContactMessage:
    """A message of a reader that is to be mailed now."""
    now = timezone.now()
    usual = {"reference": f"HX9{number}", "form_id": uuid4(), "language": "en", "recipients": ["a@example.org"]}
    days = {"received_at": now, "delete_on": now.date(), "mail_at": now}
    return ContactMessage.objects.create(**{**usual, **days, **fields})


@pytest.mark.parametrize("header", HEADERS[:4])
def test_a_message_of_a_reader_is_mailed_as_plain_text(world: World, header: str) -> None:
    now = timezone.now()
    ContactMessage.objects.update(mail_at=None)
    written(1, text=hostile("message"), name=header, topic=header, email=MAILS[0], mail_at=now)
    assert contact.mail_due(now) == 1
    assert of_letters() == []
    assert MARK in mail.outbox[0].body


NAMED = hostile("campaign", 200).replace("\n", " ").replace("\r", " ")


@pytest.mark.parametrize("name", [NAMED, HEADERS[0]], ids=["hostile", "line end"])
def test_a_report_is_mailed_to_those_who_are_named_alone(world: World, campaign: Campaign, name: str) -> None:
    Campaign.objects.filter(pk=campaign.pk).update(name=name)
    CampaignReporting.objects.exclude(campaign=campaign).delete()
    CampaignReporting.objects.update(mail_to="one@example.org", mail_since=None)
    now = timezone.now()
    mail_monthly(now)
    CampaignReporting.objects.update(mail_since=now.date().replace(year=now.year - 1))
    assert mail_monthly(now) == 1
    assert of_letters() == []


UNSENDABLE = f"a@{'ä' * 60}.example.org"


def test_an_address_that_no_mail_can_go_to_holds_up_nobody(world: World) -> None:
    now = timezone.now()
    for number, address in enumerate((UNSENDABLE, "b@example.org")):
        written(number, text="Text", email=address, mail_at=now)
    assert contact.mail_due(now) >= 1
    assert any("b@example.org" in one.body for one in mail.outbox)
