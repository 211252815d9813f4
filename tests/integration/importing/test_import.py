from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from wagtail.models import Page
from wagtail.users.models import UserProfile

from social_publisher.approval import service
from social_publisher.approval.errors import OwnWorkError
from social_publisher.approval.package import build_package
from social_publisher.desk.importing.reader import read_file
from social_publisher.desk.importing.rows import examine, make
from social_publisher.desk.importing.table import Table
from social_publisher.models import AuditEvent, Channel, HeldImport, Post, PostImage, Variant
from social_publisher.planning.timetable import LATEST_OFFSET
from social_publisher.reports.spreadsheet import csv_lines, xlsx_file
from tests.factories import make_campaign, make_channel, make_editor, make_image, make_post, make_user
from tests.integration.desk.test_screens import signed_in

pytestmark = pytest.mark.django_db
UPLOAD, CHECK = "/admin/social/planning/import/", "/admin/social/planning/import/check/"
DUE = "2027-03-04 15:30"


@pytest.fixture
def editor() -> Any:
    person = make_editor()
    UserProfile.objects.create(user=person, current_time_zone="Europe/Bucharest")
    return person


@pytest.fixture
def channel() -> Channel:
    make_campaign(code="awareness")
    return make_channel(name="Channel A", time_zone="Europe/Sarajevo")


def table(*rows: dict[str, str]) -> bytes:
    """A CSV file of these rows; what they lack is filled in."""
    usual = {"campaign": "awareness", "text": "Ask first.", "channels": "Channel A", "due": DUE}
    full = [{**usual, **row} for row in rows]
    stream = StringIO()
    writer = csv.DictWriter(stream, list(dict.fromkeys(name for row in full for name in row)))
    writer.writeheader()
    writer.writerows(full)
    return stream.getvalue().encode()


def upload(client: Client, data: bytes, name: str = "posts.csv") -> str:
    answer = client.post(UPLOAD, {"file": SimpleUploadedFile(name, data)}, follow=True)
    return str(answer.content.decode())


def confirm(client: Client) -> Any:
    return client.post(CHECK, {"held": HeldImport.objects.get().pk}, follow=True)


def test_a_table_is_looked_at_then_imported_as_drafts(editor: Any, channel: Channel) -> None:
    client = signed_in(editor)
    data = table({"text: Channel A": "Own words.", "link url": "https://example.org/"}, {"text": "=Second"})
    assert "2 drafts would be made" in upload(client, data)
    assert not Post.objects.exists()
    confirm(client)
    second, first = Post.objects.order_by("-pk")
    assert (first.author, first.last_editor, first.live) == (editor, editor, False)
    assert not first.workflow_in_progress
    assert first.variants.get().text == "Own words."
    assert second.text == "=Second"
    assert first.due_at == datetime(2027, 3, 4, 13, 30, tzinfo=UTC)
    assert AuditEvent.objects.get(action="posts.imported").data["posts"] == [first.pk, second.pk]
    assert not HeldImport.objects.exists()


def test_whoever_imports_a_post_does_not_approve_it(channel: Channel) -> None:
    approver = make_user("Approvers")
    client = signed_in(approver)
    upload(client, table({}))
    confirm(client)
    post = Post.objects.get()
    service.submit(post, approver)
    with pytest.raises(OwnWorkError):
        service.approve(post, approver, build_package(post).digest)


