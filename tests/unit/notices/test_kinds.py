from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from social_publisher.models import Alert
from social_publisher.notices.kinds import ALWAYS_SHOWN, AUDIENCES, NOT_MAILED
from social_publisher.notices.mail import last_summary
from social_publisher.notices.webhooks import sign


def test_every_kind_has_its_audience() -> None:
    assert set(AUDIENCES) == set(Alert.Kind)
    assert all(AUDIENCES.values())
    assert set(Alert.Kind) >= ALWAYS_SHOWN | NOT_MAILED


@pytest.mark.parametrize(
    ("now", "hour", "zone", "due"),
    [
        ("2027-06-01T06:00", 8, "Europe/Bucharest", "2027-06-01T05:00"),
        ("2027-06-01T04:59", 8, "Europe/Bucharest", "2027-05-31T05:00"),
        ("2027-03-28T12:00", 3, "Europe/Bucharest", "2027-03-28T01:00"),  # an hour that clocks skip
        ("2027-06-01T12:00", 0, "America/New_York", "2027-06-01T04:00"),
    ],
)
def test_the_last_summary_is_due_by_the_persons_own_clock(now: str, hour: int, zone: str, due: str) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    assert last_summary(moment, hour, ZoneInfo(zone)) == datetime.fromisoformat(due).replace(tzinfo=UTC)


def test_a_signature_is_the_one_of_the_standard() -> None:
    """The example of the specification's own libraries."""
    signature = sign(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, '{"test": 2432232314}'
    )
    assert signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
