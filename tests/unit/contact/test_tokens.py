"""A form is ours, not too quick, not too old."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from content.contact import tokens
from content.contact.tokens import Fault, TokenError

NOW = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)


def fault(token: str, page: int = 1, later: timedelta = timedelta(minutes=1)) -> Fault:
    with pytest.raises(TokenError) as caught:
        tokens.read(token, page, NOW + later)
    return caught.value.fault


def test_a_form_filled_in_by_a_person_is_taken_and_told_from_others() -> None:
    first, second = (tokens.read(tokens.issue(1, NOW), 1, NOW + timedelta(minutes=1)) for _form in range(2))
    assert first.made_at == NOW
    assert first.form_id != second.form_id


def test_a_form_that_is_not_ours_is_not_taken() -> None:
    token = tokens.issue(1, NOW)
    assert fault(token[:-2]) is fault("") is fault(token, page=2) is Fault.NOT_OURS


def test_a_form_has_its_time() -> None:
    token = tokens.issue(1, NOW)
    assert fault(token, later=timedelta(seconds=1)) is Fault.TOO_QUICK
    assert fault(token, later=timedelta(hours=25)) is Fault.TOO_OLD