FAULTS = [
    ({"campaign": "nobody"}, "campaign", "There is no campaign with this code"),
    ({"campaign": ""}, "campaign", "required"),
    ({"text": ""}, "text", "required"),
    ({"language": "xx"}, "language", "xx is not one of the available choices"),
    ({"channels": "Channel A | Nobody"}, "channels", "There is no channel “Nobody”"),
    ({"channels": "Channel A | Channel A"}, "channels", "duplicate"),
    ({"channels": ""}, "channels", "at least 1"),
    ({"due": "soon"}, "due", "valid date"),
    ({"due": "2027-03-28 03:30"}, "due", "does not exist"),
    ({"due": "2027-10-31 03:30"}, "due", "comes twice"),
    ({"time zone": "Europe/Nowhere"}, "time zone", "no time zone"),
    ({"link page": "/nowhere/"}, "link page", "no published page"),
    ({"link url": "https://example.org/", "link page": "1"}, "link url", "not both"),
    ({"link url": "javascript:alert(1)"}, "link url", "valid URL"),
    ({"picture 1": "nothing.png", "picture 1 description": "A field"}, "picture 1", "no picture “nothing.png”"),
    ({"picture 1 description": "Of nothing"}, "picture 1", "required"),
    ({"picture 1": "navy.png", "picture 1 people": "many"}, "picture 1 people", "none, consent or recognisable"),
    ({"machine translated": "perhaps"}, "machine translated", "yes or no"),
    ({"useful minutes": "0"}, "useful minutes", "greater than or equal to 1"),
    ({"channels": "Channel B", "text: Channel A": "Own"}, "text: Channel A", "not among the channels"),
    ({"minutes later: Channel A": "99999"}, "minutes later: Channel A", "less than or equal to"),
]


def test_every_fault_is_said_at_its_cell_and_nothing_is_imported(editor: Any, channel: Channel) -> None:
    make_channel(name="Channel B")
    data = table({}, *(row for row, _heading, _words in FAULTS))
    request = RequestFactory().get("/")
    report = examine(read_file("posts.csv", BytesIO(data), len(data)), request)
    assert report.faults == []
    assert report.rows[0].faults == []
    for number, (row, (_cells, heading, words)) in enumerate(zip(report.rows[1:], FAULTS, strict=True), 3):
        assert row.number == number
        assert any(column == heading and words in text for column, text in row.faults), (heading, row.faults)
    client = signed_in(editor)
    page = upload(client, data)
    assert f"{len(FAULTS)} rows have something to correct" in page
    assert "Row 3" in page
    assert not HeldImport.objects.exists()
    assert not Post.objects.exists()


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("campaign,text,channels,due,colour", "There is no column “colour”"),
        ("campaign,text,channels,due,Text", "comes twice"),
        ("campaign,text,channels", "The column “due” is missing"),
        ("campaign,text,channels,due,text: Nobody", "for the channel “Nobody”"),
    ],
)
def test_a_heading_that_is_wrong_is_said(editor: Any, heading: str, words: str) -> None:
    assert words in upload(signed_in(editor), f"{heading}\nx\n".encode())


def test_times_are_in_the_rows_zone_or_the_persons(editor: Any, channel: Channel) -> None:
    client = signed_in(editor)
    rows = [{}, {"time zone": "America/New_York"}, {"due": "2027-10-31 03:30+03:00"}, {"due": "2027-10-31 03:30+02:00"}]
    upload(client, table(*rows))
    confirm(client)
    hours = [post.due_at.astimezone(UTC).hour for post in Post.objects.order_by("pk")]
    assert hours == [13, 20, 0, 1]


def test_rows_of_a_group_are_translations_of_each_other(editor: Any, channel: Channel) -> None:
    client = signed_in(editor)
    upload(client, table({"group": "a", "language": "en"}, {"group": "a", "language": "ro"}, {"language": "bg"}))
    confirm(client)
    english, romanian, bulgarian = Post.objects.order_by("pk")
    assert english.translation_key == romanian.translation_key != bulgarian.translation_key
    assert "same language" in upload(client, table({"group": "a"}, {"group": "a"}))


def test_what_went_wrong_since_it_was_looked_at_imports_nothing(editor: Any, channel: Channel) -> None:
    client = signed_in(editor)
    upload(client, table({}, {}))
    channel.name = "Renamed"
    channel.save()
    page = confirm(client).content.decode()
    assert "There is no channel “Channel A”" in page
    assert not Post.objects.exists()


def test_rows_are_confirmed_once_and_only_those_that_were_seen(editor: Any, channel: Channel) -> None:
    client = signed_in(editor)
    upload(client, table({}))
    first = HeldImport.objects.get().pk
    upload(client, table({"text": "Another file."}))
    client.post(CHECK, {"held": first})
    assert not Post.objects.exists()
    key = {"held": HeldImport.objects.get().pk}
    client.post(CHECK, key)
    client.post(CHECK, key)
    assert Post.objects.get().text == "Another file."


