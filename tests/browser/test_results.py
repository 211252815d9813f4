"""Results as an analyst uses them: looked at, promised, taken along, and shown to the public."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Download, Page, expect
from pypdf import PdfReader

from social_publisher.reports.verify import verify
from tests.browser import desk
from tests.browser.conftest import SignIn
from tests.browser.look import look
from tests.support.product import Product

PUBLIC = "/campaigns/against-smuggling/results/"


def taken(page: Page, button: str) -> tuple[str, bytes]:
    """Press a button and return the file it brings."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).press("Enter")
    download: Download = waiting.value
    return download.suggested_filename, Path(download.path()).read_bytes()


def open_campaign(page: Page, days: str = "") -> None:
    page.goto("/admin/social/results/")
    page.get_by_role("link", name=desk.CAMPAIGN).first.click()
    if days:
        page.locator("#id_period").select_option(label=days)
        page.get_by_role("button", name="Show").press("Enter")
    expect(page.get_by_role("heading", name="What was promised")).to_be_visible()


def test_the_screens_are_for_everybody(sign_in: SignIn, shots: Path) -> None:
    page = sign_in("analyst")
    page.goto("/admin/social/results/")
    look(page, shots, "results")
    open_campaign(page, "The last 28 days")
    look(page, shots, "results-campaign")
    for summary in page.locator("summary", has_text="The same as a table").all():
        summary.press("Enter")
    expect(page.get_by_role("table", name="By weekday and hour, as a table")).to_be_visible()
    look(page, shots, "results-campaign-tables")
    page.goto("/admin/social/results/keys/")
    look(page, shots, "results-keys")
    page.goto("/admin/snippets/social_publisher/campaignreporting/")
    look(page, shots, "reporting")


def test_an_indicator_is_promised_reported_and_seen_by_the_public(
    sign_in: SignIn, reader: Page, shots: Path, product: Product
) -> None:
    page = sign_in("analyst")
    open_campaign(page)
    page.get_by_role("link", name="Change the indicators, and who gets the report").press("Enter")
    page.get_by_role("button", name="Add indicator").first.press("Enter")
    number = int(page.locator("#id_indicators-TOTAL_FORMS").input_value()) - 1
    field = f"#id_indicators-{number}-"
    page.locator(f"{field}label").fill("Lessons held in schools")
    page.locator(f"{field}target").fill("12")
    page.locator(f"{field}actual").fill("3")
    page.get_by_role("button", name="Save").first.press("Enter")
    expect(page.get_by_text("Choose the stage of an indicator").first).to_be_visible()
    expect(page.locator(f"{field}target")).to_have_value("12")
    page.locator(f"{field}stage").select_option(label="Outputs")
    page.locator(f"{field}source").fill("Register of lessons")
    page.locator(f"{field}reported_on").fill("2026-05-30")
    look(page, shots, "reporting-edit")
    page.get_by_role("button", name="Save").first.press("Enter")
    open_campaign(page)
    row = page.locator("#indicators tr", has_text="Lessons held in schools")
    expect(row).to_contain_text("25%")
    expect(row).to_contain_text("Register of lessons")
    expect(row).to_contain_text("Analyst (demo)")

    reader.goto("/campaigns/against-smuggling/")
    reader.get_by_role("link", name="All results of this campaign").press("Enter")
    expect(reader.get_by_role("heading", name="What the campaign brought")).to_be_visible()
    for _look in range(140):
        if reader.get_by_text("Lessons held in schools").count():
            break
        reader.wait_for_timeout(500)
        reader.reload()
    shown = reader.locator("tr", has_text="Lessons held in schools")
    expect(shown).to_contain_text("3 (25%)")
    assert "Analyst (demo)" not in shown.inner_text()
    for scheme in ("light", "dark"):
        reader.emulate_media(color_scheme=scheme)
        look(reader, shots, f"public-results-{scheme}")


@pytest.mark.parametrize("language", ["English", "Macedonian"])
def test_a_report_is_taken_along_in_every_format(sign_in: SignIn, language: str) -> None:
    page = sign_in("analyst")
    open_campaign(page, "The last 28 days")

    def report(label: str) -> tuple[str, bytes]:
        page.get_by_label("Language", exact=True).select_option(label=language)
        page.get_by_label("Format", exact=True).select_option(label=label)
        return taken(page, "Make the report")

    name, data = report("Document (PDF)")
    assert name.endswith(".pdf")
    document = PdfReader(io.BytesIO(data))
    root: Any = document.trailer["/Root"]
    assert root["/Lang"] == {"English": "en", "Macedonian": "mk"}[language]
    text = document.pages[0].extract_text()
    assert desk.CAMPAIGN in text
    assert ("Резултати" in text) is (language == "Macedonian")
    name, data = report("Spreadsheet (XLSX)")
    assert len(load_workbook(io.BytesIO(data)).sheetnames) == 9
    name, data = report("All tables (CSV in a ZIP)")
    with zipfile.ZipFile(io.BytesIO(data)) as files:
        assert "posts.csv" in files.namelist()
    name, data = report("Communication activities for the Funding & Tenders Portal (CSV)")
    assert name.endswith("communication-activities.csv")
    assert data.decode("utf-8-sig").startswith("Communication activity name;Description;Target audience;")


def test_an_auditor_takes_the_evidence_and_checks_it(sign_in: SignIn) -> None:
    page = sign_in("auditor")
    open_campaign(page)
    name, data = taken(page, "Download the evidence")
    assert name.startswith("evidence-fait-awareness-")
    verdict = verify(io.BytesIO(data))
    assert verdict.faults == []
    assert verdict.files > 5
    page.goto("/admin/social/record/")
    expect(page.get_by_text("began to pack the evidence of").first).to_be_visible()


def test_a_key_is_made_used_and_revoked(sign_in: SignIn, product: Product) -> None:
    page = sign_in("analyst")
    page.goto("/admin/social/results/")
    page.get_by_role("link", name="Keys to the numbers").press("Enter")
    page.get_by_label("Name").fill("Dashboard of the press office")
    page.get_by_role("button", name="Make a key").press("Enter")
    key = page.locator(".desk-key-text").inner_text()
    headers = {"Authorization": f"Bearer {key}"}
    browser = page.context.browser
    assert browser is not None
    context = browser.new_context()
    answer = context.request.get(f"{product.base}/api/results/", headers=headers)
    assert answer.status == 200
    assert desk.CAMPAIGN in [row["name"] for row in answer.json()["campaigns"]]
    page.get_by_role("button", name="Revoke Dashboard of the press office").press("Enter")
    expect(page.get_by_text("The key opens nothing any more.")).to_be_visible()
    assert context.request.get(f"{product.base}/api/results/", headers=headers).status == 401
    context.close()
