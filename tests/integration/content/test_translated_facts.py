"""News, events and resources through wagtail-localize: words are offered for translation, facts follow the source."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

import pytest
from django.core.files.base import ContentFile
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.models import Locale
from wagtail_localize.models import TranslationSource

from content.pages import Byline, EventIndexPage, EventPage, ResourceFile, ResourceIndexPage, ResourcePage
from content.records import Author, Topic
from media.models import CampaignDocument
from tests.integration.content.test_translation import translate
from tests.pages import make_home, make_news
from tests.support.samples import pdf

pytestmark = pytest.mark.django_db


def offered(page: Any) -> set[str]:
    """The fields whose words a translator is asked for."""
    source, _created = TranslationSource.update_or_create_from_instance(page)
    return {path.split(".")[0] for path in source.stringsegment_set.values_list("context__path", flat=True)}


def test_facts_follow_their_source(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> None:
    Locale.objects.get_or_create(language_code="ro")
    index = make_home()
    home = index.get_parent().specific
    topic, author = Topic.objects.create(name="A topic", slug="a-topic"), Author.objects.create(name="A", slug="a")
    news = make_news(index, topics=[topic], bylines=[Byline(author=author)])
    events = home.add_child(instance=EventIndexPage(title="Events", slug="events"))
    session: dict[str, Any] = {"day": None, "starts": time(9), "ends": None, "title": "Opening", "text": ""}
    session["speakers"] = [{"name": "A name", "part": ""}]
    starts = datetime(2027, 5, 12, 7, tzinfo=UTC)
    event = EventPage(title="A conference", starts_at=starts, time_zone="Europe/Skopje", status="cancelled")
    event.place, event.programme = "Skopje", [("session", session)]
    events.add_child(instance=event)
    shelf = home.add_child(instance=ResourceIndexPage(title="Resources", slug="resources"))
    document = CampaignDocument.objects.create(title="Guide", file=ContentFile(pdf(), name="guide.pdf"))
    resource: Any = ResourcePage(title="A guide", doi="10.1000/182", creators="An office", kind="guidelines")
    resource.files = [ResourceFile(document=document, language="en", version="2.0")]
    shelf.add_child(instance=resource)

    assert offered(news) == {"title", "slug", "summary"}
    assert offered(event) == {"title", "slug", "place", "programme"}
    assert offered(resource) == {"title", "slug"}

    copies = []
    for page in (home, index, events, shelf, news, event, resource):
        with django_capture_on_commit_callbacks(execute=True):
            copies.append(translate(page, "ro", {"Opening": "Deschidere"}))
    of_news, of_event, of_resource = copies[-3:]
    assert list(of_news.topics.all()) == [topic]
    assert of_news.authors == [author]
    assert (of_event.starts_at, of_event.time_zone, of_event.status) == (starts, "Europe/Skopje", "cancelled")
    assert of_event.over_at == event.over_at
    (shown,) = of_event.programme
    assert (shown.value["title"], shown.value["starts"]) == ("Deschidere", time(9))
    assert [(file.document, file.version) for file in of_resource.files.all()] == [(document, "2.0")]
    assert (of_resource.doi, of_resource.kind) == ("10.1000/182", "guidelines")
