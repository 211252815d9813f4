"""The bell, the list and the choices, each for one's own notices alone."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from social_publisher.models import Alert, Notice, NoticeProfile
from social_publisher.notices.choices import Choice, all_choices
from social_publisher.notices.fan_out import fan_out
from tests.factories import make_approver, make_post, make_user

pytestmark = pytest.mark.django_db
INDEX = "social_notices:index"


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def tell(count: int = 1) -> list[Notice]:
    post = make_post(text="Ask where.")
    for _number in range(count):
        Alert.objects.tell("to_approve", timezone.now(), "Please look.", post=post)
    fan_out(timezone.now())
    return list(Notice.objects.order_by("-pk"))


def test_the_bell_counts_and_a_notice_is_opened_and_read() -> None:
    approver = make_approver()
    newest, *_others = tell(3)
    client = signed_in(approver)
    html = client.get(reverse(INDEX)).content.decode()
    assert "Notices (3)" in html
    assert "Please look." in html
    response = client.post(reverse("social_notices:open", args=[newest.pk]))
    assert response["Location"] == newest.url
    assert "Notices (2)" in client.get(reverse(INDEX)).content.decode()
    client.post(reverse("social_notices:read"), {"up_to": newest.pk})
    html = client.get(reverse(INDEX), {"show": "unread"}).content.decode()
    assert "You have read everything." in html
    assert "Notices (" not in html


def test_nobody_reads_or_opens_anothers() -> None:
    make_approver()
    (notice,) = tell()
    other = signed_in(make_approver())
    assert "Please look." not in other.get(reverse(INDEX)).content.decode()
    assert other.post(reverse("social_notices:open", args=[notice.pk])).status_code == 404
    other.post(reverse("social_notices:read"), {"pk": notice.pk})
    notice.refresh_from_db()
    assert notice.read_at is None
    for wrong in ({}, {"pk": "x"}, {"pk": "9" * 30}, {"pk": "1", "up_to": "1"}):
        assert other.post(reverse("social_notices:read"), wrong).status_code == 404
    assert other.get(reverse("social_notices:read")).status_code == 405


def test_the_list_is_flat_in_its_rows(django_assert_max_num_queries: Any) -> None:
    client = signed_in(make_approver())
    tell(35)
    client.get(reverse(INDEX))
    with django_assert_max_num_queries(20):
        assert "Page 1 of 2" in client.get(reverse(INDEX)).content.decode()


def test_choices_are_made_in_the_accounts_settings() -> None:
    approver = make_approver()
    client, address = signed_in(approver), reverse("wagtailadmin_account")
    html = client.get(address).content.decode()
    assert "What the desk tells you" in html
    own = {"name_email-first_name": "Ana", "name_email-last_name": "Pop", "name_email-email": "ana@example.org"}
    account = {**own, "theme-theme": "system", "theme-density": "default", "theme-contrast": "system"}
    account |= {"theme-keyboard_shortcuts": "on", "locale-preferred_language": "", "locale-current_time_zone": ""}
    fields = {f"notices-mail_{kind}": "off" for kind in Alert.Kind.values}
    fields |= {f"notices-shown_{kind}": "on" for kind in Alert.Kind.values if kind != "missed"}
    response = client.post(address, {**account, **fields, "notices-digest_hour": "6", "notices-mail_refused": "digest"})
    assert response.status_code == 302
    choices = all_choices(approver)
    assert choices["missed"] == Choice(False, "off")
    assert choices["refused"] == Choice(True, "digest")
    assert NoticeProfile.objects.get(person=approver).digest_hour == 6
    client.post(address, {**account, **fields, "notices-digest_hour": "6", "notices-mail_refused": "sometimes"})
    assert all_choices(approver)["refused"].mail == "digest"
    assert client.post(address, account).status_code == 302
    assert all_choices(approver) == choices
    moderator = signed_in(make_user("Moderators"))
    assert "What the desk tells you" not in moderator.get(address).content.decode()
