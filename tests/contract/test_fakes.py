"""The ways in which networks fail, and what each means for the post: sorted as the ledger needs it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from social_publisher.networks.base import Absent, Account, CannotTell, Found
from social_publisher.networks.errors import (
    AuthError,
    NetworkError,
    RateLimitedError,
    RefusedError,
    TemporaryError,
    UnknownOutcomeError,
)
from tests.contract.suite import outgoing
from tests.fakes.network import FakeNetwork
from tests.fakes.profiles import PROFILES
from tests.fakes.remote import Fakes, running_fakes

ACCOUNT = Account("selec")


@pytest.fixture(scope="module")
def fakes() -> Iterator[Fakes]:
    with running_fakes() as running:
        yield running


@pytest.fixture(params=sorted(PROFILES))
def network(request: pytest.FixtureRequest, fakes: Fakes) -> Iterator[FakeNetwork]:
    fakes.reset()
    made = FakeNetwork(PROFILES[request.param], fakes.base)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("fault", "kind", "taken"),
    [
        ("429:7", RateLimitedError, 0),
        ("401", AuthError, 0),
        ("refuse", RefusedError, 0),
        ("malformed", UnknownOutcomeError, 1),
    ],
)
def test_what_a_network_says_is_sorted(
    network: FakeNetwork, fakes: Fakes, fault: str, kind: type[NetworkError], taken: int
) -> None:
    fakes.fail(network.profile.slug, fault)
    with pytest.raises(kind) as caught:
        network.send(ACCOUNT, outgoing(record_key="1"))
    assert len(fakes.posts()) == taken
    if isinstance(caught.value, RateLimitedError):
        assert caught.value.retry_after == timedelta(seconds=7)


@pytest.mark.parametrize("fault", ["500-before", "500-after", "reset-before", "reset-after", "reset-mid-body"])
def test_what_may_have_been_taken_is_never_called_temporary(network: FakeNetwork, fakes: Fakes, fault: str) -> None:
    fakes.fail(network.profile.slug, fault)
    post = outgoing(record_key="1")
    with pytest.raises(NetworkError) as caught:
        network.send(ACCOUNT, post)
    assert isinstance(caught.value, UnknownOutcomeError)
    if network.profile.lever:
        network.send(ACCOUNT, post)
        assert len(fakes.posts()) == 1


def test_a_network_out_of_reach_took_nothing() -> None:
    network = FakeNetwork(PROFILES["x"], "http://127.0.0.1:1")
    with pytest.raises(TemporaryError, match="could not be reached"):
        network.send(ACCOUNT, outgoing())
    network.close()


def test_the_witness_is_one_parts_own(network: FakeNetwork, fakes: Fakes) -> None:
    post = outgoing("The same words.", record_key="1")
    first = network.send(ACCOUNT, post)
    answer = replace(post, reply_to=first.remote_id, thread=first.remote_id, record_key="2", idempotency_key="2")
    if network.profile.witness:
        assert isinstance(network.find(ACCOUNT, post), Found)
        assert network.find(ACCOUNT, answer) == Absent()
    else:
        assert isinstance(network.find(ACCOUNT, post), CannotTell)


def test_a_lever_makes_a_repeat_one_post(network: FakeNetwork, fakes: Fakes) -> None:
    post = outgoing(record_key="1")
    network.send(ACCOUNT, post)
    if network.profile.refuses_duplicates:
        with pytest.raises(RefusedError, match="duplicate"):
            network.send(ACCOUNT, post)
    else:
        network.send(ACCOUNT, post)
    assert len(fakes.posts()) == (1 if network.profile.lever or network.profile.refuses_duplicates else 2)
