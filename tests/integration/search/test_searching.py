"""The search page as readers use it: what it finds, in which order, with which ways on, and what it never shows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import PageViewRestriction

from content.pages import ResourceFile, ResourcePage
from content.pages import ResourceIndexPage as ResourcePageList
from content.records import Funder, Project
from content.search import facts
from content.search.index import index_waiting, reconcile
from content.search.models import SearchEntry, SearchTally, SearchWaiting
from content.starter import load_starting_content
from media.models import CampaignDocument
from tests.factories import make_user
from tests.integration.search.conftest import AGENT, Ask, Write, titles
from tests.support.samples import pdf

pytestmark = pytest.mark.django_db

MOST_QUERIES = 14


def test_the_empty_page_offers_a_field_and_the_sections(news: Any) -> None:
    html = Client().get("/search/").content.decode()
    assert 'role="search"' in html
    assert '<label class="search-form__label" for="search-field">' in html
    assert 'href="/news/"' in html
    assert '<meta name="robots" content="noindex, follow">' in html


def test_the_starting_content_is_found_by_every_kind_of_word(ask: Ask) -> None:
    load_starting_content()
    index_waiting()
    assert titles(ask("FAIT"))[0] == "FAIT: Fight Against Illegal Trade"
    assert "/projects/ecofit/" in [result.url for result in ask("Transcrime").results]
    assert "/projects/ecofit/" in [result.url for result in ask("ISFP-2018-AG-OC-FIRE").results]
    assert "/projects/athena-2/" in [result.url for result in ask("Slovenia").results]
    answer = ask("firearms trafficking")
    assert {"Type", "Project"} >= {facet.label for facet in answer.facets} != set()
    assert '<div role="status"><h2 class="search__count">' in answer.html
    with CaptureQueriesContext(connection) as queries:
        Client(headers={"user-agent": AGENT}).get("/search/", {"q": "firearms smugling"})
    assert len(queries) <= MOST_QUERIES


def test_a_publication_is_found_by_its_words_its_files_and_its_kind(news: Any, ask: Ask) -> None:
    index = news.get_parent().add_child(instance=ResourcePageList(title="Resources", slug="resources"))
    made = CampaignDocument(title="Handbook of seals", file=ContentFile(pdf(), name="seal-guide.pdf"))
    made.file_size = 8
    made.save()
    page: Any = ResourcePage(title="A guide", summary="How freight is sealed.")
    page.files = [ResourceFile(document=made, language="en")]
    index.add_child(instance=page)
    page.save_revision().publish()
    index_waiting()
    for words in ("freight", "handbook", "guide"):
        assert titles(ask(words)) == ["A guide"], words
    assert SearchEntry.objects.get(page=page).kind == SearchEntry.Kind.RESOURCE
    made.title = "Handbook of containers"
    made.save()
    index_waiting()
    assert titles(ask("containers")) == ["A guide"]


def test_words_in_the_title_come_first_and_then_the_newest(write: Write, ask: Ask) -> None:
    write("en", "Old news of cigarettes", date=date(2015, 1, 1))
    write("en", "New news of cigarettes", date=date(2026, 1, 1))
    write("en", "Customs", "Many cigarettes, cigarettes and cigarettes.", date=date(2026, 6, 1))
    assert titles(ask("cigarettes")) == ["New news of cigarettes", "Old news of cigarettes", "Customs"]


def test_filters_narrow_and_are_taken_back(write: Write, ask: Ask) -> None:
    fait = Project.objects.create(acronym="FAIT", name="Fight Against Illegal Trade")
    write("en", "Border one", date=date(2025, 3, 1), project=fait)
    write("en", "Border two", date=date(2026, 3, 1))
    both = ask("border")
    years = next(facet for facet in both.facets if facet.label == "Year")
    assert [(choice.label, choice.count) for choice in years.choices] == [("2026", 1), ("2025", 1)]
    narrowed = ask("border", year="2025")
    assert titles(narrowed) == ["Border one"]
    assert [(facet.label, facet.chosen, facet.without_url) for facet in narrowed.chosen] == [
        ("Year", "2025", "?q=border")
    ]
    assert titles(ask("border", project=str(fait.pk))) == ["Border one"]
    assert titles(ask("border", type="event")) == []


def test_phrases_and_words_to_leave_out(write: Write, ask: Ask) -> None:
    write("en", "Stolen goods at the border")
    write("en", "Goods that were stolen from a lorry")
    assert titles(ask('"stolen goods"')) == ["Stolen goods at the border"]
    assert titles(ask("goods -border")) == ["Goods that were stolen from a lorry"]


def test_where_no_page_has_all_words_some_of_them_are_offered(write: Write, ask: Ask) -> None:
    write("en", "Cigarettes at the border")
    answer = ask("cigarettes helicopters")
    assert answer.any_word
    assert titles(answer) == ["Cigarettes at the border"]
    assert "No page has all the words of" in answer.html


def test_a_word_nobody_wrote_gets_the_nearest_and_the_sections(write: Write, ask: Ask) -> None:
    write("en", "Cigarettes at the border")
    answer = ask("cigaretes")
    assert answer.suggestion.text == "cigarettes"
    assert "What may help" in answer.html
    assert ask("zzzzqqqq").suggestion is None


def test_words_that_say_nothing_are_answered_kindly(write: Write, ask: Ask) -> None:
    write("en", "The border")
    assert "These words are on almost every page" in ask("the").html


def test_other_languages_are_offered_with_their_count(write: Write, ask: Ask) -> None:
    write("ro", "Contrabandă la frontieră")
    answer = ask("contrabanda")
    assert not answer.results
    assert [(other.code, other.count, other.url) for other in answer.elsewhere] == [
        ("ro", 1, "/ro/search/?q=contrabanda")
    ]
    assert 'hreflang="ro" lang="ro">Română</a>' in answer.html


def test_what_is_taken_off_or_made_private_is_not_found_from_then_on(write: Write, ask: Ask) -> None:
    gone, private = write("en", "Border gone"), write("en", "Border private")
    gone.unpublish()
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    assert SearchEntry.objects.count() == 2, "the index has not followed yet"
    assert titles(ask("border")) == []
    assert ask("border", "ro").elsewhere == []


def test_drafts_are_not_found(write: Write, ask: Ask) -> None:
    page = write("en", "Border")
    page.title = "Secret words"
    page.save_revision()
    reconcile()
    assert titles(ask("secret")) == []


def test_publishing_leaves_a_note_and_the_index_follows(write: Write, ask: Ask) -> None:
    page = write("en", "Border")
    page.title = "Customs"
    page.save_revision().publish()
    assert SearchWaiting.objects.count() == 1
    index_waiting()
    assert titles(ask("customs")) == ["Customs"]
    assert titles(ask("border")) == []


def test_the_reconciler_finds_what_no_note_told_of(write: Write, ask: Ask) -> None:
    kept, gone = write("en", "Border kept"), write("en", "Border gone")
    SearchEntry.objects.filter(pk=kept.pk).delete()
    gone.unpublish()
    SearchWaiting.objects.all().delete()
    reconcile()
    assert set(SearchEntry.objects.filter(pk__in=[kept.pk, gone.pk]).values_list("pk", flat=True)) == {kept.pk}
    assert reconcile() == 0


def test_a_page_that_cannot_be_read_holds_up_no_other(write: Write, ask: Ask, monkeypatch: Any) -> None:
    read = facts.facts_of

    def fail(page: Any) -> Any:
        if page.title == "Border broken":
            raise ValueError
        return read(page)

    monkeypatch.setattr("content.search.index.facts_of", fail)
    write("en", "Border broken", "Hidden words")
    write("en", "Border whole")
    assert sorted(titles(ask("border"))) == ["Border broken", "Border whole"]


def test_a_changed_record_is_found_under_its_new_name(write: Write, ask: Ask) -> None:
    project = Project.objects.create(acronym="FAIT", name="Fight Against Illegal Trade")
    write("en", "Border", project=project)
    project.acronym = "NEWNAME"
    project.save()
    index_waiting()
    assert titles(ask("newname")) == ["Border"]
    SearchEntry.objects.update(kind="project")
    Funder.objects.create(name="A funder", kind="private")
    assert list(SearchWaiting.objects.values_list("page_id", flat=True)) == [SearchEntry.objects.get().pk]


def test_a_promoted_page_comes_first_in_the_readers_language(write: Write, ask: Ask) -> None:
    page = write("en", "How to report")
    query = Query.objects.create(query_string="Hotlines")
    SearchPromotion.objects.create(query=query, page=page, description="All countries.")
    SearchPromotion.objects.create(
        query=query, external_link_url="https://example.org/", external_link_text="Elsewhere"
    )
    answer = ask("hotlines")
    assert [(pick.title, pick.url, pick.outside) for pick in answer.promoted] == [
        ("How to report", "/news/" + page.slug + "/", False),
        ("Elsewhere", "https://example.org/", True),
    ]
    assert [pick.title for pick in ask("hotlines", "ro").promoted] == ["Elsewhere"]
    page.unpublish()
    assert [pick.title for pick in ask("hotlines").promoted] == ["Elsewhere"]


def test_pages_of_results_are_turned_with_the_search_kept(write: Write, ask: Ask) -> None:
    for number in range(12):
        write("en", f"Border {number}")
    first, second = ask("border"), ask("border", page="2")
    assert (len(first.results), len(second.results)) == (10, 2)
    assert not set(titles(first)) & set(titles(second))
    assert first.turn.next_url == "?q=border&page=2"
    assert "page 2 of 2" in second.html
    assert titles(ask("border", page="99999")) == titles(second)


def test_searches_are_counted_by_day_with_nothing_of_the_reader(write: Write, ask: Ask) -> None:
    write("en", "Border")
    for words in ("Border", "border", "helicopter", "me@example.org"):
        ask(words)
    assert sorted(SearchTally.objects.values_list("words", "language", "searches", "misses")) == [
        ("border", "en", 2, 0),
        ("helicopter", "en", 1, 1),
    ]
    ask("border", page="2")
    assert SearchTally.objects.get(words="border").searches == 2
    assert {field.name for field in SearchTally._meta.get_fields()} == {
        "id", "day", "language", "words", "searches", "misses"
    }  # fmt: skip


def test_staff_see_what_was_not_found_and_others_do_not(write: Write, ask: Ask) -> None:
    ask("=cmd helicopter")
    SearchTally.objects.update(words="=cmd helicopter")
    client = Client()
    client.force_login(make_user("Moderators"))
    html = client.get("/admin/reports/searches/?found=never").content.decode()
    assert "=cmd helicopter" in html
    export = client.get("/admin/reports/searches/?export=csv")
    assert "'=cmd helicopter" in b"".join(export).decode()
    SearchTally.objects.update(words="helicopter;=cmd")
    cut = b"".join(client.get("/admin/reports/searches/?export=csv")).decode()
    assert "helicopter;'=cmd" in cut, "a program that ends cells at semicolons finds no formula either"
    assert client.get("/admin/searchpicks/").status_code == 200
    client.force_login(make_user("Editors of posts"))
    assert client.get("/admin/reports/searches/").status_code == 302


@pytest.mark.parametrize("typed", ["'", "\x00", "a' | 'b", "!!", "%(language)s", "<script>alert(1)</script>", "\\"])
def test_nothing_typed_breaks_the_page(news: Any, typed: str) -> None:
    response = Client().get("/search/", {"q": typed, "type": typed, "project": typed, "year": typed, "page": typed})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()
