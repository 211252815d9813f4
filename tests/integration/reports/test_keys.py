"""Numbers as JSON for whoever holds a key, and nothing for anybody else; metrics for the operator."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from content.records import Campaign
from social_publisher.engagement.periods import Period, today
from social_publisher.models import AuditEvent, Delivery, ResultsToken
from social_publisher.reports.collect import report_on
from social_publisher.reports.keys import make
from tests.factories import make_campaign, make_delivery, make_user
from tests.support.brought import HOUR, OUT, published, told

pytestmark = pytest.mark.django_db
CAMPAIGNS = "/api/results/"


@pytest.fixture
def campaign() -> Campaign:
    campaign = make_campaign(code="fait")
    told(published(campaign), OUT + HOUR, likes=4)
    return campaign


def asked(path: str, key: str) -> Any:
    return Client().get(path, headers={"authorization": f"Bearer {key}"})


def test_a_key_opens_the_numbers_of_the_report(campaign: Campaign) -> None:
    key = make(make_user("Analysts"), "my program")
    listed = asked(CAMPAIGNS, key).json()
    assert [row["code"] for row in listed["campaigns"]] == ["fait"]
    answer = asked(f"{CAMPAIGNS}fait/", key).json()
    report = report_on(campaign, Period(None, today()))
    assert (answer["digest"], answer["data"]) == (report.digest, report.data)
    assert answer["as_of"]["networks"] is not None
    canonical = json.dumps(answer["data"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(canonical.encode()).hexdigest() == answer["digest"]
    told_numbers = {row["code"]: row["value"] for row in answer["data"]["numbers"]}
    assert (told_numbers["reactions"], told_numbers["impressions"]) == (4, None)
    assert set(told_numbers) == set(listed["definitions"])
    assert ResultsToken.objects.get().used_on == today()


@pytest.mark.parametrize(
    "header", [None, "", "Bearer", "Bearer x", "Basic eDp5", "Bearer results_", "Bearer results_x"]
)
def test_without_a_key_there_is_nothing(campaign: Campaign, header: str | None) -> None:
    headers = {} if header is None else {"authorization": header}
    for path in (CAMPAIGNS, f"{CAMPAIGNS}fait/", f"{CAMPAIGNS}none/"):
        response = Client().get(path, headers=headers)
        assert response.status_code == 401
        assert "Bearer" in response["WWW-Authenticate"]
        assert set(response.json()) == {"message"}


def test_a_key_is_worth_no_more_than_its_owners_role(campaign: Campaign) -> None:
    owner = make_user("Analysts")
    key = make(owner, "my program")
    owner.groups.remove(Group.objects.get(name="Analysts"))
    assert asked(CAMPAIGNS, key).status_code == 401
    owner.groups.add(Group.objects.get(name="Analysts"))
    assert asked(CAMPAIGNS, key).status_code == 200
    owner.is_active = False
    owner.save()
    assert asked(CAMPAIGNS, key).status_code == 401


@pytest.mark.parametrize("query", ["first=x", "last=2026-13-01", "first=2026-05-02&last=2026-05-01", "last=9999-12-31"])
def test_days_that_are_none_are_said_in_words(campaign: Campaign, query: str) -> None:
    key = make(make_user("Analysts"), "my program")
    assert asked(f"{CAMPAIGNS}fait/?{query}", key).status_code == 400
    assert asked(f"{CAMPAIGNS}none/", key).status_code == 404
    data = asked(f"{CAMPAIGNS}fait/?first=2026-05-01&last=2026-05-31", key).json()["data"]
    assert (data["first"], data["last"]) == ("2026-05-01", "2026-05-31")


def test_an_analyst_makes_a_key_sees_it_once_and_revokes_it(campaign: Campaign) -> None:
    client, address = Client(), reverse("social_results:keys")
    client.force_login(make_user("Analysts"))
    shown = client.post(address, {"name": "my program"}).content.decode()
    key = shown.split('class="desk-key-text">')[1].split("<")[0]
    assert asked(CAMPAIGNS, key).status_code == 200
    assert key not in client.get(address).content.decode()
    assert key not in str(ResultsToken.objects.values())
    other = ResultsToken.objects.create(owner=make_user("Analysts"), name="another's", digest="0" * 64)
    client.post(address, {"revoke": other.pk})
    assert ResultsToken.objects.filter(pk=other.pk).exists()
    client.post(address, {"revoke": ResultsToken.objects.exclude(pk=other.pk).get().pk})
    assert asked(CAMPAIGNS, key).status_code == 401
    assert sorted(AuditEvent.objects.filter(action__startswith="key.").values_list("action", flat=True)) == [
        "key.made", "key.revoked",
    ]  # fmt: skip


def test_a_key_needs_a_name_and_there_are_not_too_many(campaign: Campaign) -> None:
    client, address, owner = Client(), reverse("social_results:keys"), make_user("Analysts")
    client.force_login(owner)
    assert "This field is required" in client.post(address, {"name": ""}).content.decode()
    for number in range(20):
        make(owner, str(number))
    assert "Revoke one first" in client.post(address, {"name": "one more"}).content.decode()
    assert ResultsToken.objects.count() == 20


def read(text: str) -> dict[tuple[str, ...], float]:
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_metrics_tell_what_waits_how_late_and_how_old(campaign: Campaign, settings: Any) -> None:
    settings.METRICS_KEY = "a long random text"
    now = timezone.now()
    late = published(campaign, at=now - timedelta(hours=1))
    Delivery.objects.filter(pk=late.pk).update(due_at=now - timedelta(hours=1, seconds=7))
    Delivery.objects.filter(pk=make_delivery().pk).update(next_at=now - timedelta(seconds=90))
    response = asked("/metrics", "a long random text")
    assert response["Content-Type"].startswith("text/plain")
    found = read(response.content.decode())
    assert found["campaign_deliveries_open", "waiting"] == 1
    assert found["campaign_deliveries_open", "unknown"] == 0
    assert found["campaign_delivery_lateness_seconds_bucket", "5.0"] == 0
    assert found["campaign_delivery_lateness_seconds_bucket", "10.0"] == 1
    assert 85 < found["campaign_overdue_seconds",] < 150


@pytest.mark.parametrize(("key", "sent"), [("", ""), ("secret", ""), ("secret", "other"), ("", "secret")])
def test_without_the_operators_key_there_are_no_metrics(settings: Any, key: str, sent: str) -> None:
    settings.METRICS_KEY = key
    assert asked("/metrics", sent).status_code == 404
