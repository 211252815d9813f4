"""Who pays is seen on every page about a funded project, or the page is not published, whichever way it is tried."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from content.pages import CampaignPage, EventPage, NewsPage, ProjectPage, ResourceIndexPage, ResourcePage
from content.pages.funding import StatementMissingError
from content.records import Funder, FundingStatement, Grant, Programme, Project
from content.starter import load_starting_content
from tests.factories import make_image, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("content")]


@pytest.fixture(scope="module")
def content(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The starting content, loaded once for this file."""
    folder = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(MEDIA_ROOT=folder):
        load_starting_content()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def silent() -> Project:
    """ECOFIT after somebody took its programme's words away behind the forms' backs."""
    FundingStatement.objects.filter(programme__name__contains="Internal Security").delete()
    return Project.objects.get(acronym="ECOFIT")


def draft(project: Project, **fields: Any) -> NewsPage:
    parent = NewsPage.objects.first().get_parent()
    page: NewsPage = parent.add_child(instance=NewsPage(title="A draft", project=project, live=False, **fields))
    return page


def test_every_page_about_a_funded_project_shows_who_pays_once_and_before_its_title() -> None:
    seen = 0
    for page in Page.objects.live().specific():
        if getattr(page, "funded_project", None) is None or page.funded_project.grant is None:
            continue
        seen += 1
        html = Client().get(page.url).content.decode()
        assert html.count('class="funding__statement"') == 1, page.url
        assert html.index('class="funding"') < html.index("<h1"), page.url
        emblem = page.funded_project.grant.programme.shows_eu_emblem
        assert html.count("funding__emblem") == emblem, page.url
    assert seen >= 7


def test_nobody_can_take_the_emblem_from_the_unions_money() -> None:
    Programme.objects.update(shows_eu_emblem=False)
    assert "funding__emblem" in Client().get("/projects/ecofit/").content.decode()
    programme = Programme.objects.filter(funder__kind="eu").first()
    programme.save()
    assert programme.shows_eu_emblem
    assert "funding__emblem" not in Client().get("/projects/fait/").content.decode()


def test_no_page_with_the_emblem_names_a_private_funder() -> None:
    private = Funder.objects.filter(kind="private").values_list("name", flat=True)
    assert private
    for page in Page.objects.live().specific():
        html = Client().get(page.url).content.decode() if page.url else ""
        if "eu-emblem" in html:
            for name in private:
                assert name not in html, page.url


def test_a_logo_beside_the_emblem_is_not_larger() -> None:
    programme = Programme.objects.get(name__contains="Danube")
    programme.logo = make_image()
    programme.full_clean()
    programme.save()
    html = Client().get("/projects/transborder-cooperation/").content.decode()
    found = re.search(r'class="funding__logo"[^>]*alt="([^"]+)" width="(\d+)" height="(\d+)"', html)
    assert found.group(1) == programme.name
    assert int(found.group(2)) <= 96
    assert int(found.group(3)) <= 64


def test_a_private_funder_has_no_logo() -> None:
    programme = Programme.objects.get(funder__kind="private")
    programme.logo = make_image()
    with pytest.raises(ValidationError, match="named in words"):
        programme.full_clean()


def test_a_page_in_another_language_shows_the_statement_there_is_and_says_its_language() -> None:
    page = ProjectPage.objects.get(slug="ecofit")
    copy = page.copy_for_translation(Locale.objects.get(language_code="ro"), copy_parents=True)
    notice = copy.notice
    assert (notice.language, notice.emblem) == ("en", True)
    words = "Cofinanțat de Fondul pentru securitate internă al Uniunii Europene."
    FundingStatement.objects.create(programme=page.project.grant.programme, language="ro", statement=words)
    del copy.notice, copy.facts, copy.funded_project
    assert copy.notice.statement == words


