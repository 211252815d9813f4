from __future__ import annotations

import re
from pathlib import Path

from social_publisher.models.ledger import TRANSITIONS, Event, State, allowed_moves

ROOT = Path(__file__).resolve().parents[3]


def test_every_event_has_its_transition() -> None:
    assert set(TRANSITIONS) == set(Event)


def test_the_database_allows_exactly_the_same_moves() -> None:
    guards = [path.read_text() for path in sorted((ROOT / "social_publisher/migrations").glob("0*_guards*.py"))]
    sql = [text for text in guards if "social_publisher_guard_delivery" in text][-1]
    assert set(re.findall(r"\('(\w+)', '(\w+)'\)", sql)) == allowed_moves()


def test_an_armed_post_goes_back_to_waiting_only_when_surely_not_sent() -> None:
    events = {
        event for event, (sources, target) in TRANSITIONS.items() if State.ARMED in sources and target == "waiting"
    }
    assert events == {Event.PUT_OFF}


def test_a_published_post_is_never_sent_again() -> None:
    targets = {target for sources, target in TRANSITIONS.values() if State.PUBLISHED in sources}
    assert targets == {State.RECALLED}


def test_a_missed_post_is_never_sent() -> None:
    targets = {target for sources, target in TRANSITIONS.values() if State.MISSED in sources}
    assert not targets & {State.WAITING, State.ARMED}


def test_only_a_receipt_makes_an_unsent_post_published() -> None:
    events = {event for event, (sources, target) in TRANSITIONS.items() if target is State.PUBLISHED}
    assert events == {Event.SENT, Event.FOUND, Event.CONFIRMED, Event.LATE_RECEIPT}
