from __future__ import annotations

import stat
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.test import override_settings
from wagtail.models import Page, Site

from content.pages import HomePage, ProjectPage
from content.starter import load_starting_content
from social_publisher.models import Approval, Delivery, Post

pytestmark = pytest.mark.django_db


def test_the_content_is_loaded_once() -> None:
    assert load_starting_content()
    pages = Page.objects.count()
    assert not load_starting_content()
    assert Page.objects.count() == pages
    assert ProjectPage.objects.live().count() == 5


def test_what_staff_changed_stays(tmp_path: Path) -> None:
    load_starting_content()
    home = HomePage.objects.get()
    home.title = "Changed by staff"
    home.save_revision().publish()
    with override_settings(VAR=str(tmp_path)):
        call_command("prepare", stdout=StringIO())
    assert HomePage.objects.get().title == "Changed by staff"
    assert not Post.objects.exists()


def test_a_newcomer_finds_accounts_by_role_and_posts_approved_by_two(
    tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    with override_settings(VAR=str(tmp_path)), django_capture_on_commit_callbacks(execute=True):
        call_command("prepare", stdout=StringIO())
    accounts = tmp_path / "demo-accounts.txt"
    assert stat.S_IMODE(accounts.stat().st_mode) == 0o600
    for line in accounts.read_text().splitlines():
        name, password = line.split()
        account: Any = authenticate(username=name, password=password)
        # Without an address the account's own screen keeps nothing, not even another language.
        assert account.email.endswith(".invalid")
    assert Approval.objects.count() == Post.objects.count() == 3
    for approval in Approval.objects.all():
        assert approval.author_id != approval.approver_id
        assert approval.stands
    assert set(Delivery.objects.values_list("state", flat=True)) == {"waiting"}


def test_no_demo_account_outside_development(tmp_path: Path, django_user_model: Any) -> None:
    with override_settings(VAR=str(tmp_path), DEMO_ACCOUNTS=False):
        call_command("prepare", stdout=StringIO())
    assert HomePage.objects.exists()
    assert not django_user_model.objects.exists()
    assert not (tmp_path / "demo-accounts.txt").exists()


@override_settings(PUBLIC_BASE_URL="https://campaigns.example.org")
def test_full_addresses_lead_to_the_public_address(tmp_path: Path) -> None:
    with override_settings(VAR=str(tmp_path), DEMO_ACCOUNTS=False):
        call_command("prepare", stdout=StringIO())
    site = Site.objects.get(is_default_site=True)
    assert (site.hostname, site.port) == ("campaigns.example.org", 443)
    assert HomePage.objects.get().full_url == "https://campaigns.example.org/"
