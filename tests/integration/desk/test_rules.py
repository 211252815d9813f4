from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from content.records import Country
from social_publisher.messages.checks import ALWAYS_BLOCKING, Check
from social_publisher.models import AuditEvent, Blackout, CampaignRules, Channel, MentionedAccount
from tests.factories import make_campaign, make_channel, make_delivery, make_user

pytestmark = pytest.mark.django_db
RULES, BLACKOUTS = "wagtailsnippets_social_publisher_campaignrules", "wagtailsnippets_social_publisher_blackout"
EVERYBODY = ["Editors of posts", "Approvers", "Channel managers", "Auditors"]


def signed_in(role: str) -> Client:
    client = Client()
    client.force_login(make_user(role))
    return client


def rules_form(campaign: Any, /, **changes: Any) -> dict[str, Any]:
    return {
        "campaign": campaign.pk,
        "avoided_terms": "mule: courier",
        "public_contacts": "",
        "hashtags": "#WhoPays",
        "utm_content": "",
        "blocking_checks": ["link", "all_caps"],
        "mentions-TOTAL_FORMS": "1",
        "mentions-INITIAL_FORMS": "0",
        "mentions-MIN_NUM_FORMS": "0",
        "mentions-MAX_NUM_FORMS": "1000",
        "mentions-0-network": "x",
        "mentions-0-handle": "@selec",
        "mentions-0-DELETE": "",
        **changes,
    }


def blackout_form(**changes: Any) -> dict[str, Any]:
    now = timezone.localtime()
    return {
        "name": "Elections",
        "kind": "election",
        "starts_at": f"{now + timedelta(days=1):%Y-%m-%d %H:%M}",
        "ends_at": f"{now + timedelta(days=2):%Y-%m-%d %H:%M}",
        **changes,
    }


def a_blackout() -> Blackout:
    now = timezone.now()
    return Blackout.objects.create(name="Mourning", kind="mourning", starts_at=now, ends_at=now + timedelta(days=1))


def refused(response: Any) -> bool:
    """Wagtail sends whoever may not back to the home screen with a message."""
    return bool(response.status_code == 403 or (response.status_code == 302 and response["Location"] == "/admin/"))


def test_an_approver_makes_and_changes_rules_and_the_audit_says_what() -> None:
    campaign, approver = make_campaign(), signed_in("Approvers")
    index = approver.get(reverse(f"{RULES}:list")).content.decode()
    address = f"{reverse(f'{RULES}:add')}?campaign={campaign.pk}"
    assert address in index
    page = approver.get(address)
    assert page.context["form"]["campaign"].value() == campaign.pk
    assert set(page.context["form"].fields["blocking_checks"].choices).isdisjoint(ALWAYS_BLOCKING)
    approver.post(address, rules_form(campaign))
    rules = CampaignRules.objects.get(campaign=campaign)
    assert rules.blocking_checks == ["link", "all_caps"]
    assert not rules.blocks(Check.FACES)
    assert rules.mentions.get().handle == "@selec"
    mention = rules.mentions.get()
    changed = rules_form(
        campaign, blocking_checks=["link"], is_sensitive="on",
        **{"mentions-INITIAL_FORMS": "1", "mentions-0-id": mention.pk},
    )  # fmt: skip
    approver.post(reverse(f"{RULES}:edit", args=[rules.pk]), changed)
    told = AuditEvent.objects.filter(action__startswith="rules.").order_by("pk")
    events = [(event.action, event.actor_name) for event in told]
    name = told[0].actor_name
    assert events == [("rules.created", name), ("rules.changed", name), ("rules.changed", name)]
    last = told.last().data["changed"]
    assert last == {"blocking_checks": [["link", "all_caps"], ["link"]], "is_sensitive": [False, True]}


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("avoided_terms", "a: b\n: c", "before its colon"),
        ("hashtags", "WhoPays", "is no hashtag"),
        ("blocking_checks", ["nonsense"], "valid choice"),
        ("campaign", "", "required"),
    ],
)
def test_what_cannot_be_read_is_said(field: str, value: Any, words: str) -> None:
    response = signed_in("Approvers").post(reverse(f"{RULES}:add"), rules_form(make_campaign(), **{field: value}))
    assert words in str(response.context["form"].errors[field])
    assert not CampaignRules.objects.exists()


