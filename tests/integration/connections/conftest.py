from __future__ import annotations

from collections.abc import Callable

import pytest

from social_publisher.models import Channel
from tests.fakes.http import FakeNetwork
from tests.fakes.install import connected_channel


@pytest.fixture
def x(serve: Callable[[str], FakeNetwork]) -> FakeNetwork:
    return serve("x")


@pytest.fixture
def channel(x: FakeNetwork) -> Channel:
    """A connected channel on X."""
    return connected_channel("x", "selec", x.base)
