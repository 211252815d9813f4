"""Clicks and reads: counted once each, for readers alone, without anything of a person that lasts."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from unittest.mock import Mock

import pytest
from django.db import IntegrityError, OperationalError
from django.test import Client, RequestFactory
from django.utils import timezone
from wagtail.models import Page

from content.pages import CampaignPage, HomePage
from content.starter import load_starting_content
from social_publisher.delivery.worker import carry
from social_publisher.engagement import door as door_module
from social_publisher.engagement import writing
from social_publisher.engagement.door import Door
from social_publisher.engagement.site_counting import places
from social_publisher.engagement.tally import Tally, tally
from social_publisher.models import ClickHour, DaySalt, Delivery, LinkDay, PageReadHour, SeenReader
from tests.factories import make_delivery, make_editor

pytestmark = pytest.mark.django_db
PHONE = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36"
)


def published() -> Delivery:
    delivery = make_delivery()
    carry([delivery.pk], clock=lambda: delivery.due_at)
    delivery.refresh_from_db()
    return delivery


def reader(address: str = "192.0.2.1", **headers: str) -> Client:
    return Client(headers={"user-agent": PHONE, **headers}, REMOTE_ADDR=address)


@pytest.fixture(autouse=True)
def fresh_tally() -> None:
    """The secret of an earlier test's day is not in this test's database."""
    tally._salt = None
    places.forget()


def link_of(delivery: Delivery) -> str:
    assert delivery.short_link is not None
    return f"/go/{delivery.short_link.code}"


def test_readers_of_a_day_are_told_apart_and_nothing_of_them_is_kept() -> None:
    address = link_of(published())
    for one in (reader(), reader(), reader("192.0.2.2"), reader(**{"user-agent": PHONE.replace("130", "131")})):
        one.get(address)
    assert ClickHour.objects.get().count == 4
    assert LinkDay.objects.get().readers == 3
    kept = b"".join(bytes(row.digest) for row in SeenReader.objects.all())
    assert b"192.0.2" not in kept
    assert b"Mozilla" not in kept
    assert {len(bytes(row.digest)) for row in SeenReader.objects.all()} == {16}


def test_the_days_secret_and_its_hashes_go_with_the_day_and_the_counts_stay() -> None:
    address = link_of(published())
    reader().get(address)
    writing.forget_readers(timezone.now())
    assert (DaySalt.objects.count(), SeenReader.objects.count()) == (1, 1)
    writing.forget_readers(timezone.now() + timedelta(days=1))
    assert (DaySalt.objects.count(), SeenReader.objects.count()) == (0, 0)
    assert (ClickHour.objects.get().count, LinkDay.objects.get().readers) == (1, 1)


@pytest.mark.parametrize("header", ["dnt", "sec-gpc"])
def test_whoever_asks_not_to_be_tracked_is_led_on_and_not_counted(header: str) -> None:
    assert reader(**{header: "1"}).get(link_of(published())).status_code == 302
    assert not ClickHour.objects.exists()
    assert not SeenReader.objects.exists()


def test_what_fits_nothing_is_let_go_and_counting_goes_on() -> None:
    link, own = published().short_link, Tally()
    assert link is not None
    hour, day = timezone.now().replace(minute=0, second=0, microsecond=0), timezone.localdate()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writing, "write", Mock(side_effect=IntegrityError))
        own.click(link.pk, hour, "ro", day, "one")
    own.click(link.pk, hour, "ro", day, "two")
    assert ClickHour.objects.get().count == 1


def test_what_cannot_be_written_is_kept_and_written_later(monkeypatch: pytest.MonkeyPatch) -> None:
    link, own = published().short_link, Tally()
    assert link is not None
    hour, day = timezone.now().replace(minute=0, second=0, microsecond=0), timezone.localdate()

    def fail(*_args: Any) -> None:
        raise OperationalError

    with monkeypatch.context() as broken:
        broken.setattr(writing, "write", fail)
        own.click(link.pk, hour, "ro", day, "one")
    own.click(link.pk, hour, "ro", day, "two")
    assert (ClickHour.objects.get().count, LinkDay.objects.get().readers) == (2, 2)


class TestDoor:
    """The tracked links before Django."""

    @pytest.fixture
    def now(self, monkeypatch: pytest.MonkeyPatch) -> list[float]:
        clock = [1000.0]
        monkeypatch.setattr("social_publisher.engagement.door.time.monotonic", lambda: clock[0])
        return clock

    def ask(self, door: Door, path: str, method: str = "GET", **environ: Any) -> tuple[str, dict[str, str]]:
        said: list[Any] = []
        request = RequestFactory(HTTP_USER_AGENT=PHONE).generic(method, path, **environ)
        list(door(request.environ, lambda status, headers, *_rest: said.extend([status, dict(headers)])))
        return said[0], said[1]

    @pytest.fixture
    def asked(self) -> list[str]:
        return []

    @pytest.fixture
    def door(self, asked: list[str], now: list[float]) -> Door:
        """Around a Django that notes what it is asked."""
        from django.test.client import ClientHandler

        handler = ClientHandler()

        def django(environ: dict[str, Any], start_response: Any) -> list[bytes]:
            asked.append(environ["PATH_INFO"])
            response: Any = handler(environ)
            start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
            return [response.content]

        return Door(django)

    def test_an_answer_is_given_again_in_the_same_words_and_each_click_counted(
        self, door: Door, asked: list[str]
    ) -> None:
        address = link_of(published())
        first, again = self.ask(door, address), self.ask(door, address)
        assert first == again
        assert first[0] == "302 Found"
        assert "noindex" in first[1]["X-Robots-Tag"]
        assert asked == [address]
        assert ClickHour.objects.get().count == 2
        assert self.ask(door, address, "HEAD") == first
        assert ClickHour.objects.get().count == 2

    def test_a_moved_target_is_asked_for_again_after_some_seconds(
        self, door: Door, asked: list[str], now: list[float]
    ) -> None:
        delivery = published()
        self.ask(door, link_of(delivery))
        link = delivery.short_link
        assert link is not None
        link.target_url = "https://example.org/moved"
        link.save()
        now[0] += 6
        assert self.ask(door, link_of(delivery))[1]["Location"].startswith("https://example.org/moved?")
        assert len(asked) == 2

    def test_what_is_no_link_of_ours_is_asked_of_django_each_time(self, door: Door, asked: list[str]) -> None:
        load_starting_content()
        for path in ("/go/nosuchcode", "/go/nosuchcode", "/about/", "/about/"):
            self.ask(door, path)
        assert len(asked) == 4

    def test_a_link_that_is_not_out_yet_counts_nothing_and_counts_from_the_moment_it_is(self, door: Door) -> None:
        delivery = make_delivery()
        assert [self.ask(door, link_of(delivery))[0] for _time in range(2)] == ["302 Found"] * 2
        assert not ClickHour.objects.exists()
        carry([delivery.pk], clock=lambda: delivery.due_at)
        self.ask(door, link_of(delivery))
        assert ClickHour.objects.get().count == 1

    def test_an_answer_for_one_reader_is_not_given_to_another(self, door: Door, asked: list[str]) -> None:
        address, django = link_of(published()), door.application

        def with_cookie(environ: dict[str, Any], start_response: Any) -> Any:
            def start(status: str, headers: list[tuple[str, str]]) -> Any:
                return start_response(status, [*headers, ("Set-Cookie", "sessionid=")])

            return django(environ, start)

        door.application = with_cookie
        assert "Set-Cookie" in self.ask(door, address)[1]
        door.application = django
        assert "Set-Cookie" not in self.ask(door, address)[1]
        assert len(asked) == 2

    def test_programs_are_not_counted_behind_a_known_answer(self, door: Door) -> None:
        address = link_of(published())
        self.ask(door, address)
        self.ask(door, address, HTTP_USER_AGENT="Twitterbot/1.0")
        self.ask(door, address, HTTP_SEC_GPC="1")
        assert ClickHour.objects.get().count == 1

    def test_it_remembers_a_bounded_number(self, door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(door_module, "MOST", 2)
        for _link in range(3):
            self.ask(door, link_of(published()))
        assert len(door._known) <= 2


class TestPages:
    """Reads of campaigns' pages."""

    @pytest.fixture
    def page(self) -> CampaignPage:
        load_starting_content()
        return CampaignPage.objects.get(locale__language_code="en")

    def test_a_read_is_counted_by_language_network_and_hour(self, page: CampaignPage) -> None:
        for query, referrer in (("?utm_source=bluesky", ""), ("", "https://t.co/abc"), ("", "https://www.example.org")):
            assert reader(referer=referrer).get(f"{page.url}{query}").status_code == 200
        reader(referer="https://t.co/abc").get(page.url)
        rows = {(row.network, row.count) for row in PageReadHour.objects.all()}
        assert rows == {("bluesky", 1), ("x", 2), ("", 1)}
        row = PageReadHour.objects.first()
        assert row is not None
        assert (row.page_id, row.campaign, row.language) == (page.pk, page.campaign, "en")
        assert row.hour.minute == 0

    def test_staff_programs_and_other_pages_are_not_counted(self, page: CampaignPage) -> None:
        staff = reader()
        staff.force_login(make_editor())
        staff.get(page.url)
        Client().get(page.url)
        reader(dnt="1").get(page.url)
        reader().get(HomePage.objects.get(locale__language_code="en").url)
        reader().head(page.url)
        assert not PageReadHour.objects.exists()

    def test_a_page_below_counts_for_its_campaign_and_one_deleted_meanwhile_for_none(self, page: CampaignPage) -> None:
        below = page.path + "0001"
        assert places.campaign_of(below) == page.campaign_id
        assert places.campaign_of(Page.objects.get(depth=1).path) is None
        own = Tally()
        own.read(page.campaign_id, 10**9, datetime.now(tz=timezone.get_current_timezone()), "en", "")
        assert not PageReadHour.objects.exists()