def test_a_campaign_with_rules_is_not_offered_again_and_keeps_them() -> None:
    rules, other = CampaignRules.objects.create(campaign=make_campaign()), make_campaign()
    approver = signed_in("Approvers")
    approver.post(reverse(f"{RULES}:add"), rules_form(rules.campaign))
    approver.post(reverse(f"{RULES}:edit", args=[rules.pk]), rules_form(other))
    assert CampaignRules.objects.get().campaign == rules.campaign


def test_who_writes_posts_reads_the_rules_and_changes_none() -> None:
    rules = CampaignRules.objects.create(campaign=make_campaign(), avoided_terms="mule: courier")
    bare, client = make_campaign(), signed_in("Editors of posts")
    index = client.get(reverse(f"{RULES}:list")).content.decode()
    assert bare.name in index
    assert reverse(f"{RULES}:add") not in index
    page = client.get(reverse(f"{RULES}:inspect", args=[rules.pk])).content.decode()
    assert "mule: courier" in page
    assert "A picture with recognisable people" in page
    for name, args in (("add", []), ("edit", [rules.pk]), ("delete", [rules.pk])):
        assert refused(client.post(reverse(f"{RULES}:{name}", args=args), rules_form(bare))), name
    assert CampaignRules.objects.count() == 1


def test_an_approver_deletes_no_rules() -> None:
    rules = CampaignRules.objects.create(campaign=make_campaign())
    client = signed_in("Approvers")
    assert refused(client.post(reverse(f"{RULES}:delete", args=[rules.pk])))
    bulk = reverse("wagtail_bulk_action", args=["social_publisher", "campaignrules", "delete"])
    client.post(f"{bulk}?id={rules.pk}")
    assert CampaignRules.objects.exists()


def test_the_list_of_campaigns_is_flat(django_assert_max_num_queries: Any) -> None:
    client, address = signed_in("Approvers"), reverse(f"{RULES}:list")
    for _number in range(6):
        CampaignRules.objects.create(campaign=make_campaign())
    client.get(address)
    with django_assert_max_num_queries(20):
        assert "The usual" not in client.get(address).content.decode()


@pytest.mark.parametrize("role", ["Approvers", "Channel managers"])
def test_blackouts_are_made_changed_and_deleted_and_the_audit_says_what(role: str) -> None:
    client = signed_in(role)
    country, campaign = Country.objects.get_or_create(code="RO")[0], make_campaign()
    form = blackout_form(countries=[country.pk], campaigns=[campaign.pk])
    client.post(reverse(f"{BLACKOUTS}:add"), form)
    blackout = Blackout.objects.get()
    assert (list(blackout.countries.all()), list(blackout.campaigns.all())) == ([country], [campaign])
    assert blackout.created_by is not None
    listed = client.get(reverse(f"{BLACKOUTS}:list")).content.decode()
    assert "Elections" in listed
    assert "Romania" in listed
    client.post(reverse(f"{BLACKOUTS}:edit", args=[blackout.pk]), {**form, "name": "Runoff", "countries": []})
    client.post(reverse(f"{BLACKOUTS}:delete", args=[blackout.pk]))
    assert not Blackout.objects.exists()
    events = list(AuditEvent.objects.filter(action__startswith="blackout.").order_by("pk"))
    assert {event.actor_name for event in events} == {blackout.created_by.username}
    assert all(event.data.pop("request") for event in events)
    assert [(event.action, {**event.data, "values": 0, "blackout": 0}) for event in events] == [
        ("blackout.created", {"values": 0, "blackout": 0}),
        ("blackout.changed", {"values": 0, "blackout": 0, "added": ["RO"]}),
        ("blackout.changed", {"values": 0, "blackout": 0, "added": [campaign.code]}),
        ("blackout.changed", {"values": 0, "blackout": 0, "changed": {"name": ["Elections", "Runoff"]}}),
        ("blackout.changed", {"values": 0, "blackout": 0, "removed": ["RO"]}),
        ("blackout.deleted", {"values": 0, "blackout": 0}),
    ]


