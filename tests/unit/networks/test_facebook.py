from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from social_publisher.networks.errors import (
    AuthError,
    NetworkError,
    RateLimitedError,
    RefusedError,
    TemporaryError,
    UnknownOutcomeError,
)
from social_publisher.networks.facebook.graph import GoneError, checked, remaining

USAGE = "x-business-use-case-usage"


def failure(error: dict[str, object], status: int = 400, headers: dict[str, str] | None = None) -> NetworkError:
    with pytest.raises(NetworkError) as caught:
        checked(httpx.Response(status, json={"error": error}, headers=headers), ["s3cret"])
    return caught.value


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (4, RateLimitedError),
        (17, RateLimitedError),
        (32, RateLimitedError),
        (341, RateLimitedError),
        (613, RateLimitedError),
        (80001, RateLimitedError),
        (10, AuthError),
        (102, AuthError),
        (190, AuthError),
        (200, AuthError),
        (299, AuthError),
        (1, UnknownOutcomeError),
        (2, UnknownOutcomeError),
        (100, RefusedError),
        (368, RefusedError),
        (506, RefusedError),
    ],
)
def test_facebook_s_code_decides_whatever_the_status(code: int, kind: type[NetworkError]) -> None:
    for status in (400, 403):
        assert isinstance(failure({"code": code, "message": "No."}, status), kind)


def test_an_outage_leaves_it_open() -> None:
    assert isinstance(failure({"message": "Sorry."}, 500), UnknownOutcomeError)
    assert isinstance(failure({"code": 100, "message": "Later.", "is_transient": True}), UnknownOutcomeError)


def test_a_block_is_no_outage() -> None:
    assert isinstance(failure({"code": 368, "message": "Blocked.", "is_transient": True}), RefusedError)


def test_an_error_within_a_success_is_an_error() -> None:
    assert isinstance(failure({"code": 190, "message": "No."}, 200), AuthError)


def test_what_is_not_there_is_gone_and_a_wrong_parameter_is_not() -> None:
    assert isinstance(failure({"code": 100, "error_subcode": 33, "message": "No."}), GoneError)
    assert type(failure({"code": 100, "message": "No."})) is RefusedError


def test_the_words_for_people_come_first_and_hold_no_secret() -> None:
    told = failure({"code": 100, "message": "(#100) s3cret", "error_user_msg": "Not s3cret, please."})
    assert told.words == "Not …, please."


def test_only_the_app_s_own_limit_binds_every_page() -> None:
    for code, app_wide in [(4, True), (80001, False)]:
        told = failure({"code": code, "message": "Wait."})
        assert isinstance(told, RateLimitedError)
        assert told.app_wide is app_wide


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({USAGE: '{"1": [{"estimated_time_to_regain_access": 3}, {"estimated_time_to_regain_access": 9}]}'}, 9 * 60),
        ({USAGE: '{"1": [{"type": "pages"}], "2": [{"estimated_time_to_regain_access": 2}]}'}, 120),
        ({USAGE: '{"1": [{"estimated_time_to_regain_access": 0}]}', "retry-after": "30"}, 30),
        ({USAGE: "no JSON", "retry-after": "30"}, 30),
        ({USAGE: "[]"}, None),
        ({USAGE: '{"1": 5}'}, None),
        ({}, None),
    ],
)
def test_how_long_to_wait_is_read_from_the_headers(headers: dict[str, str], wait: int | None) -> None:
    told = failure({"code": 80001, "message": "Wait."}, headers=headers)
    assert isinstance(told, RateLimitedError)
    assert told.retry_after == (None if wait is None else timedelta(seconds=wait))


def test_shares_of_a_limit_are_no_counts() -> None:
    use = '{"1": [{"call_count": 28, "total_time": 25, "estimated_time_to_regain_access": 0}]}'
    assert remaining(httpx.Response(200, headers={USAGE: use})) == ()


@pytest.mark.parametrize(
    ("status", "kind"), [(200, UnknownOutcomeError), (502, UnknownOutcomeError), (404, TemporaryError)]
)
def test_what_is_no_json_is_sorted_by_its_status(status: int, kind: type[NetworkError]) -> None:
    with pytest.raises(kind):
        checked(httpx.Response(status, text="<html>"), [])
