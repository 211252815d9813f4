"""A report says what the screens say, in every format and language, and the same data makes the same file."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook
from pypdf import PdfReader

from content.pages import ReportPage
from content.records import Campaign, Project
from content.records.indicator import Indicator
from social_publisher.engagement import results
from social_publisher.engagement.figures import Figures
from social_publisher.engagement.periods import Period
from social_publisher.engagement.rollup import roll_up_clicks
from social_publisher.models import (
    Attempt,
    AuditEvent,
    CampaignIndicator,
    CampaignReporting,
    Channel,
    Delivery,
)
from social_publisher.reports.collect import report_on
from social_publisher.reports.formats import Format, made
from tests.factories import make_campaign, make_channel, make_user
from tests.pages import make_home
from tests.support.brought import DAY, HOUR, OUT, clicked, published, told

pytestmark = pytest.mark.django_db
MADE = date(2026, 6, 1)
MAY = Period(date(2026, 5, 1), date(2026, 5, 31))
EVERYTHING = Period(None, date(2026, 12, 31))
FORMULA = '=HYPERLINK("http://elsewhere.example")'


def file_of(campaign: Campaign | Project, kind: Format, language: str = "en", period: Period = MAY) -> bytes:
    with translation.override(language):
        return made(report_on(campaign, period), kind, MADE).data


def numbers_of(campaign: Campaign | Project, period: Period = MAY) -> dict[str, Any]:
    return {row.code: row.value for row in report_on(campaign, period).numbers}


def text_of(document: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(document)).pages)


def tables_of(packed: bytes) -> dict[str, list[list[str]]]:
    with zipfile.ZipFile(io.BytesIO(packed)) as files:
        read = {name: files.read(name).decode("utf-8-sig") for name in files.namelist()}
    return {name: list(csv.reader(io.StringIO(text), delimiter=";")) for name, text in read.items()}


def test_the_report_has_the_numbers_of_the_screens(campaign: Campaign) -> None:
    found = numbers_of(campaign)
    days = results.by_day([campaign], MAY).values()
    assert found["clicks"] == sum(day.link_clicks for day in days) == 7
    assert (found["posts"], found["deliveries"], found["reactions"]) == (2, 2, 6)
    assert (found["impressions"], found["rate"]) == (250, Decimal("1.20"))
    assert (found["reads"], found["downloads"], found["charged"]) == (12, 5, 0)
    assert numbers_of(campaign, Period(date(2026, 5, 5), date(2026, 5, 5)))["impressions"] == 150


def test_what_nobody_told_is_not_zero() -> None:
    campaign = make_campaign()
    told(published(campaign), OUT + HOUR, likes=1)
    assert numbers_of(campaign)["impressions"] is None
    assert ["Outputs", "Impressions", "n/a"] in [
        row[:3] for row in tables_of(file_of(campaign, Format.CSV))["numbers.csv"]
    ]


def test_a_project_is_the_sum_of_its_campaigns(campaign: Campaign) -> None:
    other = make_campaign(project=campaign.project)
    told(published(other), OUT + HOUR, likes=10)
    clicked(published(other, make_channel("x")), OUT + HOUR, 3)
    found = numbers_of(campaign.project)
    assert (found["posts"], found["clicks"], found["reactions"]) == (4, 10, 16)
    names = {row.campaign for row in report_on(campaign.project, MAY).evidence}
    assert names == {campaign.name, other.name}


def test_rehearsals_are_no_result_once_there_is_a_public_account(campaign: Campaign, serve: Any) -> None:
    assert report_on(campaign, MAY).rehearsal
    assert "They are no result." in text_of(file_of(campaign, Format.PDF))
    serve("mastodon")
    Channel.objects.create(name="Public", network="mastodon", handle="selec", language="en", time_zone="UTC")
    report = report_on(campaign, MAY)
    assert not report.rehearsal
    assert report.evidence == ()
    assert numbers_of(campaign)["clicks"] == 0
    asked = report_on(campaign, MAY, rehearsals=True)
    assert asked.rehearsal
    assert len(asked.evidence) == 2
    client = Client()
    client.force_login(make_user("Analysts"))
    screen = reverse("social_results:campaign", args=[campaign.pk])
    hours = reverse("social_results:last_hours", args=[campaign.pk])
    for query, count in (({}, "0"), ({"rehearsals": "on"}, "7")):
        page = BeautifulSoup(client.get(screen, query).content, "html.parser")
        shown = {part.dt.get_text(): part.dd.get_text() for part in page.select(".desk-totals div")}
        assert shown["Link clicks"] == count
        assert ("Rehearsals are in these numbers." in page.get_text()) is bool(query)
        assert client.get(hours, query).status_code == 200


def test_the_same_data_makes_the_same_file_and_the_same_digest(campaign: Campaign) -> None:
    for kind in Format:
        assert file_of(campaign, kind) == file_of(campaign, kind), kind
    digest = report_on(campaign, MAY).digest
    with translation.override("el"):
        assert report_on(campaign, MAY).digest == digest
    clicked(Delivery.objects.latest("pk"), OUT + HOUR, 1)
    assert report_on(campaign, MAY).digest != digest


def test_the_document_is_tagged_and_says_its_language(campaign: Campaign) -> None:
    reader = PdfReader(io.BytesIO(file_of(campaign, Format.PDF, "el")))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]
    assert root["/Lang"] == "el"
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert campaign.name in reader.metadata["/Title"]


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_the_document_is_right_in_every_language(campaign: Campaign, language: str) -> None:
    document = file_of(campaign, Format.PDF, language)
    text = text_of(document)
    assert campaign.name in text
    assert "Људи питају ко зарађује." in text
    with translation.override(language):
        assert str(translation.gettext("Communication activities")) in " ".join(text.split())
    assert "\ufffd" not in text
    assert report_on(campaign, MAY).digest in text.replace("\n", "")


def test_the_funders_sentence_stands_first_with_its_emblem(campaign: Campaign) -> None:
    from content.records import Funder, FundingStatement, Grant, Programme

    funder = Funder.objects.create(name="European Union", kind=Funder.Kind.EU)
    programme = Programme.objects.create(name="ISF", funder=funder)
    FundingStatement.objects.create(programme=programme, language="en", statement="Funded by the European Union.")
    Project.objects.filter(pk=campaign.project_id).update(
        grant=Grant.objects.create(programme=programme, name="One", reference="ISF-1")
    )
    reader = PdfReader(io.BytesIO(file_of(campaign, Format.PDF)))
    first = reader.pages[0].extract_text()
    assert first.index("Funded by the European Union.") < first.index("Results:")
    assert "ISF-1" in first


def test_every_post_is_evidence_with_its_time_its_approval_and_its_address(campaign: Campaign) -> None:
    heading, *rows = tables_of(file_of(campaign, Format.CSV))["posts.csv"]
    row = dict(zip(heading, rows[0], strict=True))
    delivery = Delivery.objects.order_by("pk").first()
    assert delivery is not None
    assert row["Number"] == str(delivery.pk)
    assert row["Address"] == delivery.remote_url
    assert row["Approved by"] == "An approver who was neither author nor last editor"
    assert "12:30:00 (UTC+0300)" in row["Left at"]
    assert (row["Link clicks"], row["Impressions"], row["State"]) == ("7", "250", "Published")
    assert delivery.approval.approver_name not in str(rows)


def test_what_was_taken_back_is_evidence_and_no_result(campaign: Campaign) -> None:
    row = Delivery.objects.order_by("pk").first()
    Delivery.objects.filter(pk=row.pk).update(state="recalled")
    report = report_on(campaign, MAY)
    assert [one.state for one in report.evidence] == ["recalled", "published"]
    assert {number.code: number.value for number in report.numbers}["posts"] == 1


def test_no_cell_is_a_formula(campaign: Campaign) -> None:
    Campaign.objects.filter(pk=campaign.pk).update(name=FORMULA)
    campaign.refresh_from_db()
    for rows in tables_of(file_of(campaign, Format.CSV)).values():
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]
    book = load_workbook(io.BytesIO(file_of(campaign, Format.XLSX)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert file_of(campaign, Format.PDF)


def test_the_spreadsheet_holds_numbers_as_numbers_with_definition_and_day(campaign: Campaign) -> None:
    book = load_workbook(io.BytesIO(file_of(campaign, Format.XLSX)))
    heading, *rows = book["Numbers"].iter_rows(values_only=True)
    assert heading == ("Stage", "Number", "Value", "What it is", "As of")
    named = {row[1]: row for row in rows}
    assert named["Link clicks"][2] == 7
    assert all(row[3] for row in rows)
    assert named["Impressions"][4].startswith("6 May 2026")
    assert list(dict.fromkeys(row[0] for row in rows)) == ["Inputs", "Outputs", "Out-takes", "Outcomes"]


def test_the_portals_table_has_its_columns_and_what_took_place(campaign: Campaign) -> None:
    CampaignReporting.objects.create(campaign=campaign, audiences=["citizens", "civil-society"])
    data = file_of(campaign, Format.ACTIVITIES).decode("utf-8-sig")
    heading, *rows = csv.reader(io.StringIO(data), delimiter=";")
    assert heading == [
        "Communication activity name", "Description", "Target audience", "Communication channel", "Outcome", "Status",
    ]  # fmt: skip
    social, website = rows
    assert social[2:4] == ["Citizens; Civil society", "Social media"]
    assert social[4] == "Posts: 2, Impressions: 250, Reactions: 6, Link clicks: 7"
    assert website[3:] == ["Website", "Page reads: 12, Downloads: 5", "Ongoing"]
    assert file_of(campaign, Format.ACTIVITIES, "el") == file_of(campaign, Format.ACTIVITIES)


def test_indicators_fill_themselves_or_name_source_and_person(campaign: Campaign) -> None:
    reporting = CampaignReporting.objects.create(campaign=campaign)
    CampaignIndicator.objects.create(reporting=reporting, counts="clicks", baseline=2, target=12)
    CampaignIndicator.objects.create(
        reporting=reporting, label="Calls to the hotline", stage="outcomes", target=50, actual=20,
        source="Hotline's register", reported_on=date(2026, 5, 30), entered_name="An analyst",
    )  # fmt: skip
    CampaignIndicator.objects.create(reporting=reporting, label="Seizures", stage="impact")
    Indicator.objects.create(project=campaign.project, code="specialists", label="Specialists trained", target=120)
    rows = {row.label or row.counts: row for row in report_on(campaign, MAY).indicators}
    assert (rows["clicks"].actual, rows["clicks"].share, rows["clicks"].stage) == (7, 50, "out-takes")
    assert (rows["Calls to the hotline"].share, rows["Calls to the hotline"].entered_by) == (40, "An analyst")
    assert rows["Specialists trained"].actual is None
    text = " ".join(text_of(file_of(campaign, Format.PDF)).split())
    assert "Hotline's register, 30 May 2026, An analyst" in text
    assert "Specialists trained" in text
    assert text.count("not reported") == 2


@pytest.mark.parametrize("kind", list(Format))
def test_an_analyst_takes_a_report_along_and_the_record_says_so(campaign: Campaign, kind: Format) -> None:
    client = Client()
    client.force_login(make_user("Analysts"))
    query = "?period=own&first=2026-05-01&last=2026-05-31"
    values = {"about": f"campaign-{campaign.pk}", "language": "ro", "format": kind.value}
    response = client.post(reverse("social_results:report") + query, values)
    assert response.status_code == 200
    assert "attachment" in response["Content-Disposition"]
    entry = AuditEvent.objects.get(action="report.made")
    assert entry.data["digest"] == report_on(campaign, MAY).digest
    assert (entry.data["first"], entry.data["last"]) == ("2026-05-01", "2026-05-31")


@pytest.mark.parametrize("about", ["campaign-0", "project-", "x", "campaign-99999999999999999999"])
def test_what_cannot_be_reported_about_is_said_in_words(campaign: Campaign, about: str) -> None:
    client = Client()
    client.force_login(make_user("Analysts"))
    response = client.post(
        reverse("social_results:report"), {"about": about, "language": "en", "format": "pdf"}, follow=True
    )
    assert "Choose what the report is about" in response.content.decode()


ODD = ["Look 🚨👮🏽‍♂️ here", "\x07bell\x0b", "漢字 عربي", "x" * 3000, "", "#set page() $a$ \\ [x] `y`"]


def attempted(*texts: str) -> None:
    """The first post left in these parts."""
    parts: list[dict[str, Any]] = [{"text": text, "attachments": [], "card": None} for text in texts]
    Attempt.objects.create(
        delivery=Delivery.objects.earliest("published_at"), number=1, digest="0" * 64, armed_at=OUT,
        outcome="published", owner="00000000-0000-0000-0000-000000000001",
        payload={"language": "en", "link": "", "parts": parts},
    )  # fmt: skip


@pytest.mark.parametrize("text", ODD)
def test_any_text_can_be_drawn(campaign: Campaign, text: str) -> None:
    attempted(text)
    Campaign.objects.filter(pk=campaign.pk).update(goal=text, name=text[:200] or "Nameless")
    campaign.refresh_from_db()
    for kind in Format:
        assert file_of(campaign, kind)
    if "🚨" in text:
        assert "[police cars revolving light]" in text_of(file_of(campaign, Format.PDF)).replace("\n", " ")


def test_a_thread_is_evidence_as_a_whole(campaign: Campaign) -> None:
    attempted("First.", "Second.")
    assert report_on(campaign, MAY).evidence[0].text == "First.\n\nSecond."


def test_a_periods_evidence_sums_up_to_its_numbers(campaign: Campaign) -> None:
    row = Delivery.objects.order_by("pk").first()
    june = Period(date(2026, 6, 1), date(2026, 6, 30))
    told(row, OUT + 30 * DAY, likes=13, impressions=1_250)
    clicked(row, OUT + 30 * DAY, 90)
    for period in (MAY, june):
        report = report_on(campaign, period)
        values = {number.code: number.value for number in report.numbers}
        assert sum(one.figures.link_clicks for one in report.evidence) == values["clicks"]
        assert Figures.sum(one.figures for one in report.evidence).reactions == values["reactions"]
        social = [one for one in report.activities if one.channel == "social"]
        assert sum(one.figures.link_clicks for one in social) == values["clicks"]
    assert values["clicks"] == 90
    assert values["posts"] == 0
    assert [(one.left_in_period, one.figures.rate) for one in report.evidence] == [(False, Decimal("1.00"))]
    assert "Left before the period" in " ".join(text_of(file_of(campaign, Format.PDF, period=june)).split())


def test_the_digest_does_not_change_with_the_look(campaign: Campaign) -> None:
    digest = report_on(campaign, MAY).digest
    roll_up_clicks(OUT + 40 * DAY)
    Delivery.objects.update(engagement_read_at=OUT + 50 * DAY)
    assert report_on(campaign, MAY).digest == digest


def test_clicks_on_rehearsals_are_no_outcome(campaign: Campaign, serve: Any) -> None:
    page = make_home().add_sibling(instance=ReportPage(title="How to report", slug="report"))
    link = Delivery.objects.order_by("pk").first().short_link
    type(link).objects.filter(pk=link.pk).update(target_page=page, target_url="")
    assert numbers_of(campaign)["report_clicks"] == 7
    serve("mastodon")
    Channel.objects.create(name="Public", network="mastodon", handle="selec", language="en", time_zone="UTC")
    assert numbers_of(campaign)["report_clicks"] == 0


def test_a_name_in_any_script_makes_a_file_name(campaign: Campaign) -> None:
    project = campaign.project
    Project.objects.filter(pk=project.pk).update(acronym='ЗАЕДНО "2"/3')
    client = Client()
    client.force_login(make_user("Analysts"))
    response = client.post(
        reverse("social_results:report"), {"about": f"project-{project.pk}", "language": "bg", "format": "xlsx"}
    )
    assert response["Content-Disposition"].startswith('attachment; filename="23-')


def test_a_report_asks_the_database_the_same_number_of_times(
    campaign: Campaign, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(40) as few:
        report_on(campaign, MAY)
    for number in range(3):
        told(published(campaign, at=OUT + timedelta(days=number)), OUT + timedelta(days=number + 1), likes=1)
    with django_assert_num_queries(len(few)):
        report_on(campaign, MAY)


def test_each_figure_of_a_file_is_the_screens(campaign: Campaign) -> None:
    client = Client()
    client.force_login(make_user("Analysts"))
    query = {"period": "own", "first": "2026-05-01", "last": "2026-05-31"}
    page = BeautifulSoup(
        client.get(reverse("social_results:campaign", args=[campaign.pk]), query).content, "html.parser"
    )
    shown = {part.dt.get_text(): part.dd.get_text() for part in page.select(".desk-totals div")}
    tables = tables_of(file_of(campaign, Format.CSV))
    numbers = {row[1]: row[2] for row in tables["numbers.csv"]}
    shared = shown.keys() & numbers.keys()
    assert len(shared) == 6
    assert {name: shown[name] for name in shared} == {name: numbers[name] for name in shared}
    # Clicks, impressions, reactions, likes, reposts, replies; then the rate.
    columns = [0, 1, 2, 3, 4, 5, 8]
    for caption, name, names in (("By channel", "channels.csv", 2), ("By language", "languages.csv", 1)):
        table = page.find("caption", string=caption).find_parent("table")
        on_screen = {
            row.th.get_text(): [cell.get_text() for cell in row.find_all("td")]
            for row in table.find("tbody").find_all("tr")
        }
        in_file = {row[0]: [row[names + place] for place in columns] for row in tables[name][1:]}
        assert on_screen == in_file, caption
    posts = page.find(id="posts").find("tbody").find_all("tr")
    on_screen = {row.a["href"]: [cell.get_text() for cell in row.find_all("td")[1:]] for row in posts}
    heading, *rows = tables["posts.csv"]
    place = heading.index("Link clicks")
    assert on_screen == {row[heading.index("Address")]: [row[place + one] for one in columns] for row in rows}