def test_nobody_confirms_the_rows_of_another(editor: Any, channel: Channel) -> None:
    upload(signed_in(editor), table({}))
    signed_in(make_editor()).post(CHECK, {"held": HeldImport.objects.get().pk})
    assert not Post.objects.exists()


def test_held_rows_are_forgotten_after_a_day(editor: Any, channel: Channel) -> None:
    client = signed_in(editor)
    upload(client, table({}))
    HeldImport.objects.update(held_at=datetime(2020, 1, 1, tzinfo=UTC))
    confirm(client)
    assert not Post.objects.exists()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_template_is_a_table_that_explains_itself(editor: Any, channel: Channel, form: str) -> None:
    campaign = make_campaign()
    answer = signed_in(editor).get(reverse("social_planning:template", args=[form]))
    data = b"".join(answer)
    if form == "csv":
        text = data.decode("utf-8-sig")
        assert campaign.code in text
        data = (text + "\r\nx").encode()
        sheet = read_file("t.csv", BytesIO(data), len(data))
    else:
        with pytest.raises(Exception, match="no row under the heading"):
            read_file("t.xlsx", BytesIO(data), len(data))
        return
    assert sheet.heading[:3] == ["campaign", "language", "text"]
    assert "text: Channel A" in sheet.heading


ROLES = ["Channel managers", "Analysts", "Auditors", "Moderators"]


@pytest.mark.parametrize("role", ROLES)
def test_importing_is_for_those_who_write_posts(role: str) -> None:
    client = signed_in(make_user(role))
    for address in (UPLOAD, CHECK, reverse("social_planning:template", args=["csv"])):
        assert client.get(address).status_code == 302
    upload(client, table({}))
    client.post(CHECK, {"held": "1"})
    assert not HeldImport.objects.exists()
    assert not Post.objects.exists()


LIST = "/admin/snippets/social_publisher/post/"


def test_the_filtered_list_is_exported_and_written_down(editor: Any, channel: Channel) -> None:
    shown = make_post([channel], text="=cmd|' /C calc'!A0")
    make_post([channel], text="Of another campaign.")
    answer = signed_in(editor).get(LIST, {"campaign": shown.campaign_id, "export": "csv"})
    text = b"".join(answer).decode("utf-8-sig")
    assert "'=cmd" in text
    assert ";=cmd" not in text
    assert "another campaign" not in text
    event = AuditEvent.objects.get(action="posts.exported")
    assert event.data["posts"] == 1
    assert event.actor == editor


@pytest.mark.parametrize("role", ["Analysts", "Moderators"])
def test_exporting_is_for_those_who_see_posts(role: str) -> None:
    make_post()
    assert signed_in(make_user(role)).get(LIST, {"export": "csv"}).status_code == 302
    assert not AuditEvent.objects.filter(action="posts.exported").exists()


