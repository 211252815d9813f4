"""Events: when they are on everybody's clock, what happens, and what readers' calendars get."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from content.pages import EventIndexPage, EventPage, HomePage
from content.records import Project
from media.models import CampaignDocument
from tests.factories import make_user
from tests.pages import make_home
from tests.support.queries import queries
from tests.support.samples import pdf

pytestmark = pytest.mark.django_db
INDEX = "/events/"
SARAJEVO = ZoneInfo("Europe/Sarajevo")
NEXT_YEAR = timezone.now().year + 1


@pytest.fixture
def index() -> EventIndexPage:
    make_home()
    return HomePage.objects.get().add_child(instance=EventIndexPage(title="Events", slug="events"))


def make_event(index: EventIndexPage, title: str = "A conference", **fields: Any) -> EventPage:
    page = index.add_child(instance=EventPage(title=title, live=False, **fields))
    page.save_revision().publish()
    return EventPage.objects.get(pk=page.pk)


def three_days() -> dict[str, Any]:
    """From the 12th to the 14th of May, in Sarajevo."""
    return {
        "time_zone": "Europe/Sarajevo",
        "starts_at": datetime(NEXT_YEAR, 5, 12, 9, tzinfo=SARAJEVO),
        "ends_at": datetime(NEXT_YEAR, 5, 14, 13, tzinfo=SARAJEVO),
    }


def html(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def text(path: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html(path)))


def calendar(path: str) -> list[Any]:
    response = Client().get(f"{path}calendar/")
    assert response["Content-Type"].startswith("text/calendar")
    return Calendar.from_ical(response.content).walk("VEVENT")


def republish(page: EventPage, **fields: Any) -> None:
    page = EventPage.objects.get(pk=page.pk)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def test_times_are_those_of_the_place_with_the_offset_and_utc(index: EventIndexPage) -> None:
    shown = text(make_event(index, **three_days()).url)
    assert f"12 May {NEXT_YEAR}, 09:00 to 14 May {NEXT_YEAR}, 13:00" in shown
    assert "UTC+2" in shown
    assert f"In UTC: 12 May {NEXT_YEAR}, 07:00" in shown


def test_days_alone_are_shown_without_times(index: EventIndexPage) -> None:
    shown = text(make_event(index, whole_days=True, **three_days()).url)
    assert f"12 May {NEXT_YEAR} to 14 May {NEXT_YEAR}" in shown
    assert "UTC" not in shown


def test_a_date_that_is_not_known_is_said_and_is_in_no_calendar(index: EventIndexPage) -> None:
    page = make_event(index)
    assert "The date is not announced yet." in text(page.url)
    assert "calendar/" not in html(page.url)
    assert Client().get(f"{page.url}calendar/").status_code == 302
    assert "Date not announced yet" in text(INDEX)


def test_events_ahead_stand_before_those_that_are_over(index: EventIndexPage) -> None:
    now = timezone.now()
    make_event(index, "Long ago", starts_at=now - timedelta(days=400))
    make_event(index, "Lately", starts_at=now - timedelta(days=9))
    make_event(index, "Running", starts_at=now - timedelta(days=1), ends_at=now + timedelta(days=1))
    make_event(index, "Soon", starts_at=now + timedelta(days=9))
    shown = html(INDEX)
    order = ["Running", "Soon", "Past events", "Lately", "Long ago"]
    places = [shown.index(word) for word in order]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("cancelled", "This event is cancelled"),
        ("postponed", "This event is postponed"),
        ("moved", "This event was moved"),
    ],
)
def test_a_change_is_said_loudly(index: EventIndexPage, status: str, words: str) -> None:
    page = make_event(
        index, status=status, status_note="Ask us.", registration_url="https://example.org/r", **three_days()
    )
    shown = html(page.url)
    assert words in shown
    assert "Ask us." in shown
    assert ("Register<" in shown) is (status == "moved")
    assert 'class="tag' in html(INDEX)


def test_a_calendar_has_the_event_in_its_zone_and_hears_of_changes(index: EventIndexPage) -> None:
    page = make_event(index, place="A hall, Sarajevo", **three_days())
    (first,) = calendar(page.url)
    assert first.decoded("dtstart") == three_days()["starts_at"]
    assert (first["sequence"], first["status"], first["location"]) == (0, "CONFIRMED", "A hall, Sarajevo")
    republish(page, summary="Other words")
    assert calendar(page.url)[0]["sequence"] == 0
    republish(page, status="cancelled")
    (last,) = calendar(page.url)
    assert (last["uid"], last["sequence"], last["status"]) == (first["uid"], 1, "CANCELLED")
    assert str(last["summary"]) == "Cancelled: A conference"


def test_a_draft_changes_no_calendar(index: EventIndexPage) -> None:
    page = make_event(index, **three_days())
    page.status = "cancelled"
    page.save_revision()
    assert calendar(page.url)[0]["status"] == "CONFIRMED"


def test_all_events_are_one_calendar_that_answers_what_is_new(index: EventIndexPage) -> None:
    make_event(index, "One", **three_days())
    make_event(index, "Two", starts_at=datetime(NEXT_YEAR, 6, 1, 9, tzinfo=UTC), time_zone="Europe/Athens")
    make_event(index, "No date")
    make_event(index, "Long ago", starts_at=datetime(2020, 6, 1, 9, tzinfo=UTC))
    assert [str(event["summary"]) for event in calendar(INDEX)] == ["One", "Two"]
    address = f"{INDEX}calendar/"
    assert Client(headers={"if-none-match": Client().get(address)["ETag"]}).get(address).status_code == 304


def test_the_programme_stands_by_day_in_order_and_leads_to_speakers(index: EventIndexPage) -> None:
    sessions = [
        ("session", {"day": date(NEXT_YEAR, 5, 13), "starts": time(9), "title": "Second day"}),
        ("session", {"starts": time(11), "ends": time(12), "title": "Late"}),
        ("session", {"starts": time(9), "title": "Early", "speakers": [{"name": "An Expert", "part": "chair"}]}),
    ]
    speakers = [("speaker", {"name": "An expert", "organisation": "An office"})]
    page = make_event(index, programme=sessions, speakers=speakers, **three_days())
    shown = html(page.url)
    places = [shown.index(word) for word in ("Early", "Late", f"13 May {NEXT_YEAR}</h3>", "Second day")]
    assert places == sorted(places)
    assert '<a href="#speaker-an-expert">An Expert</a>, chair' in shown
    assert 'id="speaker-an-expert"' in shown


def test_materials_are_offered_with_type_and_size(index: EventIndexPage) -> None:
    slides = ContentFile(pdf(1024), name="slides.pdf")
    made = CampaignDocument.objects.create(title="Slides", file=slides)
    page = make_event(index, materials=[("material", {"document": made, "title": ""})])
    assert "Slides PDF, 1.0 KB" in text(page.url).replace("\xa0", " ")


def test_registration_ends_with_its_deadline(index: EventIndexPage) -> None:
    fields = {"registration_url": "https://example.org/register", **three_days()}
    assert 'href="https://example.org/register"' in html(make_event(index, "Open", **fields).url)
    closed = make_event(index, "Closed", registration_deadline=timezone.now() - timedelta(days=1), **fields)
    assert "https://example.org/register" not in html(closed.url)
    assert "Closed since" in text(closed.url)


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"ends_at": datetime(2027, 1, 1, tzinfo=UTC)}, "an end without a start"),
    (
        {"starts_at": datetime(2027, 1, 2, tzinfo=UTC), "ends_at": datetime(2027, 1, 1, tzinfo=UTC)},
        "The end is before the start",
    ),
    (
        {"starts_at": datetime(2027, 1, 2, tzinfo=UTC), "registration_deadline": datetime(2027, 2, 1, tzinfo=UTC)},
        "cannot close after",
    ),
    (
        {
            "starts_at": datetime(2027, 1, 2, 9, tzinfo=UTC),
            "programme": [("session", {"day": date(2027, 1, 5), "starts": time(9), "title": "Late"})],
        },
        "not a day of the event",
    ),
]


@pytest.mark.parametrize(("fields", "words"), WRONG)
def test_what_cannot_be_is_refused_in_words(fields: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        EventPage(title="A conference", **fields).clean()


def posted(**fields: str) -> Any:
    """The edit form of an event as an editor sends it."""
    values: dict[str, Any] = {
        "title": "A conference",
        "slug": "a-conference",
        "status": "planned",
        "time_zone": "Europe/Sarajevo",
        **{name: streamfield([]) for name in ("body", "programme", "speakers", "materials")},
        "comments": inline_formset([]),
        **fields,
    }
    return nested_form_data(values)


def test_an_editor_elsewhere_enters_the_place_s_time(index: EventIndexPage) -> None:
    page = make_event(index)
    client = Client()
    client.force_login(make_user(superuser=True))
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    start = f"{NEXT_YEAR}-05-12 09:00"
    response = client.post(edit, posted(starts_at=start, **{"action-publish": "1"}))
    assert response.status_code == 302, response.context["form"].errors
    page = EventPage.objects.get(pk=page.pk)
    assert page.starts_at == datetime(NEXT_YEAR, 5, 12, 7, tzinfo=UTC)
    shown = re.findall(r'<input[^>]*name="starts_at"[^>]*>', client.get(edit).content.decode())
    assert f'value="{start}:00"' in shown[0]
    skipped = client.post(edit, posted(starts_at="2027-03-28 02:30"))
    assert "this time does not exist there" in skipped.content.decode()


def test_events_and_their_list_take_the_same_queries_as_they_grow(index: EventIndexPage) -> None:
    project = Project.objects.create(name="A project")
    made = CampaignDocument.objects.create(title="Slides", file=ContentFile(pdf(), name="slides.pdf"))
    fields: dict[str, Any] = {"project": project, "materials": [("material", {"document": made, "title": ""})] * 2}
    page = make_event(index, **fields, **three_days())
    make_event(index, "Past", starts_at=timezone.now() - timedelta(days=9))
    before = queries(INDEX), queries(page.url)
    for number in range(3):
        make_event(index, f"More {number}", **fields, **three_days())
        make_event(index, f"Past {number}", starts_at=timezone.now() - timedelta(days=9 + number))
    assert (queries(INDEX), queries(page.url)) == before
    assert max(before) <= 14