def test_no_kind_of_page_goes_live_without_the_statement(silent: Project) -> None:
    for model in (NewsPage, EventPage, ProjectPage, CampaignPage, ResourcePage):
        page = model(title="x")
        if model is CampaignPage:
            page.campaign = CampaignPage.objects.get().campaign
            page.campaign.project = silent
        else:
            page.project = silent
        page.locale = Locale.objects.get(language_code="ro")
        with pytest.raises(StatementMissingError, match="has no funding statement"):
            page.require_statement()


def test_publishing_is_refused_in_words_and_a_draft_is_kept(silent: Project) -> None:
    page = draft(silent)
    revision = page.save_revision()
    with pytest.raises(StatementMissingError, match="Add it under Records, Programmes"):
        revision.publish()
    page.refresh_from_db()
    assert not page.live
    assert page.get_latest_revision() == revision


def test_a_live_page_is_refused_from_the_start(silent: Project) -> None:
    parent = ResourceIndexPage.objects.get()
    with pytest.raises(StatementMissingError):
        parent.add_child(instance=ResourcePage(title="x", project=silent, live=True))


def test_scheduling_is_refused_when_it_is_asked_and_when_its_time_comes(silent: Project) -> None:
    soon = draft(silent, go_live_at=timezone.now() + timedelta(hours=1)).save_revision()
    with pytest.raises(StatementMissingError):
        soon.publish()
    late = draft(silent, slug="late").save_revision(approved_go_live_at=timezone.now() - timedelta(minutes=1))
    with pytest.raises(StatementMissingError):
        call_command("publish_scheduled", verbosity=0)
    assert not NewsPage.objects.get(pk=late.object_id).live


def test_the_editor_says_it_at_the_project_and_lets_a_draft_be_saved(silent: Project) -> None:
    client = Client()
    client.force_login(make_user(superuser=True))
    page = draft(silent)
    data = nested_form_data(
        {
            "title": page.title,
            "slug": page.slug,
            "summary": "",
            "date": "2026-11-01",
            "project": str(silent.pk),
            "body": streamfield([]),
            "bylines": inline_formset([]),
            "related_news": inline_formset([]),
            "comments": inline_formset([]),
        }
    )
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    refused = client.post(address, {**data, "action-publish": "1"})
    assert refused.status_code == 200
    assert "has no funding statement" in refused.content.decode()
    assert not NewsPage.objects.get(pk=page.pk).live
    assert client.post(address, data).status_code == 302


def test_other_screens_of_the_admin_say_it_on_the_pages_editor(silent: Project) -> None:
    client = Client()
    client.force_login(make_user(superuser=True))
    page = draft(silent)
    page.save_revision()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    response = client.post(f"{address}?id={page.pk}", {"include_descendants": ""}, follow=True)
    assert response.redirect_chain[-1][0] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert "has no funding statement" in response.content.decode()
    assert not NewsPage.objects.get(pk=page.pk).live


def test_a_project_does_not_take_a_grant_whose_programme_has_no_words() -> None:
    programme = Programme.objects.create(name="Wordless", funder=Funder.objects.get(kind="eu"))
    project = Project(name="New", grant=Grant.objects.create(programme=programme, name="New"))
    with pytest.raises(ValidationError, match="has no funding statement"):
        project.full_clean()


def test_a_programme_is_saved_with_its_words_in_the_main_language() -> None:
    client = Client()
    client.force_login(make_user(superuser=True))
    row = {"language": "ro", "statement": "Finanțat de Uniunea Europeană.", "disclaimer": "", "DELETE": ""}
    rows: dict[str, Any] = {"TOTAL_FORMS": 1, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 1, "MAX_NUM_FORMS": 1000, "0": row}
    data = nested_form_data({"name": "New", "funder": Funder.objects.get(kind="eu").pk, "statements": rows})
    address = reverse("wagtailsnippets_content_programme:add")
    refused = client.post(address, data)
    assert "Add the statement in English" in refused.content.decode()
    row["language"] = "en"
    data = nested_form_data({"name": "New", "funder": Funder.objects.get(kind="eu").pk, "statements": rows})
    assert client.post(address, data).status_code == 302
    assert Programme.objects.get(name="New").statement.statement.startswith("Finanțat")