def test_an_export_takes_the_newest_drafts_in_as_many_queries_as_ever(
    channel: Channel, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        post = make_post([channel], text="Old")
        content = post.current()
        content.text = f"New {number}"
        content.save_revision(user=post.author)
    with django_assert_max_num_queries(12):
        found = Table(Post.objects.order_by("pk"), UTC, "UTC")
        rows = list(found.rows())
    assert [row[2] for row in rows] == [f"New {number}" for number in range(12)]


# --- The round trip -------------------------------------------------------------------------------------------------

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"], include_characters="\n"), max_size=60).map(
    str.strip
)
LINE = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Zl", "Zp"]), max_size=40).map(str.strip)
MOMENT = st.datetimes(datetime.fromisoformat("2026-01-01"), datetime.fromisoformat("2030-01-01")).map(
    lambda moment: moment.replace(microsecond=0, tzinfo=UTC)
)
VARIANT = st.fixed_dictionaries(
    {
        "text": TEXT,
        "offset_minutes": st.integers(0, int(LATEST_OFFSET.total_seconds() // 60)),
        "media": st.sampled_from(Variant.Media.values),
        "alt_text": LINE.filter(bool),
    }
)
POST = st.fixed_dictionaries(
    {
        "text": st.one_of(
            st.sampled_from(["=1+1", "+x", "-x", "@x", "'x", "'=x", "yes", "1.0", "a;=1,'-x\n@y"]), TEXT.filter(bool)
        ),
        "language": st.sampled_from(["en", "ro", "bg"]),
        "due_at": st.one_of(MOMENT, st.just(datetime(2027, 10, 31, 1, 30, tzinfo=UTC))),
        "content_warning": LINE,
        "link_title": LINE,
        "useful_minutes": st.integers(1, 10_000),
        "from_machine": st.booleans(),
        "is_alert": st.booleans(),
    }
)


@pytest.fixture
def world() -> dict[str, Any]:
    return {
        "campaign": make_campaign(),
        "channels": [make_channel(name="Plain"), make_channel(name="=A|B: C\\")],
        "image": make_image(),
        "page": Page.objects.order_by("-depth", "pk").first(),
        "editor": make_editor(),
    }


def plain(post: Post) -> dict[str, Any]:
    """Everything of a post that a person wrote."""
    names = [
        "campaign_id", "text", "language", "link_page_id", "link_url", "link_title", "link_description", "video_id",
        "video_alt", "content_warning", "due_at", "useful_minutes", "is_alert", "correction_id", "from_machine",
    ]  # fmt: skip
    images = post.images.values_list("image_id", "alt_text", "people")
    variants = post.variants.values_list("channel_id", "text", "offset_minutes", "media", "image_id", "alt_text")
    return {
        **{name: getattr(post, name) for name in names},
        "images": list(images.order_by("sort_order")),
        "variants": list(variants.order_by("sort_order")),
    }


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(POST, VARIANT, VARIANT, st.booleans()), min_size=1, max_size=3), st.booleans())
def test_what_is_exported_and_imported_is_the_same(
    world: dict[str, Any], drawn: list[tuple[Any, Any, Any, bool]], as_xlsx: bool
) -> None:
    made = [written(world, *one) for one in drawn]
    zone = "Europe/Bucharest"
    exported = Table(Post.objects.filter(pk__in=[post.pk for post in made]).order_by("pk"), ZoneInfo(zone), zone)
    rows = [exported.heading, *exported.rows()]
    data = xlsx_file([("Posts", rows)]).read() if as_xlsx else b"".join(csv_lines(rows))
    sheet = read_file("posts.xlsx" if as_xlsx else "posts.csv", BytesIO(data), len(data))
    report = examine(sheet, RequestFactory().get("/"))
    assert (report.faults, [row.faults for row in report.rows]) == ([], [[] for _post in made])
    again = make(report, world["editor"], "posts")
    assert [plain(Post.objects.get(pk=post.pk)) for post in again] == [plain(post) for post in made]


def written(world: dict[str, Any], fields: dict[str, Any], first: Any, second: Any, linked: bool) -> Post:
    link = {"link_page": world["page"]} if linked else {"link_url": "https://example.org/?a=1|2&b='x'"}
    post = Post(campaign=world["campaign"], live=False, **fields, **link)
    post.variants = [
        Variant(channel=channel, **{**values, **own_picture(world, values)})
        for channel, values in zip(world["channels"], (first, second), strict=True)
    ]
    post.images = [PostImage(image=world["image"], alt_text="A dark | field", people="consent")]
    post.save()
    post.save_revision(user=world["editor"], changed=False)
    return Post.objects.get(pk=post.pk)


def own_picture(world: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    if values["media"] == Variant.Media.OWN.value:
        return {"image": world["image"]}
    return {"image": None, "alt_text": ""}


def test_a_channel_is_exported_whatever_is_in_its_name(editor: Any) -> None:
    draft = make_post([make_channel(name="Plain\x1b[31m")]).current()
    draft.variants = [Variant(channel=draft.variants.first().channel, text="Own words.")]
    draft.save_revision(user=draft.author)
    answer = signed_in(editor).get(LIST, {"export": "xlsx"})
    assert answer.status_code == 200
    sheet = load_workbook(BytesIO(b"".join(answer))).worksheets[0]
    assert any("Plain[31m" in str(cell.value) for cell in sheet[1])


def test_a_time_is_exported_to_the_second_it_was_given(world: dict[str, Any]) -> None:
    post = make_post(due_at=datetime(2027, 1, 1, tzinfo=UTC) + timedelta(seconds=7))
    assert "2027-01-01 00:00:07" in next(Table(Post.objects.filter(pk=post.pk), UTC, "UTC").rows())
