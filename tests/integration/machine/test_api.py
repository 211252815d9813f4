from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from campaign_site.machine.api.definitions import ENDPOINTS
from campaign_site.machine.api.description import openapi
from content.pages import EventPage, NewsIndexPage, NewsPage, ProjectPage
from content.records import Project


def read(path: str, **query: str) -> Any:
    response = Client().get(f"/api/v1/{path}", query)
    assert response.status_code == 200, response.content
    return response.json()


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.name)
def test_lists_and_pages_carry_what_the_definitions_say(endpoint: Any) -> None:
    items = read(f"{endpoint.name}/")["items"]
    assert items
    short = {field.name for field in endpoint.fields if field.in_lists}
    assert short | {"id", "meta", "title"} == set(items[0])
    page = read(f"{endpoint.name}/{items[0]['id']}/")
    assert {field.name for field in endpoint.fields} | {"id", "meta", "title"} == set(page)
    assert items[0]["meta"]["detail_url"].endswith(f"/api/v1/{endpoint.name}/{items[0]['id']}/")


def test_a_project_comes_with_every_fact_of_its_record() -> None:
    page = ProjectPage.objects.get(slug="ecofit")
    answer = read(f"projects/{page.pk}/")
    facts, outputs = answer["project"], answer["outputs"]
    assert facts["acronym"] == "ECOFIT"
    assert facts["funding"]["shows_eu_emblem"] is True
    assert "European Union" in facts["funding"]["statement"]
    assert facts["funding"]["disclaimer"] == (page.project.grant.programme.statement.disclaimer or None)
    assert {"code": "AL", "name": "Albania"} in facts["countries"]["list"]
    assert {partner["name"] for partner in facts["partners"]} >= {"Tilburg University"}
    (conference,) = [row for row in facts["indicators"] if row["target"] == 34]
    assert conference["actual"] is None
    assert facts["funding"]["total_cost"] is None
    assert facts["starts_on"] is None
    assert outputs["themes"] == [{"code": "firearms", "name": "Firearms trafficking"}]
    assert [row["title"] for row in outputs["deliverables"]][1] == "Guidelines to law-enforcement agencies"
    assert (outputs["results"], outputs["deliverables"][0]["delivered_on"]) == ([], None)


def test_an_event_says_whether_it_takes_place() -> None:
    page = EventPage.objects.get()
    EventPage.objects.filter(pk=page.pk).update(
        status="cancelled",
        status_note="The hall is closed.",
        starts_at=timezone.now(),
        online_url="https://example.org/",
    )
    answer = read(f"events/{page.pk}/")
    assert (answer["status"], answer["status_note"]) == ("cancelled", "The hall is closed.")
    html = Client().get(page.url).content.decode()
    assert '"eventStatus":"https://schema.org/EventCancelled"' in html
    assert '"location":{"@type":"VirtualLocation","url":"https://example.org/"}' in html


def test_facts_come_in_the_pages_language(romanian_news: NewsPage) -> None:
    (item,) = read("news/", locale="ro")["items"]
    assert item["language"] == "ro"
    assert item["url"] == romanian_news.full_url
    assert item["meta"]["locale"] == "ro"


def test_lists_are_narrowed() -> None:
    albania = {item["project"]["acronym"] for item in read("projects/", country="al")["items"]}
    assert "ECOFIT" in albania
    assert len(albania) < read("projects/")["meta"]["total_count"]
    assert len(read("campaigns/", status="current", project="fait")["items"]) == 1
    assert read("campaigns/", status="past")["items"] == []
    assert read("news/", updated_since="2999-01-01")["items"] == []
    assert read("news/", project="ECOFIT", limit="1")["meta"]["total_count"] >= 1


def test_words_are_searched() -> None:
    page = NewsPage.objects.first()
    page.title = "Unmistakable words"
    page.save_revision().publish()
    assert [item["title"] for item in read("news/", search="unmistakable")["items"]] == [page.title]


@pytest.mark.parametrize(
    "query",
    [
        {"limit": "101"},
        {"limit": "x"},
        {"nonsense": "1"},
        {"updated_since": "yesterday"},
        {"updated_since": "2026-13-45"},
        {"fields": "owner"},
        {"fields": "body"},
        {"order": "owner"},
        {"project": "a\0b"},
        {"type": "wagtailcore.Page"},
    ],
    ids=str,
)
def test_what_is_not_offered_is_refused_with_a_reason(query: dict[str, str]) -> None:
    response = Client().get("/api/v1/news/", query)
    assert response.status_code == 400, response.content
    assert response.json()["message"]


def test_it_changes_nothing() -> None:
    page = NewsPage.objects.first()
    for method in ("post", "put", "patch", "delete"):
        assert getattr(Client(), method)(f"/api/v1/news/{page.pk}/").status_code == 405


def test_nobody_sees_drafts_private_pages_or_unpublished_changes() -> None:
    page = NewsPage.objects.first()
    page.title = "Not yet"
    page.save_revision()
    staff = Client()
    staff.force_login(get_user_model().objects.create_superuser("boss", "boss@x.example", "x"))
    assert "Not yet" not in staff.get(f"/api/v1/news/{page.pk}/").content.decode()
    hidden = NewsPage.objects.exclude(pk=page.pk).first() or page
    hidden.unpublish()
    assert staff.get(f"/api/v1/news/{hidden.pk}/").status_code == 404
    PageViewRestriction.objects.create(page=NewsIndexPage.objects.get(), restriction_type="login")
    assert staff.get("/api/v1/news/").json()["items"] == []


def test_a_page_of_another_kind_is_not_found() -> None:
    assert Client().get(f"/api/v1/news/{ProjectPage.objects.first().pk}/").status_code == 404


def test_whoever_has_the_newest_gets_nothing_again() -> None:
    first = Client().get("/api/v1/projects/")
    assert Client(headers={"If-None-Match": first["ETag"]}).get("/api/v1/projects/").status_code == 304


def test_a_list_takes_the_same_queries_with_more_pages(django_assert_max_num_queries: Any) -> None:
    parent = ProjectPage.objects.first().get_parent()
    for number in range(4):
        record = Project.objects.create(name=f"More {number}", grant=Project.objects.get(acronym="FAIT").grant)
        parent.add_child(instance=ProjectPage(title=f"More {number}", project=record))
    read("projects/")
    with django_assert_max_num_queries(12):
        assert len(read("projects/")["items"]) == 9


def test_the_documentation_is_what_the_definitions_say() -> None:
    call_command("document_api", check=True)


def test_the_description_points_only_at_what_it_describes() -> None:
    made = openapi()
    names = set(made["components"]["schemas"])
    references = {
        path["get"]["responses"]["200"]["content"]["application/json"]["schema"].get("$ref", "").rsplit("/", 1)[-1]
        for path in made["paths"].values()
    }
    assert references - {""} == names == {endpoint.name for endpoint in ENDPOINTS}


def test_people_read_the_documentation_on_the_site() -> None:
    html = Client().get("/api/").content.decode()
    for endpoint in ENDPOINTS:
        assert f"/api/v1/{endpoint.name}/" in html
        for field in endpoint.fields:
            assert f"<code>{field.name}</code>" in html
    assert "/feeds/news.atom" in html
