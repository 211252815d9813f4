"""What the documents say is what the code does."""

from __future__ import annotations

import re

import pytest
from django.core.management import call_command

from campaign_site.settings import base
from content.blocks import figure
from content.blocks import numbers as number_blocks
from content.blocks import related as related_blocks
from content.pages import (
    CampaignPage,
    HomePage,
    PressPage,
)
from media.video import MAX_BYTES
from tests.integration.site.said import DOCUMENTS, LIMITS, ROOT, SAID, SECURITY, most, several


@pytest.mark.django_db
def test_the_table_of_roles_is_what_the_groups_may() -> None:
    call_command("document_roles", check=True)


@pytest.mark.parametrize(
    ("sentence", "numbers"),
    [
        (
            r"After (\d+) minutes without anything done by hand, and (\d+) hours",
            ("SESSION_IDLE_MINUTES", "SESSION_HOURS"),
        ),
        (r"more than (\d+) seconds ago", ("ACCOUNT_REAUTHENTICATION_TIMEOUT",)),
        (r"(\d+) wrong passwords .* for (\d+) minutes", ("AXES_FAILURE_LIMIT", "SIGN_IN_LOCK_MINUTES")),
    ],
)
def test_numbers_of_the_security_page_are_the_settings(sentence: str, numbers: tuple[str, ...]) -> None:
    found = re.search(sentence, SECURITY)
    assert found, sentence
    assert [int(number) for number in found.groups()] == [getattr(base, name) for name in numbers]


def test_its_limits_are_those_of_the_code() -> None:
    assert "5 wrong codes in 5 minutes" in SECURITY
    assert LIMITS["login_failed"] == "5/5m/key"
    assert "3 an hour for an account, 20 an hour from an address" in SECURITY
    assert LIMITS["reset_password"] == "20/h/ip,3/h/key"
    (length,) = [one["OPTIONS"]["min_length"] for one in base.AUTH_PASSWORD_VALIDATORS if "OPTIONS" in one]
    assert f"At least {length} characters" in SECURITY
    assert f"{base.DOCUMENT_MOST_BYTES // 1024**2} MB |" in SECURITY
    picture = base.WAGTAILIMAGES_MAX_UPLOAD_SIZE // 1024**2
    assert f"{picture} MB, {base.WAGTAILIMAGES_MAX_IMAGE_PIXELS:,} pixels" in SECURITY
    assert f"{MAX_BYTES // 1_000_000} MB |" in SECURITY
    for ending in base.WAGTAILDOCS_EXTENSIONS:
        assert ending.upper() in SECURITY


@pytest.mark.parametrize(("document", "phrase"), SAID)
def test_what_is_said_of_limits_is_what_the_code_goes_by(document: str, phrase: str) -> None:
    assert phrase in " ".join(DOCUMENTS[document].split())


def test_blocks_have_as_many_parts_as_is_said() -> None:
    pictures, pages, facts = (
        several(block)
        for block in (
            figure.GalleryBlock.base_blocks["pictures"],
            related_blocks.RelatedBlock.base_blocks["pages"],
            number_blocks.StatisticsBlock.base_blocks["numbers"],
        )
    )
    said = f"| {pictures[0]} to {pictures[1]} pictures; 1 to 12, one block a page; {pages[0]} to {pages[1]}; "
    assert said + f"{facts[0]} to {facts[1]} |" in DOCUMENTS["input"]
    assert f"| {most(CampaignPage, 'kit')}, " in DOCUMENTS["input"]
    assert f"note | {most(PressPage, 'pictures')}; " in DOCUMENTS["input"]
    assert f"; {most(HomePage, 'figures')} |" in DOCUMENTS["input"]


def test_every_file_that_a_document_names_is_there() -> None:
    for name, document in DOCUMENTS.items():
        for place in re.findall(
            r"`((?:campaign_site|content|deploy|media|social_publisher|tests)/[\w/.-]*)`", document
        ):
            assert (ROOT / place).exists(), f"{name}: {place}"


def test_every_proof_that_is_named_is_there() -> None:
    text = (ROOT / "SECURITY.md").read_text()
    for place in re.findall(r"tests/[\w/]+(?:\.py)?", text):
        assert (ROOT / place).exists(), place
    for place, name in re.findall(r"(tests/[\w/]+\.py)::(\w+)", text):
        assert f"def {name}(" in (ROOT / place).read_text(), f"{place}::{name}"