def test_a_bulk_deletion_is_in_the_audit() -> None:
    rows = [a_blackout(), a_blackout()]
    bulk = reverse("wagtail_bulk_action", args=["social_publisher", "blackout", "delete"])
    signed_in("Channel managers").post(f"{bulk}?id={rows[0].pk}&id={rows[1].pk}")
    assert not Blackout.objects.exists()
    assert AuditEvent.objects.filter(action="blackout.deleted").exclude(actor=None).count() == 2


def test_a_change_past_the_screens_is_the_systems() -> None:
    rules = CampaignRules.objects.create(campaign=make_campaign())
    MentionedAccount.objects.create(rules=rules, network="x", handle="@a").delete()
    rules.delete()
    actions = AuditEvent.objects.order_by("pk").values_list("action", "actor_name")
    assert list(actions) == [
        (f"rules.{verb}", "system") for verb in ("created", "changed", "changed", "deleted")
    ]  # fmt: skip


def test_who_writes_posts_sees_blackouts_and_changes_none() -> None:
    row, client = a_blackout(), signed_in("Editors of posts")
    assert "Mourning" in client.get(reverse(f"{BLACKOUTS}:list")).content.decode()
    assert client.get(reverse(f"{BLACKOUTS}:inspect", args=[row.pk])).status_code == 200
    bulk = reverse("wagtail_bulk_action", args=["social_publisher", "blackout", "delete"])
    assert refused(client.post(reverse(f"{BLACKOUTS}:add"), blackout_form()))
    assert refused(client.post(reverse(f"{BLACKOUTS}:edit", args=[row.pk]), blackout_form()))
    assert refused(client.post(reverse(f"{BLACKOUTS}:delete", args=[row.pk])))
    client.post(f"{bulk}?id={row.pk}")
    assert list(Blackout.objects.values_list("name", flat=True)) == ["Mourning"]


def test_a_blackout_that_ends_before_it_starts_is_refused() -> None:
    form = blackout_form(ends_at="2020-01-01 10:00")
    response = signed_in("Approvers").post(reverse(f"{BLACKOUTS}:add"), form)
    assert "before the start" in str(response.context["form"].errors["ends_at"])


def test_whoever_saves_one_is_told_what_it_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transaction, "on_commit", lambda work, **_options: work())
    row = make_delivery(due_at=timezone.now() + timedelta(hours=30))
    client = signed_in("Approvers")
    response = client.post(reverse(f"{BLACKOUTS}:add"), blackout_form(), follow=True)
    assert "1 approved post was to leave then" in response.content.decode()
    row.refresh_from_db()
    assert row.state == "cancelled"


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({}, {"Mourning", "Elections"}),
        ({"kind": "election"}, {"Elections"}),
        ({"when": "past"}, {"Elections"}),
        ({"when": "coming"}, {"Mourning"}),
        ({"countries": "RO"}, {"Elections"}),
    ],
)
def test_blackouts_are_filtered(asked: dict[str, str], names: set[str]) -> None:
    now, romania = timezone.now(), Country.objects.get_or_create(code="RO")[0]
    a_blackout()
    past = {"starts_at": now - timedelta(days=2), "ends_at": now - timedelta(days=1)}
    Blackout.objects.create(name="Elections", kind="election", **past).countries.set([romania])
    query = {name: romania.pk if value == "RO" else value for name, value in asked.items()}
    page = signed_in("Approvers").get(reverse(f"{BLACKOUTS}:list"), query)
    assert {row.name for row in page.context["object_list"]} == names


def test_terms_that_cannot_be_read_are_refused_by_the_field_itself() -> None:
    with pytest.raises(ValidationError, match="before its colon"):
        CampaignRules(campaign=make_campaign(), avoided_terms="a: b\n: c").full_clean()


def test_a_channel_has_quiet_hours_and_countries() -> None:
    channel, romania = make_channel(), Country.objects.get_or_create(code="RO")[0]
    page = signed_in("Channel managers").get(
        reverse("wagtailsnippets_social_publisher_channel:edit", args=[channel.pk])
    )
    fields = page.context["form"].fields
    assert {"quiet_from", "quiet_until", "countries"} <= set(fields)
    assert (romania.pk, "Romania") in [(value.value, label) for value, label in fields["countries"].choices]
    assert Channel.objects.get().quiet_from is None
