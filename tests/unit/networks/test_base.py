from __future__ import annotations

import pytest

from social_publisher.networks import registry
from social_publisher.networks.base import Account, Engagement


def test_credentials_never_appear_in_a_repr() -> None:
    account = Account("handle", credentials={"token": "very-secret"})
    assert "very-secret" not in repr(account)
    assert "very-secret" not in f"{account}"


def test_an_uninstalled_network_is_named_with_what_to_do() -> None:
    with pytest.raises(registry.UnknownNetworkError, match="not installed"):
        registry.get("nowhere")


def test_what_is_not_told_is_none() -> None:
    assert Engagement(likes=0).impressions is None
    assert Engagement(likes=0).likes == 0
