from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta

import httpx
import pytest
import requests
from urllib3.exceptions import MaxRetryError

from social_publisher.networks.errors import (
    AuthError,
    NetworkError,
    RateLimitedError,
    RefusedError,
    TemporaryError,
    UnknownOutcomeError,
)
from social_publisher.networks.http import clean, failed_answer, failed_call, read_time, retry_after

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, RefusedError),
        (401, AuthError),
        (403, RefusedError),
        (408, UnknownOutcomeError),
        (422, RefusedError),
        (429, RateLimitedError),
        (500, UnknownOutcomeError),
        (503, UnknownOutcomeError),
    ],
)
def test_answers_are_sorted_by_what_they_leave_open(status: int, kind: type[NetworkError]) -> None:
    assert type(failed_answer(httpx.Response(status, json={}), "words")) is kind


@pytest.mark.parametrize(("status", "kind"), [(403, TemporaryError), (404, TemporaryError), (413, RefusedError)])
def test_a_page_from_something_in_front_of_the_network_is_not_the_networks_word(
    status: int, kind: type[NetworkError]
) -> None:
    assert type(failed_answer(httpx.Response(status, html="<p>Maintenance</p>"), "")) is kind


def test_a_broken_secure_connection_may_have_carried_the_request() -> None:
    broken = requests.exceptions.SSLError(MaxRetryError(None, "/", ssl.SSLError("bad record mac")))
    not_believed = ssl.SSLCertVerificationError("self-signed certificate")
    refused = requests.exceptions.SSLError(MaxRetryError(None, "/", not_believed))
    assert type(failed_call(broken)) is UnknownOutcomeError
    assert type(failed_call(refused)) is TemporaryError


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (httpx.ConnectError("refused"), TemporaryError),
        (httpx.ConnectTimeout("slow"), TemporaryError),
        (httpx.ReadTimeout("slow"), UnknownOutcomeError),
        (httpx.WriteTimeout("slow"), UnknownOutcomeError),
        (httpx.RemoteProtocolError("reset"), UnknownOutcomeError),
        (httpx.ReadError("reset"), UnknownOutcomeError),
    ],
)
def test_only_a_call_that_never_left_is_surely_not_taken(error: httpx.HTTPError, kind: type[NetworkError]) -> None:
    assert type(failed_call(error)) is kind


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"retry-after": "30"}, timedelta(seconds=30)),
        ({"retry-after": "Tue, 24 Nov 2026 12:01:00 GMT"}, timedelta(minutes=1)),
        ({"x-ratelimit-reset": "2026-11-24T12:05:00Z"}, timedelta(minutes=5)),
        ({"x-rate-limit-reset": str(int(NOW.timestamp()) + 90)}, timedelta(seconds=90)),
        ({"retry-after": "Tue, 24 Nov 2026 11:00:00 GMT"}, timedelta()),
        ({"retry-after": "soon"}, None),
        ({}, None),
    ],
)
def test_the_networks_wish_is_read(headers: dict[str, str], wait: timedelta | None) -> None:
    assert retry_after(httpx.Response(429, headers=headers), NOW) == wait


@pytest.mark.parametrize("value", ["", "soon", "99999999999999999999", "2026-13-45"])
def test_an_unreadable_time_is_no_time(value: str) -> None:
    assert read_time(value) is None


def test_no_secret_stays_in_the_words() -> None:
    error = failed_answer(httpx.Response(400), "bad token abc123\n here", secrets=["abc123"])
    assert error.words == "bad token … here"
    assert clean("x" * 1000, []) == "x" * 500
